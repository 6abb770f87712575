"""The logit lens grid as it is drawn: numbers read from the page equal numpy's."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.logit_lens_grid import LogitLensGrid
from headstream.views.shared.view import link
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.arrays import attention_pattern
from tests.views.lenses import random_lens

TOKENS = ["<|endoftext|>", "I", " beg", " your", " pardon", "\n"]
LONG = [f" word{i}" for i in range(300)]
# Half a unit of the last digit shown, and float16 of a log probability.
ERROR = 0.005 + 0.002


def cell(page: Any, row: int, position: int) -> Any:
    return page.locator(f'.hs-lens-cell[data-row="{row}"][data-position="{position}"]')


def hover(page: Any, row: int, position: int) -> None:
    cell(page, row, position).hover()
    settled(page)


def state(page: Any, widget: Any) -> dict[str, Any]:
    return page.evaluate(
        "(id) => Object.fromEntries(['layer', 'position', 'token', 'row', 'pins', 'norm', 'color', 'trajectory']"
        ".map((name) => [name, models.get(id).state[name]]))",
        widget.model_id,
    )


def same_probability(shown: str, expected: float) -> bool:
    if shown[0] == "<":
        return expected < ERROR
    if shown[0] == ">":
        return expected > 1 - ERROR
    return abs(float(shown) - expected) <= ERROR


@pytest.mark.parametrize("norm", [0, 1])
def test_every_cell_is_numpys(open_page: OpenPage, norm: int) -> None:
    lens, log_prob = random_lens(TOKENS)
    p = np.exp(log_prob[norm])
    rank = (p[..., None, :] > p[..., :, None]).sum(-1)
    final = p[-1].argmax(-1)
    view = LogitLensGrid(lens, norm=lens.norms[norm])
    page = open_page([view])
    expected = {
        "rank of final": lambda row, at: rank[row, at, final[at]],
        "p of final": lambda row, at: p[row, at, final[at]],
        "rank of true next": lambda row, at: rank[row, at, lens.next_token[at]] if at < len(TOKENS) - 1 else None,
        "entropy": lambda row, at: -(p[row, at] * np.log(p[row, at])).sum(),
        "KL to final": lambda row, at: (p[-1, at] * np.log(p[-1, at] / p[row, at])).sum(),
    }
    for name, value in expected.items():
        page.get_by_role("button", name=name, exact=True).click()
        settled(page)
        read = page.evaluate("[...document.querySelectorAll('.hs-lens-cell')].map((c) => ({ ...c.dataset }))")
        assert len(read) == len(lens.rows) * len(TOKENS)
        for item in read:
            row, at = int(item["row"]), int(item["position"])
            assert int(item["token"]) == p[row, at].argmax()
            number = value(row, at)
            if number is None:
                assert item["value"] == ""
            elif name == "p of final":
                assert same_probability(item["value"], number)
            else:
                assert float(item["value"]) == pytest.approx(number, abs=0.0051 if "." in item["value"] else 0)


def test_hover_lists_the_top_tokens(open_page: OpenPage) -> None:
    lens, log_prob = random_lens(TOKENS)
    view = LogitLensGrid(lens)
    page = open_page([view])
    for row, position in [(2, 3), (0, 5), (4, 1)]:
        hover(page, row, position)
        p = np.exp(log_prob[0, row, position])
        best = np.argsort(-p)[:3]
        for k, choice in enumerate(page.locator(".hs-lens-choice").all()):
            rank, token, number = choice.locator("span:not(.hs-lens-bar)").all_inner_texts()
            assert (rank, token) == (str(k), f"·w{best[k]}")
            assert same_probability(number, p[best[k]])
        final = log_prob[0, -1, position].argmax()
        values = page.locator(".hs-lens-values").all_inner_texts()
        assert values[0].split()[:3] == [f"·w{final}", "rank", str((p > p[final]).sum())]
        entropy, kl = (float(text.removesuffix(" nats")) for text in values[2:])
        assert entropy == pytest.approx(lens.entropy[0, row, position], abs=0.0051)
        assert kl == pytest.approx(lens.kl[0, row, position], abs=0.0051)
        assert f"‘ w{best[0]}’" in page.locator(".hs-readout").inner_text()
    assert state(page, view.selection)["position"] is None


@pytest.mark.parametrize("kind", ["rank", "probability"])
def test_trajectories_are_numpys(open_page: OpenPage, kind: str) -> None:
    lens, log_prob = random_lens(TOKENS)
    final = int(log_prob[0, -1, 3].argmax())
    early = int(log_prob[0, 1, 2].argmax())
    page = open_page([LogitLensGrid(lens, trajectory=kind, pins=[(3, final), (2, early)], position=3)])
    for position, token in [(3, final), (2, early)]:
        line = page.locator(f'.hs-lens-line[data-position="{position}"][data-token="{token}"] path[data-row]')
        numbers = line.evaluate_all("(points) => points.map((point) => point.dataset.value)")
        p = np.exp(log_prob[0, :, position])
        for row, shown in enumerate(numbers):
            if kind == "rank":
                assert int(shown) == (p[row] > p[row, token]).sum()
            else:
                assert same_probability(shown, p[row, token])


def test_click_pins_and_escape_clears(open_page: OpenPage) -> None:
    lens, log_prob = random_lens(TOKENS)
    view = LogitLensGrid(lens)
    page = open_page([view])
    cell(page, 3, 2).click()
    token = int(log_prob[0, 3, 2].argmax())
    pinned = state(page, view.selection)
    assert (pinned["layer"], pinned["position"], pinned["token"]) == (1, 2, token)
    assert state(page, view)["pins"] == [[2, token]]
    page.locator(".hs-lens-choice").nth(1).click()
    other = int(np.argsort(-log_prob[0, 3, 2])[1])
    assert state(page, view.selection)["token"] == other
    assert state(page, view)["pins"] == [[2, token], [2, other]]
    page.keyboard.press("Escape")
    assert {state(page, view.selection)[field] for field in ("layer", "position", "token")} == {None}
    assert (state(page, view)["row"], state(page, view)["pins"]) == (None, [])


def test_keyboard_alone(open_page: OpenPage) -> None:
    lens, log_prob = random_lens(LONG, layers=1)
    view = LogitLensGrid(lens)
    page = open_page([view])
    page.keyboard.press("Tab")  # the overview
    page.keyboard.press("Tab")  # the grid
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    pinned = state(page, view.selection)
    assert (pinned["layer"], pinned["position"], pinned["token"]) == (0, 2, int(log_prob[0, 1, 2].argmax()))
    for key in ("End", "1"):
        page.keyboard.press(key)
    pinned = state(page, view.selection)
    assert (pinned["position"], pinned["token"]) == (299, int(np.argsort(-log_prob[0, 1, 299])[1]))
    assert cell(page, 1, 299).evaluate("(cell) => cell === document.activeElement")
    page.keyboard.press("Tab")  # the first of the top tokens
    page.keyboard.press("Enter")
    assert state(page, view.selection)["token"] == int(log_prob[0, 1, 299].argmax())


def test_linked_with_the_heatmap(open_page: OpenPage) -> None:
    lens, _ = random_lens(LONG)
    grid = LogitLensGrid(lens)
    heads = AttentionHeatmap(attention_pattern(2, 2, len(LONG)), LONG)
    link(grid, heads)
    page = open_page([grid, heads], height=2000)
    page.locator(".hs-token").nth(250).hover()
    settled(page)
    assert "hs-current" in cell(page, 4, 250).get_attribute("class")
    page.locator(".hs-thumb").nth(0).click()
    settled(page)
    assert page.locator(".hs-lens-name.hs-layer").all_inner_texts() == ["0.mlp", "0.attn"]
    page.locator(".hs-lens-cell").first.click()
    settled(page)
    position = state(page, grid.selection)["position"]
    assert page.locator(".hs-token.hs-current").get_attribute("data-position") == str(position)


def test_the_plot_stands_in_line_with_the_rows(open_page: OpenPage) -> None:
    for length in (6, 300):
        lens, _ = random_lens(LONG[:length])
        page = open_page([LogitLensGrid(lens)])
        for row in range(5):
            name = page.locator(f'.hs-lens-cell[data-row="{row}"]').first.bounding_box()
            point = page.locator(f'.hs-lens-line path[data-row="{row}"]').bounding_box()
            assert name["y"] + name["height"] / 2 == pytest.approx(point["y"] + point["height"] / 2, abs=2)


@pytest.mark.parametrize(("width", "length"), [(360, 300), (1000, 6), (1600, 300)])
def test_no_part_stands_on_another(open_page: OpenPage, width: int, length: int) -> None:
    lens, _ = random_lens(LONG[:length], layers=4)
    page = open_page([LogitLensGrid(lens, font_size=22, whole=True)], width=width)
    boxes = [page.locator(name).bounding_box() for name in (".hs-lens-grid", ".hs-lens-panel", ".hs-lens-side")]
    for one, other in combinations(boxes, 2):
        apart_x = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
        apart_y = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
        assert apart_x or apart_y


# Width and height in type sizes; what is seen besides the grid.
HEIGHTS = [
    (25, 41, set()),
    (25, 56, {".hs-lens-choices"}),
    (60, 33, {".hs-lens-choices"}),
    (72, 44, {".hs-lens-choices", ".hs-lens-facts", ".hs-plot"}),
]


@pytest.mark.parametrize(("width", "height", "parts"), HEIGHTS)
@pytest.mark.parametrize("em", [13, 22])
def test_nine_rows_fit_a_height_that_is_given(
    open_page: OpenPage, width: int, height: int, parts: set[str], em: int
) -> None:
    lens, log_prob = random_lens(LONG[:20], layers=4, top=5)
    view = LogitLensGrid(lens, font_size=em)
    page = open_page([view], width=width * em + 32, height=1200)
    room = page.locator(f"#view-{view.model_id}")
    room.evaluate("(place, height) => { place.dataset.hsHeight = height; }", height * em)
    settled(page)
    for color in ("final_rank", "next_rank", "kl"):
        page.get_by_label("Colour").select_option(color)
        settled(page)
        assert page.locator(".headstream").bounding_box()["height"] <= height * em
        shown = {part for part in (".hs-lens-choices", ".hs-lens-facts", ".hs-plot") if page.locator(part).count()}
        assert shown == parts
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        # Nothing is cut off: no scrolling inside, and the parts end above the legend.
        assert page.locator(".hs-lens-tall").count() == 0
        picture = page.locator(".hs-picture").bounding_box()
        for part in (".hs-lens-grid", ".hs-lens-panel", ".hs-lens-side"):
            for box in (found.bounding_box() for found in page.locator(part).all()):
                assert box is None or box["y"] + box["height"] <= picture["y"] + picture["height"] + 1
    hover(page, 3, 1)
    assert f"‘ w{log_prob[0, 3, 1].argmax()}’" in page.locator(".hs-readout").inner_text()


def test_more_rows_than_fit_are_scrolled_through_under_the_tokens(open_page: OpenPage) -> None:
    lens, _ = random_lens(LONG[:20], layers=12)
    view = LogitLensGrid(lens)
    page = open_page([view], width=1000)
    page.locator(f"#view-{view.model_id}").evaluate("(place) => { place.dataset.hsHeight = 450; }")
    settled(page)
    assert page.locator(".headstream").bounding_box()["height"] <= 450
    box = page.locator(".hs-lens-tall").bounding_box()
    head = page.locator(".hs-lens-head").first.bounding_box()
    assert head["y"] + head["height"] <= box["y"] + box["height"] + 1
    cell(page, 0, 1).scroll_into_view_if_needed()
    hover(page, 0, 1)
    assert "After embedding" in page.locator(".hs-readout").inner_text()


def test_a_saved_picture_tells_where_nothing_follows(open_page: OpenPage) -> None:
    lens, log_prob = random_lens(TOKENS)
    page = open_page([LogitLensGrid(lens, position=2, color="next_rank")])
    page.locator("summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the picture as SVG").click()
    texts = re.findall(r"<text [^>]*>[^<]*</text>", download.value.path().read_text(encoding="utf-8"))
    slanted = [re.sub("<.*?>", "", text) for text in texts if 'font-style="italic"' in text]
    assert slanted[:5] == [f"·w{log_prob[0, row, -1].argmax()}" for row in (4, 3, 2, 1, 0)]
    assert slanted[5:] == ["Slanted, grey"]
