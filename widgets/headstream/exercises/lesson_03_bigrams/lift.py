"""How much more common a follower is after a token than elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(np.array([[1.0, 6, 1]]), np.array([4.0, 8, 4]), "In the example, your array")
    for rows, d_vocab in ((3, 5), (6, 4)):
        counts = rng.integers(1, 40, (rows, d_vocab)).astype(float)
        yield _case(counts, counts.sum(0) + rng.integers(1, 90, d_vocab), "Your array")


def _case(counts: npt.NDArray[np.float64], unigram: npt.NDArray[np.float64], words: str) -> Case:
    expected = np.zeros(counts.shape)
    for row, column in np.ndindex(counts.shape):
        share = counts[row, column] / sum(counts[row])
        expected[row, column] = np.log(share / (unigram[column] / sum(unigram)))
    return Case((counts, unigram), expected, words)


EXERCISE = Exercise(
    name="lift",
    number=3,
    difficulty=1,
    minutes=4,
    hints=(
        "Two shares: the follower's in its row, and its share of the whole text. The lift is the logarithm of their "
        "quotient.",
        "counts / counts.sum(-1, keepdim=True) is the first, unigram / unigram.sum() the second.",
        "return (counts / counts.sum(-1, keepdim=True)).log() - (unigram / unigram.sum()).log()",
    ),
    solution="""\
def lift(counts, unigram):
    shares = counts / counts.sum(-1, keepdim=True)
    base = unigram / unigram.sum()
    return shares.log() - base.log()


hs.check("lift", lift)""",
    cases=cases,
    mistakes=(
        Mistake(
            "That is the quotient of the two shares. Take its logarithm.",
            {"shares.log() - base.log()": "shares / base"},
        ),
        Mistake(
            "That is the difference of the shares, not of their logarithms.",
            {"shares.log() - base.log()": "shares - base"},
        ),
        Mistake(
            "You took the logarithm of counts. Both must be shares first, or long rows stand higher.",
            {"shares.log() - base.log()": "counts.log() - unigram.log()"},
        ),
        Mistake(
            "Your shares are of all pairs. Divide each row by its own sum.",
            {"counts.sum(-1, keepdim=True)": "counts.sum()"},
        ),
        Mistake(
            "You divided by the sums of the columns. A row's shares sum to 1: sum over the last axis.",
            {"counts.sum(-1, keepdim=True)": "counts.sum(0)"},
        ),
        Mistake(
            "The sign is turned: more common here must be positive.",
            {"shares.log() - base.log()": "base.log() - shares.log()"},
        ),
        Mistake("The base rate is not taken away yet.", {" - base.log()": ""}),
        Mistake(
            "That is in bits. A nat takes the natural logarithm.",
            {"shares.log() - base.log()": "shares.log2() - base.log2()"},
        ),
    ),
    passed="Every lift is right.",
)
