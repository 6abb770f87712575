"""The attention heatmap as it is drawn: numbers read from the page equal numpy's."""

from __future__ import annotations

import itertools
import re
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.shared.view import link
from tests.browser.conftest import OpenPage
from tests.views.arrays import HOSTILE, attention_pattern

TOKENS = ["<|endoftext|>", "The", " Cater", "p", "illar", " and", "\n", " Alice", " looked"]


def readout(page: Any, index: int = 0) -> str:
    page.wait_for_timeout(60)  # a preview is shown on the next frame
    return page.locator(".hs-readout").nth(index).inner_text()


def pins(page: Any, view: AttentionHeatmap) -> dict[str, int | None]:
    return page.evaluate(
        "(id) => { const { _esm, ...fields } = models.get(id).state; return fields }", view.selection.model_id
    )


def box_of_cell(page: Any, query: int, key: int, length: int) -> tuple[float, float]:
    box = page.locator(".hs-head canvas").bounding_box()
    return box["x"] + (key + 0.5) * box["width"] / length, box["y"] + (query + 0.5) * box["height"] / length


@pytest.mark.parametrize("precision", ["uint8", "float16"])
@pytest.mark.parametrize("weighting", ["raw", "value"])
def test_numbers_on_the_page_are_numpys(open_page: OpenPage, precision: str, weighting: str) -> None:
    pattern = attention_pattern(2, 3, len(TOKENS))
    norms = np.random.default_rng(1).uniform(0.5, 2, (2, 3, len(TOKENS))).astype(np.float32)
    view = AttentionHeatmap(
        pattern, TOKENS, value_norm=norms, weighting=weighting, precision=precision, layer=1, head=2
    )
    page = open_page([view])
    expected = pattern[1, 2] * norms[1, 2] / norms[1, 2].max() if weighting == "value" else pattern[1, 2]
    for query, key in [(3, 1), (5, 5), (8, 0), (8, 7), (4, 2)]:
        page.mouse.move(*box_of_cell(page, query, key, len(TOKENS)))
        number = re.search(r"(?:attends|takes) (<?>?[\d.]+)", readout(page)).group(1)
        if number[0] in "<>":
            assert expected[query, key] < 0.0075 or expected[query, key] > 0.9925
        else:
            # Half a unit of the last digit, and what the wire format allows.
            assert abs(float(number) - expected[query, key]) <= 0.005 + 0.004


def test_a_token_tells_both_ways(open_page: OpenPage) -> None:
    pattern = attention_pattern(1, 1, len(TOKENS))
    page = open_page([AttentionHeatmap(pattern, TOKENS)])
    page.locator(".hs-token").nth(4).hover()
    attends, attended = readout(page).split("Attended to by")
    assert f"‘{TOKENS[int(pattern[0, 0, 4].argmax())]}’" in attends
    column = pattern[0, 0, :, 4]
    assert f"‘{TOKENS[int(column.argmax())]}’".replace("\n", "↵") in attended


def test_click_pins_hover_does_not_and_escape_clears(open_page: OpenPage) -> None:
    view = AttentionHeatmap(attention_pattern(2, 3, len(TOKENS)), TOKENS)
    page = open_page([view])
    page.mouse.move(*box_of_cell(page, 5, 2, len(TOKENS)))
    readout(page)
    assert pins(page, view)["position"] is None
    page.mouse.click(*box_of_cell(page, 5, 2, len(TOKENS)))
    page.locator(".hs-thumb").nth(4).click()
    assert pins(page, view) == {**pins(page, view), "layer": 1, "head": 1, "position": 5, "key": 2, "token": None}
    page.keyboard.press("Escape")
    assert {pins(page, view)[field] for field in ("layer", "head", "position", "key")} == {None}


def test_keyboard_alone(open_page: OpenPage) -> None:
    view = AttentionHeatmap(attention_pattern(2, 3, len(TOKENS)), TOKENS)
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
    assert (pins(page, view)["position"], pins(page, view)["key"]) == (3, 1)


def test_linked_views_move_together_on_hover_and_on_click(open_page: OpenPage) -> None:
    first = AttentionHeatmap(attention_pattern(2, 3, len(TOKENS)), TOKENS)
    second = AttentionHeatmap(attention_pattern(1, 2, len(TOKENS)), TOKENS)
    apart = AttentionHeatmap(attention_pattern(1, 2, len(TOKENS)), TOKENS)
    link(first, second)
    page = open_page([first, second, apart])
    page.locator(".hs-token").nth(3).hover()
    assert "‘p’" in readout(page, 1)
    assert "point at" in readout(page, 2)
    page.locator(".hs-thumb").nth(5).click()  # layer 1, head 2: the second view has no such layer and ignores it
    assert "Layer 1" in readout(page, 0)
    assert "Layer 0" in readout(page, 1)


def test_tokens_are_text_never_markup(open_page: OpenPage) -> None:
    view = AttentionHeatmap(attention_pattern(1, 2, len(HOSTILE)), HOSTILE, title="<b>not bold</b>")
    page = open_page([view])
    page.locator(".hs-token").nth(0).hover()
    assert "<img src=x onerror=window.hacked=1>" in readout(page)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".headstream img, .headstream b").count() == 0
    text = page.locator(".hs-strip").inner_text()
    assert "😀" in text
    assert "<U+202E>" in text
    assert "\u202e" not in text


@pytest.mark.parametrize("width", [360, 700, 1600])
@pytest.mark.parametrize(("layers", "heads", "length"), [(2, 12, 1), (2, 12, 9), (2, 12, 200), (24, 32, 6), (2, 64, 6)])
def test_nothing_overflows(open_page: OpenPage, width: int, layers: int, heads: int, length: int) -> None:
    tokens = [f" word{i}" for i in range(length)]
    view = AttentionHeatmap(attention_pattern(layers, heads, length), tokens, font_size=22 if width > 700 else 13)
    page = open_page([view], width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    boxes = [page.locator(name).bounding_box() for name in (".hs-heads", ".hs-strip", ".hs-head")]
    for one, other in itertools.combinations(boxes, 2):
        apart_x = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
        apart_y = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
        assert apart_x or apart_y


def test_theme_follows_the_page(open_page: OpenPage) -> None:
    view = AttentionHeatmap(attention_pattern(1, 2, 5), TOKENS[:5])
    assert open_page([view]).locator(".headstream").get_attribute("data-theme") == "light"
    dark = open_page([view], dark=True)
    assert dark.locator(".headstream").get_attribute("data-theme") == "dark"
    dark.evaluate("document.body.style.background = 'white'")
    dark.wait_for_function("document.querySelector('.headstream').dataset.theme === 'light'")


def test_svg_and_png_are_saved(open_page: OpenPage) -> None:
    # Characters that HTML shows and XML forbids, in every text that the picture has.
    tokens = [*TOKENS[:4], "\uffff\x07", "\u202e<b>"]
    page = open_page([AttentionHeatmap(attention_pattern(1, 2, 6), tokens, title="bad\x07\x00\uffff\u202e title")])
    for name in ("SVG", "PNG"):
        page.locator("summary").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save the picture as {name}").click()
        content = download.value.path().read_bytes()
        if name == "SVG":
            text = content.decode()
            ElementTree.fromstring(text)  # well-formed
            assert text.count("<image") == 5  # two small heads, a large one, two legends
            assert "Cater" in text
            assert "foreignObject" not in text
        else:
            assert content.startswith(b"\x89PNG")
            assert len(content) > 5000
