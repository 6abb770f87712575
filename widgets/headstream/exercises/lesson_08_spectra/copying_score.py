"""The copying score of a head, through small matrices."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake

Numbers = npt.NDArray[np.float64]


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for d_vocab, d_model, d_head in ((6, 4, 2), (9, 5, 3), (7, 5, 1)):
        w_e, w_u = rng.normal(size=(d_vocab, d_model)), rng.normal(size=(d_model, d_vocab))
        w_v, w_o = rng.normal(size=(d_model, d_head)), rng.normal(size=(d_head, d_model))
        yield _case(w_e, w_v, w_o, w_u, "Your score")
    turn = np.array([[1.0, -9, 0], [9, 1, 0], [0, 0, -3]])  # two complex eigenvalues, one negative
    same = np.eye(3)
    yield _case(same, same, turn, same, "With complex eigenvalues, your score")
    yield _case(same, same, 0.1 * turn, same, "With small eigenvalues, your score")
    yield _case(same, same, np.diag([3.0, 1, 2]), same, "Of a head that copies everything, your score")
    yield _case(same, same, -np.diag([3.0, 1, 2]), same, "Of a head that suppresses everything, your score")


def _case(w_e: Numbers, w_v: Numbers, w_o: Numbers, w_u: Numbers, words: str) -> Case:
    found = np.linalg.eigvals(w_e @ w_v @ w_o @ w_u)  # of the big matrix
    return Case((w_e, w_v, w_o, w_u), float(found.sum().real / np.abs(found).sum()), words)


EXERCISE = Exercise(
    name="copying_score",
    number=1,
    difficulty=2,
    minutes=9,
    hints=(
        "The tall matrix is A = W_E @ W_V, the wide one B = W_O @ W_U. The small one is B @ A, [d_head, d_head].",
        "torch.linalg.eigvals gives complex numbers. The sum is real but for rounding: .real. Their sizes are .abs().",
        "found = torch.linalg.eigvals(W_O @ W_U @ W_E @ W_V)\n  return found.sum().real / found.abs().sum()",
    ),
    solution="""\
def copying_score(W_E, W_V, W_O, W_U):
    found = torch.linalg.eigvals(W_O @ W_U @ W_E @ W_V)
    return found.sum().real / found.abs().sum()


copying_checked = hs.check("copying_score", copying_score)""",
    cases=cases,
    mistakes=(
        Mistake(
            "You divided by the sizes of the real parts. |λ| of a complex number has both parts: .abs().",
            {"found.abs().sum()": "found.real.abs().sum()"},
        ),
        Mistake(
            "Those are the eigenvalues of W_V W_O alone. The circuit goes from tokens to tokens: W_E stands before it, "
            "W_U behind it.",
            {"W_O @ W_U @ W_E @ W_V": "W_O @ W_V"},
        ),
        Mistake(
            "Those are singular values, which are never negative: the score of every head would be 1. Take eigvals.",
            {"torch.linalg.eigvals(W_O @ W_U @ W_E @ W_V)": "torch.linalg.svdvals(W_E @ W_V @ W_O @ W_U) + 0j"},
        ),
        Mistake(
            "That is the share of eigenvalues with a positive real part. Large ones count more: sum them.",
            {"found.sum().real / found.abs().sum()": "(found.real > 0).double().mean()"},
        ),
        Mistake(
            "Those are the eigenvalues of a symmetric matrix. Yours is none: eigvals, not eigvalsh.",
            {"torch.linalg.eigvals(W_O @ W_U @ W_E @ W_V)": "torch.linalg.eigvalsh(W_O @ W_U @ W_E @ W_V) + 0j"},
        ),
        Mistake("That is the trace, the sum alone. Divide by the sum of |λ|.", {" / found.abs().sum()": ""}),
        Mistake(
            "You divided by the size of the sum. Take the sum of the sizes.", {"found.abs().sum()": "found.sum().abs()"}
        ),
    ),
    passed="The score is right, with real and complex eigenvalues of both signs.",
)
