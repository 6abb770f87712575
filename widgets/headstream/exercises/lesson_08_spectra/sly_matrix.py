"""A matrix with positive eigenvalues in which a token lowers its own logit."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Exercise

NOT_ONE = "Your answer is to be a square matrix, such as [[2.0, 1.0], [1.0, 2.0]]."


def square(given: Any, least: int) -> npt.NDArray[np.float64] | None:
    """The matrix, or None for what is none."""
    try:
        found = np.asarray(given.tolist() if hasattr(given, "tolist") else given, np.float64)
    except (TypeError, ValueError):
        return None
    right = found.ndim == 2 and found.shape[0] == found.shape[1] >= least and np.isfinite(found).all()
    return found if right else None


def verify(given: Any) -> str:
    matrix = square(given, 2)
    if matrix is None:
        return NOT_ONE
    found = np.linalg.eigvals(matrix)
    shown = ", ".join(f"{value:.3g}" for value in found)
    if np.abs(found.imag).max() > 1e-6:
        return f"Its eigenvalues are {shown}: not all real."
    if found.real.min() <= 1e-6:
        return f"Its eigenvalues are {shown}: not all positive."
    if np.diag(matrix).min() >= 0:
        return (
            "Its eigenvalues are all positive, but no entry of its diagonal is negative: no token lowers its own logit."
        )
    return ""


EXERCISE = Exercise(
    name="sly_matrix",
    number=2,
    difficulty=2,
    minutes=6,
    hints=(
        "Only the diagonal's sum is that of the eigenvalues. One entry may be negative where another makes up for it.",
        "Of [[a, b], [c, d]] the eigenvalues have the sum a + d and the product a d - b c. Both must be positive.",
        "With a = 4 and d = -1 the sum is 3. Choose b and c so that the product is 2.",
    ),
    solution="""\
sly_matrix = [[4.0, 1.0], [-6.0, -1.0]]


hs.check("sly_matrix", sly_matrix)""",
    verify=verify,
    passed="All eigenvalues are positive, and a token lowers its own logit.",
)
