"""The probability at which a pair begins to pay, found by hand."""

from __future__ import annotations

from numbers import Real
from typing import Any

from headstream.exercises.exercise import Exercise

CROSSING = 4 / 7  # p²/3 = p/3 - p²/4
NEAR = 0.005


def verify(given: Any) -> str:
    p = given.item() if hasattr(given, "item") and getattr(given, "size", 0) == 1 else given
    if not isinstance(p, Real) or isinstance(p, bool) or not 0 <= float(p) <= 1:
        return "Your answer is to be a probability: a number from 0 to 1."
    p = float(p)
    if abs(p - CROSSING) <= NEAR:
        return ""
    if p > 1 - NEAR:
        return (
            "With b = 0 for the feature that is left out, the two cross at 1. It has a bias: p / 2 is its best guess."
        )
    if p < NEAR:
        return "At 0 both cost nothing: there is never a feature. Look for the other crossing."
    pair, alone = p**2 / 3, p / 3 - p**2 / 4
    cheaper = "the pair is" if pair < alone else "one alone is"
    return f"At {p:.3g} the pair costs {pair:.3g} and one alone {alone:.3g}: {cheaper} cheaper there, and not equal."


EXERCISE = Exercise(
    name="pair_appears",
    number=2,
    difficulty=2,
    minutes=8,
    hints=(
        "Write each loss as a function of p, and set them equal. A factor p can be divided out.",
        "The pair: p · p · 2 · 1/6. One alone: the other is p · 1/3 for its square, less (p/2)² for the bias.",
        "p²/3 = p/3 - p²/4, so p (1/3 + 1/4) = 1/3.",
    ),
    solution="""\
pair_appears = (1 / 3) / (1 / 3 + 1 / 4)

hs.check("pair_appears", pair_appears)""",
    verify=verify,
    passed="Below this probability two features are better off in one dimension together than one of them alone.",
)
