"""The influence of every node of an attribution graph on its logits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    by_hand = np.zeros((4, 4))
    by_hand[2, :2], by_hand[3, 1:3] = (1, -3), (-1, 3)
    yield Case(
        (by_hand, np.array([0, 0, 0, 1.0])), np.array([3 / 16, 9 / 16 + 1 / 4, 3 / 4, 0]), "In a small example, yours"
    )
    for nodes, logits, size in ((6, 1, 3.0), (8, 3, 0.1), (5, 2, 8.0)):
        weights = np.tril(rng.normal(size=(nodes, nodes)) * size, -1)
        weights[-logits:, -logits:] = 0  # nothing comes out of a logit
        p = np.zeros(nodes)
        p[-logits:] = rng.dirichlet(np.ones(logits)) * 0.9
        yield Case((weights, p), _by_inverse(weights, p), "Your influence")


def _by_inverse(weights: np.ndarray, p: np.ndarray) -> np.ndarray:
    sizes = np.abs(weights)
    sums = sizes.sum(1, keepdims=True)
    shares = np.divide(sizes, sums, out=np.zeros_like(sizes), where=sums > 0)
    found: np.ndarray = p @ (np.linalg.inv(np.eye(len(p)) - shares) - np.eye(len(p)))
    return found


EXERCISE = Exercise(
    name="influence",
    number=2,
    difficulty=2,
    minutes=8,
    hints=(
        "First the shares: |weight|, divided by the sum of the |weights| of its row. A row of zeros stays zeros: "
        "clamp its sum to a small number.",
        "p @ shares is how much each node adds straight. Multiply by shares again for paths of two edges, and so on, "
        "and add it all up. No path is longer than there are nodes.",
        "total, step = 0 * p, p; then len(p) times: step = step @ shares; total = total + step.",
    ),
    solution="""\
def influence(weights, p):
    sizes = weights.abs()
    shares = sizes / sizes.sum(1, keepdim=True).clamp(min=1e-12)
    total, step = 0 * p, p
    for _ in range(len(p)):
        step = step @ shares
        total = total + step
    return total


hs.check("influence", influence)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Signs cancel in your shares. A source that takes away has influence too: take sizes first.",
            {"sizes = weights.abs()": "sizes = weights"},
        ),
        Mistake("That is the first step only, the edges straight into the logits.", {"range(len(p))": "range(1)"}),
        Mistake(
            "You stop after paths of two edges. A graph of many layers has longer ones.",
            {"range(len(p))": "range(2)"},
        ),
        Mistake("You counted the logits themselves too: leave p out of the sum.", {"0 * p, p": "p, p"}),
        Mistake(
            "You divided by what goes out of a source. Divide by what comes into a target, its row.",
            {"sizes.sum(1, keepdim=True)": "sizes.sum(0, keepdim=True)"},
        ),
        Mistake(
            "Yours is 0. Go backwards from the logits, p @ shares; and add up the steps, for the last one alone is 0.",
            {"step @ shares": "shares @ step"},
        ),
        Mistake(
            "Without shares, a node that adds and takes away much would count for more than all of its target.",
            {"sizes / sizes.sum(1, keepdim=True).clamp(min=1e-12)": "sizes"},
        ),
    ),
    passed="Your influence is p ((I - A)^-1 - I), though you inverted nothing, for graphs of several depths.",
)
