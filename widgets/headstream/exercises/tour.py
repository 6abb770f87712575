"""The exercises of lesson 00: what an induction head does, as a rule, and the marks of the ladder."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.answers import Wrong, agree, call, describe
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


def _first_model(answer: Any) -> str:
    rng = np.random.default_rng()
    for _ in range(20):
        models, positions = rng.integers(3, 7, 2)
        next_prob = rng.random((models, positions + 4)).astype(np.float32)
        # Every case in every table: nothing before the first token, no model, all models, the last model alone, and p
        # just at the threshold.
        threshold = float(rng.choice([0.25, 0.5, 0.75]))
        next_prob[:, 0], next_prob[:, 1], next_prob[:, 2] = np.nan, 0.1, 0.9
        next_prob[:, 3], next_prob[-1, 3] = 0.1, 0.95
        next_prob[:, 4], next_prob[1:, 4] = threshold, 0.8
        above = next_prob > threshold
        right = np.where(above.any(0), above.argmax(0), -1)
        usual = [
            (above.argmax(0), "Where no model is above the threshold the answer is -1. argmax of all False is 0."),
            (np.where(above.any(0), above.argmax(0) + 1, 0), "Models are counted from 0, and -1 stands for none."),
            (
                np.where(above.any(0), models - 1 - above[::-1].argmax(0), -1),
                "That is the last model above the threshold. Return the first.",
            ),
            (
                np.where(above.any(0), np.nan_to_num(next_prob).argmax(0), -1),
                "That is the model with the largest p. Return the first one that is above the threshold.",
            ),
            (
                np.where((next_prob >= threshold).any(0), (next_prob >= threshold).argmax(0), -1),
                "A p just at the threshold does not count: above means >.",
            ),
            (above.sum(0), "That counts the models above the threshold. Return the index of the first one."),
            (above.any(0), "That says whether any model is above. Return the index of the first one."),
        ]
        agree(call(answer, next_prob.copy(), threshold), right, usual, what="the index of the first model, [position]")
    return "Your marks are the ladder's, with models that tie, tokens that none foresees and a first token without a p."


FIRST_MODEL = Exercise(
    name="first_model",
    difficulty=2,
    minutes=6,
    hints=(
        "next_prob > threshold is an array of True and False, [model, position]. Rows are models.",
        "argmax over an axis of True and False gives the index of the first True, and 0 if there is none.",
        "Find the places without any True by .any(0), and put -1 there with np.where.",
    ),
    solution="""\
def first_model(next_prob, threshold):
    above = next_prob > threshold
    return np.where(above.any(0), above.argmax(0), -1)


hs.check("first_model", first_model)""",
    test=_first_model,
)

EXERCISES = (INDUCTION_RULE, FIRST_MODEL)
