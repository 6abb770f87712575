"""The head that pushes hardest against the model's guess, found in the bars."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.residual_bars import ResidualBars


def verify(view: Any) -> str:
    if not isinstance(view, ResidualBars):
        return "Give the view itself: hs.check('hardest_against', bars)."
    layer, head, position = (getattr(view.selection, name) for name in ("layer", "head", "position"))
    if head is None:
        raise Unanswered
    place = view.default_position if position is None else position
    heads = {
        (part["layer"], part["head"]): float(value)
        for part, value in zip(view.components, view.values[:, place], strict=True)
        if part["kind"] == "head"
    }
    lowest = min(heads.values())
    if heads.get((layer, head), 0) == lowest:
        return ""
    yours = heads[layer, head]
    if yours > 0:
        return f"Head {layer}.{head} pushes for the guess: its bar is {yours:.2f}."
    return f"Head {layer}.{head} adds {yours:.2f}, but another one adds {lowest:.2f}."


EXERCISE = Exercise(
    name="hardest_against",
    number=2,
    difficulty=1,
    minutes=3,
    hints=(
        "Against the guess means: it takes from the guess's logit. Those bars are orange and go to the left.",
        "Order the bars by size, or switch the waterfall off, and the negative ones are easy to compare.",
        "Click the name of the longest bar to the left that is a head's; its name is a layer, a dot and a number.",
    ),
    solution="""\
heads = [(value, c.layer, c.head) for c, value in zip(split.components, split.values[:, place]) if c.kind == "head"]
_, bars.selection.layer, bars.selection.head = min(heads)

hs.check("hardest_against", bars)""",
    verify=verify,
    passed="No other head takes as much from the logit of the guess.",
)
