"""A weight matrix from its components, each there as far as a stochastic mask has it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    v, u = np.array([[1.0, 0], [0, 1], [0, 0]]), np.array([[3.0, 0], [0, 2], [5, 5]])
    g = np.array([1.0, 0, 0])
    yield Case((v, u, g, np.array([0.5, 0.5, 0])), np.array([[3.0, 0], [0, 1]]), "In the example, your matrix")
    for components, rows, columns in ((6, 5, 2), (4, 3, 7)):
        v, u = rng.normal(size=(components, rows)), rng.normal(size=(components, columns))
        g, r = rng.uniform(size=(2, components))
        v *= 2
        yield Case((v, u, g, r), _summed(v, u, g, r), "Your matrix")


def _summed(v: np.ndarray, u: np.ndarray, g: np.ndarray, r: np.ndarray) -> np.ndarray:
    """One number of one component after the other; the mask as a mean of 1 and r, weighted with g."""
    found = np.zeros((v.shape[1], u.shape[1]))
    for c, i, j in np.ndindex(len(v), v.shape[1], u.shape[1]):
        found[i, j] += np.average([1, r[c]], weights=[g[c], 1 - g[c]]) * v[c, i] * u[c, j]
    return found


EXERCISE = Exercise(
    name="masked_sum",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "A mask for each component: m = g + (1 - g) * r. It is 1 where g is 1, whatever r is.",
        "Component c is the outer product of V[c], as a column, and U[c], as a row: all V[c, i] U[c, j].",
        'torch.einsum("c,ci,cj->ij", m, V, U) sums over the components; so does (V * m[:, None]).T @ U.',
    ),
    solution="""\
def masked_sum(V, U, g, r):
    m = g + (1 - g) * r
    return (V * m[:, None]).T @ U


sum_checked = hs.check("masked_sum", masked_sum)""",
    cases=cases,
    mistakes=(
        Mistake("That is the sum of all components, without a mask. Multiply each with its m.", {" * m[:, None]": ""}),
        Mistake(
            "You masked with g alone: a component with g = 0 is always gone. Its mask is anything from g to 1.",
            {"g + (1 - g) * r": "g"},
        ),
        Mistake("You masked with r alone: what matters has to stay.", {"g + (1 - g) * r": "r"}),
        Mistake(
            "Your masks go above 1: g + r. Only what is left of 1, (1 - g), is random.", {"g + (1 - g) * r": "g + r"}
        ),
        Mistake("You masked what does not matter the least: m is 1 where g is 1.", {"g + (1 - g) * r": "1 - g * r"}),
        Mistake(
            "The mask is applied twice, to V and to U. Once is right: a component is the product of both.",
            {".T @ U": ".T @ (U * m[:, None])"},
        ),
        Mistake(
            "Your matrix lies on its side: rows are what is read, [d_in, d_out].",
            {"(V * m[:, None]).T @ U": "((V * m[:, None]).T @ U).T"},
        ),
    ),
    passed="Your matrix is right: with all of r at 1 it is the faithful sum, with r at 0 what the input needs.",
)
