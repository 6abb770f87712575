"""The weights of a long text as they are sent: blocks of every head, and a part of one head."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, isqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.results.base import Floats
from headstream.views.shared.arrays import pack_rows, quantised

# In bytes, before they are deflated: what is sent of all heads, and of one at a time (4,096 tokens at a byte each).
ALL, ONE = 2**23, 4096 * 4097 // 2
# At most so many blocks on a side of a head, and so many of all heads.
SIDE, BLOCKS = 512, 2**21


@dataclass(frozen=True, eq=False)
class LongPattern:
    """What stays in Python of an attention that is too large to be sent whole.

    pattern: [layer, head, query, key], weights or changes. norms: [layer, head, key], 1 at the largest of a head, or
        None. packed: whether no token attends to a later one. dtype: what is sent, uint8 as `quantised`.
    """

    pattern: Floats
    norms: Floats | None
    packed: bool
    dtype: np.dtype[Any]

    @property
    def pool(self) -> int:
        """The side of a block, in weights."""
        layers, heads, length, _ = self.pattern.shape
        side = min(SIDE, isqrt((2 if self.packed else 1) * BLOCKS // (layers * heads)))
        weights: int = ceil(length / max(1, side))
        return weights

    @property
    def most(self) -> int:
        """The largest span that is sent of one head weight by weight."""
        return isqrt((2 if self.packed else 1) * ONE // int(self.dtype.itemsize))

    def pooled(self) -> npt.NDArray[Any]:
        """[weighting, layer, head, block]: the largest weight in each, either sign; raw, then times norms if known."""
        layers, heads, length, _ = self.pattern.shape
        edges = np.arange(0, length, self.pool)
        found = []
        for norms in (None,) if self.norms is None else (None, self.norms):
            for layer, head in np.ndindex(layers, heads):  # one at a time: a copy of all would be as large as the model
                weights = self.pattern[layer, head]
                weights = weights if norms is None else weights * norms[layer, head]
                high = np.maximum.reduceat(np.maximum.reduceat(weights, edges, 0), edges, 1)
                if self.dtype != np.uint8:  # changes, of either sign
                    low = np.minimum.reduceat(np.minimum.reduceat(weights, edges, 0), edges, 1)
                    high = np.where(high >= -low, high, low)
                found.append(self._sent(high))
        return np.stack(found).reshape(-1, layers, heads, len(found[0]))

    def part(self, place: list[int]) -> npt.NDArray[Any]:
        """[1, 1, weight] of a part, [layer, head, query, key, span], row after row; packed, up to the diagonal."""
        layer, head, query, key, span = place
        square = self.pattern[layer, head, query : query + span, key : key + span]
        return self._sent(square, query - key)[None, None]

    def checked(self, place: Any) -> list[int]:
        """A part that is asked for. Raises TypeError or ValueError for what is none, or too large."""
        layers, heads, length, _ = self.pattern.shape
        if not isinstance(place, list) or len(place) != 5:
            raise ValueError(f"part: expected [layer, head, query, key, span], got {place!r}")
        span = checks.whole("part: span", place[4], 1, min(length, self.most))
        most = {"layer": layers - 1, "head": heads - 1, "query": length - span, "key": length - span}
        first = [
            checks.whole(f"part: {name}", value, 0, last)
            for value, (name, last) in zip(place[:4], most.items(), strict=True)
        ]
        return [*first, span]

    def _sent(self, square: npt.NDArray[Any], diagonal: int = 0) -> npt.NDArray[Any]:
        weights = pack_rows(square, diagonal) if self.packed else square.reshape(-1)
        return quantised(weights) if self.dtype == np.uint8 else weights.astype(self.dtype)
