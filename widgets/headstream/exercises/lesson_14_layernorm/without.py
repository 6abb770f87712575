"""What a number that is read through a LayerNorm really changes by when a write is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    r, u = np.array([[2.0, -2, 0, 0]]), np.array([[1.0, 0, 0, 0]])
    yield Case((r, r / 2, u), np.array([0.0]), "In the first example, your change")
    across = np.array([[0.0, 0, 1, -1]])
    yield Case((r + across, across, u), np.array([2**0.5 - 2 / 2.5**0.5]), "In the second example, your change")
    for position, d_model in ((3, 5), (4, 3), (1, 6)):
        r, w = rng.normal(size=(2, position, d_model)) * rng.uniform(0.5, 3, size=(2, 1, 1)) + rng.normal()
        u = 5 * rng.normal(size=(position, d_model))
        yield Case((r, w, u), _change(r, w, u), "Your array of changes")


def _change(r: Any, w: Any, u: Any) -> Any:
    """By the covariance with u, in which a row's mean says nothing, over the standard deviation, which is the scale."""
    pairs = [zip(x, u, strict=True) for x in (r - w, r)]
    after, before = ([len(a) * np.cov(x, a, bias=True)[0, 1] / x.std() for x, a in pair] for pair in pairs)
    return np.array(after) - np.array(before)


EXERCISE = Exercise(
    name="without",
    number=2,
    difficulty=2,
    minutes=7,
    hints=(
        "Read twice: once r, once what is left without w. Each goes through its own LayerNorm.",
        "Of a stream x: centred = x - x.mean(-1, keepdim=True), scale = centred.square().mean(-1).sqrt(), and the "
        "number is (centred * u).sum(-1) / scale.",
        "Do this with r - w and with r, and return the first number less the second.",
    ),
    solution="""\
def without(r, w, u):
    before = r - r.mean(-1, keepdim=True)
    after = before - (w - w.mean(-1, keepdim=True))
    s, t = (x.square().mean(-1).sqrt() for x in (before, after))
    return (after * u).sum(-1) / t - (before * u).sum(-1) / s


without_checked = hs.check("without", without)""",
    cases=cases,
    mistakes=(
        Mistake(
            "You kept the scale of r. That is the frozen answer: once w is gone, the scale is that of what is left.",
            {"/ t -": "/ s -"},
        ),
        Mistake(
            "Your sign is turned: the change is the number without w, less the number with it.",
            {
                "(after * u).sum(-1) / t - (before * u).sum(-1) / s": (
                    "(before * u).sum(-1) / s - (after * u).sum(-1) / t"
                )
            },
        ),
        Mistake(
            "That is the number without w. Its change is wanted: take away what it was with w.",
            {" - (before * u).sum(-1) / s": ""},
        ),
        Mistake("Nothing is divided by a scale.", {" / t": "", "(-1) / s": "(-1)"}),
        Mistake("You divided by the variance. The scale is its square root.", {".mean(-1).sqrt()": ".mean(-1)"}),
        Mistake(
            "You divided by the length. The scale is the root of the mean square.",
            {"x.square().mean(-1).sqrt()": "x.norm(dim=-1)"},
        ),
        Mistake(
            "You did not centre: LayerNorm takes each vector's mean away first.",
            {"r - r.mean(-1, keepdim=True)": "r", "(w - w.mean(-1, keepdim=True))": "w"},
        ),
        Mistake(
            "You read w through a LayerNorm of its own. w is part of r: take it away, then read what is left.",
            {"after = before - (w": "after = -(w"},
        ),
    ),
    passed="Your change is the true one, with the scale computed anew.",
)
