"""The exercise of lesson 00: what an induction head does, as a rule."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.answers import Wrong, call, describe
from headstream.exercises.engine import Exercise

NEW = "?"


def _rule(tokens: list[str]) -> str:
    places = _places(tokens)
    return tokens[places[-1] + 1] if places else NEW


def _places(tokens: list[str]) -> list[int]:
    """Where the final token stood before."""
    return [place for place, token in enumerate(tokens[:-1]) if token == tokens[-1]]


def _induction_rule(answer: Any) -> str:
    rng = np.random.default_rng()
    names = [f"{letter}{number}" for letter, number in zip("abcdefgh", rng.integers(10, 99, 8), strict=True)]
    known = [(3, 0, 1, 2, 0), range(8), (0, 1, 2, 0, 3, 4, 0), (2, 1, 1)]
    cases = [[names[i] for i in case] for case in known]
    cases += [rng.choice(names, size=rng.integers(4, 20)).tolist() for _ in range(50)]
    for tokens in cases:
        got, want = call(answer, list(tokens)), _rule(tokens)
        if not isinstance(got, str) or got != want:
            raise Wrong(f"{tokens}: expected {want!r}, got {describe(got)}.{_reason(tokens, got)}")
    return "Your rule is right on fifty random lists, new tokens and repeated ones among them."


def _reason(tokens: list[str], got: Any) -> str:
    places = _places(tokens)
    if not places:
        return f" The final token is new here: return {NEW!r}."
    if isinstance(got, int | np.integer):
        return " Return the token itself, not its place."
    if got == tokens[places[0] + 1]:
        return " You took the first place where the token stood. Take the last one before the end."
    if got == NEW:
        return f" The final token is not new: it stands at place {places[-1]} of the list, counted from 0."
    if places[-1] and got == tokens[places[-1] - 1]:
        return " That is the token before. Return the one that came right after."
    if got == tokens[-1]:
        return " That is the final token itself. Return what came right after it the last time."
    return ""


INDUCTION_RULE = Exercise(
    name="induction_rule",
    difficulty=1,
    minutes=6,
    hints=(
        "The token to look for is tokens[-1]. The places to look at are all but the end: range(len(tokens) - 1).",
        "Go through the places from the back: for place in reversed(range(len(tokens) - 1)). Stop at the first match.",
        'On a match, return tokens[place + 1]. When the loop ends without one, return "?".',
    ),
    solution="""\
def induction_rule(tokens):
    for place in reversed(range(len(tokens) - 1)):
        if tokens[place] == tokens[-1]:
            return tokens[place + 1]
    return "?"


hs.check("induction_rule", induction_rule)""",
    test=_induction_rule,
)

EXERCISES = (INDUCTION_RULE,)
