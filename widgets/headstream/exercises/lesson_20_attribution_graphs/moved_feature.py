"""The feature at an earlier position that adds most straight to the answer, found in the graph."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.results.attribution_graph import KINDS
from headstream.views.attribution_graph import PART, AttributionGraph

FEATURE, LOGIT = KINDS.index("feature"), KINDS.index("logit")


def verify(view: Any) -> str:
    if not isinstance(view, AttributionGraph):
        return "Give the view itself: hs.check('moved_feature', view)."
    layer, position, feature = (getattr(view.selection, name) for name in ("layer", "position", "feature"))
    if layer is None and position is None and feature is None:
        raise Unanswered
    nodes = np.asarray(view.nodes)
    is_feature = nodes[:, 0] == FEATURE
    at = is_feature & (nodes[:, 1] == layer) & (nodes[:, 2] == position) & (nodes[:, 3] + nodes[:, 4] * PART == feature)
    if feature is None or not at.any():
        return "A feature is wanted: click one of its marks, not an embedding, an error or a logit."
    logits = np.flatnonzero(nodes[:, 0] == LOGIT)
    answer = logits[np.argmax(np.asarray(view.activations)[logits])]
    into = np.asarray(view.targets) == answer
    straight = np.zeros(len(nodes))
    straight[np.asarray(view.sources)[into]] = np.asarray(view.weights)[into]
    moved = is_feature & (nodes[:, 2] != nodes[answer, 2])
    if not moved.any() or straight[moved].max() <= 0:
        return "In this graph no feature at an earlier position adds to the answer. Set back the shipped prompt."
    yours, most = float(straight[at][0]), float(straight[moved].max())
    if position == nodes[answer, 2]:
        return "That one stands at the last position: it needs no head. Look at the columns before."
    if yours == most:
        return ""
    return f"Straight to the answer it adds {yours:+.2f}; another feature at an earlier position adds {most:+.2f}."


EXERCISE = Exercise(
    name="moved_feature",
    number=3,
    difficulty=1,
    minutes=5,
    hints=(
        "Click the answer, in the top row. The view then lists what enters it, the strongest first.",
        "Skip what stands in the last column, and what is an embedding or an error.",
        "The first feature of that list at an earlier position is the one: click it.",
    ),
    solution="""\
answer = drawn.find(kind="logit")[0]
moved = [
    (weight, source) for source, weight in drawn.inputs(answer)
    if drawn.nodes[source].kind == "feature" and drawn.nodes[source].position != drawn.nodes[answer].position
]
found = drawn.nodes[max(moved)[1]]
for name in ("layer", "position", "feature"):
    setattr(view.selection, name, getattr(found, name))

hs.check("moved_feature", view)""",
    verify=verify,
    passed="A head carries its write to the last position, and the prediction reads it there, with no MLP between.",
)
