"""The attention patterns of one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Result, TokenIds, check_finite, check_tokens
from headstream.tables import Cell, Table

# A softmax row in float32, or one that went through bfloat16, sums to 1 within this.
ROW_SUM_TOLERANCE = 0.02


@dataclass(frozen=True, eq=False, repr=False)
class Attention(Result):
    """The attention patterns of one run.

    pattern: [layer, head, query, key] float32, every row sums to 1.
    value_norm: [layer, head, key] float32, ‖v‖ of each head's value vector at each source position.
    tokens: one label a position. token_ids: [position], their ids, or None where they are not known.
    heads: (layer, head) in the model of each that stands in the one row, where only some were asked for; else None.
    """

    pattern: Floats
    value_norm: Floats
    tokens: tuple[str, ...]
    token_ids: TokenIds | None = None
    heads: tuple[tuple[int, int], ...] | None = None

    def __post_init__(self) -> None:
        size = check_tokens("Attention", self.tokens, self.token_ids)
        if self.heads is not None and self.pattern.shape[:2] != (1, len(self.heads)):
            got = list(self.pattern.shape[:2])
            raise ValueError(f"Attention.heads: expected patterns [1, {len(self.heads)}, query, key], got {got}")
        axes = {"query": size, "key": size}
        axes = checks.array("Attention.pattern", self.pattern, "layer, head, query, key", axes)
        checks.array("Attention.value_norm", self.value_norm, "layer, head, key", axes)
        check_probabilities("Attention.pattern", self.pattern)
        check_lengths("Attention.value_norm", self.value_norm)

    def minus(self, other: Attention) -> AttentionChange:
        """This attention less another, place by place: of a changed run less the unchanged one, of two prompts.

        Raises ValueError for one of other layers, heads or length, and where only some heads were asked for.
        """
        if self.heads is not None or other.heads is not None:
            raise ValueError("other: expected attention of all heads, got that of some")
        if self.pattern.shape != other.pattern.shape:
            expected, got = (list(one.pattern.shape) for one in (self, other))
            raise ValueError(f"other: expected attention [layer, head, query, key] = {expected}, got {got}")
        return AttentionChange(self.pattern - other.pattern, self.tokens, self.token_ids)

    def head(self, row: int, column: int) -> tuple[int, int]:
        """(layer, head) in the model of the pattern that stands there."""
        return (row, column) if self.heads is None else self.heads[column]

    def __repr__(self) -> str:
        layers, heads, size, _ = self.pattern.shape
        if self.heads is not None:
            return f"Attention of {heads} head{'s' if heads > 1 else ''} over {size} tokens"
        return f"Attention of {layers} layers × {heads} heads over {size} tokens"

    def records(self, least: float = 0.01) -> list[dict[str, Any]]:
        """One row for every weight above `least`: layer, head, query, key, their tokens, the weight, ‖v‖ of the key."""
        return [
            {
                **dict(zip(("layer", "head"), self.head(layer, head), strict=True)),
                "query": query,
                "key": key,
                "query_token": self.tokens[query],
                "key_token": self.tokens[key],
                "weight": float(self.pattern[layer, head, query, key]),
                "value_norm": float(self.value_norm[layer, head, key]),
            }
            for layer, head, query, key in np.argwhere(self.pattern > least).tolist()
        ]

    def table(self) -> Table:
        """Where each head's weight goes: its mean over the queries from position 2 on, where the places differ."""
        size = len(self.tokens)
        queries = np.arange(min(2, size - 1), size)
        first, before, itself = (
            self.pattern[:, :, queries, keys].mean(-1) for keys in (0, np.maximum(queries - 1, 0), queries)
        )
        rows: list[tuple[Cell, ...]] = [
            ("{}.{}".format(*self.head(layer, head)), *(float(part[layer, head]) for part in (first, before, itself)))
            for layer, head in np.ndindex(first.shape)
        ]
        return Table(("head", "to the first token", "to the one before", "to itself"), rows, caption=repr(self))


@dataclass(frozen=True, eq=False, repr=False)
class AttentionChange(Result):
    """How much more each head attends than it did, `Attention.minus`.

    change: [layer, head, query, key] float32, a difference of probabilities, from -1 to 1; every row sums to 0.
    tokens: one label a position. token_ids: [position], their ids, or None where they are not known.
    """

    change: Floats
    tokens: tuple[str, ...]
    token_ids: TokenIds | None = None

    def __post_init__(self) -> None:
        size = check_tokens("AttentionChange", self.tokens, self.token_ids)
        checks.array("AttentionChange.change", self.change, "layer, head, query, key", {"query": size, "key": size})
        check_finite("AttentionChange.change", self.change)
        if self.change.size and np.abs(self.change).max() > 1 + ROW_SUM_TOLERANCE:
            worst = self.change.flat[np.abs(self.change).argmax()]
            raise ValueError(f"AttentionChange.change: expected from -1 to 1, got {worst:.3g}")

    def __repr__(self) -> str:
        layers, heads, size, _ = self.change.shape
        return f"AttentionChange of {layers} layers × {heads} heads over {size} tokens"

    def records(self, least: float = 0.01) -> list[dict[str, Any]]:
        """One row for every change larger than `least`, up or down: layer, head, query, key, their tokens, change."""
        return [
            {
                "layer": layer,
                "head": head,
                "query": query,
                "key": key,
                "query_token": self.tokens[query],
                "key_token": self.tokens[key],
                "change": float(self.change[layer, head, query, key]),
            }
            for layer, head, query, key in np.argwhere(np.abs(self.change) > least).tolist()
        ]

    def table(self) -> Table:
        """How much of each head's weight has moved, half the sum of the changes' sizes, as a mean over the queries."""
        moved = np.abs(self.change).sum(-1).mean(-1) / 2
        rows: list[tuple[Cell, ...]] = [
            (f"{layer}.{head}", float(moved[layer, head])) for layer, head in np.ndindex(moved.shape)
        ]
        return Table(("head", "weight that moved"), rows, caption=repr(self))


def check_probabilities(name: str, pattern: Floats) -> None:
    """Whether no weight is negative and every row sums to 1, as after a softmax."""
    if pattern.size and pattern.min() < 0:
        raise ValueError(f"{name}: expected probabilities, got the negative weight {pattern.min():.3g}")
    sums = pattern.sum(-1)
    wrong = ~(np.abs(sums - 1) <= ROW_SUM_TOLERANCE)  # nan is wrong too
    if wrong.any():
        layer, head, query = (int(i) for i in np.argwhere(wrong)[0])
        raise ValueError(
            f"{name}: expected every row to sum to 1 (weights after the softmax), "
            f"got {sums[layer, head, query]:.3g} at layer {layer}, head {head}, query {query}"
        )


def check_lengths(name: str, norms: Floats) -> None:
    """Whether every number can be the length of a vector."""
    wrong = ~(np.isfinite(norms) & (norms >= 0))
    if wrong.any():
        raise ValueError(f"{name}: expected norms, got {norms[wrong][0]:.3g}")
