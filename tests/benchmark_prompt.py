"""From a key to repainted views, where the page runs the model. No test: run it on its own, on a machine that is quiet.

python -m tests.benchmark_prompt
"""

from __future__ import annotations

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

import headstream as hs
from headstream.models.served import write_models
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.page import page
from tests.browser.serving import served
from tests.browser.settle import settled

TOKENS = 64
KEYS = 12
# A key at one end of the text, until the frame is painted in which the views draw the traits that the status tells of:
# a message that is sent in it is heard behind its layout and paint.
KEY = """async ([keys, front]) => {
  const area = document.querySelector(".hs-prompt-text"), told = document.querySelector(".hs-prompt-told");
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null);
  }));
  const whole = area.value, times = [];
  const type = async (text) => {
    const start = performance.now();
    const ready = new Promise((done) => {
      const observer = new MutationObserver(() => {
        if (told.dataset.state !== "ready") return;
        observer.disconnect();
        done();
      });
      observer.observe(told, { attributes: true, attributeFilter: ["data-state"] });
    });
    area.value = text;
    area.dispatchEvent(new Event("input"));
    await ready;
    await painted();
    return performance.now() - start;
  };
  for (let i = 0; i < keys; i++) {
    times.push(await type(front ? "So " + whole : whole + " so"));
    await type(whole);
  }
  return times;
}"""
# As in a browser whose WebAssembly has no SIMD.
PLAIN = """const { Worker: Real } = window;
const plain = new Blob(["WebAssembly.validate = () => false;"], { type: "text/javascript" });
const first = URL.createObjectURL(plain);
window.Worker = class extends Real {
  constructor(url) {
    super(URL.createObjectURL(new Blob([`importScripts("${first}", "${url}")`], { type: "text/javascript" })));
  }
};
URL.revokeObjectURL = () => {};"""


def text_of(model: object) -> str:
    """A text of so many tokens, the start token among them."""
    words = hs.demos.ladder.text.split(" ")
    return next(
        text for n in range(len(words)) if len(hs.run(model, text := " ".join(words[: n + 1])).tokens) >= TOKENS
    )


def measure(tab: Page, name: str, *, simd: bool) -> None:
    tab.wait_for_function("window.ready")
    settled(tab)
    tab.locator(".hs-prompt-text").press_sequentially("!")
    tab.wait_for_function("document.querySelector('.hs-prompt-told').dataset.state === 'ready'", timeout=120_000)
    for front in (False, True):
        times = tab.evaluate(KEY, [KEYS if simd else 3, front])
        what = f"{'SIMD' if simd else 'plain'}, another {'first' if front else 'last'} token"
        print(f"{name:14}{what:28}median {statistics.median(times):6.0f} ms, least {min(times):6.0f}", flush=True)


def main() -> None:
    with sync_playwright() as playwright, TemporaryDirectory() as folder, served(Path(folder)) as base:
        write_models(folder, ["attn-only-2l", "gelu-4l"])
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name in ("attn-only-2l", "gelu-4l"):
            model = hs.load(name)
            view = hs.prompt_explorer(model, text_of(model), weights=".")
            (Path(folder) / "page.html").write_text(page([view]), encoding="utf-8")
            for simd in (True, False):
                tab = browser.new_page(viewport={"width": 1400, "height": 900})
                if not simd:
                    tab.add_init_script(PLAIN)
                tab.goto(f"{base}page.html")
                measure(tab, name, simd=simd)
                tab.close()
        browser.close()


if __name__ == "__main__":
    main()
