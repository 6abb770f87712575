"""The model ladder as it is laid out: nothing moves, overlaps or overflows, and the marks can be read."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from headstream.views.model_ladder import ModelLadder
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.ladders import first_models, hostile_ladder, random_ladder


def test_nothing_moves_on_hover_or_drag(open_page: OpenPage) -> None:
    page = open_page([ModelLadder(random_ladder(60))], width=900)
    places = lambda: page.evaluate(  # noqa: E731
        """['.hs-figure', '.hs-prose', '.hs-rungs', '.hs-guesses', '.hs-readout', '.hs-token:last-of-type'].map(
           (name) => {
             const { x, y, width, height } = document.querySelector(name).getBoundingClientRect();
             return [x, y, width, height]; })"""
    )
    before = places()
    for position in (0, 5, 17, 44, 59):
        page.locator(".hs-token").nth(position).hover()
        settled(page)
        assert places() == before
    for value in (0.05, 0.95):
        page.locator("input[type=range]").fill(str(value))
        settled(page)
        assert places() == before


@pytest.mark.parametrize("width", [360, 700, 1600])
@pytest.mark.parametrize("font_size", [13, 22])
def test_nothing_overflows_or_overlaps(open_page: OpenPage, width: int, font_size: int) -> None:
    long = ("EleutherAI/pythia-70m-deduped-step1000", "small")
    views = [
        ModelLadder(random_ladder(300), font_size=font_size),
        ModelLadder(random_ladder(30, models=long), font_size=font_size, position=3),
        ModelLadder(hostile_ladder(), font_size=font_size),
        ModelLadder([[0]], font_size=font_size),
    ]
    page = settled(open_page(views, width=width))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    inside = """(names) => [...document.querySelectorAll(names)].filter((node) => {
        const frame = node.closest('.headstream').getBoundingClientRect();
        const box = node.getBoundingClientRect();
        return box.width && (box.right > frame.right + 1 || box.left < frame.left - 1);
        }).map((node) => node.className)"""
    assert page.evaluate(inside, ".hs-mark, .hs-number, .hs-name, .hs-track, .hs-quiet") == []
    overlapping = """() => [...document.querySelectorAll('.hs-ladder')].filter((ladder) => {
        const boxes = [...ladder.children].map((child) => child.getBoundingClientRect());
        return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1)); }).length"""
    assert page.evaluate(overlapping) == 0
    cells = """() => [...document.querySelectorAll('.hs-rung-row, .hs-guess-row')].filter((row) => {
        const boxes = [...row.children].map((child) => child.getBoundingClientRect()).filter((box) => box.width);
        return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1)); }).map((row) => row.innerText)"""
    assert page.evaluate(cells) == []


def test_paragraphs_keep_their_breaks(open_page: OpenPage) -> None:
    tokens = ["One", " line", "\n", "two", ".", "\n\n", "Three"]
    page = open_page([ModelLadder(np.full((1, 7), 0.2), tokens)])
    tops = page.evaluate("[...document.querySelectorAll('.hs-mark')].map((mark) => mark.getBoundingClientRect().top)")
    line, paragraph = tops[3] - tops[2], tops[6] - tops[5]
    assert abs(tops[0] - tops[1]) < 2
    assert line > 15
    assert paragraph > 1.2 * line


@pytest.mark.parametrize("dark", [False, True])
def test_marks_can_be_read(open_page: OpenPage, dark: bool) -> None:
    page = open_page([ModelLadder(random_ladder(), threshold=0.2)], dark=dark)
    settled(page)
    pairs = page.evaluate(
        """[...new Set([...document.querySelectorAll('.hs-predicted > .hs-mark')].map((mark) => {
             const { color, backgroundColor } = getComputedStyle(mark); return color + '|' + backgroundColor; }))]"""
    )
    assert len(pairs) == 4

    def luminance(color: str) -> float:
        channels = [int(c) / 255 for c in color[color.index("(") + 1 : -1].split(",")[:3]]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
        return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))

    grounds = []
    for pair in pairs:
        ink, ground = (luminance(color) for color in pair.split("|"))
        grounds.append(ground)
        assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5
    # Four steps that can be told apart, from each other and from the paper.
    steps = sorted([*grounds, 0.0065 if dark else 1.0])
    assert all((b + 0.05) / (a + 0.05) >= 1.5 for a, b in pairwise(steps))


def test_the_saved_picture_has_the_text_and_the_marks(open_page: OpenPage) -> None:
    ladder = random_ladder()
    page = open_page([ModelLadder(ladder)])
    page.locator("summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the picture as SVG").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "foreignObject" not in text
    assert "Cater" in text
    marked = sum(bool(name) for name in first_models(ladder, 0.5))
    assert sum(text.count(f">{number}</text>") for number in (1, 2, 3, 4)) >= marked
