"""A lens put together from the best tokens of its cells, where no more of it has come back."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from headstream.results import Floats, Ints

Scalar = TypeVar("Scalar", np.float32, np.int32)


def from_cells(cells: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """The arrays of a `LogitLens` that hold candidates, with its entropy and kl.

    cells: as `reductions.lens_cells` gives them. A candidate that is none of a cell's top k nor wanted has the rank -k
    there, and the log probability of the last of the k.
    """
    parts = [_position(cells, at) for at in range(len(cells["wanted"]))]
    width = max(len(ids) for ids, *_ in parts)
    return {
        "candidates": np.stack([padded(ids, width, -1) for ids, *_ in parts]),
        "log_prob": np.stack([padded(log_prob, width, np.nan) for _, log_prob, _ in parts], 2),
        "rank": np.stack([padded(rank, width, -1) for *_, rank in parts], 2),
        "entropy": cells["entropy"],
        "kl": cells["kl"],
    }


def _position(cells: dict[str, npt.NDArray[Any]], at: int) -> tuple[Ints, Floats, Ints]:
    """Candidates [candidate], log_prob and rank [norm, row, candidate] of one position."""
    ids, best = cells["ids"][:, :, at], cells["log_prob"][:, :, at]
    asked = cells["wanted"][at]
    held = np.unique(np.append(ids, asked[asked >= 0])).astype(np.int32)
    top, lead = ids.shape[-1], ids.shape[:2]
    log_prob = np.broadcast_to(best[..., -1:], (*lead, len(held))).copy()
    rank = np.full((*lead, len(held)), -top, np.int32)
    # What was asked for first, so that among the top k the order in which they came holds.
    for column in np.flatnonzero(asked >= 0):
        place = int(np.searchsorted(held, asked[column]))
        log_prob[..., place] = cells["wanted_log_prob"][:, :, at, column]
        rank[..., place] = np.maximum(cells["wanted_rank"][:, :, at, column], top)
    places = np.searchsorted(held, ids)
    np.put_along_axis(log_prob, places, best, -1)
    np.put_along_axis(rank, places, np.broadcast_to(np.arange(top, dtype=np.int32), ids.shape), -1)
    last = rank[0, -1]
    order = np.lexsort((held, np.where(last < 0, np.iinfo(np.int32).max, last)))
    return held[order], log_prob[..., order], rank[..., order]


def padded(array: npt.NDArray[Scalar], width: int, fill: float) -> npt.NDArray[Scalar]:
    """The last axis filled up to `width`."""
    return np.pad(array, [(0, 0)] * (array.ndim - 1) + [(0, width - array.shape[-1])], constant_values=fill)
