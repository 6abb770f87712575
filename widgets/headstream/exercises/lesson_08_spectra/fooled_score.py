"""Two matrices that fool the copying score."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.exercise import Exercise
from headstream.exercises.lesson_08_spectra.sly_matrix import square


def verify(given: Any) -> str:
    given = given if isinstance(given, (tuple, list)) and len(given) == 2 else ()
    pair = [matrix for each in given if (matrix := square(each, 3)) is not None]
    if len(pair) != 2:
        return "Your answer is to be two square matrices of 3 × 3 or more: (copier, non_copier)."
    scores, raised = [], []
    for matrix in pair:
        found = np.linalg.eigvals(matrix)
        scores.append(float(found.sum().real / max(np.abs(found).sum(), 1e-12)))
        others = np.where(np.eye(len(matrix), dtype=bool), -np.inf, matrix)
        raised.append(np.diag(matrix) > others.max(1))
    if not raised[0].all():
        return f"In your copier token {int(np.argmin(raised[0]))} does not raise itself more than any other."
    if abs(scores[0]) > 0.2:
        return f"The score of your copier is {scores[0]:.2f}; it is to be between -.2 and .2."
    if raised[1].sum() > 1:
        return (
            f"In your non-copier {int(raised[1].sum())} tokens raise themselves more than any other; one is the most."
        )
    if scores[1] <= 0.9:
        return f"The score of your non-copier is {scores[1]:.2f}; it is to be above .9."
    return ""


EXERCISE = Exercise(
    name="fooled_score",
    number=3,
    difficulty=3,
    minutes=10,
    hints=(
        "The score of the copier is small if its trace is small beside the sizes of its eigenvalues. Entries off the "
        "diagonal may be as negative as you like.",
        "For the non-copier take a matrix in which every row is the same: it has one eigenvalue that is not 0.",
        "Copier: 1 on the diagonal and -10 elsewhere. Non-copier: three rows (1, 2, 3).",
    ),
    solution="""\
copier = [[1.0, -10.0, -10.0], [-10.0, 1.0, -10.0], [-10.0, -10.0, 1.0]]
non_copier = [[1.0, 2.0, 3.0]] * 3
fooled_score = (copier, non_copier)


hs.check("fooled_score", fooled_score)""",
    verify=verify,
    passed="A copier near 0, and a non-copier near 1.",
)
