"""Runs a notebook with nbmake from top to bottom, in a kernel that has no network and records its memory."""

import ast
import json
import os
import re
import shutil
import subprocess
import symtable
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from headstream import exercises

LESSONS = sorted((Path(__file__).parents[2] / "lessons").glob("*.ipynb"))

Notebook = dict[str, Any]
Command = list[str | Path]


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
        found: dict[str, list[str]] = {}
        texts = "\n".join(map(told, code(self.notebook)))
        for status, name in re.findall(r"^[✓✗…] ([a-z ]+): (\S+)$", texts, re.M):
            found.setdefault(name, []).append(status)
        return found

    @property
    def told_otherwise(self) -> list[str]:
        """The cells that told something else when they were run again; see `three_times`."""
        texts = {cell["id"]: told(cell) for cell in code(self.notebook)}
        return [name for name, text in texts.items() if texts.get(f"{name}-again", text) != text]


@contextmanager
def warmed(folder: Path) -> Iterator[Command]:
    """The beginning of a command that goes on as after `python -m`, with torch and TransformerLens imported already.

    They take 10 s to import, and nbmake 3 more, which is most of a lesson's time. All who name the same folder share
    the process that has; it ends with the one that started it, which waits for the others. Elsewhere than on Linux,
    where a process that has imported much cannot be forked safely, the command is Python's own.
    """
    if sys.platform != "linux":
        yield [sys.executable, "-m"]
        return
    from fcntl import LOCK_EX, LOCK_SH, flock

    here, socket, warm = Path(__file__).parent, folder / "socket", None
    # Figures take the back end when they are imported, and a kernel's own would come too late.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "start_new_session": True}
    with open(folder / "users", "w") as users:
        flock(users, LOCK_SH)
        with open(folder / "starting", "w") as starting:
            flock(starting, LOCK_EX)
            if not socket.exists():
                warm = subprocess.Popen([sys.executable, here / "warm.py", socket], env=environment, **pipes)
                assert warm.stdout.readline() == b"listening\n"
        try:
            yield [sys.executable, "-IS", here / "ask.py", socket]
        finally:
            if warm:
                flock(users, LOCK_EX)
                warm.communicate()  # its standard input is closed here, and with it it ends


def run(notebook: Notebook, folder: Path, python: Command, *, cell_timeout: int = 120) -> Outcome:
    """Run a notebook in the empty folder `folder`, which keeps the executed notebook. python: see `warmed`."""
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("kernel_watch.py"), startup)
    (folder / "pytest.ini").write_text("[pytest]\n")  # none of this project's settings
    path, record = folder / "lesson.ipynb", folder / "record.json"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    write_kernel(folder / "data", python)
    environment = {
        **os.environ,
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_PATH": str(folder / "data"),  # before the environment's own kernel
        "HEADSTREAM_KERNEL_RECORD": str(record),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    options = ["-p", "nbmake", "--nbmake", "--overwrite", f"--nbmake-timeout={cell_timeout}"]
    command = [*python, "pytest", *options, path.name]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    executed = json.loads(path.read_text(encoding="utf-8"))
    return Outcome(done.returncode == 0, done.stdout + done.stderr, executed, **json.loads(record.read_text()))


def write_kernel(data: Path, python: Command, name: str = "python3") -> None:
    """Write into a JUPYTER_DATA_DIR what starts kernels of this name. python: see `warmed`."""
    kernel = data / "kernels" / name
    kernel.mkdir(parents=True)
    start = [*map(str, python), "ipykernel_launcher", "-f", "{connection_file}"]
    # The signal would end what asks for the fork.
    spec = {"argv": start, "display_name": name, "language": "python", "interrupt_mode": "message"}
    (kernel / "kernel.json").write_text(json.dumps(spec))


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


def three_times(notebook: Notebook) -> Notebook:
    """The notebook as it is; below its last cell every cell once more, the last one first; and its exercises solved.

    A cell tagged "trains", for it takes long, comes once: the rules see to it that what it reads is bound once.
    There each exercise's cell holds its solution, and each cell follows that reads a name which those cells bind, by
    itself or through another. So one kernel runs the lesson unanswered, out of order and solved.
    """
    again = [cell for cell in reversed(code(notebook)) if "trains" not in cell["metadata"].get("tags", [])]
    more, changed = [{**cell, "id": f"{cell['id']}-again"} for cell in again], set[str]()
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


def names_bound(source: str, *, imports: bool = True) -> set[str]:
    """The names that a cell gives to all cells; not those inside its functions."""
    names = symtable.symtable(source, "cell", "exec").get_symbols()
    return {name.get_name() for name in names if name.is_assigned() or (imports and name.is_imported())}


def names_told(source: str) -> set[str]:
    """The names whose method a statement of the cell calls for what it does, as in `toy.train(100)`."""
    calls = [
        node.value.func
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]
    return {
        name.id
        for call in calls
        if isinstance(call, ast.Attribute)
        for name in ast.walk(call.value)
        if isinstance(name, ast.Name)
    }


def code(notebook: Notebook) -> list[Notebook]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def sources(path: Path) -> list[tuple[str, str]]:
    """The id and the source of each cell of code."""
    return [(cell["id"], "".join(cell["source"])) for cell in code(load(path))]


def told(cell: Notebook) -> str:
    """What a cell that has run says in text, without addresses in memory; what is drawn has a text beside it."""
    # What is printed may come in pieces, and then begins no line.
    texts = [output.get("text") or [*output.get("data", {}).get("text/plain", ""), "\n"] for output in cell["outputs"]]
    return re.sub(" at 0x[0-9a-f]+>", ">", "".join("".join(text) for text in texts))


def exercise(cell: Notebook) -> str | None:
    """The name of the exercise that a cell asks for, if it does."""
    if "exercise" not in cell["metadata"].get("tags", []):
        return None
    name: str = cell["metadata"]["headstream"]["exercise"]
    return name
