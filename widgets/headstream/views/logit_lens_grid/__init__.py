"""The logit lens: the top token of every row of the stream at every position."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np
import traitlets

from headstream import checks
from headstream.results import LogitLens
from headstream.results.lens import NORMS
from headstream.views.shared.traits import Array, Choice, Text
from headstream.views.shared.view import TokenView, bundle, token_traits

Color = Literal["final_rank", "final_probability", "next_rank", "entropy", "kl", "change"]
COLORS = ("final_rank", "final_probability", "next_rank", "entropy", "kl", "change")
MAX_PINS = 5


class LogitLensGrid(TokenView):
    """Draws a `LogitLens`: rows are the stream after each write, columns are positions, cells show the top token.

    The first row, the embedding, is at the bottom and the model's output at the top, as residual streams are usually
    drawn. Hover a cell for its top tokens; pin it to compare its token's trajectory through the rows with others.
    Rank 0 is the top token; entropy and KL(last row ‖ row) are in nats.

    lens: a `LogitLens`, as `hs.logit_lens(run)` returns.
    color: what the cells' colour stands for: the rank or probability of the final prediction (the top token of the
        last row), the rank of the true next token, the entropy, KL(last row ‖ row), or the `change` of a lens that has
        one, which it then is by default.
    norm: how the final LayerNorm is applied, one of `lens.norms` (default: the first).
    trajectory: "rank" (log scale) or "probability", what is plotted through the rows.
    row, position: the cell to pin first; negative numbers count from the end.
    pins: up to five trajectories to compare, a list of (position, token id).

    A pin in the view sets `selection.layer` (None for the embedding), `.position` and `.token`, `row` and `pins`.
    Sent: log probabilities as float16 (within .2 % of every probability above .0004; two decimals are shown) and ranks
    as uint16 (int32 where one needs it), for the candidates of each position only. Where a lens came from elsewhere, a
    token that is not among the top of a cell has a bound there, "≥ 5", and is plotted at it.

    Raises TypeError when `lens` is not a LogitLens, ValueError for settings that it has not.
    """

    _esm = bundle("logit_lens_grid", "js")
    _css = bundle("logit_lens_grid", "css")
    own_keys: ClassVar = {"PageUp PageDown": "to the columns that do not fit"}

    rows = traitlets.List(Text(), read_only=True, help="labels, the embedding first").tag(sync=True)
    row_layer = traitlets.List(traitlets.Int(), read_only=True, help="the block that wrote last, -1 for none").tag(
        sync=True
    )
    norms = traitlets.List(Text(), read_only=True, help="the entries of the arrays' leading axis").tag(sync=True)
    vocabulary = traitlets.Dict(Text(), read_only=True, help="label of every candidate, by its id").tag(sync=True)
    starts = Array("int32", help="[position + 1], where each position's candidates begin and end in `ids`")
    ids = Array("int32", help="[candidate], token ids, position after position")
    log_prob = Array("float16", help="[norm, row, candidate], nats")
    rank = Array("uint16", "int32", help="[norm, row, candidate], 0 is the top token; -k: k or worse")
    entropy = Array("float32", help="[norm, row, position], nats")
    kl = Array("float32", help="KL(last row ‖ row), [norm, row, position], nats")
    change = Array("float32", help="[norm, row, position], nats, or None")
    next_token = Array("int32", help="[position], -1 where nothing follows")
    top = traitlets.Int(read_only=True, help="how many tokens of a cell are listed").tag(sync=True)
    first = traitlets.Int(read_only=True, help="where in the prompt the positions begin").tag(sync=True)

    color = Choice(COLORS, "final_rank", help="what the cells' colour stands for")
    norm = Choice(NORMS, "own", help="how the final LayerNorm is applied, one of `norms`")
    trajectory = Choice(["rank", "probability"], "rank", help="what is plotted")
    row: Any = traitlets.Any(None, help="the pinned cell's row").tag(sync=True)
    pins: Any = traitlets.Any(help="(position, token id) of every pinned trajectory").tag(sync=True)

    def __init__(
        self,
        lens: LogitLens,
        *,
        color: Color | None = None,
        norm: Literal["own", "final", "none"] | None = None,
        trajectory: Literal["rank", "probability"] = "rank",
        row: int | None = None,
        position: int | None = None,
        pins: Any = (),
        **traits: Any,
    ) -> None:
        drawn = self._drawn(lens)
        row = checks.optional_index("row", row, len(drawn["rows"]))
        layer = None if row is None or drawn["row_layer"][row] < 0 else drawn["row_layer"][row]
        super().__init__(
            drawn,
            {"layer": layer, "position": checks.optional_index("position", position, len(drawn["tokens"]))},
            color=("final_rank" if lens.change is None else "change") if color is None else color,
            norm=drawn["norms"][0] if norm is None else norm,
            trajectory=trajectory,
            row=row,
            pins=pins,
            **traits,
        )

    @classmethod
    def _drawn(cls, lens: LogitLens) -> dict[str, Any]:
        if not isinstance(lens, LogitLens):
            raise TypeError(f"lens: expected a LogitLens (pass hs.logit_lens(run)), got {type(lens).__name__}")
        # Its candidates, position after position, without the padding.
        held = lens.candidates >= 0
        ids, rank = lens.candidates[held], lens.rank[..., held]
        return {
            **token_traits(lens.tokens, lens.token_ids, len(lens.tokens)),
            "rows": list(lens.rows),
            "row_layer": lens.row_layer.tolist(),
            "norms": list(lens.norms),
            "top": int(lens.top),
            "first": int(lens.first),
            # JSON's keys are strings.
            "vocabulary": {str(token): lens.vocabulary[token] for token in np.unique(ids).tolist()},
            "starts": np.append(0, held.sum(-1).cumsum()).astype(np.int32),
            "ids": ids.astype(np.int32),
            # What float16 cannot hold is a probability of 0 as well.
            "log_prob": lens.log_prob[..., held].clip(-60000).astype(np.float16),
            "rank": rank.astype(np.uint16 if rank.min() >= 0 and rank.max() < 2**16 else np.int32),
            "entropy": lens.entropy.astype(np.float32),
            "kl": lens.kl.astype(np.float32),
            "change": None if lens.change is None else lens.change.astype(np.float32),
            "next_token": lens.next_token.astype(np.int32),
        }

    def _settled(self) -> dict[str, Any]:
        return {
            "color": "final_rank" if self.color == "change" and self.change is None else self.color,
            "norm": self.norm if self.norm in self.norms else self.norms[0],
            "row": self.row if self.row is not None and self.row < len(self.rows) else None,
            "pins": [pin for pin in self.pins if self._is_candidate(*pin)],
        }

    def _is_candidate(self, position: int, token: Any) -> bool:
        if position >= len(self.tokens):
            return False
        return bool((self.ids[self.starts[position] : self.starts[position + 1]] == token).any())

    @traitlets.validate("color")
    def _change_is_there(self, proposal: Any) -> Any:
        if proposal["value"] == "change" and self.change is None:
            raise ValueError("color: 'change' needs a lens that has one (lens.minus(other)), and this has none")
        return proposal["value"]

    @traitlets.validate("norm")
    def _norm_is_there(self, proposal: Any) -> Any:
        return checks.choice("norm", proposal["value"], self.norms)

    @traitlets.validate("row")
    def _row_is_there(self, proposal: Any) -> int | None:
        return checks.optional_index("row", proposal["value"], len(self.rows))

    @traitlets.validate("pins")
    def _pins_are_there(self, proposal: Any) -> list[list[int]]:
        pins = []
        for pin in checks.items("pins", proposal["value"], "pairs (position, token id)"):
            if not isinstance(pin, (list, tuple)) or len(pin) != 2:
                raise ValueError(f"pins: expected pairs (position, token id), got {pin!r}")
            position = checks.index("pins: position", pin[0], len(self.tokens))
            if not self._is_candidate(position, pin[1]):
                raise ValueError(
                    f"pins: expected a token among the top {self.top} of some row at position {position}, or the next "
                    f"token, got {pin[1]!r}"
                )
            pins.append([position, int(pin[1])])
        if len(pins) > MAX_PINS:
            raise ValueError(f"pins: expected at most {MAX_PINS}, got {len(pins)}")
        return pins
