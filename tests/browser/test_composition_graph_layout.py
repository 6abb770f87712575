"""The composition graph in the room it has: many heads, few, one layer; and what of it is damaged."""

from __future__ import annotations

import pytest

from headstream.views.composition_graph import CompositionGraph
from tests.browser.conftest import OpenPage
from tests.browser.pointer import hover
from tests.browser.settle import settled
from tests.views.compositions import edges_of, random_attention, random_composition

MOST = 150


@pytest.mark.parametrize(("width", "font_size"), [(360, 13), (360, 22), (700, 22), (1280, 13), (1280, 22)])
def test_twelve_layers_of_twelve_heads_stay_readable(open_page: OpenPage, width: int, font_size: int) -> None:
    result = random_composition(12, 12, planted=300)
    view = CompositionGraph(result, random_attention(12, 12), threshold=0.0, font_size=font_size)
    page = open_page([view], width=width, height=720)
    total = len(edges_of(result, 0))
    assert total > MOST
    assert settled(page).locator(".hs-edge.hs-Q, .hs-edge.hs-K, .hs-edge.hs-V").count() == MOST + 3  # and the legend's
    assert f": {MOST} of {total}" in page.locator(".hs-controls").inner_text()
    boxes = page.locator(".hs-node").evaluate_all(
        "(nodes) => nodes.map((n) => [n.offsetLeft, n.offsetTop, n.offsetWidth, n.offsetHeight, n.scrollWidth])"
    )
    for index, (x, y, wide, high, text) in enumerate(boxes):
        assert text <= wide
        if index % 12:
            assert boxes[index - 1][0] + boxes[index - 1][2] < x
        if index >= 12:
            assert y + high < boxes[index - 12][1]


@pytest.mark.parametrize(("width", "font_size"), [(360, 13), (700, 13), (1000, 22), (1280, 13)])
def test_a_slider_that_is_dragged_stays_where_it_is(open_page: OpenPage, width: int, font_size: int) -> None:
    view = CompositionGraph(random_composition(12, 12, planted=300), random_attention(12, 12), font_size=font_size)
    page = settled(open_page([view], width=width, height=720))
    slider = page.locator("input[type=range]")
    places = []
    for share in (0, 0.5, 1):
        slider.evaluate("(i, s) => { i.value = s * i.max; i.dispatchEvent(new Event('input')) }", share)
        places.append(settled(page).locator("input[type=range]").bounding_box())
    assert places == [places[0]] * 3


def test_a_head_pinned_elsewhere_is_scrolled_to(open_page: OpenPage) -> None:
    view = CompositionGraph(random_composition(12, 12), font_size=22)
    page = settled(open_page([view], width=1280, height=720))
    box = page.locator(".hs-graph")
    assert box.evaluate("(node) => node.scrollHeight > node.clientHeight")
    for layer in (0, 11):
        page.evaluate(
            "([id, l]) => { models.get(id).set('layer', l); models.get(id).set('head', 3) }",
            [view.selection.model_id, layer],
        )
        node, around = settled(page).locator(".hs-node.hs-current").bounding_box(), box.bounding_box()
        assert around["y"] <= node["y"]
        assert node["y"] + node["height"] <= around["y"] + around["height"] + 1


def test_a_model_of_one_layer_has_heads_and_no_edge(open_page: OpenPage) -> None:
    page = open_page([CompositionGraph(random_composition(1, 4), random_attention(1, 4))])
    assert settled(page).locator(".hs-node").count() == 4
    assert page.locator(".hs-lines .hs-edge").count() == 0
    assert settled(page).locator(".hs-readout").inner_text().startswith("0 of 0 possible edges")
    hover(page.locator(".hs-node").nth(2))
    assert (
        settled(page).locator(".hs-readout").inner_text()
        == "0.2 reads no head in an edge drawn. No edge drawn leaves it."
    )


def test_a_pattern_that_lacks_a_head_is_said_to_be_damaged(open_page: OpenPage) -> None:
    view = CompositionGraph(random_composition(2, 4), random_attention(2, 4, 3))
    page = settled(open_page([view]))
    page.evaluate(
        "(id) => { const m = models.get(id); m.set('pattern', { ...m.get('pattern'), shape: [4, 2, 6] }) }",
        view.model_id,
    )
    assert "pattern: expected every head, got 4 layers of 2" in settled(page).locator("[role=alert]").inner_text()
