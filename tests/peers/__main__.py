"""Ours beside the peers', 12 heads of real patterns, in one run: `make peers`, or

python -m tests.peers [--limit SECONDS] [--rounds N] [T ...]

Libraries take turns, each in a browser of its own, and of several rounds the least counts. The peers are installed into
.peers the first time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, Page, Playwright, Route, sync_playwright
from playwright.sync_api import TimeoutError as Late

import headstream as hs
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.page import PAINTED_AT
from tests.browser.page import page as page_source
from tests.peers.environment import python, scripts
from tests.peers.patterns import HEADS, real_patterns
from tests.peers.table import OURS, Measured, best, table

PEERS = ("circuitsvis", "bertviz", "inspectus")
# What is on the page when it is painted, and what is pointed at.
PAINTED = {
    OURS: "window.ready",
    "circuitsvis": """(() => { const all = [...document.querySelectorAll("canvas")];
        const drawn = (one) => one.width && one.getContext("2d").getImageData(0, 0, 1, 1).data[3];
        return all.length > 12 && all.every(drawn); })()""",
    "bertviz": "document.querySelector('#vis line') !== null",
    "inspectus": "document.querySelector('rect.cell') !== null",
}
TOKENS = {OURS: ".hs-token", "circuitsvis": ".tokens button", "bertviz": "#vis #left rect", "inspectus": ".token"}
# Milliseconds from one place of the pointer to the next: all that a change takes, until the frame after it.
HOVER = """(tokens) => { window.hovered = null; (async () => {
  await new Promise(requestAnimationFrame);
  const all = [...document.querySelectorAll(tokens)], times = [];
  for (let i = 0; i < 12; i++) {
    const start = performance.now(), token = all[(7 * i + 3) % all.length];
    for (const name of ["pointerover", "mouseover", "mouseenter", "mousemove"]) {
      token.dispatchEvent(new PointerEvent(name, { bubbles: name !== "mouseenter" }));
    }
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    times.push((performance.now() - start) / 2);
  }
  window.hovered = times.sort((a, b) => a - b)[6];
})(); }"""


def ours(pattern: np.ndarray, tokens: list[str], out: Path) -> tuple[int, float]:
    """Bytes that reach the page (state, code and arrays), and seconds."""
    start = time.perf_counter()
    view = hs.AttentionHeatmap(pattern, tokens)
    state = view.get_state()
    seconds = time.perf_counter() - start
    arrays = [value.pop("data") for value in state.values() if isinstance(value, dict) and "data" in value]
    size = sum(map(len, arrays)) + len(json.dumps(state, default=str).encode())
    out.write_text(page_source([view]), encoding="utf-8")
    return size, seconds


def theirs(library: str, pattern: np.ndarray, tokens: list[str], out: Path) -> tuple[int, float]:
    files = [out.with_suffix(suffix) for suffix in (".npy", ".json", ".part")]
    np.save(files[0], pattern)
    files[1].write_text(json.dumps(tokens))
    command = [python(), Path(__file__).with_name("make.py"), library, *files]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    html = files[2].read_text(encoding="utf-8")
    out.write_text(f'<!doctype html><html><meta charset="utf-8"><body>{html}', encoding="utf-8")
    return len(html.encode()), float(told[-1])


def painted(page: Page, file: Path, library: str, limit: float) -> tuple[float | None, float | None]:
    page.set_default_timeout(1000 * limit)
    try:
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function(PAINTED[library])
        seconds = page.evaluate(PAINTED_AT) / 1000
    except Late:
        return None, None
    if seconds > limit:
        return None, None
    try:
        page.evaluate(HOVER, TOKENS[library])
        return seconds, page.wait_for_function("window.hovered").json_value() / 1000
    except Late:
        return seconds, None


def measure(
    playwright: Playwright, library: str, length: int, limit: float, folder: Path, *, late: bool = False
) -> Measured:
    """late: the library passed the limit with fewer tokens, so that its page is made and not opened."""
    pattern, tokens = real_patterns(length)
    file = folder / f"{library}.html"
    size, made = ours(pattern, tokens, file) if library == OURS else theirs(library, pattern, tokens, file)
    if late:
        return Measured(size, made, None, None, None)
    away = 0
    local = scripts()

    def answer(route: Route) -> None:
        nonlocal away
        away += 1
        name = route.request.url.rsplit("/", 1)[-1]
        if name in local:
            route.fulfill(path=local[name], content_type="text/javascript")
        else:
            route.abort()

    browser: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.route(lambda url: url.startswith("http"), answer)
    seconds, hover = painted(page, file, library, limit)
    browser.close()
    return Measured(size, made, seconds, hover, away)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lengths", type=int, nargs="*", default=[64, 256, 512, 1024], metavar="T")
    parser.add_argument("--limit", type=float, default=60, help="seconds after which a page is given up")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    names = (OURS, *PEERS)
    found = {}
    late: set[str] = set()  # what has passed the limit once is not waited for again
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        for length in sorted(options.lengths):
            runs: dict[str, list[Measured]] = {name: [] for name in names}
            for _ in range(options.rounds):
                for name in names:
                    if runs[name] and name in late:  # in a round before
                        continue
                    one = measure(playwright, name, length, options.limit, Path(folder), late=name in late)
                    print(length, name, one, file=sys.stderr, flush=True)
                    runs[name].append(one)
                    if one.painted is None:
                        late.add(name)
            found |= {(length, name): best(some) for name, some in runs.items()}
    print(f"{HEADS} heads, {date.today():%-d %B %Y}, Chromium, the least of {options.rounds} rounds\n")
    print(table(found, names, options.limit))


if __name__ == "__main__":
    main()
