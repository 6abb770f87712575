"""The activations of a sparse autoencoder that keeps the k largest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    by_hand = np.array([[1.0, 0, 0.6], [0, 1, 0.8]])
    yield Case(
        (np.array([[2.0, 1.0]]), by_hand, np.array([-0.5, -0.5, -0.5]), 2),
        np.array([[1.5, 0, 1.5]]),
        "Of the example by hand, your array",
    )
    # Fewer than k are above 0: no more are kept.
    yield Case(
        (np.array([[-1.0, 0.5]]), by_hand, np.array([0.25, -1.0, 0.5]), 3),
        np.array([[0, 0, 0.3]]),
        "Where fewer than k are above 0, your array",
    )
    for positions, d_model, features, k in ((5, 3, 7, 2), (4, 6, 5, 1), (3, 4, 9, 4)):
        x, w = rng.normal(size=(positions, d_model)), rng.normal(size=(d_model, features))
        b = rng.normal(size=features)
        yield Case((x, w, b, k), _kept(x, w, b, k), "Your array")


def _kept(x: np.ndarray, w: np.ndarray, b: np.ndarray, k: int) -> np.ndarray:
    """Position by position and feature by feature."""
    found = np.zeros((len(x), len(b)))
    for position, own in enumerate(x):
        matches = [
            sum(a * c for a, c in zip(own, w[:, feature], strict=True)) + b[feature] for feature in range(len(b))
        ]
        for feature in sorted(range(len(b)), key=lambda feature: -matches[feature])[:k]:
            found[position, feature] = max(matches[feature], 0)
    return found


EXERCISE = Exercise(
    name="sae_encode",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "Three steps: the matches x W_enc + b_enc; what is negative becomes 0; of each row the k largest stay.",
        "f = (x @ W_enc + b_enc).relu(). The k-th largest of each row is f.topk(k).values[:, -1:].",
        "Compare each f with that number, and multiply: f * (f >= least). Where it is true, f stays.",
    ),
    solution="""\
def sae_encode(x, W_enc, b_enc, k):
    f = (x @ W_enc + b_enc).relu()
    least = f.topk(k).values[:, -1:]
    return f * (f >= least)


encode_checked = hs.check("sae_encode", sae_encode)""",
    cases=cases,
    mistakes=(
        Mistake("All features are kept: of each row only the k largest stay.", {"f * (f >= least)": "f"}),
        Mistake("The bias is missing: x W_enc + b_enc.", {" + b_enc": ""}),
        Mistake("Negative matches are kept. A feature is there or not: what is below 0 becomes 0.", {".relu()": ""}),
        Mistake(
            "These are ones and zeros. What stays keeps its size: multiply.",
            {"f * (f >= least)": "(f >= least) * (f > 0)"},
        ),
        Mistake(
            "You kept the k largest of the whole array. Each position has its own.",
            {"f.topk(k).values[:, -1:]": "f.flatten().topk(k).values[-1]"},
        ),
        Mistake("The k-th largest itself stays too: >=, not >.", {">=": ">"}),
        Mistake(
            "You kept the positions where a feature is largest. Keep, at each position, the largest features.",
            {"f.topk(k).values[:, -1:]": "f.topk(min(k, len(f)), 0).values[-1:]"},
        ),
        Mistake("You kept all but the k largest.", {"(f >= least)": "(f < least)"}),
        Mistake(
            "You kept the one largest. The k-th largest is the last of topk's values.",
            {"values[:, -1:]": "values[:, :1]"},
        ),
    ),
    passed="Your features are right: at most k of them at each position, none below 0.",
)
