"""The step at which a head has become an induction head, pinned in a film."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.film import Film


def verify(view: Any) -> str:
    if not isinstance(view, Film):
        return "Give the view itself: hs.check('born', film)."
    pinned = view.selection
    if pinned.step is None and pinned.head is None:
        raise Unanswered
    prefix = view.scores_of_heads[0]
    layer, head = np.unravel_index(int(prefix[-1].argmax()), prefix.shape[1:])
    if (pinned.layer, pinned.head) != (layer, head):
        return "Pin a head first: that whose prefix-matching curve ends highest."
    if pinned.step is None:
        return "The head is right. Now pin a step: by the slider, or by a click into a curve."
    place = int(np.abs(view.steps - pinned.step).argmin())
    half = prefix[-1, layer, head] / 2
    reached = int(np.argmax(prefix[:, layer, head] >= half))
    if place == reached:
        return ""
    score = prefix[place, layer, head]
    if place < reached:
        return f"There its score is {score:.2f}, which is less than half of {2 * half:.2f}: look later."
    return f"There its score is {score:.2f}; half of {2 * half:.2f} was reached at an earlier step of the film."


EXERCISE = Exercise(
    name="born",
    number=2,
    difficulty=1,
    minutes=4,
    hints=(
        "The right plot has a curve for every head. Click through the small patterns until the curve that ends "
        "highest is the thick one: that click pins the head.",
        "Read half of the curve's end off the axis, and click into the plot where the curve crosses it.",
        "With the arrow keys on the slider you go from step to step; the sentence below says the head's score.",
    ),
    solution="""\
prefix = film.scores_of_heads[0]
layer, head = np.unravel_index(prefix[-1].argmax(), prefix.shape[1:])
reached = np.argmax(prefix[:, layer, head] >= prefix[-1, layer, head] / 2)
film.selection.layer, film.selection.head = int(layer), int(head)
film.selection.step = int(film.steps[reached])


hs.check("born", film)""",
    verify=verify,
    passed="This head, and the step by which half of its score has come.",
)
