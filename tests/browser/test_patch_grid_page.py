"""The patch grid as it is drawn: numbers read from the page equal numpy's."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.pointer import hover
from tests.browser.settle import settled
from tests.views.arrays import attention_pattern
from tests.views.patchings import random_patching

TOKENS = ("<|endoftext|>", " Alice", " was", " beginning", " to", "\n", " get")
LONG = tuple(f" word{i}" for i in range(120))


def cell(page: Page, row: int, position: int) -> Any:
    return page.locator(f'.hs-patch-cell[data-row="{row}"][data-position="{position}"]')


def state(page: Page, widget: Any, *names: str) -> list[Any]:
    return page.evaluate("([id, names]) => names.map((n) => models.get(id).state[n])", [widget.model_id, list(names)])


def read(page: Page) -> np.ndarray:
    """What the cells hold, row after row."""
    shown = settled(page).evaluate("[...document.querySelectorAll('.hs-patch-cell')].map((c) => c.dataset.value)")
    return np.array([float(text.replace("−", "-")) for text in shown])


def said(page: Page) -> str:
    return settled(page).locator(".hs-readout").inner_text()


def test_every_cell_is_numpys(open_page: OpenPage) -> None:
    patching = random_patching(TOKENS)
    page = open_page([hs.PatchGrid(patching)])
    np.testing.assert_allclose(read(page), patching.effect.ravel(), atol=0.00501)
    texts = page.locator(".hs-patch-cell").all_inner_texts()
    assert [float(text.replace("−", "-")) if text else 0 for text in texts] == read(page).tolist()
    page.get_by_role("button", name="logits").click()
    np.testing.assert_allclose(read(page), patching.raw.ravel(), atol=0.00501)


def test_blue_restores_and_orange_does_the_reverse(open_page: OpenPage) -> None:
    patching = random_patching(TOKENS)
    page = open_page([hs.PatchGrid(patching)])
    channels = "(c) => getComputedStyle(c).backgroundColor.match(/\\d+/g).map(Number)"
    for index, sign in ((patching.effect.argmax(), 1), (patching.effect.argmin(), -1)):
        row, position = np.unravel_index(index, patching.effect.shape)
        red, _, blue = cell(page, row, position).evaluate(channels)
        assert sign * (blue - red) > 60


def test_both_prompts_stand_above_and_what_differs_is_marked(open_page: OpenPage) -> None:
    clean = (*TOKENS[:2], " is", *TOKENS[3:6], " go")
    page = open_page([hs.PatchGrid(random_patching(TOKENS, clean_tokens=clean))])
    rows = page.locator(".hs-patch-above .hs-patch-row")
    labels = [rows.nth(row).locator(".hs-patch-token").all_inner_texts() for row in (0, 1)]
    assert labels[0][1:3] == ["·Alice", "·is"]
    assert labels[1][1:3] == ["·Alice", "·was"]
    differs = "[...document.querySelectorAll('.hs-differs')].map((item) => Number(item.dataset.position))"
    assert page.evaluate(differs) == [2, 6, 2, 6]
    box = "(item) => { const { x, width } = item.getBoundingClientRect(); return [x, width]; }"
    for position in range(len(TOKENS)):
        places = [
            page.locator(f'.{kind}[data-position="{position}"]').first.evaluate(box)
            for kind in ("hs-patch-token", "hs-patch-cell", "hs-patch-number")
        ]
        assert places[0] == places[1] == places[2]
    hover(cell(page, 1, 2))
    assert "position 2 (‘ is’, in the corrupted run ‘ was’)" in said(page)


def test_a_cell_tells_its_numbers(open_page: OpenPage) -> None:
    patching = random_patching(TOKENS)
    page = open_page([hs.PatchGrid(patching)])
    row, position = np.unravel_index(np.abs(patching.effect).argmax(), patching.effect.shape)
    most = f"{patching.effect[row, position]:+.2f}".replace("0.", ".").replace("-", "−")
    assert f"{most} of the way back to the clean run" in said(page)
    hover(cell(page, 1, 6))
    value = f"{patching.patched[1, 6]:.2f}".replace("-", "−")
    assert said(page).startswith(
        "Head 0.0 at position 6 (‘ get’, where the number is read): patched from the clean run"
    )
    assert f"from −2.25 to {value}, where the clean run has 7.50" in said(page)


def test_a_click_pins_layer_head_and_position_and_python_is_told(open_page: OpenPage) -> None:
    view = hs.PatchGrid(random_patching(TOKENS))
    page = open_page([view])
    cell(page, 6, 4).click()
    settled(page)
    assert state(page, view, "cell") == [[6, 4]]
    assert state(page, view.selection, "layer", "head", "position") == [1, 0, 4]
    cell(page, 4, 2).click()  # the MLP, which is no head
    settled(page)
    assert state(page, view.selection, "layer", "head", "position") == [0, None, 2]
    assert page.locator(".hs-patch-name.hs-current").all_inner_texts() == ["0.mlp"]
    assert cell(page, 4, 2).get_attribute("aria-selected") == "true"
    page.locator(".hs-patch-name[data-row='6']").click()
    page.locator(".hs-patch-token").nth(1).click()
    settled(page)
    assert state(page, view.selection, "layer", "head", "position") == [1, 0, 1]
    cell(page, 6, 1).focus()
    page.keyboard.press("Escape")
    settled(page)
    assert state(page, view, "cell") == [None]
    assert page.locator(".hs-pinned").count() == 0


def test_arrows_move_and_enter_pins(open_page: OpenPage) -> None:
    view = hs.PatchGrid(random_patching(TOKENS), cell=(1, 1))
    page = settled(open_page([view]))
    cell(page, 1, 1).focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowDown", "End", "Enter"):
        page.keyboard.press(key)
    settled(page)
    assert state(page, view, "cell") == [[2, 6]]
    assert state(page, view.selection, "layer", "head", "position") == [0, 1, 6]


def test_it_follows_what_is_pointed_at_elsewhere(open_page: OpenPage) -> None:
    view = hs.PatchGrid(random_patching(TOKENS))
    heatmap = hs.AttentionHeatmap(attention_pattern(2, 3, len(TOKENS)), TOKENS)
    hs.link(view, heatmap)
    page = open_page([view, heatmap])
    hover(page.locator(f"#view-{heatmap.model_id} .hs-token").nth(3))
    assert page.locator(".hs-patch-number.hs-current").all_inner_texts() == ["3"]
    page.evaluate("(id) => { const m = models.get(id); m.set('layer', 1); m.set('head', 2); }", view.selection.model_id)
    page.mouse.move(0, 0)
    settled(page)
    assert page.locator(".hs-patch-name.hs-current").all_inner_texts() == ["1.2"]


@pytest.mark.parametrize(("width", "font_size"), [(360, 13), (700, 22)])
def test_names_and_tokens_stay_in_sight_where_the_grid_is_scrolled(
    open_page: OpenPage, width: int, font_size: int
) -> None:
    view = hs.PatchGrid(random_patching(LONG, layers=6, heads=8), font_size=font_size, cell=(50, 100))
    page = settled(open_page([view], width=width, height=600))
    here = "(item) => { const { x, y, right, bottom } = item.getBoundingClientRect(); return [x, y, right, bottom]; }"
    x, y, right, bottom = cell(page, 50, 100).evaluate(here)
    frame = page.locator(".hs-patch").evaluate(here)
    name = page.locator(".hs-patch-name[data-row='50']").evaluate(here)
    token = page.locator(".hs-patch-token[data-position='100']").first.evaluate(here)
    number = page.locator(".hs-patch-number[data-position='100']").first.evaluate(here)
    assert name[0] == pytest.approx(frame[0], abs=1)
    assert name[2] <= x + 1
    assert right <= frame[2] + 1
    assert token[1] == pytest.approx(frame[1], abs=1)
    above = page.evaluate("([x, y]) => document.elementFromPoint(x + 9, y + 9).className", frame[:2])
    assert above == "hs-patch-name", "no token is seen beside the names"
    assert number[3] <= y + 1
    assert bottom <= frame[3] + 1
    assert token[0] == pytest.approx(x, abs=1)


def test_show_keeps_the_place_and_paints_the_rest(open_page: OpenPage) -> None:
    view = hs.PatchGrid(random_patching(TOKENS), cell=(3, 3))
    page = settled(open_page([view]))
    page.evaluate("document.querySelector('.hs-patch').stands = true")
    other = random_patching(TOKENS, seed=5)
    values = hs.PatchGrid(other).get_state()["patched"]
    page.evaluate(
        "([id, sent]) => models.get(id).set('patched', revive(sent))",
        [view.model_id, {**values, "data": {"base64": base64.b64encode(values["data"]).decode()}}],
    )
    np.testing.assert_allclose(read(page), other.effect.ravel(), atol=0.00501)
    assert page.evaluate("document.querySelector('.hs-patch').stands")
    assert cell(page, 3, 3).get_attribute("aria-selected") == "true"
