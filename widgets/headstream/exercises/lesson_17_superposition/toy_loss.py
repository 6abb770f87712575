"""What a toy's reading costs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    pair = np.array([[1.0], [-1]])
    for second, told in ((0.0, 0.0), (0.5, 0.5)):
        x = np.array([[0.8, second]])
        yield Case((x, pair, np.zeros(2), np.ones(2)), told, f"Of the pair that reads (0.8, {second:g}), your loss")
    for examples, features, dims in ((3, 4, 2), (6, 5, 3)):
        there = rng.uniform(size=(examples, features)) < 0.6
        x = rng.uniform(0.1, 1, size=there.shape) * there
        W, b = rng.normal(size=(features, dims)), rng.normal(size=features) / 2
        importance = rng.uniform(0.2, 2, size=features)
        yield Case((x, W, b, importance), _by_hand(x, W, b, importance), "Your loss")


def _by_hand(x: np.ndarray, W: np.ndarray, b: np.ndarray, importance: np.ndarray) -> float:
    """One example and one feature after the other."""
    whole = 0.0
    for example in x:
        h = sum(value * row for value, row in zip(example, W, strict=True))
        for value, row, bias, weight in zip(example, W, b, importance, strict=True):
            whole += weight * (value - max(0.0, float(row @ h) + bias)) ** 2
    return whole / len(x)


EXERCISE = Exercise(
    name="toy_loss",
    number=4,
    difficulty=1,
    minutes=6,
    hints=(
        "Four steps: h = x W, then x' = ReLU(h Wᵀ + b), the squared errors, their weighted sum for every example.",
        "(x @ W @ W.T + b).relu() is what is read back, for all examples at once.",
        "(importance * (x - read) ** 2).sum(1) is each example's loss; the answer is its mean.",
    ),
    solution="""\
def toy_loss(x, W, b, importance):
    read = (x @ W @ W.T + b).relu()
    return (importance * (x - read) ** 2).sum(1).mean()


hs.check("toy_loss", toy_loss)""",
    cases=cases,
    mistakes=(
        Mistake("You left out the ReLU. Without it the toy is linear.", {".relu()": ""}),
        Mistake("You left out the bias b.", {" + b)": ")"}),
        Mistake("The bias comes before the ReLU.", {"(x @ W @ W.T + b).relu()": "(x @ W @ W.T).relu() + b"}),
        Mistake("Every feature's error counts as much as its importance: multiply by it.", {"importance * ": ""}),
        Mistake(
            "The errors are squared first, and then weighted.",
            {"(importance * (x - read) ** 2)": "((importance * (x - read)) ** 2)"},
        ),
        Mistake(
            "The loss sums over the features and is a mean over the examples: you took the mean over both.",
            {".sum(1).mean()": ".mean()"},
        ),
        Mistake("The loss is a mean over the examples: you summed over them, too.", {".sum(1).mean()": ".sum()"}),
        Mistake("The errors are squared, not made positive.", {"(x - read) ** 2": "(x - read).abs()"}),
        Mistake("The ReLU stands at the end only: h itself goes through none.", {"(x @ W @": "((x @ W).relu() @"}),
    ),
    passed="Your loss is right: a pair that is there together costs, and one at a time does not.",
)
