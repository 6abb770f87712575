"""Skip-trigrams of one head: source … present, next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from headstream import checks
from headstream.results.base import Floats, Ints, Result, check_finite, quoted
from headstream.tables import Table

RANKED = ("on text", "by weights")


@dataclass(frozen=True, eq=False, repr=False)
class SkipTrigrams(Result):
    """What one head attends to, from where, and what it makes likelier: source … present, next.

    source, present, next: [entry] int32 token ids. score: [entry] float32, what they are ranked by, best first.
    ranked: "on text": the score is the contribution; "by weights": it is the product of two weights, how much more than
        other tokens the present token looks for the source (QK, over √d_head, less its mean over sources), and what
        the source does to the next token's logit (OV, less its mean over the vocabulary); both positive.
    contribution: [entry] float32: attention times OV entry, added up over the places of the text where the next token
        is indeed `next`, for 1,000 positions. count: [entry] int32: at how many pairs of places that was.
    text: what the text is, in words. vocabulary: label of every token id above.
    """

    layer: int
    head: int
    ranked: str
    source: Ints
    present: Ints
    next: Ints
    score: Floats
    contribution: Floats
    count: Ints
    text: str
    vocabulary: dict[int, str]

    def __post_init__(self) -> None:
        checks.choice("SkipTrigrams.ranked", self.ranked, RANKED)
        axes: dict[str, int] = {}
        for name in ("source", "present", "next", "count"):
            axes = checks.array(f"SkipTrigrams.{name}", getattr(self, name), "entry", axes, kind="whole")
        for name in ("score", "contribution"):
            checks.array(f"SkipTrigrams.{name}", getattr(self, name), "entry", axes)
            check_finite(f"SkipTrigrams.{name}", getattr(self, name))
        named = {*self.source.tolist(), *self.present.tolist(), *self.next.tolist()}
        unnamed = named - set(self.vocabulary)
        if unnamed:
            raise ValueError(f"SkipTrigrams.vocabulary: expected a label for every token, got none for {min(unnamed)}")

    def __repr__(self) -> str:
        return f"SkipTrigrams of head {self.layer}.{self.head}: {len(self.source)}, ranked {self.ranked}"

    def records(self) -> list[dict[str, Any]]:
        """One record an entry: source, present, next (labels), their ids, score, contribution, count."""
        return [
            {
                **{name: self.vocabulary[token] for name, token in tokens.items()},
                **{f"{name}_id": token for name, token in tokens.items()},
                "score": float(self.score[at]),
                "contribution": float(self.contribution[at]),
                "count": int(self.count[at]),
            }
            for at in range(len(self.source))
            for tokens in [{name: int(getattr(self, name)[at]) for name in ("source", "present", "next")}]
        ]

    def table(self) -> Table:
        """The first entries; with "by weights", the score too."""
        weights = self.ranked == "by weights"
        rows = [
            (
                *(quoted(entry[name]) for name in ("source", "present", "next")),
                *([entry["score"]] if weights else []),
                entry["contribution"],
                entry["count"],
            )
            for entry in self.records()
        ]
        head = ("source …", "present", "next", *(["QK × OV"] if weights else []), "nats per 1,000 positions", "count")
        return Table(head, rows, caption=f"{self!r}; counted on {self.text}")
