"""Arrays for tests of views."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def attention_pattern(layers: int, heads: int, length: int, seed: int = 0) -> npt.NDArray[np.float32]:
    """[layer, head, query, key] causal, rows summing to 1."""
    scores = 2 * np.random.default_rng(seed).normal(size=(layers, heads, length, length))
    scores = np.where(np.tril(np.ones((length, length), bool)), scores, -np.inf)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    return (weights / weights.sum(-1, keepdims=True)).astype(np.float32)
