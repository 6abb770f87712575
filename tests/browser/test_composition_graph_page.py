"""The composition graph as it is drawn: edges, numbers and patterns read from the page equal numpy's."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.results import Attention, Composition
from headstream.results.composition import READS
from headstream.views.composition_graph import CompositionGraph
from tests.browser.conftest import OpenPage
from tests.browser.pointer import hover
from tests.browser.settle import settled
from tests.views.compositions import edges_of, random_attention, random_composition, random_roles

PINNED = ("layer", "head", "to_layer", "to_head", "position", "key")


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def arrow(result: Composition, a: int, b: int) -> str:
    return "{}.{} → {}.{}".format(*result.heads[a], *result.heads[b])


def listed(page: Any) -> list[list[str]]:
    """The table of edges, cell by cell."""
    cells = "() => [...document.querySelectorAll('.hs-row')].map((row) => [...row.cells].map((cell) => cell.innerText))"
    return settled(page).evaluate(cells)


def drawn(page: Any) -> dict[str, list[float]]:
    """The widths of the lines of each read, largest first."""
    return settled(page).evaluate(
        "() => Object.fromEntries(['Q', 'K', 'V'].map((read) => [read,"
        "[...document.querySelectorAll(`.hs-lines .hs-${read}`)].map((p) => Number(p.getAttribute('stroke-width')))"
        ".sort((a, b) => b - a)]))"
    )


def readout(page: Any, index: int = 0) -> str:
    return settled(page).locator(".hs-readout").nth(index).inner_text()


def pins(page: Any, view: Any) -> dict[str, int | None]:
    fields = "([id, names]) => Object.fromEntries(names.map((name) => [name, models.get(id).get(name)]))"
    return settled(page).evaluate(fields, [view.selection.model_id, list(PINNED)])


def on_line(page: Any, index: int) -> tuple[float, float]:
    """A place on the page where the line of an edge lies on top of all others."""
    return page.evaluate(
        """(index) => {
          const hit = document.querySelector(`[data-edge="${index}"]`), matrix = hit.getScreenCTM();
          for (let share = 0.05; share < 1; share += 0.01) {
            const { x, y } = hit.getPointAtLength(share * hit.getTotalLength()).matrixTransform(matrix);
            if (document.elementFromPoint(x, y) === hit) return [x, y];
          }
        }""",
        index,
    )


def strongest(result: Composition) -> tuple[int, int, int]:
    return edges_of(result, 0)[0]


def pinned_edge(result: Composition, edge: tuple[int, int, int]) -> dict[str, int]:
    _, a, b = edge
    (layer, head), (to_layer, to_head) = result.heads[a], result.heads[b]
    return {"layer": layer, "head": head, "to_layer": to_layer, "to_head": to_head}


@pytest.mark.parametrize("threshold", [None, 0.0, 0.06])
def test_the_edges_drawn_are_numpys(open_page: OpenPage, threshold: float | None) -> None:
    result = random_composition(3, 5, planted=30)
    view = CompositionGraph(result, threshold=threshold)
    page = open_page([view])
    wanted = edges_of(result, view.threshold)
    assert len(wanted) > 8
    rows = listed(page)
    assert [(row[0], row[1]) for row in rows] == [(arrow(result, a, b), READS[read]) for read, a, b in wanted]
    for row, edge in zip(rows, wanted, strict=True):
        for text, array in zip(row[2:], (result.scores, result.null, result.excess), strict=True):
            assert abs(number(text) - array[edge]) <= 0.0005 + 1e-6
    widths = drawn(page)
    above = {read: sorted((result.excess[e] for e in wanted if READS[e[0]] == read), reverse=True) for read in READS}
    largest = result.excess[strongest(result)]
    for read in READS:
        np.testing.assert_allclose(widths[read], [1.4 + 0.3 * 13 * x / largest for x in above[read]], atol=0.006)
    assert f": {len(wanted)} edges" in page.locator(".hs-controls").inner_text()
    assert readout(page).startswith(f"{len(wanted)} of 225 possible edges are at least ")


def test_switches_and_the_slider_choose_edges(open_page: OpenPage) -> None:
    result = random_composition(3, 5, planted=30)
    view = CompositionGraph(result, threshold=0.0)
    page = open_page([view])
    page.get_by_role("button", name="Q-composition").click()
    assert [len(drawn(page)[read]) > 0 for read in READS] == [False, True, True]
    assert page.evaluate("(id) => models.get(id).saved.at(-1).q", view.model_id) is False
    slider = page.locator("input[type=range]")
    slider.evaluate("(input) => { input.value = 0.08; input.dispatchEvent(new Event('input')) }")
    wanted = edges_of(result, 0.08, "KV")
    assert [row[0] for row in listed(page)] == [arrow(result, a, b) for _, a, b in wanted]
    assert page.evaluate("(id) => models.get(id).saved.length", view.model_id) == 1
    slider.evaluate("(input) => input.dispatchEvent(new Event('change'))")
    assert page.evaluate("(id) => models.get(id).saved.at(-1).threshold", view.model_id) == 0.08


def test_a_line_that_is_clicked_tells_of_its_virtual_head(open_page: OpenPage) -> None:
    result = random_composition(2, 4)
    view = CompositionGraph(result, roles=random_roles(2, 4))
    page = open_page([view])
    for index, (read, a, b) in enumerate(edges_of(result, view.threshold)[:4]):
        settled(page).mouse.click(*on_line(page, index))
        assert pins(page, view) == {**dict.fromkeys(PINNED), **pinned_edge(result, (read, a, b))}
        said = readout(page)
        score, mean, sd = map(number, re.search(r"as its \w+: (\S+), null (\S+) ± ([\d.]+\d)\.", said).groups())
        for shown, array in ((score, result.scores), (mean, result.null), (sd, result.null_sd)):
            assert abs(shown - array[read, a, b]) <= 0.0005 + 1e-6
        assert f"as its {('query', 'key', 'value')[read]}:" in said
        copying, matching = map(number, re.findall(r"\(([+−][.\d]+)\)", said))
        assert (copying, matching) == (
            pytest.approx(result.copying[a, b], abs=0.0051),
            pytest.approx(result.matching[a, b], abs=0.0051),
        )
        for other, name in enumerate(("query", "key", "value")):
            cells = page.locator(f"[data-read={name}] td").all_inner_texts()
            assert abs(number(cells[0]) - result.scores[other, a, b]) <= 0.0005 + 1e-6
            mean, sd = map(number, cells[1].split(" ± "))
            assert abs(mean - result.null[other, a, b]) <= 0.0005 + 1e-6
            deviations = result.excess[other, a, b] / result.null_sd[other, a, b]
            assert number(cells[2].split(", ")[1].removesuffix(" sd")) == pytest.approx(deviations, abs=0.51, rel=0.01)
        page.keyboard.press("Escape")


# The colour of every cell of a pattern, as the place on the scale that it stands for; -1 for one that is clear.
PLACES = """(which) => {
  const canvas = document.querySelectorAll(".hs-pattern canvas")[which];
  const read = (drawn) => {
    const { width, height } = drawn, copy = Object.assign(document.createElement("canvas"), { width, height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(drawn, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  };
  const legend = document.querySelector(".hs-legend-bar"), bar = read(legend), cells = read(canvas);
  return Array.from({ length: canvas.width * canvas.height }, (_, cell) => {
    if (!cells[4 * cell + 3]) return -1;
    let best = 0, least = Infinity;
    for (let step = 0; step < 256; step++) {
      let away = 0;
      for (let c = 0; c < 3; c++) away += Math.abs(bar[4 * step + c] - cells[4 * cell + c]);
      if (away < least) [best, least] = [step, away];
    }
    return best / 255;
  });
}"""


def patterns_of(attention: Attention, result: Composition, edge: tuple[int, int, int]) -> list[np.ndarray]:
    first, second = (attention.pattern[result.heads[index]].astype(float) for index in edge[1:])
    return [first, second, second @ first]


def test_patterns_and_their_product_are_numpys(open_page: OpenPage) -> None:
    result, attention = random_composition(2, 4), random_attention(2, 4, 12)
    edge = strongest(result)
    page = settled(open_page([CompositionGraph(result, attention, **pinned_edge(result, edge))]))
    for which, pattern in enumerate(patterns_of(attention, result, edge)):
        places = np.array(page.evaluate(PLACES, which)).reshape(12, 12)
        assert (places[np.triu_indices(12, 1)] == -1).all()
        rows = np.tril_indices(12)
        np.testing.assert_allclose(places[rows], np.sqrt(pattern)[rows], atol=0.012)


def test_a_cell_of_a_pattern_names_its_tokens(open_page: OpenPage) -> None:
    result, attention = random_composition(2, 4), random_attention(2, 4, 8)
    edge = strongest(result)
    view = CompositionGraph(result, attention, **pinned_edge(result, edge))
    page = settled(open_page([view]))
    for which, pattern in enumerate(patterns_of(attention, result, edge)):
        canvas = page.locator(".hs-pattern canvas").nth(which)
        box = canvas.bounding_box()
        page.mouse.move(box["x"] + 2.5 / 8 * box["width"], box["y"] + 6.5 / 8 * box["height"])
        said = readout(page)
        assert "‘ w6’ (position 6)" in said
        assert "to ‘ w2’ (position 2)" in said
        shown = number(re.search(r"attends? (\S+) to", said)[1])
        assert shown == pytest.approx(pattern[6, 2], abs=0.0091)
    page.mouse.click(box["x"] + 2.5 / 8 * box["width"], box["y"] + 6.5 / 8 * box["height"])
    assert pins(page, view) == {**pinned_edge(result, edge), "position": 6, "key": 2}


def test_a_head_has_its_edges_marked_and_said(open_page: OpenPage) -> None:
    result = random_composition(3, 4, planted=20)
    view = CompositionGraph(result)
    wanted = edges_of(result, view.threshold)
    head = wanted[0][2]
    page = open_page([view])
    hover(page.locator(f".hs-node[data-index='{head}']"))
    near = [edge for edge in wanted if head in edge[1:]]
    assert settled(page).locator(".hs-edge.hs-on").count() == len(near) > 0
    assert page.locator(".hs-faded").count() == 1
    assert page.locator(".hs-row.hs-current").count() == len(near)
    name = "{}.{}".format(*result.heads[head])
    assert readout(page).startswith(f"{name} reads ")
    marked = page.locator(".hs-node.hs-near").evaluate_all("(nodes) => nodes.map((node) => Number(node.dataset.index))")
    assert set(marked) == {index for edge in near for index in edge[1:]}
    page.mouse.move(0, 0)
    assert settled(page).locator(".hs-faded").count() == 0


def test_a_heatmap_follows_the_earlier_head_of_an_edge(open_page: OpenPage) -> None:
    result, attention = random_composition(2, 4), random_attention(2, 4, 6)
    graph, heatmap = CompositionGraph(result, attention), hs.AttentionHeatmap(attention)
    hs.link(graph, heatmap)
    page = settled(open_page([graph, heatmap], height=1600))
    page.mouse.click(*on_line(page, 0))
    layer, head = result.heads[strongest(result)[1]]
    assert readout(page, 1).startswith(f"Layer {layer}, head {head}:")
    page.locator(".hs-thumb").nth(5).click()
    assert pins(page, graph)["layer"] == 1
    # It is in no earlier layer than the edge's other end: what is left is that head.
    assert readout(page).startswith("1.1 reads ")


def test_keyboard_alone(open_page: OpenPage) -> None:
    result = random_composition(3, 4, planted=20)
    view = CompositionGraph(result)
    page = settled(open_page([view]))
    page.keyboard.press("Tab")  # heads
    for key in ("ArrowUp", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert pins(page, view) == {**dict.fromkeys(PINNED), "layer": 1, "head": 1}
    for _ in range(7):  # the search, the five columns, the rows
        page.keyboard.press("Tab")
    for key in ("ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert pins(page, view) == {**dict.fromkeys(PINNED), **pinned_edge(result, edges_of(result, view.threshold)[1])}
    page.keyboard.press("Escape")
    assert set(pins(page, view).values()) == {None}
