"""00-tour in a real JupyterLab: its views paint, agree with numpy, move together, and outlive the kernel."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.lab import LATE, ROOT, Lab, LabPage
from tests.browser.settle import settled
from tests.browser.static_page import write_static_page
from tests.lessons import harness

# What the tests ask the kernel: the numbers behind the pictures, and every pin as Python hears of it.
WATCH = """
import json, numpy as np, ipywidgets
shown = [w for w in ipywidgets.widgets.widget._instances.values() if isinstance(w, hs.AttentionHeatmap)]
np.savez("numbers.npz", pattern=run.attention.pattern, tokens=np.array(run.tokens))
def heard(change):
    with open("pins.jsonl", "a") as file:
        file.write(json.dumps([change["name"], change["new"]]) + "\\n")
for heatmap in shown:
    heatmap.selection.observe(heard, ["layer", "head", "position", "key"])
"""
VIEWS = ("model_ladder", "attention_heatmap", "residual_bars", "logit_lens_grid")
LINKED = VIEWS[1:]


@pytest.fixture(scope="module")
def tour(lab: Lab, browser: Browser) -> Iterator[LabPage]:
    """The tour with every cell run, in a kernel as readers have it: its memory is measured."""
    notebook = harness.load(ROOT / "lessons" / "00-tour.ipynb")
    notebook["cells"].append(harness.code_cell(WATCH))
    (lab.folder / "tour.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    tour = lab.open(browser, "tour.ipynb", height=1400)
    with lab.memory_watched():
        tour.run_all()
    tour.page.wait_for_function("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'")
    yield tour
    tour.close()


def view(page: Page, name: str) -> Any:
    return page.locator(f".headstream.hs-{name}").first


def readout(page: Page, name: str) -> str:
    settled(page)
    return view(page, name).locator(".hs-readout").inner_text()


def cell_center(page: Page, query: int, key: int, length: int) -> tuple[float, float]:
    canvas = view(page, "attention_heatmap").locator(".hs-head canvas")
    box = None
    # JupyterLab lays out cells as they scroll into sight, and what is below them moves.
    while box is None or not 0 <= box["y"] <= page.viewport_size["height"] - box["height"]:
        canvas.scroll_into_view_if_needed()
        settled(page)
        box = canvas.bounding_box()
    return box["x"] + (key + 0.5) * box["width"] / length, box["y"] + (query + 0.5) * box["height"] / length


def wait_for_pin(lab: Lab, known: int, name: str, value: int | None) -> None:
    """Wait until Python, after the first `known` pins that it heard of, has heard last that `name` is `value`."""
    deadline, heard = time.monotonic() + 60, dict[str, int | None]()
    while name not in heard or heard[name] != value:
        assert time.monotonic() < deadline, f"Python has not heard that {name} is {value}; it has heard {heard}"
        time.sleep(0.05)
        heard = dict(json.loads(line) for line in pins_heard(lab)[known:])


def pins_heard(lab: Lab) -> list[str]:
    """A line of JSON a pin; one that is being written is left out."""
    file = lab.folder / "pins.jsonl"
    return file.read_text().split("\n")[:-1] if file.exists() else []


def test_every_view_paints_with_no_error_and_no_request_elsewhere(
    tour: LabPage, record_property: Callable[[str, object], None]
) -> None:
    record_property("measured", f"00-tour, from Run All to the last view painted: {tour.seconds:.1f} s")
    for name in VIEWS:
        assert view(tour.page, name).locator(".hs-picture > *").count() > 0
    assert tour.page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert tour.problems == []


def test_server_and_kernel_fit_into_binders_memory(
    tour: LabPage, lab: Lab, record_property: Callable[[str, object], None]
) -> None:
    """Binder gives 2 GB."""
    record_property("measured", f"server and kernel of 00-tour, at most: {lab.most / 1e6:.0f} MB")
    assert 2e8 < lab.most < 2e9


def test_numbers_on_the_page_are_numpys(tour: LabPage, lab: Lab) -> None:
    with np.load(lab.folder / "numbers.npz") as numbers:
        pattern, tokens = numbers["pattern"], numbers["tokens"]
    length = len(tokens)
    for query, key in [(length - 1, 0), (length - 2, length - 3), (3, 3), (length // 2, 1)]:
        tour.page.mouse.move(*cell_center(tour.page, query, key, length))
        names = [f"‘{tokens[index]}’".replace("\n", "↵") for index in (query, key)]
        tour.page.wait_for_function(
            "([query, key]) => { const text = document.querySelector('.hs-attention_heatmap .hs-readout').textContent;"
            " return text.includes(`: ${query} attends`) && text.endsWith(` to ${key}.`) }",
            arg=names,
        )
        text = readout(tour.page, "attention_heatmap")
        layer, head = (int(n) for n in re.match(r"Layer (\d+), head (\d+)", text).groups())
        number = re.search(r"attends (<?>?[\d.]+)", text).group(1)
        expected = pattern[layer, head, query, key]
        if number[0] in "<>":
            assert expected < 0.0075 or expected > 0.9925
        else:
            assert abs(float(number) - expected) <= 0.005 + 0.004


def test_a_click_in_one_view_moves_the_others_and_reaches_python(tour: LabPage, lab: Lab) -> None:
    known = len(pins_heard(lab))
    view(tour.page, "attention_heatmap").locator(".hs-token").nth(4).click()
    settled(tour.page)
    token = view(tour.page, "attention_heatmap").locator(".hs-token").nth(4)
    assert token.get_attribute("aria-selected") == "true"
    wait_for_pin(lab, known, "position", 4)
    for name in LINKED[1:]:
        assert view(tour.page, name).locator(".hs-current[data-position='4']").count() > 0, name


def test_the_keyboard_alone_can_do_the_same(tour: LabPage, lab: Lab) -> None:
    known = len(pins_heard(lab))
    view(tour.page, "attention_heatmap").locator(".hs-token").nth(4).focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        tour.page.keyboard.press(key)
    wait_for_pin(lab, known, "position", 6)
    known = len(pins_heard(lab))
    tour.page.keyboard.press("Escape")
    wait_for_pin(lab, known, "position", None)


def test_dark_and_light(tour: LabPage, tmp_path: Path) -> None:
    for theme, dark in (("JupyterLab Dark", "dark"), ("JupyterLab Light", "light")):
        tour.command("apputils:change-theme", {"theme": theme})
        tour.page.wait_for_function(
            f"[...document.querySelectorAll('.headstream')].every((view) => view.dataset.theme === '{dark}')"
        )
    assert tour.problems == []


def test_the_page_by_nbconvert_links_with_no_kernel_and_no_network(
    tour: LabPage, lab: Lab, browser: Browser, tmp_path: Path
) -> None:
    tour.save()
    file = write_static_page(lab.folder / "tour.ipynb", tmp_path)
    problems: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: problems.append(request.url) if request.url.startswith("http") else None)
    for _ in range(3):  # as a reader reloads a page on which anywidget gave up on a model
        problems.clear()
        page.goto(file.as_uri())
        page.wait_for_function(
            f"document.querySelectorAll('.headstream .hs-picture > *').length >= {len(VIEWS)}", timeout=60_000
        )
        settled(page)
        if not any(problem in LATE for problem in problems):
            break
    check_linked_without_kernel(page)
    assert problems == []
    page.close()


def check_linked_without_kernel(page: Page) -> None:
    view(page, "attention_heatmap").locator(".hs-token").nth(5).click()
    settled(page)
    for name in LINKED:
        assert view(page, name).locator(".hs-current[data-position='5']").count() > 0, name
    page.keyboard.press("Escape")


def test_a_reopened_trusted_notebook_links_with_no_cell_run(tour: LabPage, lab: Lab, browser: Browser) -> None:
    """The last test: it ends the tour's kernel and closes its page."""
    tour.save()
    state = json.loads((lab.folder / "tour.ipynb").read_text())["metadata"]["widgets"]
    assert len(state["application/vnd.jupyter.widget-state+json"]["state"]) >= 8
    tour.shutdown_kernel()
    tour.close()  # a page left open may save over the file
    reopened = lab.reopen(browser, "tour.ipynb", height=1400)
    check_linked_without_kernel(reopened.page)
    assert reopened.problems == []
    reopened.close()
