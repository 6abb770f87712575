"""What each neuron of an MLP adds to a number that is read along a direction."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake
from headstream.extras import require


def cases(rng: np.random.Generator) -> Iterator[Case]:
    keys, values, u = np.array([[1.0, -1], [0, 1]]), np.array([[0.0, 3], [5, 5]]), np.array([1.0, 1])
    example = (np.array([[2.0, 1]]), keys, np.zeros(2), values, u, _relu)
    yield Case(example, np.array([[6.0, 0]]), "In the example, your array")
    for position, d_model, neuron in ((3, 4, 6), (2, 5, 3), (1, 3, 7)):
        steep = rng.uniform(0.5, 2)
        sizes = ((position, d_model), (d_model, neuron), (neuron,), (neuron, d_model), (d_model,))
        given = [rng.normal(size=size) for size in sizes]
        expected = _parts(given, steep)
        yield Case((*given, partial(_smooth, steep)), expected, "Your array")


def _relu(m: Any) -> Any:
    return require("torch").as_tensor(m).relu()


def _smooth(steep: float, m: Any) -> Any:
    m = require("torch").as_tensor(m)
    return m * (steep * m).sigmoid() - 0.1


def _parts(given: list[Any], steep: float) -> Any:
    """Neuron by neuron and place by place: what is written, read along u."""
    x, w_in, b_in, w_out, u = given
    found = np.zeros((len(x), len(w_out)))
    for place, vector in enumerate(x):
        for n, (key, value) in enumerate(zip(w_in.T, w_out, strict=True)):
            match = np.dot(vector, key) + b_in[n]
            found[place, n] = np.dot((match / (1 + np.exp(-steep * match)) - 0.1) * value, u)
    return found


EXERCISE = Exercise(
    name="neuron_parts",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "Two steps. All activations at once: sigma of the matches. Then what one unit of each value is worth along u.",
        "The matches are x @ W_in + b_in, [position, neuron]. The values are the rows of W_out, so W_out @ u has one "
        "number a neuron.",
        "return sigma(x @ W_in + b_in) * (W_out @ u): the same number a neuron at every position.",
    ),
    solution="""\
def neuron_parts(x, W_in, b_in, W_out, u, sigma):
    activations = sigma(x @ W_in + b_in)
    return activations * (W_out @ u)


parts_checked = hs.check("neuron_parts", neuron_parts)""",
    cases=cases,
    mistakes=(
        Mistake(
            "You summed over the neurons. Keep them apart: one number for each.",
            {"activations * (W_out @ u)": "activations @ (W_out @ u)"},
        ),
        Mistake(
            "These are the activations alone. Each is to be times its value, read along u.", {" * (W_out @ u)": ""}
        ),
        Mistake(
            "The values' numbers along u are there, and not how much of each value is written: the activations.",
            {"activations * (W_out @ u)": "(W_out @ u).expand(len(x), -1)"},
        ),
        Mistake(
            "Your matches go in without sigma. The activation of a neuron is sigma of its match.",
            {"sigma(x @ W_in + b_in)": "x @ W_in + b_in"},
        ),
        Mistake("The bias b_in is missing: it shifts each match before sigma.", {" + b_in": ""}),
        Mistake(
            "You added b_in after sigma. It belongs to the match, inside.",
            {"sigma(x @ W_in + b_in)": "sigma(x @ W_in) + b_in"},
        ),
        Mistake(
            "You read the keys along u, not the values: u meets the rows of W_out.",
            {"(W_out @ u)": "(u @ W_in)"},
        ),
        Mistake(
            "You put sigma around the product. Only the match goes through sigma; reading along u is linear.",
            {"activations * (W_out @ u)": "sigma((x @ W_in + b_in) * (W_out @ u))"},
        ),
    ),
    passed="Every neuron's part is right, for several sizes and activation functions.",
)
