"""The cosine of each neuron's key and its value."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    keys = np.array([[3.0, 4], [0, 2], [1, 0]])
    values = np.array([[-6.0, -8], [5, 0], [1, 1]])
    yield Case((keys.T, values), np.array([-1, 0, 0.5**0.5]), "Of a neuron that clears, and two others, your array")
    for d_model, neuron in ((3, 6), (5, 4)):
        keys, values = rng.normal(size=(2, neuron, d_model)) * rng.uniform(0.3, 3, size=(2, neuron, 1))
        angles = [_angle(key, value) for key, value in zip(keys, values, strict=True)]
        yield Case((keys.T, values), np.cos(angles), "Your array")


def _angle(a: np.ndarray, b: np.ndarray) -> float:
    """By the law of cosines, from the three sides of a triangle."""
    sides = (np.sqrt((c * c).sum()) for c in (a, b, a - b))
    left, right, opposite = sides
    return float(np.arccos((left**2 + right**2 - opposite**2) / (2 * left * right)))


EXERCISE = Exercise(
    name="in_out_cosine",
    number=4,
    difficulty=1,
    minutes=5,
    hints=(
        "The cosine of two vectors is their dot product over the product of their lengths.",
        "The keys are the columns of W_in, the values the rows of W_out: turn one of them, W_in.T.",
        "keys = W_in.T; return (keys * W_out).sum(1) / (keys.norm(dim=1) * W_out.norm(dim=1)).",
    ),
    solution="""\
def in_out_cosine(W_in, W_out):
    keys, values = W_in.T, W_out
    return (keys * values).sum(1) / (keys.norm(dim=1) * values.norm(dim=1))


hs.check("in_out_cosine", in_out_cosine)""",
    cases=cases,
    mistakes=(
        Mistake(
            "These are dot products. Divide by both lengths, or long vectors look alike.",
            {" / (keys.norm(dim=1) * values.norm(dim=1))": ""},
        ),
        Mistake(
            "You divided by the length of the key only.",
            {"(keys.norm(dim=1) * values.norm(dim=1))": "keys.norm(dim=1)"},
        ),
        Mistake(
            "You divided by the length of the value only.",
            {"(keys.norm(dim=1) * values.norm(dim=1))": "values.norm(dim=1)"},
        ),
        Mistake(
            "You compared along d_model, over all neurons. Each neuron has one cosine: sum over its own numbers.",
            {"sum(1)": "sum(0)", "keys.norm(dim=1) * values.norm(dim=1)": "keys.norm(dim=0) * values.norm(dim=0)"},
        ),
        Mistake(
            "Lengths are divided out once each: you divided by their squares.",
            {"(keys.norm(dim=1) * values.norm(dim=1))": "(keys.norm(dim=1) * values.norm(dim=1)) ** 2"},
        ),
        Mistake(
            "The sign is what counts here: below 0 a neuron takes away what it reads.",
            {"(keys * values).sum(1)": "(keys * values).sum(1).abs()"},
        ),
        Mistake(
            "You divided by the norms of whole matrices. Every neuron has its own lengths: norm(dim=1).",
            {"(keys.norm(dim=1) * values.norm(dim=1))": "(keys.norm() * values.norm())"},
        ),
    ),
    passed="Your cosines are right, from -1 to 1.",
)
