"""AttributionGraph in Python: what it accepts, what it sends, what it says when an argument is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.results import AttributionGraph as Graph
from headstream.results.attribution_graph import KINDS
from headstream.views.attribution_graph import MOST, PART
from tests.views.graphs import random_graph
from tests.views.summaries import random_summary
from tests.views.traced import traced_graph

TOKENS = (" a", " b", " c")


def field(view: Any, name: str) -> list[int]:
    return view.nodes[:, ("kind", "layer", "position", "low", "high", "token").index(name)].tolist()


def test_sends_nodes_and_edges_as_they_are() -> None:
    graph = random_graph(TOKENS)
    view = hs.AttributionGraph(graph)
    assert [KINDS[kind] for kind in field(view, "kind")] == [node.kind for node in graph.nodes]
    for name in ("layer", "token"):
        assert field(view, name) == [-1 if (got := getattr(node, name)) is None else got for node in graph.nodes]
    assert field(view, "position") == [node.position for node in graph.nodes]
    assert view.labels == [node.label for node in graph.nodes]
    np.testing.assert_allclose(view.activations, [node.activation for node in graph.nodes], rtol=1e-6)
    for name in ("sources", "targets", "weights", "totals", "constants"):
        np.testing.assert_array_equal(getattr(view, name), getattr(graph, name))
    assert (view.tokens, view.token_ids.tolist(), view.name) == (list(TOKENS), [0, 1, 2], "a random one")


def test_an_edge_takes_less_than_eight_bytes() -> None:
    graph = traced_graph(features=15)
    state = hs.AttributionGraph(graph).get_state()
    sizes = {name: len(value["data"]) for name, value in state.items() if isinstance(value, dict) and "data" in value}
    assert sum(sizes[name] for name in ("sources", "targets", "weights")) < 8 * len(graph.weights)
    assert sum(sizes.values()) < 200_000


def test_a_feature_may_have_any_number() -> None:
    graph = random_graph(TOKENS)
    number = 26 * 2**40 + 12345
    first = graph.find(kind="feature")[0]
    nodes = (*graph.nodes[:first], replace(graph.nodes[first], feature=number), *graph.nodes[first + 1 :])
    view = hs.AttributionGraph(replace(graph, nodes=nodes))
    assert field(view, "low")[first] + PART * field(view, "high")[first] == number


def test_the_page_chooses_what_can_be_read_unless_told() -> None:
    view = hs.AttributionGraph(traced_graph())
    assert (view.node_threshold, view.edge_threshold) == (None, None)
    view.node_threshold = np.float32(0.5)
    assert view.node_threshold == 0.5
    given = hs.AttributionGraph(traced_graph(), node_threshold=0.5, edge_threshold=0)
    assert (given.node_threshold, given.edge_threshold) == (0.5, 0)


def test_pins_and_groups_begin_with_the_graphs_own() -> None:
    graph = replace(random_graph(TOKENS), pinned=(7, 4), supernodes={"names": (9, 8), "": (5,)})
    view = hs.AttributionGraph(graph)
    assert (view.pinned, view.supernodes) == ((4, 7), {"names": (8, 9), "": (5,)})
    view.pinned = [3, 3, 1]
    view.supernodes = {"x": np.array([2, 1])}
    assert (view.pinned, view.supernodes) == ((1, 3), {"x": (1, 2)})


def test_another_graph_brings_its_own_pins_and_groups() -> None:
    view = hs.AttributionGraph(replace(random_graph(TOKENS), pinned=(40,), supernodes={"a": (41,)}), node_threshold=0.6)
    view.show(replace(random_graph(TOKENS, 1, 2), pinned=(4,)))
    assert (view.pinned, view.supernodes, view.node_threshold) == ((4,), {}, 0.6)


@pytest.mark.parametrize(
    ("name", "value", "error", "message"),
    [
        ("pinned", [99], ValueError, "pinned: expected 0 to 49, got 99"),
        ("pinned", ["a"], TypeError, "pinned: expected a whole number, got 'a'"),
        ("pinned", "ab", TypeError, "pinned: expected nodes, got a single str"),
        ("pinned", 5, TypeError, "pinned: expected nodes, got int"),
        ("supernodes", {"a": [-1]}, ValueError, r"supernodes\['a'\]: expected 0 to 49, got -1"),
        ("supernodes", {3: [1]}, TypeError, "supernodes: expected a text, got int"),
        ("supernodes", [3], TypeError, "supernodes: expected nodes by name, got list"),
        ("node_threshold", 80, ValueError, "node_threshold: expected a number from 0 to 1, got 80"),
        ("edge_threshold", "all", TypeError, "edge_threshold: expected a number from 0 to 1, got 'all'"),
    ],
)
def test_a_wrong_setting_is_told_and_changes_nothing(
    name: str, value: Any, error: type[Exception], message: str
) -> None:
    view = hs.AttributionGraph(random_graph(TOKENS))
    before = getattr(view, name)
    with pytest.raises(error, match=f"^{message}$"):
        setattr(view, name, value)
    assert getattr(view, name) == before


def without_logits(graph: Graph) -> Graph:
    first = graph.find(kind="logit")[0]
    kept = graph.targets < first
    arrays = {name: getattr(graph, name)[kept] for name in ("sources", "targets", "weights")}
    return replace(
        graph, nodes=graph.nodes[:first], totals=graph.totals[:first], constants=graph.constants[:first], **arrays
    )


def test_a_graph_without_a_logit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^graph: expected one with a logit, got none$"):
        hs.AttributionGraph(without_logits(random_graph(TOKENS)))


def test_more_edges_than_a_page_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST == 200_000
    monkeypatch.setattr("headstream.views.attribution_graph.MOST", 100)
    message = r"^graph: expected at most 100 edges, got [\d,]+: prune it first \(hs.prune_graph\), or tell fewer"
    with pytest.raises(ValueError, match=message):
        hs.AttributionGraph(random_graph(TOKENS))


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"layer": 3}, IndexError, "layer: expected -3 to 2, got 3"),
        ({"position": 3}, IndexError, "position: expected -3 to 2, got 3"),
        ({"feature": -1}, ValueError, "feature: expected 0 or more, got -1"),
        ({"cards": [1]}, TypeError, "cards: expected a FeatureSummary by layer, or a card by label, got list"),
        ({"cards": {0: random_summary(TOKENS), 1: 3}}, TypeError, r"cards\[1\]: expected a FeatureSummary, got int"),
        ({"cards": {"0": random_summary(TOKENS)}}, TypeError, "cards: expected a whole number, got '0'"),
        (
            {"cards": {0: random_summary(TOKENS)}},
            ValueError,
            r"cards\[0\]: .* layer 0's transcoder, .*, got one of \d+",
        ),
        ({"cards": {"a": 1}}, TypeError, r"cards\['a'\]: expected a mapping with promotes, .*, got int"),
        ({"cards": {"a": {"tops": []}}}, ValueError, r"cards\['a'\]: expected 'promotes' or .*, got 'tops'"),
        ({"cards": {"a": {"promotes": "x"}}}, TypeError, r"cards\['a'\]\['promotes'\]: expected a list of texts, .*"),
        ({"cards": {"a": {"examples": [[["x"]]]}}}, ValueError, r".*\[0\]: expected a pair .*, got 1 parts"),
        ({"cards": {"a": {"examples": [(["x"], [1, 2])]}}}, ValueError, r".*\[0\]: expected \[token\] = \[1\], got .*"),
        ({"cards": {"a": {"examples": [(["x"], [np.nan])]}}}, ValueError, r".*: expected finite numbers, got nan .*"),
    ],
)
def test_a_wrong_argument_is_told(given: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{message}$"):
        hs.AttributionGraph(random_graph(TOKENS), **given)


def test_what_is_shown_first() -> None:
    view = hs.AttributionGraph(random_graph(TOKENS), layer=-1, position=1, feature=77)
    assert (view.selection.layer, view.selection.position, view.selection.feature) == (2, 1, 77)


def test_cards_are_sent_with_few_digits() -> None:
    card = {"promotes": [" x"], "examples": [((" y", "\udc80"), np.array([1.23456, 0]))]}
    view = hs.AttributionGraph(random_graph(TOKENS), cards={"feature 1.2": card})
    example = {"tokens": [" y", "?"], "activations": [1.23, 0.0]}
    assert view.cards == {"feature 1.2": {"promotes": [" x"], "suppresses": [], "examples": [example]}}


def test_summaries_of_the_transcoders_make_cards() -> None:
    summary = random_summary(TOKENS, features=1000)
    graph = random_graph(TOKENS, 2)
    view = hs.AttributionGraph(graph, cards={1: summary})
    features = {graph.nodes[at].label: graph.nodes[at].feature for at in graph.find(kind="feature", layer=1)}
    assert set(view.cards) == set(features)
    for label, feature in features.items():
        card = view.cards[label]
        assert card["promotes"] == [summary.vocabulary[token] for token in summary.promoted[feature, :5].tolist()]
        assert card["suppresses"] == [summary.vocabulary[token] for token in summary.suppressed[feature, :5].tolist()]
        places = summary.top.at[feature]
        assert len(card["examples"]) == min(3, (places >= 0).sum())
        for example, ids, fired, at in zip(
            card["examples"], summary.top.token_ids[feature], summary.top.activations[feature], places, strict=False
        ):
            assert summary.vocabulary[int(ids[at])] in example["tokens"]
            np.testing.assert_allclose(max(example["activations"]), fired.max(), rtol=0.006)


def test_what_the_reader_pins_and_groups_is_read_back() -> None:
    view = hs.AttributionGraph(random_graph(TOKENS))
    sent: list[Any] = []
    view.send_state = lambda key=None: sent.append(key)
    # As the page sends it.
    view.set_state({"pinned": [7, 3], "supernodes": {"names": [5, 4]}, "node_threshold": 0.5})
    assert (view.pinned, view.supernodes, view.node_threshold) == ((3, 7), {"names": (4, 5)}, 0.5)
    view.set_state({"pinned": [], "supernodes": {}})
    assert (view.pinned, view.supernodes) == ((), {})
