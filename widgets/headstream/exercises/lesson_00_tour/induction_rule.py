"""What an induction head does, as a rule on lists of tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake

NEW = "?"


def cases(rng: np.random.Generator) -> Iterator[Case]:
    known = ["aba", "abc", "aa", "a", "abcad", "abacada", "caab", "bacaa", "dabcd", "abcdefgha"]
    lists: list[list[str]] = [list(letters) for letters in known]
    lists += [["an", "a", "ana", "an"], ["The", "the", "cat", "The"], ["?", "a", "b", "a"]]
    names = [f"{letter}{number}" for letter, number in zip("abcdefgh", rng.integers(10, 99, 8), strict=True)]
    lists += [rng.choice(names, size=rng.integers(4, 20)).tolist() for _ in range(50)]
    lists.append([names[0], names[1], *names[2:] * 20, names[0]])  # far back
    for tokens in lists:
        places = _places(tokens)
        yield Case((tokens,), tokens[places[-1] + 1] if places else NEW)


def _places(tokens: list[str]) -> list[int]:
    """Where the final token stood before."""
    return [place for place, token in enumerate(tokens[:-1]) if token == tokens[-1]]


def reason(got: Any, tokens: list[str]) -> str:
    places = _places(tokens)
    if not places:
        return f"The final token is new here: return {NEW!r}."
    if isinstance(got, int | np.integer):
        return "Return the token itself, not its place."
    if isinstance(got, str) and got == NEW:
        return f"The final token is not new: it stands at place {places[-1]} of the list, counted from 0."
    return ""


EXERCISE = Exercise(
    name="induction_rule",
    number=1,
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
    cases=cases,
    mistakes=(
        Mistake(
            "You took the first place where the token stood. Take the last one before the end.",
            {"reversed(range(len(tokens) - 1))": "range(len(tokens) - 1)"},
        ),
        Mistake(
            "That is the token before. Return the one that came right after.",
            {"tokens[place + 1]": "tokens[place - 1]"},
        ),
        Mistake(
            "That is the token before the final one. Find the place where the final token stood earlier.",
            {
                "tokens[place] == tokens[-1]": "tokens[place + 1] == tokens[-1]",
                "tokens[place + 1]\n": "tokens[place]\n",
            },
        ),
        Mistake(
            "That is the final token itself. Return what came right after it the last time.",
            {"tokens[place + 1]": "tokens[place]"},
        ),
    ),
    passed="Your rule is right on fifty random lists, new tokens and repeated ones among them.",
    reason=reason,
)
