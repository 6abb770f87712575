"""Whether a head looks for the token that an earlier head has moved: eigenvalues of QK with its key read through it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake

Floats = npt.NDArray[np.float64]


def cases(rng: np.random.Generator) -> Iterator[Case]:
    one = np.eye(2)
    turn = np.array([[0.0, 1], [-1, 0]])
    yield _case("Where every token looks for itself, the score", one, one, one, one, one)
    yield _case("Where every token looks for the other kind, the score", one, one, one, one, np.diag([1.0, -3]))
    yield _case("Where the eigenvalues are not real, the score", one, one, one, one + turn, one)
    for vocabulary, d_model, earlier, later in ((9, 5, 2, 3), (8, 6, 4, 3), (7, 4, 3, 2)):
        w_v, w_o = rng.normal(size=(d_model, earlier)), rng.normal(size=(earlier, d_model))
        yield _case(
            "Your score", rng.normal(size=(vocabulary, d_model)), w_v, w_o, *rng.normal(size=(2, d_model, later))
        )


def _case(words: str, w_e: Floats, w_v: Floats, w_o: Floats, w_q: Floats, w_k: Floats) -> Case:
    """From the whole matrix, token by token."""
    moved = [row @ w_v @ w_o for row in w_e]
    scores = np.array([[(w_q.T @ row) @ (w_k.T @ other) for other in moved] for row in w_e])
    values = np.linalg.eigvals(scores)
    return Case((w_e, w_v, w_o, w_q, w_k), float(values.sum().real / np.abs(values).sum()), words)


EXERCISE = Exercise(
    name="key_matching",
    number=2,
    difficulty=2,
    minutes=8,
    hints=(
        "The circuit is L R, with L = W_E W_Q [d_vocab, d_head] and R = (W_E W_V W_O W_K)ᵀ [d_head, d_vocab]. The "
        "eigenvalues of L R are those of R L.",
        "small = (W_E @ W_V @ W_O @ W_K).T @ (W_E @ W_Q) is [d_head, d_head].",
        "values = torch.linalg.eigvals(small), which are complex. Return values.real.sum() / values.abs().sum().",
    ),
    solution="""\
def key_matching(W_E, W_V, W_O, W_Q, W_K):
    small = (W_E @ W_V @ W_O @ W_K).T @ (W_E @ W_Q)
    values = torch.linalg.eigvals(small)
    return values.real.sum() / values.abs().sum()


key_checked = hs.check("key_matching", key_matching)""",
    cases=cases,
    mistakes=(
        Mistake(
            "That is the plain QK circuit: the key reads the token of its own place. It is to be read through the "
            "earlier head: W_E W_V W_O W_K.",
            {"W_E @ W_V @ W_O @ W_K": "W_E @ W_K"},
        ),
        Mistake(
            "You read the query through the earlier head: that is Q-composition. Put W_V W_O before W_K.",
            {"W_E @ W_V @ W_O @ W_K": "W_E @ W_K", "(W_E @ W_Q)": "(W_E @ W_V @ W_O @ W_Q)"},
        ),
        Mistake(
            "You read both sides through the earlier head. The query reads the present token itself.",
            {"(W_E @ W_Q)": "(W_E @ W_V @ W_O @ W_Q)"},
        ),
        Mistake(
            "W_E is missing: the circuit goes from tokens to tokens.",
            {"(W_E @ W_V @ W_O @ W_K).T @ (W_E @ W_Q)": "(W_V @ W_O @ W_K).T @ W_Q"},
        ),
        Mistake(
            "Divide by Σ|λ|, the sum of absolute values; you divided by the absolute value of the sum.",
            {"values.abs().sum()": "values.sum().abs()"},
        ),
        Mistake(
            "The share of positive eigenvalues is not meant: a large one is to weigh more than a small one. Σλ / Σ|λ|.",
            {"values.real.sum() / values.abs().sum()": "(values.real > 0).float().mean()"},
        ),
        Mistake(
            "Those are singular values, which are never negative, and so the score is always 1.",
            {"torch.linalg.eigvals(small)": "torch.linalg.svdvals(small)"},
        ),
        Mistake(
            "|λ| of a complex number is .abs(). You took that of its real part.",
            {"values.abs().sum()": "values.real.abs().sum()"},
        ),
        Mistake("You did not divide. Divide by Σ|λ|.", {" / values.abs().sum()": ""}),
    ),
    passed="Your score is right, from -1 to 1, for circuits of several sizes.",
)
