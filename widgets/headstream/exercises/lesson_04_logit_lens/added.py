"""What each row of a stream adds to one token's logit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for row, position, d_model, d_vocab, token in ((3, 2, 4, 5, 3), (4, 3, 9, 13, 0), (2, 1, 6, 7, 6), (1, 2, 5, 8, 4)):
        writes = rng.normal(size=(row, position, d_model)) + rng.normal(size=(row, position, 1))
        writes *= rng.uniform(0.5, 2)
        rows = writes.cumsum(0)  # they grow from row to row, and their means are not 0
        W_U = rng.normal(size=(d_model, d_vocab)) + rng.normal(size=d_vocab)
        logits = (writes - writes.mean(-1, keepdims=True)) / rows[-1].std(-1, keepdims=True) @ W_U
        yield Case((rows, W_U, token), logits[..., token] - logits.mean(-1), "Your array of additions")


EXERCISE = Exercise(
    name="added",
    number=5,
    difficulty=3,
    minutes=10,
    hints=(
        "Centre every row. Divide all of them by one scale: the last row's, [position]. Then reading is linear.",
        "Read along W_U[:, token] - W_U.mean(1), as in lesson 02: that is the logit less the vocabulary's mean. Now "
        "you have running totals, [row, position].",
        "torch.diff(totals, dim=0, prepend=torch.zeros_like(totals[:1])) takes each row from the next, and keeps "
        "the first.",
    ),
    solution="""\
def added(rows, W_U, token):
    centred = rows - rows.mean(-1, keepdim=True)
    scale = centred[-1].square().mean(-1).sqrt()
    totals = centred @ (W_U[:, token] - W_U.mean(1)) / scale
    return torch.diff(totals, dim=0, prepend=torch.zeros_like(totals[:1]))


hs.check("added", added)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Each row is divided by its own scale, so your steps mix what was written with a change of scale. Divide "
            "every row by the last row's.",
            {"centred[-1].square()": "centred.square()"},
        ),
        Mistake(
            "These are running totals. Return what each row adds to the one before it.",
            {"torch.diff(totals, dim=0, prepend=torch.zeros_like(totals[:1]))": "totals"},
        ),
        Mistake(
            "The first row is missing. What it adds is all that it holds.",
            {", prepend=torch.zeros_like(totals[:1])": ""},
        ),
        Mistake(
            "These are raw logits. Take away the vocabulary's mean: read along W_U[:, token] - W_U.mean(1).",
            {" - W_U.mean(1)": ""},
        ),
        Mistake(
            "You did not centre the rows. LayerNorm takes away each vector's mean first.",
            {"centred @ (W_U": "rows @ (W_U"},
        ),
        Mistake(
            "The first row is 0. It adds all that it holds.",
            {"torch.zeros_like(totals[:1])": "totals[:1]"},
        ),
        Mistake(
            "You compare each row with the first. Return what it adds to the one before it.",
            {
                "torch.diff(totals, dim=0, prepend=torch.zeros_like(totals[:1]))": (
                    "torch.cat([totals[:1], totals[1:] - totals[:1]])"
                )
            },
        ),
        Mistake(
            "torch.std divides by d_model - 1. LayerNorm divides by d_model.",
            {"centred[-1].square().mean(-1).sqrt()": "centred[-1].std(-1)"},
        ),
        Mistake(
            "You took the differences along the positions. Rows are the first axis: dim=0.",
            {"dim=0, prepend=torch.zeros_like(totals[:1])": "dim=1, prepend=torch.zeros_like(totals[:, :1])"},
        ),
        Mistake("You did not divide by the last row's scale.", {" / scale": ""}),
        Mistake("You divided by the first row's scale, not the last's.", {"centred[-1]": "centred[0]"}),
        Mistake(
            "You return only the sum. Return one number for each row and position.",
            {"zeros_like(totals[:1]))": "zeros_like(totals[:1])).sum(0)"},
        ),
        Mistake(
            "Your rows are one too early, and the last is minus the whole. Put zeros before the first row, not after "
            "the last.",
            {"prepend": "append"},
        ),
    ),
    passed="Right on a random stream; added up, they are the last row's logit less the vocabulary's mean.",
)
