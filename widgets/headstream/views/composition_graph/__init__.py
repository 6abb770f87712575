"""Composition graph: heads in rows of layers, and what later ones read of what earlier ones write."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from headstream import checks
from headstream.results import Attention, Composition, Roles
from headstream.views.shared.arrays import is_causal, pack_causal, quantised
from headstream.views.shared.roles import role_names
from headstream.views.shared.traits import Array, Flag, Number, Text
from headstream.views.shared.view import TokenView, bundle, token_traits

# Edges that are shown where no threshold is given.
FIRST = 12


class CompositionGraph(TokenView):
    """Draws how heads compose: an edge where a head reads, as query, key or value, more of what an earlier head writes
    than of a stream turned at random. Click one to see its virtual head, a head to see all that it reads and feeds.

    composition: a `Composition` result (as `hs.composition(model)`).
    attention: an `Attention` of the same model (as `run.attention`); then an edge shows the patterns of its two heads
        and their product, the pattern of the virtual head. Its tokens make the view one of this text.
    roles: a `Roles` of the same model (as `hs.roles(model)`); then heads are labelled with what they do.
    threshold: how far above its null a score is drawn as an edge; None shows about a dozen. What is not 3 standard
        deviations of the null above it is never drawn, nor more than the 150 strongest at once.
    q, k, v: whether edges of Q-, K- and V-composition are drawn.
    layer, head: the head to show first. to_layer, to_head: the later head at the end of an edge from it.

    Only pairs of heads in an earlier and a later layer are sent: 419 KB for 12 layers of 12 heads, and attention as
    `AttentionHeatmap` sends it.
    Raises ValueError where attention or roles are of a model that lacks heads of the composition.
    """

    _esm = bundle("composition_graph", "js")
    _css = bundle("composition_graph", "css")

    heads = Array("int32", help="[head, 2], the layer and the head in it")
    scores = Array(
        "float32", help="[read, pair], every pair from an earlier to a later layer, by `heads` row after row"
    )
    null = Array("float32", help="[read × pair], mean of the score's null")
    null_sd = Array("float32", help="[read × pair], its standard deviation")
    copying = Array("float32", help="[pair], of the virtual head's OV circuit")
    matching = Array("float32", help="[pair], of its QK circuit with the key read through the earlier head")
    roles = traitlets.List(Text(), read_only=True, help="one a head, '' for none; or empty").tag(sync=True)
    pattern = Array("uint8", help="attention weights, [layer, head, weight], row after row, or None; see `packed`")
    packed = Flag(False, read_only=True, help="whether a row ends on the diagonal")
    threshold = Number(0, least=0, most=1, help="how far above its null an edge's score is")
    q = Flag(True, help="whether Q-composition is drawn")
    k = Flag(True, help="whether K-composition is drawn")
    v = Flag(True, help="whether V-composition is drawn")

    def __init__(
        self,
        composition: Any,
        attention: Any = None,
        roles: Roles | None = None,
        *,
        threshold: float | None = None,
        q: bool = True,
        k: bool = True,
        v: bool = True,
        layer: int | None = None,
        head: int | None = None,
        to_layer: int | None = None,
        to_head: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(composition, attention, roles)
        layers, heads = (int(size) for size in drawn["heads"].max(0) + 1)
        pinned = {
            "layer": checks.optional_index("layer", layer, layers),
            "head": checks.optional_index("head", head, heads),
            "to_layer": checks.optional_index("to_layer", to_layer, layers),
            "to_head": checks.optional_index("to_head", to_head, heads),
        }
        if threshold is None:
            threshold = _threshold(composition)
        super().__init__(drawn, pinned, threshold=threshold, q=q, k=k, v=v, **traits)

    @classmethod
    def _drawn(cls, composition: Any, attention: Any = None, roles: Roles | None = None) -> dict[str, Any]:
        if not isinstance(composition, Composition):
            expected = "a Composition (pass hs.composition(model))"
            raise TypeError(f"composition: expected {expected}, got {type(composition).__name__}")
        if not composition.heads:
            raise ValueError("composition: expected at least one head, got none")
        heads = np.array(composition.heads, np.int32)
        pairs = heads[:, None, 0] < heads[None, :, 0]
        return {
            "heads": heads,
            **{name: getattr(composition, name)[:, pairs].ravel() for name in ("scores", "null", "null_sd")},
            **{name: getattr(composition, name)[pairs] for name in ("copying", "matching")},
            "roles": role_names(roles, heads.tolist()),
            **_attention_traits(attention, heads),
        }


def _threshold(composition: Composition) -> float:
    """That of about a dozen edges, in thousandths."""
    excess = composition.excess[np.isfinite(composition.excess)]
    least = np.sort(excess)[-FIRST:]
    return float(max(0, np.floor(1000 * least[0]) / 1000)) if least.size else 0.0


def _attention_traits(attention: Any, heads: Any) -> dict[str, Any]:
    if attention is None:
        return {"tokens": [], "token_ids": None, "pattern": None, "packed": False}
    if not isinstance(attention, Attention):
        raise TypeError(f"attention: expected an Attention (pass run.attention), got {type(attention).__name__}")
    layers, count, length, _ = attention.pattern.shape
    _check_heads("attention", (layers, count), heads)
    causal = is_causal(attention.pattern)
    sent = (pack_causal(attention.pattern) if causal else attention.pattern).reshape(layers, count, -1)
    tokens = token_traits(attention.tokens, attention.token_ids, length)
    return {**tokens, "pattern": quantised(sent), "packed": causal}


def _check_heads(name: str, shape: tuple[int, ...], heads: Any) -> None:
    if (heads.max(0) >= shape).any():
        layer, head = (int(index) for index in heads[(heads >= shape).any(1)][0])
        raise ValueError(
            f"{name}: expected one of the composition's model, which has a head {layer}.{head}, "
            f"got {shape[0]} layers × {shape[1]} heads"
        )
