"""AttentionHeatmap of a long text: blocks of every head, one head weight by weight, and what its page may ask for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.results import Attention
from tests.views.arrays import attention_pattern
from tests.views.test_circuit_table import asked

LENGTH, SIDE = 50, 12
POOL = 5  # ceil(50 / 12)


@pytest.fixture(autouse=True)
def short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of 50 tokens are as long as ones of 5,000."""
    monkeypatch.setattr("headstream.views.attention_heatmap.ALL", 2000)
    monkeypatch.setattr("headstream.views.attention_heatmap.long.SIDE", SIDE)


def probabilities(sent: np.ndarray) -> np.ndarray:
    return (sent / 255.0) ** 2


def unpacked(sent: np.ndarray, side: int) -> np.ndarray:
    square = np.zeros((*sent.shape[:-1], side, side))
    rows, columns = np.tril_indices(side)
    square[..., rows, columns] = sent
    return square


def blocks(weights: np.ndarray) -> np.ndarray:
    """The largest of each block, cell by cell."""
    side = -(-LENGTH // POOL)
    cut = [slice(POOL * at, POOL * (at + 1)) for at in range(side)]
    return np.array([[max(weights[row, column].flat, key=abs) for column in cut] for row in cut])


def test_every_head_is_sent_in_blocks_and_the_first_shown_weight_by_weight() -> None:
    pattern = attention_pattern(2, 3, LENGTH)
    norms = np.random.default_rng(1).uniform(0.5, 2, (2, 3, LENGTH)).astype(np.float32)
    attention = Attention(pattern, norms, tuple(str(i) for i in range(LENGTH)))
    view = hs.AttentionHeatmap(attention, layer=1, head=2)
    assert (view.pool, view.part, view.most) == (POOL, [1, 2, 0, 0, LENGTH], 4096)
    np.testing.assert_allclose(unpacked(probabilities(view.pattern), LENGTH)[0, 0], pattern[1, 2], atol=0.004)
    raw, weighted = unpacked(probabilities(view.pooled), 10)
    scaled = pattern * (norms / norms.max(-1, keepdims=True))[:, :, None]
    for head in np.ndindex(2, 3):
        np.testing.assert_allclose(raw[head], blocks(pattern[head]), atol=0.004)
        np.testing.assert_allclose(weighted[head], blocks(scaled[head]), atol=0.004)
    assert view.long.pattern is pattern  # no copy


def test_changes_keep_the_larger_of_both_signs() -> None:
    first, second = (
        Attention(attention_pattern(1, 2, LENGTH, seed), np.ones((1, 2, LENGTH), np.float32), ("a",) * LENGTH)
        for seed in (0, 1)
    )
    view = hs.AttentionHeatmap(second.minus(first))
    change = second.pattern - first.pattern
    np.testing.assert_allclose(unpacked(view.pooled, 10)[0, 0, 1], blocks(change[0, 1]), atol=1e-3)
    assert (view.pooled < 0).any()
    assert (view.pooled > 0).any()


def test_a_pattern_that_looks_ahead_is_sent_in_whole_blocks() -> None:
    pattern = np.random.default_rng(0).dirichlet(np.ones(LENGTH), (1, 2, LENGTH)).astype(np.float32)
    view = hs.AttentionHeatmap(pattern)
    assert view.pooled.shape == (1, 1, 2, 100)
    np.testing.assert_allclose(probabilities(view.pooled)[0, 0, 1].reshape(10, 10), blocks(pattern[0, 1]), atol=0.004)


@pytest.mark.parametrize("place", [[1, 1, 0, 0, LENGTH], [0, 2, 20, 5, 16], [0, 2, 10, 20, 20], [1, 0, 3, 30, 5]])
def test_a_part_that_is_asked_for_is_what_is_sent_from_then_on(place: list[int]) -> None:
    pattern = attention_pattern(2, 3, LENGTH)
    view = hs.AttentionHeatmap(pattern)
    assert asked(view, {"part": place})["answer"] == {}
    layer, head, query, key, span = place
    assert view.part == place
    sent, at = probabilities(view.pattern)[0, 0], 0
    for row in range(query, query + span):
        end = max(key, min(row + 1, key + span))  # up to the diagonal
        np.testing.assert_allclose(sent[at : at + end - key], pattern[layer, head, row, key:end], atol=0.004)
        at += end - key
    assert at == len(sent)


def test_of_a_text_that_is_longer_still_no_head_is_sent_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headstream.views.attention_heatmap.long.ONE", 20 * 21 // 2)
    view = hs.AttentionHeatmap(attention_pattern(2, 3, LENGTH), head=1)
    assert (view.most, view.pattern, view.part) == (20, None, [])
    assert asked(view, {"part": [0, 1, 30, 30, 20]})["answer"] == {}
    assert asked(view, {"part": [0, 1, 29, 29, 21]})["error"] == "part: span: expected 1 to 20, got 21"


@pytest.mark.parametrize(
    ("question", "error"),
    [
        ({}, "question: expected a part of a long text, got {}"),
        ({"part": [0, 0]}, "part: expected [layer, head, query, key, span], got [0, 0]"),
        ({"part": [2, 0, 0, 0, 5]}, "part: layer: expected 0 to 1, got 2"),
        ({"part": [0, 0, 46, 0, 5]}, "part: query: expected 0 to 45, got 46"),
        ({"part": [0, 0, 0, "x", 5]}, "part: key: expected"),
        ({"part": [0, 0, 0, 0, 0]}, "part: span: expected 1 to 50, got 0"),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence(question: Any, error: str) -> None:
    view = hs.AttentionHeatmap(attention_pattern(2, 3, LENGTH))
    assert asked(view, question)["error"].startswith(error)
    assert view.part == [0, 0, 0, 0, LENGTH]


def test_a_short_text_keeps_nothing_in_python_and_answers_nothing() -> None:
    view = hs.AttentionHeatmap(attention_pattern(2, 3, LENGTH))
    view.show(attention_pattern(1, 2, 20))
    assert (view.long, view.pooled, view.part) == (None, None, [])
    assert "error" in asked(view, {"part": [0, 0, 0, 0, 5]})
