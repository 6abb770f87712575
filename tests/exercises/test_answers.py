"""Every solution passes, every usual mistake fails with a message that teaches, `...` is unanswered."""

import math

import numpy as np
import pytest
import torch

from headstream.exercises import all_exercises, check, solution_source

from .wrong_answers import REPLACEMENTS, answer_source, wrong_answers


def function(source):
    """The function that a cell defines: the reader's answer."""
    names = {"torch": torch, "np": np, "math": math}
    before = set(names)
    exec(source, names)
    (answer,) = (value for name, value in names.items() if name not in before and callable(value))
    return answer


def test_every_exercise_has_its_wrong_answers():
    assert set(REPLACEMENTS) == set(all_exercises())
    assert all(len(wrongs) >= 5 for wrongs in REPLACEMENTS.values())


@pytest.mark.parametrize("name", all_exercises())
def test_solution_passes_every_time(name, capsys):
    for _ in range(5):  # models and arrays are drawn anew each time
        assert check(name, function(answer_source(name))).passed
    assert capsys.readouterr().out.count(f"✓ passed: {name}\n") == 5


@pytest.mark.parametrize(
    ("name", "source", "word"),
    [pytest.param(name, source, word, id=f"{name}: {wrong}") for name, wrong, source, word in wrong_answers()],
)
def test_wrong_answer_is_taught(name, source, word, capsys):
    result = check(name, function(source))
    assert result.status == "not yet"
    assert word in result.message
    assert "passed" not in capsys.readouterr().out


@pytest.mark.parametrize("name", all_exercises())
def test_dots_are_unanswered(name, capsys):
    for answer in (..., lambda *_: ..., lambda *_: (..., ...), lambda *_: ... + 1):
        assert check(name, answer).status == "unanswered"
    assert capsys.readouterr().out.count(f"… unanswered: {name}\n") == 4


@pytest.mark.parametrize("name", all_exercises())
def test_answers_that_are_no_answers(name):
    for answer in (3, "text", torch.zeros(3), lambda *_: None, lambda *_: "text", lambda *_: object(), lambda: 1):
        assert check(name, answer).status == "not yet"


@pytest.mark.parametrize("name", all_exercises())
def test_solution_source_is_a_whole_cell(name):
    assert f'hs.check("{name}", ' in solution_source(name)
    compile(solution_source(name), name, "exec")
    assert len(solution_source(name).splitlines()) <= 25
