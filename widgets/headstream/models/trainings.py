"""Recorded trainings: what was measured and filmed while a model was trained."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream.models.labels import labels
from headstream.models.shipped import WEIGHTS, place, tokenizer_of, verified
from headstream.results import Training

TOYS = WEIGHTS / "toys"
LETTERS = "abcdefghijklmnopqrstuvwxyz"  # the tokens of toys
# As in `headstream.models.training.records`: random tokens in a sequence that comes twice after a start token, and the
# tokens of a text on which attention to the token before is measured.
REPEATED = 50
READ = 128


def training_record(name: str | Path) -> Training:
    """How a model was trained: its losses, its heads' scores and its attention patterns at some forty steps.

    name: "attn-only-1l" or "attn-only-2l"; "toy-1l", "toy-2l", "toy-1l-smeared" or "toy-2l-smeared", which
        `headstream.Toy` trains again while you watch; or a folder that `headstream.models.training` wrote.

    Errors: ValueError for a model of which there is no such record; OSError for damaged files.
    """
    if not isinstance(name, (str, Path)):
        raise TypeError(f"name: expected a model's name or folder, got {type(name).__name__}")
    ours = {**_filmed(WEIGHTS), **_filmed(TOYS)}
    folder, own = (ours[str(name)], str(name)) if str(name) in ours else place(name) or (Path(), "")
    if own not in _filmed(folder):
        shown = str(name) if len(str(name)) <= 200 else f"{str(name)[:200]}…"
        raise ValueError(f"name: expected a model whose training was filmed ({', '.join(ours)}), got {shown!r}")
    settings = json.loads(verified(folder, f"{own}.json"))
    filmed = verified(folder, f"{own}.film.npz")
    try:
        with np.load(io.BytesIO(filmed)) as film:
            tokens, patterns = film["tokens"].astype(np.int64), film["patterns"]
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise OSError(f"{folder / own}.film.npz holds no film: {error}") from error
    if folder == TOYS:
        named = [tuple(LETTERS[token] for token in text) for text in tokens]
        return training(own, settings["record"], tokens, named, patterns, settings["bands"], settings["nulls"])
    n_ctx = settings["config"]["n_ctx"]
    tokenizer = tokenizer_of(folder)
    bands = [f"near position {round(at * min(1, n_ctx / 512))}" for at in (50, 500)]
    once = min(REPEATED, (n_ctx - 1) // 2)
    nulls = [even(once + 1, 2 * once + 1), even(2, min(READ, n_ctx))]
    return training(
        own, settings["record"], tokens, [labels(tokenizer, text) for text in tokens], patterns, bands, nulls
    )


def training(
    name: str,
    record: Sequence[dict[str, Any]],
    token_ids: npt.NDArray[Any],
    tokens: Sequence[tuple[str, ...]],
    patterns: npt.NDArray[np.uint8],
    bands: Sequence[str],
    nulls: Sequence[float],
    note: str = "",
) -> Training:
    """The result for a record: one entry a step, as `headstream.models.training.records` makes them.

    nulls: the scores of a head that attends evenly, for prefix matching and for the previous token.
    """

    def column(key: str) -> npt.NDArray[np.float32]:
        return np.array([entry[key] for entry in record], np.float32)

    return Training(
        name=name,
        steps=np.array([entry["step"] for entry in record], np.int32),
        loss=column("valid_loss"),
        early_loss=column("loss_at_50"),
        late_loss=column("loss_at_500"),
        first_copy=column("rep_first"),
        second_copy=column("rep_second"),
        prefix=column("prefix"),
        previous=column("prev"),
        patterns=patterns,
        tokens=tuple(tokens),
        token_ids=token_ids,
        bands=(bands[0], bands[1]),
        prefix_null=nulls[0],
        previous_null=nulls[1],
        note=note,
    )


def even(first: int, end: int) -> float:
    """What a head that attends evenly gives to one key, averaged over the queries from `first` up to before `end`."""
    return float((1 / np.arange(first + 1, end + 1)).mean())


def _filmed(folder: Path) -> dict[str, Path]:
    """The models of a folder whose training was filmed."""
    return {file.name.removesuffix(".film.npz"): folder for file in sorted(folder.glob("*.film.npz"))}
