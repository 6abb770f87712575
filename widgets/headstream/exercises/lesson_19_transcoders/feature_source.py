"""The head that brings most to a feature, found in the bars."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.residual_bars import ResidualBars


def verify(view: Any) -> str:
    if not isinstance(view, ResidualBars):
        return "Give the view itself: hs.check('feature_source', inputs)."
    layer, head, position = (getattr(view.selection, name) for name in ("layer", "head", "position"))
    if layer is None:
        raise Unanswered
    if head is None:
        return "Layer or MLP: a single head is wanted. Open a layer's heads, and click one of them."
    place = view.default_position if position is None else position
    bars = zip(view.components, view.values[:, place].tolist(), strict=True)
    heads = {(part["layer"], part["head"]): value for part, value in bars if part["kind"] == "head"}
    if (layer, head) not in heads:
        return f"Head {layer}.{head} writes after this feature has read."
    most, yours = max(heads.values()), heads[layer, head]
    if yours == most:
        return ""
    if yours <= 0:
        return f"Head {layer}.{head} brings {yours:.2f}: it speaks against the feature."
    return f"Head {layer}.{head} brings {yours:.2f}, but another one {most:.2f}."


EXERCISE = Exercise(
    name="feature_source",
    number=3,
    difficulty=1,
    minutes=4,
    hints=(
        "Bars to the right speak for the feature. The heads of a layer may stand as one bar, which opens.",
        "Order the bars by size, and look for the longest of a single head to the right.",
        "A head is named layer.head, such as 1.6. Click it, then run the cell.",
    ),
    solution="""\
bars = inputs.values[:, inputs.default_position]
heads = [i for i, part in enumerate(inputs.components) if part["kind"] == "head"]
best = inputs.components[max(heads, key=lambda i: bars[i])]
inputs.selection.layer, inputs.selection.head = best["layer"], best["head"]

hs.check("feature_source", inputs)""",
    verify=verify,
    passed="That head brings most to the feature, with the norm's scale as it was.",
)
