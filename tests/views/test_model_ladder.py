"""ModelLadder in Python: what it accepts, what it sends, what it says when an argument is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from headstream.views.model_ladder import ModelLadder
from headstream.views.shared.traits import from_wire
from tests.views.ladders import MODELS, random_ladder


def wire(view: ModelLadder, name: str) -> np.ndarray:
    """An array as the page will read it."""
    return from_wire(view.get_state([name])[name], view)


def test_a_ladder_crosses_the_wire_unchanged() -> None:
    ladder = random_ladder()
    view = ModelLadder(ladder, threshold=0.3, only="gelu-4l", position=-1)
    assert (view.models, view.tokens) == (list(MODELS), list(ladder.tokens))
    for name in ("next_prob", "guesses", "guess_prob"):
        np.testing.assert_array_equal(wire(view, name), getattr(ladder, name))
    assert view.get_state(["vocabulary"])["vocabulary"] == {str(k): label for k, label in ladder.vocabulary.items()}
    assert (view.threshold, view.only, view.selection.position) == (0.3, "gelu-4l", 38)


@pytest.mark.parametrize("kind", [np.asarray, torch.tensor, lambda p: torch.tensor(p).bfloat16(), np.ndarray.tolist])
def test_takes_plain_arrays(kind: Any) -> None:
    p = np.array([[np.nan, 0.25, 1.0], [7.0, 0.5, 0.0]])  # nothing predicts position 0: what stands there is ignored
    view = ModelLadder(kind(p), ["a", "b", "c"], models=["small", "large"])
    np.testing.assert_array_equal(wire(view, "next_prob"), [[np.nan, 0.25, 1], [np.nan, 0.5, 0]])
    assert (view.guesses, view.guess_prob, view.vocabulary) == (None, None, {})
    assert ModelLadder(kind(p)).models == ["model 1", "model 2"]
    assert ModelLadder(kind(p)).tokens == ["0", "1", "2"]


def test_the_callers_array_is_left_alone() -> None:
    p = np.full((2, 3), 0.5, np.float32)
    ModelLadder(p)
    assert (p == 0.5).all()


def test_a_page_of_300_tokens_is_small() -> None:
    state = ModelLadder(random_ladder(300)).get_state()
    assert sum(len(state[name]["data"]) for name in ("next_prob", "guesses", "guess_prob")) < 60_000


def test_one_token_and_one_model_are_enough() -> None:
    view = ModelLadder(random_ladder(1, models=["only"]))
    assert wire(view, "next_prob").shape == (1, 1)


def test_rounding_above_one_is_cut() -> None:
    assert wire(ModelLadder([[0, 1.004]]), "next_prob")[0, 1] == 1


def ladder_with(**changes: Any) -> Any:
    return replace(random_ladder(4), **changes)


LADDER = random_ladder(4)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((np.zeros(3),), ValueError, r"ladder: expected probabilities \[model, position\], got shape \[3\]"),
        ((np.zeros((2, 0)),), ValueError, r"ladder: expected probabilities .* got shape \[2, 0\]"),
        (("text",), ValueError, "ladder: expected a Ladder .* or an array of numbers, got str"),
        (
            ([[0, 0.5], [0, 1.5]],),
            ValueError,
            "ladder: expected probabilities from 0 to 1, got 1.5 at model 1, position 1",
        ),
        (([[0, -0.5]],), ValueError, "got -0.5 at model 0, position 1"),
        (([[0, np.nan]],), ValueError, "got nan at model 0, position 1"),
        (([[0, 0.5]], ["a"]), ValueError, "tokens: expected 2, one a position, got 1"),
        (([[0, 0.5]], "ab"), TypeError, "tokens: expected a list"),
        ((ladder_with(models=("a", "b", "a", "c")),), ValueError, "models: expected different names, got 'a' twice"),
    ],
)
def test_wrong_ladders_are_named(arguments: tuple[Any, ...], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ModelLadder(*arguments)


@pytest.mark.parametrize(
    ("keywords", "error", "message"),
    [
        ({"threshold": 50}, ValueError, "threshold: expected a number from 0 to 1, got 50"),
        ({"threshold": float("nan")}, ValueError, "threshold: expected a number from 0 to 1, got nan"),
        ({"threshold": "high"}, TypeError, "threshold: expected a number from 0 to 1, got 'high'"),
        ({"only": "gpt2"}, ValueError, "only: expected one of the models attn-only-0l, .*, got 'gpt2'"),
        ({"models": "gpt2"}, TypeError, "models: expected a list with one string a model, got a single str"),
        ({"models": 5}, TypeError, "models: expected a list with one string a model, got int"),
        ({"models": ["a"]}, ValueError, "models: expected 4, one a model, got 1"),
        ({"position": 3}, IndexError, "position: expected -3 to 2, got 3"),
        ({"position": 1.5}, TypeError, "position: expected a whole number, got 1.5"),
        ({"layer": 9}, TypeError, "ModelLadder has no argument 'layer'"),
        ({"treshold": 0.5}, TypeError, "ModelLadder has no argument 'treshold'"),
    ],
)
def test_wrong_keywords_are_named(keywords: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ModelLadder(LADDER, **keywords)


def test_traits_that_are_set_later_are_checked_too() -> None:
    view = ModelLadder(LADDER)
    view.threshold, view.only = 0.9, "gelu-4l"
    view.only = None
    with pytest.raises(ValueError, match="got 'gpt2'"):
        view.only = "gpt2"
    for wrong in (1.5, float("nan")):
        with pytest.raises(ValueError, match="threshold: expected a number from 0 to 1"):
            view.threshold = wrong
    assert (view.threshold, view.only) == (0.9, None)
    view.threshold = np.float32(0.5)
    assert view.threshold == 0.5


def test_labels_of_guesses_can_be_sent() -> None:
    view = ModelLadder(replace(LADDER, vocabulary=dict.fromkeys(LADDER.vocabulary, "\ud800")))
    assert set(view.vocabulary.values()) == {"?"}


def test_the_loss_is_the_ladders() -> None:
    ladder = random_ladder()
    np.testing.assert_allclose(wire(ModelLadder(ladder), "loss"), ladder.loss)
    p = np.array([[np.nan, 0.5, 0.25], [np.nan, 0, 1]])
    np.testing.assert_allclose(wire(ModelLadder(p), "loss"), [1.5 * np.log(2), np.inf])


def test_another_ladder_is_shown_in_one_message() -> None:
    view = ModelLadder(random_ladder(6), only="gelu-4l")
    other = random_ladder(6, models=["one", "two"], seed=1)
    sent = []
    view.send_state = lambda key=None: sent.append(set(key))  # type: ignore[method-assign]
    view.show(other)
    assert len(sent) == 1
    assert {"models", "next_prob", "loss", "guesses", "only"} <= sent[0]
    assert (view.models, view.only) == (["one", "two"], None)
    np.testing.assert_array_equal(view.next_prob, other.next_prob)
