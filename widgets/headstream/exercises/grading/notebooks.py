"""One notebook after the other, each a row: run in its own room, judged in this process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import headstream
from headstream.exercises.grading.judging import Judge, Shown
from headstream.exercises.grading.lesson import exercises_in
from headstream.exercises.grading.sandbox import Limits, namespaces

REMARK = 100  # characters of what a notebook's own processes say


@dataclass(frozen=True)
class Row:
    """What became of one notebook.

    exercises: those of its cells, and any other that it checked. found: the status of each that was checked.
    remark: what went wrong first, in the notebook's own words, or "". changed: whether this package's files did.
    """

    notebook: str
    exercises: list[str]
    found: dict[str, str]
    remark: str
    seconds: float
    changed: bool = False


def graded(path: Path, limits: Limits, shown: Shown, seed: int) -> Row:
    """Run a student's notebook and judge its answers. Whatever it does, this returns its row."""
    start, judge, before = time.monotonic(), Judge(seed, shown), _fingerprint()
    try:
        notebook = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        return Row(path.name, [], {}, f"no notebook: {type(error).__name__}", 0.0)
    with TemporaryDirectory(prefix="hs-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        shutil.copyfile(path, folder / "notebook.ipynb")
        (folder / "limits.json").write_text(json.dumps(asdict(limits)))
        remark = _run(folder, judge, start + limits.seconds)
    changed = _fingerprint() != before
    for asked in [*judge.in_views, *_saved(notebook)]:
        with suppress(ValueError):
            judge.judged(asked)
    names = list(dict.fromkeys([*exercises_in(notebook), *judge.found]))
    return Row(path.name, names, {} if changed else judge.found, remark, time.monotonic() - start, changed)


def _run(folder: Path, judge: Judge, deadline: float) -> str:
    """Run the notebook in `folder`, and hear its checks until it ends or is ended; what to remark on."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "judge"))
        server.listen()
        server.settimeout(0.2)
        command = [*namespaces(), sys.executable, "-m", f"{__package__}.running", str(folder)]
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                command, cwd=folder, env=_environment(folder), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        try:
            while running.poll() is None and time.monotonic() < deadline:
                with suppress(TimeoutError):
                    kernel, _ = server.accept()
                    with kernel:
                        judge.hear(kernel, deadline)
        finally:
            # macOS refuses, where Linux finds nobody: each of the group has ended.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(running.pid, signal.SIGKILL)
            code = running.wait()
    if time.monotonic() >= deadline:
        return "stopped: it took too long"
    return _remark(folder / "ended.json") if code == 0 else "its processes were ended"


def _environment(folder: Path) -> dict[str, str]:
    """Little of this process' own: what is in it is not for students."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
    places = {"HOME": folder, "IPYTHONDIR": folder / "ipython", "JUPYTER_CONFIG_DIR": folder / "config"}
    data = {"JUPYTER_DATA_DIR": folder / "data", "JUPYTER_PATH": folder / "data", "JUPYTER_RUNTIME_DIR": folder / "run"}
    (folder / "tmp").mkdir()
    return {
        **kept,
        **{name: str(place) for name, place in {**places, **data, "TMPDIR": folder / "tmp"}.items()},
        "HEADSTREAM_JUDGE": str(folder / "judge"),
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def _saved(notebook: Any) -> list[dict[str, Any]]:
    """What a notebook says of answers that were found in views, which its reader clicked and no cell holds."""
    with suppress(AttributeError, KeyError, TypeError):
        models = notebook["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
        states = [model["state"] for model in models.values()]
        return [{"exercise": s["exercise"], "answer": s["answer"]} for s in states if s.get("answer") is not None]
    return []


def _remark(file: Path) -> str:
    """What a run says went wrong, as one short line of printable characters: a student may have written it."""
    try:
        # Neither a link elsewhere nor a pipe that never ends.
        with open(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as said:
            remark = str(json.loads(said.read(2**16)))
    except (OSError, ValueError, RecursionError):
        return "it left no word of how it ended"
    return "".join(letter if letter.isprintable() else " " for letter in remark)[:REMARK]


def _fingerprint() -> list[tuple[str, int, int, int]]:
    """What tells whether a file of this package was changed: no user can set a file's time of change."""
    paths = sorted(path for path in Path(headstream.__file__).parent.rglob("*") if "__pycache__" not in path.parts)
    stats = [(path, path.lstat()) for path in paths if not path.is_dir()]  # a folder changes with its __pycache__
    return [(str(path), stat.st_size, stat.st_ino, stat.st_ctime_ns) for path, stat in stats]
