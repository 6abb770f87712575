"""Which token follows which, counted in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.results.base import Floats, Result, TokenIds, quoted
from headstream.tables import Table

Counts = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False, repr=False)
class Bigrams(Result):
    """How often each token of the vocabulary follows each of some tokens.

    token_ids: [row], the tokens whose followers were counted. counts: [row, d_vocab], how often each follows.
    unigram: [d_vocab], how often each token occurs. vocabulary: the label of every token id.
    """

    token_ids: TokenIds
    counts: Counts
    unigram: Counts
    vocabulary: tuple[str, ...]

    def __post_init__(self) -> None:
        axes = checks.array("Bigrams.token_ids", self.token_ids, "row", {}, kind="whole")
        axes |= {"d_vocab": len(self.vocabulary)}
        checks.array("Bigrams.counts", self.counts, "row, d_vocab", axes, kind="whole")
        checks.array("Bigrams.unigram", self.unigram, "d_vocab", axes, kind="whole")
        if not (self.counts.sum(-1) > 0).all():
            raise ValueError("Bigrams.counts: expected every token to be followed by another at least once")

    @property
    def p(self) -> Floats:
        """[row, d_vocab]: the probability of each follower."""
        share: Floats = (self.counts / self.counts.sum(-1, keepdims=True)).astype(np.float32)
        return share

    @property
    def weight(self) -> Floats:
        """[row]: each row's share of all places counted."""
        counted = self.counts.sum(-1)
        share: Floats = (counted / counted.sum()).astype(np.float32)
        return share

    def __repr__(self) -> str:
        return f"Bigrams of {len(self.token_ids)} tokens, counted at {int(self.counts.sum()):,} places"

    def records(self, least: float = 0.01) -> list[dict[str, Any]]:
        """One record a follower of a probability above `least`: token, its id, follower, its id, count, p."""
        p = self.p
        return [
            {
                "token": self.vocabulary[self.token_ids[row]],
                "token_id": int(self.token_ids[row]),
                "follower": self.vocabulary[column],
                "follower_id": column,
                "count": int(self.counts[row, column]),
                "p": float(p[row, column]),
            }
            for row, column in np.argwhere(p > least).tolist()
        ]

    def table(self) -> Table:
        """Each token with its three most frequent followers."""
        top = np.argsort(-self.p, axis=-1, kind="stable")[:, :3]
        p = self.p
        rows = [
            (quoted(self.vocabulary[token]), *(f"{quoted(self.vocabulary[i])} {p[row, i]:.2f}" for i in top[row]))
            for row, token in enumerate(self.token_ids)
        ]
        return Table(("after", "first", "second", "third"), rows, caption=repr(self))
