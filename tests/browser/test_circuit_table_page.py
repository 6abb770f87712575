"""The circuit table as it is drawn: numbers read from the page equal numpy's, with a kernel and without."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.circuits import circuit

WORDS = tuple(f" word{token}" for token in range(200))


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def token_id(text: str) -> int:
    return int(text.replace("·word", ""))


def readout(page: Page) -> str:
    return settled(page).locator(".hs-readout").inner_text()


def lists(page: Page) -> dict[str, list[tuple[int, float]]]:
    rows = page.evaluate(
        """[...document.querySelectorAll(".hs-circuit-list")].map((list) => [list.dataset.end,
             [...list.querySelectorAll("li")].map((item) => [item.dataset.token, item.lastChild.innerText])])"""
    )
    return {end: [(int(token), number(value)) for token, value in some] for end, some in rows}


@pytest.mark.parametrize("ranked", ["on text", "by weights"])
def test_the_table_is_numpys(open_page: OpenPage, ranked: Any) -> None:
    drawn = circuit(WORDS)
    page = open_page([hs.CircuitTable(drawn, ranked=ranked)])
    entries = drawn.on_text if ranked == "on text" else drawn.by_weights
    assert entries is not None
    rows = page.evaluate("[...document.querySelectorAll('.hs-row')].map((r) => [...r.cells].map((c) => c.innerText))")
    assert [token_id(row[0]) for row in rows] == entries.row.tolist()
    assert [token_id(row[1]) for row in rows] == entries.column.tolist()
    np.testing.assert_allclose([number(row[2]) for row in rows], entries.value, atol=0.0051)
    np.testing.assert_allclose([number(row[3]) for row in rows], entries.score, atol=0.0051)
    page.locator(".hs-row").first.hover()
    row, column, value = int(entries.row[0]), int(entries.column[0]), float(entries.value[0])
    rank = 1 + int((np.sign(value) * drawn.row(row) > abs(value)).sum())
    low = ", from the lowest" if value < 0 else ""
    verb = "lowers" if value < 0 else "raises"
    assert readout(page) == (
        f"Attending to ‘ word{row}’ {verb} ‘ word{column}’ by {abs(value):.2f} (rank {rank} of its row{low})."
    )


def test_the_switch_is_a_trait_and_a_row_pins_its_column(open_page: OpenPage) -> None:
    drawn = circuit(WORDS)
    view = hs.CircuitTable(drawn)
    page = open_page([view])
    page.get_by_role("button", name="by weights").click()
    settled(page)
    assert page.evaluate("(id) => models.get(id).saved.at(-1).ranked", view.model_id) == "by weights"
    page.locator(".hs-row").first.click()
    settled(page)
    pinned = page.evaluate("(id) => models.get(id).get('token')", view.selection.model_id)
    assert pinned == drawn.by_weights.column[0]


def test_without_a_kernel_the_entries_held_answer_and_it_is_said(open_page: OpenPage) -> None:
    drawn = circuit(WORDS, text=False)
    page = open_page([hs.CircuitTable(drawn)])
    row = int(drawn.by_weights.row[0])
    page.locator(".hs-circuit-ask input").fill(f"word{row}")
    assert (
        "No kernel answers: only the tokens of the entries held are searched"
        in page.locator(".hs-circuit-token .hs-circuit-told").inner_text()
    )
    page.keyboard.press("Enter")
    settled(page)
    assert "no kernel answers" in page.locator(".hs-circuit-token .hs-circuit-told").inner_text()
    held = drawn.by_weights.row == row
    expected = sorted(drawn.by_weights.value[held], reverse=True)[:10]
    np.testing.assert_allclose([value for _, value in lists(page)["row"]], expected, atol=0.0051)
    page.locator(".hs-circuit-canvas").click()
    assert "no kernel answers" in page.locator(".hs-circuit-under").inner_text()


def test_a_token_that_is_searched_for_shows_numpys_row_and_column(with_kernel: Any) -> None:
    drawn = circuit(WORDS)
    page = with_kernel(hs.CircuitTable(drawn))
    page.locator(".hs-circuit-ask input").fill("WORD17")
    page.wait_for_function("document.querySelectorAll('.hs-circuit-found button').length === 8")
    assert page.locator(".hs-circuit-found button").first.inner_text() == "·word17"
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.hs-circuit-list li').length === 20")
    for end, values in (("row", drawn.row(17)), ("column", drawn.column(17))):
        order = np.argsort(-values)
        expected = [*order[:5], *order[-5:]]
        assert [token for token, _ in lists(page)[end]] == expected
        np.testing.assert_allclose([value for _, value in lists(page)[end]], values[expected], atol=0.0051)


def test_a_block_is_looked_into_down_to_single_tokens_and_left_again(with_kernel: Any) -> None:
    drawn = circuit(WORDS)
    page = with_kernel(hs.CircuitTable(drawn))
    canvas = page.locator(".hs-circuit-canvas")
    canvas.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    peak = max(drawn.part(slice(50, 100), slice(100, 150)).flat, key=abs)
    assert "Token ids 50 to 99 (attended to) by 100 to 149 (written)" in readout(page)
    assert abs(number(readout(page).split("largest entry is ")[1].split(". A")[0]) - peak) < 0.0051
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.hs-circuit-canvas').width === 50")
    page.keyboard.press("ArrowDown")
    value = drawn.row(51)[100]
    verb = "lowers" if value < 0 else "raises"
    said = readout(page)
    assert said.startswith(f"Attending to ‘ word51’ {verb} ‘ word100’ by ")
    assert abs(float(said.split(" by ")[1].rstrip(".")) - abs(value)) < 0.0051
    page.keyboard.press("Escape")
    assert settled(page).locator(".hs-circuit-under").inner_text().endswith("all 200 tokens")


def test_an_error_in_python_is_a_sentence_in_the_view(with_kernel: Any) -> None:
    view = hs.CircuitTable(circuit(WORDS))
    page = with_kernel(view)
    view._answer = lambda question: (_ for _ in ()).throw(ValueError("token: it is <b>gone</b>"))
    page.locator(".hs-row").first.click()
    page.wait_for_function("document.querySelector('.hs-circuit-told').innerText === 'token: it is <b>gone</b>'")


def test_scores_by_distance_are_a_line_of_their_own(open_page: OpenPage) -> None:
    drawn = circuit(WORDS, "qk")
    page = open_page([hs.CircuitTable(drawn)])
    label = page.locator(".hs-circuit-distance svg").get_attribute("aria-label")
    assert drawn.by_distance is not None
    values = [number(part.split(": ")[1]) for part in label.split("distance: ")[1].split(", ")]
    np.testing.assert_allclose(values, drawn.by_distance, atol=0.0051)
    assert page.locator(".hs-table th").all_inner_texts()[:2] == ["query", "key"]


def test_layer_and_head_of_other_views_change_nothing(open_page: OpenPage) -> None:
    view = hs.CircuitTable(circuit(WORDS))
    page = open_page([view])
    said = readout(page)
    page.evaluate("(id) => { models.get(id).set('layer', 0); models.get(id).set('head', 1); }", view.selection.model_id)
    assert readout(page) == said
    assert "head 1.2" in page.locator(".hs-title").inner_text()
