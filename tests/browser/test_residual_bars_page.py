"""Residual bars as they are drawn: numbers and lengths read from the page equal numpy's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from headstream.results import Decomposition
from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.residual_bars import ResidualBars
from headstream.views.shared.view import link
from tests.browser.conftest import OpenPage
from tests.views.arrays import attention_pattern, decomposition

HOSTILE = ("<img src=x onerror=window.hacked=1>", "\u202eevil", "\x07", " שלום", " <0xF0><0x9F>", "</script>")


def settle(page: Any) -> None:
    page.wait_for_timeout(250)  # a preview is shown on the next frame; bars glide for 150 ms


def readout(page: Any, index: int = 0) -> str:
    settle(page)
    return page.locator(".hs-readout").nth(index).inner_text()


def number(text: str) -> float:
    digits, _, exponent = text.replace("−", "-").partition(" × 10")
    return float(digits) * 10.0 ** int(exponent.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


def drawn(page: Any) -> dict[str, str]:
    """The number beside every bar, by the id of its row."""
    settle(page)
    return page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('.hs-bars-row[data-value]')]"
        ".map((row) => [row.dataset.id, row.querySelector('.hs-bars-value').innerText]))"
    )


def ends(page: Any) -> dict[str, list[float]]:
    """Where every bar begins and ends on the page, less where zero is, in pixels."""
    settle(page)
    return page.evaluate(
        "() => { const zero = document.querySelector('.hs-bars-zero').getBoundingClientRect().left;"
        "return Object.fromEntries([...document.querySelectorAll('.hs-bars-row[data-value]')].map((row) => {"
        "const box = row.querySelector('.hs-bars-bar').getBoundingClientRect();"
        "return [row.dataset.id, [box.left - zero, box.right - zero]] })) }"
    )


def pixels_per_unit(page: Any) -> float:
    marks = page.evaluate(
        "() => [...document.querySelectorAll('.hs-bars-tick')]"
        ".map((tick) => [tick.innerText, tick.getBoundingClientRect().left])"
    )
    (low, left), (high, right) = marks[0], marks[-1]
    return (right - left) / (number(high) - number(low))


def pins(page: Any, view: ResidualBars) -> dict[str, int | None]:
    return page.evaluate(
        "(id) => { const { _esm, ...fields } = models.get(id).state; return fields }", view.selection.model_id
    )


def heads_of(result: Decomposition) -> list[int]:
    return [index for index, component in enumerate(result.components) if component.kind == "head"]


@pytest.mark.parametrize("position", [0, 3, 6])
def test_numbers_on_the_page_are_numpys(open_page: OpenPage, position: int) -> None:
    result = decomposition(length=7)
    page = open_page([ResidualBars(result, position=position)])
    found = drawn(page)
    for index, value in enumerate(result.values[:, position]):
        assert abs(number(found[f"component-{index}"]) - value) <= 0.005 + 1e-6
    shown = {name: number(page.locator(f"[data-{name}]").inner_text()) for name in ("sum", "total", "difference")}
    assert abs(shown["sum"] - result.values[:, position].sum(dtype=float)) <= 0.5e-4 + 1e-6
    assert abs(shown["total"] - result.total[position]) <= 0.5e-4 + 1e-6
    exact = abs(result.values[:, position].sum(dtype=float) - float(result.total[position]))
    assert shown["difference"] == pytest.approx(exact, rel=0.05)


def test_bars_are_as_long_as_their_numbers(open_page: OpenPage) -> None:
    result = decomposition(length=4)
    page = open_page([ResidualBars(result)])
    unit, found = pixels_per_unit(page), ends(page)
    for index, value in enumerate(result.values[:, -1]):
        left, right = found[f"component-{index}"]
        assert left == pytest.approx(min(0, value) * unit, abs=1.5)
        assert right == pytest.approx(max(0, value) * unit, abs=1.5)


@pytest.mark.parametrize("order", ["stream", "size"])
def test_cumulative_bars_end_at_the_total(open_page: OpenPage, order: str) -> None:
    result = decomposition(length=4)
    page = open_page([ResidualBars(result, cumulative=True, order=order)])
    values = result.values[:, -1].astype(float)
    wanted = np.arange(len(values)) if order == "stream" else np.argsort(-np.abs(values), kind="stable")
    unit, found = pixels_per_unit(page), ends(page)
    assert list(found) == [*(f"component-{index}" for index in wanted), "sum"]
    running = 0.0
    for index in wanted:
        left, right = found[f"component-{index}"]
        assert left == pytest.approx(min(running, running + values[index]) * unit, abs=1.5)
        assert right == pytest.approx(max(running, running + values[index]) * unit, abs=1.5)
        running += values[index]
    assert max(found["sum"], key=abs) == pytest.approx(float(result.total[-1]) * unit, abs=1.5)


def test_an_open_head_shows_what_was_sent_of_its_sources(open_page: OpenPage) -> None:
    result = decomposition(length=20)
    page = open_page([ResidualBars(result, layer=1, head=0)])
    index = heads_of(result)[3]
    row = result.sources[3, -1]
    found = drawn(page)
    keys = [int(name.removeprefix("source-")) for name in found if name.startswith("source-")]
    assert keys == sorted(np.argsort(-np.abs(row))[:8])
    for key in keys:
        assert abs(number(found[f"source-{key}"]) - row[key]) <= 0.01
    rest = np.delete(row, keys).sum()
    assert abs(number(found["rest"]) - rest) <= 0.02
    assert abs(number(found[f"component-{index}"]) - row.sum()) <= 0.005 + 1e-6
    page.locator("[data-id=rest]").click()
    found = drawn(page)
    assert sum(name.startswith("source-") for name in found) == 20
    # The text has the sign of every source as its colour.
    for key in keys:
        red, _, blue = map(
            int, re.findall(r"\d+", page.locator(".hs-token").nth(key).evaluate("(t) => t.style.backgroundColor"))
        )
        assert (red > blue) == (row[key] < 0)


def test_a_position_chosen_anywhere_moves_the_bars(open_page: OpenPage) -> None:
    result = decomposition(layers=2, heads=3, length=6)
    bars = ResidualBars(result)
    heatmap = AttentionHeatmap(attention_pattern(2, 3, 6), result.tokens)
    link(bars, heatmap)
    page = open_page([bars, heatmap])
    page.locator(".hs-attention_heatmap .hs-token").nth(2).hover()
    assert abs(number(drawn(page)["component-1"]) - result.values[1, 2]) <= 0.005 + 1e-6
    assert pins(page, bars)["position"] == 5
    page.locator(".hs-attention_heatmap .hs-thumb").nth(4).click()
    assert page.locator(".hs-bars-row.hs-pinned").get_attribute("data-id") == f"component-{heads_of(result)[4]}"
    page.locator("[data-id=source-3]").hover()
    assert "Layer 1, head 1 brings" in readout(page, 0)
    assert "to ‘ w3’" in readout(page, 1)
    page.locator("[data-id=source-3]").click()
    assert pins(page, bars) == {**pins(page, bars), "layer": 1, "head": 1, "position": 5, "key": 3}


def test_keyboard_alone(open_page: OpenPage) -> None:
    view = ResidualBars(decomposition(layers=2, heads=3, length=4), grouped=True)
    page = open_page([view])
    page.keyboard.press("Tab")  # the text
    for key in ("ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert pins(page, view)["position"] == 2
    page.keyboard.press("Tab")  # the bars
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    assert readout(page).startswith("Layer 0, head 1 adds")
    page.keyboard.press("Enter")
    assert (pins(page, view)["layer"], pins(page, view)["head"]) == (0, 1)
    page.keyboard.press("Tab")  # the controls
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("(id) => models.get(id).get('order')", view.model_id) == "size"
    page.keyboard.press("Escape")
    assert pins(page, view)["layer"] is None


def test_nothing_moves_on_hover(open_page: OpenPage) -> None:
    page = open_page([ResidualBars(decomposition(length=30), layer=0, head=1)])
    height = page.evaluate("document.documentElement.scrollHeight")
    for position in (0, 1, 12, 29):
        page.locator(".hs-token").nth(position).hover()
        settle(page)
        assert page.evaluate("document.documentElement.scrollHeight") == height
    for index in range(0, 17, 4):
        page.locator(".hs-bars-row").nth(index).hover()
        settle(page)
        assert page.evaluate("document.documentElement.scrollHeight") == height


def test_names_and_tokens_are_text_never_markup(open_page: OpenPage) -> None:
    values = np.random.default_rng(0).normal(size=(3, len(HOSTILE)))
    view = ResidualBars(values, ["<b>bold</b>", "\u202edlob", "ok"], HOSTILE, quantity="<i>\u202e</i>")
    page = open_page([view])
    page.locator("[data-id=component-0]").hover()
    assert readout(page).startswith("‘<b>bold</b>’ adds")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".headstream img, .headstream b b, .headstream i").count() == 0
    text = page.locator(".headstream").inner_text()
    assert "<U+202E>dlob" in text
    assert "\u202e" not in text


@pytest.mark.parametrize(("width", "font_size"), [(360, 13), (360, 22), (700, 13), (1600, 22)])
@pytest.mark.parametrize("layers", [2, 12])
def test_nothing_overflows(open_page: OpenPage, width: int, font_size: int, layers: int) -> None:
    result = replace(decomposition(layers=layers, heads=12, length=40), quantity="logit of ' incomprehensibilities'")
    page = open_page([ResidualBars(result, font_size=font_size, layer=1, head=10)], width=width)
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    overlapping = page.evaluate(
        "() => [...document.querySelectorAll('.hs-bars-row')].filter((row) => {"
        "const box = (part) => row.querySelector('.hs-bars-' + part).getBoundingClientRect();"
        "const [name, value] = [box('name'), box('value')];"
        "return name.right > value.left + 1 && name.top === value.top && value.width > 0 }).length"
    )
    assert overlapping == 0


def test_svg_has_the_bars_and_their_numbers(open_page: OpenPage) -> None:
    page = open_page([ResidualBars([3.0, -2.0, 0.5], ["one", "two", "three"])])
    page.locator("summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the picture as SVG").click()
    text = download.value.path().read_text(encoding="utf-8")
    for piece in ("three", "+3.00", "−2.00", "+1.5000"):
        assert piece in text
    assert text.count("<rect") >= 4
