"""Where a toy model of superposition has put its features."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Ints, Result, check_finite
from headstream.tables import Table

# What the paper names, each with the dimensions that a feature of it has to itself.
SHAPES = {
    "a dimension of its own": 1.0,
    "tetrahedron": 3 / 4,
    "triangle": 2 / 3,
    "antipodal pair": 1 / 2,
    "pentagon": 2 / 5,
    "square antiprism": 3 / 8,
}


@dataclass(frozen=True, eq=False, repr=False)
class Geometry(Result):
    """The directions that toys give their features, and what these cost: one toy or many that were trained at once.

    columns: [toy, feature, dim] float32. Row i of a toy is the paper's column W_i: what feature i writes.
    bias: [toy, feature] float32.
    steps: [entry] int32, rising, at which the loss was noted; empty before any training.
    loss: [toy, entry] float32, the importance-weighted squared error of an example, summed over its features; a mean
        over the steps since the entry before.
    probability: [toy, feature] float32, how often a feature is there, the paper's 1 - S.
    importance: [toy, feature] float32, the paper's I_i.
    labels: one a feature. neurons: whether the dimensions are neurons, with a ReLU on each.
    """

    columns: Floats
    bias: Floats
    steps: Ints
    loss: Floats
    probability: Floats
    importance: Floats
    labels: tuple[str, ...]
    neurons: bool = False

    def __post_init__(self) -> None:
        axes = checks.array("Geometry.columns", self.columns, "toy, feature, dim", {})
        if not all(axes.values()):
            raise ValueError(f"Geometry.columns: expected at least one of every axis, got {list(self.columns.shape)}")
        axes = checks.array("Geometry.steps", self.steps, "entry", axes, kind="whole")
        if (np.diff(self.steps) <= 0).any():
            raise ValueError("Geometry.steps: expected each greater than the one before")
        checks.array("Geometry.loss", self.loss, "toy, entry", axes)
        for name in ("bias", "probability", "importance"):
            checks.array(f"Geometry.{name}", getattr(self, name), "toy, feature", axes)
        for name in ("columns", "bias", "loss", "probability", "importance"):
            check_finite(f"Geometry.{name}", getattr(self, name))
        checks.labels("Geometry.labels", self.labels, axes["feature"], "feature")

    @property
    def norms(self) -> Floats:
        """[toy, feature]: ‖W_i‖, near 1 where a feature is represented and near 0 where it is not."""
        return norms(self.columns)

    @property
    def dimensionality(self) -> Floats:
        """[toy, feature]: D_i, the dimensions that a feature has to itself (see `dimensionality`)."""
        return dimensionality(self.columns)

    @property
    def interference(self) -> Floats:
        """[toy, feature]: Σ_{j≠i} (Ŵ_i·W_j)², what all others write along a feature's direction."""
        own = self.norms**2
        found: Floats = _seen_along(self.columns) - np.where(own > 0, own, 0)
        return np.maximum(found, 0)

    @property
    def dims_per_feature(self) -> Floats:
        """[toy]: D* = m / ‖W‖_F², the dimensions for each feature that is represented; 0 where none is."""
        represented = (self.norms**2).sum(-1)
        found: Floats = np.divide(
            self.columns.shape[-1], represented, out=np.zeros_like(represented), where=represented > 0
        )
        return found

    def only(self, *toys: int) -> Geometry:
        """The same of these toys alone, in this order."""
        count = len(self.columns)
        chosen = [checks.index("toys", toy, count) for toy in toys]
        if not chosen:
            raise ValueError("toys: expected at least one, got none")
        fields = ("columns", "bias", "loss", "probability", "importance")
        return replace(self, **{name: getattr(self, name)[chosen] for name in fields})

    @property
    def steps_done(self) -> int:
        """Steps of training behind this."""
        return int(self.steps[-1]) + 1 if len(self.steps) else 0

    def __repr__(self) -> str:
        toys, features, dims = self.columns.shape
        many = f"{toys} toys of " if toys > 1 else ""
        ends = [f"{value:.2f}" for value in (self.dims_per_feature.min(), self.dims_per_feature.max())]
        spread = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
        return f"Geometry of {many}{features} features in {dims} dims after {self.steps_done:,} steps: D* {spread}"

    def records(self) -> list[dict[str, Any]]:
        """One record for every toy and feature: probability, importance, norm, D_i, interference and bias."""
        values = {
            "probability": self.probability,
            "importance": self.importance,
            "norm": self.norms,
            "dimensionality": self.dimensionality,
            "interference": self.interference,
            "bias": self.bias,
        }
        return [
            {"toy": toy, "feature": feature, "label": self.labels[feature]}
            | {name: float(array[toy, feature]) for name, array in values.items()}
            for toy, feature in np.ndindex(self.bias.shape)
        ]

    def table(self) -> Table:
        """The features of a toy; of many toys, each toy's D* and the spread of its features."""
        if len(self.columns) == 1:
            names = ("label", "probability", "importance", "norm", "dimensionality", "interference", "bias")
            rows = [tuple(record[name] for name in names) for record in self.records()]
            return Table(("feature", "probability", "importance", "norm", "D_i", *names[-2:]), rows, caption=repr(self))
        each = [
            (toy, float(star), float(own.min()), float(own.max()), int((norm > 0.5).sum()))
            for toy, (star, own, norm) in enumerate(
                zip(self.dims_per_feature, self.dimensionality, self.norms, strict=True)
            )
        ]
        return Table(("toy", "D*", "least D_i", "largest D_i", "features longer than 1/2"), each, caption=repr(self))


def norms(columns: Floats) -> Floats:
    """[..., feature]: the length of each row of [..., feature, dim]."""
    found: Floats = np.sqrt((columns**2).sum(-1))
    return found


def dimensionality(columns: Floats) -> Floats:
    """[..., feature]: D_i = ‖W_i‖² / Σ_j (Ŵ_i·W_j)² of rows [..., feature, dim], the share of a dimension of each.

    1 where nothing else is along the feature's direction, 1/2 in an antipodal pair; 0, by agreement, for a row of
    zeros. They never sum to more than the rank of the rows.
    """
    own, all_along = norms(columns) ** 2, _seen_along(columns)
    found: Floats = np.divide(own, all_along, out=np.zeros_like(own), where=all_along > 0)
    return found


def _seen_along(columns: Floats) -> Floats:
    """[..., feature]: Σ_j (Ŵ_i·W_j)², the feature's own part among it."""
    lengths = norms(columns)[..., None]
    units = np.divide(columns, lengths, out=np.zeros_like(columns), where=lengths > 0)
    # As Ŵ_i (WᵀW) Ŵ_iᵀ: the product of every feature with every other is never held.
    found: Floats = ((units @ (np.swapaxes(columns, -1, -2) @ columns)) * units).sum(-1)
    return found
