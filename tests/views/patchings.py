"""Patchings made with numpy alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import Component, Effects, Patching


def random_patching(
    tokens: Sequence[str], *, clean_tokens: Sequence[str] | None = None, layers: int = 2, heads: int = 3, seed: int = 0
) -> Patching:
    """The stream, heads and MLP of every layer, few of which do much; by default one token of the two runs differs."""
    random = np.random.default_rng(seed)
    components = tuple(
        component
        for layer in range(layers)
        for component in (
            Component("stream", layer),
            *(Component("head", layer, head) for head in range(heads)),
            Component("mlp", layer),
        )
    )
    other = [*tokens] if clean_tokens is None else clean_tokens
    if clean_tokens is None:
        other[len(other) // 3] = " else"
    clean, corrupted = 7.5, -2.25
    effect = random.normal(size=(len(components), len(tokens))) ** 3 / 8
    return Patching(
        patched=(corrupted + (clean - corrupted) * effect).astype(np.float32),
        clean=clean,
        corrupted=corrupted,
        components=components,
        tokens=tuple(tokens),
        clean_tokens=tuple(other),
        quantity="logit of ' x' less that of ' y'",
        position=len(tokens) - 1,
        token_ids=np.arange(len(tokens)),
    )


def random_effects(seed: int = 0) -> Effects:
    random = np.random.default_rng(seed)
    components = tuple(Component("head", layer, head) for layer in range(2) for head in range(3))
    direct, total = random.normal(size=(2, 6)).astype(np.float32)
    words = tuple(f"{component.label} set to zero" for component in components)
    return Effects(direct, total, 4.5, components, words, "logit of ' x' less the vocabulary's mean")
