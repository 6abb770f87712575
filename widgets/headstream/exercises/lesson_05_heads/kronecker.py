"""A head as one matrix: the Kronecker product of its pattern and its transport."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    example = np.array([[1.0, 0, 0], [0, 1, 0], [1, 0, 0]]), np.array([[0.0, 1], [1, 0]])
    yield Case(example, _applied(*example), "In the example, your matrix")
    for n, d in ((2, 3), (4, 2), (1, 3), (3, 1)):
        pattern = np.tril(rng.uniform(0.1, 1, (n, n)))
        given = pattern / pattern.sum(-1, keepdims=True), rng.normal(size=(d, d))
        yield Case(given, _applied(*given), "Your matrix")


def _applied(a: npt.NDArray[np.float64], w: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Column by column: what the head makes of a stream with a single 1 in it."""
    n, d = len(a), len(w)
    return np.stack([(a @ one.reshape(n, d) @ w).flatten() for one in np.eye(n * d)], 1)


EXERCISE = Exercise(
    name="kronecker",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "Number i of a long line belongs to position i // d_model. The block at (i, j) says what position j gives to "
        "position i: A[i, j] times a matrix of d_model x d_model.",
        "A row vector r becomes r @ W. As a column that is W.T @ r: so the block is A[i, j] * W.T.",
        "blocks = A[:, None, :, None] * W.T[None, :, None, :]  has the axes [to, out, from, in]; reshape it to "
        "[n * d, n * d].",
    ),
    solution="""\
def kronecker(A, W):
    n, d = len(A), len(W)
    blocks = A[:, None, :, None] * W.T[None, :, None, :]  # [to, out, from, in]
    return blocks.reshape(n * d, n * d)


kronecker_checked = hs.check("kronecker", kronecker)""",
    cases=cases,
    mistakes=(
        Mistake(
            "W stands untransposed. r @ W for a row is W.T @ r for a column: each block is A[i, j] * W.T.",
            {"W.T[None": "W[None"},
        ),
        Mistake(
            "The pattern is transposed: position i must get A[i, j] from position j.",
            {"A[:, None, :, None]": "A.T[:, None, :, None]"},
        ),
        Mistake(
            "Your blocks are those of A inside W. The numbers of one position stand together, so A is outside: "
            "A[:, None, :, None].",
            {"A[:, None, :, None] * W.T[None, :, None, :]": "W.T[:, None, :, None] * A[None, :, None, :]"},
        ),
        Mistake(
            "The blocks are right, but they are not laid side by side: the axes must be [to, out, from, in] before you "
            "reshape.",
            {"A[:, None, :, None] * W.T[None, :, None, :]": "A[:, :, None, None] * W.T[None, None]"},
        ),
    ),
    passed="Your matrix times the long line is what the head writes, for patterns and transports of several sizes.",
)
