"""The head that wrote what an MLP then took away, found in the bars."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.residual_bars import ResidualBars


def verify(view: Any) -> str:
    if not isinstance(view, ResidualBars):
        return "Give the view itself: hs.check('cleared_writer', cleared)."
    layer, head, position = (getattr(view.selection, name) for name in ("layer", "head", "position"))
    if layer is None:
        raise Unanswered
    if head is None:
        return "Layer or MLP: a single head is wanted. Open a layer's heads, and click one of them."
    place = view.default_position if position is None else position
    bars = list(zip(view.components, view.values[:, place].tolist(), strict=True))
    clearing = min((value, part["layer"]) for part, value in bars if part["kind"] == "mlp")
    heads = {(part["layer"], part["head"]): value for part, value in bars if part["kind"] == "head"}
    most = max(value for (of, _), value in heads.items() if of <= clearing[1])
    yours = heads[layer, head]
    if layer > clearing[1]:
        return f"Head {layer}.{head} writes after the MLP that clears, {clearing[1]}.mlp."
    if yours == most:
        return ""
    if yours <= 0:
        return f"Head {layer}.{head} writes {yours:.2f}: it is no source of what is there."
    return f"Head {layer}.{head} writes {yours:.2f} of it, but another one {most:.2f}."


EXERCISE = Exercise(
    name="cleared_writer",
    number=3,
    difficulty=1,
    minutes=4,
    hints=(
        "Bars to the right wrote along the key, bars to the left took away. Only a head is wanted.",
        "A layer's heads are one bar: click it, and it opens. Begin with the longest bar to the right.",
        "Click the head with the longest bar to the right, in a layer no later than that of the MLP that clears.",
    ),
    solution="""\
heads = [(v, c.layer, c.head) for c, v in zip(along.components, along.values[:, place]) if c.kind == "head"]
_, cleared.selection.layer, cleared.selection.head = max(head for head in heads if head[1] <= layer_of)

hs.check("cleared_writer", cleared)""",
    verify=verify,
    passed="No other head wrote as much along the key, of what the MLP then took away.",
)
