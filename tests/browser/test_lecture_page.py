"""Lecture size as it is drawn: the whole page at once, by Python or by any view's menu."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

import headstream as hs
from headstream.views.shared.lecture import the_lecture
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.examples import EXAMPLES, SHORT


def sizes(page: Page) -> set[str]:
    return set(
        settled(page)
        .locator(".headstream:visible")
        .evaluate_all("(all) => all.map((view) => getComputedStyle(view).fontSize)")
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_view_follows_it(open_page: OpenPage, name: str) -> None:
    large = EXAMPLES[name].make(name, SHORT, font_size=30)
    room = {"width": 2200, "height": 1200} if name == "Board" else {}  # with less, its type gives way to one row
    page = open_page([EXAMPLES[name].make(name, SHORT), large], **room)
    assert sizes(page) == {"13px", "30px"}
    page.evaluate("(id) => models.get(id).set('font_size', 20)", the_lecture().model_id)
    assert sizes(page) == {"20px", "30px"}
    page.evaluate("(id) => models.get(id).set('font_size', null)", the_lecture().model_id)
    assert sizes(page) == {"13px", "30px"}


def test_a_page_is_drawn_large_from_the_start(open_page: OpenPage) -> None:
    hs.lecture()
    try:
        page = open_page([EXAMPLES["ModelLadder"].make("ModelLadder", SHORT)])
    finally:
        hs.lecture(None)
    assert sizes(page) == {"22px"}


def test_any_menu_switches_it_for_all(open_page: OpenPage) -> None:
    page = open_page([EXAMPLES[name].make(name, SHORT) for name in ("ModelLadder", "TokenValues")])
    for size in ("22px", "13px"):
        page.locator("summary").last.click()
        page.get_by_role("button", name="Larger or normal type").last.click()
        assert sizes(page) == {size}
    saved = page.evaluate("(id) => models.get(id).saved.map(({ font_size }) => font_size)", the_lecture().model_id)
    assert saved == [22, None]
