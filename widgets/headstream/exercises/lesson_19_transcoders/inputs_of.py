"""What every writer adds to what a feature reads, the norm's scale frozen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    example = np.array([[[4.0, 0]], [[0, 2]]]), np.array([2.0]), np.array([1.0, 0])
    yield Case(example, np.array([[1.0], [-0.5]]), "In the example, your inputs")
    for components, positions, d_model in ((3, 4, 5), (5, 2, 3), (1, 3, 6)):
        writes, column = rng.normal(size=(components, positions, d_model)), rng.normal(size=d_model) + 0.5
        scale = rng.uniform(0.3, 4, size=positions)
        scale[0] = 0.3
        projector = np.eye(d_model) - np.ones((d_model, d_model)) / d_model
        expected = np.einsum("cpd,de,e->cp", writes, projector, column) / scale
        yield Case((writes, scale, column), expected, "Your inputs")


EXERCISE = Exercise(
    name="inputs_of",
    number=2,
    difficulty=2,
    minutes=6,
    hints=(
        "With its scale frozen the norm is linear: each write is centred and divided, and then read along the column.",
        "Centre every write over d_model (axis -1), and divide what comes out by the scale of its position.",
        "return (writes - writes.mean(-1, keepdim=True)) @ column / scale",
    ),
    solution="""\
def inputs_of(writes, scale, column):
    centred = writes - writes.mean(-1, keepdim=True)
    return centred @ column / scale


inputs_checked = hs.check("inputs_of", inputs_of)""",
    cases=cases,
    mistakes=(
        Mistake(
            "The norm centres what it reads: take the mean of each write away.",
            {" - writes.mean(-1, keepdim=True)": ""},
        ),
        Mistake("The norm divides by its scale, which is missing.", {" / scale": ""}),
        Mistake("You multiplied by the scale. The norm divides by it.", {"/ scale": "* scale"}),
        Mistake(
            "You centred over positions. The mean is that of one vector's entries: over the last axis.",
            {"writes.mean(-1, keepdim=True)": "writes.mean(1, keepdim=True)"},
        ),
        Mistake(
            "You centred over components: their mean write is taken away, and not each vector's own mean.",
            {"writes.mean(-1, keepdim=True)": "writes.mean(0, keepdim=True)"},
        ),
    ),
    passed="Summed over writers, and with the biases, this is what the feature reads.",
)
