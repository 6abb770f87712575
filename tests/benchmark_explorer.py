"""From a key to repainted views, where a kernel runs the model: `hs.explore` in JupyterLab. No test: run it on its own,
on a machine that is quiet.

python -m tests.benchmark_explorer [model ...]

A model is a shipped one, or "large": of GPT-2's size, with random weights.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

import headstream as hs
from headstream.models.shipped import TOKENIZER
from headstream.results import Roles
from headstream.results.roles import DETECTORS
from tests.bench import D_VOCAB, HEADS, LAYERS, build
from tests.benchmark_prompt import text_of
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.lab import ROOT, Lab, running_lab, write_notebook
from tests.browser.settle import SETTLED

KEYS = 8
# When each view stands as it stays after a key, in milliseconds.
KEY = f"""async (text) => {{
  const parts = {{
    next: ".hs-explore-next",
    bars: ".hs-residual_bars .hs-picture",
    attention: ".hs-attention_heatmap .hs-picture",
    lens: ".hs-logit_lens_grid .hs-picture",
  }};
  const area = document.querySelector(".hs-explorer_panel textarea");
  const told = document.querySelector(".hs-explorer_panel .hs-prompt-told");
  const start = performance.now(), seen = {{}};
  const observers = Object.entries(parts).map(([name, selector]) => {{
    const observer = new MutationObserver(() => requestAnimationFrame(() => {{
      seen[name] = performance.now() - start;
    }}));
    observer.observe(document.querySelector(selector), {{ childList: true, subtree: true, characterData: true }});
    return observer;
  }});
  area.value = text;
  area.dispatchEvent(new Event("input"));
  while (told.textContent !== "") await new Promise(requestAnimationFrame);
  await ({SETTLED})(60_000);
  for (const observer of observers) observer.disconnect();
  return seen;
}}"""


def explored(name: str, text: str) -> Any:
    """An exploration of a shipped model, or of a large one without roles: to find those takes minutes."""
    if name != "large":
        return hs.explore(hs.load(name), text)
    model, none = large(), np.zeros((len(DETECTORS), LAYERS, HEADS), np.float32)
    return hs.explore(model, text, roles=Roles(none, none, np.ones(len(DETECTORS), np.float32)))


def large() -> Any:
    """A model of GPT-2's size, whose tokenizer is the shipped one with names for the ids that it never gives."""
    from transformers import AutoTokenizer

    written = json.loads((TOKENIZER / "tokenizer.json").read_text())
    names = written["model"]["vocab"]
    names |= {f"Ġword{at}": at for at in range(len(names), D_VOCAB)}
    with TemporaryDirectory() as folder:
        shutil.copytree(TOKENIZER, folder, dirs_exist_ok=True)
        (Path(folder) / "tokenizer.json").write_text(json.dumps(written))
        return build(AutoTokenizer.from_pretrained(folder))


def typed(page: Page, texts: list[str]) -> str:
    """The median and the least time of every view, over the texts in turn."""
    times = [page.evaluate(KEY, text) for text in texts]
    views = [(name, [one[name] for one in times if name in one]) for name in ("next", "bars", "attention", "lens")]
    return "  ".join(f"{name} {statistics.median(found):.0f} ({min(found):.0f})" for name, found in views)


def measure(browser: Browser, lab: Lab, name: str) -> None:
    text = text_of(hs.load("attn-only-2l" if name == "large" else name))
    cells = [
        f"import sys\nsys.path.append({str(ROOT)!r})\nfrom tests.benchmark_explorer import explored",
        f"explored({name!r}, {text!r})",
    ]
    write_notebook(lab.folder / "explore.ipynb", *cells)
    opened = lab.open(browser, "explore.ipynb", width=1500, height=1000)
    opened.run_all()
    page = opened.page
    ends = [text + " so"[: 1 + at % 3] if at % 2 else text for at in range(1, 2 * KEYS)]
    starts = [("So " if at % 2 else "") + text for at in range(1, KEYS)]
    for where, texts in (("at the end", ends), ("at the start", starts)):
        page.evaluate(KEY, texts[0] + "!")
        print(f"{name:14}{where:14}{typed(page, texts)}", flush=True)
    assert opened.problems == []
    opened.shutdown_kernel()
    opened.close()


def main() -> None:
    with sync_playwright() as playwright, TemporaryDirectory() as folder, running_lab(Path(folder) / "lab") as lab:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        print("milliseconds from a key until a view is painted: median (least)")
        for name in sys.argv[1:] or ("attn-only-2l", "gelu-4l", "large"):
            measure(browser, lab, name)
        browser.close()


if __name__ == "__main__":
    main()
