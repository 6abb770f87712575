"""One head's QK or OV circuit in token space, held low rank, with its largest entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Ints, Result, check_finite, quoted
from headstream.tables import Table

KINDS = ("ov", "qk")
ENDS = {"ov": ("attended to", "written"), "qk": ("query", "key")}


@dataclass(frozen=True, eq=False)
class Entries:
    """Some entries of a circuit, best first.

    row, column: [entry] int32 token ids. value: [entry] float32, the circuit's entries.
    score: [entry] float32, what they are ranked by, largest |score| first.
    """

    row: Ints
    column: Ints
    value: Floats
    score: Floats

    def __post_init__(self) -> None:
        axes = checks.array("Entries.row", self.row, "entry", {}, kind="whole")
        checks.array("Entries.column", self.column, "entry", axes, kind="whole")
        checks.array("Entries.value", self.value, "entry", axes)
        checks.array("Entries.score", self.score, "entry", axes)
        check_finite("Entries.value", self.value)
        check_finite("Entries.score", self.score)


@dataclass(frozen=True, eq=False, repr=False)
class Circuit(Result):
    """One head's circuit in token space: a matrix [d_vocab, d_vocab] that is held as the product of its factors.

    kind: "ov": row, the token attended to; column, the token whose logit is changed (less the mean over the
        vocabulary), by attending with weight 1. "qk": row, the token at the query; column, the token at the key; the
        attention score, divided by √d_head.
    left: [d_vocab, rank] float32. right: [rank, d_vocab] float32. Their product is the circuit.
    by_weights: the entries that are largest in the matrix, ranked by |value|.
    on_text: those that matter on a text, or None where none was given: "ov": ranked by what they add on average, over
        its positions, to the logit of the token that indeed comes next, attention to the row's token times the entry
        of the column's; "qk": by the mean over its positions of the attention that the row's token gives to the
        column's.
    text: what the text is, in words ("" without one).
    blocks: [block, block] float32: the vocabulary cut into so many runs of ids (np.array_split); the entry of largest
        |value| in each.
    by_distance: "qk" in a model that adds positions to its stream: [distance] float32, the mean score of the position
        terms over all places so far apart (query less key, from 0); else None.
    vocabulary: the label of every token id.
    """

    kind: str
    layer: int
    head: int
    left: Floats
    right: Floats
    by_weights: Entries
    on_text: Entries | None
    text: str
    blocks: Floats
    by_distance: Floats | None
    vocabulary: tuple[str, ...]

    def __post_init__(self) -> None:
        checks.choice("Circuit.kind", self.kind, KINDS)
        checks.whole("Circuit.layer", self.layer, 0)
        checks.whole("Circuit.head", self.head, 0)
        axes = {"d_vocab": len(self.vocabulary)}
        axes = checks.array("Circuit.left", self.left, "d_vocab, rank", axes)
        checks.array("Circuit.right", self.right, "rank, d_vocab", axes)
        check_finite("Circuit.left", self.left)
        check_finite("Circuit.right", self.right)
        blocks = {} if not isinstance(self.blocks, np.ndarray) else {"block": len(self.blocks)}
        checks.array("Circuit.blocks", self.blocks, "block, block", blocks)
        if self.by_distance is not None:
            checks.array("Circuit.by_distance", self.by_distance, "distance", {})
            check_finite("Circuit.by_distance", self.by_distance)
        for name, entries in (("by_weights", self.by_weights), ("on_text", self.on_text)):
            for ids in () if entries is None else (entries.row, entries.column):
                if len(ids) and not 0 <= ids.min() <= ids.max() < len(self.vocabulary):
                    raise ValueError(
                        f"Circuit.{name}: expected token ids below {len(self.vocabulary)}, got {ids.max()}"
                    )

    def row(self, token: int) -> Floats:
        """[d_vocab]: the entries of a token's row."""
        found: Floats = self.left[checks.index("token", token, len(self.vocabulary))] @ self.right
        return found

    def column(self, token: int) -> Floats:
        """[d_vocab]: the entries of a token's column."""
        found: Floats = self.left @ self.right[:, checks.index("token", token, len(self.vocabulary))]
        return found

    def part(self, rows: slice, columns: slice) -> Floats:
        """[row, column]: a rectangle of the circuit."""
        found: Floats = self.left[rows] @ self.right[:, columns]
        return found

    def __repr__(self) -> str:
        size = f"{len(self.vocabulary):,}"
        return f"Circuit of head {self.layer}.{self.head}, {self.kind.upper()}: {size} × {size} tokens"

    @property
    def ranked(self) -> Entries:
        """On the text where there is one, else by weights."""
        return self.by_weights if self.on_text is None else self.on_text

    def records(self) -> list[dict[str, Any]]:
        """One record an entry: ranked ("on text" or "by weights"), row, column (labels), their ids, value, score."""
        return [
            {
                "ranked": ranked,
                "row": self.vocabulary[row],
                "column": self.vocabulary[column],
                "row_id": row,
                "column_id": column,
                "value": float(entries.value[at]),
                "score": float(entries.score[at]),
            }
            for ranked, entries in (("on text", self.on_text), ("by weights", self.by_weights))
            if entries is not None
            for at, (row, column) in enumerate(zip(entries.row.tolist(), entries.column.tolist(), strict=True))
        ]

    def table(self) -> Table:
        """The first entries: on the text where there is one."""
        entries = self.ranked
        rows = [
            (quoted(self.vocabulary[row]), quoted(self.vocabulary[column]), float(value), float(score))
            for row, column, value, score in zip(entries.row, entries.column, entries.value, entries.score, strict=True)
        ]
        ranked = "by weights" if self.on_text is None else f"on {self.text}"
        return Table((*ENDS[self.kind], "weight", "score"), rows, caption=f"{self!r}, ranked {ranked}")
