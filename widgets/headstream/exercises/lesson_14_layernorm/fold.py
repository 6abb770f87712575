"""A LayerNorm's linear parts, moved into the matrix after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake

WORDS = ("Your folded matrix", "Your folded bias")


def cases(rng: np.random.Generator) -> Iterator[Case]:
    example = (np.array([1.0, 2]), np.array([0.0, 1]), np.array([[3.0, 0, 1], [1, 2, 0]]), np.array([0.0, 0, 5]))
    yield Case(example, (np.array([[0.5, -2, 0.5], [-0.5, 2, -0.5]]), np.array([1.0, 2, 5])), WORDS)
    for d_model, n in ((4, 3), (3, 6), (5, 2)):
        given = [rng.normal(size=size) + 0.3 for size in (d_model, d_model, (d_model, n), n)]
        yield Case(tuple(given), _probed(*given), WORDS)


def _probed(weight: Any, bias: Any, w: Any, b: Any) -> Any:
    """Read off what the norm and the matrix do together, for a scale of 1: the stream 0 gives the bias, the others a
    row each.
    """

    def read(stream: Any) -> Any:
        return ((stream - stream.mean()) * weight + bias) @ w + b

    nothing = read(np.zeros(len(weight)))
    return np.array([read(e) - nothing for e in np.eye(len(weight))]), nothing


EXERCISE = Exercise(
    name="fold",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "Start with one column of W, a direction u: (n * weight + bias) · u = n · (weight * u) + bias · u.",
        "So every row of W is multiplied by its weight, and bias @ W joins b. To centre r and then read it along a "
        "direction is to read r along the centred direction.",
        "W2 = weight[:, None] * W; return W2 - W2.mean(0), bias @ W + b. The mean is over d_model: one a column.",
    ),
    solution="""\
def fold(weight, bias, W, b):
    W2 = weight[:, None] * W
    return W2 - W2.mean(0), bias @ W + b


fold_checked = hs.check("fold", fold)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Your matrix is not centred: r comes with its mean, and no column may read it.", {"W2 - W2.mean(0)": "W2"}
        ),
        Mistake(
            "Your rows are centred. Take the mean over d_model away, one number for each column.",
            {"W2 - W2.mean(0)": "W2 - W2.mean(1, keepdim=True)"},
        ),
        Mistake(
            "The columns are centred before the weights multiply them. LayerNorm centres first, so the matrix that "
            "stands for it is centred last.",
            {"weight[:, None] * W": "weight[:, None] * (W - W.mean(0))", "W2 - W2.mean(0)": "W2"},
        ),
        Mistake("The LayerNorm's weights are missing from the matrix.", {"weight[:, None] * W": "W"}),
        Mistake("The LayerNorm's bias is lost: it is read by W too.", {"bias @ W + b": "b"}),
        Mistake("The matrix' own bias b is lost.", {"bias @ W + b": "bias @ W"}),
        Mistake(
            "The bias comes after the weights: they do not multiply it. Read it with W as it was.",
            {"bias @ W + b": "bias @ W2 + b"},
        ),
        Mistake(
            "The bias is added after the centring, so W reads all of it: use W itself, not the centred matrix.",
            {"bias @ W + b": "bias @ (W - W.mean(0)) + b"},
        ),
    ),
    passed="One matrix and one bias do what the norm and the matrix did, but for the division by the scale.",
)
