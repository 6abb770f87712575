"""Exploration in a real JupyterLab: what is typed and clicked is computed, and it reopens as it stood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page

import headstream as hs
from headstream.models.labels import labels
from tests.browser.lab import Lab, write_notebook
from tests.browser.settle import settled

CELLS = (
    "import headstream as hs\nmodel = hs.load('attn-only-1l')\nexplorer = hs.explore(model, 'Alice was beginning')",
    "explorer",
)


def number(text: str) -> float:
    return float(text.replace("<.01", "0").replace(">.99", "1"))


def drawn(page: Page, column: int) -> list[tuple[str, float]]:
    """What comes next, as the panel shows it."""
    rows = settled(page).locator(".hs-explore-row").all()
    return [(row.locator("th").inner_text(), number(row.locator("td").nth(column).inner_text())) for row in rows]


def expected(run: Any, words: Sequence[str]) -> list[float]:
    model = run.model
    ids = {label.replace(" ", "·"): at for at, label in enumerate(labels(model.tokenizer, range(model.cfg.d_vocab)))}
    p = run.logits[-1].softmax(-1)
    return [float(p[ids[word]]) for word in words]


def wait_for_tokens(page: Page, text: str) -> None:
    """Until Python has computed what was typed, in the panel and in the view of attention."""
    page.wait_for_function(
        "(text) => ['explorer_panel', 'attention_heatmap'].every((name) =>"
        " [...document.querySelectorAll(`.hs-${name} .hs-strip .hs-token`)].at(-1)?.innerText.endsWith(text))",
        arg=text,
    )


def test_type_switch_undo_and_reopen(browser: Browser, lab: Lab) -> None:
    write_notebook(lab.folder / "explore.ipynb", *CELLS, kernel="warm")
    opened = lab.open(browser, "explore.ipynb", width=1500, height=1000)
    opened.run_all()
    page = opened.page
    model = hs.load("attn-only-1l")

    area = page.locator(".hs-explorer_panel textarea").first
    area.focus()
    page.keyboard.press("End")
    page.keyboard.type(" to add it")  # with keys that are commands of the notebook: d, d, a, b
    wait_for_tokens(page, "it")
    assert area.input_value() == "Alice was beginning to add it"
    assert page.locator(".jp-Cell").count() == len(CELLS)
    run = hs.run(model, "Alice was beginning to add it")
    words, probabilities = zip(*drawn(page, 0), strict=True)
    np.testing.assert_allclose(probabilities, expected(run, words), atol=0.0051)

    page.get_by_label("Part").select_option("0.3")
    page.locator("[data-key=add]").click()
    page.locator(".hs-explore-switch").wait_for()
    page.wait_for_function("document.querySelectorAll('.hs-explore-next [scope=col]').length === 3")
    changed = hs.intervene(run, hs.ablate("0.3"))
    words, probabilities = zip(*drawn(page, 1), strict=True)
    np.testing.assert_allclose(probabilities, expected(changed, words), atol=0.0051)

    area.fill("")
    page.locator(".hs-prompt-told[data-state=error]").wait_for()
    assert "expected at least one character" in page.locator(".hs-prompt-told").inner_text()
    assert drawn(page, 1) == list(zip(words, probabilities, strict=True))  # the last answer stands
    page.locator("[data-key=undo]").click()
    page.wait_for_function("document.querySelectorAll('.hs-explore-next [scope=col]').length === 2")
    assert area.input_value() == "Alice was beginning to add it"
    page.locator("[data-key=redo]").click()
    page.locator(".hs-explore-switch").wait_for()

    opened.save()
    opened.shutdown_kernel()
    assert opened.problems == []
    opened.close()
    again = lab.reopen(browser, "explore.ipynb", width=1500, height=1000)
    assert drawn(again.page, 1) == list(zip(words, probabilities, strict=True))
    assert again.page.locator(".hs-explore-switch input").is_checked()
    again.close()
