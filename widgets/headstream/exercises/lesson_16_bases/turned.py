"""The weights of a model whose stream is rotated: writers turn with it, readers turn back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake

WORDS = ("Your W_E", "Your W_V", "Your W_O", "Your W_U")


def cases(rng: np.random.Generator) -> Iterator[Case]:
    quarter = np.array([[0.0, 1], [-1, 0]])
    writes, reads = np.array([[3.0, 1]]), np.array([[2.0], [0]])
    yield Case((quarter, writes, reads, writes, reads), (np.array([[-1.0, 3]]), np.array([[0.0], [2]])) * 2, WORDS)
    for d_model, d_head, d_vocab in ((3, 2, 5), (5, 3, 4), (4, 4, 4)):
        q = np.linalg.qr(rng.normal(size=(d_model, d_model)))[0]
        w_e, w_o = 3 * rng.normal(size=(d_vocab, d_model)), 3 * rng.normal(size=(d_head, d_model))
        w_v, w_u = 3 * rng.normal(size=(d_model, d_head)), 3 * rng.normal(size=(d_model, d_vocab))
        turned = [_rows(w_e, q), _rows(w_v.T, q).T, _rows(w_o, q), _rows(w_u.T, q).T]
        yield Case((q, w_e, w_v, w_o, w_u), tuple(turned), WORDS)


def _rows(vectors: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Every vector of the stream, written or read along, as the same mixture of the rows of Q."""
    return np.stack([sum((x * row for x, row in zip(vector, q, strict=True)), np.zeros(len(q))) for vector in vectors])


EXERCISE = Exercise(
    name="turned",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "Which axis of each matrix is d_model? Where it comes last the matrix writes rows into the stream; where it "
        "comes first, the matrix reads.",
        "What is written is to be x @ Q, so a matrix that writes is multiplied by Q on its right. What reads must undo "
        "this first: the inverse of a rotation is Q.T.",
        "W_E and W_O write: W_E @ Q, W_O @ Q. W_V and W_U read: Q.T @ W_V, Q.T @ W_U.",
    ),
    solution="""\
def turned(Q, W_E, W_V, W_O, W_U):
    return W_E @ Q, Q.T @ W_V, W_O @ Q, Q.T @ W_U


turned_checked = hs.check("turned", turned)""",
    cases=cases,
    mistakes=(
        Mistake(
            "You turned the other way round: a stream r becomes r @ Q, so what writes is multiplied by Q, and what "
            "reads by Q.T.",
            {"W_E @ Q, Q.T @ W_V, W_O @ Q, Q.T @ W_U": "W_E @ Q.T, Q @ W_V, W_O @ Q.T, Q @ W_U"},
        ),
        Mistake(
            "What is written is turned right. What reads must turn back: with Q @ W it turns a second time.",
            {"Q.T @ W_V": "Q @ W_V", "Q.T @ W_U": "Q @ W_U"},
        ),
        Mistake(
            "A matrix that reads is as it was: it would read the old axes in the new stream. W_V and W_U both read.",
            {"Q.T @ W_V": "W_V", "Q.T @ W_U": "W_U"},
        ),
        Mistake(
            "Your head still writes along the old axes: W_O writes into the stream, as W_E does.",
            {"W_O @ Q": "W_O"},
        ),
        Mistake(
            "The order is another: return W_E, W_V, W_O, W_U.",
            {"W_E @ Q, Q.T @ W_V, W_O @ Q, Q.T @ W_U": "W_E @ Q, W_O @ Q, Q.T @ W_V, Q.T @ W_U"},
        ),
    ),
    passed="What is written is turned and what is read is turned back, for rotations of several sizes.",
)
