"""The share of a feature's decoder that is the second model's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    by_hand = np.array([[[3.0, 4], [0, 0]], [[0, 1], [1, 0]], [[0, 0], [-2, 0]]])
    for size in (1, 0.01):
        yield Case((by_hand * size,), np.array([0, 0.5, 1]), "Your array")
    for features, d in ((5, 3), (4, 7)):
        W_dec = rng.normal(size=(features, 2, d)) * rng.uniform(0.1, 3, size=(features, 2, 1))
        lengths = [[sum(float(x) ** 2 for x in row) ** 0.5 for row in feature] for feature in W_dec]
        yield Case((W_dec,), np.array([second / (first + second) for first, second in lengths]), "Your array")


EXERCISE = Exercise(
    name="decoder_share",
    number=1,
    difficulty=1,
    minutes=5,
    hints=(
        "The norm of a decoder is the length of the vector that a feature writes into one model.",
        "W_dec.norm(dim=-1) has a row for each feature and a column for each model.",
        "Divide the second column by the sum of both.",
    ),
    solution="""\
def decoder_share(W_dec):
    norms = W_dec.norm(dim=-1)
    return norms[:, 1] / norms.sum(1)

hs.check("decoder_share", decoder_share)""",
    cases=cases,
    mistakes=(
        Mistake(
            "That is the share of the first model. r is 1 for a feature that is the second's alone.",
            {"norms[:, 1]": "norms[:, 0]"},
        ),
        Mistake(
            "You divide by the first norm alone: a feature that only the second model has gets infinity. Divide by the "
            "sum of both.",
            {"norms.sum(1)": "norms[:, 0]"},
        ),
        Mistake(
            "Those are shares of the squared norms. They say r = .9 where one length is three times the other.",
            {"W_dec.norm(dim=-1)": "W_dec.norm(dim=-1) ** 2"},
        ),
        Mistake(
            "You add the entries up, of which some are negative. A length is the root of the sum of their squares.",
            {"W_dec.norm(dim=-1)": "W_dec.sum(-1)"},
        ),
        Mistake(
            "You sum the absolute values of the entries. The length is the root of the sum of squares.",
            {"W_dec.norm(dim=-1)": "W_dec.abs().sum(-1)"},
        ),
    ),
    passed="It is right for features of one model, of the other, and of both, of any length.",
)
