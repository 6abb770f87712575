"""No view is taller than the window it is in, unless asked, and what is pinned can be seen in it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.arrays import decomposition
from tests.views.examples import EXAMPLES, LONG, SHORT
from tests.views.ladders import random_ladder
from tests.views.lenses import random_lens

SCREEN = {"width": 1280, "height": 720}
every_view = pytest.mark.parametrize("name", EXAMPLES)
both_sizes = pytest.mark.parametrize("font_size", [13, 22])
# Draws a view again, alone, in boxes of their styles, the outermost first.
IN_BOXES = """async ([id, styles]) => {
  let box = document.body;
  box.textContent = "";
  for (const style of styles) {
    const inner = document.createElement("div");
    inner.style.cssText = style;
    box.append(inner);
    box = inner;
  }
  await draw(models.get(id), box, closing.signal);
}"""


def made(name: str, tokens: Any = LONG, **settings: Any) -> Any:
    return EXAMPLES[name].make(name, tokens, **settings)


def height(page: Page) -> float:
    found: float = settled(page).locator(".headstream").first.bounding_box()["height"]
    return found


def in_sight(item: Locator, around: Locator) -> bool:
    box, frame = item.bounding_box(), around.bounding_box()
    return frame["y"] - 1 <= box["y"] and box["y"] + box["height"] <= frame["y"] + frame["height"] + 1


def scrolls(box: Locator) -> bool:
    return box.evaluate("(node) => node.scrollHeight > node.clientHeight + 1")


def pin(page: Page, view: Any, **fields: int | None) -> None:
    set_fields = "([id, fields]) => { for (const [name, v] of Object.entries(fields)) models.get(id).set(name, v) }"
    page.evaluate(set_fields, [view.selection.model_id, fields])
    settled(page)


@every_view
@both_sizes
def test_no_view_is_taller_than_the_window(open_page: OpenPage, name: str, font_size: int) -> None:
    page = open_page([made(name, font_size=font_size)], **SCREEN)
    assert height(page) <= SCREEN["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # What is too tall is scrolled through, and does not stick out.
    kept = """() => [...document.querySelectorAll('.hs-picture')].every((picture) => {
      const end = picture.closest('.headstream').getBoundingClientRect().bottom;
      const scrolls = getComputedStyle(picture).overflowY !== 'visible';
      return picture.getBoundingClientRect().bottom <= end && (scrolls || picture.scrollHeight <= picture.clientHeight);
    })"""
    assert page.evaluate(kept)


@every_view
def test_it_follows_the_window_and_comes_back_to_the_same(open_page: OpenPage, name: str) -> None:
    page = open_page([made(name)], **SCREEN)
    first = height(page)
    for tall in (1000, 600, 720):
        page.set_viewport_size({"width": 1280, "height": tall})
        assert height(page) <= tall
    assert height(page) == first


@every_view
def test_a_short_view_is_not_stretched(open_page: OpenPage, name: str) -> None:
    page = open_page([made(name, SHORT)], width=1280, height=3000)
    first = height(page)
    page.set_viewport_size({"width": 1280, "height": 6000})
    assert height(page) == first < 2000


@every_view
def test_it_is_whole_where_that_is_asked(open_page: OpenPage, name: str) -> None:
    view = made(name, whole=True, font_size=22)
    page = open_page([view], width=1280, height=400)
    whole = height(page)
    assert settled(page).locator("[data-scrolled]").count() == 0
    page.set_viewport_size({"width": 1280, "height": 1500})
    assert height(page) == whole > 400
    page.set_viewport_size({"width": 1280, "height": 400})
    page.locator("summary:visible").click()
    page.get_by_role("button", name="The whole view, or no more than the window holds").last.click()
    assert height(page) < whole
    assert page.evaluate("(id) => models.get(id).saved.at(-1).whole", view.model_id) is False


@every_view
def test_it_keeps_to_the_box_that_scrolls_it_and_not_to_one_that_grows_with_it(open_page: OpenPage, name: str) -> None:
    view = made(name)
    page = open_page([view], **SCREEN)
    # As in JupyterLab: the notebook's panel is lower than the window, and in it are outputs as high as what they hold.
    boxes = ["height:620px;overflow-y:auto", "overflow-x:auto", "overflow:auto"]
    page.evaluate(IN_BOXES, [view.model_id, boxes])
    assert 300 < height(page) <= 620
    assert not scrolls(page.locator("body > div > div > div"))
    page.evaluate("document.body.firstElementChild.style.height = '560px'")
    page.wait_for_function("document.querySelector('.headstream').getBoundingClientRect().height <= 560")


@pytest.mark.parametrize("box", ["height:0;overflow:auto", "height:0;overflow:visible"])
def test_a_box_of_no_height_is_no_bound(open_page: OpenPage, box: str) -> None:
    view = made("ModelLadder")
    page = open_page([view], **SCREEN)
    page.evaluate(IN_BOXES, [view.model_id, [box]])
    assert height(page) > 300


@both_sizes
def test_a_pinned_component_is_scrolled_to_and_the_total_stays(open_page: OpenPage, font_size: int) -> None:
    values = decomposition(length=30, layers=6, heads=12)
    view = hs.ResidualBars(values, font_size=font_size, order="size", cumulative=True, grouped=False, layer=2, head=7)
    page = open_page([view], **SCREEN)
    lines, pinned = page.locator(".hs-bars"), page.locator(".hs-bars-row.hs-pinned").first
    for layer, head in ((None, None), (5, 11), (0, 0), (3, 6)):
        if layer is not None:
            pin(page, view, layer=layer, head=head)
        assert scrolls(lines)
        assert in_sight(pinned, lines)
        assert in_sight(page.locator(".hs-bars-sum").first, lines)
    assert in_sight(page.locator(".hs-bars-check"), page.locator(".headstream"))


@both_sizes
def test_a_pinned_row_and_column_of_a_lens_are_in_sight(open_page: OpenPage, font_size: int) -> None:
    lens = random_lens(LONG[:60], layers=24)[0]
    view = hs.LogitLensGrid(lens, font_size=font_size, row=3, position=40)
    page = open_page([view], **SCREEN)
    box = page.locator(".hs-lens-tall")
    for layer, position in ((None, None), (23, 2), (0, 59), (12, 30)):
        if layer is not None:
            pin(page, view, layer=layer, position=position)
        assert scrolls(box)
        assert in_sight(page.locator(".hs-lens-cell.hs-pinned"), box)


@both_sizes
def test_a_pinned_token_is_scrolled_to_and_a_reader_keeps_their_place(open_page: OpenPage, font_size: int) -> None:
    view = hs.ModelLadder(random_ladder(600), font_size=font_size, position=500)
    page = open_page([view], **SCREEN)
    text, pinned = page.locator(".hs-prose"), page.locator(".hs-token.hs-pinned")
    assert scrolls(text)
    for position in (None, 20, 598):
        if position is not None:
            pin(page, view, position=position)
        assert in_sight(pinned, text)
    # Reading elsewhere, and leaving: nothing jumps.
    text.evaluate("(node) => { node.scrollTop = 0 }")
    page.locator(".hs-token").nth(12).hover()
    page.mouse.move(1270, 715)
    settled(page)
    assert text.evaluate("(node) => node.scrollTop") == 0
    # What another view points at is shown, and what is pinned again after it.
    show = "(part) => document.dispatchEvent(new CustomEvent('headstream:preview', { detail: { ref: ref, part } }))"
    page.evaluate("(ref) => { window.ref = ref }", f"anywidget:{view.selection.model_id}")
    for part, token in (({"position": 300}, 301), (None, 599)):
        page.evaluate(show, part)
        settled(page)
        assert in_sight(page.locator(".hs-token").nth(token), text)


@both_sizes
@pytest.mark.parametrize("width", [420, 1280, 1920])
def test_the_guesses_stay_in_sight_while_the_text_is_read(open_page: OpenPage, width: int, font_size: int) -> None:
    page = open_page([hs.ModelLadder(random_ladder(600), font_size=font_size)], width=width, height=720)
    settled(page)
    text, view = page.locator(".hs-prose"), page.locator(".headstream")
    assert scrolls(text)
    text.evaluate("(node) => { node.scrollTop = node.scrollHeight }")
    token = page.locator(".hs-token").last
    token.hover()
    settled(page)
    assert in_sight(token, view)
    assert in_sight(page.locator(".hs-guess-row").first, view)
    assert page.evaluate("scrollY") == 0


def test_a_picture_that_is_saved_has_what_is_in_sight_or_the_whole(open_page: OpenPage) -> None:
    view = hs.ModelLadder(random_ladder(600, vocabulary=["<|endoftext|>", *(f" w{i}" for i in range(900))]))
    page = open_page([view], **SCREEN)
    saved = []
    for _ in range(2):
        settled(page).locator("summary").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save the picture as SVG").click()
        saved.append(download.value.path().read_text(encoding="utf-8"))
        page.locator("summary").click()
        page.get_by_role("button", name="The whole view").click()
    sight, whole = (text.count(">w") for text in saved)
    assert 20 < sight < whole
    assert whole >= 599
