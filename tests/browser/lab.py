"""A JupyterLab server of its own, in a temporary folder, and a page of headless Chromium that works in it.

The server has Notebook 7 too, which is an extension of it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import psutil
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, TimeoutError, WebSocket

from tests.browser.settle import settled
from tests.lessons import harness

ROOT = Path(__file__).resolve().parents[2]
# A new workspace is asked for before it is there, and JupyterLab tells the console.
KNOWN_404 = "/lab/api/workspaces/"
# anywidget gives a model two seconds, which a busy machine may not have; then its view stays away.
LATE = "page error: [anywidget] Failed to initialize model."
# JupyterLab asks in a dialog where it finds the file newer than it thinks, and saves when that is answered.
SAVED = """Promise.race([
  window.jupyterapp.commands.execute("docmanager:save"),
  new Promise((_, reject) => setTimeout(() => {
    const dialog = document.querySelector(".jp-Dialog")?.innerText ?? "no dialog";
    reject(new Error(`not saved within a minute; JupyterLab shows: ${dialog}`));
  }, 60_000)),
])"""


class Lab:
    """One server; notebooks live in `folder`. `most`: the bytes that it and its kernels held at one time, at most."""

    def __init__(self, folder: Path, url: str, token: str, process: int) -> None:
        self.folder, self.url, self.token, self.process, self.most = folder, url, token, process, 0

    def open(
        self, browser: Browser, notebook: str, *, width: int = 1280, height: int = 900, app: str = "lab"
    ) -> LabPage:
        """app: "lab", or "notebooks" for Notebook 7."""
        return LabPage(self, browser, notebook, width, height, app)

    def reopen(self, browser: Browser, notebook: str, **size: int) -> LabPage:
        """A notebook opened with the views that were saved in it.

        A kernel that connects at the wrong moment makes jupyterlab-manager 5.0 say that it has restored all before it
        has read the notebook's views. Then it finds none of them, or some: one that is looked up too early stays empty.
        A reader reloads the page.
        """
        outputs = "[...document.querySelectorAll('.jp-OutputArea-output')]"
        failed = f"{outputs}.some((output) => output.textContent.startsWith('Error displaying widget'))"
        told: list[str] = []
        for _ in range(5):
            page = self.open(browser, notebook, **size)
            try:
                page.page.wait_for_function(f"document.querySelector('.headstream') || {failed}", timeout=60_000)
                if not page.page.evaluate(failed):
                    page.wait_painted(seconds=40)
                if not page.page.evaluate(failed) and LATE not in page.problems:
                    return page
                told.append("not found, or late")
            except AssertionError as error:
                told.append(str(error))
            page.close()
        raise AssertionError(f"five times a view of the notebook was not found or stayed empty: {told}")

    @contextmanager
    def memory_watched(self) -> Iterator[None]:
        """Meanwhile, `most` is kept: several times a second all that is held is counted."""
        server, ended = psutil.Process(self.process), Event()

        def watch() -> None:
            while not ended.wait(0.2):
                held = 0
                for process in (server, *server.children(recursive=True)):
                    with suppress(psutil.NoSuchProcess):  # it has ended since
                        held += process.memory_info().rss
                self.most = max(self.most, held)

        thread = Thread(target=watch)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


class LabPage:
    """One notebook opened in JupyterLab. `problems`: errors on the console, and requests that leave the machine."""

    def __init__(self, lab: Lab, browser: Browser, notebook: str, width: int, height: int, app: str) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page: Page = self.context.new_page()
        self.problems = problems_of(self.page)
        self.lab, self.notebook = lab, notebook
        # A workspace of its own and `reset`: nothing of another test's page is opened.
        place = f"lab/workspaces/w{time.monotonic_ns()}/tree" if app == "lab" else app
        self.page.goto(f"{lab.url}{place}/{notebook}?token={lab.token}&reset")
        self.page.wait_for_function("window.jupyterapp")
        self.page.evaluate("window.jupyterapp.restored.then(() => true)")
        self.page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
        if self.page.locator("#jp-left-stack").is_visible():
            self.command("application:toggle-left-area")

    def command(self, name: str, arguments: dict[str, object] | None = None) -> None:
        self.page.evaluate("([name, args]) => window.jupyterapp.commands.execute(name, args)", [name, arguments or {}])

    def wait_for_kernel(self) -> None:
        self.page.wait_for_function(
            "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", timeout=60_000
        )

    def run_all(self) -> None:
        """Runs every cell, again where a view was late; `seconds`: how long it took until the last view was painted."""
        self.wait_for_kernel()
        for _ in range(3):
            while LATE in self.problems:
                self.problems.remove(LATE)
            started = time.monotonic()
            # Resolves to false when a cell failed.
            assert self.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')") is not False
            self.wait_painted()
            self.seconds = time.monotonic() - started
            if LATE not in self.problems:
                return

    def wait_painted(self, seconds: int = 60) -> None:
        try:
            self.page.wait_for_function(
                "() => { const views = [...document.querySelectorAll('.headstream')];"
                " return views.length && views.every((view) => view.querySelector('.hs-picture')?.childElementCount)"
                " && !document.querySelector('.hs-board-cell:empty') }",
                timeout=1000 * seconds,
            )
        except TimeoutError as error:
            empty = self.page.evaluate(
                "[...document.querySelectorAll('.headstream, .hs-board-cell')]"
                ".filter((part) => !(part.querySelector('.hs-picture') ?? part).childElementCount)"
                ".map((part) => part.className)"
            )
            count = self.page.locator(".headstream").count()
            raise AssertionError(f"of {count} views these are empty: {empty}; problems: {self.problems}") from error

    def save(self) -> None:
        """Saves the notebook as it stands when the kernel and the views have come to rest."""
        self.wait_for_kernel()
        settled(self.page)
        self.page.evaluate(SAVED)
        self.page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")

    def shutdown_kernel(self) -> None:
        self.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")

    def close(self) -> None:
        """Ends the kernel too: others that work on this server are to have the memory."""
        if not self.page.is_closed():
            self.shutdown_kernel()
        self.context.close()


def problems_of(page: Page) -> list[str]:
    """A list that grows by the page's errors, and by its requests that leave the machine."""
    problems: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and KNOWN_404 not in message.location["url"]:
            problems.append(f"console: {message.text} ({message.location['url']})")

    def address(request: Request | WebSocket) -> None:
        if request.url.startswith(("http", "ws")) and "//127.0.0.1:" not in request.url:
            problems.append(f"request: {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.on("request", address)
    page.on("websocket", address)
    return problems


def write_notebook(file: Path, *cells: str, kernel: str = "python3") -> None:
    """Of code cells. It names its kernel: JupyterLab asks in a dialog for one that a notebook does not name."""
    named = {"name": kernel, "display_name": kernel, "language": "python"}
    made = harness.made(*map(harness.code_cell, cells))
    file.write_text(json.dumps({**made, "metadata": {"kernelspec": named}}), encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_lab(folder: Path, *, policy: str = "", warm: harness.Command | None = None) -> Iterator[Lab]:
    """Serves `folder`/notebooks, with the settings that Binder and `make.py lab` use and nothing of the user's own.

    Nothing is saved but what a test saves: two savings at a time have JupyterLab ask which one is meant.
    policy: the content security policy of all that it serves. warm: what starts kernels named "warm", which have
    imported already what takes seconds; see `harness.warmed`.
    """
    notebooks = folder / "notebooks"
    notebooks.mkdir(parents=True)
    settings = folder / "settings"
    settings.mkdir()
    overrides = json.loads((ROOT / "binder" / "overrides.json").read_text())
    overrides["@jupyterlab/docmanager-extension:plugin"] = {"autosave": False}
    (settings / "overrides.json").write_text(json.dumps(overrides))
    if warm:
        harness.write_kernel(folder / "data", warm, "warm")
    token, port = "test", free_port()
    environment = {
        **os.environ,
        **{f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")},
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "user-settings"),
    }
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--LabApp.expose_app_in_browser=True",
        "--JupyterNotebookApp.expose_app_in_browser=True",
        f"--ServerApp.port={port}", "--ServerApp.ip=127.0.0.1", f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={notebooks}", f"--LabApp.app_settings_dir={settings}",
    ]  # fmt: skip
    if policy:
        headers = {"headers": {"Content-Security-Policy": policy}}
        command.append(f"--ServerApp.tornado_settings={headers}")
    with open(folder / "server.log", "w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=notebooks)
    url = f"http://127.0.0.1:{port}/"
    with ended_after(server):
        wait_until_up(f"{url}api/status?token={token}", server, folder / "server.log")
        yield Lab(notebooks, url, token, server.pid)


@contextmanager
def ended_after(server: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:  # it has ended its kernels, but now and then a thread of anyio never ends
            server.kill()
            server.wait()


def wait_until_up(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except urllib.error.HTTPError:  # it answers
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-3000:]}")
