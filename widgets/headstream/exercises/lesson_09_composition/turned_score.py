"""The erratum: a product turned around, which keeps its trace and not its norm."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    e1, e2 = np.array([[1.0], [0]]), np.array([[0.0], [1]])
    yield Case((e1, e2.T, e1, e2), 1.0, "In the lesson's example, the score with the bug")
    # The key reads what is written, and the query reads what the earlier head does not.
    yield Case((e1, e2.T, e2, e2), 0.0, "Where the query reads other things than the earlier head, the score")
    for d_model, d_head, later in ((5, 2, 3), (7, 4, 4), (4, 3, 1)):
        w_v, w_o = 3 * rng.normal(size=(d_model, d_head)), rng.normal(size=(d_head, d_model))
        w_q, w_k = rng.normal(size=(2, d_model, later))
        product = np.einsum("dq,dv,ve,ek->qk", w_q, w_v, w_o, w_k)
        size = np.sqrt(np.trace(w_v.T @ w_v @ w_o @ w_o.T) * np.trace(w_q.T @ w_q @ w_k.T @ w_k))
        yield Case((w_v, w_o, w_q, w_k), float(np.sqrt((product**2).sum()) / size), "The score with the bug")


EXERCISE = Exercise(
    name="turned_score",
    number=4,
    difficulty=2,
    minutes=6,
    hints=(
        "The right score has the norm of W_V @ W_O @ W_K @ W_Q.T above. Move the last factor to the front.",
        "The turned product is W_Q.T @ W_V @ W_O @ W_K, [d_head, d_head].",
        "Below, nothing changes: the norm of W_V @ W_O times that of W_Q @ W_K.T.",
    ),
    solution="""\
def turned_score(W_V, W_O, W_Q, W_K):
    turned = W_Q.T @ W_V @ W_O @ W_K
    return turned.norm() / ((W_V @ W_O).norm() * (W_Q @ W_K.T).norm())


turned_checked = hs.check("turned_score", turned_score)""",
    cases=cases,
    mistakes=(
        Mistake(
            "That is the right score. Here the wrong one is asked for: the last factor moves to the front.",
            {"W_Q.T @ W_V @ W_O @ W_K": "W_V @ W_O @ W_K @ W_Q.T"},
        ),
        Mistake(
            "You moved two factors to the front. The bug moves the last one alone: W_Q.T @ W_V @ W_O @ W_K.",
            {"W_Q.T @ W_V @ W_O @ W_K": "W_K @ W_Q.T @ W_V @ W_O"},
        ),
        Mistake(
            "You moved three factors to the front. The bug moves the last one alone: W_Q.T @ W_V @ W_O @ W_K.",
            {"W_Q.T @ W_V @ W_O @ W_K": "W_O @ W_K @ W_Q.T @ W_V"},
        ),
        Mistake(
            "Query and key are exchanged: W_Q.T comes to the front, and W_K ends the product.",
            {"W_Q.T @ W_V @ W_O @ W_K": "W_K.T @ W_V @ W_O @ W_Q"},
        ),
        Mistake(
            "One matrix is transposed. The bug turns the product, each factor stays as it is.",
            {"W_Q.T @ W_V @ W_O @ W_K": "(W_V @ W_O).T @ W_K @ W_Q.T"},
        ),
        Mistake(
            "Divide by the norms of W_OV and of W_QK, as in the right score.",
            {" / ((W_V @ W_O).norm() * (W_Q @ W_K.T).norm())": ""},
        ),
    ),
    passed="That is the score with the bug, for heads of several sizes.",
)
