"""The share of the loss that a dictionary's reconstruction brings back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    yield Case(
        (np.array([3.0, 3.0]), np.array([2.5, 5.5]), np.array([8.0, 6.0])), np.array(0.75), "Of three losses by hand"
    )
    # Worse than the mean: below 0.
    yield Case(
        (np.array([1.0, 2.0, 0.5]), np.array([6.0, 4.0, 5.5]), np.array([3.0, 4.0, 2.0])),
        np.array(1 - (15.5 - 3.5) / (9 - 3.5)),
        "Of a reconstruction that is worse than the mean",
    )
    for size in (4, 7):
        loss = rng.uniform(0.5, 3, size)
        without = loss + rng.uniform(1, 6, size)
        with_it = loss + rng.uniform(-0.4, 2, size)
        lost = sum(a - b for a, b in zip(with_it, loss, strict=True))
        yield Case((loss, with_it, without), np.array(1 - lost / (sum(without) - sum(loss))), "Your number")


EXERCISE = Exercise(
    name="loss_recovered",
    number=4,
    difficulty=1,
    minutes=5,
    hints=(
        "Take the mean over tokens of each of the three first.",
        "The mean-ablated loss falls by so much with the model itself, and by so much with the reconstruction.",
        "(mean_ablated - with_it) / (mean_ablated - loss), each of them a mean over tokens.",
    ),
    solution="""\
def loss_recovered(loss, with_it, mean_ablated):
    return (mean_ablated.mean() - with_it.mean()) / (mean_ablated.mean() - loss.mean())


hs.check("loss_recovered", loss_recovered)""",
    cases=cases,
    mistakes=(
        Mistake(
            "This is the mean of the tokens' own shares. Some have next to nothing to recover: take means first.",
            """\
def loss_recovered(loss, with_it, mean_ablated):
    return ((mean_ablated - with_it) / (mean_ablated - loss)).mean()
""",
        ),
        Mistake(
            "This is one share a token. Take the means over tokens first.",
            """\
def loss_recovered(loss, with_it, mean_ablated):
    return (mean_ablated - with_it) / (mean_ablated - loss)
""",
        ),
        Mistake(
            "This is the share that is lost. Recovered is the rest.",
            """\
def loss_recovered(loss, with_it, mean_ablated):
    return (with_it.mean() - loss.mean()) / (mean_ablated.mean() - loss.mean())
""",
        ),
        Mistake(
            "You compared two losses. The scale has two ends: the model's own loss is 1, the mean's is 0.",
            """\
def loss_recovered(loss, with_it, mean_ablated):
    return loss.mean() / with_it.mean()
""",
        ),
        Mistake(
            "1 must be as good as the model: divide by what the mean costs beyond the model's own loss.",
            {" - loss.mean()": ""},
        ),
    ),
    passed="Right: 1 is as good as the model, 0 no better than the mean, and below 0 is possible.",
)
