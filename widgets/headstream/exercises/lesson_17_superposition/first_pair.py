"""The densest toy in which two features share a dimension, found in the view."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.results.superposition import dimensionality
from headstream.views.feature_geometry import FeatureGeometry

PAIR = (0.44, 0.56)


def verify(view: Any) -> str:
    if not isinstance(view, FeatureGeometry):
        return "Give the view itself: hs.check('first_pair', sweep)."
    feature, toy = view.selection.feature, view.toy
    if feature is None:
        raise Unanswered
    own, there = dimensionality(view.columns), view.probability.mean(1)
    if feature >= own.shape[1]:
        return f"The view has no feature {feature}."
    paired = (own > PAIR[0]) & (own < PAIR[1])
    denser = np.flatnonzero(paired.any(1) & (there > there[toy]))
    if len(denser):
        return f"There is a denser toy with a pair: one with features that are there in {there[denser].max():.0%}."
    if not paired[toy].any():
        return "In this toy no feature has half a dimension: none of the bars ends near the line of the pair."
    if not paired[toy, feature]:
        return f"Feature {feature} has {own[toy, feature]:.2f} dimensions here: no half. Another one has."
    return ""


EXERCISE = Exercise(
    name="first_pair",
    number=3,
    difficulty=1,
    minutes=4,
    hints=(
        "The slider below the picture moves from the densest toy to the sparsest. Watch the lower bars.",
        "In the first toy the kept features have 1 each. Stop at the first where a bar ends at the line 1/2.",
        "Click such a bar. In W Wᵀ its row has a second coloured cell, a negative one: the partner.",
    ),
    solution="""\
own = swept.dimensionality
sweep.toy = int(((own > 0.44) & (own < 0.56)).any(1).argmax())
sweep.selection.feature = int(abs(own[sweep.toy] - 0.5).argmin())

hs.check("first_pair", sweep)""",
    verify=verify,
    passed="In no denser toy does a feature share a dimension like this.",
)
