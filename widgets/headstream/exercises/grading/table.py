"""Rows of graded notebooks as a table to read, and as a file for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from headstream.exercises.engine import all_exercises
from headstream.exercises.grading.notebooks import Row

SIGNS = {"passed": "✓", "not yet": "✗", "unanswered": "…", "not judged": "?"}
LEGEND = "✓ passed  ✗ not yet  … unanswered  - not checked"
NOT_JUDGED = "? found in a view, which is judged in the lesson's own: name the lessons' folder with --lessons"


def columns(rows: Sequence[Row]) -> list[str]:
    """All exercises of the rows, in the order of the lessons."""
    there = {name for row in rows for name in row.exercises}
    return [name for name in all_exercises() if name in there]


def status(row: Row, exercise: str) -> str:
    """Of an exercise of a row; "not checked" where the notebook did not come to its check, "" where it has none."""
    return row.found.get(exercise, "not checked" if exercise in row.exercises else "")


def score(row: Row) -> str:
    return f"{list(row.found.values()).count('passed')} of {len(row.exercises)}"


def table(rows: Sequence[Row]) -> str:
    """The rows in columns, with what the signs mean below."""
    names = columns(rows)
    head = ["notebook", *names, "passed", "seconds", "remark"]
    signs = {**SIGNS, "not checked": "-", "": ""}
    body = [
        [row.notebook, *(signs[status(row, name)] for name in names), score(row), f"{row.seconds:.0f}", row.remark]
        for row in rows
    ]
    widths = [max(len(line[at]) for line in [head, *body]) for at in range(len(head))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in [head, *body]]
    lines = [line.rstrip() for line in lines] + ["", LEGEND]
    return "\n".join([*lines, NOT_JUDGED] if any("not judged" in row.found.values() for row in rows) else lines)


def write_csv(rows: Sequence[Row], path: Path) -> None:
    names = columns(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["notebook", *names, "passed", "exercises", "seconds", "remark"])
        for row in rows:
            passed = list(row.found.values()).count("passed")
            found = [status(row, name) for name in names]
            out.writerow(
                [_cell(row.notebook), *found, passed, len(row.exercises), f"{row.seconds:.0f}", _cell(row.remark)]
            )


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
