"""Circuits in token space against the dense matrices, and their ranking on a text against sums over its attention."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.framework import circuits
from headstream.framework.weights import embedding, head_weights, positions, unembedding
from headstream.models.runs import Run, run
from headstream.results import Circuit
from tests.framework.zoo import native

Models = Callable[[str], TransformerBridge]
Runs = Callable[..., Run]


def dense(model: TransformerBridge, layer: int, head: int, kind: str) -> np.ndarray:
    w_e, w_u, weights = embedding(model), unembedding(model)[0], head_weights(model, layer, head)
    if kind == "ov":
        found = (w_e @ weights.W_V @ weights.W_O @ w_u).numpy()
        return found - found.mean(1, keepdims=True)
    return (w_e @ weights.W_Q @ (w_e @ weights.W_K).T / weights.W_Q.shape[1] ** 0.5).numpy()


@pytest.mark.parametrize("kind", ["ov", "qk"])
@pytest.mark.parametrize("name", ["native 1l", "llama folded", "gpt2"])
def test_a_circuit_is_the_dense_matrix_with_its_largest_entries(
    model: Models, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    monkeypatch.setattr(circuits, "_ROWS", 3)  # many blocks of rows, whose best entries are put together
    whole = dense(model(name), 0, 3, kind)
    found = hs.circuit(model(name), 0, 3, kind, top=50, blocks=7)
    tolerance = 1e-5 * np.abs(whole).max()
    np.testing.assert_allclose(found.part(slice(None), slice(None)), whole, atol=tolerance)
    np.testing.assert_allclose(found.row(5), whole[5], atol=tolerance)
    np.testing.assert_allclose(found.column(-1), whole[:, -1], atol=tolerance)
    best = np.sort(np.abs(whole).ravel())[::-1][:50]
    np.testing.assert_allclose(np.abs(found.by_weights.value), best, atol=tolerance)
    np.testing.assert_allclose(whole[found.by_weights.row, found.by_weights.column], found.by_weights.value, atol=1e-5)
    np.testing.assert_array_equal(found.by_weights.score, found.by_weights.value)
    cut = np.array_split(np.arange(len(whole)), 7)
    largest = [[max(whole[np.ix_(rows, columns)].ravel(), key=abs) for columns in cut] for rows in cut]
    np.testing.assert_allclose(found.blocks, largest, atol=tolerance)
    assert found.on_text is None
    assert found.left.shape[1] == 8, "it stays of the head's rank"


def test_more_entries_or_blocks_than_there_are_are_all(model: Models) -> None:
    found = hs.circuit(native("native 1l"), 0, 0, top=10**6, blocks=500)
    assert len(found.by_weights.row) == 97**2
    assert len(set(zip(found.by_weights.row.tolist(), found.by_weights.column.tolist(), strict=True))) == 97**2
    assert found.blocks.shape == (97, 97)


def texts(model: TransformerBridge) -> list[Run]:
    random = np.random.default_rng(3)
    return [run(model, random.integers(0, 20, size)) for size in (9, 14)]


def test_on_text_ov_is_what_is_added_to_the_token_that_comes_next(model: Models) -> None:
    bridge = model("native 1l")
    runs, whole = texts(bridge), dense(bridge, 0, 2, "ov")
    expected = np.zeros_like(whole)
    for each in runs:
        pattern = each.attention.pattern[0, 2]
        for query in range(1, len(pattern) - 1):
            for key in range(1, query + 1):
                at = each.token_ids[key], each.token_ids[query + 1]
                expected[at] += pattern[query, key] * whole[at] / (7 + 12)
    check_on_text(hs.circuit(bridge, 0, 2, text=runs, top=40), expected, whole)


def test_on_text_qk_is_the_attention_from_token_to_token(model: Models) -> None:
    bridge = model("native 1l")
    runs, whole = texts(bridge), dense(bridge, 0, 2, "qk")
    expected = np.zeros_like(whole)
    for each in runs:
        pattern = each.attention.pattern[0, 2]
        for query, key in np.ndindex(pattern.shape):
            if key:
                expected[each.token_ids[query], each.token_ids[key]] += pattern[query, key] / (8 + 13)
    check_on_text(hs.circuit(bridge, 0, 2, "qk", text=runs, top=40), expected, whole)


def check_on_text(found: Circuit, expected: np.ndarray, whole: np.ndarray) -> None:
    assert found.on_text is not None
    np.testing.assert_allclose(np.abs(found.on_text.score), np.sort(np.abs(expected).ravel())[::-1][:40], atol=1e-5)
    at = found.on_text.row, found.on_text.column
    np.testing.assert_allclose(found.on_text.score, expected[at], atol=1e-5)
    np.testing.assert_allclose(found.on_text.value, whole[at], atol=1e-5)
    assert found.text == "2 texts of 9 to 14 tokens"
    assert found.ranked is found.on_text


@pytest.mark.parametrize("name", ["native 1l", "gpt2"])
def test_by_distance_is_the_mean_of_each_diagonal(model: Models, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(circuits, "_ROWS", 10)
    bridge, weights = model(name), head_weights(model(name), 0, 1)
    places = positions(bridge)
    scores = (places @ weights.W_Q @ (places @ weights.W_K).T).numpy() / 8**0.5
    found = hs.circuit(bridge, 0, 1, "qk").by_distance
    np.testing.assert_allclose(found, [np.diagonal(scores, -d).mean() for d in range(64)], atol=1e-5)
    assert hs.circuit(bridge, 0, 1, "ov").by_distance is None


def test_rotary_positions_have_no_score_by_distance(model: Models) -> None:
    assert hs.circuit(model("llama"), 0, 0, "qk").by_distance is None


def test_on_text_is_what_the_head_adds_to_the_logits(shipped: Callable[[str], TransformerBridge]) -> None:
    """In one layer without norms: all entries together are the head's own mean logit of the next token, but for what
    the first token and positions bring."""
    model = shipped("attn-only-1l")
    page = hs.pages(model, count=1, length=32)[0]
    found = hs.circuit(model, 0, 1, text=page, top=31 * 31)
    weights, w_u = head_weights(model, 0, 1), unembedding(model)[0]
    pattern = torch.from_numpy(page.attention.pattern[0, 1, 1:-1, 1:-1])
    moved = pattern @ embedding(model)[page.token_ids[1:-1]] @ weights.W_V @ weights.W_O @ w_u
    logits = moved - moved.mean(1, keepdim=True)
    following = torch.from_numpy(page.token_ids[2:])
    assert float(found.on_text.score.sum()) == pytest.approx(float(logits[range(30), following].mean()), abs=1e-4)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("gemma2", "ov", "norms or scales what its heads write"),
        ("gemma2", "qk", "caps its attention scores"),
        ("gemma3", "qk", "norms its queries and keys"),
        ("granite", "ov", "norms or scales what its heads write"),
        ("gpt1", "ov", "norms its stream after every block"),
    ],
)
def test_models_that_bend_a_circuit_are_refused(model: Models, name: str, kind: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^model: expected one whose {kind.upper()} circuits .* got one that {words}"):
        hs.circuit(model(name), 0, 0, kind)


def test_wrong_arguments_are_refused(model: Models, random_run: Runs) -> None:
    bridge = model("native 1l")
    for arguments, error, words in (
        ({"kind": "vo"}, ValueError, "kind: expected 'ov' or 'qk', got 'vo'"),
        ({"head": 4}, IndexError, "head: expected -4 to 3, got 4"),
        ({"layer": 1}, IndexError, "layer: expected -1 to 0, got 1"),
        ({"top": 0}, ValueError, "top: expected 1 or more, got 0"),
        ({"text": "a text"}, TypeError, "text: expected a run or a list of runs, got a single str"),
        ({"text": []}, ValueError, "text: expected at least one run, got none"),
        ({"text": random_run("gpt2")}, ValueError, "text: expected runs of the model .*, got one of"),
        ({"text": run(bridge, [3])}, ValueError, "text: expected runs of 2 tokens or more, got one of 1"),
    ):
        with pytest.raises(error, match=words):
            hs.circuit(bridge, **({"layer": 0, "head": 0} | arguments))
