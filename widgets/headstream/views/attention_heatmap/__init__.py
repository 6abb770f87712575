"""Attention patterns: every head of every layer beside one large head, and its weights in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt
import traitlets

from headstream import checks
from headstream.results import Attention, AttentionChange, Roles
from headstream.views.attention_heatmap.long import ALL, LongPattern
from headstream.views.shared.arrays import is_causal, pack_causal, quantised
from headstream.views.shared.asking import AnsweringView
from headstream.views.shared.roles import role_names
from headstream.views.shared.traits import Array, Choice, Flag, Text
from headstream.views.shared.view import TokenView, bundle, token_traits

Precision = Literal["uint8", "float16"]

# A softmax row in float32, or one that went through bfloat16, sums to 1 within this.
ROW_SUM_TOLERANCE = 0.02


class AttentionHeatmap(AnsweringView, TokenView):
    """Draws attention patterns; hover a token or a cell to see what it attends to, and what attends to it, in the text.

    attention: an `Attention` result (as `run.attention`), or an array [layer, head, query, key], [head, query, key] or
        [query, key] of probabilities, rows summing to 1 (the heads of `run.attention_of` stand in one row, and each
        is called by its place in the model); or an `AttentionChange`, how much more is attended than in
        another run (`changed.attention.minus(run.attention)`), which is drawn in two colours.
    tokens: one label a position; an `Attention` brings its own.
    value_norm: [layer, head, key] (without the axes that `attention` lacks), ‖v‖ of each source's value vector;
        it allows `weighting="value"`.
    weighting: "raw" shows p; "value" shows p·‖v‖ / max‖v‖ of the head: a head that rests on a token with a small
        value vector moves nothing ("value-weighted attention" in the framework paper).
    roles: the `Roles` of the same model (as `hs.roles(model)`), so that a head is called "layer 1, head 6, induction".
    precision: "uint8" sends √p in one byte (an error of at most .004 in p), "float16" p in two bytes.
    layer, head, position: what to show first.

    A causal pattern is sent as its lower triangles: as uint8, 12 heads of 512 tokens take 1.58 MB, and about half
    of that deflated. One in which any token attends to a later one is sent whole. A change is sent as float16.
    Of more than 8 MB, as 12 heads of 1,200 tokens take, every head is sent in blocks, each as its largest weight, and
    the head that is shown first weight by weight, as far as 4,096 tokens. A pin on another head, or a zoom in a longer
    text, asks Python for those weights, and so the attention is kept; with no kernel the blocks and what was seen last
    are drawn, and that is said.
    Raises ValueError for a wrong shape, numbers that are not finite, negative weights, or rows that do not sum to 1.
    """

    _esm = bundle("attention_heatmap", "js")
    _css = bundle("attention_heatmap", "css")
    own_keys: ClassVar = {"+ - 0": "in the large pattern: zooms in, out, and back to the whole"}

    pattern = Array("uint8", "float16", help="the weights, [layer, head, weight], row after row; see `packed`, `part`")
    pooled = Array("uint8", "float16", help="[weighting, layer, head, block], the largest in each; or None")
    pool = traitlets.Int(1, read_only=True, help="the side of a block").tag(sync=True)
    part: Any = traitlets.List(read_only=True, help="layer, head, query, key, span of `pattern`").tag(sync=True)
    most = traitlets.Int(1, read_only=True, help="the largest span of a part").tag(sync=True)
    long = traitlets.Instance(LongPattern, allow_none=True, read_only=True, help="what stays in Python of a long text")
    signed = Flag(False, read_only=True, help="whether the weights are changes, from -1 to 1")
    packed = Flag(False, read_only=True, help="whether a row ends on the diagonal")
    value_norm = Array("float32", help="‖v‖, [layer, head, key], or None")
    roles = traitlets.List(Text(), read_only=True, help="one a head, '' for none; or empty").tag(sync=True)
    weighting = Choice(("raw", "value"), "raw", help="raw p, or p·‖v‖")

    def __init__(
        self,
        attention: Any,
        tokens: Sequence[str] | None = None,
        *,
        value_norm: Any = None,
        roles: Roles | None = None,
        precision: Precision = "uint8",
        weighting: Literal["raw", "value"] = "raw",
        layer: int | None = None,
        head: int | None = None,
        position: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(attention, tokens, value_norm=value_norm, roles=roles, precision=precision)
        layers, heads = _heads(drawn)
        pinned = {
            "layer": checks.optional_index("layer", layer, layers),
            "head": checks.optional_index("head", head, heads),
            "position": checks.optional_index("position", position, len(drawn["tokens"])),
        }
        if drawn["long"] is not None and (pinned["layer"] or pinned["head"]):
            drawn |= _opened(drawn["long"], pinned["layer"] or 0, pinned["head"] or 0)
        super().__init__(drawn, pinned, weighting=weighting, **traits)

    @classmethod
    def _drawn(
        cls,
        attention: Any,
        tokens: Sequence[str] | None = None,
        *,
        value_norm: Any = None,
        roles: Roles | None = None,
        precision: Precision = "uint8",
    ) -> dict[str, Any]:
        checks.choice("precision", precision, ("uint8", "float16"))
        token_ids, signed = None, isinstance(attention, AttentionChange)
        if isinstance(attention, AttentionChange):
            tokens = attention.tokens if tokens is None else tokens
            pattern, token_ids, precision = attention.change, attention.token_ids, "float16"
        elif isinstance(attention, Attention):
            tokens = attention.tokens if tokens is None else tokens
            value_norm = attention.value_norm if value_norm is None else value_norm
            # Checked when it was made: a copy of a long one would take another gigabyte.
            pattern, token_ids = attention.pattern.astype(np.float32, copy=False), attention.token_ids
            _some_of_each(pattern)
        else:
            pattern = _checked_pattern(attention)
        layers, heads, length, _ = pattern.shape
        asked = attention.heads if isinstance(attention, Attention) else None
        causal = is_causal(pattern)
        norms = None if value_norm is None else _checked_norms(value_norm, (layers, heads, length))
        drawn = {
            **token_traits(tokens, token_ids, length),
            "packed": causal,
            "signed": signed,
            "roles": role_names(roles, np.ndindex(layers, heads)) if asked is None else _named(roles, asked),
            "value_norm": norms,
        }
        dtype = np.dtype(precision)
        if layers * heads * (length * (length + 1) // 2 if causal else length**2) * dtype.itemsize > ALL:
            scaled = None if norms is None else norms / np.maximum(norms.max(-1, keepdims=True), 1e-30)
            long = LongPattern(pattern, scaled, causal, dtype)
            pooled = {"pooled": long.pooled(), "pool": long.pool, "most": long.most}
            return {**drawn, "long": long, **pooled, **_opened(long)}
        sent = (pack_causal(pattern) if causal else pattern).reshape(layers, heads, -1)
        weights = quantised(sent) if precision == "uint8" else sent.astype(np.float16)
        return {**drawn, "pattern": weights, "pooled": None, "pool": 1, "part": [], "most": 1, "long": None}

    def _answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """The part asked for becomes what is sent and saved, so that it is what was seen last."""
        if self.long is None or set(question) != {"part"}:
            raise ValueError(f"question: expected a part of a long text, got {dict(question)!r}")
        place = self.long.checked(question["part"])
        with self.hold_sync():
            self.set_trait("pattern", self.long.part(place))
            self.set_trait("part", place)
        return {}

    def _settled(self) -> dict[str, Any]:
        return {"weighting": "raw"} if self.value_norm is None else {}

    @traitlets.validate("weighting")
    def _weighting_has_norms(self, proposal: Any) -> str:
        if proposal["value"] == "value" and self.value_norm is None:
            raise ValueError("weighting: 'value' needs value_norm, and none was given")
        return str(proposal["value"])


def _heads(drawn: dict[str, Any]) -> tuple[int, int]:
    """How many layers, and heads in a layer, there are."""
    layers, heads, _ = drawn["pattern"].shape if drawn["long"] is None else drawn["pooled"].shape[1:]
    return layers, heads


def _opened(long: LongPattern, layer: int = 0, head: int = 0) -> dict[str, Any]:
    """A head weight by weight, where it is not too long."""
    length = long.pattern.shape[-1]
    if length > long.most:
        return {"pattern": None, "part": []}
    place = [layer, head, 0, 0, length]
    return {"pattern": long.part(place), "part": place}


def _some_of_each(pattern: npt.NDArray[np.float32]) -> None:
    for axis, size in zip(("layer", "head", "position"), pattern.shape, strict=False):
        if size == 0:
            raise ValueError(f"attention: expected at least one {axis}, got none")


def _checked_pattern(attention: Any) -> npt.NDArray[np.float32]:
    pattern = checks.finite("attention", attention, "an Attention (pass run.attention) or an array of numbers")
    if pattern.ndim not in (2, 3, 4) or pattern.shape[-1] != pattern.shape[-2]:
        raise ValueError(
            "attention: expected [layer, head, query, key], [head, query, key] or [query, key] with as many queries "
            f"as keys, got shape {list(pattern.shape)}"
        )
    pattern = pattern.reshape((1,) * (4 - pattern.ndim) + pattern.shape)
    _some_of_each(pattern)
    if pattern.min() < 0:
        raise ValueError(f"attention: expected probabilities, got the negative weight {pattern.min():.3g}")
    sums = pattern.sum(-1)
    worst = np.unravel_index(np.abs(sums - 1).argmax(), sums.shape)
    if abs(sums[worst] - 1) > ROW_SUM_TOLERANCE:
        layer, head, query = (int(i) for i in worst)
        raise ValueError(
            "attention: expected every row to sum to 1 (weights after the softmax), "
            f"got {sums[worst]:.3g} at layer {layer}, head {head}, query {query}"
        )
    return pattern


def _named(roles: Roles | None, heads: Sequence[tuple[int, int]]) -> list[str]:
    """What each of some heads is in its model, with its role if it has one."""
    names = role_names(roles, heads) or [""] * len(heads)
    return [f"{layer}.{head} of the model {name}".rstrip() for (layer, head), name in zip(heads, names, strict=True)]


def _checked_norms(value_norm: Any, shape: tuple[int, int, int]) -> npt.NDArray[np.float32]:
    norms = checks.finite("value_norm", value_norm)
    expected = shape[3 - norms.ndim :] if norms.ndim <= 3 else shape
    if norms.shape != expected or norms.size != np.prod(shape):
        raise ValueError(f"value_norm: expected [layer, head, key] = {list(shape)}, got {list(norms.shape)}")
    if norms.min() < 0:
        raise ValueError(f"value_norm: expected norms, got the negative number {norms.min():.3g}")
    return norms.reshape(shape)
