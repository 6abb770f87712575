"""python -m headstream.exercises grade NOTEBOOK ...: who passed which exercise.

Each notebook runs in a kernel of its own, in a closed room with limits; its answers are judged in this process, on
cases made afresh. Grade one lesson's notebooks at a time: the table has a column for each exercise of all of them.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from pathlib import Path

import headstream


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m headstream.exercises", description=__doc__)
    grade = parser.add_subparsers(required=True, metavar="grade").add_parser("grade", description=__doc__)
    grade.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    grade.add_argument("--csv", type=Path, metavar="FILE", help="write the table there too")
    grade.add_argument("--seconds", type=float, default=600, help="that a notebook may take (600)")
    grade.add_argument(
        "--cell-seconds", type=float, default=120, help="that a cell may, which is then interrupted (120)"
    )
    grade.add_argument("--memory", type=float, default=6, help="address space of a process, in GB (6)")
    lessons = Path(headstream.__file__).parents[2] / "lessons"
    grade.add_argument("--lessons", type=Path, default=lessons, help=f"the lessons as they are shipped ({lessons})")
    grade.add_argument("--seed", type=int, help="of the cases: drawn anew unless given, to grade again as before")
    return grade_with(parser.parse_args())


def grade_with(given: argparse.Namespace) -> int:
    if os.name == "nt":
        sys.exit("grade needs Linux or macOS: Windows can neither close a room nor limit memory. WSL is a Linux.")
    from headstream.exercises.grading.lesson import shown_in
    from headstream.exercises.grading.notebooks import graded
    from headstream.exercises.grading.sandbox import Limits, gaps
    from headstream.exercises.grading.table import table, write_csv

    limits = Limits(given.seconds, given.cell_seconds, int(given.memory * 2**30))
    seed = secrets.randbelow(2**62) if given.seed is None else given.seed
    shown, rows = shown_in(given.lessons), []
    for gap in gaps():
        print(f"Take care: {gap}.", file=sys.stderr)
    for at, path in enumerate(given.notebooks, 1):
        print(f"{at} of {len(given.notebooks)}: {path}", file=sys.stderr, flush=True)
        rows.append(graded(path, limits, shown, seed))
        if rows[-1].changed:
            break
    print(table(rows))
    print(f"seed {seed}")
    if given.csv:
        write_csv(rows, given.csv)
    if rows[-1].changed:
        print(f"{rows[-1].notebook} changed files of headstream: install it again before you grade the others.")
    return int(rows[-1].changed)


if __name__ == "__main__":
    sys.exit(main())
