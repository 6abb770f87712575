"""Four heads that bring half of what all heads bring, found in the ladder."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.path_ladder import PathLadder

MOST, SHARE = 4, 0.5


def verify(view: Any) -> str:
    if not isinstance(view, PathLadder):
        return "Give the view itself: hs.check('few_heads', ladder)."
    if not view.off:
        raise Unanswered
    terms, off = view.importance.terms, set(view.off)
    if any(term.order > 1 and term.label not in off for term in terms):
        return "Virtual heads are still on. Only the direct path and single heads are to be."
    if any(term.order == 0 and term.label in off for term in terms):
        return "A part of the direct path is off. It is to stay on."
    heads = sum(term.order == 1 and term.label not in off for term in terms)
    if heads > MOST:
        return f"{heads} heads are on. At most {MOST} are to be."
    direct, all_heads = view.importance.order_loss[:2]
    share = float((direct - view.importance.losses_without(view.off).mean()) / (direct - all_heads))
    if share >= SHARE:
        return ""
    return f"Your heads bring {share:.0%} of what all heads by themselves bring: it is to be {SHARE:.0%} at least."


EXERCISE = Exercise(
    name="few_heads",
    number=3,
    difficulty=2,
    minutes=6,
    hints=(
        "Switch all heads and the virtual heads off first: then only the direct path is on.",
        "The colour of a head says what it adds to the right token's logit. Begin with the bluest; look at the loss.",
        "Two heads that help the same tokens are worth less together. In Python: sort the heads of order 1 by "
        "importance.logits.mean(1) and set ladder.off to the labels of the others.",
    ),
    solution="""\
heads = [at for at, term in enumerate(importance.terms) if term.order == 1]
best = sorted(heads, key=lambda at: -importance.logits[at].mean())[:4]
ladder.off = [term.label for at, term in enumerate(importance.terms) if term.order > 0 and at not in best]

hs.check("few_heads", ladder)""",
    verify=verify,
    passed="Few heads, read by themselves, bring half of what all bring.",
)
