"""Real patterns of any length, of tokens that were read in pages."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

import headstream as hs

HEADS, PAGE = 12, 512


def real_patterns(length: int) -> tuple[npt.NDArray[np.float32], list[str]]:
    """[head, query, key] and tokens: of gelu-4l on pages of "Alice". Beyond its 512 tokens pages stand behind one
    another, and a row looks as much at each page before as at its own.
    """
    runs = hs.pages(hs.load("gelu-4l"), max(1, length // PAGE), min(length, PAGE))
    pages = [run.attention.pattern.reshape(-1, *run.attention.pattern.shape[2:])[:HEADS] for run in runs]
    pattern = np.zeros((HEADS, length, length), np.float32)
    size = min(length, PAGE)
    for row in range(len(pages)):
        for column in range(row + 1):
            here = (slice(None), slice(row * size, (row + 1) * size), slice(column * size, (column + 1) * size))
            pattern[here] = pages[column] / (row + 1)
    return pattern, [token for run in runs for token in run.tokens]
