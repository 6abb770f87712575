"""The attribution graph as it is drawn: weights, scores and sums read from the page equal numpy's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pytest

import headstream as hs
from headstream.results import AttributionGraph as Graph
from tests.browser.conftest import OpenPage
from tests.browser.graph_page import drawn_nodes, indices, mark, pins, ranked, readout, scores, slide, trait, whole
from tests.browser.pointer import hover
from tests.browser.settle import settled
from tests.views.examples import attention
from tests.views.graphs import random_graph
from tests.views.traced import SALLY, traced_graph


@pytest.mark.parametrize("kind", ["feature", "logit", "embed", "error"])
def test_inputs_and_outputs_are_numpys_the_strongest_first(open_page: OpenPage, kind: str) -> None:
    graph = whole(random_graph(SALLY[:4], 2, 3))
    view = hs.AttributionGraph(graph)
    page = open_page([view])
    for node in (graph.find(kind=kind)[0], graph.find(kind=kind)[-1]):
        mark(page, node).click(force=True)
        for name, wanted in (("Inputs", graph.inputs(node)), ("Outputs", graph.outputs(node))):
            found = ranked(page, name)
            assert len(found) == min(40, len(wanted))
            np.testing.assert_allclose([w for _, w in found], [w for _, w in wanted[:40]], atol=0.0051)
            for (said, _), (other, _) in zip(found, wanted, strict=False):
                label = graph.nodes[other].label
                assert label in said
                if graph.nodes[other].kind in ("feature", "error"):
                    assert f"‘{SALLY[graph.nodes[other].position]}’ ({graph.nodes[other].position})" in said
        settled(page).keyboard.press("Escape")


def test_inputs_and_what_is_pruned_sum_to_the_total(open_page: OpenPage) -> None:
    graph = traced_graph()
    constants = np.random.default_rng(1).normal(size=len(graph.nodes)).astype(np.float32)
    graph = replace(graph, totals=graph.totals + constants, constants=constants)
    page = open_page([hs.AttributionGraph(graph, node_threshold=0.8, edge_threshold=0.98)])
    part = hs.prune_graph(graph)
    for node in sorted(indices(graph, part) & set(graph.find(kind="feature")))[:5]:
        mark(page, node).click(force=True)
        text = settled(page).locator(".hs-graph-sum").inner_text().replace("−", "-").replace(",", "")
        inputs, pruned, bias, total = (float(word) for word in text.split() if word[-1].isdigit())
        assert total == pytest.approx(graph.totals[node], abs=0.0051)
        assert bias == pytest.approx(constants[node], abs=0.0051)
        (place,) = (at for at, n in enumerate(part.nodes) if n.label == graph.nodes[node].label)
        assert inputs == pytest.approx(part.weights[part.targets == place].sum(), abs=0.0051)
        assert inputs + pruned + bias == pytest.approx(total, abs=0.021)


def test_the_sliders_prune_as_numpy_does_and_both_scores_follow(open_page: OpenPage) -> None:
    graph = traced_graph(features=6, seed=3)
    view = hs.AttributionGraph(graph)
    page = open_page([view])
    np.testing.assert_allclose(scores(page, "data-whole-score"), hs.graph_scores(graph), atol=0.0051)
    seen = set()
    for nodes, edges in ((0.8, 0.98), (0.95, 0.98), (0.95, 0.6), (0.5, 1), (1, 1), (0, 0)):
        slide(page, "node_threshold", nodes)
        slide(page, "edge_threshold", edges)
        part = hs.prune_graph(graph, nodes=nodes, edges=edges)
        said = [
            f"{nodes:.2f}: {len(part.nodes):,} of {len(graph.nodes):,}",
            f"{edges:.2f}: {len(part.weights):,} of {len(graph.weights):,}",
        ]
        all_said = "(said) => said.every((text) => document.querySelector('.hs-controls').innerText.includes(text))"
        page.wait_for_function(all_said, arg=said)
        assert drawn_nodes(page) == indices(graph, part)
        np.testing.assert_allclose(scores(page), hs.graph_scores(graph, part), atol=0.0051)
        seen.add(tuple(scores(page)))
    assert len(seen) == 6
    assert page.evaluate("(id) => models.get(id).saved.length", view.model_id) == 0
    page.locator("[data-key=node_threshold]").evaluate("(input) => input.dispatchEvent(new Event('change'))")
    assert page.evaluate("(id) => models.get(id).saved.at(-1).node_threshold", view.model_id) == 0


def test_as_much_is_drawn_first_as_can_be_read(open_page: OpenPage) -> None:
    graph = traced_graph(features=15)
    view = hs.AttributionGraph(graph)
    page = open_page([view])
    nodes, edges = (float(page.locator(f"[data-key={name}_threshold]").input_value()) for name in ("node", "edge"))
    part = hs.prune_graph(graph, nodes=nodes, edges=edges)
    assert drawn_nodes(page) == indices(graph, part)
    assert 100 < len(part.weights) <= 300
    assert (view.node_threshold, trait(page, view, "node_threshold")) == (None, None)
    # Moving the one keeps the other.
    slide(page, "node_threshold", 0.5)
    assert (trait(page, view, "node_threshold"), trait(page, view, "edge_threshold")) == (0.5, edges)


def summed(graph: Graph, nodes: Collection[int]) -> tuple[dict[int, float], dict[int, float]]:
    """The weights into several nodes and out of them, by the node at the other end."""
    inside, into, out = np.array(sorted(nodes)), {}, {}
    for source, target, weight in zip(graph.sources, graph.targets, graph.weights, strict=True):
        if target in inside and source not in inside:
            into[int(source)] = into.get(int(source), 0.0) + float(weight)
        if source in inside and target not in inside:
            out[int(target)] = out.get(int(target), 0.0) + float(weight)
    return into, out


def test_a_group_is_made_by_the_keyboard_and_has_the_sums_of_its_edges(open_page: OpenPage) -> None:
    graph = whole(random_graph(SALLY[:3], 2, 3))
    view = hs.AttributionGraph(graph)
    page = open_page([view])
    chosen = [*graph.find(kind="feature", layer=0)[:2], graph.find(kind="feature", layer=1)[1]]
    for node in chosen:
        mark(settled(page), node).focus()
        page.keyboard.press("g")
    assert settled(page).locator(".hs-chosen").count() == 3
    page.get_by_label("Name of the group").focus()
    page.keyboard.type("say p or g")  # keys of the graph, too
    page.keyboard.press("Enter")
    assert trait(page, view, "supernodes") == {"say p or g": sorted(chosen)}
    assert drawn_nodes(page) == set(range(len(graph.nodes))) - set(chosen)
    assert page.locator(".hs-graph-title").inner_text() == "Group ‘say p or g’"
    for name, wanted in zip(("Inputs", "Outputs"), summed(graph, chosen), strict=True):
        weights = sorted(wanted.values(), key=lambda weight: -abs(weight))
        np.testing.assert_allclose([w for _, w in ranked(page, name)], weights, atol=0.0051)
    # From the other end too: the group is one of what a logit reads.
    logit = graph.find(kind="logit")[0]
    mark(page, logit).click(force=True)
    (weight,) = (w for said, w in ranked(page, "Inputs") if said == "group ‘say p or g’")
    assert weight == pytest.approx(summed(graph, chosen)[1][logit], abs=0.0051)
    page.get_by_role("button", name="Ungroup say p or g").click()
    assert trait(page, view, "supernodes") == {}
    assert drawn_nodes(page) == set(range(len(graph.nodes)))


def test_what_is_pinned_outlives_pruning_and_scores_count_it(open_page: OpenPage) -> None:
    graph = traced_graph()
    view = hs.AttributionGraph(graph, node_threshold=1, edge_threshold=1)
    page = open_page([view])
    node = int(np.argmin([n.kind != "feature" or -n.layer for n in graph.nodes]))
    mark(settled(page), node).focus()
    page.keyboard.press("p")
    assert trait(page, view, "pinned") == [node]
    assert settled(page).evaluate("document.activeElement.dataset.key") == f"node-{node}"
    assert mark(page, node).get_attribute("aria-label").endswith(", pinned")
    slide(page, "node_threshold", 0)
    ends = {at for at, n in enumerate(graph.nodes) if n.kind in ("embed", "logit")}
    kept = drawn_nodes(page)
    assert ends | {node} <= kept
    assert len(kept) < len(ends) + 4
    np.testing.assert_allclose(scores(page), hs.graph_scores(graph, kept), atol=0.0051)
    page.get_by_role("button", name=f"Unpin {graph.nodes[node].label}").click()
    assert trait(page, view, "pinned") == []
    assert node not in drawn_nodes(page)


def test_pins_and_groups_set_in_python_are_drawn(open_page: OpenPage) -> None:
    graph = random_graph(SALLY[:3], 2, 3)
    view = hs.AttributionGraph(graph, node_threshold=0, edge_threshold=1)
    view.pinned, view.supernodes = [3], {"one": [4, 5], "__proto__": [6]}
    page = open_page([view])
    assert {3} <= drawn_nodes(page)
    said = page.locator(".hs-graph-mark.hs-group").evaluate_all("(m) => m.map((one) => one.dataset.key)")
    assert sorted(said) == ["group-__proto__", "group-one"]
    assert page.locator(".hs-pinned").count() == 1


def test_keyboard_alone_goes_along_layers_and_down_the_lists(open_page: OpenPage) -> None:
    graph = whole(random_graph(SALLY[:3], 2, 3))
    view = hs.AttributionGraph(graph)
    page = settled(open_page([view]))
    page.keyboard.press("Tab")
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    at = int(page.evaluate("document.activeElement.dataset.key").removeprefix("node-"))
    assert (graph.nodes[at].layer, graph.nodes[at].position) == (1, 1)
    assert readout(page).startswith(graph.nodes[at].label.capitalize())
    page.keyboard.press("Enter")
    node = graph.nodes[at]
    assert pins(page, view) == {"layer": 1, "position": 1, "feature": node.feature, "token": None}
    for _ in range(3):  # Pin, Choose, the inputs
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    source, weight = graph.inputs(at)[1]
    assert graph.nodes[source].label.strip() in readout(page).lower()
    assert f" {'adds' if weight > 0 else 'takes'} {abs(weight):.2f} " in readout(page)
    page.keyboard.press("Enter")
    place = {"layer": graph.nodes[source].layer, "position": graph.nodes[source].position}
    assert {name: pins(page, view)[name] for name in place} == place
    # The focus is in what enters that node; there it may go on.
    assert page.evaluate("document.activeElement.closest('[role=listbox]').ariaLabel") == "Inputs"
    page.keyboard.press("Enter")
    assert graph.nodes[graph.inputs(source)[0][0]].position == pins(page, view)["position"]
    page.keyboard.press("Escape")
    assert set(pins(page, view).values()) == {None}


def test_a_selection_is_shared_by_position_layer_and_feature(open_page: OpenPage) -> None:
    graph = random_graph(SALLY[:5], 2, 2)
    view, heatmap = hs.AttributionGraph(graph), hs.AttentionHeatmap(attention(SALLY[:5]))
    hs.link(view, heatmap)
    page = open_page([view, heatmap], height=1800)
    feature = graph.find(kind="feature", layer=1, position=2)[0]
    mark(settled(page), feature).click(force=True)
    assert "‘ I’" in settled(page).locator(".hs-readout").nth(1).inner_text()
    page.locator(".hs-attention_heatmap .hs-token").nth(4).click()
    chosen = {**pins(page, view), "layer": None, "feature": None}
    assert chosen == {"layer": None, "position": 4, "feature": None, "token": None}
    other = graph.find(kind="feature")[3]
    set_it = "([id, feature]) => { models.get(id).set('position', null); models.get(id).set('layer', null);"
    set_it += " models.get(id).set('feature', feature); }"
    page.evaluate(set_it, [view.selection.model_id, graph.nodes[other].feature])
    assert readout(page).startswith(graph.nodes[other].label.capitalize())


def test_a_node_that_is_pruned_is_said_to_be(open_page: OpenPage) -> None:
    graph = traced_graph()
    gone = min(set(graph.find(kind="feature")) - indices(graph, hs.prune_graph(graph)))
    node = graph.nodes[gone]
    place = {"layer": node.layer, "position": node.position, "feature": node.feature}
    view = hs.AttributionGraph(graph, node_threshold=0.8, edge_threshold=0.98, **place)
    page = open_page([view])
    assert readout(page) == f"{node.label} is not among the nodes that are kept."


def test_a_card_is_shown_with_its_node(open_page: OpenPage) -> None:
    graph = random_graph(SALLY[:3], 2, 2)
    node = graph.find(kind="feature", layer=1)[0]
    example = ((" one", " <i>two</i>"), [0.0, 2.0])
    card = {"promotes": [" up"], "suppresses": [" down"], "examples": [example]}
    page = open_page([hs.AttributionGraph(graph, cards={graph.nodes[node].label: card})])
    box = page.get_by_label("About the feature")
    assert settled(page).locator(".hs-graph-card").inner_text() == "No card for this node."
    mark(page, node).click(force=True)
    words = settled(page).locator(".hs-graph-card").inner_text()
    for text in ("promotes ·up", "suppresses ·down", "one <i>two</i>"):
        assert text in words
    shades = box.locator(".hs-graph-example span").evaluate_all("(s) => s.map((one) => one.style.background)")
    assert shades[0] == ""
    assert shades[1].startswith("rgb(")
    bare = open_page([hs.AttributionGraph(graph)])
    assert settled(bare).locator(".hs-graph-card").is_hidden()


CHANGES = """async (count) => {
  const marks = [...document.querySelectorAll(".hs-graph-mark")];
  let changes = 0;
  const watch = new MutationObserver((all) => {
    for (const { addedNodes, removedNodes } of all) changes += Math.max(1, addedNodes.length + removedNodes.length);
  });
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  for (let at = 0; at < count; at++) {
    marks[(37 * at) % marks.length].dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    for (let wait = 0; wait < 2; wait++) await new Promise(requestAnimationFrame);
  }
  watch.disconnect();
  return changes / count;
}"""


def test_a_hover_changes_little_among_five_hundred_nodes_and_ten_thousand_edges(open_page: OpenPage) -> None:
    """Elements and attributes, 175 a hover: the lists' rows. The page's main thread took 10 to 12 ms for them."""
    graph = traced_graph(features=16)
    assert len(graph.nodes) > 450
    assert len(graph.weights) > 15_000
    page = settled(open_page([hs.AttributionGraph(graph, node_threshold=1, edge_threshold=1)], width=1280), timeout=60)
    assert len(drawn_nodes(page)) > 400
    assert "the 2,500 strongest of them as lines" in readout(page)
    panel = page.locator(".hs-graph-rows").first.evaluate_handle("(rows) => rows.firstChild")
    assert 0 < page.evaluate(CHANGES, 40) < 350
    assert panel.evaluate("(row) => row.isConnected")  # nothing of the panel was made anew
    hover(page.locator(".hs-graph-mark").nth(3))
    assert page.locator(".hs-graph-surface[data-looking]").count() == 1
