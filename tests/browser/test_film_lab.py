"""A training that is filmed live in a real JupyterLab: it is seen while it happens, and leaves focus and zoom alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.lab import Lab, write_notebook

MADE = """
from IPython.display import display
import headstream as hs
toy = hs.Toy(layers=1)
film = hs.Film(toy.training)
display(film)
"""
# Long enough for all that is done on the page; the page ends it, by the kernel's stop button.
TRAINED = "trained = toy.train(100_000, seconds=3600, show=film.show)"
TOLD = "print(trained.verdict)"
SHOWN = "Number(document.querySelector('.hs-film output').textContent.replace(',', ''))"
LABELS = "[...document.querySelectorAll('.hs-film .hs-head text')].map((label) => label.textContent)"
KEY = "document.activeElement.dataset.key"


@pytest.mark.timeout(300)
def test_a_live_training_is_seen_and_stopped(browser: Browser, lab: Lab) -> None:
    write_notebook(lab.folder / "film.ipynb", MADE, TRAINED, TOLD, kernel="warm")
    live = lab.open(browser, "film.ipynb", height=1200)
    page = live.page
    live.wait_for_kernel()
    page.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(f"document.querySelector('.hs-film output') && {SHOWN} >= 20", timeout=120_000)
    page.locator(".hs-film .hs-head canvas").focus()
    page.keyboard.press("+")
    zoomed = page.evaluate(LABELS)
    seen = page.evaluate(SHOWN)
    page.wait_for_function(f"{SHOWN} >= {seen + 30}", timeout=60_000)
    assert page.evaluate(KEY) == "square"
    assert page.evaluate(LABELS) == zoomed

    page.locator(".hs-film input[type=range]").focus()
    page.keyboard.press("Home")
    steps = "Number(document.querySelector('.hs-film input[type=range]').max)"
    recorded = page.evaluate(steps)
    page.wait_for_function(f"{steps} >= {recorded + 3}", timeout=60_000)
    assert page.evaluate(SHOWN) == 0, "the step that the reader has taken is kept"
    assert page.evaluate(KEY) == "step"

    page.keyboard.press("End")
    live.command("notebook:interrupt-kernel")
    # The cell's end and the last film come in their own time: a kernel is idle between two cells too.
    page.wait_for_function("document.querySelector('.hs-film .hs-readout').textContent.includes('Stopped after')")
    page.locator(".jp-RenderedText", has_text="Stopped after").wait_for()
    assert live.problems == []
    live.close()
