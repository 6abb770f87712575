"""A feature of a crosscoder that writes almost only at the last place, found in the view."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.results import DecoderShares
from headstream.views.decoder_norms import DecoderNorms

LEAST = 0.5  # of all its norms at the last place


def verify(given: Any) -> str:
    if not isinstance(given, DecoderNorms):
        return 'Give the view itself: hs.check("late_feature", layers_view).'
    feature = given.selection.feature
    if feature is None:
        raise Unanswered
    if not 0 <= feature < len(given.norms):
        return "The feature that is chosen is not in this view. Choose one in its list."
    shares = DecoderShares(given.name, given.norms, tuple(given.places)).share[feature]
    if shares[-1] < LEAST:
        most = given.places[int(shares.argmax())]
        return f"Feature {feature} has {shares[-1]:.2f} of its norms at the last place. It writes most at {most}."
    return ""


EXERCISE = Exercise(
    name="late_feature",
    number=3,
    difficulty=1,
    minutes=4,
    hints=(
        "Features whose norms lie late stand on the right of the histogram.",
        "Drag over the right end of the histogram: the list below then holds these features alone.",
        "Choose the first row of the list of those whose mean place is the largest, and run the cell.",
    ),
    solution="""\
shares = layers_view.norms / layers_view.norms.sum(1, keepdims=True)
layers_view.selection.feature = int(shares[:, -1].argmax())

hs.check("late_feature", layers_view)""",
    verify=verify,
    passed="It hardly exists before the last place: what it writes there, no layer before wrote.",
)
