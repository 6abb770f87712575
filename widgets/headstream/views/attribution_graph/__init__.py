"""Attribution graph: what leads to a prediction, with features for nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import traitlets

from headstream import checks, results
from headstream.results.attribution_graph import KINDS
from headstream.views.attribution_graph.cards import sent_cards
from headstream.views.shared.traits import Array, Number, Text, sendable
from headstream.views.shared.view import TokenView, bundle, token_traits

# Edges that a page can hold: 1.6 MB.
MOST = 200_000
# A feature's number is sent in two parts: in some files it is larger than 32 bits hold.
PART = 2**24


class AttributionGraph(TokenView):
    """Draws an attribution graph: positions in columns, layers in rows, the embeddings at the bottom and the logits on
    top; an edge where a node adds to another, or takes away. Click a node to see what enters and leaves it.

    graph: an `AttributionGraph` result, computed or read from a file of circuit-tracer or Neuronpedia.
    cards: what else is known of features: by layer, the `FeatureSummary` of its transcoder (`hs.feature_summary`), or
        by the label of a node a mapping with any of promotes, suppresses and examples; see `cards.sent_cards`.
    node_threshold, edge_threshold: the shares of the influence that the nodes drawn hold, and then the edges; None is
        as much as can be read: .8 or less of what has more than 60 nodes, and 300 edges at most. The page prunes as
        `hs.prune_graph` does, and shows both scores as `hs.graph_scores(graph, pruned)` computes them.
    layer, position, feature: the node to show first.

    pinned: [node], nodes that are kept whatever is pruned. supernodes: by name, nodes that are drawn as one, with the
    sums of their edges. Both are numbers of `graph.nodes`, begin with the graph's own, are changed by the reader, and
    may be set. The page saves what it draws as circuit-tracer's JSON.

    An edge takes 8 bytes (12 in a graph of 65,536 nodes or more), a node 36 and its label.
    Raises ValueError for a graph without a logit, or with more than 200,000 edges.
    """

    _esm = bundle("attribution_graph", "js")
    _css = bundle("attribution_graph", "css")

    nodes = Array("int32", help="[node, 6]: kind, layer, position, feature mod 2²⁴ and the rest of it, token; -1: none")
    labels = traitlets.List(Text(), read_only=True, help="one a node").tag(sync=True)
    activations = Array("float32", help="[node], a feature's activation, a logit's probability")
    totals = Array("float32", help="[node], its value in the run; nan where it is not known")
    constants = Array("float32", help="[node], what of it no source brings")
    sources = Array("uint16", "int32", help="[edge], the node that it comes from")
    targets = Array("uint16", "int32", help="[edge], the node that it goes to")
    weights = Array("float32", help="[edge], what the source adds to the target")
    name = Text(read_only=True, help="of the model").tag(sync=True)
    cards = traitlets.Dict(read_only=True, help="by label: promotes, suppresses, examples").tag(sync=True)
    node_threshold = Number(None, least=0, most=1, allow_none=True, help="share of the influence that the nodes hold")
    edge_threshold = Number(None, least=0, most=1, allow_none=True, help="and the edges between them; None: readable")
    pinned = traitlets.Any((), help="[node], kept whatever is pruned").tag(sync=True)
    supernodes = traitlets.Any({}, help="nodes that are drawn as one, by name").tag(sync=True)

    def __init__(
        self,
        graph: Any,
        cards: Mapping[Any, Any] | None = None,
        *,
        node_threshold: float | None = None,
        edge_threshold: float | None = None,
        layer: int | None = None,
        position: int | None = None,
        feature: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(graph, cards)
        layers = 1 + max((node.layer for node in graph.nodes if node.layer is not None), default=-1)
        pins = {
            "layer": checks.optional_index("layer", layer, layers),
            "position": checks.optional_index("position", position, len(graph.tokens)),
            "feature": None if feature is None else checks.whole("feature", feature, 0),
        }
        super().__init__(
            drawn,
            pins,
            node_threshold=node_threshold,
            edge_threshold=edge_threshold,
            pinned=graph.pinned,
            supernodes=graph.supernodes,
            **traits,
        )

    @classmethod
    def _drawn(cls, graph: Any, cards: Mapping[Any, Any] | None = None) -> dict[str, Any]:
        if not isinstance(graph, results.AttributionGraph):
            expected = "an AttributionGraph (pass hs.attribution_graph(run, transcoders))"
            raise TypeError(f"graph: expected {expected}, got {type(graph).__name__}")
        if not graph.find(kind="logit"):
            raise ValueError("graph: expected one with a logit, got none")
        if len(graph.weights) > MOST:
            how = "prune it first (hs.prune_graph), or tell fewer features apart (most=300)"
            raise ValueError(f"graph: expected at most {MOST:,} edges, got {len(graph.weights):,}: {how}")
        ends = np.uint16 if len(graph.nodes) < 2**16 else np.int32
        return {
            **token_traits(graph.tokens, graph.token_ids, len(graph.tokens)),
            "nodes": np.array([_sent(node) for node in graph.nodes], np.int32),
            "labels": [sendable(node.label) for node in graph.nodes],
            "activations": np.array([node.activation for node in graph.nodes], np.float32),
            **{name: np.asarray(getattr(graph, name), np.float32) for name in ("totals", "constants", "weights")},
            **{name: getattr(graph, name).astype(ends) for name in ("sources", "targets")},
            "name": sendable(graph.name),
            "cards": sent_cards(graph, cards),
        }

    def show(self, graph: Any, cards: Mapping[Any, Any] | None = None) -> None:
        """Draw another graph, with its own nodes pinned and grouped, for a node's number means another one in it."""
        with self.hold_sync():
            super().show(graph, cards)
            self.pinned, self.supernodes = graph.pinned, graph.supernodes

    @traitlets.validate("pinned")
    def _pinned_are_nodes(self, proposal: Any) -> tuple[int, ...]:
        return self._numbers("pinned", proposal["value"])

    @traitlets.validate("supernodes")
    def _supernodes_are_nodes(self, proposal: Any) -> dict[str, tuple[int, ...]]:
        given, groups = proposal["value"], {}
        if not isinstance(given, Mapping):
            raise TypeError(f"supernodes: expected nodes by name, got {type(given).__name__}")
        for name, members in given.items():
            groups[sendable(checks.text("supernodes", name))] = self._numbers(f"supernodes[{name!r}]", members)
        return groups

    def _numbers(self, name: str, values: Any) -> tuple[int, ...]:
        """Nodes in their order, each once."""
        found = {checks.whole(name, value, 0, len(self.labels) - 1) for value in checks.items(name, values, "nodes")}
        return tuple(sorted(found))


def _sent(node: results.GraphNode) -> tuple[int, ...]:
    high, low = (-1, -1) if node.feature is None else divmod(node.feature, PART)
    return (
        KINDS.index(node.kind),
        -1 if node.layer is None else node.layer,
        node.position,
        low,
        high,
        -1 if node.token is None else node.token,
    )
