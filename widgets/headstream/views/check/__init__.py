"""Check: what was found of a reader's answer to an exercise, with its hints and a solution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from headstream import checks
from headstream.views.shared.told import ToldView
from headstream.views.shared.traits import Choice, Text, Whole
from headstream.views.shared.view import bundle

SIGNS = {"passed": "✓", "not yet": "✗", "unanswered": "…"}


class Check(ToldView):
    """Draws what `hs.check` found, with buttons for the hints and a solution.

    exercise: its name. status: "passed", "not yet" or "unanswered".
    message: what was found, in lines; those that begin with two spaces are code.
    hints: each says more than the one before. solution: source code.
    difficulty: 1 to 3. minutes: what the exercise takes a first-time reader.
    answer: what was found in views, as data: what was pinned and set in them. It is drawn nowhere; a saved notebook has
        it, and can be graded though no cell says what was clicked. None for any other answer.

    Python also has of the first case that failed, each None where there is none: `args`, the arguments that the
    reader's function was called with, as a tuple; `expected`; `got`, what it returned.
    """

    _esm = bundle("check", "js")
    _css = bundle("check", "css")

    exercise = Text(read_only=True).tag(sync=True)
    status = Choice(tuple(SIGNS), "unanswered", read_only=True)
    message = Text(read_only=True).tag(sync=True)
    hints: Any = traitlets.List(Text(), read_only=True).tag(sync=True)
    solution = Text(read_only=True).tag(sync=True)
    difficulty = Whole(1, least=1, most=3, read_only=True)
    minutes = Whole(5, least=1, read_only=True)
    answer: Any = traitlets.Any(None, read_only=True).tag(sync=True)

    args: tuple[Any, ...] | None = None
    expected: Any = None
    got: Any = None

    def __init__(
        self,
        exercise: str,
        status: str = "unanswered",
        message: str = "",
        hints: Sequence[str] = (),
        solution: str = "",
        *,
        difficulty: int = 1,
        minutes: int = 5,
        answer: Any = None,
        **traits: Any,
    ) -> None:
        costs = {"difficulty": difficulty, "minutes": minutes}
        drawn = self._drawn(exercise, status, message, hints, solution, answer=answer, **costs)
        super().__init__(drawn, {}, **traits)

    @classmethod
    def _drawn(
        cls,
        exercise: str,
        status: str = "unanswered",
        message: str = "",
        hints: Sequence[str] = (),
        solution: str = "",
        *,
        difficulty: int = 1,
        minutes: int = 5,
        answer: Any = None,
    ) -> dict[str, Any]:
        given = checks.items("hints", hints, "a list of texts")
        return {
            "exercise": checks.text("exercise", exercise),
            "status": checks.choice("status", status, SIGNS),
            "message": checks.text("message", message),
            "hints": [checks.text(f"hints[{place}]", hint) for place, hint in enumerate(given)],
            "solution": checks.text("solution", solution),
            "difficulty": checks.whole("difficulty", difficulty, 1, 3),
            "minutes": checks.whole("minutes", minutes, 1),
            "answer": answer,
        }

    @property
    def passed(self) -> bool:
        return bool(self.status == "passed")

    def _told(self) -> str:
        hint = f"For a hint: hs.hint({self.exercise!r})"
        cost = f"(difficulty {self.difficulty} of 3, about {self.minutes} minutes)"
        message = {
            "passed": self.message,
            "not yet": f"{self.message}\n{hint}",
            "unanswered": f"{cost} {self.message} {hint}",
        }[self.status]
        return f"{SIGNS[self.status]} {self.status}: {self.exercise}\n{message}"
