"""What the views cost: bytes on the wire, time to make, to paint, to follow the pointer. No test: run it on its own.

python -m tests.benchmark
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

import headstream as hs
from headstream.views.shared.view import View
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.page import PAINTED_AT, page
from tests.peers.patterns import real_patterns

# Moves the pointer over what is pointed at, and measures what the script does in a frame, and how long the frames are.
HOVER = """async (items) => {
  const all = [...document.querySelectorAll(items)];
  const frame = window.requestAnimationFrame;
  const script = [], whole = [];
  window.requestAnimationFrame = (callback) => frame((now) => {
    const start = performance.now();
    callback(now);
    script.push(performance.now() - start);
  });
  for (let i = 0; i < 60; i++) {
    const start = performance.now();
    // The first ones are in sight: a pointer is nowhere else.
    all[(7 * i) % Math.min(100, all.length)].dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    // Two frames on, what the first one changed has been painted.
    await new Promise((done) => frame(() => frame(done)));
    whole.push((performance.now() - start) / 2);
  }
  window.requestAnimationFrame = frame;
  return [script, whole];
}"""
POINTED = {"tokens": ".hs-token, [role=gridcell]", "heads": ".hs-thumb"}


def wire_bytes(view: View) -> int:
    return sum(len(value["data"]) for value in view.get_state().values() if isinstance(value, dict) and "data" in value)


def measure(browser: Browser, folder: Path, name: str, make: Callable[[], View]) -> None:
    start = time.perf_counter()
    view = make()
    made = time.perf_counter() - start
    file = folder / "page.html"
    file.write_text(page([view]), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1000, "height": 900})
    tab.goto(file.as_uri())
    tab.wait_for_function("window.ready")
    loaded = tab.evaluate(PAINTED_AT)
    print(
        f"{name:44} {wire_bytes(view) / 1e6:5.2f} MB  made {1000 * made:5.0f} ms  "
        f"loaded and painted {loaded:5.0f} ms  drawn {tab.evaluate('window.painted_after'):5.0f} ms"
    )
    for items, selector in POINTED.items():
        if tab.locator(selector).count():
            script, whole = tab.evaluate(HOVER, selector)
            print(f"    hover over {items}: {told('script', script)}, {told('frame', whole)}")
    tab.close()


def told(what: str, times: list[float]) -> str:
    return f"{what} {statistics.median(times):.1f} ms (at most {max(times):.1f})"


def main() -> None:
    start = time.perf_counter()
    model = hs.load("gelu-4l")
    print(f"import and load gelu-4l: {time.perf_counter() - start:.1f} s")
    alice = hs.demos.ladder.text
    run = hs.run(model, alice[:250])
    long = hs.run(model, alice)
    runs = [hs.run(hs.load(name), alice) for name in hs.demos.ladder.models]
    views: dict[str, Callable[[], View]] = {
        **{
            f"AttentionHeatmap, 12 heads x {length} x {length}": partial(hs.AttentionHeatmap, *real_patterns(length))
            for length in (512, 1024, 4096)
        },
        f"AttentionHeatmap, gelu-4l, {len(run.tokens)} tokens": lambda: hs.AttentionHeatmap(run.attention),
        f"ResidualBars, gelu-4l, {len(run.tokens)} tokens": lambda: hs.ResidualBars(hs.attribute_logit(run)),
        f"ResidualBars, gelu-4l, {len(long.tokens)} tokens": lambda: hs.ResidualBars(hs.attribute_logit(long)),
        f"LogitLensGrid, gelu-4l, {len(run.tokens)} tokens": lambda: hs.LogitLensGrid(hs.logit_lens(run)),
        f"LogitLensGrid, gelu-4l, {len(long.tokens)} tokens": lambda: hs.LogitLensGrid(hs.logit_lens(long)),
        f"ModelLadder, 4 models, {len(long.tokens)} tokens": lambda: hs.ModelLadder(hs.ladder(runs)),
    }
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, make in views.items():
            measure(browser, Path(folder), name, make)
        browser.close()


if __name__ == "__main__":
    main()
