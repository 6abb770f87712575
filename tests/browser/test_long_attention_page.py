"""The attention of a long text as it is drawn: what is in blocks and what is not, with a kernel and without."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.page import reply_of, state_of
from tests.browser.settle import settled
from tests.views.arrays import attention_pattern

LENGTH, POOL = 120, 10
ANSWER = """async (name, id, content) => {
  const { state, ...told } = await window[name](content);
  for (const [trait, value] of Object.entries(state)) models.get(id).set(trait, revive(value));
  return told;
}"""


@pytest.fixture(autouse=True)
def short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of 120 tokens are as long as ones of 5,000."""
    monkeypatch.setattr("headstream.views.attention_heatmap.ALL", 10_000)
    monkeypatch.setattr("headstream.views.attention_heatmap.long.SIDE", LENGTH // POOL)


@pytest.fixture(scope="module")
def pattern() -> np.ndarray:
    return attention_pattern(2, 3, LENGTH)


def opened(open_page: OpenPage, view: hs.AttentionHeatmap, *, kernel: bool) -> Page:
    page = open_page([view])

    def answer(content: Any) -> Any:
        reply = reply_of(view, content)
        return {
            "state": {name: value for name, value in state_of(view).items() if name in ("pattern", "part")},
            **reply,
        }

    if kernel:
        name = f"kernel_{view.model_id}"
        page.expose_function(name, answer)
        page.evaluate(f"([name, id]) => {{ window.kernel = ({ANSWER}).bind(null, name, id); }}", [name, view.model_id])
    return page


def note(page: Page) -> str:
    return settled(page).locator(".hs-attention-note").inner_text()


def said_of(page: Page, query: float, key: float, span: int = LENGTH) -> str:
    box = page.locator(".hs-head canvas").bounding_box()
    cell = box["width"] / span
    page.mouse.move(box["x"] + (key + 0.5) * cell, box["y"] + (query + 0.5) * cell)
    return settled(page).locator(".hs-readout").inner_text()


def assert_exact(said: str, expected: float) -> None:
    number = re.search(r"attends (<?>?[\d.]+) to", said).group(1)
    if number[0] in "<>":
        assert expected < 0.0075 or expected > 0.9925
    else:
        assert abs(float(number) - expected) <= 0.009


CELLS = [(30, 11), (119, 0), (80, 80), (64, 63)]


def test_without_a_kernel_the_head_seen_last_is_exact_and_the_rest_is_said_to_be_pooled(
    open_page: OpenPage, pattern: np.ndarray
) -> None:
    page = opened(open_page, hs.AttentionHeatmap(pattern, head=2), kernel=False)
    assert note(page) == (
        "120 tokens: heads are drawn as the largest of 10 × 10 weights; this one is drawn weight by weight."
    )
    for query, key in CELLS:
        assert_exact(said_of(page, query, key), pattern[0, 2, query, key])
    page.locator(".hs-thumb").nth(4).click()
    assert note(page).endswith(
        "this one too, for no kernel answers. Layer 0, head 2 was seen last and is known weight by weight."
    )
    said = said_of(page, 64, 23)
    largest = pattern[1, 1, 60:70, 20:30].max()
    assert said.endswith("the largest of 10 × 10 is shown.")
    assert abs(float(re.search(r"attends up to ([\d.]+)", said).group(1)) - largest) <= 0.009
    page.locator(".hs-token").nth(64).hover()
    assert re.search(
        r"attends to one of positions \d*0 to \d*9 up to [\d.]+", settled(page).locator(".hs-readout").inner_text()
    )
    page.locator(".hs-thumb").nth(2).click()
    assert note(page).endswith("this one is drawn weight by weight.")


def test_a_pin_on_another_head_fetches_its_weights(open_page: OpenPage, pattern: np.ndarray) -> None:
    view = hs.AttentionHeatmap(pattern)
    page = opened(open_page, view, kernel=True)
    page.locator(".hs-thumb").nth(5).hover()
    settled(page)
    assert view.part == [0, 0, 0, 0, LENGTH]  # hover asks nothing
    page.locator(".hs-thumb").nth(5).click()
    page.wait_for_function("document.querySelector('.hs-attention-note').innerText.endsWith('weight by weight.')")
    assert view.part == [1, 2, 0, 0, LENGTH]
    for query, key in CELLS:
        assert_exact(said_of(page, query, key), pattern[1, 2, query, key])


def test_a_zoom_into_a_longer_text_fetches_the_part_around(
    open_page: OpenPage, pattern: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headstream.views.attention_heatmap.long.ONE", 80 * 81 // 2)
    view = hs.AttentionHeatmap(pattern)
    page = opened(open_page, view, kernel=True)
    assert note(page).endswith("Zoomed in to 80 tokens, one is drawn weight by weight.")
    assert view.part == []
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("document.querySelector('.hs-attention-note').innerText.endsWith('weight by weight.')")
    layer, head, query, key, span = view.part
    assert (layer, head, span) == (0, 0, 80)
    for place in [(30, 11), (74, 2), (40, 40), (74, 74)]:
        said = said_of(page, *place, span=75)
        row, column = (int(token) for token in re.findall(r"‘(\d+)’", said))
        assert query <= row < query + span
        assert key <= column < key + span
        assert_exact(said, pattern[0, 0, row, column])
    page.get_by_role("button", name="Show the whole pattern").click()
    assert note(page).endswith("Zoomed in to 80 tokens, one is drawn weight by weight.")
    assert "up to" in said_of(page, 119, 2)


def test_a_part_that_is_none_of_a_head_is_said(open_page: OpenPage, pattern: np.ndarray) -> None:
    view = hs.AttentionHeatmap(pattern)
    page = opened(open_page, view, kernel=False)
    for change, message in [
        ({"part": [9, 0, 0, 0, LENGTH]}, "part: expected one of a head, got [9,0,0,0,120]"),
        ({"part": [0, 0, 0, 0, 60]}, "pattern: expected shape [1,1,1830], got [1,1,7260]"),
        ({"pool": 7}, "pooled: expected shape [1,2,3,171], got [1,2,3,78]"),
    ]:
        (name, value), whole = next(iter(change.items())), getattr(view, next(iter(change)))
        page.evaluate("([id, name, value]) => models.get(id).set(name, value)", [view.model_id, name, value])
        assert message in settled(page).locator("[role=alert]").inner_text()
        page.evaluate("([id, name, value]) => models.get(id).set(name, value)", [view.model_id, name, whole])
        assert settled(page).locator("[role=alert]").count() == 0


def test_a_text_that_is_scrolled_is_painted_where_it_is_seen(open_page: OpenPage) -> None:
    length = 400
    tokens = [f" word{i}" for i in range(length)]
    page = open_page([hs.AttentionHeatmap(attention_pattern(1, 2, length), tokens, position=length - 1)], width=400)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    painted = """[...document.querySelectorAll('.hs-token')].flatMap((span, index) => {
        const strip = span.closest('.hs-strip').getBoundingClientRect(), box = span.getBoundingClientRect();
        const seen = box.top > strip.top && box.bottom < strip.bottom;
        return seen ? [[index, span.style.backgroundColor !== '']] : []; })"""
    seen = []
    for place in (0, 10**6):
        page.evaluate("(place) => { document.querySelector('.hs-strip').scrollTop = place }", place)
        page.wait_for_function(f"{painted}.every(([, isPainted]) => isPainted)", timeout=5000)
        seen.append({index for index, _ in settled(page).evaluate(painted)})
    assert 0 in seen[0]
    assert length - 1 in seen[1]
    assert not seen[0] & seen[1]
