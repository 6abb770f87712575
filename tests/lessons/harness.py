"""Runs a notebook with nbmake from top to bottom, in a kernel that has no network and records its memory."""

import ast
import json
import os
import re
import shutil
import subprocess
import symtable
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from headstream import exercises

LESSONS = sorted((Path(__file__).parents[2] / "lessons").glob("*.ipynb"))

Notebook = dict[str, Any]

# Without what checks international addresses, of which a notebook has none: it takes 2 s to import.
PYTEST = "import sys; sys.modules['rfc3987_syntax'] = None; import pytest; sys.exit(pytest.main())"


@dataclass(frozen=True)
class Outcome:
    """What a run left behind.

    log: what pytest printed. notebook: with its outputs. refused: each try to reach the network.
    seconds: from the kernel's start to its last cell's end. megabytes: the kernel's peak of resident memory.
    """

    passed: bool
    log: str
    notebook: Notebook
    refused: list[str]
    seconds: float
    megabytes: float

    @property
    def checks(self) -> dict[str, list[str]]:
        """Each status that `hs.check` told for an exercise, in order: passed, not yet or unanswered."""
        outputs = [output for cell in code(self.notebook) for output in cell["outputs"]]
        # A drawn check is told in the plain text beside it.
        told = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]
        texts = ["".join(text) for text in told]
        found: dict[str, list[str]] = {}
        for status, name in re.findall(r"^[✓✗…] ([a-z ]+): (\S+)$", "\n".join(texts), re.M):
            found.setdefault(name, []).append(status)
        return found


def run(notebook: Notebook, folder: Path, *, cell_timeout: int = 120) -> Outcome:
    """Run a notebook in the empty folder `folder`, which keeps the executed notebook."""
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("kernel_watch.py"), startup)
    (folder / "pytest.ini").write_text("[pytest]\n")  # none of this project's settings
    path, record = folder / "lesson.ipynb", folder / "record.json"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    environment = {
        **os.environ,
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "HEADSTREAM_KERNEL_RECORD": str(record),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    options = ["-p", "nbmake", "--nbmake", "--overwrite", f"--nbmake-timeout={cell_timeout}"]
    command = [sys.executable, "-c", PYTEST, *options, path.name]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    executed = json.loads(path.read_text(encoding="utf-8"))
    return Outcome(done.returncode == 0, done.stdout + done.stderr, executed, **json.loads(record.read_text()))


def made(*cells: Notebook) -> Notebook:
    """A notebook as a lesson is one; nbformat makes them too, and takes seconds to import."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def prose_cell(source: str) -> Notebook:
    return {"cell_type": "markdown", "id": uuid4().hex[:8], "metadata": {}, "source": source}


def code_cell(source: str) -> Notebook:
    return {**prose_cell(source), "cell_type": "code", "execution_count": None, "outputs": []}


def printed(text: str) -> Notebook:
    """The output of a cell that printed `text`."""
    return {"output_type": "stream", "name": "stdout", "text": text}


def load(path: Path) -> Notebook:
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def with_solutions(notebook: Notebook) -> Notebook:
    """The notebook as it is and, below its last cell, its exercises once more.

    There each exercise's cell holds its solution, and each cell follows that reads a name which those cells bind, by
    itself or through another. So one kernel runs the lesson both unanswered and solved, and cells run out of order.
    """
    more, changed = [], set[str]()
    for cell in code(notebook):
        name = exercise(cell)
        source = exercises.solution_source(name) if name else "".join(cell["source"])
        if name or changed & names_read(source):
            more.append({**cell, "id": f"{cell['id']}-solved", "source": source})
            changed |= names_bound(source)
    return {**notebook, "cells": [*notebook["cells"], *more]}


def names_read(source: str) -> set[str]:
    """The names that a cell takes from other cells or from Python, and binds nowhere itself."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    own = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)} | names_bound(source)
    return {name.id for name in names} - own


def names_bound(source: str) -> set[str]:
    """The names that a cell gives to all cells; not those inside its functions."""
    names = symtable.symtable(source, "cell", "exec").get_symbols()
    return {name.get_name() for name in names if name.is_assigned() or name.is_imported()}


def code(notebook: Notebook) -> list[Notebook]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def exercise(cell: Notebook) -> str | None:
    """The name of the exercise that a cell asks for, if it does."""
    if "exercise" not in cell["metadata"].get("tags", []):
        return None
    name: str = cell["metadata"]["headstream"]["exercise"]
    return name
