"""What an exercise is: its text, its cases, and the mistakes that readers make."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np


class Case(NamedTuple):
    """One call of the reader's function, and what it should return.

    arguments: numpy arrays among them come to the reader as torch tensors, if the exercise says so. A function among
        them is a module's, or a `partial` of one: where notebooks are graded, it is sent to another process.
    expected: numbers (an array or one number), a string, or a list of strings, computed in another way than the
        solution does it. With a tuple of words: a tuple, each part under its own word.
    words: what the answer is called in messages, such as "Your array of ranks".
    stage: told before what is wrong: what the answer is known to do right, and what this case tests.
    """

    arguments: tuple[Any, ...]
    expected: Any
    words: str | tuple[str, ...] = "Your answer"
    stage: str = ""


@dataclass(frozen=True)
class Mistake:
    """A usual wrong answer, told by `message` when the reader's function returns what it returns.

    It must do so in every case, or in the one that failed where that is no chance.

    change: pieces of the solution and what stands there instead, or the source of a whole function.
    """

    message: str
    change: Mapping[str, str] | str

    def source(self, solution: str) -> str:
        """The source of the mistaken function. ValueError if the solution does not have a piece of the change."""
        if isinstance(self.change, str):
            return self.change
        for right, wrong in self.change.items():
            if right not in solution:
                raise ValueError(f"change: expected pieces of the solution, got {right!r}")
            solution = solution.replace(right, wrong)
        return solution


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson: a module of its own name in the lesson's folder, which calls it EXERCISE.

    name: what the reader passes to `check`. number: its place in the lesson. difficulty: 1 to 3.
    minutes: what it takes a first-time reader. hints: three, each saying more than the one before.
    solution: the source of the whole exercise cell, its call of `check` after two empty lines included.
    passed: one sentence saying what was checked.

    Where the answer is a function:
    cases: makes the cases afresh from a random generator, the smallest first; the first that the answer fails is told.
    mistakes: the usual wrong answers.
    tensors: whether arrays come to the reader's function as torch tensors, or as numpy's.
    reason: from a wrong answer and the case's arguments, what is wrong with it where no mistake tells it, or "".

    Where it is something found, such as a text or what is pinned in a view:
    verify: "" if it is right, else a sentence. It raises `Unanswered` where nothing is pinned; at what is no answer at
        all it may raise anything.
    """

    name: str
    number: int
    difficulty: int
    minutes: int
    hints: tuple[str, str, str]
    solution: str
    passed: str
    cases: Callable[[np.random.Generator], Iterator[Case]] | None = None
    mistakes: tuple[Mistake, ...] = ()
    tensors: bool = True
    reason: Callable[..., str] = lambda *_: ""
    verify: Callable[[Any], str] | None = None

    def __post_init__(self) -> None:
        if bool(self.cases and self.mistakes) == bool(self.verify) or bool(self.cases) != bool(self.mistakes):
            raise ValueError(f"{self.name}: expected either cases and mistakes, or verify")

    @property
    def solution_function(self) -> str:
        """The solution without its call of `check`: a function, or what makes the answer."""
        return self.solution.rpartition("\n\n")[0].rstrip()


def function(source: str) -> Callable[..., Any]:
    """The last function that a source defines; it may use np, math and, where it is loaded, torch."""
    names: dict[str, Any] = {"np": np, "math": math, "torch": sys.modules.get("torch")}
    exec(source, names)
    found: Callable[..., Any] = names[re.findall(r"^def (\w+)", source, re.M)[-1]]
    return found
