"""The model ladder as it is drawn: numbers read from the page equal numpy's."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.pointer import hover
from tests.browser.settle import settled
from tests.views.arrays import attention_pattern
from tests.views.ladders import HOSTILE, first_models, hostile_ladder, random_ladder


def readout(page: Page, index: int = 0) -> str:
    return settled(page).locator(".hs-readout").nth(index).inner_text()


def firsts(page: Page) -> list[str]:
    return settled(page).evaluate("[...document.querySelectorAll('.hs-token')].map((span) => span.dataset.first)")


def table(page: Page) -> list[list[str]]:
    """Name, tokens, share and loss of every row."""
    return page.evaluate(
        """[...document.querySelectorAll('.hs-rung-row[data-model]')].map(
             (row) => [row.dataset.model, ...[...row.querySelectorAll('.hs-number')].map((cell) => cell.innerText)])"""
    )


def trait(page: Page, view: hs.ModelLadder, name: str) -> Any:
    return page.evaluate("([id, name]) => models.get(id).get(name)", [view.model_id, name])


def assert_probability(text: str, p: float) -> None:
    if text == "<.01":
        assert 0 < p < 0.005
    elif text == ">.99":
        assert 0.995 <= p < 1
    else:
        assert abs(float(text) - p) <= 0.005 + 1e-6


@pytest.mark.parametrize("threshold", [0.0, 0.2, 0.5, 1.0])
def test_marks_counts_and_losses_are_numpys(open_page: OpenPage, threshold: float) -> None:
    ladder = random_ladder()
    page = open_page([hs.ModelLadder(ladder, threshold=threshold)])
    expected = first_models(ladder, threshold)
    assert firsts(page) == expected
    rungs = page.locator(".hs-rung").all_inner_texts()
    assert rungs == [str(ladder.models.index(name) + 1) if name else "" for name in expected]
    counts = [expected[1:].count(name) for name in (*ladder.models, "")]
    assert [int(row[1]) for row in table(page)] == counts
    for row, count in zip(table(page), counts, strict=True):
        assert abs(float(row[2].removesuffix(" %")) - 100 * count / 39) <= 0.05 + 1e-9
    for row, loss in zip(table(page), ladder.loss, strict=False):
        assert abs(float(row[3]) - loss) <= 0.005 + 1e-5


def test_every_models_guesses_are_numpys(open_page: OpenPage) -> None:
    ladder = random_ladder()
    page = open_page([hs.ModelLadder(ladder)])
    for position in (1, 7, 22, 39):
        page.locator(".hs-token").nth(position).hover()
        settled(page)
        for model, row in enumerate(page.locator(".hs-guess-row").all()):
            assert_probability(row.locator(".hs-p").inner_text(), ladder.next_prob[model, position])
            guesses = row.locator(".hs-guess")
            assert guesses.count() == 5
            for rank in range(5):
                token, p = guesses.nth(rank).locator("span:not([role])").all_inner_texts()
                label = ladder.vocabulary[int(ladder.guesses[model, position, rank])]
                assert token == label.replace(" ", "·").replace("\n", "↵")
                assert_probability(p, ladder.guess_prob[model, position, rank])
                marked = guesses.nth(rank).get_by_role("img", name="the token that comes").count()
                assert marked == (label == ladder.tokens[position])


def test_a_sentence_says_who_was_first(open_page: OpenPage) -> None:
    p = [[np.nan, 0.04, 0.3], [np.nan, 0.01, 0.2], [np.nan, 0.98, 0.1]]
    page = open_page([hs.ModelLadder(p, ["Cater", "p", " and"], models=["0l", "1l", "2l"])])
    page.locator(".hs-token").nth(1).hover()
    assert readout(page) == "‘p’ after ‘Cater’: first predicted by 2l (.98); 1l gave it .01."
    page.locator(".hs-token").nth(2).hover()
    assert readout(page) == "‘ and’ after ‘p’: no model gives it more than .50; 0l comes nearest (.30)."
    page.locator(".hs-token").nth(0).hover()
    assert readout(page) == "‘Cater’ stands first: no model predicts it."


def test_the_threshold_is_dragged_and_the_text_follows(open_page: OpenPage) -> None:
    ladder = random_ladder()
    view = hs.ModelLadder(ladder)
    page = open_page([view])
    slider = page.get_by_role("slider")
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    settled(page)
    dragged = trait(page, view, "threshold")
    assert 0.7 < dragged < 0.9
    assert firsts(page) == first_models(ladder, dragged)
    assert page.evaluate("(id) => models.get(id).saved", view.model_id) == []
    page.mouse.up()
    assert page.evaluate("(id) => models.get(id).saved.at(-1).threshold", view.model_id) == dragged
    # The thumb stands over the lines that the bars have to pass.
    middle = box["x"] + box["width"] * 0.8
    line = page.locator(".hs-threshold").first.bounding_box()
    assert abs(line["x"] + line["width"] / 2 - middle) < 4


def test_one_models_tokens_alone(open_page: OpenPage) -> None:
    ladder = random_ladder()
    view = hs.ModelLadder(ladder, threshold=0.3)
    page = open_page([view])
    page.get_by_role("button", name="attn-only-2l").click()
    assert trait(page, view, "only") == "attn-only-2l"
    assert set(settled(page).locator(".hs-rung").all_inner_texts()) == {"", "3"}
    page.get_by_role("button", name="attn-only-2l").click()
    assert trait(page, view, "only") is None
    assert set(settled(page).locator(".hs-rung").all_inner_texts()) == {"", "1", "2", "3", "4"}


def test_keyboard_alone(open_page: OpenPage) -> None:
    view = hs.ModelLadder(random_ladder())
    page = open_page([view])
    pinned = lambda: page.evaluate("(id) => models.get(id).get('position')", view.selection.model_id)  # noqa: E731
    page.keyboard.press("Tab")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "Enter"):
        page.keyboard.press(key)
        settled(page)
    assert pinned() is not None
    # A position is where the stream is read: the token after it is the one that is predicted there.
    assert page.locator(".hs-pinned").get_attribute("data-position") == str(pinned() + 1)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # the threshold
    assert trait(page, view, "threshold") == 0.51
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first model's entry
    assert trait(page, view, "only") == "attn-only-0l"
    page.keyboard.press("Escape")
    assert pinned() is None


def test_linked_views_agree_on_where_the_stream_is_read(open_page: OpenPage) -> None:
    ladder = random_ladder(12)
    first = hs.ModelLadder(ladder)
    second = hs.AttentionHeatmap(attention_pattern(1, 2, 12), ladder.tokens)
    hs.link(first, second)
    page = open_page([first, second])
    page.locator(".hs-prose .hs-token").nth(3).hover()
    # The token at 3 is predicted where the one at 2 is read.
    current = page.locator(".hs-attention_heatmap .hs-token.hs-current")
    settled(page)
    assert current.get_attribute("data-position") == "2"
    page.locator(".hs-attention_heatmap .hs-token").nth(7).click()
    page.mouse.move(0, 0)
    settled(page)
    assert page.locator(".hs-prose .hs-pinned").get_attribute("data-position") == "8"
    page.locator(".hs-attention_heatmap .hs-token").last.click()
    page.mouse.move(0, 0)
    settled(page)
    assert page.locator(".hs-prose .hs-pinned").count() == 0  # nothing stands after the last token


@pytest.mark.parametrize("width", [1000, 360])
def test_tokens_are_text_that_neither_runs_nor_reorders(open_page: OpenPage, width: int) -> None:
    page = open_page([hs.ModelLadder(hostile_ladder(), title="<b>not bold</b>")], width=width)
    for position in range(len(HOSTILE)):
        said = hover(page.locator(".hs-mark").nth(position)).locator(".hs-readout").inner_text()
        assert not any(sign in said for sign in "\u202e\u2067\u200d\x07")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".headstream img, .headstream b, .headstream script").count() == 0
    text = page.locator(".hs-prose").inner_text()
    assert "😀" in text
    assert "<0xFF>" in text
    assert "<U+202E>" in text
    assert not any(sign in text for sign in "\u202e\u2067\u200d\x07")
    # Token after token, from left to right and from line to line.
    places = page.evaluate(
        """[...document.querySelectorAll('.hs-mark')].map((mark) => {
             const boxes = [...mark.getClientRects()];
             return [boxes[0].top, boxes[0].left, boxes.at(-1).top, boxes.at(-1).right]; })"""
    )
    for (_, _, bottom, right), (top, left, _, _) in pairwise(places):
        assert top > bottom + 5 or left > right - 5


def test_numbers_after_right_to_left_tokens_stay_in_place(open_page: OpenPage) -> None:
    # The heatmap's sentence lists tokens with numbers between them, which Hebrew would draw to its left.
    page = open_page([hs.AttentionHeatmap(attention_pattern(1, 1, 3), [" שלום", "של", "לום"])])
    page.locator(".hs-token").nth(2).hover()
    listed = re.search(r"attends to (.*?)\. Attended", readout(page)).group(1)
    assert listed.count("‘") == 3
    left = """(listed) => { const box = document.querySelector('.hs-readout'); const range = document.createRange();
        const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT); const signs = [];
        while (walker.nextNode()) signs.push(...[...walker.currentNode.data].map((_, at) => [walker.currentNode, at]));
        const start = box.textContent.indexOf(listed);
        return [...listed].map((sign, offset) => {
            const [text, at] = signs[start + offset]; range.setStart(text, at); range.setEnd(text, at + 1);
            return sign.match(/[‘’.,]/) ? range.getBoundingClientRect().left : null; }).filter((x) => x !== null); }"""
    places = page.evaluate(left, listed)
    assert places == sorted(places)
