"""Attention scores as four terms: token and position on either side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for n, d_model, d_head in ((3, 4, 2), (5, 6, 3), (1, 3, 2)):
        tokens, positions = rng.normal(size=(2, n, d_model))
        w_q, w_k = rng.normal(size=(2, d_model, d_head))
        scores = np.zeros((4, n, n))
        for term, (query, key) in enumerate(product((tokens, positions), repeat=2)):
            for i, j in np.ndindex(n, n):
                scores[term, i, j] = (query[i] @ w_q) @ (key[j] @ w_k) / np.sqrt(d_head)
        yield Case((tokens, positions, w_q, w_k), scores, "Your four terms")


EXERCISE = Exercise(
    name="four_terms",
    number=2,
    difficulty=2,
    minutes=7,
    hints=(
        "A query is a sum, (token + position) W_Q, and so is a key. Multiply out, and keep the four products apart.",
        "One term: (tokens @ W_Q) @ (positions @ W_K).T is token × position, [query, key].",
        "Loop: for q in (tokens, positions): for k in (tokens, positions). Divide by the root of d_head, which is "
        "W_Q.shape[1], and torch.stack the four.",
    ),
    solution="""\
def four_terms(tokens, positions, W_Q, W_K):
    sides = (tokens, positions)
    terms = [(q @ W_Q) @ (k @ W_K).T for q in sides for k in sides]
    return torch.stack(terms) / W_Q.shape[1] ** 0.5


hs.check("four_terms", four_terms)""",
    cases=cases,
    mistakes=(
        Mistake("Divide by the root of d_head: W_Q.shape[1] ** 0.5.", {" / W_Q.shape[1] ** 0.5": ""}),
        Mistake(
            "You divided by d_head itself. A score is divided by its root.",
            {"W_Q.shape[1] ** 0.5": "W_Q.shape[1]"},
        ),
        Mistake("That is the root of d_model. Take d_head, W_Q.shape[1].", {"W_Q.shape[1]": "W_Q.shape[0]"}),
        Mistake(
            "token × position and position × token are exchanged: the query's side is named first.",
            {"for q in sides for k in sides": "for k in sides for q in sides"},
        ),
        Mistake(
            "Query and key are exchanged: rows are queries, (q @ W_Q) @ (k @ W_K).T.",
            {"(q @ W_Q) @ (k @ W_K).T": "(q @ W_K) @ (k @ W_Q).T"},
        ),
        Mistake(
            "Your terms are [key, query]. Rows are queries.", {"(q @ W_Q) @ (k @ W_K).T": "(k @ W_K) @ (q @ W_Q).T"}
        ),
        Mistake(
            "That is their sum, the scores themselves. Keep the four apart: torch.stack.",
            {"torch.stack(terms)": "sum(terms)"},
        ),
    ),
    passed="All four terms are right, in their order, for one position or many.",
)
