"""Attribution graphs made with numpy alone, whole: the edges into each node and its constant sum to its total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from headstream.results import AttributionGraph, GraphNode

Kind = Literal["embed", "feature", "error", "logit"]


def graph_of(
    nodes: Sequence[GraphNode], edges: Sequence[tuple[int, int, float]], tokens: Sequence[str], **fields: object
) -> AttributionGraph:
    """The graph with these edges (source, target, weight), without constants."""
    sources, targets = (np.array([edge[side] for edge in edges], np.int32) for side in (0, 1))
    weights = np.array([edge[2] for edge in edges], np.float32)
    totals = np.bincount(targets, weights, len(nodes)).astype(np.float32)
    return AttributionGraph(
        tuple(nodes), sources, targets, weights, totals, np.zeros_like(totals), tuple(tokens), **fields
    )  # type: ignore[arg-type]


def random_graph(
    tokens: Sequence[str], layers: int = 3, features: int = 4, logits: int = 2, *, share: float = 0.5, seed: int = 0
) -> AttributionGraph:
    """`features` a layer and position, one error a layer and position; `share` of all edges that there can be."""
    rng = np.random.default_rng(seed)
    size = len(tokens)
    nodes = [GraphNode("embed", None, at, token=at, label=token) for at, token in enumerate(tokens)]
    for layer in range(layers):
        for at in range(size):
            for index in np.sort(rng.choice(1000, features, replace=False)).tolist():
                label = f"feature {layer}.{index}"
                nodes.append(GraphNode("feature", layer, at, index, activation=rng.uniform(0.1, 3), label=label))
        nodes += [GraphNode("error", layer, at, label=f"error {layer}") for at in range(size)]
    nodes += [GraphNode("logit", None, size - 1, token=i, activation=0.5**i / 2, label=f" w{i}") for i in range(logits)]
    place = {"embed": -1, "logit": layers}
    depth = [place.get(node.kind, node.layer) for node in nodes]
    edges = []
    for target, node in enumerate(nodes):
        if node.kind in ("feature", "logit"):
            earlier = [s for s in range(target) if depth[s] < depth[target] and nodes[s].position <= node.position]
            kept = rng.permutation(earlier)[: max(1, round(share * len(earlier)))].tolist()
            edges += [(s, target, float(rng.normal())) for s in sorted(kept)]
    return graph_of(nodes, edges, tokens, token_ids=np.arange(size), name="a random one")
