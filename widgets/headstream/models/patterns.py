"""The attention patterns of a run's heads: all of them, or some that are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from headstream import checks
from headstream.results import Attention

if TYPE_CHECKING:
    import torch

    from headstream.models.run_sources import Activations, Shape, Weight
    from headstream.models.runs import Run

MOST_SENT = 5e6  # bytes of one answer from elsewhere


def attention_of(run: Run, heads: Sequence[tuple[int, int] | str] | None) -> Attention:
    """See `Run.attention_of`."""
    shape, size = run.source.shape, len(run.tokens)
    if heads is None:
        asked = list(np.ndindex(shape.layers, shape.heads))
    else:
        asked = [_head(given, shape.layers, shape.heads) for given in checks.items("heads", heads, "a list of heads")]
        if not asked:
            raise ValueError("heads: expected at least one, got none")
    sent = len(asked) * size * (size + 1) // 2 * 4
    if run.source.travels and sent > MOST_SENT:
        raise ValueError(
            f"heads: expected so few that their patterns are at most {MOST_SENT / 1e6:.0f} MB, got {len(asked)} of"
            f" {size} tokens, {sent / 1e6:.0f} MB: ask for some, run.attention_of(['0.1', '2.3'])"
        )
    layers = sorted({layer for layer, _ in asked})
    names = [f"blocks.{layer}.attn.hook_{part}" for layer in layers for part in ("pattern", "v")]
    found = run.read(names, partial(head_patterns, asked=asked, length=size))
    pattern = np.zeros((len(asked), size, size), np.float32)
    pattern[:, *np.tril_indices(size)] = found["pattern"].numpy()
    lead = (shape.layers, shape.heads) if heads is None else (1, len(asked))
    return Attention(
        pattern.reshape(*lead, size, size),
        found["value_norm"].numpy().reshape(*lead, size),
        run.tokens,
        run.token_ids,
        None if heads is None else tuple(asked),
    )


def head_patterns(
    activations: Activations, weight: Weight, shape: Shape, asked: Sequence[tuple[int, int]], length: int
) -> dict[str, torch.Tensor]:
    """The patterns' lower triangles [head, weight], row after row, and ‖v‖ [head, key], float32 on the CPU."""
    import torch

    rows, columns = torch.tril_indices(length, length)
    pattern = torch.zeros(len(asked), len(rows))
    value_norm = torch.zeros(len(asked), length)
    for place, (layer, head) in enumerate(asked):
        a = activations[f"blocks.{layer}.attn.hook_pattern"][head]
        v = activations[f"blocks.{layer}.attn.hook_v"]
        pattern[place] = a.float().cpu()[rows, columns]
        value_norm[place] = v[:, head * v.shape[1] // shape.heads].float().norm(dim=-1).cpu()
    return {"pattern": pattern, "value_norm": value_norm}


def _head(given: Any, layers: int, heads: int) -> tuple[int, int]:
    if isinstance(given, str):
        if not (match := re.fullmatch(r"(\d+)\.(\d+)", given)):
            raise ValueError(f"heads: expected (layer, head) or such as '1.6', got {given!r}")
        given = tuple(map(int, match.groups()))
    layer, head = checks.items("heads", given, "pairs (layer, head)")
    return checks.index("heads: layer", layer, layers), checks.index("heads: head", head, heads)
