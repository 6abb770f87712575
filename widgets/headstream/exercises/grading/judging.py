"""The judge: hears what kernels ask, calls answers on fresh cases, and keeps what it found."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from headstream.exercises.calling import Wrong
from headstream.exercises.engine import find
from headstream.exercises.exercise import Exercise
from headstream.exercises.grading.wire import NotJudged, has_view, pickled, read, receive, restored, send
from headstream.exercises.judge import verdict

MOST_CHECKS = 20  # of one exercise in one notebook: who checks more often is trying answers out on the judge
BEST_FIRST = ("passed", "not yet", "not judged", "unanswered")

Shown = Callable[[str], Any]
"""By an exercise's name: its answer in the lesson as it is shipped, or None where that is not here."""


class Judge:
    """What one notebook's answers are worth: `found` has the best status of each exercise that was checked.

    in_views: what kernels told of answers found in views. They are judged when the notebook has run, for the lesson
        that has the views takes its time.
    seed: of the cases. Each further check of an exercise has cases of its own, so that nothing is learned by trying.
    """

    def __init__(self, seed: int, shown: Shown) -> None:
        self.seed, self.shown = seed, shown
        self.found: dict[str, str] = {}
        self.in_views: list[dict[str, Any]] = []
        self._checks: Counter[str] = Counter()

    def hear(self, kernel: socket.socket, deadline: float) -> None:
        """Answer one check of a kernel's. What a kernel says or leaves unsaid raises nothing here."""
        try:
            asked = read(_receive(kernel, deadline))
            if has_view(asked.get("answer")):
                self.in_views.append(asked)
                send(kernel, b"vnot yet")
            else:
                status = self.judged(asked, _Remote(kernel, deadline))
                send(kernel, b"v" + status.encode())
        except (OSError, ValueError, RecursionError):  # it has gone, is late, or is none of our kernels
            return

    def judged(self, asked: Any, function: Callable[..., Any] = lambda *_: ...) -> str:
        """The status of what a kernel, or a saved notebook, says of an exercise. Raises ValueError for other things."""
        exercise = find(asked.get("exercise"))
        self._checks[exercise.name] += 1
        if self._checks[exercise.name] > MOST_CHECKS:
            return "not yet"
        status = self._status(exercise, asked, function)
        before = self.found.get(exercise.name, "unanswered")
        self.found[exercise.name] = min(before, status, key=BEST_FIRST.index)
        return status

    def _status(self, exercise: Exercise, asked: dict[str, Any], function: Callable[..., Any]) -> str:
        if "answer" not in asked:
            return "not yet"
        try:
            shown = self.shown(exercise.name) if has_view(asked["answer"]) else None
            answer = restored(asked["answer"], function, shown) if exercise.verify else function
            if asked["answer"] == {"dots": True}:
                return "unanswered"
            return verdict(exercise, answer, self.seed + self._checks[exercise.name]).status
        except NotJudged:
            return "not judged"
        except Wrong:
            return "not yet"
        except Exception:  # what was made to break the judge passes nothing
            return "not yet"


class _Remote:
    """The student's function, called in the student's kernel. Called with arguments, it returns what came back."""

    def __init__(self, kernel: socket.socket, deadline: float) -> None:
        self.kernel, self.deadline = kernel, deadline

    def __call__(self, *arguments: Any) -> Any:
        send(self.kernel, b"c" + pickled(arguments))
        came = read(_receive(self.kernel, self.deadline))
        if came.get("unanswered"):
            return ...
        if "returned" not in came:
            raise Wrong(str(came.get("wrong")))
        return restored(came["returned"], lambda *_: None)


def _receive(kernel: socket.socket, deadline: float) -> bytes:
    kernel.settimeout(max(deadline - time.monotonic(), 0.001))
    return receive(kernel)
