"""Gram and Schmidt's way from any basis to an orthonormal one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    yield Case((np.array([[2.0, 0], [3, 4]]),), np.eye(2), "In the example, your basis")
    for n, d in ((3, 5), (4, 4), (1, 3)):
        vectors = rng.normal(size=(n, d)) * rng.uniform(0.5, 3, size=(n, 1)) + 1
        q, r = np.linalg.qr(vectors.T)
        yield Case((vectors,), (q * np.sign(np.diag(r))).T, "Your basis")


EXERCISE = Exercise(
    name="gram_schmidt",
    number=3,
    difficulty=2,
    minutes=10,
    hints=(
        "Go through the vectors one by one, and keep a list of the basis so far. From each, take away what lies along "
        "the basis so far, and give what is left length 1.",
        "What of v lies along a unit vector u is (v @ u) * u: lesson 02b's projection.",
        "basis = []; for v in vectors: for u in basis: v = v - (v @ u) * u; then basis.append(v / v.norm()).",
    ),
    solution="""\
def gram_schmidt(vectors):
    basis = []
    for v in vectors:
        for u in basis:
            v = v - (v @ u) * u
        basis.append(v / v.norm())
    return torch.stack(basis)


gram_checked = hs.check("gram_schmidt", gram_schmidt)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Each of your vectors has length 1, but they are not at right angles: take away what lies along the "
            "earlier ones first.",
            {"v = v - (v @ u) * u": "pass"},
        ),
        Mistake(
            "Your vectors are at right angles, but their lengths are not 1.",
            "def gram_schmidt(vectors):\n"
            "    basis = []\n"
            "    for v in vectors:\n"
            "        for u in basis:\n"
            "            v = v - (v @ u) / (u @ u) * u\n"
            "        basis.append(v)\n"
            "    return torch.stack(basis)",
        ),
        Mistake(
            "You took away only what lies along the one before. With three vectors or more, all earlier ones count.",
            {"for u in basis:": "for u in basis[-1:]:"},
        ),
        Mistake(
            "You took away the projections on vectors that do not have length 1: divide by u @ u, or make them unit "
            "vectors first.",
            "def gram_schmidt(vectors):\n"
            "    basis = []\n"
            "    for v in vectors:\n"
            "        for u in basis:\n"
            "            v = v - (v @ u) * u\n"
            "        basis.append(v)\n"
            "    return torch.stack([v / v.norm() for v in basis])",
        ),
        Mistake(
            "You subtracted the number v @ u from every coordinate. What lies along u is (v @ u) * u, a vector.",
            {"(v @ u) * u": "(v @ u)"},
        ),
        Mistake(
            "You added what lies along the earlier vectors. Take it away.",
            {"v - (v @ u) * u": "v + (v @ u) * u"},
        ),
        Mistake(
            "Your vectors stand as columns. Give them as rows, as they came.",
            {"torch.stack(basis)": "torch.stack(basis, 1)"},
        ),
    ),
    passed="Length 1, right angles, and the first vectors span what they spanned before.",
)
