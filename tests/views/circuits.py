"""Circuits of random factors, ranked by numpy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import Circuit
from headstream.results.circuit import Entries


def entries(values: np.ndarray, scores: np.ndarray, count: int) -> Entries:
    order = np.argsort(-abs(scores), axis=None, kind="stable")[:count]
    row, column = (axis.astype(np.int32) for axis in np.unravel_index(order, values.shape))
    return Entries(row, column, values[row, column], scores[row, column])


def circuit(
    vocabulary: Sequence[str],
    kind: str = "ov",
    *,
    seed: int = 0,
    rank: int = 3,
    blocks: int = 4,
    count: int = 30,
    text: bool = True,
) -> Circuit:
    """A small one, whose whole matrix may be held."""
    size, random = len(vocabulary), np.random.default_rng(seed)
    left = random.normal(size=(size, rank)).astype(np.float32)
    right = (left + 0.5 * random.normal(size=(size, rank))).T.astype(np.float32)
    values = left @ right
    runs = np.array_split(np.arange(size), min(blocks, size))
    peaks = np.array([[max(values[np.ix_(r, c)].flat, key=abs) for c in runs] for r in runs], np.float32)
    on_text = entries(values, (values * random.uniform(0, 0.1, values.shape)).astype(np.float32), count)
    return Circuit(
        kind=kind,
        layer=1,
        head=2,
        left=left,
        right=right,
        by_weights=entries(values, values, count),
        on_text=on_text if text else None,
        text="a text of 40 tokens" if text else "",
        blocks=peaks,
        by_distance=-(np.linspace(0, 2, 12, dtype=np.float32) ** 2) if kind == "qk" else None,
        vocabulary=tuple(vocabulary),
    )


def large(size: int = 50_257, rank: int = 64, count: int = 100, blocks: int = 64) -> Circuit:
    """GPT-2's shape; its entries and blocks are those of some rows, for to find all of them is another's work."""
    random = np.random.default_rng(0)
    left = random.normal(size=(size, rank)).astype(np.float32)
    right = random.normal(size=(rank, size)).astype(np.float32)
    row = random.choice(size, count, replace=False).astype(np.int32)
    some = left[row] @ right
    column = some.argmax(1).astype(np.int32)
    value = some.max(1)
    order = np.argsort(-value)
    best = Entries(row[order], column[order], value[order], value[order])
    peaks = random.normal(0, 30, (blocks, blocks)).astype(np.float32)
    vocabulary = tuple(f" word{token}" for token in range(size))
    return Circuit("ov", 0, 0, left, right, best, None, "", peaks, None, vocabulary)
