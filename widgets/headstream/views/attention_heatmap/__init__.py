"""Attention patterns: every head of every layer beside one large head, and its weights in the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt
import traitlets

from headstream import checks
from headstream.results import Attention, AttentionChange, Roles
from headstream.views.shared.arrays import is_causal, pack_causal, quantised
from headstream.views.shared.roles import role_names
from headstream.views.shared.traits import Array, Choice, Flag, Text
from headstream.views.shared.view import TokenView, bundle, token_traits

Precision = Literal["uint8", "float16"]

# A softmax row in float32, or one that went through bfloat16, sums to 1 within this.
ROW_SUM_TOLERANCE = 0.02


class AttentionHeatmap(TokenView):
    """Draws attention patterns; hover a token or a cell to see what it attends to, and what attends to it, in the text.

    attention: an `Attention` result (as `run.attention`), or an array [layer, head, query, key], [head, query, key] or
        [query, key] of probabilities, rows summing to 1; or an `AttentionChange`, how much more is attended than in
        another run (`changed.attention.minus(run.attention)`), which is drawn in two colours.
    tokens: one label a position; an `Attention` brings its own.
    value_norm: [layer, head, key] (without the axes that `attention` lacks), ‖v‖ of each source's value vector;
        it allows `weighting="value"`.
    weighting: "raw" shows p; "value" shows p·‖v‖ / max‖v‖ of the head: a head that rests on a token with a small
        value vector moves nothing ("value-weighted attention" in the framework paper).
    roles: the `Roles` of the same model (as `hs.roles(model)`), so that a head is called "layer 1, head 6, induction".
    precision: "uint8" sends √p in one byte (an error of at most .004 in p), "float16" p in two bytes.
    layer, head, position: what to show first.

    A causal pattern is sent as its lower triangles: as uint8, 12 heads of 512 tokens take 1.58 MB. One in which any
    token attends to a later one is sent whole: 3.15 MB. A change is sent as float16.
    Raises ValueError for a wrong shape, numbers that are not finite, negative weights, or rows that do not sum to 1.
    """

    _esm = bundle("attention_heatmap", "js")
    _css = bundle("attention_heatmap", "css")
    own_keys: ClassVar = {"+ - 0": "in the large pattern: zooms in, out, and back to the whole"}

    pattern = Array("uint8", "float16", help="the weights, [layer, head, weight], row after row; see `packed`")
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
        layers, heads, _ = drawn["pattern"].shape
        pinned = {
            "layer": checks.optional_index("layer", layer, layers),
            "head": checks.optional_index("head", head, heads),
            "position": checks.optional_index("position", position, len(drawn["tokens"])),
        }
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
            pattern, token_ids = _checked_pattern(attention.pattern), attention.token_ids
        else:
            pattern = _checked_pattern(attention)
        layers, heads, length, _ = pattern.shape
        causal = is_causal(pattern)
        sent = (pack_causal(pattern) if causal else pattern).reshape(layers, heads, -1)
        return {
            **token_traits(tokens, token_ids, length),
            "pattern": quantised(sent) if precision == "uint8" else sent.astype(np.float16),
            "packed": causal,
            "signed": signed,
            "roles": role_names(roles, np.ndindex(layers, heads)),
            "value_norm": None if value_norm is None else _checked_norms(value_norm, (layers, heads, length)),
        }

    def _settled(self) -> dict[str, Any]:
        return {"weighting": "raw"} if self.value_norm is None else {}

    @traitlets.validate("weighting")
    def _weighting_has_norms(self, proposal: Any) -> str:
        if proposal["value"] == "value" and self.value_norm is None:
            raise ValueError("weighting: 'value' needs value_norm, and none was given")
        return str(proposal["value"])


def _checked_pattern(attention: Any) -> npt.NDArray[np.float32]:
    pattern = checks.finite("attention", attention, "an Attention (pass run.attention) or an array of numbers")
    if pattern.ndim not in (2, 3, 4) or pattern.shape[-1] != pattern.shape[-2]:
        raise ValueError(
            "attention: expected [layer, head, query, key], [head, query, key] or [query, key] with as many queries "
            f"as keys, got shape {list(pattern.shape)}"
        )
    pattern = pattern.reshape((1,) * (4 - pattern.ndim) + pattern.shape)
    for axis, size in zip(("layer", "head", "position"), pattern.shape, strict=False):
        if size == 0:
            raise ValueError(f"attention: expected at least one {axis}, got none")
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


def _checked_norms(value_norm: Any, shape: tuple[int, int, int]) -> npt.NDArray[np.float32]:
    norms = checks.finite("value_norm", value_norm)
    expected = shape[3 - norms.ndim :] if norms.ndim <= 3 else shape
    if norms.shape != expected or norms.size != np.prod(shape):
        raise ValueError(f"value_norm: expected [layer, head, key] = {list(shape)}, got {list(norms.shape)}")
    if norms.min() < 0:
        raise ValueError(f"value_norm: expected norms, got the negative number {norms.min():.3g}")
    return norms.reshape(shape)
