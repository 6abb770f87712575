"""The next-token prediction read off the residual stream after every write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Ints, Result, TokenIds, check_finite, check_tokens, quoted
from headstream.tables import Table

NORMS = ("own", "final", "none")
MOST_COLUMNS = 8  # of a table


@dataclass(frozen=True, eq=False, repr=False)
class LogitLens(Result):
    """The next-token prediction read off the residual stream after every write.

    Rows are the stream after the embedding, after each attention and after each MLP; the last row is the model's own
    output. Of every distribution only some tokens are held: at each position, all that are among the top `top` of any
    row, with the true next token. A cell's top k are the candidates whose rank there is below k.

    norms: how the final LayerNorm is applied, one name for each entry of the leading axis: "own" (each row scaled by
        its own standard deviation), "final" (each row scaled by the last row's: then rows differ by what was written);
        or ("none",) for a model without LayerNorm.
    rows: labels such as "embedding", "0.attn", "0.mlp". row_layer: [row] int32, the block that wrote last (-1: none).
    candidates: [position, candidate] int32 token ids in the order of the last row, best first, padded with -1.
    log_prob: [norm, row, position, candidate] float32, nats (padding: nan). rank: the same shape, int32; 0 is the top
        token (padding: -1). Of equally probable candidates the lower id ranks higher. Where only the top k of each
        cell came from a model elsewhere, the rank of another candidate is -k, "k or worse", and its log_prob that of
        the last of the k, the most that it can be. The final prediction and the next token have a rank in every cell.
    entropy: [norm, row, position] float32, nats. kl: the same shape: KL(last row ‖ this row), nats.
    next_token: [position] int32, the token that follows in the text (-1 at the last position).
    vocabulary: label of every token id among the candidates.
    token_ids: [position], or None where they are not known.
    first: where in the prompt the positions begin.
    change: [norm, row, position] float32 or None: how much the log probability of the final prediction (the top token
        of the last row) is above that in another lens, nats; see `minus`.
    """

    norms: tuple[str, ...]
    rows: tuple[str, ...]
    row_layer: Ints
    candidates: Ints
    log_prob: Floats
    rank: Ints
    entropy: Floats
    kl: Floats
    next_token: Ints
    vocabulary: dict[int, str]
    tokens: tuple[str, ...]
    top: int
    token_ids: TokenIds | None = None
    change: Floats | None = None
    first: int = 0

    def __post_init__(self) -> None:
        size = check_tokens("LogitLens", self.tokens, self.token_ids)
        checks.labels("LogitLens.rows", self.rows, len(self.rows), "row")
        if not self.rows:
            raise ValueError("LogitLens.rows: expected at least one, got none")
        if not self.norms or not set(self.norms) <= set(NORMS) or len(set(self.norms)) < len(self.norms):
            names = ", ".join(map(repr, NORMS))
            raise ValueError(f"LogitLens.norms: expected different names from {names}, got {self.norms!r}")
        checks.whole("LogitLens.top", self.top, 1)
        checks.whole("LogitLens.first", self.first, 0)
        axes = {"norm": len(self.norms), "row": len(self.rows), "position": size}
        axes = checks.array("LogitLens.candidates", self.candidates, "position, candidate", axes, kind="whole")
        checks.array("LogitLens.row_layer", self.row_layer, "row", axes, kind="whole")
        checks.array("LogitLens.next_token", self.next_token, "position", axes, kind="whole")
        checks.array("LogitLens.log_prob", self.log_prob, "norm, row, position, candidate", axes)
        checks.array("LogitLens.rank", self.rank, "norm, row, position, candidate", axes, kind="whole")
        checks.array("LogitLens.entropy", self.entropy, "norm, row, position", axes)
        checks.array("LogitLens.kl", self.kl, "norm, row, position", axes)
        self._check_candidates()
        check_finite("LogitLens.entropy", self.entropy)
        check_finite("LogitLens.kl", self.kl)
        if self.change is not None:
            checks.array("LogitLens.change", self.change, "norm, row, position", axes)
            check_finite("LogitLens.change", self.change)

    @property
    def final(self) -> Ints:
        """[position] int32: the model's own final prediction, the first of the candidates."""
        first: Ints = self.candidates[:, 0]
        return first

    def minus(self, other: LogitLens) -> LogitLens:
        """This lens with its `change` from another one of the same rows, as of an unchanged run.

        The other must hold this lens' final predictions: `hs.logit_lens(other_run, also=lens.final)`. Raises ValueError
        where it does not, and for one of other rows, norms or length.
        """
        if (self.norms, self.rows, len(self.tokens)) != (other.norms, other.rows, len(other.tokens)):
            raise ValueError("other: expected a lens of the same norms, rows and length, got another one")
        same = other.candidates == self.final[:, None]
        if not same.any(1).all():
            at = int(np.flatnonzero(~same.any(1))[0])
            raise ValueError(
                f"other: expected one that holds {self.vocabulary[int(self.final[at])]!r} at position {at}, got one"
                " without: make it with also=lens.final"
            )
        place = np.arange(len(self.tokens)), same.argmax(1)
        return replace(self, change=self.log_prob[..., 0] - other.log_prob[:, :, *place])

    def _check_candidates(self) -> None:
        held = self.candidates >= 0
        checks.labels("LogitLens.vocabulary", self.vocabulary.values(), len(self.vocabulary), "token")
        unnamed = set(np.unique(self.candidates[held]).tolist()) - set(self.vocabulary)
        if unnamed:
            every = "expected a label for every candidate"
            raise ValueError(f"LogitLens.vocabulary: {every}, got none for token {min(unnamed)}")
        # -1 at a padded place, so that no padding counts as a top token.
        rank = np.where(held, self.rank, -1)
        if (rank[..., held] < -self.top).any() or ((rank == 0).sum(-1) != 1).any():
            raise ValueError(
                f"LogitLens.rank: expected one candidate of rank 0 in every cell, and none below -{self.top}"
            )
        there = self.candidates == self.next_token[:, None]
        if not there.any(-1)[self.next_token >= 0].all():
            raise ValueError("LogitLens.next_token: expected each true next token among the candidates")
        there[:, 0] = True  # the final prediction
        if (rank[..., there & held] < 0).any():
            raise ValueError("LogitLens.rank: expected one for the final prediction and the next token in every cell")
        check_finite("LogitLens.log_prob", self.log_prob[..., held])

    def __repr__(self) -> str:
        sizes = f"{len(self.rows)} rows × {len(self.tokens)} tokens" + (f" from {self.first} on" if self.first else "")
        norms = ", ".join(self.norms)
        return f"LogitLens of {sizes}: the top {self.top} tokens of each cell, final norm: {norms}"

    def records(self) -> list[dict[str, Any]]:
        """One record for each of a cell's `top` tokens: norm, row, layer (None for the embedding), position, token,
        rank, prediction, its id and its log probability.
        """
        cells = np.argwhere((self.candidates >= 0) & (self.rank >= 0) & (self.rank < self.top))
        return [
            {
                "norm": self.norms[norm],
                "row": self.rows[row],
                "layer": int(self.row_layer[row]) if self.row_layer[row] >= 0 else None,
                "position": self.first + position,
                "token": self.tokens[position],
                "rank": int(self.rank[norm, row, position, place]),
                "prediction": self.vocabulary[int(self.candidates[position, place])],
                "prediction_id": int(self.candidates[position, place]),
                "log_probability": float(self.log_prob[norm, row, position, place]),
            }
            for norm, row, position, place in cells.tolist()
        ]

    def table(self) -> Table:
        """The top token of every row, the model's output first, at the last positions; the first norm."""
        shown = range(max(0, len(self.tokens) - MOST_COLUMNS), len(self.tokens))
        held = np.where(self.candidates >= 0, self.rank[0], -1)
        place = (held == 0).argmax(-1)  # [row, position]
        rows = [
            (
                self.rows[row],
                *(quoted(self.vocabulary[int(self.candidates[at, place[row, at]])]) for at in shown),
            )
            for row in reversed(range(len(self.rows)))
        ]
        return Table(("after", *(quoted(self.tokens[at]) for at in shown)), rows, caption=repr(self))
