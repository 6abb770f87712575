"""The edge of the strongest K-composition, found in the graph."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.results.composition import READS
from headstream.views.composition_graph import CompositionGraph


def verify(view: Any) -> str:
    if not isinstance(view, CompositionGraph):
        return "Give the view itself: hs.check('strongest_key', graph)."
    layer, head, to_layer, to_head = (
        getattr(view.selection, name) for name in ("layer", "head", "to_layer", "to_head")
    )
    if head is None and to_head is None:
        raise Unanswered
    if None in (layer, head, to_layer, to_head):
        return "A head is pinned. Click a line between two heads, or its row in the list."
    layers = view.heads[:, 0]
    pairs = np.argwhere(layers[:, None] < layers[None, :])
    excess = (view.scores - view.null).reshape(len(READS), len(pairs))
    edges = [(*view.heads[a].tolist(), *view.heads[b].tolist()) for a, b in pairs]
    if (layer, head, to_layer, to_head) not in edges:
        return f"Head {layer}.{head} is in no earlier layer than {to_layer}.{to_head}."
    yours = excess[:, edges.index((layer, head, to_layer, to_head))]
    key, largest = float(yours[READS.index("K")]), float(excess[READS.index("K")].max())
    if key == largest:
        return ""
    given = f"As key, {to_layer}.{to_head} reads {layer}.{head} with {key:+.3f} above the null"
    return f"{given}, and another pair of heads has {largest:+.3f}."


EXERCISE = Exercise(
    name="strongest_key",
    number=2,
    difficulty=1,
    minutes=3,
    hints=(
        "Only K-composition counts: switch Q and V off.",
        "Push the threshold up until one line is left.",
        "Click this line, or its row in the list. Both ends are then pinned.",
    ),
    solution="""\
edges = [edge for edge in composition.records() if edge["read"] == "K"]
edge = max(edges, key=lambda edge: edge["excess"])
graph.selection.layer, graph.selection.head = edge["from_layer"], edge["from_head"]
graph.selection.to_layer, graph.selection.to_head = edge["to_layer"], edge["to_head"]

hs.check("strongest_key", graph)""",
    verify=verify,
    passed="No other key reads as much, above its null, of what an earlier head writes.",
)
