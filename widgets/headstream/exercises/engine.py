"""What an exercise is, and how a reader's answer to it is checked, hinted at and solved.

An exercise is checked by properties: its test calls the reader's function on models and arrays made afresh, whose right
answers are known or computed, and raises `Wrong` with a message that says what the answer looks like.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from headstream.exercises.answers import Unanswered, Wrong, is_unanswered


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson.

    name: what the reader passes to `check`. difficulty: 1 to 3. minutes: what it takes a first-time reader.
    hints: three, each saying more than the one before.
    solution: the source of the whole exercise cell, its call of `check` included.
    test: takes the reader's answer; raises `Wrong` or `Unanswered`, or returns one sentence saying what was checked.
    """

    name: str
    difficulty: int
    minutes: int
    hints: tuple[str, str, str]
    solution: str
    test: Callable[[Any], str]


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
    """Every exercise by its name, in the order of the lessons."""
    from headstream.exercises import lessons

    return {exercise.name: exercise for exercise in lessons.EXERCISES}


def find(name: str) -> Exercise:
    """The exercise called `name`; ValueError with all the names if there is none."""
    if not isinstance(name, str) or name not in all_exercises():
        raise ValueError(f"no exercise is called {name!r}; the exercises are {', '.join(all_exercises())}")
    return all_exercises()[name]


def check(name: str, answer: Any = ...) -> Result:
    """Check the reader's answer to an exercise, print what was found, and return it.

    The first line printed is "✓ passed", "✗ not yet" or "… unanswered", then the exercise's name. An answer of `...`,
    or a function that returns `...`, is unanswered. An error raised by the reader's own code is shown, not raised.
    Raises ValueError if there is no such exercise.
    """
    exercise = find(name)
    try:
        if is_unanswered(answer):
            raise Unanswered
        result = Result(name, "passed", exercise.test(answer))
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
