"""What lessons show as they are shipped: views in which a student's pins are judged, whatever their own views hold."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from functools import cache
from pathlib import Path
from typing import Any

from headstream.exercises import engine
from headstream.exercises.engine import find
from headstream.exercises.exercise import Exercise
from headstream.exercises.judge import Verdict, verdict
from headstream.extras import require


def shown_in(folder: Path) -> Callable[[str], Any]:
    """By an exercise's name, the answer that the lesson in `folder` checks, with its views; None if none is there.

    Each lesson runs once, when it is first asked for: each exercise unanswered, then solved.
    """

    @cache
    def answers(path: Path) -> dict[str, Any]:
        try:
            return _run(json.loads(path.read_text(encoding="utf-8")))
        except Exception as error:  # of any cell
            print(f"{path} does not run, so nothing found in its views is judged: {error}", file=sys.stderr)
            return {}

    def shown(name: str) -> Any:
        for path in sorted(folder.glob("*.ipynb")):
            if name in exercises_in(json.loads(path.read_text(encoding="utf-8"))):
                return answers(path).get(name)
        return None

    return shown


def exercises_in(notebook: dict[str, Any]) -> list[str]:
    """The names of the exercises that a notebook's cells ask for, by their metadata. Of what is no notebook, none."""
    found = []
    with suppress(AttributeError, KeyError, TypeError):  # a student's file may be anything
        for cell in notebook["cells"]:
            name = cell["metadata"].get("headstream", {}).get("exercise")
            found += [name] if name in engine.all_exercises() else []
    return found


def _run(notebook: dict[str, Any]) -> dict[str, Any]:
    """Run a lesson of ours in this process; what it gave to `hs.check`, by exercise."""
    names: dict[str, Any] = {"__name__": "__main__"}
    # Some lessons switch gradients off for good, and others need them.
    with _checked() as found, redirect_stdout(io.StringIO()), require("torch").enable_grad():
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                exercise = cell["metadata"].get("headstream", {}).get("exercise")
                solution = [find(exercise).solution] if exercise else []
                for source in ("".join(cell["source"]), *solution):
                    exec(compile(source, cell["id"], "exec"), names)
    return found


@contextmanager
def _checked() -> Iterator[dict[str, Any]]:
    found: dict[str, Any] = {}

    def ask(exercise: Exercise, answer: Any) -> Verdict:
        found[exercise.name] = answer
        return verdict(exercise, answer)

    before, engine.ask = engine.ask, ask
    try:
        yield found
    finally:
        engine.ask = before
