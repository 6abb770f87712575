"""The normalised effect of a patch: the share of a logit difference that it restores."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    clean, corrupted = np.array([4.0, 1, 0]), np.array([1.0, 2, 9])
    patched = np.array([[[1.0, 2, 0], [4, 1, 5]], [[3, 2, 7], [0, 5, 0]]])
    yield Case((patched, clean, corrupted, 0, 1), np.array([[0, 1], [0.5, -1]]), "In a small example, your effects")
    for part, position, vocab, size in ((3, 4, 6, -0.3), (2, 5, 3, 1), (4, 1, 7, -2)):
        answer, other = (int(token) for token in rng.choice(vocab, 2, replace=False))
        clean, corrupted = 3 * rng.normal(size=(2, vocab))
        ends = size * rng.uniform(1, 2, size=2)  # of either sign, never 0
        clean[answer], corrupted[answer] = clean[other] + ends[0], corrupted[other] - ends[1]
        shares = rng.normal(size=(part, position))
        shares[0, 0] = 4  # more than all
        patched = 3 * rng.normal(size=(part, position, vocab))
        patched[..., answer] = patched[..., other] + (1 - shares) * -ends[1] + shares * ends[0]
        yield Case((patched, clean, corrupted, answer, other), shares, "Your array of effects")


EXERCISE = Exercise(
    name="restored",
    number=3,
    difficulty=1,
    minutes=5,
    hints=(
        "First make one number of each run's logits: that of the answer less that of the other token.",
        "logits[..., answer] - logits[..., other] does this for all three. Then see where the patched number lies.",
        "The share is (patched - corrupted) / (clean - corrupted): 0 at the corrupted number, 1 at the clean one.",
    ),
    solution="""\
def restored(patched, clean, corrupted, answer, other):
    a, b, c = (logits[..., answer] - logits[..., other] for logits in (patched, clean, corrupted))
    return (a - c) / (b - c)


hs.check("restored", restored)""",
    cases=cases,
    mistakes=(
        Mistake("That is the change in logits. Divide by clean less corrupted.", {" / (b - c)": ""}),
        Mistake("You divided by the clean number. The way from corrupted to clean is the whole.", {"(b - c)": "b"}),
        Mistake(
            "You measured from the clean run: what is still missing. Measure from the corrupted one.",
            {"(a - c)": "(b - a)"},
        ),
        Mistake("Your sign is turned.", {"(b - c)": "(c - b)"}),
        Mistake(
            "You took the answer's logit alone. A logit means nothing but beside another.",
            {" - logits[..., other]": ""},
        ),
        Mistake(
            "An effect can be below 0, where a patch leads away from the answer. Leave its sign.",
            {"(a - c) / (b - c)": "((a - c) / (b - c)).abs()"},
        ),
        Mistake(
            "You cut the effects off at 0 and 1. They can lie outside.",
            {"(a - c) / (b - c)": "((a - c) / (b - c)).clamp(0, 1)"},
        ),
    ),
    passed="Your effects are right: 0 is nothing, 1 is all of the difference.",
)
