"""How much components are like the rows of a matrix: the mean max cosine similarity and the mean L2 ratio."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake

WORDS = ("Your MMCS", "Your ML2R")


def cases(rng: np.random.Generator) -> Iterator[Case]:
    w = np.array([[3.0, 4], [0, 2]])
    parts = np.array([[[1.5, 2.0], [0, 0.0]], [[0, 0], [1.0, 1.0]]])
    yield Case((w, parts), (np.mean([1, 0.5**0.5]), np.mean([0.5, 0.5**0.5])), WORDS, "Two rows, two components.")
    yield Case((w, -4 * w[None]), (-1, 4), WORDS, "One component, and it points the other way.")
    for components, rows, columns in ((4, 5, 2), (7, 3, 4)):
        w, parts = rng.normal(size=(rows, columns)), rng.normal(size=(components, rows, columns))
        parts *= rng.uniform(0.2, 2, size=(components, rows, 1))
        yield Case((w, parts), _scores(w, parts), WORDS)


def _scores(w: np.ndarray, parts: np.ndarray) -> tuple[float, float]:
    """Row by row, with angles from the three sides of a triangle."""
    best = []
    for row, vectors in zip(w, parts.transpose(1, 0, 2), strict=True):
        size = np.sqrt((row**2).sum())
        found = []
        for vector in vectors:
            length, across = np.sqrt((vector**2).sum()), ((vector - row) ** 2).sum()
            found.append(((length**2 + size**2 - across) / (2 * length * size), length / size) if length else (-1, 0))
        best.append(max(found))
    cosines, ratios = zip(*best, strict=True)
    return float(np.mean(cosines)), float(np.mean(ratios))


EXERCISE = Exercise(
    name="two_scores",
    number=3,
    difficulty=2,
    minutes=8,
    hints=(
        "Cosines first, of every component's row with W's own: [component, feature]. Then the best for each feature.",
        "best = cosines.max(0) has values and indices. The ratio is that of the same component: "
        "ratios.gather(0, best.indices[None]).",
        "lengths = parts.norm(dim=2); cosines = (parts * W).sum(2) / (lengths * W.norm(dim=1)).clamp(min=1e-9); "
        "ratios = lengths / W.norm(dim=1).",
    ),
    solution="""\
def two_scores(W, parts):
    lengths = parts.norm(dim=2)
    cosines = (parts * W).sum(2) / (lengths * W.norm(dim=1)).clamp(min=1e-9)
    best = cosines.max(0)
    ratios = (lengths / W.norm(dim=1)).gather(0, best.indices[None])
    return best.values.mean(), ratios.mean()


hs.check("two_scores", two_scores)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Your ratio is that of the longest row. Take that of the component with the best cosine, best.indices.",
            {".gather(0, best.indices[None])": ".amax(0)"},
        ),
        Mistake(
            "Your ratio is a mean over all components. Take that of the component with the best cosine.",
            {".gather(0, best.indices[None])": ""},
        ),
        Mistake(
            "The best component for each feature: the maximum is over components, axis 0, not over features.",
            {
                "cosines.max(0)": "cosines.max(1)",
                ".gather(0, best.indices[None])": ".gather(1, best.indices[:, None])",
            },
        ),
        Mistake(
            "These are dot products. Divide by both lengths.",
            {" / (lengths * W.norm(dim=1)).clamp(min=1e-9)": ""},
        ),
        Mistake(
            "You compare without the sign: a row that points the other way is no likeness.",
            {"(parts * W).sum(2)": "(parts * W).sum(2).abs()"},
        ),
        Mistake(
            "The ratio is the component's length over the target's, not the other way round.",
            {"(lengths / W.norm(dim=1))": "(W.norm(dim=1) / lengths.clamp(min=1e-9))"},
        ),
    ),
    passed="Both scores are right. Neither alone tells that components were found: the null does.",
)
