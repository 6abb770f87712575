"""What a class asks of a JupyterHub: python -m tests.class_memory [LESSON.ipynb] [--pairs 1 3]

Starts pairs of a JupyterLab and a kernel that has run the lesson, and prints their memory as PSS, in which a page that
several processes share is counted once. What one more pair adds tells how many fit. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
import time
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory

import psutil
from jupyter_client.manager import KernelManager

from tests.browser.lab import free_port

LESSON = Path(__file__).parents[1] / "lessons" / "05-heads-move-information.ipynb"
ROOM, SYSTEM = 16_000, 1_000  # megabytes: a machine's, and what its system and the hub take of it


def lab(stack: ExitStack) -> int:
    """Start a JupyterLab, and ask it for what its page asks for; its process' number."""
    port, folder = free_port(), stack.enter_context(TemporaryDirectory(prefix="hs-"))
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--IdentityProvider.token=",
        f"--notebook-dir={folder}",
    ]
    server = Popen([sys.executable, "-m", "jupyterlab", *options], stderr=DEVNULL)
    stack.callback(server.wait)
    stack.callback(server.terminate)
    while server.poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            break
        time.sleep(0.2)
    for path in ("lab", "lab/api/settings", "api/contents", "api/kernelspecs"):
        urllib.request.urlopen(f"http://localhost:{port}/{path}").read()
    return server.pid


def kernel(stack: ExitStack, notebook: dict) -> int:
    """Start a kernel and run all cells of a notebook in it; its process' number."""
    manager = KernelManager()
    manager.start_kernel()
    stack.callback(manager.shutdown_kernel, now=True)
    client = manager.client()
    client.start_channels()
    stack.callback(client.stop_channels)
    client.wait_for_ready()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            reply = client.execute_interactive("".join(cell["source"]), output_hook=lambda _: None, allow_stdin=False)
            assert reply["content"]["status"] == "ok", reply["content"]
    return manager.provisioner.pid


def megabytes(process: int) -> float:
    family = [psutil.Process(process), *psutil.Process(process).children(recursive=True)]
    return sum(each.memory_full_info().pss for each in family) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lesson", type=Path, nargs="?", default=LESSON)
    parser.add_argument("--pairs", type=int, nargs=2, default=[1, 3])
    given = parser.parse_args()
    notebook = json.loads(given.lesson.read_text("utf-8"))
    os.environ.setdefault("OMP_NUM_THREADS", "2")  # as in binder/start
    totals = []
    with ExitStack() as stack:
        started: list[tuple[int, int]] = []
        for pairs in sorted(given.pairs):
            while len(started) < pairs:
                started.append((lab(stack), kernel(stack, notebook)))
            labs, kernels = (sum(map(megabytes, processes)) for processes in zip(*started, strict=True))
            totals.append((pairs, labs + kernels))
            print(f"{pairs} pairs: {labs + kernels:.0f} MB (JupyterLab {labs:.0f}, kernels {kernels:.0f})", flush=True)
    (few, less), (many, more) = totals
    each = (more - less) / (many - few)
    print(f"one more pair: {each:.0f} MB; {(ROOM - SYSTEM - less) // each + few:.0f} pairs fit in {ROOM // 1000} GB")


if __name__ == "__main__":
    main()
