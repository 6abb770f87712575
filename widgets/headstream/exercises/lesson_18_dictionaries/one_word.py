"""A feature that fires on one word, found in the feature card."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.feature_card import FeatureCard

LEAST = 3  # letters of a word


def verify(view: Any) -> str:
    if not isinstance(view, FeatureCard):
        return "Give the view itself: hs.check('one_word', card)."
    feature = view.selection.feature
    if feature is None:
        raise Unanswered
    if feature >= len(view.density):
        return f"Feature {feature} is none of this dictionary."
    tokens = [label for label in view.examples_at(feature)[: view.strongest] if label]
    if not tokens:
        return f"Feature {feature} fires nowhere on this text."
    if len(tokens) < view.strongest:
        return f"Feature {feature} has fewer examples than others: too few to tell. Choose one that fires more often."
    words = list(dict.fromkeys(token.strip().lower() for token in tokens))
    if len(words) > 1:
        return f"Feature {feature} is strongest at {', '.join(map(repr, words[:3]))}: more than one word."
    if len(words[0]) < LEAST or not words[0].isalpha():
        return f"Feature {feature} is always at {words[0]!r}, which is no word of {LEAST} letters or more."
    return ""


EXERCISE = Exercise(
    name="one_word",
    number=3,
    difficulty=1,
    minutes=4,
    hints=(
        "Type a common word into the search above the list: it finds features that have it among their tokens.",
        "A row that names one token under 'fires on' is a candidate. Capitals and spaces make no other word.",
        "Search for but, what or very, look for a row with that word alone, and click it.",
    ),
    solution="""\
words = [{label.strip().lower() for label in summary.fires_on(feature)} for feature in range(len(summary.density))]
full = (summary.top.at >= 0).all(1)
one = [len(own) == 1 and min(own).isalpha() and len(min(own)) > 2 and full[i] for i, own in enumerate(words)]
card.selection.feature = one.index(True)

hs.check("one_word", card)""",
    verify=verify,
    passed="All its strongest examples are at one word. Look at the random ones too, and at what it promotes.",
)
