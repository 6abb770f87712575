"""How close parameter components are to the mechanisms of a toy, its feature's vectors; and what chance gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.checks import Floats
from headstream.results import ParameterDecomposition


def mmcs(weights: npt.ArrayLike, parts: npt.ArrayLike) -> float:
    """Mean max cosine similarity: 1/n Σ_j max_c cos(P_c,j, W_j), of the vectors j of a matrix.

    weights: [vector, d]; parts: [component, vector, d]. The vectors of W are its rows (the papers' columns); for Wᵀ
    give both transposed. 1 where every vector of the target has a component whose own vector points in its direction.

    A component of no size has a direction too: where there are many of them in few dimensions, some points anywhere.
    """
    cosine, _ = _compared(weights, parts)
    return float(cosine.max(0).mean())


def ml2r(weights: npt.ArrayLike, parts: npt.ArrayLike) -> float:
    """Mean L2 ratio: 1/n Σ_j ‖P_mcs(j),j‖ / ‖W_j‖, with mcs(j) the component of the largest cosine with W_j.

    weights: [vector, d]; parts: [component, vector, d]. 1 where that component has all of the vector's length, less
    where others share it or it has shrunk.
    """
    cosine, ratio = _compared(weights, parts)
    return float(np.take_along_axis(ratio, cosine.argmax(0)[None], 0).mean())


def recovery(decomposition: ParameterDecomposition, *, only_found: bool = False) -> tuple[float, float]:
    """MMCS and ML2R of W, as the papers' tables have them. only_found: of the components that are not negligible."""
    first = decomposition.matrices[0]
    parts = decomposition.parts(first)
    if only_found:
        parts = parts[decomposition.found(first)]
    if not len(parts):
        return 0.0, 0.0
    return mmcs(decomposition.weights[0], parts), ml2r(decomposition.weights[0], parts)


def faithfulness(decomposition: ParameterDecomposition) -> float:
    """How far the components' sums are from the weights, the largest difference over the largest weight of a matrix."""
    errors = []
    for name, weights in zip(decomposition.matrices, decomposition.weights, strict=True):
        difference = np.abs(decomposition.parts(name).sum(0) - weights).max()
        errors.append(float(difference / max(float(np.abs(weights).max()), 1e-30)))
    return max(errors)


def chance(weights: npt.ArrayLike, components: int, draws: int = 100, seed: int = 0) -> tuple[Floats, Floats]:
    """MMCS and ML2R [draw] of rank-one components with Gaussian V and U, scaled so that their sum has the norm of the
    weights [vector, d]: what is there before anything is learnt.
    """
    rows = checks.finite("weights", weights)
    components, draws = checks.whole("components", components, 1), checks.whole("draws", draws, 1)
    random, found = np.random.default_rng(seed), []
    for _ in range(draws):
        parts = random.normal(size=(components, len(rows), 1)) * random.normal(size=(components, 1, rows.shape[1]))
        parts *= np.linalg.norm(rows) / np.linalg.norm(parts.sum(0))
        found.append((mmcs(rows, parts), ml2r(rows, parts)))
    both = np.array(found, np.float32)
    return both[:, 0], both[:, 1]


def removal_effects(decomposition: ParameterDecomposition, x: npt.ArrayLike | None = None) -> Floats:
    """How much the output changes without one component, ‖f(x) − f(x | all but c)‖ / ‖f(x | W)‖: what a causal
    importance predicts, found by taking away. APD: the component is taken out of every matrix.

    x: [input, d_in], the decomposition's own inputs by default. Returned: [matrix, component, input]; where the target
    gives back nothing, the change itself.
    """
    given = decomposition.inputs if x is None else checks.finite("x", x)
    count, components = len(decomposition.matrices), decomposition.components
    on = np.ones((count, components), np.float32)
    whole = decomposition.output(given, on)
    size = np.linalg.norm(decomposition.output(given), axis=1)
    found = np.zeros((count, components, len(given)), np.float32)
    for at in range(count):
        for c in range(components):
            without = on.copy()
            without[at if decomposition.method == "SPD" else slice(None), c] = 0
            found[at, c] = np.linalg.norm(decomposition.output(given, without) - whole, axis=1)
    return (found / np.where(size > 0, size, 1)).astype(np.float32)


def on_inputs(decomposition: ParameterDecomposition, x: npt.ArrayLike, names: Sequence[str]) -> ParameterDecomposition:
    """The same components looked at on other inputs x [input, d_in]: importances are what their removal changes,
    1 at most.

    names: one an input.
    """
    given = checks.finite("x", x)
    labels = tuple(checks.labels("names", names, len(given), "input"))
    changed = np.minimum(removal_effects(decomposition, given), 1)
    name = "change of the output without it"
    return replace(decomposition, inputs=given, input_names=labels, importance=changed, importance_name=name)


def _compared(weights: npt.ArrayLike, parts: npt.ArrayLike) -> tuple[Floats, Floats]:
    """[component, vector]: the cosine with the target's vector, and the length as a share of its length."""
    rows, own = checks.finite("weights", weights), checks.finite("parts", parts)
    if rows.ndim != 2:
        raise ValueError(f"weights: expected [vector, d], got {list(rows.shape)}")
    if own.ndim != 3 or own.shape[1:] != rows.shape or not len(own):
        expected = f"[component, vector, d] = [component, {rows.shape[0]}, {rows.shape[1]}]"
        raise ValueError(f"parts: expected {expected}, got {list(own.shape)}")
    lengths, whole = np.linalg.norm(own, axis=2), np.linalg.norm(rows, axis=1)
    whole = np.maximum(whole, 1e-30)
    cosine = (own * rows).sum(2) / (np.maximum(lengths, 1e-30) * whole)
    return cosine.astype(np.float32), (lengths / whole).astype(np.float32)
