"""How much of a vector lies along a direction."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    words = ("Your coordinate", "Your vector")
    for positions, d_model, length in ((3, 4, 3), (4, 7, 0.1), (1, 5, 2)):
        r, a = rng.normal(size=(positions, d_model)), rng.normal(size=d_model) * length
        unit = a / np.sqrt((a**2).sum())
        yield Case((r, a), (r @ unit, r @ np.outer(unit, unit)), words)
    across = np.array([-a[1], a[0], 0, 0, 0])
    known = np.stack([a, -2 * a, across, a + across])
    yield Case((known, a), (known @ unit, np.outer([1, -2, 0, 1], a)), words)


EXERCISE = Exercise(
    name="projection",
    number=1,
    difficulty=1,
    minutes=6,
    hints=(
        "r @ a is one dot product for each position. Both answers start from it.",
        "The coordinate is r @ a / a.norm(). The vector has that length along the unit vector a / a.norm().",
        "(r @ a)[:, None] makes a column, so that it can multiply the row a: vector = (r @ a)[:, None] / (a @ a) * a.",
    ),
    solution="""\
def projection(r, a):
    coordinate = r @ a / a.norm()
    vector = coordinate[:, None] * a / a.norm()
    return coordinate, vector


hs.check("projection", projection)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Your coordinate is the plain dot product. It doubles when a doubles: divide by the length of a.",
            {"r @ a / a.norm()": "r @ a"},
        ),
        Mistake(
            "You divided the coordinate by the squared length. That is how many copies of a there are; divide by ‖a‖ "
            "once.",
            {"r @ a / a.norm()": "r @ a / (a @ a)"},
        ),
        Mistake(
            "Your coordinate is a cosine. Do not divide by the length of r: a longer r has more of a in it.",
            {"r @ a / a.norm()": "r @ a / a.norm() / r.norm(dim=-1)"},
        ),
        Mistake(
            "A projection has a sign: where r points away from a, the coordinate is negative.",
            {"r @ a / a.norm()": "(r @ a / a.norm()).abs()"},
        ),
        Mistake(
            "Your coordinate is the length of r. Take the dot product with a, and divide by the length of a.",
            {"r @ a / a.norm()": "r.norm(dim=-1)"},
        ),
        Mistake(
            "Your vector is (a·r) a. Divide by a·a, or it grows with the length of a.",
            {"coordinate[:, None] * a / a.norm()": "(r @ a)[:, None] * a"},
        ),
        Mistake(
            "Your vector is the coordinate times a. The coordinate goes with the unit vector a/‖a‖.",
            {"coordinate[:, None] * a / a.norm()": "coordinate[:, None] * a"},
        ),
        Mistake(
            "You projected a onto r. It is r that is projected onto a.",
            {"coordinate[:, None] * a / a.norm()": "(r @ a)[:, None] / (r * r).sum(-1, keepdim=True) * r"},
        ),
        Mistake(
            "That is what is left of r when its part along a is taken away. Return the part along a.",
            {"coordinate[:, None] * a / a.norm()": "r - coordinate[:, None] * a / a.norm()"},
        ),
    ),
    passed="Right for random vectors, and for some along a, against it and across it.",
)
