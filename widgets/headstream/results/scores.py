"""The attention scores of one query, split over who wrote the query and who wrote the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Result, TokenIds, check_finite, check_tokens, quoted
from headstream.results.decomposition import Component, Decomposition
from headstream.tables import Table

SIDES = ("query", "key")
_SHOWN = 12  # terms of a table


@dataclass(frozen=True, eq=False, repr=False)
class ScoreTerms(Result):
    """What a head's attention scores are made of, at one query.

    layer, head: the head. values: [query path, key path, key] float32, each term of the score, already divided by
        √d_head. total: [key] float32, the model's own scores, before the softmax. Keys are the positions from 0 to the
        query, which is the last of them.
    paths: who wrote the stream that the head reads, the same for query and key.
    tokens: [position], of the whole prompt. token_ids: [position], or None where they are not known.
    """

    layer: int
    head: int
    values: Floats
    total: Floats
    paths: tuple[Component, ...]
    tokens: tuple[str, ...]
    token_ids: TokenIds | None = None

    def __post_init__(self) -> None:
        checks.whole("ScoreTerms.layer", self.layer, 0)
        checks.whole("ScoreTerms.head", self.head, 0)
        size = check_tokens("ScoreTerms", self.tokens, self.token_ids)
        axes = {"query path": len(self.paths), "key path": len(self.paths)}
        axes = checks.array("ScoreTerms.values", self.values, "query path, key path, key", axes)
        checks.array("ScoreTerms.total", self.total, "key", axes)
        if not 1 <= axes["key"] <= size:
            raise ValueError(f"ScoreTerms.values: expected 1 to {size} keys, one a token, got {axes['key']}")
        check_finite("ScoreTerms.values", self.values)
        check_finite("ScoreTerms.total", self.total)

    @property
    def position(self) -> int:
        """The query's position."""
        return len(self.total) - 1

    @property
    def error(self) -> Floats:
        """[key]: |sum of the terms - score|."""
        difference: Floats = np.abs(self.values.sum((0, 1)) - self.total)
        return difference

    def by(self, side: str) -> Decomposition:
        """The score at every key, split over who wrote one side ("query" or "key"), all paths of the other side added.

        Keys after the query, which it does not see, are 0.
        """
        checks.choice("side", side, SIDES)
        after = len(self.tokens) - len(self.total)
        split = self.values.sum(1 - SIDES.index(side))
        return Decomposition(
            values=np.pad(split, [(0, 0), (0, after)]),
            total=np.pad(self.total, (0, after)),
            sources=None,
            components=self.paths,
            tokens=self.tokens,
            quantity=f"attention score of head {self.layer}.{self.head} from {self._query}, by who wrote the {side}",
            additive=True,
            position=int(self.total.argmax()),
            total_name="the score",
            token_ids=self.token_ids,
        )

    @property
    def _query(self) -> str:
        return f"{quoted(self.tokens[self.position])} at position {self.position}"

    def __repr__(self) -> str:
        count = f"{len(self.paths)} × {len(self.paths)} paths, {len(self.total)} keys"
        return f"ScoreTerms of head {self.layer}.{self.head} from {self._query}: {count}"

    def records(self) -> list[dict[str, Any]]:
        """One record a term: query path, key path, key (position), token, value."""
        return [
            {
                "query path": self.paths[row].label,
                "key path": self.paths[column].label,
                "key": key,
                "token": self.tokens[key],
                "value": float(value),
            }
            for (row, column, key), value in np.ndenumerate(self.values)
        ]

    def table(self) -> Table:
        """The largest terms at the key of the highest score, each less its mean over the keys."""
        key = int(self.total.argmax())
        ahead = self.values[:, :, key] - self.values.mean(2)
        order = np.argsort(-np.abs(ahead), axis=None, kind="stable")[:_SHOWN]
        rows = []
        for row, column in zip(*np.unravel_index(order, ahead.shape), strict=True):
            rows.append((self.paths[row].label, self.paths[column].label, float(ahead[row, column])))
        foot = ("the score, less its mean", "", float(self.total[key] - self.total.mean()))
        caption = f"{self!r}; at {quoted(self.tokens[key])}, position {key}"
        return Table(("who wrote the query", "who wrote the key", "above its mean"), rows, foot, caption=caption)
