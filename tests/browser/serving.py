"""A plain web server on this machine, and a page of it on which the models of `headstream.models.served` run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import headstream.views


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder's files, while it lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def write_engine_page(folder: Path) -> None:
    """engine.html, whose `Engine` is the one that the explorer's bundle has."""
    bundle = Path(headstream.views.__file__).parent / "static" / "prompt_explorer.js"
    (folder / "explorer.js").write_bytes(bundle.read_bytes())
    script = 'import { Engine } from "./explorer.js"; window.Engine = Engine; window.ready = true;'
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>engine</title><link rel="icon" href="data:,">'
    (folder / "engine.html").write_text(f'{head}<script type="module">{script}</script>')
