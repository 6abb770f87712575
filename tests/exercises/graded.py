"""Students' notebooks for the tests of grading, and what becomes of them."""

import json
from pathlib import Path

from headstream.exercises import solution_source
from headstream.exercises.grading.notebooks import Row, graded
from headstream.exercises.grading.sandbox import Limits
from tests.lessons.harness import code_cell, made

# Two exercises that need no torch: texts, and arrays of numpy's.
NAMES = ("induction_rule", "first_model")
RIGHT = tuple(map(solution_source, NAMES))
SETUP = "import numpy as np\nimport headstream as hs"
WRONG = tuple(f"def {name}(*_):\n    return 'a'\n\n\nhs.check('{name}', {name})" for name in NAMES)
QUICK = Limits(seconds=120, cell_seconds=60)


def nothing_shown(_):
    return None


def write(path: Path, *sources: str, answers=RIGHT) -> Path:
    """A notebook of one cell a source, and of an answer to each of the exercises NAMES."""
    cells = [code_cell(source) for source in (SETUP, *sources)]
    for name, source in zip(NAMES, answers, strict=True):
        cells.append({**code_cell(source), "metadata": {"headstream": {"exercise": name}}})
    path.write_text(json.dumps(made(*cells)))
    return path


def row(folder: Path, *sources: str, answers=RIGHT, limits=QUICK) -> Row:
    return graded(write(folder / "notebook.ipynb", *sources, answers=answers), limits, nothing_shown, seed=5)
