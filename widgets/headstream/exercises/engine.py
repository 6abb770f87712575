"""How exercises are found, and how a reader's answer to one is checked, hinted at and solved.

An answer is a function. It is called on models and arrays made afresh, whose right answers are known or computed; a
wrong one gets a message that says what it looks like.
"""

from __future__ import annotations

import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from headstream.exercises.calling import Unanswered, Wrong, is_unanswered
from headstream.exercises.exercise import Exercise
from headstream.exercises.judge import judge


@dataclass(frozen=True)
class Result:
    """What `check` found. status: "passed", "not yet" or "unanswered"; message: what was printed below it."""

    name: str
    status: str
    message: str

    @property
    def passed(self) -> bool:
        return self.status == "passed"

    def _ipython_display_(self) -> None:
        """`check` has printed everything: as the last line of a cell it must not be shown a second time."""


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


def check(name: str, answer: Any = ...) -> Result:
    """Check the reader's answer to an exercise, print what was found, and return it.

    The first line printed is "✓ passed", "✗ not yet" or "… unanswered", then the exercise's name. An answer of `...`,
    or a function that returns `...`, is unanswered. An error raised by the reader's own code is shown, not raised.
    Raises ValueError if there is no such exercise, ModuleNotFoundError if it needs a module that is not installed.
    """
    exercise = find(name)
    try:
        if is_unanswered(answer):
            raise Unanswered
        judge(exercise, answer)
        result = Result(name, "passed", exercise.passed)
    except Unanswered:
        cost = f"difficulty {exercise.difficulty} of 3, about {exercise.minutes} minutes"
        text = f"({cost}) Put your answer where the ... stands. For a hint: hs.hint({name!r})"
        result = Result(name, "unanswered", text)
    except Wrong as wrong:
        result = Result(name, "not yet", f"{wrong}\nFor a hint: hs.hint({name!r})")
    mark = {"passed": "✓", "not yet": "✗", "unanswered": "…"}[result.status]
    print(f"{mark} {result.status}: {name}\n{result.message}")
    return result


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
