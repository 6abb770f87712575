"""A check on a page with no kernel: its status in a word, its message, hints one by one, a solution."""

from __future__ import annotations

import pytest

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.examples import WIDE

HINTS = ("Count them.", "Return `x.sum()`.", "return (x > 0).sum()")
SOLUTION = "def solved(x):\n    return (x > 0).sum()"
MESSAGE = "Your function raised RuntimeError.\n  line 3: y = x @ x\nPrint each `.shape`."


def found(status: str = "not yet", message: str = MESSAGE, **settings: object) -> hs.Check:
    return hs.Check("count", status, message, HINTS, SOLUTION, **settings)


@pytest.mark.parametrize("status", ["passed", "not yet", "unanswered"])
def test_the_status_stands_in_a_word_and_a_sign(open_page: OpenPage, status: str) -> None:
    page = settled(open_page([found(status)]))
    sign = {"passed": "✓", "not yet": "✗", "unanswered": "…"}[status]
    assert page.locator(".hs-head-line > *").all_inner_texts()[:3] == [sign, status.capitalize(), "count"]


def test_code_in_a_message_is_set_as_code(open_page: OpenPage) -> None:
    page = settled(open_page([found()]))
    assert page.locator(".hs-message > *").all_inner_texts() == [
        "Your function raised RuntimeError.",
        "line 3: y = x @ x",
        "Print each .shape.",
    ]
    assert page.locator(".hs-message .hs-code").all_inner_texts() == ["line 3: y = x @ x", ".shape"]
    families = page.locator(".hs-message .hs-code").evaluate_all("(n) => n.map((x) => getComputedStyle(x).fontFamily)")
    assert all("mono" in family.lower() for family in families)


def test_hints_come_one_by_one_and_then_the_solution_by_keyboard_alone(open_page: OpenPage) -> None:
    page = settled(open_page([found()]))
    page.keyboard.press("Tab")
    for count in (1, 2, 3):
        assert page.evaluate("document.activeElement.textContent") == f"Hint {count} of 3"
        page.keyboard.press("Enter")
        assert settled(page).locator(".hs-hint:visible").count() == count
    assert page.locator(".hs-hint code").all_inner_texts() == ["x.sum()"]
    assert page.evaluate("document.activeElement.textContent") == "Show a solution"
    page.keyboard.press("Enter")
    assert settled(page).locator(".hs-solution:visible").inner_text() == SOLUTION
    assert page.evaluate("[...models.values()].flatMap((model) => model.saved)") == []


def test_the_solution_may_be_asked_for_at_once(open_page: OpenPage) -> None:
    page = settled(open_page([found("unanswered")]))
    page.get_by_role("button", name="Show a solution").click()
    assert settled(page).locator(".hs-solution").inner_text() == SOLUTION
    page.get_by_role("button", name="Hide the solution").click()
    assert settled(page).locator(".hs-solution:visible").count() == 0


def test_a_long_message_or_solution_scrolls_in_itself(open_page: OpenPage) -> None:
    text = "\n".join(["x" * 300, "  " + "y" * 300, *(f"Line {i}." for i in range(200))])
    source = "def f():\n" + f"    pass  # {'z' * 300}\n" * 50
    view = hs.Check("e" * 200, "not yet", text, WIDE, source, title="t" * 120)
    page = settled(open_page([view]))
    for _ in WIDE:
        page.locator("[data-key=hint]").click()
    page.locator("[data-key=show-solution]").click()
    for width, size in ((360, 22), (700, 22), (1000, 13), (1600, 22)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("([id, size]) => models.get(id).set('font_size', size)", [view.model_id, size])
        assert settled(page).evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
        for part in (".hs-message", ".hs-solution"):
            assert page.locator(part).bounding_box()["height"] <= 25 * size
