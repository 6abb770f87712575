"""Residual bars: what each component of a model adds to one number, as signed bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import numpy as np
import traitlets

from headstream import checks
from headstream.results import Decomposition, Roles
from headstream.views.residual_bars.inputs import (
    ComponentTrait,
    Inputs,
    Labels,
    from_arrays,
    from_result,
    packed_sources,
)
from headstream.views.shared.roles import role_names
from headstream.views.shared.traits import Array, Choice, Flag, Text
from headstream.views.shared.view import TokenView, bundle, token_traits

# With more components than this the heads of a layer are one bar until it is opened.
MANY = 24


class ResidualBars(TokenView):
    """Draws what each component adds to a number at one position; the bars follow the position that is selected.

    values: a `Decomposition` (as from `attribute_logit`), or an array [component] or [component, position].
    labels: for an array, one name a component: a `Component` or a string. "1.6" and "L1H6" are head 6 of layer 1,
        "1.mlp" and "1_mlp_out" the MLP of layer 1, so that they can be grouped and linked; any other string is a name.
    tokens: for an array, one label a position. total: for an array, [position]: what the values should sum to.
    quantity: for an array, what the number is, in words that can follow "the", such as "logit of ' on'".
    additive: for an array, whether the values can be added up; False for norms.
    roles: the `Roles` of the same model (as `hs.roles(model)`), so that a head's bar is called "1.6 induction".
    position, layer, head: what to pin at first. While no position is pinned, this one is shown, else the
        `Decomposition`'s own, else the last. A pinned head is open, and shows what it brings from each token where the
        `Decomposition` has `sources`.
    grouped: the heads of a layer as one bar that opens; by default with more than 24 components. opened: which
        layers are open.
    order: "stream", as the components write, or "size", largest first. cumulative: each bar starts where the last one
        ended.
    show_all: without `grouped`, of more than 24 components the largest are shown; this also shows the others.

    Values and total are sent as float32, sources as lower triangles of float16 (float32 where the largest is below .01
    or above 1,000). Sources above 4 MB are not sent, and an opened head says so.
    Raises ValueError for shapes that do not match, for numbers that are not finite, and for cumulative bars of values
    that cannot be added.
    """

    _esm = bundle("residual_bars", "js")
    _css = bundle("residual_bars", "css")
    own_keys: ClassVar = {"ArrowRight ArrowLeft": "opens a layer or a head, and closes it"}

    values = Array("float32", help="[component, position]")
    total = Array("float32", help="[position], or None")
    total_name = Text(read_only=True, help="what the total is, in words").tag(sync=True)
    sources = Array("float16", "float32", help="[head, T(T+1)/2]: lower triangles of [query, key], or None")
    sources_note = Text(read_only=True, help="why the sources were not sent").tag(sync=True)
    components = traitlets.List(
        traitlets.Dict(), read_only=True, help="label, kind, layer and head of each component"
    ).tag(sync=True)
    quantity = Text(read_only=True, help="what the number is").tag(sync=True)
    additive = Flag(True, read_only=True, help="whether the values can be added up")
    default_position = traitlets.Int(read_only=True, help="the position shown while none is selected").tag(sync=True)
    grouped = Flag(False, help="a layer's heads as one bar")
    order = Choice(["stream", "size"], "stream", help="the order of the bars")
    cumulative = Flag(False, help="each bar starts where the last one ended")
    opened = traitlets.Any([], help="layers whose heads are shown").tag(sync=True)
    show_all = Flag(False, help="whether the small bars are shown one by one")

    def __init__(
        self,
        values: Any,
        labels: Labels | None = None,
        tokens: Sequence[str] | None = None,
        *,
        total: Any = None,
        quantity: str | None = None,
        additive: bool | None = None,
        roles: Roles | None = None,
        position: int | None = None,
        layer: int | None = None,
        head: int | None = None,
        grouped: bool | None = None,
        order: Literal["stream", "size"] = "stream",
        cumulative: bool = False,
        opened: Sequence[int] = (),
        show_all: bool = False,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(values, labels, tokens, total=total, quantity=quantity, additive=additive, roles=roles)
        place = checks.optional_index("position", position, len(drawn["tokens"]))
        if place is not None:
            # Shown also when it is let go, and in a selection where no position is pinned.
            drawn["default_position"] = place
        pinned = {
            "position": place,
            "layer": checks.optional_index("layer", layer, _count(drawn["components"], "layer")),
            "head": checks.optional_index("head", head, _count(drawn["components"], "head")),
        }
        super().__init__(
            drawn,
            pinned,
            grouped=len(drawn["components"]) > MANY if grouped is None else grouped,
            order=order,
            cumulative=cumulative,
            opened=opened,
            show_all=show_all,
            **traits,
        )

    @classmethod
    def _drawn(
        cls,
        values: Any,
        labels: Labels | None = None,
        tokens: Sequence[str] | None = None,
        *,
        total: Any = None,
        quantity: str | None = None,
        additive: bool | None = None,
        roles: Roles | None = None,
    ) -> dict[str, Any]:
        given = {"labels": labels, "tokens": tokens, "total": total, "quantity": quantity, "additive": additive}
        inputs = _inputs(values, given)
        length = inputs.values.shape[1]
        heads = sum(one["kind"] == "head" for one in inputs.components) if isinstance(values, Decomposition) else 0
        sources, note = packed_sources(inputs.sources, heads, length)
        return {
            **token_traits(inputs.tokens, inputs.token_ids, length),
            "values": inputs.values,
            "total": inputs.total,
            "total_name": inputs.total_name,
            "sources": sources,
            "sources_note": note,
            "components": _with_roles(inputs.components, roles),
            "quantity": inputs.quantity,
            "additive": inputs.additive,
            "default_position": checks.index("position", inputs.position, length),
        }

    def _settled(self) -> dict[str, Any]:
        layers = _count(self.components, "layer")
        return {
            "cumulative": self.cumulative and self.additive,
            "opened": [layer for layer in self.opened if layer < layers],
        }

    @traitlets.validate("cumulative")
    def _cumulative_can_be_added(self, proposal: Any) -> bool:
        cumulative: bool = proposal["value"]
        if cumulative and not self.additive:
            raise ValueError("cumulative: these values do not add up to a total, so their bars cannot be stacked")
        return cumulative

    @traitlets.validate("opened")
    def _opened_are_layers(self, proposal: Any) -> list[int]:
        layers = _count(self.components, "layer")
        given = checks.items("opened", proposal["value"], "a list of layers")
        return [checks.index("opened", layer, layers) for layer in given]


def _count(components: Sequence[Any], field: str) -> int:
    """How many layers, or heads in a layer, there are."""
    return max((component[field] for component in components if component[field] is not None), default=-1) + 1


def _with_roles(components: list[ComponentTrait], roles: Roles | None) -> list[ComponentTrait]:
    if roles is None:
        return components
    heads = [(c["layer"], c["head"]) for c in components if c["layer"] is not None and c["head"] is not None]
    labels = {"{}.{}".format(*head): name for head, name in zip(heads, role_names(roles, heads), strict=True)}
    return [{**c, "label": f"{c['label']} {labels.get(c['label'], '')}".rstrip()} for c in components]


def _inputs(values: Any, given: dict[str, Any]) -> Inputs:
    if not isinstance(values, Decomposition):
        given["quantity"] = "total" if given["quantity"] is None else given["quantity"]
        given["additive"] = True if given["additive"] is None else given["additive"]
        for name, kind, expected in (("quantity", str, "a string"), ("additive", (bool, np.bool_), "True or False")):
            if not isinstance(given[name], kind):
                raise TypeError(f"{name}: expected {expected}, got {type(given[name]).__name__}")
        return from_arrays(values, **given)
    for name, argument in given.items():
        if argument is not None:
            raise TypeError(f"{name}: a Decomposition brings its own")
    return from_result(values)
