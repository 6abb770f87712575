"""A one-layer model as a sum of paths."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake

Numbers = npt.NDArray[np.float64]


def cases(rng: np.random.Generator) -> Iterator[Case]:
    one = np.ones((1, 1))
    yield _case(
        np.array([[2.0], [3]]),
        np.array([[1.0], [0]]),
        np.array([[[1.0, 0], [1, 0]]]),
        10 * one[None],
        one,
        "In the example",
    )
    for n, d_model, heads, d_vocab in ((3, 4, 2, 5), (5, 3, 3, 4), (1, 4, 1, 3)):
        t, p = rng.normal(size=(2, n, d_model))
        scores = rng.normal(size=(heads, n, n)) + np.where(np.tri(n, dtype=bool), 0, -np.inf)
        a = np.exp(scores - scores.max(-1, keepdims=True))
        w_ov, w_u = rng.normal(size=(heads, d_model, d_model)), rng.normal(size=(d_model, d_vocab))
        yield _case(t, p, a / a.sum(-1, keepdims=True), w_ov, w_u, "With random matrices")


def _case(t: Numbers, p: Numbers, a: Numbers, w_ov: Numbers, w_u: Numbers, words: str) -> Case:
    paths = [np.einsum("pd,dv->pv", start, w_u) for start in (t, p)]
    for head in range(len(a)):
        paths += [np.einsum("qk,kd,de,ev->qv", a[head], start, w_ov[head], w_u) for start in (t, p)]
    return Case((t, p, a, w_ov, w_u), np.stack(paths), f"{words}, your array of paths")


EXERCISE = Exercise(
    name="expand_one_layer",
    number=1,
    difficulty=2,
    minutes=10,
    hints=(
        "Two direct paths, t @ W_U and p @ W_U. Through head h the pattern mixes positions first: A[h] @ t.",
        "One path through a head: A[h] @ t @ W_OV[h] @ W_U. Do the same with p in place of t.",
        "paths = [t @ W_U, p @ W_U]\n  for h in range(len(A)): paths += [A[h] @ t @ W_OV[h] @ W_U, "
        "A[h] @ p @ W_OV[h] @ W_U]\n  return torch.stack(paths)",
    ),
    solution="""\
def expand(t, p, A, W_OV, W_U):
    paths = [t @ W_U, p @ W_U]
    for h in range(len(A)):
        paths += [A[h] @ t @ W_OV[h] @ W_U, A[h] @ p @ W_OV[h] @ W_U]
    return torch.stack(paths)


expand_checked = hs.check("expand_one_layer", expand)""",
    cases=cases,
    mistakes=(
        Mistake(
            "The pattern is transposed: row i of A[h] says from where position i reads, so A[h] @ t.",
            {"A[h] @ t": "A[h].T @ t", "A[h] @ p": "A[h].T @ p"},
        ),
        Mistake(
            "W_OV is transposed. Vectors are rows here: x @ W_OV[h].",
            {"t @ W_OV[h]": "t @ W_OV[h].T", "p @ W_OV[h]": "p @ W_OV[h].T"},
        ),
        Mistake(
            "Every head has its own W_OV: you used the first one's for all.",
            {"W_OV[h]": "W_OV[0]"},
        ),
        Mistake("Every head has its own pattern: you used the first one's for all.", {"A[h]": "A[0]"}),
        Mistake(
            "Token and position are exchanged: token first.",
            {
                "[t @ W_U, p @ W_U]": "[p @ W_U, t @ W_U]",
                "A[h] @ t @ W_OV[h] @ W_U, A[h] @ p": "A[h] @ p @ W_OV[h] @ W_U, A[h] @ t",
            },
        ),
        Mistake(
            "Your paths through heads stop at position: the pattern must mix positions, A[h] @ t.",
            {"A[h] @ t": "t", "A[h] @ p": "p"},
        ),
        Mistake("That is the sum, the model itself. Keep the paths apart.", {"torch.stack(paths)": "sum(paths)"}),
    ),
    passed="Every path is right, for several sizes and numbers of heads.",
)
