"""Residual bars as they are drawn: numbers and lengths read from the page equal numpy's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from headstream.results import Decomposition
from headstream.views.residual_bars import ResidualBars
from headstream.views.shared.view import link
from tests.browser.conftest import OpenPage
from tests.browser.pointer import hover
from tests.browser.settle import settled
from tests.views.arrays import decomposition


def readout(page: Any, index: int = 0) -> str:
    return settled(page).locator(".hs-readout").nth(index).inner_text()


def number(text: str) -> float:
    digits, _, exponent = text.replace("−", "-").partition(" × 10")
    return float(digits) * 10.0 ** int(exponent.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


def drawn(page: Any) -> dict[str, str]:
    """The number beside every bar, by the id of its row."""
    return settled(page).evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('.hs-bars-row[data-value]')]"
        ".map((row) => [row.dataset.id, row.querySelector('.hs-bars-value').innerText]))"
    )


def ends(page: Any) -> dict[str, list[float]]:
    """Where every bar begins and ends on the page, less where zero is, in pixels."""
    return settled(page).evaluate(
        "() => { const zero = document.querySelector('.hs-bars-rule.hs-zero').getBoundingClientRect().left;"
        "return Object.fromEntries([...document.querySelectorAll('.hs-bars-row[data-value]')].map((row) => {"
        "const box = row.querySelector('.hs-bars-bar').getBoundingClientRect();"
        "return [row.dataset.id, [box.left - zero, box.right - zero]] })) }"
    )


def pixels_per_unit(page: Any) -> float:
    marks = page.evaluate(
        "() => [...document.querySelectorAll('.hs-bars-tick')]"
        ".map((tick) => [tick.innerText, tick.getBoundingClientRect()])"
        ".map(([text, box]) => [text, box.left + box.width / 2])"
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
    bars, others = ResidualBars(result), ResidualBars(decomposition(layers=2, heads=3, length=6, seed=1))
    link(bars, others)
    page = open_page([bars, others])
    first, second = page.locator(".headstream").nth(0), page.locator(".headstream").nth(1)
    second.locator(".hs-token").nth(2).hover()
    number_there = settled(page).locator("[data-id=component-1] .hs-bars-value").first.inner_text()
    assert abs(number(number_there) - result.values[1, 2]) <= 0.005 + 1e-6
    assert pins(page, bars)["position"] is None
    row = f"component-{heads_of(result)[4]}"
    second.locator(f"[data-id={row}]").click()
    settled(page)
    assert first.locator(".hs-bars-row.hs-pinned").get_attribute("data-id") == row
    first.locator("[data-id=source-3]").hover()
    assert "Layer 1, head 1 brings" in readout(page, 0)
    assert "Layer 1, head 1 brings" in readout(page, 1)
    first.locator("[data-id=source-3]").click()
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


# All rows and tokens: where they stand and how wide they are.
PLACES = """() => [document.documentElement.scrollWidth, ...[...document.querySelectorAll(".hs-bars-row, .hs-token")]
  .map((part) => part.getBoundingClientRect()).map(({ x, y, width }) => [x, y, width].map(Math.round))]"""


@pytest.mark.parametrize("width", [360, 1000])
def test_names_of_any_length_move_nothing(open_page: OpenPage, width: int) -> None:
    tokens = ["a", "x" * 128, "b" * 30]
    view = ResidualBars(
        np.random.default_rng(0).normal(size=(4, 3)),
        ["n" * 60, "0.0", "0.1", "two words"],
        tokens,
        total=[0, 0, 0],
        quantity="q" * 120,
        whole=True,
    )
    page = open_page([view], width=width)
    before = settled(page).evaluate(PLACES)
    assert before[0] <= width
    for part in [*page.locator(".hs-token").all(), *page.locator(".hs-bars-row").all()]:
        assert hover(part).evaluate(PLACES) == before


@pytest.mark.parametrize(("width", "font_size"), [(360, 13), (360, 22), (700, 13)])
def test_names_and_numbers_stand_apart(open_page: OpenPage, width: int, font_size: int) -> None:
    result = replace(decomposition(layers=12, heads=12, length=40), quantity="logit of ' incomprehensibilities'")
    page = open_page([ResidualBars(result, font_size=font_size, layer=1, head=10)], width=width)
    overlapping = settled(page).evaluate(
        "() => [...document.querySelectorAll('.hs-bars-row')].filter((row) => {"
        "const box = (part) => row.querySelector('.hs-bars-' + part).getBoundingClientRect();"
        "const [name, value] = [box('name'), box('value')];"
        "return name.right > value.left + 1 && name.top === value.top && value.width > 0 }).length"
    )
    assert overlapping == 0


def give_height(page: Any, height: int) -> Any:
    """As a board does."""
    page.evaluate(
        "(height) => { const place = document.querySelector('.headstream').parentElement;"
        "place.dataset.hsHeight = height; place.style.width = '900px' }",
        height,
    )
    return settled(page)


@pytest.mark.parametrize(("rows", "ems"), [(8, (1.5, 1.5)), (16, (1.3, 1.45)), (24, (1.3, 1.3))])
def test_in_a_given_height_rows_stand_closer_and_then_scroll(
    open_page: OpenPage, rows: int, ems: tuple[float, float]
) -> None:
    height, scrolls = 500, rows == 24
    page = open_page([ResidualBars(np.random.default_rng(0).normal(size=(rows, 90)), total=np.ones(90))])
    give_height(page, height)
    box = "(e) => [e.getBoundingClientRect().height, e.scrollHeight > e.clientHeight]"
    assert page.locator(".headstream").evaluate(box)[0] <= height
    assert page.locator(".hs-bars").evaluate(box)[1] == scrolls
    row, _ = page.locator(".hs-bars-row").first.evaluate(box)
    assert 13 * ems[0] - 0.1 <= row <= 13 * ems[1] + 0.1
    if scrolls:
        page.locator(".hs-bars-row").first.focus()
        page.keyboard.press("End")
        page.evaluate("window.scrollTo(0, 0)")
        last, inside = (settled(page).locator(s).bounding_box() for s in (".hs-bars-row:focus", ".hs-bars"))
        assert last["y"] + last["height"] <= inside["y"] + inside["height"] + 1


def test_a_head_pinned_elsewhere_is_scrolled_to(open_page: OpenPage) -> None:
    view = ResidualBars(decomposition(layers=3, heads=7))
    page = give_height(open_page([view]), 420)
    assert page.locator(".hs-bars").evaluate("(list) => list.scrollTop") == 0
    page.evaluate("(id) => { models.get(id).set('layer', 2); models.get(id).set('head', 6) }", view.selection.model_id)
    row, inside = (settled(page).locator(s).bounding_box() for s in (".hs-bars-row.hs-pinned", ".hs-bars"))
    assert inside["y"] < row["y"]
    assert row["y"] + row["height"] <= inside["y"] + inside["height"]
    assert page.evaluate("scrollY") == 0
