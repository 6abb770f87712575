"""How much heads read what earlier heads write, with a null."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Result
from headstream.tables import Table

READS = ("Q", "K", "V")


@dataclass(frozen=True, eq=False, repr=False)
class Composition(Result):
    """How much every head reads what every head of an earlier layer writes: as query, key or value.

    heads: (layer, head) of each, in order.
    scores: [read, from, to] float32, ‖W_OV^from M‖ / (‖W_OV^from‖ ‖M‖) with M what the later head reads by: W_QK for
        "Q", its transpose for "K", W_OV for "V" (READS); nan where `from` is not in an earlier layer than `to`.
    null, null_sd: the same shape: mean and standard deviation of the score once the stream between the two is turned
        at random, which keeps what each of them is by itself.
    copying: [from, to] float32: Σλ / Σ|λ| of the virtual head's OV circuit in token space, W_E W_OV^from W_OV^to W_U.
    matching: [from, to] float32: Σλ / Σ|λ| of the later head's QK in token space with its key read through the earlier
        head, W_E W_QK^to (W_E W_OV^from)ᵀ: near 1 where it looks for the token that the earlier head has moved.
    """

    heads: tuple[tuple[int, int], ...]
    scores: Floats
    null: Floats
    null_sd: Floats
    copying: Floats
    matching: Floats

    def __post_init__(self) -> None:
        size = len(self.heads)
        layers = np.array([layer for layer, _ in self.heads])
        earlier = layers[:, None] < layers[None, :]
        axes = {"read": 3, "from": size, "to": size}
        for name in ("scores", "null", "null_sd"):
            checks.array(f"Composition.{name}", getattr(self, name), "read, from, to", axes)
        for name in ("copying", "matching"):
            checks.array(f"Composition.{name}", getattr(self, name), "from, to", axes)
        for name in ("scores", "null", "null_sd", "copying", "matching"):
            array = getattr(self, name)
            if (np.isfinite(array) != earlier).any():
                expected = "expected a number for every pair from an earlier to a later layer and nan elsewhere"
                raise ValueError(f"Composition.{name}: {expected}")

    @property
    def excess(self) -> Floats:
        """[read, from, to]: the score less its null."""
        difference: Floats = self.scores - self.null
        return difference

    def __repr__(self) -> str:
        layers = len({layer for layer, _ in self.heads})
        return f"Composition of {len(self.heads)} heads in {layers} layers, as query, key and value"

    def records(self) -> list[dict[str, Any]]:
        """One record an edge: read ("Q", "K", "V"), from and to (layer and head), score, null, null_sd, excess."""
        return [
            {
                "read": READS[read],
                "from_layer": self.heads[a][0],
                "from_head": self.heads[a][1],
                "to_layer": self.heads[b][0],
                "to_head": self.heads[b][1],
                "score": float(self.scores[read, a, b]),
                "null": float(self.null[read, a, b]),
                "null_sd": float(self.null_sd[read, a, b]),
                "excess": float(self.excess[read, a, b]),
            }
            for read, a, b in np.argwhere(np.isfinite(self.scores)).tolist()
        ]

    def table(self) -> Table:
        """The edges that stand out most above the null."""
        found = sorted(self.records(), key=lambda edge: -edge["excess"])
        rows = [
            (
                f"{e['from_layer']}.{e['from_head']} → {e['to_layer']}.{e['to_head']}",
                e["read"],
                *(e[name] for name in ("score", "null", "excess")),
            )
            for e in found
        ]
        return Table(("heads", "read as", "score", "null", "above it"), rows, caption=repr(self))
