"""The penalty of a crosscoder: activations, each weighted by the sum of its decoder's norms."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([[2.0, 0]]), np.array([[[3.0, 4], [0, 1]], [[1, 0], [0, 1]]])), 12.0, "Your penalty")
    yield Case((np.array([[0.0, 3], [0, 1]]), np.array([[[3.0, 4], [0, 1]], [[0, 2], [0, 0]]])), 4.0, "Your penalty")
    for rows, features, sites, d in ((4, 3, 2, 5), (2, 6, 4, 3)):
        f = np.maximum(0, rng.normal(size=(rows, features)))
        W_dec = rng.normal(size=(features, sites, d)) * rng.uniform(0.1, 3, size=(features, sites, 1))
        total = 0.0
        for row in f:
            for activation, feature in zip(row, W_dec, strict=True):
                total += float(activation) * sum(float(np.sqrt((vector**2).sum())) for vector in feature)
        yield Case((f, W_dec), total / rows, "Your penalty")


EXERCISE = Exercise(
    name="sum_of_norms",
    number=2,
    difficulty=2,
    minutes=8,
    hints=(
        "Each activation costs its size times the lengths of all that it writes, over all places.",
        "Sum the norms over places, not the vectors: W_dec.norm(dim=-1).sum(1) has one number a feature.",
        "f @ that is one number a row. The penalty is their mean.",
    ),
    solution="""\
def sum_of_norms(f, W_dec):
    lengths = W_dec.norm(dim=-1).sum(1)  # of each feature, over places
    return (f @ lengths).mean()

hs.check("sum_of_norms", sum_of_norms)""",
    cases=cases,
    mistakes=(
        Mistake(
            "That is the norm of all places together, √(Σ‖W‖²). It makes a feature in two places cheaper than two "
            "features in one each, so crosscoders trained with it find shared features alone.",
            {"W_dec.norm(dim=-1).sum(1)": "W_dec.flatten(1).norm(dim=1)"},
        ),
        Mistake(
            "You sum the vectors of all places before taking the length: opposite ones cancel.",
            {"W_dec.norm(dim=-1).sum(1)": "W_dec.sum(1).norm(dim=-1)"},
        ),
        Mistake(
            "That is the sum over all rows. The penalty is the mean over rows, else a larger batch is punished more.",
            {".mean()": ".sum()"},
        ),
        Mistake(
            "You leave the lengths out: then the model makes f small and W_dec long, and pays nothing.",
            {"(f @ lengths)": "f.sum(1)"},
        ),
        Mistake(
            "You take the mean of the norms over places. The paper sums them: a feature in two places costs twice.",
            {".sum(1)  #": ".mean(1)  #"},
        ),
    ),
    passed="It charges each activation for all that it writes, place by place.",
)
