"""One row of the OV circuit, through thin matrices only."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for d_vocab, d_model, d_head, tokens in ((5, 4, 2, (0, 1, 3)), (11, 6, 3, (10, 4))):
        w_e, w_u = rng.normal(size=(d_vocab, d_model)), rng.normal(size=(d_model, d_vocab))
        w_v, w_o = rng.normal(size=(d_model, d_head)), rng.normal(size=(d_head, d_model))
        for token in tokens:
            row = np.einsum("d,dh,he,ev->v", w_e[token], w_v, w_o, w_u)
            yield Case((token, w_e, w_v, w_o, w_u), row, "Your row")


EXERCISE = Exercise(
    name="ov_row",
    number=2,
    difficulty=1,
    minutes=4,
    hints=(
        "A row of a product needs only a row of its first factor: begin with W_E[token].",
        "W_E[token] @ W_V has d_head numbers. Go on from left to right, and nothing is ever larger than a row.",
        "return W_E[token] @ W_V @ W_O @ W_U",
    ),
    solution="""\
def ov_row(token, W_E, W_V, W_O, W_U):
    return W_E[token] @ W_V @ W_O @ W_U


hs.check("ov_row", ov_row)""",
    cases=cases,
    mistakes=(
        Mistake(
            "That is a column: what each token, attended to, gives to this one. Begin with W_E[token].",
            {"W_E[token] @ W_V @ W_O @ W_U": "W_E @ W_V @ W_O @ W_U[:, token]"},
        ),
        Mistake("The head is missing: that is the direct path.", {" @ W_V @ W_O": ""}),
        Mistake("That is the whole circuit. Take one row, and take it first.", {"W_E[token]": "W_E"}),
        Mistake("That is one entry. Keep the whole row.", {"@ W_U": "@ W_U[:, token]"}),
    ),
    passed="The row is right, for one token and another.",
)
