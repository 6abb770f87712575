"""A prediction on a page with no kernel: chosen or typed, then right or wrong, with its reasons."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.page import state_of
from tests.browser.settle import settled
from tests.views.examples import WIDE

OPTIONS = ["attn-only-0l", "attn-only-1l", "attn-only-2l"]
REASONS = ["It sees one token.", "It looks back once.", "Two layers can copy."]


def asked(truth: Any = None, why: Any = "", *, options: Any = OPTIONS, answer: Any = None) -> hs.Prediction:
    guess = hs.Prediction("Which is the first?", options, answer=answer)
    if truth is not None:
        guess.reveal(truth, why)
    return guess


def saved(page: Page, guess: hs.Prediction) -> list[Any]:
    """What Python heard of the answer, in order."""
    return page.evaluate("(id) => models.get(id).saved.map(({ answer }) => answer)", guess.model_id)


def said(page: Page) -> str:
    return settled(page).locator(".hs-readout").first.inner_text()


def marks(page: Page, place: int = 0) -> list[str]:
    root = settled(page).locator(".headstream").nth(place)
    return [text.replace("\n", " ") for text in root.locator(".hs-option .hs-verdict").all_inner_texts()]


def test_a_click_chooses_and_another_one_changes_it(open_page: OpenPage) -> None:
    guess = asked()
    page = settled(open_page([guess]))
    page.get_by_role("radio", name="attn-only-1l").click()
    assert (marks(page), said(page)[:17]) == (["", "your answer", ""], "Your answer is b.")
    page.get_by_role("radio", name="attn-only-2l").click()
    assert marks(page) == ["", "", "your answer"]
    assert saved(page, guess) == OPTIONS[1:]
    assert page.get_by_role("radio", checked=True).count() == 1


def test_choosing_moves_nothing_that_stands(open_page: OpenPage) -> None:
    page = settled(open_page([asked()]))
    boxes = """() => [...document.querySelectorAll(".hs-question, .hs-option")].map((node) => {
      return JSON.stringify(node.getBoundingClientRect());
    })"""
    before = page.evaluate(boxes)
    page.get_by_role("radio").nth(1).click()
    assert settled(page).evaluate(boxes) == before


def test_the_keyboard_chooses_and_keeps_its_place(open_page: OpenPage) -> None:
    guess = asked("c", REASONS)
    page = settled(open_page([guess]))
    for key in ("Tab", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert marks(page) == ["", "✗ your answer", "✓ right"]
    assert page.evaluate("document.activeElement.dataset.key") == "option-1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.key") == "more"
    page.keyboard.press("Enter")
    assert settled(page).locator(".hs-reason:visible").all_inner_texts() == REASONS
    assert page.evaluate("document.activeElement.dataset.key") == "more"


def test_escape_takes_a_choice_back_until_the_answer_is_shown(open_page: OpenPage) -> None:
    guess = asked()
    page = settled(open_page([guess]))
    page.get_by_role("radio").first.click()
    page.keyboard.press("Escape")
    assert marks(page) == ["", "", ""]
    assert saved(page, guess)[-1] is None


def test_with_no_kernel_the_reader_chooses_and_then_sees_the_answer_and_the_reasons(open_page: OpenPage) -> None:
    page = settled(open_page([asked("c", REASONS)]))
    text = page.locator("body").inner_text()
    assert not any(sign in text for sign in ("✓", *REASONS))
    page.get_by_role("radio").first.click()
    assert (marks(page), said(page)) == (["✗ your answer", "", "✓ right"], "Not so: the answer is c.")
    assert page.locator(".hs-reason:visible").all_inner_texts() == [REASONS[0], REASONS[2]]
    page.get_by_role("button", name="Why not the others?").click()
    assert settled(page).locator(".hs-reason:visible").all_inner_texts() == REASONS
    page.get_by_role("radio").nth(2).click(force=True)
    assert marks(page) == ["✗ your answer", "", "✓ right"]


def test_or_asks_for_the_answer(open_page: OpenPage) -> None:
    page = settled(open_page([asked("c", "It copies.")]))
    page.get_by_role("button", name="Show the answer").click()
    assert (marks(page), said(page)) == (
        ["", "", "✓ right"],
        "The answer is c. You made no prediction.\nIt copies.",
    )
    assert page.evaluate("document.activeElement.dataset.key") == "option-0"


def test_a_reveal_marks_every_place_where_the_question_is_drawn(open_page: OpenPage) -> None:
    guess = asked(answer="a")
    page = settled(open_page([guess]))
    page.evaluate(
        "async (id) => { const el = document.body.appendChild(document.createElement('div'));"
        " await draw(models.get(id), el, closing.signal); }",
        guess.model_id,
    )
    assert [marks(page, place) for place in (0, 1)] == [["your answer", "", ""]] * 2
    guess.reveal("b", REASONS)
    update = "([id, state]) => { for (const [name, v] of Object.entries(revive(state))) models.get(id).set(name, v); }"
    page.evaluate(update, [guess.model_id, state_of(guess)])
    assert [marks(page, place) for place in (0, 1)] == [["✗ your answer", "✓ right", ""]] * 2
    assert page.locator(".hs-reason:visible").all_inner_texts() == REASONS[:2] * 2


def test_an_answer_is_typed_and_stands_beside_the_right_one(open_page: OpenPage) -> None:
    guess = asked("ot", "It finishes the name.", options=())
    page = settled(open_page([guess]))
    page.keyboard.press("Tab")
    page.keyboard.type("otter")
    assert saved(page, guess) == []
    page.keyboard.press("Enter")
    assert said(page) == "Not so: the answer is ‘ot’.\nIt finishes the name."
    assert page.locator(".hs-verdict:visible").all_inner_texts() == ["✗ your answer", "the answer"]
    assert saved(page, guess) == ["otter"]
    page.keyboard.type("s")
    assert page.get_by_role("textbox").input_value() == "otter"


def test_where_it_was_typed_the_focus_goes_to_the_answer_that_was_asked_for(open_page: OpenPage) -> None:
    page = settled(open_page([asked(9.01, options=())]))
    page.get_by_role("button", name="Show the answer").click()
    assert said(page) == "The answer is 9.01. You made no prediction."
    assert page.evaluate("document.activeElement.textContent") == "9.01"


@pytest.mark.parametrize("options", [WIDE, ()], ids=["options", "typed"])
def test_nothing_overflows_once_it_is_revealed(open_page: OpenPage, options: Any) -> None:
    question = f"Which? {' '.join(WIDE)}"
    one, each = (hs.Prediction(question, options, answer=WIDE[1], title="t" * 120) for _ in range(2))
    one.reveal(WIDE[3], WIDE[4])
    each.reveal(WIDE[3], [*WIDE] if options else "w" * 200)
    page = open_page([one, each])
    for width, size in ((360, 22), (700, 22), (1000, 13), (1600, 22)):
        page.set_viewport_size({"width": width, "height": 900})
        for guess in (one, each):
            page.evaluate("([id, size]) => models.get(id).set('font_size', size)", [guess.model_id, size])
        assert settled(page).evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width


@pytest.mark.parametrize(
    ("trait", "value", "message"),
    [
        ("options", 5, "options: expected a list of texts, got 5"),
        ("answer", "none of them", "answer: expected one of the options"),
        ("truth", "none of them", "truth: expected one of the options"),
        ("why", ["one", "two"], "why: expected one an option"),
        ("asked", "yes", "asked: expected true or false, got"),
    ],
)
def test_what_is_damaged_is_said(open_page: OpenPage, trait: str, value: Any, message: str) -> None:
    guess = asked()
    page = settled(open_page([guess]))
    page.evaluate("([id, name, value]) => models.get(id).set(name, value)", [guess.model_id, trait, value])
    assert message in settled(page).get_by_role("alert").inner_text()
