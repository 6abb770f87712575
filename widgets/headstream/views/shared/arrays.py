"""Arrays in the forms that views send."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def pack_causal(square: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """[..., query, key] -> [..., T(T+1)/2]: the lower triangle, row after row."""
    rows, columns = np.tril_indices(square.shape[-1])
    return np.ascontiguousarray(square[..., rows, columns])


def is_causal(square: npt.NDArray[Any]) -> bool:
    """Whether every entry with key > query is exactly 0."""
    rows, columns = np.triu_indices(square.shape[-1], 1)
    return square.shape[-1] == square.shape[-2] and not square[..., rows, columns].any()


def quantised(p: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Probabilities as round(255·√p): an error of at most .004, and small weights keep their sum (255·p would not)."""
    return np.asarray(np.rint(255 * np.sqrt(np.minimum(p, 1))), np.uint8)
