"""A transcoder by hand: encode, be silent below the threshold, decode."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake

WORDS = ("Your activations", "Your write")


def cases(rng: np.random.Generator) -> Iterator[Case]:
    encoder, decoder = np.array([[1.0, 0, -1], [0, 1, 1]]), np.array([[0.0, 3], [5, 5], [1, 0]])
    example = np.array([[2.0, 1]]), encoder, np.array([0, -0.5, 0]), np.full(3, 0.5), decoder, np.array([1.0, 0])
    yield Case(example, (np.array([[2.0, 0, 0]]), np.array([[1.0, 6]])), WORDS)
    for positions, d_in, features, d_out in ((7, 4, 6, 5), (6, 5, 8, 4), (4, 3, 3, 3)):
        x, w_enc, w_dec = (rng.normal(size=s) for s in ((positions, d_in), (d_in, features), (features, d_out)))
        b_enc, b_dec = rng.normal(size=features), rng.normal(size=d_out)
        threshold = rng.uniform(0.4, 4, size=features)
        f = np.zeros((positions, features))
        for (i, n), pre in np.ndenumerate(np.einsum("pd,dn->pn", 4 * x, w_enc) + b_enc):
            f[i, n] = pre if pre > threshold[n] else 0
        yield Case((4 * x, w_enc, b_enc, threshold, w_dec, b_dec), (f, np.einsum("pn,nd->pd", f, w_dec) + b_dec), WORDS)


EXERCISE = Exercise(
    name="transcode",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "Three steps: what each feature reads, which of them speak, and the sum of what those write.",
        "pre = x @ W_enc + b_enc. A feature that speaks says its pre itself, not pre less threshold.",
        "f = pre * (pre > threshold); return f, f @ W_dec + b_dec",
    ),
    solution="""\
def transcode(x, W_enc, b_enc, threshold, W_dec, b_dec):
    pre = x @ W_enc + b_enc
    f = pre * (pre > threshold)
    return f, f @ W_dec + b_dec


transcode_checked = hs.check("transcode", transcode)""",
    cases=cases,
    mistakes=(
        Mistake(
            "A feature that is on says its whole pre-activation. You took the threshold away from it.",
            {"pre * (pre > threshold)": "(pre - threshold).relu()"},
        ),
        Mistake(
            "That is a ReLU. Here a feature is silent up to its threshold, not up to 0.",
            {"pre > threshold": "pre > 0"},
        ),
        Mistake("Nothing is silent in your answer: compare with the threshold.", {" * (pre > threshold)": ""}),
        Mistake(
            "You compared the size of the pre-activation. A feature that reads far below 0 is silent too.",
            {"pre > threshold": "pre.abs() > threshold"},
        ),
        Mistake(
            "You say only whether a feature is on. It says how much, too.",
            {"pre * (pre > threshold)": "(pre > threshold) * 1.0"},
        ),
        Mistake("b_enc is missing from what the features read.", {"x @ W_enc + b_enc": "x @ W_enc"}),
        Mistake("b_dec is missing: it is written whatever is read.", {"f @ W_dec + b_dec": "f @ W_dec"}),
    ),
    passed="It reads, keeps silent and writes as the transcoders of this lesson do.",
)
