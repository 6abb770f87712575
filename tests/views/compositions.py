"""Compositions, roles and attention made with numpy alone, with a few edges that stand out."""

from __future__ import annotations

import numpy as np

from headstream.results import Attention, Composition, Roles
from headstream.results.composition import READS
from headstream.results.roles import DETECTORS
from tests.views.arrays import attention_pattern


def random_composition(layers: int = 2, heads: int = 4, *, planted: int = 6, seed: int = 0) -> Composition:
    """Scores that scatter about their nulls, but for `planted` edges."""
    rng = np.random.default_rng(seed)
    names = tuple(np.ndindex(layers, heads))
    size = len(names)
    layer = np.array([name[0] for name in names])
    earlier = layer[:, None] < layer[None, :]
    null = rng.uniform(0.04, 0.06, (3, size, size))
    sd = rng.uniform(0.001, 0.002, (3, size, size))
    scores = null + rng.normal(size=null.shape) * sd
    places = np.argwhere(np.broadcast_to(earlier, scores.shape))
    for place in places[rng.permutation(len(places))[:planted]]:
        scores[tuple(place)] += rng.uniform(0.02, 0.12)
    arrays = [np.where(earlier, array, np.nan).astype(np.float32) for array in (scores, null, sd)]
    copying, matching = (np.where(earlier, rng.uniform(-1, 1, earlier.shape), np.nan) for _ in range(2))
    return Composition(names, *arrays, copying.astype(np.float32), matching.astype(np.float32))


def random_roles(layers: int = 2, heads: int = 4, *, seed: int = 0) -> Roles:
    """About a third of the heads has a name."""
    rng = np.random.default_rng(seed)
    scores = rng.uniform(0, 1, (len(DETECTORS), layers, heads)).astype(np.float32)
    return Roles(scores, np.zeros_like(scores), np.full(len(DETECTORS), 0.87, np.float32))


def random_attention(layers: int = 2, heads: int = 4, length: int = 9, *, seed: int = 0) -> Attention:
    norms = np.ones((layers, heads, length), np.float32)
    tokens = tuple(f" w{position}" for position in range(length))
    return Attention(attention_pattern(layers, heads, length, seed), norms, tokens)


def edges_of(result: Composition, threshold: float, reads: str = "QKV") -> list[tuple[int, int, int]]:
    """(read, from, to) of what is to be drawn, the strongest first."""
    above = result.scores.astype(float) - result.null.astype(float)
    with np.errstate(invalid="ignore"):
        found = np.argwhere((above >= threshold) & (above > 0) & (above >= 3 * result.null_sd.astype(float)))
    kept = [tuple(edge) for edge in found.tolist() if READS[edge[0]] in reads]
    return sorted(kept, key=lambda edge: -above[edge])
