"""How exercises are found, and how a reader's answer to one is checked, hinted at and solved.

An answer is a function. It is called on models and arrays made afresh, whose right answers are known or computed; a
wrong one gets a message that says what it looks like.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from headstream.exercises.exercise import Exercise
from headstream.exercises.grading.wire import done_in_views
from headstream.exercises.judge import Verdict, verdict
from headstream.views.check import Check

ask: Callable[[Exercise, Any], Verdict] = verdict
"""Who says what an answer is worth: this process, or the judge's where a notebook is graded (`grading`)."""


@cache
def all_exercises() -> dict[str, Exercise]:
    """Every exercise by its name, in the order of the lessons: all modules in the folders of lessons here."""
    package = __package__ or ""
    folders = pkgutil.walk_packages(import_module(package).__path__, f"{package}.")
    names = sorted(module.name for module in folders if re.search(r"\.lesson_\w+\.[a-z]\w*$", module.name))
    placed = [(name.split(".")[-2], import_module(name).EXERCISE) for name in names]
    ordered = sorted(placed, key=lambda pair: (pair[0], pair[1].number))
    return {exercise.name: exercise for _, exercise in ordered}


def find(name: str) -> Exercise:
    """The exercise called `name`; ValueError with all the names if there is none."""
    if not isinstance(name, str) or name not in all_exercises():
        raise ValueError(f"no exercise is called {name!r}; the exercises are {', '.join(all_exercises())}")
    return all_exercises()[name]


def check(name: str, answer: Any = ...) -> Check:
    """Check the reader's answer to an exercise, show what was found, and return it.

    It has a `status`, "passed", "not yet" or "unanswered", a `message`, and of the first case that failed `args`,
    `expected` and `got`. In plain Python it is printed: the first line is "✓ passed", "✗ not yet" or "… unanswered",
    then the exercise's name. An answer of `...`, or a function that returns `...`, is unanswered. An error raised by
    the reader's own code is shown, not raised.
    Raises ValueError if there is no such exercise, ModuleNotFoundError if it needs a module that is not installed.
    """
    exercise = find(name)
    status, wrong = ask(exercise, answer)
    todo = "Find it, then run this cell again." if exercise.verify else "Put your answer where the ... stands."
    told = str(wrong) if wrong else "Where notebooks are graded, nothing more is told."
    message = {"passed": exercise.passed, "not yet": told, "unanswered": todo}[status]
    more = {"difficulty": exercise.difficulty, "minutes": exercise.minutes, "answer": done_in_views(answer)}
    found = Check(name, status, message, exercise.hints, exercise.solution_function, **more)
    if wrong is not None:
        found.args, found.expected, found.got = wrong.arguments, wrong.expected, wrong.got
    found.tell()
    return found


_hints_given: dict[str, int] = {}


def hint(name: str, level: int | None = None) -> None:
    """Print a hint for an exercise: the next one at each call, or the one of `level` 1, 2 or 3.

    Raises ValueError if there is no such exercise or level.
    """
    exercise = find(name)
    if level is None:
        level = min(_hints_given.get(name, 0) + 1, 3)
        _hints_given[name] = level
    if type(level) is not int or level not in (1, 2, 3):  # True and 1.0 equal 1
        raise ValueError(f"level: expected 1, 2 or 3, got {level!r}")
    rest = f"hs.hint({name!r}) says more." if level < 3 else f"hs.solution({name!r}) shows one way to do it."
    print(f"Hint {level} of 3: {exercise.hints[level - 1]}\n{rest}")


def solution(name: str) -> None:
    """Print one solution of an exercise. Raises ValueError if there is no such exercise."""
    print(find(name).solution)


def solution_source(name: str) -> str:
    """The source of an exercise's cell with a solution in it, its call of `check` included."""
    return find(name).solution
