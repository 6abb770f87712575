"""How many paths there are of an order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    fixed = ((1, 3, 1), (2, 1, 2), (2, 3, 0), (2, 3, 1), (2, 3, 2), (3, 2, 2), (2, 3, 3), (4, 3, 2), (4, 2, 4))
    for layers, heads, order in (*fixed, (5, 3, int(rng.integers(2, 4))), (int(rng.integers(3, 6)), 4, 2)):
        words = f"For {layers} layers of {heads} heads, the number of paths of order {order}"
        yield Case((layers, heads, order), _count(layers, heads, order), words)


def _count(layers: int, heads: int, order: int) -> int:
    """By writing them all down: in each layer a path passes no head, or one of them."""
    paths = product(range(heads + 1), repeat=layers)
    return sum(np.count_nonzero(path) == order for path in paths)


EXERCISE = Exercise(
    name="count_paths",
    number=2,
    difficulty=1,
    minutes=5,
    hints=(
        "A path goes through one head of a layer, or through none. First choose the layers where it goes through one.",
        "To choose `order` of `layers` there are math.comb(layers, order) ways. Then choose a head in each of them.",
        "math.comb(layers, order) * heads**order.",
    ),
    solution="""\
def count_paths(layers, heads, order):
    return math.comb(layers, order) * heads**order


count_checked = hs.check("count_paths", count_paths)""",
    cases=cases,
    mistakes=(
        Mistake(
            "You chose among all heads, wherever they stand. A path passes at most one head of each layer.",
            {"math.comb(layers, order) * heads**order": "math.comb(layers * heads, order)"},
        ),
        Mistake(
            "The layers are not chosen: math.comb(layers, order) ways to say which layers the heads stand in.",
            {"math.comb(layers, order) * ": ""},
        ),
        Mistake(
            "You chose the layers, and not yet the head in each: heads ways in each of these layers.",
            {" * heads**order": ""},
        ),
        Mistake(
            "There is a head to choose in each of the chosen layers: heads to the power of the order, not times it.",
            {"heads**order": "heads * order"},
        ),
        Mistake(
            "In the other layers there is no head to choose: the power is the order.",
            {"heads**order": "heads**layers"},
        ),
        Mistake(
            "That is how many paths there are of all orders. Count those of one order.",
            {"math.comb(layers, order) * heads**order": "(1 + heads) ** layers"},
        ),
        Mistake(
            "A path goes from an earlier layer to a later one. You also counted in which order they come.",
            {"math.comb(layers, order)": "math.perm(layers, order)"},
        ),
    ),
    passed="Your count is right for several numbers of layers and heads, and for orders that there are none of.",
)
