"""A wrong answer is refused each time: the mistakes of each exercise, sneaky answers, and mutants of the solution."""

import numpy as np
import pytest

from headstream.exercises import all_exercises, check, find
from headstream.exercises.exercise import Mistake, function
from headstream.exercises.judge import _cases, _run

from .mutants import mutants
from .right_too import RIGHT_TOO
from .sneaky import SNEAKY

FUNCTIONS = [name for name, exercise in all_exercises().items() if exercise.cases]
ON_MODELS = ("forward_pass", "stream_writes")


def passes(exercise, answer, seed=0):
    """Whether an answer that writes into nothing passes, without a word on why not."""
    runs = (_run(exercise, case, answer, case.arguments) for case in _cases(exercise, seed))
    return all(run is not None and not run.fault for run in runs)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_mistakes_and_sneaky_answers_are_refused_whatever_is_drawn(name):
    exercise = find(name)
    changes = [mistake.change for mistake in exercise.mistakes] + SNEAKY[name]
    wrong = [function(Mistake("", change).source(exercise.solution_function)) for change in changes]
    right = function(exercise.solution_function)
    for seed in range(2 if name in ON_MODELS else 8):
        assert passes(exercise, right, seed)
        assert [change for change, answer in zip(changes, wrong, strict=True) if passes(exercise, answer, seed)] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_mutant_passes_only_if_it_is_right(name):
    exercise = find(name)
    passed = {mutant for mutant, answer in mutants(exercise.solution_function) if passes(exercise, answer)}
    assert passed == RIGHT_TOO.get(name, set())


def test_the_cases_are_the_same_each_time():
    """So what is refused once is refused every time, at the same case."""
    wrong = function(find("logit_parts").mistakes[0].source(find("logit_parts").solution_function))
    np.random.seed(1)
    first, again = check("logit_parts", wrong), check("logit_parts", wrong)
    assert first.message == again.message
