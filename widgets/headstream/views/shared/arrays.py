"""Arrays in the forms that views send."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def pack_causal(square: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """[..., query, key] -> [..., T(T+1)/2]: the lower triangle, row after row."""
    return pack_rows(square, 0)


def pack_rows(part: npt.NDArray[Any], diagonal: int) -> npt.NDArray[Any]:
    """[..., query, key] -> [..., weight]: row after row, each up to the diagonal, which begins so many keys after the
    first.
    """
    size = part.shape[-1]
    ends = np.clip(np.arange(part.shape[-2]) + diagonal + 1, 0, size).tolist()
    packed = np.empty((*part.shape[:-2], sum(ends)), part.dtype)
    at = 0
    for row, end in enumerate(ends):  # lists of indices would take more memory than the weights
        packed[..., at : at + end] = part[..., row, :end]
        at += end
    return packed


def is_causal(square: npt.NDArray[Any]) -> bool:
    """Whether every entry with key > query is exactly 0."""
    rows = range(square.shape[-2])
    return square.shape[-1] == square.shape[-2] and not any(square[..., row, row + 1 :].any() for row in rows)


def quantised(p: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Probabilities as round(255·√p): an error of at most .004, and small weights keep their sum (255·p would not)."""
    return np.asarray(np.rint(255 * np.sqrt(np.minimum(p, 1))), np.uint8)
