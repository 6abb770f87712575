"""Random results in token space, for tests that need no model."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.results import Circuit, Composition, Entries, Readings, Roles, SkipTrigrams, Spectra


def random_circuit(kind: str = "ov", size: int = 30, *, on_text: bool = True) -> Circuit:
    random = np.random.default_rng(0)
    left, right = floats(random, size, 3), floats(random, 3, size)
    row, column = (random.integers(0, size, 8).astype(np.int32) for _ in range(2))
    value = (left @ right)[row, column]
    order = np.argsort(-np.abs(value))
    by_weights = Entries(row[order], column[order], value[order], value[order])
    text = Entries(row, column, value, np.linspace(1, 0.1, 8, dtype=np.float32)) if on_text else None
    distances = floats(random, 12) if kind == "qk" else None
    words = tuple(f" w{i}" for i in range(size))
    described = "2 texts of 9 tokens" if on_text else ""
    return Circuit(kind, 0, 1, left, right, by_weights, text, described, floats(random, 4, 4), distances, words)


def random_skip_trigrams() -> SkipTrigrams:
    random = np.random.default_rng(0)
    ids = [random.integers(0, 9, 5).astype(np.int32) for _ in range(3)]
    score = np.linspace(3, 1, 5, dtype=np.float32)
    words = {i: f" w{i}" for i in range(9)}
    return SkipTrigrams(
        0, 1, "on text", *ids, score, score, np.arange(1, 6, dtype=np.int32), "1 text of 9 tokens", words
    )


def random_spectra(heads: int = 4, rank: int = 6) -> Spectra:
    random = np.random.default_rng(0)
    eigenvalues = (floats(random, heads, rank) + 1j * floats(random, heads, rank)).astype(np.complex64)
    eigenvalues = np.take_along_axis(eigenvalues, np.argsort(-np.abs(eigenvalues)), 1)
    singular = -np.sort(-np.abs(floats(random, heads, rank)))
    score = (eigenvalues.real.sum(1) / np.abs(eigenvalues).sum(1)).astype(np.float32)
    band = np.sort(np.abs(floats(random, 2, rank)), 0)
    readings = [Readings(random.integers(0, 9, (heads, 3, 2, 2, 6)), floats(random, heads, 3, 2, 2, 6)) for _ in "se"]
    pairs = tuple((head // 2, head % 2) for head in range(heads))
    words = {i: f" w{i}" for i in range(9)}
    return Spectra("ov", pairs, eigenvalues, singular, score, floats(random, 8) / 9, band, band, *readings, words)


def random_composition(layers: int = 3, heads: int = 2) -> Composition:
    random, size = np.random.default_rng(0), layers * heads
    pairs = tuple(np.ndindex(layers, heads))
    earlier = np.array([[a < b for b, _ in pairs] for a, _ in pairs])

    def masked(array: Any) -> Any:
        return np.where(earlier, array, np.nan).astype(np.float32)

    scores = np.abs(floats(random, 3, size, size))
    nulls = (masked(np.full_like(scores, 0.1)), masked(np.full_like(scores, 0.01)))
    return Composition(pairs, masked(scores), *nulls, *(masked(floats(random, size, size)) for _ in "cm"))


def random_roles(layers: int = 2, heads: int = 3) -> Roles:
    scores = np.full((4, layers, heads), 0.05, np.float32)
    scores[0, 0, 1], scores[2, 1, 2] = 0.8, 0.6
    return Roles(scores, np.full_like(scores, 0.04), np.full(4, 0.3, np.float32))


def floats(random: np.random.Generator, *shape: int) -> Any:
    return random.standard_normal(shape).astype(np.float32)
