"""What is read off a circuit's factors on request. Nothing of the vocabulary's size squared is held."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.results import Circuit
from headstream.results.base import Floats, Ints
from headstream.results.circuit import Entries

# Tokens at each end of a row or column; tokens that a search finds; blocks on a side of a part.
ENDS = 5
FOUND = 8
PARTS = 64
# Numbers that are held at once.
HELD = 2**22


def ranks(circuit: Circuit, entries: Entries) -> Ints:
    """[entry]: the place of each in its row, from 1: from the largest down, a negative one's from the smallest up."""
    result = np.ones(len(entries.row), np.int32)
    rows = np.unique(entries.row)
    step = max(1, HELD // len(circuit.vocabulary))
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        values = circuit.left[some] @ circuit.right
        for at in np.flatnonzero(np.isin(entries.row, some)):
            row = values[np.searchsorted(some, entries.row[at])]
            own = row[entries.column[at]]
            result[at] += np.count_nonzero(row > own if own >= 0 else row < own)
    return result


def top_and_bottom(values: Floats) -> tuple[Ints, Floats]:
    """The largest numbers, downwards, and then the smallest, downwards too; all where they are few."""
    if len(values) <= 2 * ENDS:
        ids = np.argsort(-values, kind="stable")
    else:
        ends = np.argpartition(values, (ENDS, len(values) - ENDS))
        ids = np.concatenate([ends[:ENDS], ends[-ENDS:]])
        ids = ids[np.argsort(-values[ids], kind="stable")]
    return ids.astype(np.int32), values[ids].astype(np.float32)


def found(vocabulary: Sequence[str], text: str) -> Ints:
    """Ids of tokens with this text in them, whole tokens first, then those that begin with it."""
    wanted = text.strip().lower()

    def place(label: str) -> int:
        bare = label.strip().lower()
        return 0 if bare == wanted else 1 if bare.startswith(wanted) else 2

    ids = [token for token, label in enumerate(vocabulary) if wanted and wanted in label.lower()]
    ids.sort(key=lambda token: (place(vocabulary[token]), len(vocabulary[token])))
    return np.array(ids[:FOUND], np.int32)


def part(circuit: Circuit, bounds: Sequence[Any]) -> tuple[Ints, Ints, npt.NDArray[np.float32]]:
    """A rectangle in blocks: their edges by row and by column, and the entry of largest |value| in each.

    bounds: the ids of the first row and column, and those after the last: row, row, column, column.
    """
    if len(bounds) != 4:
        raise ValueError(f"part: expected two rows and two columns, got {list(bounds)!r}")
    size = len(circuit.vocabulary)
    first, last, left, right = (checks.whole("part", bound, 0, size) for bound in bounds)
    if not (first < last and left < right):
        raise ValueError(f"part: expected a row and a column at least, got {list(bounds)!r}")
    rows, columns = edges(first, last), edges(left, right)
    values = np.empty((len(rows) - 1, len(columns) - 1), np.float32)
    step = max(1, HELD // (right - left))
    for at, (top, bottom) in enumerate(pairwise(rows.tolist())):
        largest, smallest = np.full(right - left, -np.inf), np.full(right - left, np.inf)
        for start in range(top, bottom, step):
            numbers = circuit.part(slice(start, min(start + step, bottom)), slice(left, right))
            largest, smallest = np.maximum(largest, numbers.max(0)), np.minimum(smallest, numbers.min(0))
        high = np.maximum.reduceat(largest, columns[:-1] - left)
        low = np.minimum.reduceat(smallest, columns[:-1] - left)
        values[at] = np.where(high >= -low, high, low)
    return rows, columns, values


def edges(first: int, last: int) -> Ints:
    """Where blocks begin, and the last ends: as np.array_split cuts them."""
    lengths = [len(run) for run in np.array_split(np.arange(first, last), min(PARTS, last - first))]
    return np.cumsum([first, *lengths]).astype(np.int32)
