"""One small notebook of views, as hosts show it: JupyterLab, Notebook 7, Voila, marimo as an app and as an editor."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.lab import Lab, ended_after, free_port, problems_of, wait_until_up, write_notebook

# Two linked views, each the output of a cell of its own, and a board: from plain arrays. Python writes down each pin.
MAKE = """\
import numpy as np
import headstream as hs

random = np.random.default_rng(0)
tokens = [f" word{{i}}" for i in range(8)]
weights = np.tril(np.exp(random.normal(size=(2, 3, 8, 8))))
pattern = weights / weights.sum(-1, keepdims=True)
heatmap = hs.AttentionHeatmap(pattern, tokens)
values = hs.TokenValues(random.normal(size=8), tokens, quantity="loss, nats")
selection = hs.link(heatmap, values)
board = hs.Board(hs.AttentionHeatmap(pattern[:1], tokens), hs.TokenValues(random.normal(size=8), tokens))


def heard(change):
    with open({file!r}, "w") as file:
        file.write(f"{{change['new']}} {{heatmap.selection.position}} {{values.selection.position}}")


selection.observe(heard, "position")"""
SHOWN = ("heatmap", "values", "board")
VIEWS = 5  # the two that are linked, the board, and the two on it

# The strictest under which JupyterLab and Notebook 7 run. They need 'unsafe-eval' themselves and blob: for workers; a
# widget's module is a script from a blob.
POLICY = (
    "default-src 'none'; script-src 'self' blob: 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# What hosts do of their own, views or none: a script that the policy stops takes the token out of the address.
KNOWN = {
    "jupyterlab": ("Executing inline script violates",),
    "notebook": (
        "Executing inline script violates",
        "reading 'schema'",
        "'filebrowser:open-path' not registered",
    ),
    # Its page asks networks for its icons and for MathJax.
    "voila": (
        "//cdn.jsdelivr.net/npm/",
        "//cdnjs.cloudflare.com/ajax/libs/mathjax/",
        "getter for the shared module is not a function",
    ),
    "marimo run": (),
    "marimo edit": (),
}
HOSTS = tuple(KNOWN)
SCHEME = {True: "dark", False: "light"}


@dataclass
class Opened:
    """A page with the views on it. theme: makes the host dark or light. heard: the file that Python writes."""

    page: Page
    theme: Callable[[bool], object]
    heard: Path
    problems: list[str]


def views_notebook(folder: Path) -> Path:
    write_notebook(folder / "views.ipynb", MAKE.format(file=str(folder / "heard.txt")), *SHOWN)
    return folder / "views.ipynb"


def write_app(folder: Path) -> Path:
    """The same for marimo, whose theme is then the browser's."""
    make = MAKE.format(file=str(folder / "heard.txt")).replace("\n", "\n    ")
    cells = [f"def _():\n    {make}\n    return {', '.join(SHOWN)}"]
    cells += [f"def _({name}):\n    {name}\n    return" for name in SHOWN]
    text = "".join(f"\n\n@app.cell\n{cell}\n" for cell in cells)
    (folder / "app.py").write_text(f"import marimo\n\napp = marimo.App()\n{text}", encoding="utf-8")
    settings = '[tool.marimo.display]\ntheme = "system"\n[tool.marimo.runtime]\nauto_instantiate = true\n'
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    return folder / "app.py"


@contextmanager
def opened_in_jupyter(host: str, browser: Browser, lab: Lab) -> Iterator[Opened]:
    """host: jupyterlab or notebook. lab: a server with the notebook."""
    shown = lab.open(browser, "views.ipynb", height=1400, app="lab" if host == "jupyterlab" else "notebooks")
    shown.run_all()

    def theme(dark: bool) -> None:
        shown.command("apputils:change-theme", {"theme": "JupyterLab Dark" if dark else "JupyterLab Light"})

    yield Opened(shown.page, theme, lab.folder / "heard.txt", shown.problems)
    shown.close()


@contextmanager
def opened_alone(host: str, browser: Browser, folder: Path) -> Iterator[Opened]:
    """host: voila, marimo run or marimo edit, which serves one notebook in the empty `folder`."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    page = context.new_page()
    if host == "voila":
        command = ["voila", str(views_notebook(folder)), "--no-browser", "--Voila.ip=127.0.0.1", f"--port={port}"]
    else:
        command = ["marimo", "--yes", *host.split()[1:], str(write_app(folder)), "--headless", "--no-token"]
        command += ["--host", "127.0.0.1", "--port", str(port)]

    def theme(dark: bool) -> None:
        if host == "voila":
            page.goto(f"{address}?theme={SCHEME[dark]}")
        else:
            page.emulate_media(color_scheme=SCHEME[dark])

    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "IPYTHONDIR": str(folder)}
    with open(folder / "server.log", "w") as log:
        server = subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=folder, stdout=log, stderr=log)
    with ended_after(server):
        # Not the page itself: Voila runs the notebook for whoever asks for that.
        wait_until_up(f"{address}favicon.ico", server, folder / "server.log")
        problems = problems_of(page)
        page.goto(address)
        yield Opened(page, theme, folder / "heard.txt", problems)
        context.close()
