"""Prompts as token ids."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.models.labels import encode


def prompt_ids(
    given: Any, model: str, tokenizer: Any, d_vocab: int, n_ctx: int, start: bool
) -> tuple[npt.NDArray[np.int64], str | None]:
    """Token ids [position] of what `headstream.run` was given, and its text if it was one.

    model: its name. start: whether the tokenizer's start token, if it has one, is put before a text.
    Errors: as of `headstream.run`.
    """
    text = given if isinstance(given, str) else None
    ids = _checked_ids(given, d_vocab) if text is None else _text_ids(text, tokenizer, start)
    if len(ids) > n_ctx:
        with_start = " with the start token" if text is not None else ""
        most = f"expected at most {n_ctx} tokens{with_start}, which is all that {model} reads"
        raise ValueError(f"text_or_ids: {most}, got {len(ids)}")
    return ids, text


def _text_ids(text: str, tokenizer: Any, start: bool) -> npt.NDArray[np.int64]:
    if tokenizer is None:
        raise ValueError("text_or_ids: expected token ids, for this model has no tokenizer, got a text")
    if not text:
        raise ValueError("text_or_ids: expected at least one character, got an empty text")
    first = tokenizer.bos_token_id if start else None
    return np.array(([] if first is None else [first]) + encode(tokenizer, text), np.int64)


def _checked_ids(given: Any, d_vocab: int) -> npt.NDArray[np.int64]:
    if not hasattr(given, "__len__") or isinstance(given, (bytes, dict, set)):
        raise TypeError(f"text_or_ids: expected a text or a list of token ids, got {type(given).__name__}")
    try:
        ids = np.asarray(given.tolist() if hasattr(given, "tolist") else given)
    except ValueError:
        raise ValueError("text_or_ids: expected one list of token ids, got lists that differ in length") from None
    if ids.ndim == 2 and len(ids) == 1:
        ids = ids[0]
    if ids.ndim != 1:
        raise ValueError(f"text_or_ids: expected one list of token ids, [position], got shape {list(ids.shape)}")
    if not ids.size:
        raise ValueError("text_or_ids: expected at least one token id, got an empty list")
    last = d_vocab - 1
    return np.array([checks.whole(f"token id at position {at}", i, 0, last) for at, i in enumerate(ids.tolist())])
