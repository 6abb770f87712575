"""What Film takes, sends and refuses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import headstream as hs
from headstream.views.film import _frames
from tests.views.compositions import random_roles
from tests.views.trainings import random_training

TOKENS = tuple("abcdef")


def test_what_is_sent_is_what_was_recorded() -> None:
    training = random_training(TOKENS)
    view = hs.Film(training, 1)
    assert view.tokens == list(TOKENS)
    np.testing.assert_array_equal(view.losses[4], training.second_copy)
    np.testing.assert_array_equal(view.scores_of_heads[1], training.previous)
    rows, columns = np.tril_indices(6)
    weights = (view.pattern / 255.0) ** 2
    np.testing.assert_allclose(weights, training.patterns[:, 1][..., rows, columns] / 255, atol=0.004)
    assert view.frames.tolist() == list(range(9))


@pytest.mark.parametrize("name", ["attn-only-1l", "attn-only-2l", "toy-2l"])
def test_an_output_is_under_a_megabyte(name: str) -> None:
    view = hs.Film(hs.training_record(name))
    state = view.get_state()
    sent = sum(len(part["data"]) * 4 / 3 for part in state.values() if isinstance(part, dict) and "data" in part)
    assert sent + len(state["_esm"]) + len(state["_css"]) < 1e6


def test_steps_that_are_left_out_are_those_where_little_happens() -> None:
    packed = np.zeros((40, 1, 2, 9), np.uint8)
    packed[20:24] = np.array([50, 100, 150, 200])[:, None, None, None]
    packed[24:] = 200
    frames = _frames(packed, 12)
    assert len(frames) <= 12
    assert {0, 39} <= set(frames.tolist())
    assert {20, 21, 22, 23} <= set(frames.tolist())
    assert _frames(packed, 40).tolist() == list(range(40))
    assert _frames(np.zeros_like(packed), 5).tolist() == [0, 10, 20, 29, 39]


def test_wrong_arguments_are_told() -> None:
    training = random_training(TOKENS)
    with pytest.raises(IndexError, match="text: expected -2 to 1, got 2"):
        hs.Film(training, 2)
    with pytest.raises(ValueError, match=f"step: expected 0 to {training.steps[-1]}, got 1000000"):
        hs.Film(training, step=1_000_000)
    with pytest.raises(IndexError, match="head: expected -3 to 2, got 3"):
        hs.Film(training, head=3)
    with pytest.raises(ValueError, match="curves: expected 'loss' or"):
        hs.Film(training, curves="all")
    with pytest.raises(ValueError, match="training: expected patterns of a model that reads from left to right"):
        hs.Film(replace(training, patterns=np.full_like(training.patterns, 40)))


def test_heads_are_called_by_their_roles() -> None:
    roles = random_roles(2, 3)
    view = hs.Film(random_training(TOKENS), roles=roles)
    assert view.roles == [roles.role(layer, head) for layer in range(2) for head in range(3)]
    assert any(view.roles)
    with pytest.raises(ValueError, match=r"roles: expected those of the same model, got 2 × 2 heads without 0\.2"):
        hs.Film(random_training(TOKENS), roles=random_roles(2, 2))


def test_the_step_is_read_back() -> None:
    view = hs.Film(random_training(TOKENS), step=20, layer=-1)
    assert (view.selection.step, view.selection.layer, view.selection.head) == (20, 1, None)
