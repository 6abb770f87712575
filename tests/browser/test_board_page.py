"""A board as it is drawn: its views stand together, move together, and are one picture."""

from __future__ import annotations

import itertools
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.examples import EXAMPLES, SHORT

KINDS = ("AttentionHeatmap", "ResidualBars", "LogitLensGrid")
# A notebook's own lines around a cell on a projected screen of 1920 x 1080.
SCREEN = {"width": 1780, "height": 940}


def board(**settings: Any) -> hs.Board:
    return hs.Board(*(EXAMPLES[kind].make(kind, SHORT) for kind in KINDS), **settings)


def views(page: Page) -> Any:
    return page.locator(".hs-board-cell > .headstream")


def boxes(page: Page) -> list[dict[str, float]]:
    return [view.bounding_box() for view in views(page).all()]


def test_three_views_fit_a_projected_screen_at_lecture_size(open_page: OpenPage) -> None:
    page = settled(open_page([board(font_size=22, title="One prompt")], width=SCREEN["width"], height=SCREEN["height"]))
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    assert len({box["y"] for box in boxes(page)}) == 1
    assert (
        page.locator(".hs-board-cell .hs-title").first.evaluate("(node) => getComputedStyle(node).fontSize")
        == "23.76px"
    )
    # All that a view has to say is in sight.
    for part in (".hs-title", ".hs-readout", ".hs-picture > *"):
        for item in page.locator(f".hs-board-cell {part}").all():
            box = item.bounding_box()
            assert box["y"] + box["height"] <= SCREEN["height"]


def test_large_type_gives_way_to_one_row_on_a_small_projected_screen(open_page: OpenPage) -> None:
    page = settled(open_page([board(font_size=22)], width=1130, height=620))
    assert len({box["y"] for box in boxes(page)}) == 1
    pinned = page.locator(".hs-attention_heatmap .hs-token").nth(3)
    pinned.click()
    settled(page)
    for kind in ("attention_heatmap", "residual_bars", "logit_lens_grid"):
        box = page.locator(f".hs-{kind} .hs-current[data-position='3']").first.bounding_box()
        assert box["y"] >= 0, kind
        assert box["y"] + box["height"] <= 620, kind


@pytest.mark.parametrize(("width", "columns"), [(1600, 3), (800, 2), (400, 1)])
def test_views_stand_beside_or_below_each_other_by_the_room_there_is(
    open_page: OpenPage, width: int, columns: int
) -> None:
    page = settled(open_page([board()], width=width, height=900))
    found = boxes(page)
    assert len({round(box["x"]) for box in found}) == columns
    for one, other in itertools.combinations(found, 2):
        beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        below = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
        assert beside or below
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_its_views_move_together(open_page: OpenPage) -> None:
    page = settled(open_page([board()], width=1600))
    page.locator(".hs-attention_heatmap .hs-token").nth(3).click()
    page.mouse.move(0, 0)
    settled(page)
    for kind in ("attention_heatmap", "residual_bars", "logit_lens_grid"):
        assert page.locator(f".hs-{kind} .hs-current[data-position='3']").count(), kind
    page.keyboard.press("Escape")
    assert settled(page).locator(".hs-attention_heatmap .hs-token.hs-current").count() == 0


def test_one_menu_sets_the_type_of_all_and_saves_one_picture(open_page: OpenPage) -> None:
    page = settled(open_page([board(title="One prompt")], **SCREEN))
    assert page.locator("summary:visible").count() == 1
    page.locator("summary:visible").click()
    page.get_by_role("button", name="Larger or normal type").last.click()
    settled(page)
    sizes = page.locator(".hs-board-cell .headstream").evaluate_all(
        "(all) => all.map((view) => getComputedStyle(view).fontSize)"
    )
    assert sizes == ["22px"] * 3
    page.locator("summary:visible").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the picture as SVG").last.click()
    picture = ElementTree.fromstring(download.value.path().read_text(encoding="utf-8"))
    texts = "".join(picture.itertext())
    for words in ("One prompt", "Attention", "What each component adds", "Logit lens"):
        assert words in texts
    assert "Lecture size" not in texts


def test_another_width_keeps_what_was_done_in_a_view(open_page: OpenPage) -> None:
    page = settled(open_page([board()], width=1600))
    page.evaluate("document.querySelectorAll('.hs-board-cell > .headstream').forEach((node) => { node.stands = true })")
    page.set_viewport_size({"width": 700, "height": 900})
    settled(page)
    assert page.evaluate("[...document.querySelectorAll('.hs-board-cell > .headstream')].every((node) => node.stands)")
    assert len({round(box["x"]) for box in boxes(page)}) == 2


def test_a_view_that_is_missing_is_said_and_the_others_stand(open_page: OpenPage) -> None:
    one = board()
    page = settled(open_page([one], width=1600))
    page.evaluate(
        "(id) => { const m = models.get(id); m.set('views', ['anywidget:gone', ...m.get('views').slice(1)]) }",
        one.model_id,
    )
    page.locator("[role=alert]").wait_for()
    assert page.locator("[role=alert]").inner_text() == "This view is missing: run the notebook's cells again."
    page.wait_for_function("document.querySelectorAll('.hs-board-cell > .headstream').length === 2")
