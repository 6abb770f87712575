"""An attribution graph as a traced one looks: weights with heavy tails, most of them from the same position."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import AttributionGraph, GraphNode
from tests.views.graphs import graph_of

SALLY = ("<|endoftext|>", "Whenever", " I", " visit", " Aunt", " Sally", ",", " I", " feel", " like", " my", " Aunt")


def traced_graph(
    tokens: Sequence[str] = SALLY, layers: int = 4, features: int = 4, logits: int = 4, seed: int = 0
) -> AttributionGraph:
    """Up to `features` a layer and position, fewer early in the text, and an error at each."""
    rng = np.random.default_rng(seed)
    size = len(tokens)
    nodes = [GraphNode("embed", None, at, token=at, label=token) for at, token in enumerate(tokens)]
    for layer in range(layers):
        for at in range(size):
            active = min(features, rng.poisson(0.6 * features * (0.4 + (at + 1) / size)))
            for index in np.sort(rng.choice(1024, active, replace=False)).tolist():
                label = f"feature {layer}.{index}"
                nodes.append(GraphNode("feature", layer, at, index, activation=rng.gamma(2, 0.5), label=label))
        nodes += [GraphNode("error", layer, at, label=f"error {layer}") for at in range(size)]
    p = 0.6 * 0.45 ** np.arange(logits)
    nodes += [
        GraphNode("logit", None, size - 1, token=i, activation=float(p[i]), label=f" w{i}") for i in range(logits)
    ]
    edges = _edges(nodes, layers, rng)
    return graph_of(nodes, edges, tokens, token_ids=np.arange(size), name="a traced one")


def _edges(nodes: list[GraphNode], layers: int, rng: np.random.Generator) -> list[tuple[int, int, float]]:
    depth = np.array([{"embed": -1, "logit": layers}.get(node.kind, node.layer) for node in nodes])
    place = np.array([node.position for node in nodes])
    strength = rng.gamma(0.6, 1.0, len(nodes)) * np.array([0.5 if node.kind == "error" else 1 for node in nodes])
    edges = []
    for target, node in enumerate(nodes):
        if node.kind not in ("feature", "logit"):
            continue
        earlier = np.flatnonzero((depth[:target] < depth[target]) & (place[:target] <= node.position))
        away = place[target] - place[earlier]
        near = np.where(away == 0, 1.0, 0.25 * 0.8**away)
        kept = earlier[rng.uniform(size=len(earlier)) < 0.25 + 0.75 * near]
        size = strength[kept] * np.where(place[kept] == node.position, 1, 0.25) * rng.gamma(0.5, 1, len(kept))
        weights = size * rng.choice([1, 1, 1, -1], len(kept))
        edges += list(zip(kept.tolist(), [target] * len(kept), weights.tolist(), strict=True))
    return edges
