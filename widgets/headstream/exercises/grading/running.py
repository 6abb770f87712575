"""Runs one notebook in its own kernel, in a closed room: `python -m headstream.exercises.grading.running FOLDER`.

In FOLDER are notebook.ipynb and limits.json; what became of it is written there, to ended.json. Both this process and
the kernel may be a student's to break: nothing that they write is trusted, but as a remark.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from queue import Empty
from typing import Any

from headstream.exercises.grading.sandbox import Limits, close, limit


def main(folder: Path) -> None:
    if os.getpid() == 1 and (child := os.fork()):
        # The first process of a namespace is the one that nobody in it can end; when it ends, all do.
        while True:
            ended, status = os.wait()
            if ended == child:
                os._exit(os.waitstatus_to_exitcode(status) & 255)
    limits = Limits(**json.loads((folder / "limits.json").read_text()))
    close(folder)
    limit(limits)
    (folder / "ended.json").write_text(json.dumps(run(folder, limits)))


def run(folder: Path, limits: Limits) -> str:
    """Run the notebook's cells in a kernel, also after one that fails. What went wrong, in few words, or ""."""
    from jupyter_client.manager import KernelManager

    cells = json.loads((folder / "notebook.ipynb").read_bytes())["cells"]
    spec = folder / "data" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    options = ["-f", "{connection_file}", "--HistoryManager.enabled=False"]
    start = [sys.executable, "-m", "headstream.exercises.grading.answering", *options]
    spec.write_text(json.dumps({"argv": start, "display_name": "Python 3", "language": "python"}))
    # Pipes of this machine, for in here there is no network.
    manager = KernelManager(kernel_name="python3", transport="ipc", ip=str(folder / "k"))
    manager.start_kernel(cwd=str(folder))
    kernel = manager.client()
    kernel.start_channels(iopub=False, stdin=False, hb=False)  # what cells print is for nobody
    wrong: list[str] = []
    try:
        _run_cell(manager, kernel, {"source": ""}, limits.seconds)  # a kernel's start is no cell's time
        for number, cell in enumerate(cells, 1):
            if cell["cell_type"] == "code" and (said := _run_cell(manager, kernel, cell, limits.cell_seconds)):
                wrong.append(f"cell {number}: {said}")
            if not manager.is_alive():
                break
    finally:
        kernel.stop_channels()
        manager.shutdown_kernel(now=True)
    return "; ".join(dict.fromkeys([*wrong[:1], *wrong[-1:]]))


def _run_cell(manager: Any, kernel: Any, cell: dict[str, Any], seconds: float) -> str:
    """What went wrong in a cell, or ""; one that takes too long is interrupted."""
    deadline, late = time.monotonic() + seconds, False
    asked = kernel.execute("".join(cell["source"]), allow_stdin=False, stop_on_error=False)
    while True:
        try:
            reply = kernel.get_shell_msg(timeout=0.5)
        except Empty:
            if not manager.is_alive():
                return "the kernel ended"
            if time.monotonic() > deadline and not late:
                late = True
                manager.interrupt_kernel()
            continue
        if reply["parent_header"].get("msg_id") == asked:
            break
    content = reply["content"]
    if late:
        return f"interrupted after {seconds:.0f} s"
    return f"{content['ename']}: {content['evalue']}" if content["status"] == "error" else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
