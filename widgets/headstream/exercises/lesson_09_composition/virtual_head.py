"""Pattern and transport of a virtual head."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for n, d_model in ((2, 3), (3, 2), (5, 4), (1, 3)):
        patterns = np.tril(rng.uniform(0.1, 1, (2, n, n)))
        a1, a2 = patterns / patterns.sum(-1, keepdims=True)
        w1, w2 = rng.normal(size=(2, d_model, d_model))
        pattern = np.zeros((n, n))
        for i, j, k in np.ndindex(n, n, n):
            pattern[i, k] += a2[i, j] * a1[j, k]  # from k to j by the first head, from j to i by the second
        moved = np.stack([np.eye(d_model)[i] @ w1 @ w2 for i in range(d_model)])
        yield Case((a1, w1, a2, w2), (pattern, moved), ("Your pattern", "Your W_OV"))


EXERCISE = Exercise(
    name="virtual_head",
    number=3,
    difficulty=1,
    minutes=5,
    hints=(
        "The first head writes A1 @ R @ W1. Put that in place of R into what the second head writes, A2 @ R @ W2.",
        "A2 @ (A1 @ R @ W1) @ W2: what stands on the left of R is the pattern, what stands on its right is W_OV.",
        "pattern = A2 @ A1, and ov = W1 @ W2. The orders are opposite, for R is between them.",
    ),
    solution="""\
def virtual_head(A1, W1, A2, W2):
    pattern = A2 @ A1
    ov = W1 @ W2
    return pattern, ov


virtual_checked = hs.check("virtual_head", virtual_head)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Both orders are exchanged: the first head must stand nearest to R.",
            {"A2 @ A1": "A1 @ A2", "W1 @ W2": "W2 @ W1"},
        ),
        Mistake(
            "The patterns are in the order of the heads. R is on their right, so the first head's is on the right too.",
            {"A2 @ A1": "A1 @ A2"},
        ),
        Mistake(
            "The transports are in the wrong order. R is on their left, so the first head's is on the left too.",
            {"W1 @ W2": "W2 @ W1"},
        ),
        Mistake("Patterns are multiplied as matrices, with @. You multiplied entry by entry.", {"A2 @ A1": "A2 * A1"}),
        Mistake(
            "Transports are multiplied as matrices, with @. You multiplied entry by entry.", {"W1 @ W2": "W1 * W2"}
        ),
        Mistake("Heads in a row multiply. A sum is what heads side by side write.", {"W1 @ W2": "W1 + W2"}),
    ),
    passed="Pattern and transport are right, for patterns and transports of several sizes.",
)
