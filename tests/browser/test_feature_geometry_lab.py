"""A toy that is trained live in a real JupyterLab: features are seen moving, focus and pin stay."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.lab import Lab, write_notebook

MADE = """
from IPython.display import display
import headstream as hs
toy = hs.Superposition()
view = hs.FeatureGeometry(toy.geometry)
display(view)
"""
# Long enough for all that is done on the page; the page ends it, by the kernel's stop button.
TRAINED = "trained = toy.train(1_000_000, show=view.show, quiet=True)"
TOLD = "print('stopped after', trained.steps_done)"
SAID = "document.querySelector('.hs-feature_geometry .hs-readout').innerText"
LENGTHS = "[...document.querySelectorAll('.hs-geometry-bar')].map((bar) => bar.dataset.length).join()"
KEY = "document.activeElement.dataset.key"


@pytest.mark.timeout(300)
def test_a_live_training_is_seen_and_stopped(browser: Browser, lab: Lab) -> None:
    write_notebook(lab.folder / "geometry.ipynb", MADE, TRAINED, TOLD, kernel="warm")
    live = lab.open(browser, "geometry.ipynb", height=1200)
    page = live.page
    live.wait_for_kernel()
    page.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(
        f"document.querySelector('.hs-geometry-bar') && /after .* steps/i.test({SAID})", timeout=120_000
    )
    page.locator("[data-key='feature-3']").focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        before = page.evaluate(LENGTHS)
        page.wait_for_function(f"(before) => {LENGTHS} !== before", arg=before, timeout=60_000)
        assert page.evaluate(KEY) == "feature-3"
    assert page.locator("[data-key='feature-3']").get_attribute("aria-checked") == "true"
    live.command("notebook:interrupt-kernel")
    page.locator(".jp-RenderedText", has_text="stopped after").wait_for()
    assert page.evaluate(KEY) == "feature-3"
    assert live.problems == []
    live.close()
