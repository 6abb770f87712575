"""How many dimensions a feature has to itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(
        (np.array([[2.0, 0], [0, 0.5]]),),
        np.array([1.0, 1]),
        "Of two rows at a right angle, your array",
    )
    yield Case(
        (np.array([[1.0, 0], [-1, 0], [0, 3]]),),
        np.array([0.5, 0.5, 1]),
        "Of an antipodal pair and a row of its own, your array",
        "Rows at right angles have 1 each. Now an antipodal pair:",
    )
    angles = 2 * np.pi * np.arange(5) / 5
    yield Case(
        (1.1 * np.stack([np.cos(angles), np.sin(angles)], 1),),
        np.full(5, 0.4),
        "Of a pentagon, your array",
    )
    for features, dims in ((4, 3), (7, 5)):
        rows = rng.normal(size=(features, dims)) * rng.uniform(0.3, 2, size=(features, 1))
        gram = rows @ rows.T
        # By the squared matrix of all dot products, with no unit vector.
        yield Case((rows,), np.diag(gram) ** 2 / np.diag(gram @ gram), "Your array")


EXERCISE = Exercise(
    name="dimensionality",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "Three steps: the lengths of the rows; the rows over their lengths; all dot products of those with the rows.",
        "units = W / W.norm(dim=1, keepdim=True), and units @ W.T has in row i what every j writes along i.",
        "Square that matrix, sum each row over j (i is among them), and divide the squared lengths by the sums.",
    ),
    solution="""\
def dimensionality(W):
    lengths = W.norm(dim=1, keepdim=True)
    units = W / lengths
    along = units @ W.T
    return lengths[:, 0] ** 2 / (along**2).sum(1)


hs.check("dimensionality", dimensionality)""",
    cases=cases,
    mistakes=(
        Mistake(
            "You made unit vectors of both rows. W_j keeps its length: a longer one disturbs more.",
            {"units @ W.T": "units @ units.T"},
        ),
        Mistake(
            "W_i is to be of length 1 in the sum: its direction is what the others are measured along.",
            {"units = W / lengths": "units = W"},
        ),
        Mistake("The dot products are squared before they are summed.", {"(along**2).sum(1)": "along.sum(1)"}),
        Mistake("The dot products are squared, not made positive.", {"along**2": "along.abs()"}),
        Mistake(
            "The upper number is the squared length: you left out the square.",
            {"lengths[:, 0] ** 2 /": "lengths[:, 0] /"},
        ),
        Mistake(
            "The sum goes over all j, i too: without it a feature that is alone would be divided by 0.",
            {"(along**2).sum(1)": "((along**2).sum(1) - (along**2).diagonal())"},
        ),
        Mistake(
            "You summed over i. Of feature i, sum what every j writes along it: over the second axis of along.",
            {"(along**2).sum(1)": "(along**2).sum(0)"},
        ),
        Mistake(
            "Rows are features here, [feature, dim]. You took the columns for them.",
            """\
def dimensionality(W):
    lengths = W.norm(dim=0, keepdim=True)
    along = (W / lengths).T @ W
    return lengths[0] ** 2 / (along**2).sum(1)""",
        ),
    ),
    passed="Your D is right: 1 for a feature that is alone, 1/2 in a pair, 2/5 in a pentagon.",
)
