"""What a head adds to the logit of each token that came next, from each source."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for d_vocab, ids in ((4, [1, 0, 3]), (5, [3, 0, 4, 1, 0, 2]), (3, [2, 1])):
        n = len(ids)
        scores = rng.normal(size=(n, n)) + np.where(np.tri(n, dtype=bool), 0, -np.inf)
        a = np.exp(scores - scores.max(-1, keepdims=True))
        a /= a.sum(-1, keepdims=True)
        ov = 8 * rng.normal(size=(d_vocab, d_vocab))
        ov[ids[0], ids[1]] = 50
        expected = np.zeros((n - 1, n - 1))
        for query, key in np.ndindex(n - 1, n - 1):
            expected[query, key] = a[query, key] * ov[ids[key], ids[query + 1]]
        yield Case((a, np.array(ids), ov), expected, "Your array")


EXERCISE = Exercise(
    name="contributions",
    number=2,
    difficulty=2,
    minutes=7,
    hints=(
        "At the position of the query the next token is ids[query + 1], the source is ids[key]. So the last position "
        "falls away, and both axes have n - 1 entries.",
        "OV[ids[:-1]][:, ids[1:]] has the axes [key, query]: what each source gives to each next token.",
        "return A[:-1, :-1] * OV[ids[:-1]][:, ids[1:]].T",
    ),
    solution="""\
def contributions(A, ids, OV):
    return A[:-1, :-1] * OV[ids[:-1]][:, ids[1:]].T


hs.check("contributions", contributions)""",
    cases=cases,
    mistakes=(
        Mistake("The axes of OV's part are [key, query]: transpose it.", {"[:, ids[1:]].T": "[:, ids[1:]]"}),
        Mistake(
            "That is what is given to the present token. Column: the token that comes next, ids[1:].",
            {"[:, ids[1:]]": "[:, ids[:-1]]"},
        ),
        Mistake("The source is a row of OV, the next token a column: yours are exchanged.", {"OV[": "OV.T["}),
        Mistake("The attention is missing.", {"A[:-1, :-1] * ": ""}),
        Mistake(
            "You took the pattern's last rows. The last position predicts nothing here: A[:-1, :-1].",
            {"A[:-1, :-1]": "A[1:, :-1]"},
        ),
        Mistake(
            "That is the sum over sources. Keep them apart.", {"[:, ids[1:]].T": "[:, ids[1:]].T.sum(-1, keepdim=True)"}
        ),
    ),
    passed="Every contribution is right, also where tokens repeat.",
)
