"""What the heads of a model do, by detectors with their nulls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Result, check_finite
from headstream.tables import Table

# Which detector gives a head its name: "copying" tells what is done with what is found, and names no head by itself.
NAMES = {"previous token": "previous token", "duplicate token": "duplicate token", "prefix matching": "induction"}
DETECTORS = (*NAMES, "copying")


@dataclass(frozen=True, eq=False, repr=False)
class Roles(Result):
    """Scores of every head of a model by each of DETECTORS, and the role that they give it.

    scores, null: [detector, layer, head] float32. threshold: [detector] float32: how far above its null a score names
    a head.
    """

    scores: Floats
    null: Floats
    threshold: Floats

    def __post_init__(self) -> None:
        axes = {"detector": len(DETECTORS)}
        axes = checks.array("Roles.scores", self.scores, "detector, layer, head", axes)
        checks.array("Roles.null", self.null, "detector, layer, head", axes)
        checks.array("Roles.threshold", self.threshold, "detector", axes)
        for name in ("scores", "null", "threshold"):
            check_finite(f"Roles.{name}", getattr(self, name))

    def role(self, layer: int, head: int) -> str:
        """The role's name, or "" for a head that no detector names."""
        layer = checks.index("layer", layer, self.scores.shape[1])
        head = checks.index("head", head, self.scores.shape[2])
        above = (self.scores - self.null)[: len(NAMES), layer, head] / self.threshold[: len(NAMES)]
        best = int(above.argmax())
        return list(NAMES.values())[best] if above[best] >= 1 else ""

    def label(self, layer: int, head: int) -> str:
        """The head's name with its role, such as "1.6 induction"."""
        return f"{layer}.{head} {self.role(layer, head)}".rstrip()

    def heads(self, role: str) -> list[tuple[int, int]]:
        """(layer, head) of all heads with this role, the clearest first."""
        checks.choice("role", role, tuple(NAMES.values()))
        detector = list(NAMES.values()).index(role)
        found = [(layer, head) for layer, head in np.ndindex(self.scores.shape[1:]) if self.role(layer, head) == role]
        return sorted(found, key=lambda head: -float(self.scores[detector][head]))

    def __repr__(self) -> str:
        _, layers, heads = self.scores.shape
        named = sum(bool(self.role(layer, head)) for layer, head in np.ndindex(layers, heads))
        return f"Roles of {layers * heads} heads, {named} of them named"

    def records(self) -> list[dict[str, Any]]:
        """One record for every head and detector: layer, head, role, detector, score, null."""
        return [
            {
                "layer": layer,
                "head": head,
                "role": self.role(layer, head),
                "detector": DETECTORS[detector],
                "score": float(self.scores[detector, layer, head]),
                "null": float(self.null[detector, layer, head]),
            }
            for detector, layer, head in np.ndindex(self.scores.shape)
        ]

    def table(self) -> Table:
        """Every head with its role, and each score with its null in brackets; the named heads first."""
        order = sorted(np.ndindex(self.scores.shape[1:]), key=lambda head: (self.role(*head) == "", head))
        rows = [
            (
                "{}.{}".format(*head),
                self.role(*head) or "–",
                *(f"{score[head]:.2f} ({null[head]:.2f})" for score, null in zip(self.scores, self.null, strict=True)),
            )
            for head in order
        ]
        return Table(("head", "role", *DETECTORS), rows, caption=f"{self!r}; in brackets, the null")
