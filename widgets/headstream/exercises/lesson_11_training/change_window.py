"""Between which steps of a training a curve changes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake

WORDS = ("The step before the change", "The step after it")


def cases(rng: np.random.Generator) -> Iterator[Case]:
    example = np.array([0, 10, 20, 40, 80, 160]), np.array([0.0, 0.9, 0.0, 0.1, 0.8, 1.0])
    yield _case(example, "In the example")
    # Falling; going back below the tenth, and above nine tenths too early; a start that is no zero.
    by_hand = (
        ([3.5, 3.4, 3.45, 1.0, 0.7, 0.5], "Where a curve falls"),
        ([0.2, 0.4, 0.2, 0.7, 0.95, 0.7, 1.1, 1.2], "Where a curve goes up and down"),
        ([0.5, 0.5, 0.5, 0.0], "Where all happens at the end"),
        ([0.0, 1.0, 1.0, 1.05], "Where all happens at the beginning"),
        ([0.0, 0.9, 1.0], "Where a value is nine tenths exactly"),
        ([-0.2, -0.1, 0.5, 0.9, 1.0], "Where a curve crosses 0"),
        ([1.0, 2.0], "Of two steps"),
    )
    for values, words in by_hand:
        steps = np.cumsum(rng.integers(1, 50, len(values)))
        yield _case((steps, np.array(values)), words)
    for size in (7, 12, 20, 31):
        steps = np.cumsum(rng.integers(1, 300, size))
        middle, slope = rng.uniform(0.2, 0.8) * size, rng.uniform(0.7, 2)
        values = 1 / (1 + np.exp(-(np.arange(size) - middle) / slope)) + rng.normal(size=size, scale=0.07)
        yield _case((steps, rng.choice([-3, 0.4]) * values + rng.normal()), "Of a noisy curve")


def _case(given: tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]], words: str) -> Case:
    steps, values = (part.tolist() for part in given)
    done = [(value - values[0]) / (values[-1] - values[0]) for value in values]
    before, after = 0, len(done) - 1
    for place, share in enumerate(done):
        if share < 0.1:
            before = place
    while after > 0 and done[after - 1] >= 0.9:
        after -= 1
    return Case(given, (steps[before], steps[after]), (f"{words}, the step before", f"{words}, the step after"))


EXERCISE = Exercise(
    name="change_window",
    number=1,
    difficulty=2,
    minutes=10,
    hints=(
        "First turn the curve into a share of its whole change: (values - values[0]) / (values[-1] - values[0]). It "
        "goes from 0 to 1, for curves that fall too.",
        "Before: the last place with a share below .1. After: one place behind the last with a share below .9. What "
        "comes and goes leaves both as they are.",
        "np.flatnonzero(done < 0.9)[-1] is the last place below .9; steps[that + 1] is the step after.",
    ),
    solution="""\
def change_window(steps, values):
    done = (values - values[0]) / (values[-1] - values[0])
    before = np.flatnonzero(done < 0.1)[-1]
    after = np.flatnonzero(done < 0.9)[-1] + 1
    return steps[before], steps[after]


window_checked = hs.check("change_window", change_window)""",
    cases=cases,
    tensors=False,
    mistakes=(
        Mistake(
            "You take the first step that is not below .9. A spike may have been there: take the step behind the "
            "last one below .9.",
            {"np.flatnonzero(done < 0.9)[-1] + 1": "np.flatnonzero(done >= 0.9)[0]"},
        ),
        Mistake(
            "You take the step before the first one that is above .1. A spike may have been there: take the last "
            "one below .1.",
            {"np.flatnonzero(done < 0.1)[-1]": "np.flatnonzero(done >= 0.1)[0] - 1"},
        ),
        Mistake(
            "The second step is one too early: there the curve is still below .9.",
            {"[-1] + 1": "[-1]"},
        ),
        Mistake(
            "You give places in the list, not the steps that stand there.",
            {"return steps[before], steps[after]": "return before, after"},
        ),
    ),
    passed="Your window is right for curves that rise and fall, with noise, and with spikes that come and go.",
)
