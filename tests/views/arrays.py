"""Arrays and labels for tests of views."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from headstream.results import Component, Decomposition

# Tokens that are markup, reorder text, cannot be seen, or are part of a character.
HOSTILE = [
    "<img src=x onerror=window.hacked=1>",
    "\u202eevil",
    "\x07",
    " שלום",
    " <0xF0><0x9F>",
    "<0x98><0x80>",
    "\u200d",
    "</script>",
    "&amp;",
]


def attention_pattern(layers: int, heads: int, length: int, seed: int = 0) -> npt.NDArray[np.float32]:
    """[layer, head, query, key] causal, rows summing to 1."""
    scores = 2 * np.random.default_rng(seed).normal(size=(layers, heads, length, length))
    scores = np.where(np.tril(np.ones((length, length), bool)), scores, -np.inf)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    return (weights / weights.sum(-1, keepdims=True)).astype(np.float32)


def decomposition(layers: int = 2, heads: int = 3, length: int = 5, seed: int = 0) -> Decomposition:
    """Random numbers in the form that `attribute_logit` gives them: sources sum to heads, components to the total."""
    rng = np.random.default_rng(seed)
    components = [Component("embed")]
    for layer in range(layers):
        components += [*(Component("head", layer, head) for head in range(heads)), Component("mlp", layer)]
    components.append(Component("bias"))
    values = rng.normal(size=(len(components), length)).astype(np.float32)
    sources = (rng.normal(size=(layers * heads, length, length)) * np.tri(length)).astype(np.float32)
    values[[component.kind == "head" for component in components]] = sources.sum(-1)
    return Decomposition(
        values=values,
        total=values.sum(0) + rng.normal(scale=1e-6, size=length).astype(np.float32),
        sources=sources,
        components=tuple(components),
        tokens=tuple(f" w{position}" for position in range(length)),
        quantity="logit of ' x' less the vocabulary's mean",
        additive=True,
        position=length - 1,
    )
