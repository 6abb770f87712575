"""A rotation of the neurons that leaves an MLP as it is."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Exercise
from headstream.exercises.lesson_08_spectra.sly_matrix import square

NOT_ONE = "Your answer is to be a square matrix with a row for each of three neurons, such as [[1.0, 0, 0], ...]."


def verify(given: Any) -> str:
    m = square(given, 2)
    if m is None or len(m) != 3:
        return NOT_ONE
    if np.abs(m @ m.T - np.eye(3)).max() > 1e-6:
        return "It is no rotation: its rows must have length 1 and be at right angles, so that M times M.T is 1."
    if np.abs(m - np.eye(3)).max() < 1e-6:
        return "That is the identity, which turns nothing. Find another one."
    error = float(np.abs(_write(m) - _write(np.eye(3))).max())
    if error < 1e-6:
        return ""
    why = "a negative entry turns a neuron around, and σ(-m) is not -σ(m)"
    if np.abs(m).max(1).min() < 1 - 1e-6:
        why = "a row with several entries mixes neurons before σ, and σ of a mixture is not the mixture of the σ"
    return f"The MLP writes something else (off by {error:.2g}): {why}."


def _write(m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What an MLP of three neurons with GELU writes for a few x, where W_in and W_out have M between them."""
    random = np.random.default_rng(0)
    x, w_in, w_out = random.normal(size=(20, 2)), random.normal(size=(2, 3)), random.normal(size=(3, 2))
    match = x @ w_in @ m
    activation = match * (1 + np.vectorize(math.erf)(match / 2**0.5)) / 2
    found: npt.NDArray[np.float64] = activation @ m.T @ w_out
    return found


EXERCISE = Exercise(
    name="neuron_order",
    number=2,
    difficulty=1,
    minutes=4,
    hints=(
        "σ works on each neuron alone. What may happen to the neurons before σ, and be undone after it, so that each "
        "still goes through σ as it was?",
        "Neurons have no order of their own: the sum of what they write is the same in any.",
        "Each row and each column has a single 1, and all else is 0: exchange the first two neurons.",
    ),
    solution="""\
M = [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]


hs.check("neuron_order", M)""",
    verify=verify,
    passed="The neurons stand in another order, and the MLP writes what it wrote. No other rotation does that.",
)
