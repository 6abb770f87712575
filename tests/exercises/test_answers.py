"""How what a function returned is read, and what is said of it where no exercise knows it."""

import numpy as np
import pytest
import torch

from headstream.exercises.answers import alike, fault, read, right
from headstream.exercises.calling import Wrong, call


def message(returned, expected):
    try:
        got = read(returned, expected, "The answer")
    except Wrong as wrong:
        return str(wrong)
    return "" if right(got, expected) else fault(got, expected, "The answer")


def test_what_an_answer_looks_like():
    want = np.random.default_rng(0).normal(size=(4, 4))
    assert message(torch.from_numpy(want), want) == ""
    assert message(want.tolist(), want) == ""
    assert "transposed" in message(want.T, want)
    assert "transposed" in message(want[:, :3].T, want[:, :3])
    assert "transposed" not in message(np.zeros((3, 4)), want[:, :3])
    assert "wrong sign" in message(-want, want)
    assert "3 times the right one" in message(3 * want, want)
    assert "off by the same number everywhere, 2" in message(want + 2, want)
    assert "off by one along axis 0" in message(np.roll(want, 1, axis=0), want)
    assert "off by one along axis 1" in message(np.roll(want, -1, axis=1), want)
    assert "expected [4, 4], got [3]" in message(np.zeros(3), want)
    assert "batch axis" in message(want[None], want)
    assert "array of numbers" in message("text", want)
    assert "array of numbers" in message([[1, 2], [3]], want)
    one_wrong = want.copy()
    one_wrong[1, 2] += 5
    assert "differs most at [1, 2]" in message(one_wrong, want)
    assert "94% of it is right" in message(one_wrong, want)
    one_wrong[1, 2] = np.nan
    assert message(one_wrong, want) == "The answer has NaN in it, first at [1, 2]."
    assert message(np.nan, 1.0) == "The answer is NaN."
    one_wrong[1, 2] = -np.inf
    assert "infinity in it, first at [1, 2]" in message(one_wrong, want)


@pytest.mark.parametrize(
    ("expected", "returned"),
    [
        (2.0, 3.0),
        ([0.0, 2.0, 0.0], [0.0, 3.0, 0.0]),
        ([2.0, 2.0], [3.0, 3.0]),
        ([1.0, 2.0, 1.0, 2.0], [2.0, 4.0, 2.0, 4.0]),
        ([0, 0, 1, 1, 0], [0, 1, 1, 0, 0]),
        ([-1, 0, -1, 0], [0, 1, 0, 1]),
    ],
)
def test_few_numbers_are_only_told_as_they_are(expected, returned):
    told = message(np.array(returned), np.array(expected))
    assert "expected" in told
    assert not any(word in told for word in ("times", "off by", "scale"))


def test_one_number_is_told_without_a_place():
    assert message(torch.tensor(3.0), 2.5) == "The answer: expected 2.5, got 3."
    assert message(-2.5, 2.5) == "The answer: expected 2.5, got -2.5."


def test_answers_in_text():
    assert message("b", "b") == ""
    assert message(("a", np.str_("b")), ["a", "b"]) == ""
    assert message(["b"], ["a"]) == "The answer: expected ['a'], got ['b']."
    assert message("b", ["b"]) == "The answer: expected ['b'], got 'b'."
    assert message(np.zeros(2), "a") == "The answer: expected 'a', got an array of shape [2]."
    assert len(message(["word"] * 10_000, ["a"])) < 100


def test_a_match_is_close_and_of_the_same_kind():
    x = np.array([1.0, np.nan, 2.0])
    assert alike(x, x + 1e-6)
    assert not alike(x, x + 1e-4)
    assert not alike(x, np.array([1.0, 3.0, 2.0]))
    assert not alike("a", ["a"])
    assert not alike(np.array(1.0), "1")


def test_what_the_reader_returns_may_need_gradients():
    weights = torch.ones(3, requires_grad=True)
    assert message(call(lambda: weights * 1), np.ones(3)) == ""
    assert message([weight * 1 for weight in weights], np.ones(3)) == ""
