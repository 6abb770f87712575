"""Parameter decompositions made of random numbers, in the form that `headstream.features` gives them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import ParameterDecomposition


def random_decomposition(
    features: Sequence[str] = ("a", "b", "c", "d", "e"),
    hidden: int = 2,
    *,
    spare: int = 3,
    identity: bool = False,
    method: str = "SPD",
    seed: int = 0,
) -> ParameterDecomposition:
    """A component for each feature, right up to some noise, and `spare` ones that are negligible. APD: of rank two."""
    random, count = np.random.default_rng(seed), len(features)
    rank = 2 if method == "APD" else 1
    w = random.normal(size=(count, hidden)).astype(np.float32)
    middle = np.eye(hidden, dtype=np.float32)
    weights = (w, middle, w.T.copy()) if identity else (w, w.T.copy())
    reads, writes = [], []
    for at, matrix in enumerate(weights):
        v = np.zeros((count + spare, rank, matrix.shape[0]), np.float32)
        u = np.zeros((count + spare, rank, matrix.shape[1]), np.float32)
        if at == len(weights) - 1:
            v[:count, 0], u[:count, 0] = w, np.eye(count)
        else:
            v[: len(matrix), 0], u[: len(matrix), 0] = np.eye(len(matrix)), matrix
        reads.append(v + 0.01 * random.normal(size=v.shape).astype(np.float32))
        writes.append(u + 0.01 * random.normal(size=u.shape).astype(np.float32))
    importance = random.uniform(0, 0.3, (len(weights), count + spare, count)).astype(np.float32)
    importance[:, range(count), range(count)] = 0.9
    ends, inside = tuple(features), tuple(f"h{i}" for i in range(hidden))
    return ParameterDecomposition(
        method=method,
        model=f"{count} features in {hidden} dimensions",
        matrices=("W", "I", "Wᵀ") if identity else ("W", "Wᵀ"),
        weights=weights,
        bias=random.normal(-0.1, 0.1, count).astype(np.float32),
        reads=tuple(reads),
        writes=tuple(writes),
        axes=(ends, *[inside] * (len(weights) - 1), ends),
        inputs=(0.75 * np.eye(count)).astype(np.float32),
        input_names=ends,
        importance=importance,
        importance_name="causal importance" if method == "SPD" else "relative attribution",
    )
