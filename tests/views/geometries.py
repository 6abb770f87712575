"""Geometries made of random numbers, in the form that toys of superposition give them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import Geometry


def random_geometry(
    labels: Sequence[str], dims: int = 2, toys: int = 2, entries: int = 6, *, neurons: bool = False, seed: int = 0
) -> Geometry:
    """Directions that are spread around, of about length 1; losses that fall."""
    random, features = np.random.default_rng(seed), len(labels)
    columns = random.normal(size=(toys, features, dims))
    if dims == 2:
        angles = 2 * np.pi * (np.arange(features) / features + random.uniform(0, 1, (toys, 1)))
        columns = np.stack([np.cos(angles), np.sin(angles)], -1)
    columns *= random.uniform(0.7, 1.2, (toys, features, 1)) / np.linalg.norm(columns, axis=-1, keepdims=True)
    loss = -np.sort(-random.uniform(0.01, 0.3, (toys, entries)))
    probability = np.broadcast_to(np.geomspace(0.5, 0.05, toys)[:, None], (toys, features))
    return Geometry(
        columns=columns.astype(np.float32),
        bias=random.normal(size=(toys, features)).astype(np.float32) / 5,
        steps=10 * np.arange(entries, dtype=np.int32),
        loss=loss.astype(np.float32),
        probability=probability.astype(np.float32),
        importance=random.uniform(0.2, 1, (toys, features)).astype(np.float32),
        labels=tuple(labels),
        neurons=neurons,
    )


def polygon(corners: int, toys: int = 1) -> Geometry:
    """A regular polygon of unit vectors: D_i is 2 / corners for three and more."""
    made = random_geometry([str(corner) for corner in range(corners)], toys=toys)
    angles = 2 * np.pi * np.arange(corners) / corners
    columns = np.stack([np.cos(angles), np.sin(angles)], -1).astype(np.float32)
    fields = {name: getattr(made, name) for name in made.__dataclass_fields__}
    return Geometry(**{**fields, "columns": np.broadcast_to(columns, (toys, corners, 2)).copy()})
