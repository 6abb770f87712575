"""The logit lens: the top token of every row of the stream at every position."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import traitlets

from headstream.results import LogitLens
from headstream.views.shared.arrays import Array, as_numpy
from headstream.views.shared.view import Text, View, as_list, bundle, checked_index, checked_labels, checked_tokens

Color = Literal["final_rank", "final_probability", "next_rank", "entropy", "kl"]
COLORS = ("final_rank", "final_probability", "next_rank", "entropy", "kl")
NORMS = ("own", "final", "none")
MAX_PINS = 5


class LogitLensGrid(View):
    """Draws a `LogitLens`: rows are the stream after each write, columns are positions, cells show the top token.

    The first row, the embedding, is at the bottom and the model's output at the top, as residual streams are usually
    drawn. Hover a cell for its top tokens; pin it to compare its token's trajectory through the rows with others.
    Rank 0 is the top token; entropy and KL(last row ‖ row) are in nats.

    lens: a `LogitLens`, as `hs.logit_lens(run)` returns.
    color: what the cells' colour stands for: the rank or probability of the final prediction (the top token of the
        last row), the rank of the true next token, the entropy, or KL(last row ‖ row).
    norm: how the final LayerNorm is applied, one of `lens.norms` (default: the first).
    trajectory: "rank" (log scale) or "probability", what is plotted through the rows.
    row, position: the cell to pin first; negative numbers count from the end.
    pins: up to five trajectories to compare, a list of (position, token id).

    A pin in the view sets `selection.layer` (None for the embedding), `.position` and `.token`, `row` and `pins`.
    Sent: log probabilities as float16 (within .2 % of every probability above .0004; two decimals are shown) and ranks
    as uint16 (int32 where one needs it), for the candidates of each position only.

    Raises TypeError when `lens` is not a LogitLens, ValueError when its arrays do not fit together.
    """

    _esm = bundle("logit_lens_grid", "js")
    _css = bundle("logit_lens_grid", "css")

    rows = traitlets.List(Text(), read_only=True, help="labels, the embedding first").tag(sync=True)
    row_layer = traitlets.List(traitlets.Int(), read_only=True, help="the block that wrote last, -1 for none").tag(
        sync=True
    )
    norms = traitlets.List(Text(), read_only=True, help="the entries of the arrays' leading axis").tag(sync=True)
    vocabulary = traitlets.Dict(Text(), read_only=True, help="label of every candidate, by its id").tag(sync=True)
    starts = Array("int32", help="[position + 1], where each position's candidates begin and end in `ids`")
    ids = Array("int32", help="[candidate], token ids, position after position")
    log_prob = Array("float16", help="[norm, row, candidate], nats")
    rank = Array("uint16", "int32", help="[norm, row, candidate], 0 is the top token")
    entropy = Array("float32", help="[norm, row, position], nats")
    kl = Array("float32", help="KL(last row ‖ row), [norm, row, position], nats")
    next_token = Array("int32", help="[position], -1 where nothing follows")
    top = traitlets.Int(read_only=True, help="how many tokens of a cell are listed").tag(sync=True)

    color = traitlets.Enum(COLORS, "final_rank", help="what the cells' colour stands for").tag(sync=True)
    norm = traitlets.Enum(NORMS, "own", help="how the final LayerNorm is applied, one of `norms`").tag(sync=True)
    trajectory = traitlets.Enum(["rank", "probability"], "rank", help="what is plotted").tag(sync=True)
    row = traitlets.Int(None, allow_none=True, help="the pinned cell's row").tag(sync=True)
    pins: Any = traitlets.List(help="(position, token id) of every pinned trajectory").tag(sync=True)

    def __init__(
        self,
        lens: LogitLens,
        *,
        color: Color = "final_rank",
        norm: Literal["own", "final", "none"] | None = None,
        trajectory: Literal["rank", "probability"] = "rank",
        row: int | None = None,
        position: int | None = None,
        pins: Any = (),
        **traits: Any,
    ) -> None:
        if not isinstance(lens, LogitLens):
            raise TypeError(f"lens: expected a LogitLens (pass hs.logit_lens(run)), got {type(lens).__name__}")
        arrays = _checked(lens)
        chosen = lens.norms[0] if norm is None else norm
        for value, choices, name in (
            (color, COLORS, "color"),
            (chosen, lens.norms, "norm"),
            (trajectory, ("rank", "probability"), "trajectory"),
        ):
            if value not in choices:
                raise ValueError(f"{name}: expected {' or '.join(map(repr, choices))}, got {value!r}")
        row = checked_index(row, len(lens.rows), "row")
        layer = None if row is None or lens.row_layer[row] < 0 else int(lens.row_layer[row])
        super().__init__(
            layer=layer,
            position=checked_index(position, len(lens.tokens), "position"),
            tokens=checked_tokens(lens.tokens, len(lens.tokens)),
            rows=list(lens.rows),
            row_layer=[int(layer) for layer in lens.row_layer],
            norms=list(lens.norms),
            top=int(lens.top),
            color=color,
            norm=chosen,
            trajectory=trajectory,
            row=row,
            pins=as_list(pins, "pins", "pairs (position, token id)"),
            **arrays,
            **traits,
        )

    @traitlets.validate("norm")
    def _norm_is_there(self, proposal: Any) -> str:
        value = str(proposal["value"])
        if self.norms and value not in self.norms:
            raise traitlets.TraitError(f"norm: expected {' or '.join(map(repr, self.norms))}, got {value!r}")
        return value

    @traitlets.validate("row")
    def _row_is_there(self, proposal: Any) -> int | None:
        return checked_index(proposal["value"], len(self.rows), "row")

    @traitlets.validate("pins")
    def _pins_are_there(self, proposal: Any) -> list[list[int]]:
        pins = []
        for pin in proposal["value"]:
            if not isinstance(pin, (list, tuple)) or len(pin) != 2:
                raise ValueError(f"pins: expected pairs (position, token id), got {pin!r}")
            position = checked_index(pin[0], len(self.tokens), "pins: position")
            if position is None or pin[1] not in self.ids[self.starts[position] : self.starts[position + 1]]:
                raise ValueError(
                    f"pins: expected a token among the top {self.top} of some row at position {position}, or the next "
                    f"token, got {pin[1]!r}"
                )
            pins.append([position, int(pin[1])])
        if len(pins) > MAX_PINS:
            raise ValueError(f"pins: expected at most {MAX_PINS}, got {len(pins)}")
        return pins


def _checked(lens: LogitLens) -> dict[str, Any]:
    """The arrays as they are sent. Raises ValueError when they do not fit together."""
    rows, positions = len(lens.rows), len(lens.tokens)
    if not rows or not positions:
        raise ValueError(f"lens: expected at least one row and one position, got {rows} and {positions}")
    if lens.top < 1:
        raise ValueError(f"lens.top: expected 1 or more, got {lens.top}")
    if not lens.norms or not set(lens.norms) <= set(NORMS) or len(set(lens.norms)) < len(lens.norms):
        raise ValueError(f"lens.norms: expected names from {', '.join(map(repr, NORMS))}, got {lens.norms!r}")
    candidates = _whole(lens.candidates, "candidates")
    width = candidates.shape[-1] if candidates.ndim == 2 else 0
    cells = (len(lens.norms), rows, positions)
    rank = _whole(lens.rank, "rank")
    next_token = _whole(lens.next_token, "next_token")
    for name, array, expected in (
        ("row_layer", _whole(lens.row_layer, "row_layer"), (rows,)),
        ("candidates", candidates, (positions, width)),
        ("log_prob", lens.log_prob, (*cells, width)),
        ("rank", rank, (*cells, width)),
        ("entropy", lens.entropy, cells),
        ("kl", lens.kl, cells),
        ("next_token", next_token, (positions,)),
    ):
        if np.shape(array) != expected:
            raise ValueError(f"lens.{name}: expected shape {list(expected)}, got {list(np.shape(array))}")
    held = candidates >= 0
    ids = candidates[held]
    missing = sorted(set(ids.tolist()) - set(lens.vocabulary))
    if missing:
        raise ValueError(f"lens.vocabulary: expected a label for every candidate, got none for token {missing[0]}")
    kept = rank[..., held]
    # -1 at a padded place, so that no padding counts as a top token.
    if kept.min(initial=0) < 0 or ((np.where(held, rank, -1) == 0).sum(-1) != 1).any():
        raise ValueError("lens.rank: expected exactly one candidate of rank 0 in every cell, and no negative rank")
    followed = next_token >= 0
    if not (candidates == next_token[:, None]).any(-1)[followed].all():
        raise ValueError("lens.next_token: expected every next token to be among its position's candidates")
    known = np.unique(ids).tolist()
    labels = checked_labels([lens.vocabulary[token] for token in known], len(known), "lens.vocabulary", "token")
    # What float16 cannot hold is a probability of 0 as well.
    log_prob = as_numpy(np.asarray(lens.log_prob)[..., held], "lens.log_prob").clip(-60000)
    return {
        "vocabulary": dict(zip(map(str, known), labels, strict=True)),
        "starts": np.append(0, held.sum(-1).cumsum()).astype(np.int32),
        "ids": ids.astype(np.int32),
        "log_prob": log_prob.astype(np.float16),
        "rank": kept.astype(np.uint16 if kept.max() < 2**16 else np.int32),
        "entropy": as_numpy(lens.entropy, "lens.entropy"),
        "kl": as_numpy(lens.kl, "lens.kl"),
        "next_token": next_token.astype(np.int32),
    }


def _whole(values: Any, name: str) -> npt.NDArray[Any]:
    array = np.asarray(values)
    if array.dtype.kind not in "iu":
        raise ValueError(f"lens.{name}: expected whole numbers, got {array.dtype}")
    return array
