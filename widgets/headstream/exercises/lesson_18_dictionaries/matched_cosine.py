"""How well each true feature is found by a dictionary: the best cosine with any of its decoders."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    true = np.array([[1.0, 0], [0, 2]])
    yield Case(
        (true, np.array([[3.0, 4], [0, -5], [5, 0]])), np.array([1, 0.8]), "For two true features and three decoders"
    )
    for features, d_model, decoders in ((4, 3, 6), (6, 5, 3)):
        true = rng.normal(size=(features, d_model)) * rng.uniform(0.3, 3, size=(features, 1))
        found = rng.normal(size=(decoders, d_model)) * rng.uniform(0.3, 3, size=(decoders, 1))
        found[0] = -2 * true[1]  # one that points against it
        yield Case((true, found), _best(true, found), "Your array")


def _best(true: np.ndarray, found: np.ndarray) -> np.ndarray:
    """By the law of cosines, pair by pair."""

    def cosine(a: np.ndarray, b: np.ndarray) -> float:
        left, right, opposite = (float((c * c).sum()) for c in (a, b, a - b))
        return float((left + right - opposite) / (2 * (left * right) ** 0.5))

    return np.array([max(cosine(a, b) for b in found) for a in true])


EXERCISE = Exercise(
    name="matched_cosine",
    number=2,
    difficulty=2,
    minutes=6,
    hints=(
        "Make every row of both one long. Then all cosines are one product of matrices.",
        "a = true / true.norm(dim=1, keepdim=True), b the same of W_dec: the cosines are a @ b.T, [feature, decoder].",
        "Of each row of that table the largest: .amax(1).",
    ),
    solution="""\
def matched_cosine(true, W_dec):
    a = true / true.norm(dim=1, keepdim=True)
    b = W_dec / W_dec.norm(dim=1, keepdim=True)
    return (a @ b.T).amax(1)


matched_checked = hs.check("matched_cosine", matched_cosine)""",
    cases=cases,
    mistakes=(
        Mistake(
            "This is one number a decoder. The question is asked of each true feature: which decoder is nearest to it?",
            {"amax(1)": "amax(0)"},
        ),
        Mistake(
            "The true features have lengths of their own: divide them out.",
            {"a = true / true.norm(dim=1, keepdim=True)": "a = true"},
        ),
        Mistake(
            "Decoders have lengths of their own: divide them out.",
            {"b = W_dec / W_dec.norm(dim=1, keepdim=True)": "b = W_dec"},
        ),
        Mistake(
            "A decoder that points against a feature does not find it: keep the sign.", {"(a @ b.T)": "(a @ b.T).abs()"}
        ),
        Mistake("This is the mean over decoders. One good one is enough: the largest.", {"amax(1)": "mean(1)"}),
        Mistake("This is the worst decoder of each. Take the largest.", {"amax(1)": "amin(1)"}),
        Mistake(
            "You divided by the norm of the whole matrix. Every row has its own length: dim=1, keepdim=True.",
            {"true.norm(dim=1, keepdim=True)": "true.norm()", "W_dec.norm(dim=1, keepdim=True)": "W_dec.norm()"},
        ),
        Mistake(
            "Each length is divided out once: you divided by squares.",
            {
                "true.norm(dim=1, keepdim=True)": "true.norm(dim=1, keepdim=True) ** 2",
                "W_dec.norm(dim=1, keepdim=True)": "W_dec.norm(dim=1, keepdim=True) ** 2",
            },
        ),
    ),
    passed="Your cosines are right: 1 is found exactly.",
)
