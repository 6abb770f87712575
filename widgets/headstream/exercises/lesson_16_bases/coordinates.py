"""Coordinates along features that are not at right angles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    r, features = np.array([[5.0, 4]]), np.array([[1.0, 0], [1, 1]])
    yield Case((r, features), np.array([[1.0, 4]]), "In the example, your coordinates")
    for positions, n, d in ((4, 2, 3), (3, 4, 4), (2, 1, 5), (1, 3, 6)):
        # Leaning on each other, but never so nearly one a sum of the others that float32 could not tell.
        leaning = np.diag(rng.uniform(0.7, 1.5, n)) + 0.4
        features = leaning @ np.linalg.qr(rng.normal(size=(d, n)))[0].T
        amounts = rng.normal(size=(positions, n))
        yield Case((amounts @ features, features), amounts, "Your coordinates")


EXERCISE = Exercise(
    name="coordinates",
    number=4,
    difficulty=2,
    minutes=6,
    hints=(
        "c @ F is to give r. The dot products r @ F.T are c @ F @ F.T: what is in the way is F @ F.T, the dot products "
        "of the features with each other.",
        "F @ F.T has an inverse, for no feature is a sum of the others. So c is r @ F.T times that inverse.",
        "return r @ F.T @ torch.linalg.inv(F @ F.T)   (torch.linalg.pinv(F) is F.T times that inverse).",
    ),
    solution="""\
def coordinates(r, F):
    return r @ F.T @ torch.linalg.inv(F @ F.T)


coordinates_checked = hs.check("coordinates", coordinates)""",
    cases=cases,
    mistakes=(
        Mistake(
            "These are the dot products. They are coordinates only along features of length 1 at right angles.",
            {" @ torch.linalg.inv(F @ F.T)": ""},
        ),
        Mistake(
            "You divided each dot product by the length of its feature. That is right if features are at right angles "
            "and of length 1; here each also reads what the others write.",
            {" @ torch.linalg.inv(F @ F.T)": " / F.norm(dim=1)"},
        ),
        Mistake(
            "You divided by the squared lengths, which is right where features are at right angles. Here each also "
            "reads what the others write.",
            {" @ torch.linalg.inv(F @ F.T)": " / (F * F).sum(1)"},
        ),
        Mistake(
            "F @ F.T is in the way: multiply by its inverse, not by itself.",
            {"torch.linalg.inv(F @ F.T)": "(F @ F.T)"},
        ),
    ),
    passed="Your amounts of the features sum to the stream again, also where the features lean on each other.",
)
