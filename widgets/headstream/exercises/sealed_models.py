"""What sealed models do on fresh texts, with heads switched off: what readers' claims about them are held against."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from headstream.models.sealed import sealed
from headstream.models.sealed_weights import ALL_HEADS


def is_sealed(model: Any) -> bool:
    return str(getattr(getattr(model, "cfg", None), "model_name", "")).startswith("sealed-")


def again(model: Any) -> Any:
    """The same model made anew: whatever was done to the reader's own is not in it."""
    return sealed(int(str(model.cfg.model_name).removeprefix("sealed-")))


def switches(random: np.random.Generator) -> dict[str, list[tuple[str, ...]]]:
    """Sets of heads to switch off, by kind: none, each alone, some pairs, and all but some."""
    pairs = [tuple(pair) for pair in combinations(ALL_HEADS, 2)]
    chosen = [pairs[i] for i in random.permutation(len(pairs))[:12]]
    others = [pairs[i] for i in random.permutation(len(pairs))[:6]]
    few = [tuple(head for head in ALL_HEADS if head not in pair) for pair in others]
    return {
        "no head": [()],
        "one head": [(head,) for head in ALL_HEADS],
        "two heads": chosen,
        "all heads but two": few,
    }
