"""Binder gives 2 GB: JupyterLab's server and the kernel of the tour stay within them."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
from jupyter_client import BlockingKernelClient

from tests.browser.lab import wait_until_up
from tests.lessons import harness

ROOT = Path(__file__).parents[1]
TOUR = ROOT / "lessons" / "00-tour.ipynb"

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path):
    """A JupyterLab as Binder starts it; its process, its address and the folder of its kernels' connection files."""
    folders = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    options = [
        "--no-browser",
        "--allow-root",
        "--port=0",
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
    ]
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={ROOT}", *options]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, env={**os.environ, **folders}, stdout=log, stderr=log)
    runtime = tmp_path / "JUPYTER_RUNTIME_DIR"
    try:
        for _ in range(600):
            if found := list(runtime.glob("jpserver-*.json")):
                break
            time.sleep(0.1)
        else:
            pytest.fail((tmp_path / "log").read_text())
        url = json.loads(found[0].read_text())["url"]
        wait_until_up(url, "", process, tmp_path / "log")  # the file is written before the server listens
        yield psutil.Process(process.pid), url, runtime
    finally:
        process.terminate()
        process.wait(20)


def ask(url, body=None):
    with urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode() if body else None)) as reply:
        return reply.read()


@pytest.mark.timeout(300)
def test_server_and_kernel_fit_into_binders_memory(server, record_property):
    process, url, runtime = server
    ask(f"{url}lab/tree/lessons/{TOUR.name}")
    ask(f"{url}api/contents/lessons/{TOUR.name}")
    session = {"path": f"lessons/{TOUR.name}", "name": TOUR.name, "type": "notebook", "kernel": {"name": "python3"}}
    kernel = json.loads(ask(f"{url}api/sessions", session))["kernel"]["id"]

    client = BlockingKernelClient(connection_file=str(runtime / f"kernel-{kernel}.json"))
    client.load_connection_file()
    client.start_channels(hb=False)  # a busy machine is no dead kernel
    client.wait_for_ready(60)
    most = 0
    for cell in harness.code(harness.load(TOUR)):
        reply = client.execute_interactive("".join(cell["source"]), output_hook=lambda _: None, timeout=120)
        assert reply["content"]["status"] == "ok", reply["content"]
        processes = [process, *process.children(recursive=True)]
        most = max(most, sum(each.memory_info().rss for each in processes))
    client.stop_channels()

    record_property("measured", f"server and kernel of 00-tour, at most: {most / 1e6:.0f} MB")
    assert most < 2e9
