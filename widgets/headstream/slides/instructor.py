"""python -m headstream.slides.instructor FOLDER: writes the lessons with what only an instructor is to see.

Below each class question its minutes, what is expected and what is misunderstood; in each exercise's cell its solution,
with its minutes, difficulty and hints below; and at the top how the minutes add up.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from headstream.exercises import Exercise, find, solution_source
from headstream.site.notebook import Cell, Notebook, noted, read

LESSONS = Path(__file__).parents[3] / "lessons"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or Path(arguments[0]).resolve() == LESSONS.resolve():
        print("instructor takes one folder to write to, which is not that of the lessons themselves")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(LESSONS.glob("*.ipynb")):
        text = json.dumps(for_instructor(read(path)), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        (folder / path.name).write_text(text, encoding="utf-8", newline="\n")
        print(folder / path.name)
    return 0


def for_instructor(notebook: Notebook) -> Notebook:
    cells: list[Cell] = []
    for cell in notebook["cells"]:
        name, question = noted(cell, "exercise"), noted(cell, "class_question")
        cells.append({**cell, "source": solution_source(name)} if name else cell)
        if question:
            cells.append(_note(cell, {part: str(note) for part, note in question.items()}))
        if name:
            cells.append(_note(cell, _told(find(name))))
    exercises = [find(name) for cell in notebook["cells"] if (name := noted(cell, "exercise"))]
    cells.insert(1, _note(cells[0], _plan(exercises, notebook)))
    return {**notebook, "cells": cells}


def _plan(exercises: list[Exercise], notebook: Notebook) -> dict[str, str]:
    minutes = [f"{each.name.replace('_', ' ')} {each.minutes}" for each in exercises]
    asked = sum(int(question["minutes"]) for cell in notebook["cells"] if (question := noted(cell, "class_question")))
    total = sum(each.minutes for each in exercises)
    return {
        "minutes": f"class question {asked}; exercises {total}: {', '.join(minutes) or 'none'}",
        "answers": "The cells of exercises hold their solutions: run the lesson, and every check passes.",
    }


def _told(exercise: Exercise) -> dict[str, str]:
    hints = {f"hint {number}": hint for number, hint in enumerate(exercise.hints, 1)}
    return {"minutes": f"{exercise.minutes}, difficulty {exercise.difficulty} of 3", **hints}


def _note(cell: Cell, parts: dict[str, str]) -> dict[str, Any]:
    source = "\n>\n".join(f"> **{part.capitalize()}** · {note}" for part, note in parts.items())
    return {"cell_type": "markdown", "id": f"{cell['id']}-notes", "metadata": {}, "source": source}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
