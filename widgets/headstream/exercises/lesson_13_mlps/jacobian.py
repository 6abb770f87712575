"""The Jacobian of an MLP, in closed form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake
from headstream.extras import require


def cases(rng: np.random.Generator) -> Iterator[Case]:
    keys, values = np.array([[1.0, -1], [0, 1]]), np.array([[0.0, 3], [5, 5]])
    example = (np.array([2.0, 1]), keys, np.zeros(2), values, _step)
    yield Case(example, np.array([[0.0, 3], [0, 0]]), "In the example, your J")
    for d_model, neuron in ((3, 5), (5, 4), (4, 7)):
        x, w_in, b_in, w_out = (
            rng.normal(size=size) for size in ((d_model,), (d_model, neuron), (neuron,), (neuron, d_model))
        )
        yield Case((x, w_in, b_in, w_out, _slope), _differences(x, w_in, b_in, w_out), "Your J")


def _step(m: Any) -> Any:
    m = require("torch").as_tensor(m)
    return (m > 0).to(m.dtype)


def _slope(m: Any) -> Any:
    """Of ln(1 + exp(m)) + sin(m)."""
    m = require("torch").as_tensor(m)
    return m.sigmoid() + m.cos()


def _differences(x: Any, w_in: Any, b_in: Any, w_out: Any) -> Any:
    """Row i: what a small step along i changes, to either side, and the step's length taken out."""

    def mlp(vector: Any) -> Any:
        m = vector @ w_in + b_in
        return (np.log1p(np.exp(m)) + np.sin(m)) @ w_out

    step = 1e-5
    return np.array([(mlp(x + step * e) - mlp(x - step * e)) / (2 * step) for e in np.eye(len(x))])


EXERCISE = Exercise(
    name="jacobian",
    number=2,
    difficulty=2,
    minutes=8,
    hints=(
        "A small change d of x changes the matches by d W_in, exactly. Each activation then changes by its slope times "
        "that.",
        "So the change passes three matrices: W_in, a diagonal one with the slopes at x's own matches, W_out.",
        "return W_in @ torch.diag(slope(x @ W_in + b_in)) @ W_out.",
    ),
    solution="""\
def jacobian(x, W_in, b_in, W_out, slope):
    slopes = slope(x @ W_in + b_in)
    return W_in @ torch.diag(slopes) @ W_out


jacobian_checked = hs.check("jacobian", jacobian)""",
    cases=cases,
    mistakes=(
        Mistake(
            "That is the paper's way round, for columns. With rows a change d stands on the left, d @ J.",
            {"W_in @ torch.diag(slopes) @ W_out": "W_out.T @ torch.diag(slopes) @ W_in.T"},
        ),
        Mistake("The slopes are missing: that is the map of an MLP without sigma.", {"@ torch.diag(slopes) @": "@"}),
        Mistake(
            "Your slopes are taken at 0, the same for every x. The matches of this x decide: x @ W_in + b_in.",
            {"slope(x @ W_in + b_in)": "slope(0 * b_in)"},
        ),
        Mistake("The bias b_in is missing. It decides where on its curve each neuron is.", {" + b_in": ""}),
        Mistake(
            "You multiplied by the matches, not by the slopes at them.",
            {"slope(x @ W_in + b_in)": "x @ W_in + b_in"},
        ),
        Mistake(
            "That is one vector, what J does to x itself. Return the whole matrix.",
            {"W_in @ torch.diag(slopes) @ W_out": "(x @ W_in * slopes) @ W_out"},
        ),
    ),
    passed="Your J is what small steps do, for several sizes and another activation function.",
)
