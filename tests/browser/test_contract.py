"""The contract of all views on the page, over the table of examples: a new view is held to it once it is in there."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

import headstream as hs
from headstream.views.shared.selection import FIELDS
from tests.browser.conftest import OpenPage
from tests.browser.page import state_of
from tests.browser.pointer import DRAWN, PLACE, drawn, point
from tests.browser.settle import SETTLED, settled
from tests.views.arrays import HOSTILE
from tests.views.examples import EXAMPLES, LONG, SHORT, WIDE

BOMB = base64.b64encode(zlib.compress(bytes(2**22), wbits=-15)).decode()
every_view = pytest.mark.parametrize("name", EXAMPLES)


def made(name: str, tokens: Sequence[str] = SHORT, **settings: Any) -> Any:
    return EXAMPLES[name].make(name, tokens, **settings)


def selection_of(page: Page, view: Any) -> dict[str, int | None]:
    fields = "([id, names]) => Object.fromEntries(names.map((name) => [name, models.get(id).get(name)]))"
    return page.evaluate(fields, [view.selection.model_id, list(FIELDS)])


# Each call of the page takes as long as several of what it does: what is asked hundreds of times is asked in one.
READOUTS = f"""async () => {{
  await ({SETTLED})(20_000);
  return ({DRAWN})(".hs-readout").map((item) => item.innerText);
}}"""


def readouts(page: Page) -> list[str]:
    return page.evaluate(READOUTS)


def pointed(page: Page, name: str) -> Iterator[str]:
    """Points at items of every kind that there is, one after the other: the first, some in the middle, the last. The
    page may not have settled then.
    """
    for selector in EXAMPLES[name].point:
        count = drawn(page, selector)
        assert count, f"{name} has no {selector}"
        for index in sorted({0, count // 3, count // 2, count - 1}):
            point(page, selector, index)
            yield f"{selector} {index}"


# Where all has settled, and where to point next: at the item of that number of a selector, if there is one.
LOOK = f"""async (next) => {{
  await ({SETTLED})(20_000);
  const parts = [".headstream", ".hs-figure > *", ".hs-picture > *", ".hs-picture > * > *", ".hs-controls > *"];
  const all = document.querySelectorAll(parts.join());
  const drawn = [...all].filter((node) => node.getClientRects().length);
  const places = [document.documentElement.scrollHeight, ...drawn.map((node) => {{
    const {{ x, y, width, height }} = node.getBoundingClientRect();
    let scrolled = 0;
    for (let box = node; (box = box.parentElement?.closest(".hs-picture")); ) scrolled += box.scrollTop;
    return [node.classList[0], x + scrollX, y + scrollY + scrolled, width, height].join(" ");
  }})];
  const item = next && ({DRAWN})(next[0]).at(next[1]);
  return [places, item ? ({PLACE})(item) : null];
}}"""


@every_view
def test_nothing_overflows_and_hover_moves_nothing(open_page: OpenPage, name: str) -> None:
    views = [made(name, WIDE, title="t" * 120), made(name, LONG), made(name, SHORT[:1])]
    page = open_page(views)
    for width, font_size in ((360, 22), (700, 22), (1000, 13), (1600, 22)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(
            "(size) => models.forEach((model) => model.get('font_size') && model.set('font_size', size))", font_size
        )
        # The widest tokens are said at greatest length; what is short wraps only where there is little room.
        items = [
            (f"#view-{view.model_id} {selector}", index)
            for view in (views[:2] if width <= 700 else views[:1])
            for selector in EXAMPLES[name].point
            for index in (0, -1)
        ]
        before, place = page.evaluate(LOOK, items[0])
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
        for item, following in pairwise([*items, None]):
            if place:  # tokens as wide as these may leave no text to choose from
                page.mouse.move(*place)
            places, place = page.evaluate(LOOK, following)
            assert places == before, (width, item)


@every_view
def test_text_is_never_markup(open_page: OpenPage, name: str) -> None:
    page = open_page([made(name, HOSTILE, title="<b>not bold</b>\u202e<img src=x onerror=window.hacked=1>")])
    markup = page.locator(".headstream :is(img, script, .hs-title b)").count()
    for _ in pointed(page, name):
        settled(page)
    assert page.evaluate("window.hacked") is None
    assert (markup, page.locator(".headstream :is(img, script, .hs-title b)").count()) == (0, 0)
    text = page.locator("body").inner_text()
    assert "<b>not bold</b>" in text
    assert "<img src=x onerror" in text
    assert not any(sign in text for sign in "\u202e\u200d\x07")


@every_view
def test_it_is_worked_by_the_keyboard_alone(open_page: OpenPage, name: str) -> None:
    view = made(name)
    page = open_page([view])
    pinned, stops, choice = set(), [], EXAMPLES[name].choice
    for _ in range(30):
        page.keyboard.press("Tab")
        stop = page.evaluate("document.activeElement?.closest('.headstream') && document.activeElement.outerHTML")
        if stop is None or stop in stops:
            break
        stops.append(stop)
        if "data-key" not in stop or 'type="range"' in stop or "<summary" in stop:
            continue
        for key in ("ArrowRight", "ArrowDown", "Enter"):
            page.keyboard.press(key)
        settled(page)
        pinned |= {field for field, value in selection_of(page, view).items() if value is not None}
        if choice and page.locator(choice).count():
            pinned.add(choice)
        if pinned:
            break
    assert pinned
    page.keyboard.press("Escape")
    assert set(selection_of(settled(page), view).values()) == {None}


@every_view
def test_hover_sends_nothing_to_python_and_pins_nothing(open_page: OpenPage, name: str) -> None:
    view = made(name)
    page = open_page([view])
    said = readouts(page)
    moved = [readouts(page) != said for _ in pointed(page, name)]
    assert any(moved) != EXAMPLES[name].quiet
    assert page.evaluate("[...models.values()].flatMap((model) => model.saved)") == []
    assert set(selection_of(page, view).values()) == {None}
    page.mouse.move(0, 0)
    assert readouts(page) == said


@every_view
def test_a_selection_out_of_range_is_ignored_and_kept(open_page: OpenPage, name: str) -> None:
    view = made(name)
    page = open_page([view])
    said = readouts(page)
    far = "([id, names]) => { for (const name of names) models.get(id).set(name, 1_000_000); }"
    page.evaluate(far, [view.selection.model_id, list(FIELDS)])
    assert readouts(page) == said
    assert set(selection_of(page, view).values()) == {1_000_000}


@every_view
def test_the_theme_is_painted_on_what_stands(open_page: OpenPage, name: str) -> None:
    page = open_page([made(name)])
    page.evaluate("document.querySelectorAll('.hs-picture > *').forEach((node) => { node.stands = true })")
    light = page.locator(".headstream").last.screenshot()
    page.evaluate("document.body.style.background = '#111417'")
    page.wait_for_function("[...document.querySelectorAll('.headstream')].every((v) => v.dataset.theme === 'dark')")
    assert settled(page).evaluate("[...document.querySelectorAll('.hs-picture > *')].every((node) => node.stands)")
    assert page.locator(".headstream").last.screenshot() != light
    # As marimo has it: in a shadow tree, with a colour of another kind.
    page.evaluate("document.body.style.background = 'color(srgb 1 1 1)'")
    page.wait_for_function("[...document.querySelectorAll('.headstream')].every((v) => v.dataset.theme === 'light')")


@every_view
def test_svg_and_png_are_saved(open_page: OpenPage, name: str) -> None:
    # Characters that HTML shows and XML forbids, in every text that the picture has.
    tokens = [*SHORT[:4], "\uffff\x07", "\u202e<b>"]
    page = open_page([made(name, tokens, title="bad\x07\x00\uffff\u202e title")])
    for kind in ("SVG", "PNG"):
        page.locator("summary:visible").click()
        with page.expect_download() as download:
            page.locator(".hs-menu-list:visible").get_by_role("button", name=f"Save the picture as {kind}").click()
        content = download.value.path().read_bytes()
        if kind == "SVG":
            texts = "".join(ElementTree.fromstring(content.decode()).itertext())
            assert "beginning" in texts
            assert "title" in texts
            assert "foreignObject" not in content.decode()
        else:
            assert content.startswith(b"\x89PNG")
            assert len(content) > 5000


@every_view
def test_focus_survives_a_repaint(open_page: OpenPage, name: str) -> None:
    view = made(name)
    page = open_page([view])
    page.locator(EXAMPLES[name].stop).first.focus()
    key = page.evaluate("document.activeElement.dataset.key")
    if isinstance(view, hs.Board):
        view.views[1].show(*EXAMPLES[type(view.views[1]).__name__].data(SHORT, 1))
    else:
        view.show(*EXAMPLES[name].data(SHORT, 1))
    update = "([id, state]) => { for (const [name, v] of Object.entries(revive(state))) models.get(id).set(name, v); }"
    for one in (view, *getattr(view, "views", ())):
        page.evaluate(update, [one.model_id, state_of(one)])
    settled(page)
    assert page.evaluate("document.activeElement.dataset.key") == key
    page.evaluate("(id) => models.get(id).set('font_size', 20)", view.model_id)
    settled(page)
    assert page.evaluate("document.activeElement.dataset.key") == key


# What the page says while each change is made to a trait, and once the whole stands there again.
DAMAGE = f"""async ([id, trait, changes]) => {{
  const settled = {SETTLED};
  const said = async (value) => {{
    models.get(id).set(trait, value);
    await settled(20_000);
    return [...document.querySelectorAll("[role=alert]")].map((alert) => alert.innerText);
  }};
  const whole = models.get(id).get(trait), all = [];
  for (const change of changes) all.push([await said({{ ...whole, ...revive(change) }}), await said(whole)]);
  return all;
}}"""


@every_view
def test_what_is_damaged_is_said_in_its_place(open_page: OpenPage, name: str) -> None:
    view = made(name)
    page = open_page([view])
    state = view.get_state().items()
    # Python alone reads `token_ids`.
    arrays = [name for name, value in state if isinstance(value, dict) and "dtype" in value and name != "token_ids"]
    damages = (
        {"shape": [10**9]},
        {"shape": [10**9, 10**9]},
        {"dtype": "int8"},
        {"data": None},
        {"data": {"base64": "AAAA"}},
        *({"data": {"base64": sent}, "deflated": True} for sent in ("AAAA", BOMB)),
    )
    traits = view._drawn(*EXAMPLES[name].data(SHORT, 0))
    for trait in (trait for trait in traits if isinstance(getattr(view, trait), str)):
        change = "([id, name]) => { window.whole = models.get(id).get(name); models.get(id).set(name, 5); }"
        page.evaluate(change, [view.model_id, trait])
        said = settled(page).locator("[role=alert]").inner_text()
        assert f"damaged: {trait}: expected " in said
        page.evaluate("([id, name]) => models.get(id).set(name, window.whole)", [view.model_id, trait])
        assert settled(page).locator("[role=alert]").count() == 0
    for trait in arrays:
        # All are decoded in one place: that each is, the first of the damages tells.
        changes = damages if trait == arrays[0] else damages[:1]
        said = page.evaluate(DAMAGE, [view.model_id, trait, changes])
        for change, (damaged, whole) in zip(changes, said, strict=True):
            (told,) = damaged
            assert told.startswith(f"This view cannot be drawn, for what was saved of it is damaged: {trait}: "), change
            assert whole == []


@every_view
def test_a_missing_selection_leaves_a_view_that_works(open_page: OpenPage, name: str) -> None:
    view = made(name)
    page = open_page([view])
    page.evaluate("(id) => models.get(id).set('selection', 'anywidget:gone')", view.model_id)
    assert settled(page).locator(".hs-picture > *").count() > 0
    assert set(selection_of(page, view).values()) == {None}


@every_view
def test_nothing_is_left_of_a_closed_view(open_page: OpenPage, name: str) -> None:
    page = open_page([made(name)])
    page.evaluate("closing.abort()")
    assert page.locator(".headstream").count() == 0
    assert page.evaluate("[...models.values()].reduce((sum, model) => sum + model.listening(), 0)") == 0
