"""Scores and pruning of attribution graphs: by hand, by the inverse matrix, and step by step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headstream.features.graph_scores import (
    cumulative_influence,
    edge_influence,
    graph_influence,
    graph_scores,
    influence_of,
    prune_graph,
)
from headstream.results import AttributionGraph, GraphNode
from tests.views.graphs import graph_of, random_graph

TOKENS = ["a", "b", "c"]
KEPT = ("embed", "logit")


def by_hand() -> AttributionGraph:
    """Two features, one after the other, an error a layer, one logit.

    embed -3-> first, embed -1-> second <-3- first, error 0 -(-4)-> second, second -6-> logit <-(-2)- error 1.
    """
    nodes = [
        GraphNode("embed", None, 0, label="a"),
        GraphNode("feature", 0, 0, 7, label="first"),
        GraphNode("error", 0, 0, label="error 0"),
        GraphNode("feature", 1, 0, 3, label="second"),
        GraphNode("error", 1, 0, label="error 1"),
        GraphNode("logit", None, 0, token=2, activation=0.5, label="b"),
    ]
    edges = [(0, 1, 3.0), (0, 3, 1.0), (1, 3, 3.0), (2, 3, -4.0), (3, 5, 6.0), (4, 5, -2.0)]
    return graph_of(nodes, edges, ["a"])


def test_the_example_by_hand() -> None:
    """The logit takes 3/4 from the second feature, 1/4 from an error; the second 1/8, 3/8 and 4/8; the first all."""
    graph = by_hand()
    second, first = 0.5 * 3 / 4, 0.5 * 3 / 4 * 3 / 8
    expected = [second / 8 + first, first, second / 2, second, 0.5 / 4, 0]
    np.testing.assert_allclose(graph_influence(graph), expected)
    np.testing.assert_allclose(edge_influence(graph), [first, second / 8, second * 3 / 8, second / 2, second, 0.5 / 4])
    read, lost = expected[0], expected[2] + expected[4]
    replacement, completeness = graph_scores(graph)
    assert replacement == pytest.approx(read / (read + lost)) == pytest.approx(3 / 8)
    weights, kept = np.array([first, second, 0.5]), np.array([1, 1 / 2, 3 / 4])
    assert completeness == pytest.approx((weights * kept).sum() / weights.sum())


def test_what_is_not_told_counts_as_error() -> None:
    graph = by_hand()
    some = graph_scores(graph, within=[3])
    assert some.replacement == pytest.approx(3 / 4 / 8)  # from the embedding straight to the second feature
    assert some.completeness == pytest.approx((0.5 * 3 / 4 + 3 / 8 * 1 / 8) / (0.5 + 3 / 8))
    assert graph_scores(graph, within=[]) == (0, 0)
    assert graph_scores(graph, within=range(6)) == pytest.approx(graph_scores(graph))
    assert graph_scores(graph, within=graph) == pytest.approx(graph_scores(graph))
    with pytest.raises(IndexError, match="within: expected -6 to 5, got 6"):
        graph_scores(graph, within=[6])
    with pytest.raises(ValueError, match="within: expected a part of the graph, got one with 'b'"):
        graph_scores(graph, within=random_graph(["b"], 1))


def matrix(graph: AttributionGraph) -> np.ndarray:
    sizes = np.zeros((len(graph.nodes), len(graph.nodes)))
    sizes[graph.targets, graph.sources] = np.abs(graph.weights)
    sums = sizes.sum(1, keepdims=True)
    return np.divide(sizes, sums, out=np.zeros_like(sizes), where=sums > 0)


def probabilities(graph: AttributionGraph) -> np.ndarray:
    return np.array([node.activation if node.kind == "logit" else 0 for node in graph.nodes])


@pytest.mark.parametrize("seed", range(3))
def test_influence_is_that_of_the_inverse(seed: int) -> None:
    graph = random_graph(TOKENS, 4, 3, 3, seed=seed)
    a, p, size = matrix(graph), probabilities(graph), len(graph.nodes)
    expected = p @ (np.linalg.inv(np.eye(size) - a) - np.eye(size))
    np.testing.assert_allclose(graph_influence(graph), expected, atol=1e-12)
    np.testing.assert_allclose(
        edge_influence(graph), (a * (expected + p)[:, None])[graph.targets, graph.sources], atol=1e-12
    )
    whole = np.linalg.inv(np.eye(size) - a) - np.eye(size)
    np.testing.assert_allclose([influence_of(graph, node) for node in range(size)], whole.T, atol=1e-12)
    kinds = np.array([node.kind for node in graph.nodes])
    read, lost = expected[kinds == "embed"].sum(), expected[kinds == "error"].sum()
    assert read + lost == pytest.approx(p.sum()), "every path ends at an embedding or an error"
    fed = a.sum(1) > 0
    complete = ((expected + p) * (1 - a[:, kinds == "error"].sum(1)))[fed].sum() / (expected + p)[fed].sum()
    assert graph_scores(graph) == pytest.approx((read / p.sum(), complete))


def test_nothing_but_features_and_nothing_but_errors() -> None:
    graph = random_graph(TOKENS)

    def without(kind: str) -> AttributionGraph:
        chosen = np.array([graph.nodes[source].kind != kind for source in graph.sources])
        return replace(graph, **{name: getattr(graph, name)[chosen] for name in ("sources", "targets", "weights")})

    assert graph_scores(without("error")) == pytest.approx((1, 1))
    assert graph_scores(without("embed")).replacement == 0
    direct = graph_scores(without("feature"))
    logits = graph.find(kind="logit")
    shares = [sum(abs(w) for s, w in graph.inputs(at) if graph.nodes[s].kind == "embed") for at in logits]
    whole = [sum(abs(w) for s, w in graph.inputs(at) if graph.nodes[s].kind != "feature") for at in logits]
    p = probabilities(graph)[list(logits)]
    assert direct.replacement == pytest.approx((p * np.divide(shares, whole)).sum() / p.sum())


def test_turning_signs_changes_no_score() -> None:
    graph = random_graph(TOKENS)
    assert graph_scores(replace(graph, weights=-graph.weights)) == graph_scores(graph)


@pytest.mark.parametrize(("nodes", "edges"), [(0.8, 0.98), (0.5, 0.9), (0.95, 0.5), (1, 1), (0, 0)])
@pytest.mark.parametrize("seed", range(3))
def test_pruning_step_by_step(nodes: float, edges: float, seed: int) -> None:
    graph = random_graph(TOKENS, 4, 3, 3, seed=seed)
    a, p, size = matrix(graph), probabilities(graph), len(graph.nodes)
    inverse = np.linalg.inv(np.eye(size) - a) - np.eye(size)
    stays = {at for at, node in enumerate(graph.nodes) if node.kind in KEPT}
    kept = stays | _enough(dict(enumerate(p @ inverse)), nodes)
    weights = {(s, t): abs(w) for s, t, w in zip(graph.sources, graph.targets, graph.weights, strict=True)}
    inside = {edge: w for edge, w in weights.items() if edge[0] in kept and edge[1] in kept}
    small = np.zeros((size, size))
    for (s, t), weight in inside.items():
        small[t, s] = weight
    small = np.divide(
        small, small.sum(1, keepdims=True), out=np.zeros_like(small), where=small.sum(1, keepdims=True) > 0
    )
    reach = p @ np.linalg.inv(np.eye(size) - small)
    alive = _enough({(s, t): small[t, s] * reach[t] for s, t in inside}, edges)
    while True:
        from_, into = {s for s, _ in alive}, {t for _, t in alive}
        dead = {at for at in kept - stays if at not in from_ or (graph.nodes[at].kind == "feature" and at not in into)}
        if not dead:
            break
        kept -= dead
        alive = {edge for edge in alive if not dead & set(edge)}
    found = prune_graph(graph, nodes=nodes, edges=edges)
    assert set(found.nodes) == {graph.nodes[at] for at in kept}
    got = {(found.nodes[s], found.nodes[t]) for s, t in zip(found.sources, found.targets, strict=True)}
    assert got == {(graph.nodes[s], graph.nodes[t]) for s, t in alive}
    assert (found.node_threshold, found.edge_threshold) == (nodes, edges)


def _enough(scores: dict, share: float) -> set:
    """The largest until they hold the share, and all that are as large as the last of them."""
    total, sum_, least = sum(scores.values()), 0.0, 0.0
    for least in sorted(scores.values(), reverse=True):
        sum_ += least
        if sum_ / total >= share - 1e-12:
            break
    return {at for at, score in scores.items() if score >= least - 1e-15 and score >= 0}


def test_cumulative_influence_is_where_a_node_comes_in() -> None:
    graph = random_graph(TOKENS, 3, 3, 2)
    entered, scores = cumulative_influence(graph), graph_influence(graph)
    assert entered.max() == pytest.approx(1)
    for at, node in enumerate(graph.nodes):
        if node.kind == "feature":
            assert entered[at] == pytest.approx(scores[scores >= scores[at]].sum() / scores.sum())
    assert (entered[list(graph.find(kind="logit"))] == 0).all()


def test_groups_and_pins_keep_their_nodes() -> None:
    graph = random_graph(TOKENS, 3, 4, 2)
    pruned = prune_graph(graph, nodes=0.6)
    gone = [at for at, node in enumerate(graph.nodes) if node not in pruned.nodes]
    left = [at for at, node in enumerate(graph.nodes) if node in pruned.nodes]
    assert gone
    grouped = replace(graph, supernodes={"some": (gone[0], left[4]), "none": (gone[1],)}, pinned=(left[5], gone[2]))
    again = prune_graph(grouped, nodes=0.6)
    assert list(again.supernodes) == ["some"]
    assert [again.nodes[at] for at in again.supernodes["some"]] == [graph.nodes[left[4]]]
    assert [again.nodes[at] for at in again.pinned] == [graph.nodes[left[5]]]
    lost = pruned.left_out[list(pruned.find(kind="logit"))]
    assert np.abs(lost).max() > 0.01, "what was pruned is missing in the sum"


def test_what_cannot_be_scored_is_said() -> None:
    graph = by_hand()
    for wrong in ({"nodes": 80}, {"edges": -0.1}):
        with pytest.raises(ValueError, match="expected a number from 0 to 1"):
            prune_graph(graph, **wrong)
    bare = replace(
        graph, nodes=graph.nodes[:1], sources=graph.sources[:0], targets=graph.targets[:0], weights=graph.weights[:0],
        totals=graph.totals[:1], constants=graph.constants[:1],
    )  # fmt: skip
    for function in (graph_scores, graph_influence, edge_influence, prune_graph):
        with pytest.raises(ValueError, match="graph: expected one with a logit, got none"):
            function(bare)
