"""The K-composition score of two heads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake

Floats = npt.NDArray[np.float64]


def cases(rng: np.random.Generator) -> Iterator[Case]:
    e1, e2, both = np.array([[1.0], [0]]), np.array([[0.0], [1]]), np.array([[1.0], [1]])
    yield Case((e1, e2.T, e1, e2), 1.0, "In the example, your score")
    yield Case((e1, e2.T, e2, e1), 0.0, "Where the key reads what the earlier head does not write, your score")
    yield Case((e1, e2.T, e1, 3 * both), 0.5**0.5, "Where the key reads both directions alike, your score")
    for d_model, d_head, later in ((5, 2, 3), (7, 4, 4), (4, 3, 1)):
        given = *_head(rng, d_model, d_head), *rng.normal(size=(2, d_model, later))
        yield Case(given, _score(*given), "Your score")


def _head(rng: np.random.Generator, d_model: int, d_head: int) -> tuple[Floats, Floats]:
    return 3 * rng.normal(size=(d_model, d_head)), rng.normal(size=(d_head, d_model))


def _score(w_v: Floats, w_o: Floats, w_q: Floats, w_k: Floats) -> float:
    """Entry by entry: how much a query along i looks for what the head writes when it has read j."""
    size = range(len(w_v))
    written = [np.eye(len(w_v))[j] @ w_v @ w_o for j in size]
    product = sum(((w_q[i] @ (w_k.T @ written[j])) ** 2) for i in size for j in size)
    alone = sum((x**2).sum() for x in written), sum((w_q[i] @ w_k[j]) ** 2 for i in size for j in size)
    return float(np.sqrt(product / alone[0] / alone[1]))


EXERCISE = Exercise(
    name="k_composition",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "Build W_OV of the earlier head and W_QK = W_Q W_Kᵀ of the later one, each [d_model, d_model].",
        "The rows of W_QK are read by the query, its columns by the key. What is written must meet the key, so W_QK is "
        "transposed: ov @ qk.T.",
        "M.norm() of a tensor is its Frobenius norm. Divide that of the product by those of both factors.",
    ),
    solution="""\
def k_composition(W_V, W_O, W_Q, W_K):
    ov, qk = W_V @ W_O, W_Q @ W_K.T
    return (ov @ qk.T).norm() / (ov.norm() * qk.norm())


k_checked = hs.check("k_composition", k_composition)""",
    cases=cases,
    mistakes=(
        Mistake(
            "That is Q-composition: what is written meets the query. Transpose W_QK, and it meets the key.",
            {"ov @ qk.T": "ov @ qk"},
        ),
        Mistake(
            "You compare what the earlier head reads, not what it writes. With rows, the earlier head stands on the "
            "left: ov @ qk.T.",
            {"ov @ qk.T": "ov.T @ qk.T"},
        ),
        Mistake(
            "You compare what the earlier head reads with what the later head's query reads. With rows, the earlier "
            "head stands on the left, untransposed: ov @ qk.T.",
            {"ov @ qk.T": "qk.T @ ov"},
        ),
        Mistake(
            "The factors are turned around: W_Qᵀ W_V W_O W_K is another matrix, with another norm.",
            {"ov @ qk.T": "W_Q.T @ W_V @ W_O @ W_K"},
        ),
        Mistake(
            "Divide by the norms of both factors, or heads with large weights seem to compose.",
            {" / (ov.norm() * qk.norm())": ""},
        ),
        Mistake("You divided by one norm. Divide by that of W_QK too.", {"(ov.norm() * qk.norm())": "ov.norm()"}),
        Mistake("You divided by one norm. Divide by that of W_OV too.", {"(ov.norm() * qk.norm())": "qk.norm()"}),
        Mistake(
            "The norms of W_OV and W_QK are meant, not those of the four matrices that they are made of.",
            {"(ov.norm() * qk.norm())": "(W_V.norm() * W_O.norm() * W_Q.norm() * W_K.norm())"},
        ),
        Mistake(
            "That is the square of the score. Take the root.",
            {"(ov @ qk.T).norm() / (ov.norm() * qk.norm())": "((ov @ qk.T).norm() / (ov.norm() * qk.norm())) ** 2"},
        ),
    ),
    passed="Your score is right for heads of several sizes, from 0 to 1.",
)
