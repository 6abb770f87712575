"""Keys that hold something of the position before."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(np.array([[[1.0, 0], [0, 1], [2, 2]]]), np.array([0.0]), "In the example, your keys")
    yield _case(
        rng.normal(size=(2, 4, 3)), np.array([40.0, -40.0]), "With σ(α) = 1 for one head and 0 for the other, your keys"
    )
    for heads, positions, size in ((1, 1, 2), (3, 2, 4), (2, 5, 3), (4, 3, 1)):
        yield _case(rng.normal(size=(heads, positions, size)), rng.normal(size=heads, scale=2), "Your keys")


def _case(keys: np.ndarray, alpha: np.ndarray, words: str) -> Case:
    mixed = keys.copy()
    for head, position in np.ndindex(keys.shape[:2]):
        own = 1 / (1 + np.exp(-alpha[head]))
        if position:
            mixed[head, position] = own * keys[head, position] + (1 - own) * keys[head, position - 1]
    return Case((keys, alpha), mixed, words)


EXERCISE = Exercise(
    name="smeared_keys",
    number=3,
    difficulty=2,
    minutes=8,
    hints=(
        "Every head has one share, σ(α) = 1 / (1 + exp(-α)). Give it two more axes, so that it multiplies [position, "
        "d_head]: alpha.sigmoid()[:, None, None].",
        "Only positions from 1 on have one before them: mix keys[:, 1:] with keys[:, :-1], and leave keys[:, 0] alone.",
        "mixed = keys.clone(); mixed[:, 1:] = share * keys[:, 1:] + (1 - share) * keys[:, :-1]",
    ),
    solution="""\
def smeared_keys(keys, alpha):
    share = alpha.sigmoid()[:, None, None]
    mixed = keys.clone()
    mixed[:, 1:] = share * keys[:, 1:] + (1 - share) * keys[:, :-1]
    return mixed


hs.check("smeared_keys", smeared_keys)""",
    cases=cases,
    mistakes=(
        Mistake(
            "The shares are exchanged: σ(α) is the part of a position's own key.",
            {"share * keys[:, 1:] + (1 - share)": "(1 - share) * keys[:, 1:] + share"},
        ),
        Mistake(
            "You mix with α itself. It may be any number; its sigmoid is a share between 0 and 1.",
            {"alpha.sigmoid()[": "alpha["},
        ),
        Mistake(
            "You mix with the key of the position after. A model that reads from left to right cannot see it.",
            {"mixed[:, 1:] = share * keys[:, 1:] + (1 - share) * keys[:, :-1]":
             "mixed[:, :-1] = share * keys[:, :-1] + (1 - share) * keys[:, 1:]"},
        ),
        Mistake(
            "Position 0 gets the last position's key: roll goes round in a circle. It has no position before it, and "
            "keeps its own.",
            """\
def smeared_keys(keys, alpha):
    share = alpha.sigmoid()[:, None, None]
    return share * keys + (1 - share) * keys.roll(1, 1)
""",
        ),
        Mistake(
            "Position 0 is made smaller. It has no position before it, and keeps its whole key.",
            {"return mixed": "mixed[:, :1] = share * keys[:, :1]\n    return mixed"},
        ),
        Mistake(
            "You mix with what has been mixed already, position after position. Each mixes two keys as they were.",
            """\
def smeared_keys(keys, alpha):
    share = alpha.sigmoid()[:, None, None]
    mixed = keys.clone()
    for j in range(1, keys.shape[1]):
        mixed[:, j : j + 1] = share * keys[:, j : j + 1] + (1 - share) * mixed[:, j - 1 : j]
    return mixed
""",
        ),
    ),
    passed="Your keys are mixed as each head's α says, for several sizes, and position 0 keeps its own.",
)  # fmt: skip
