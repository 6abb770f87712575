"""The attention heatmap as it is drawn: numbers read from the page equal numpy's."""

from __future__ import annotations

import itertools
import re
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.arrays import attention_pattern
from tests.views.compositions import random_roles

TOKENS = ["<|endoftext|>", "The", " Cater", "p", "illar", " and", "\n", " Alice", " looked"]
PARTS = (".hs-heads", ".hs-strip", ".hs-head")


def readout(page: Page, index: int = 0) -> str:
    return settled(page).locator(".hs-readout").nth(index).inner_text()


def pins(page: Page, view: hs.AttentionHeatmap) -> dict[str, int | None]:
    return page.evaluate(
        "(id) => { const { _esm, ...fields } = models.get(id).state; return fields }", view.selection.model_id
    )


def place_of_cell(page: Page, query: int, key: int, length: int) -> tuple[float, float]:
    box = page.locator(".hs-head canvas").bounding_box()
    return box["x"] + (key + 0.5) * box["width"] / length, box["y"] + (query + 0.5) * box["height"] / length


def named(page: Page) -> list[int]:
    """The positions that the axis of queries names."""
    return settled(page).evaluate(
        "[...document.querySelectorAll('text[data-axis=query]')].map((label) => Number(label.dataset.index))"
    )


@pytest.mark.parametrize("precision", ["uint8", "float16"])
@pytest.mark.parametrize("weighting", ["raw", "value"])
def test_numbers_on_the_page_are_numpys(open_page: OpenPage, precision: Any, weighting: Any) -> None:
    pattern = attention_pattern(2, 3, len(TOKENS))
    norms = np.random.default_rng(1).uniform(0.5, 2, (2, 3, len(TOKENS))).astype(np.float32)
    view = hs.AttentionHeatmap(
        pattern, TOKENS, value_norm=norms, weighting=weighting, precision=precision, layer=1, head=2
    )
    page = open_page([view])
    expected = pattern[1, 2] * norms[1, 2] / norms[1, 2].max() if weighting == "value" else pattern[1, 2]
    for query, key in [(3, 1), (5, 5), (8, 0), (8, 7), (4, 2)]:
        page.mouse.move(*place_of_cell(page, query, key, len(TOKENS)))
        number = re.search(r"(?:attends|takes) (<?>?[\d.]+)", readout(page)).group(1)
        if number[0] in "<>":
            assert expected[query, key] < 0.0075 or expected[query, key] > 0.9925
        else:
            # Half a unit of the last digit, and what the wire format allows.
            assert abs(float(number) - expected[query, key]) <= 0.005 + 0.004


def test_a_head_is_named_by_its_role(open_page: OpenPage) -> None:
    roles = random_roles(2, 3)
    layer, head = next(head for head in np.ndindex(2, 3) if roles.role(*head))
    page = open_page([hs.AttentionHeatmap(attention_pattern(2, 3, 5), roles=roles, layer=layer, head=head)])
    name = f"Layer {layer}, head {head}, {roles.role(layer, head)}"
    assert readout(page).startswith(f"{name}: ")
    assert page.locator(f".hs-thumb[aria-label='{name}']").count() == 1


def test_pixels_are_the_weights(open_page: OpenPage) -> None:
    # Every head attends to one place: there and only there its picture is dark.
    pattern = np.zeros((2, 3, 9, 9), np.float32)
    for one, (layer, head) in enumerate(np.ndindex(2, 3)):
        pattern[layer, head, range(9), np.maximum(0, np.arange(9) - one)] = 1
    page = open_page([hs.AttentionHeatmap(pattern, TOKENS, layer=1, head=1)])
    darkest = settled(page).evaluate(
        """[...document.querySelectorAll('.hs-thumb canvas, .hs-head canvas')].map((canvas) => {
             const { data } = canvas.getContext('2d').getImageData(0, 0, 9, 9);
             const sum = (i) => data[4 * i + 3] ? data[4 * i] + data[4 * i + 1] + data[4 * i + 2] : 999;
             return Array.from({ length: 9 }, (_, row) => {
               const cells = Array.from({ length: 9 }, (_, column) => sum(9 * row + column));
               return cells.indexOf(Math.min(...cells)); }); })"""
    )
    assert darkest == [[max(0, query - one) for query in range(9)] for one in (0, 1, 2, 3, 4, 5, 4)]


def test_a_token_tells_both_ways(open_page: OpenPage) -> None:
    pattern = attention_pattern(1, 1, len(TOKENS))
    page = open_page([hs.AttentionHeatmap(pattern, TOKENS)])
    page.locator(".hs-token").nth(4).hover()
    attends, attended = readout(page).split("Attended to by")
    assert f"‘{TOKENS[int(pattern[0, 0, 4].argmax())]}’" in attends
    column = pattern[0, 0, :, 4]
    assert f"‘{TOKENS[int(column.argmax())]}’".replace("\n", "↵") in attended


def test_a_click_pins_a_cell_and_a_head(open_page: OpenPage) -> None:
    view = hs.AttentionHeatmap(attention_pattern(2, 3, len(TOKENS)), TOKENS)
    page = open_page([view])
    page.mouse.click(*place_of_cell(page, 5, 2, len(TOKENS)))
    page.locator(".hs-thumb").nth(4).click()
    assert pins(page, view) == {**pins(page, view), "layer": 1, "head": 1, "position": 5, "key": 2, "token": None}


def test_keyboard_alone(open_page: OpenPage) -> None:
    view = hs.AttentionHeatmap(attention_pattern(2, 3, len(TOKENS)), TOKENS)
    page = open_page([view])
    page.keyboard.press("Tab")  # the heads
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert (pins(page, view)["layer"], pins(page, view)["head"]) == (1, 1)
    page.keyboard.press("Tab")  # the text
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert pins(page, view)["position"] == 2
    page.keyboard.press("Tab")  # the large head
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
        settled(page)
    assert (pins(page, view)["position"], pins(page, view)["key"]) == (3, 1)


def test_a_linked_view_ignores_a_layer_that_it_has_not(open_page: OpenPage) -> None:
    first = hs.AttentionHeatmap(attention_pattern(2, 3, len(TOKENS)), TOKENS)
    second = hs.AttentionHeatmap(attention_pattern(1, 2, len(TOKENS)), TOKENS)
    hs.link(first, second)
    page = open_page([first, second])
    page.locator(".hs-thumb").nth(5).click()
    assert "Layer 1, head 2" in readout(page, 0)
    assert "Layer 0, head 0" in readout(page, 1)


def test_a_long_prompt_is_zoomed_and_dragged_and_stays_so(open_page: OpenPage) -> None:
    length = 60
    view = hs.AttentionHeatmap(attention_pattern(1, 2, length), [f" w{i}" for i in range(length)])
    page = open_page([view])
    assert named(page) == list(range(0, 60, 5))
    x, y = place_of_cell(page, 30, 15, length)
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    before = named(page)
    assert before == list(range(before[0], before[0] + 16))
    assert 30 in before
    page.mouse.down()
    page.mouse.move(x, y - 100, steps=3)
    page.mouse.up()
    dragged = named(page)
    assert dragged[0] > before[0]
    assert pins(page, view)["position"] is None
    page.set_viewport_size({"width": 700, "height": 800})
    page.wait_for_function("document.querySelector('.hs-head').getBoundingClientRect().right < 700")
    assert named(page) == dragged
    page.get_by_role("button", name="Show the whole pattern").click()
    assert named(page)[0] == 0


def boxes(page: Page) -> list[dict[str, float]]:
    found = [page.locator(name).bounding_box() for name in PARTS if page.locator(name).count()]
    return [box for box in found if box is not None]


def assert_apart(found: list[dict[str, float]]) -> None:
    for one, other in itertools.combinations(found, 2):
        apart_x = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
        apart_y = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
        assert apart_x or apart_y


@pytest.mark.parametrize("width", [360, 700, 1600])
@pytest.mark.parametrize(("layers", "heads", "length"), [(1, 1, 1), (2, 12, 200), (24, 32, 6), (2, 64, 6)])
def test_parts_stand_apart_in_the_frame(open_page: OpenPage, width: int, layers: int, heads: int, length: int) -> None:
    tokens = [f" word{i}" for i in range(length)]
    view = hs.AttentionHeatmap(attention_pattern(layers, heads, length), tokens, font_size=22 if width > 700 else 13)
    page = open_page([view], width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_apart(boxes(page))


@pytest.mark.parametrize("width", [1000, 1600])
def test_a_short_prompt_fills_the_width_and_no_quarter_is_empty(open_page: OpenPage, width: int) -> None:
    page = open_page([hs.AttentionHeatmap(attention_pattern(2, 8, len(TOKENS)), TOKENS)], width=width)
    picture = page.locator(".hs-attention").bounding_box()
    drawn = page.evaluate(
        """[...document.querySelectorAll('.hs-thumb, .hs-token, .hs-head canvas, .hs-label')].map((part) => {
             const { left, right, top, bottom } = part.getBoundingClientRect(); return [left, right, top, bottom]; })"""
    )
    covered = np.zeros(width, bool)
    for left, right, _, _ in drawn:
        covered[int(left) : int(right)] = True
    assert covered.sum() >= 0.75 * picture["width"]
    middle = (picture["x"] + picture["width"] / 2, picture["y"] + picture["height"] / 2)
    for is_right, is_low in itertools.product((False, True), repeat=2):
        assert any(
            (right > middle[0] if is_right else left < middle[0])
            and (bottom > middle[1] if is_low else top < middle[1])
            for left, right, top, bottom in drawn
        )


@pytest.mark.parametrize(("width", "height", "size"), [(565, 900, 22), (600, 800, 22), (940, 380, 13), (344, 420, 13)])
@pytest.mark.parametrize(("layers", "heads", "length"), [(2, 8, 9), (12, 12, 80), (1, 1, 30)])
def test_fits_into_the_cell_of_a_board(
    open_page: OpenPage, width: int, height: int, size: int, layers: int, heads: int, length: int
) -> None:
    tokens = [TOKENS[i % len(TOKENS)] for i in range(length)]
    norms = np.ones((layers, heads, length))
    view = hs.AttentionHeatmap(attention_pattern(layers, heads, length), tokens, value_norm=norms, font_size=size)
    page = open_page([view], width=width + 32, height=1000)
    page.evaluate("(height) => { document.querySelector('[id^=view-]').dataset.hsHeight = height }", str(height))
    page.wait_for_function(
        "(height) => document.querySelector('.headstream').offsetHeight <= height", arg=height, timeout=5000
    )
    assert_apart(boxes(settled(page)))
    legend = page.locator(".hs-legend").bounding_box()
    assert legend["height"] < 2.5 * size
    assert page.locator(".hs-legend").evaluate("(legend) => legend.scrollWidth <= legend.clientWidth")
    side = page.locator(".hs-head canvas").bounding_box()["width"]
    assert side > 4 * size


def test_what_is_scrolled_out_of_sight_is_not_saved(open_page: OpenPage) -> None:
    tokens = [f" word{i}" for i in range(300)]
    page = open_page([hs.AttentionHeatmap(attention_pattern(1, 2, 300), tokens)])
    strip = page.locator(".hs-strip").bounding_box()
    figure = page.locator(".hs-figure").bounding_box()
    page.locator("summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the picture as SVG").click()
    root = ElementTree.fromstring(download.value.path().read_text("utf-8"))
    svg = "{http://www.w3.org/2000/svg}"
    texts = [text for text in root.iter(f"{svg}text") if (text.text or "").startswith("word")]
    assert 20 < len(texts) < 300
    bottom = strip["y"] + strip["height"] - figure["y"] + 12
    assert all(float(text.get("y", "inf")) <= bottom for text in texts)
    assert len(list(root.iter(f"{svg}image"))) == 5  # two small heads, a large one, two legends
