"""Which sentence a wrong answer gets, and what is kept of the case that it failed."""

import numpy as np
import pytest
import torch

from headstream.exercises.calling import Unanswered, Wrong
from headstream.exercises.exercise import Case, Exercise, Mistake, function
from headstream.exercises.judge import judge

TEXTS = {"name": "sums", "number": 1, "difficulty": 1, "minutes": 1, "hints": ("", "", ""), "passed": "Right."}
SOLUTION = "def sums(x, n):\n    return x + n\n\n\nhs.check('sums', sums)"


def cases(rng):
    for n, stage in ((0, "Nothing is added."), (2, "")):
        x = rng.normal(size=(2, 3))
        yield Case((x, n), x + n, stage=stage)


def exercise(*mistakes, **settings):
    mistakes = mistakes or (Mistake("You subtracted.", {"+": "-"}),)
    return Exercise(**TEXTS, solution=SOLUTION, **{"cases": cases, "mistakes": mistakes, **settings})


def wrong(exercise, answer):
    with pytest.raises(Wrong) as caught:
        judge(exercise, answer)
    return caught.value


def test_the_failing_case_is_kept_as_it_was_given():
    def answer(x, n):
        x *= 2
        return x + n

    found = wrong(exercise(), answer)
    x, n = found.arguments
    assert n == 0
    assert x.dtype == found.expected.dtype == torch.float32
    assert torch.equal(x, found.expected)
    assert torch.equal(found.got, 2 * x)
    answer(x, n)  # the reader tries again
    assert torch.equal(wrong(exercise(), answer).arguments[0] * 2, found.got)
    as_numpy = wrong(exercise(tensors=False), lambda x, n: x - 1)
    assert isinstance(as_numpy.arguments[0], np.ndarray)
    assert isinstance(as_numpy.expected, np.ndarray)


def test_an_error_keeps_the_arguments_alone():
    found = wrong(exercise(), lambda x, n: x[7])
    assert found.arguments[0].shape == (2, 3)
    assert found.got is None
    assert found.expected is not None


def test_the_parts_of_an_answer_are_kept_as_a_tuple():
    def both(rng):
        yield Case((np.ones(3),), (np.ones(3), 2.0), ("Your first", "Your second"))

    two = exercise(cases=both)
    found = wrong(two, lambda x: (x, 3.0))
    assert str(found) == "Your second: expected 2, got 3."
    assert found.expected[1] == 2.0
    assert torch.equal(found.expected[0], torch.ones(3))


def test_a_stage_is_told_before_what_is_wrong_with_the_numbers():
    assert str(wrong(exercise(), lambda x, n: x + 1)).startswith("Nothing is added. Your answer is off by")
    for answer in (lambda x, n: x[0], lambda x, n: x / 0 * 0):
        assert "Nothing is added" not in str(wrong(exercise(), answer))
    assert str(wrong(exercise(), lambda x, n: x - n)) == "You subtracted."


def test_a_mistake_is_told_if_it_is_the_readers_in_every_case():
    loses_two = Mistake("You lost what is above 1.", {"x + n": "x.clamp(max=1) + n * (n < 1)"})
    keeps_none = Mistake("You added nothing.", {"x + n": "x"})
    once = Mistake("You added half.", {"x + n": "x * (1 + n)"})
    several = exercise(loses_two, keeps_none, once)
    assert str(wrong(several, lambda x, n: x)) == "You added nothing."
    assert str(wrong(several, lambda x, n: 0 * n + x * (n + 1))) == "You added half."


def test_a_chance_match_of_few_numbers_is_not_told():
    def one_number(rng):
        yield Case((np.arange(3.0), 1), np.array(4.0))
        yield Case((np.arange(5.0), 1), np.array(11.0))

    total = exercise(Mistake("You forgot n.", "def forgot(x, n):\n    return x.sum()"), cases=one_number)
    assert str(wrong(total, lambda x, n: 3)) == "Your answer: expected 4, got 3."
    assert str(wrong(total, lambda x, n: x.sum())) == "You forgot n."


def from_notebook(source, **names):
    """A function of a notebook that has these names."""
    made = {"torch": torch, "np": np, **names}
    exec(source, made)
    return made["answer"]


NOTEBOOK = {
    "mask": torch.zeros(3),
    "cfg": [1],
    "head": 4,
    "EPS": 1,
    "eps": 1e-5,
    "helper": lambda x: x,
    "x": torch.ones(2),
}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("x + mask * 0 + 1", ["mask"]),
        ("helper(x) + EPS + eps", []),
        ("torch.stack([row + head for row in x])", ["head"]),
        ("(lambda: x + mask.sum() + cfg[0])()", ["mask", "cfg"]),
        ("x.cfg", []),
        ("mask[7] + x", ["mask"]),
    ],
)
def test_objects_of_the_notebook_are_named_where_the_answer_is_wrong(line, names):
    told = str(wrong(exercise(), from_notebook(f"def answer(x, n):\n    return {line}", **NOTEBOOK)))
    assert ("your function gets its own" in told) == bool(names)
    for name in NOTEBOOK:
        assert (f"`{name}` (" in told) == (name in names)


def test_objects_of_the_notebook_do_no_harm_where_the_answer_is_right():
    judge(exercise(), from_notebook("def answer(x, n):\n    return x + n + 0 * mask", **NOTEBOOK))


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("x + torch.ones(2, 3).triu(1) * -torch.inf", "0 · inf is NaN"),
        ("x + (x * 0 - torch.inf).softmax(-1)", "nothing but -inf"),
        ("x * (0 * x / (0 * x))", "0 / 0 is NaN"),
        ("x + (-x.abs()).log()", "logarithm of a negative"),
    ],
)
def test_the_first_nan_is_told_where_it_is_made(line, word):
    source = f"def answer(x, n):\n    y = {line}\n    return (y + 1) * 2"
    told = str(wrong(exercise(), from_notebook(source)))
    assert "has NaN in it, first at" in told
    assert "The first NaN is made on line 2" in told
    assert word.lower() in told.lower()


def test_a_nan_of_numpy_is_told_without_its_line():
    told = str(wrong(exercise(), lambda x, n: np.where(x > 0, np.nan, 0) + 0 * np.asarray(x)))
    assert "has NaN in it" in told
    assert "line" not in told


def found(answer):
    if answer is None:
        raise Unanswered
    return "" if answer > 3 else f"{answer} is too small."


FOUND = Exercise(**TEXTS, solution="big = 4\n\nhs.check('sums', big)", verify=found)


def test_something_found_is_verified():
    judge(FOUND, 4)
    small = wrong(FOUND, 2)
    assert (str(small), small.got, small.arguments) == ("2 is too small.", 2, None)
    for odd in ("text", object, [1], np.zeros(3)):
        assert "This is no answer to the exercise" in str(wrong(FOUND, odd))
    with pytest.raises(Unanswered):
        judge(FOUND, None)
    assert FOUND.solution_function == "big = 4"


@pytest.mark.parametrize(
    "given", [{}, {"cases": cases}, {"mistakes": (Mistake("", ""),)}, {"verify": found, "cases": cases}]
)
def test_an_exercise_is_a_function_or_something_found(given):
    with pytest.raises(ValueError, match="sums: expected either cases and mistakes, or verify"):
        Exercise(**TEXTS, solution="", **given)


def test_a_solution_is_taken_from_its_cell():
    assert function(exercise().solution_function)(1, 2) == 3
