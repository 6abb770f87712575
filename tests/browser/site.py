"""The site built from two lessons and the gallery as they ran, all other lessons unrun; and a server for it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page

import make
from headstream.site import gallery, prompt
from headstream.site.building import build
from headstream.site.course import lessons
from tests.browser.settle import settled
from tests.lessons import harness

RAN = ("00-tour", "02-residual-stream")


def built(folder: Path, python: harness.Command) -> Path:
    course = lessons()
    executed = {lesson.name: lesson.notebook for lesson in course}
    executed |= {"gallery": gallery.notebook(), "prompt": prompt.notebook()}
    for name in (*RAN, "gallery", "prompt"):
        (folder / name).mkdir()
        outcome = harness.run(executed[name], folder / name, python)
        assert outcome.passed, outcome.log
        executed[name] = outcome.notebook
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PATH", make.node_environment()["PATH"])
        build(folder / "site", course, executed)
    return folder / "site"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a plain server has the folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


# Of every place for a view: what keeps it from being one that is painted.
UNPAINTED = """[...document.querySelectorAll("[data-hs-view]")].flatMap((place) => {
  const view = place.querySelector(".headstream");
  if (!view) return ["no view in " + place.dataset.hsView];
  const pictures = [view, ...view.querySelectorAll(".headstream")].map((one) => one.querySelector(".hs-picture"));
  const empty = pictures.filter((picture) => !picture?.childElementCount || !picture.getBoundingClientRect().height);
  const damaged = place.innerText.match(/This view cannot be drawn.*/g) ?? [];
  return [...empty.map(() => `${view.className} is empty`), ...damaged];
})"""


def drawn(page: Page) -> Page:
    """The page, once its script has drawn all of its views."""
    if page.query_selector("[data-hs-view]"):
        page.wait_for_function("document.documentElement.dataset.hsViews === 'drawn'")
        settled(page, timeout=60)
    return page


def fills(pdf: bytes) -> set[tuple[int, int, int]]:
    """The colours, 0 to 255, that something in a PDF is filled with."""
    found = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            continue  # a font, or a picture
        for color in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg\b", text):
            found.add(tuple(round(255 * float(part)) for part in color))
    return found
