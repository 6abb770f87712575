"""Residual bars: what each component of a model adds to one number, as signed bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import traitlets

from headstream.results import Decomposition
from headstream.views.residual_bars.inputs import Inputs, Labels, from_arrays, from_result, packed_sources
from headstream.views.shared.arrays import Array
from headstream.views.shared.view import Text, View, as_list, bundle, checked_index

# With more components than this the heads of a layer are one bar until it is opened.
MANY = 24


class ResidualBars(View):
    """Draws what each component adds to a number at one position; the bars follow the position that is selected.

    values: a `Decomposition` (as from `attribute_logit`), or an array [component] or [component, position].
    labels: for an array, one name a component: a `Component` or a string. "1.6" and "L1H6" are head 6 of layer 1,
        "1.mlp" and "1_mlp_out" the MLP of layer 1, so that they can be grouped and linked; any other string is a name.
    tokens: for an array, one label a position. total: for an array, [position]: what the values should sum to.
    quantity: for an array, what the number is, in words that can follow "the", such as "logit of ' on'".
    additive: for an array, whether the values can be added up; False for norms.
    position, layer, head: what to show first; the last position unless a `Decomposition` says otherwise. A selected
        head is open, and shows what it brings from each token where the `Decomposition` has `sources`.
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

    values = Array("float32", help="[component, position]")
    total = Array("float32", help="[position], or None")
    total_name = Text(read_only=True, help="what the total is, in words").tag(sync=True)
    sources = Array("float16", "float32", help="[head, T(T+1)/2]: lower triangles of [query, key], or None")
    sources_note = Text(read_only=True, help="why the sources were not sent").tag(sync=True)
    components = traitlets.List(
        traitlets.Dict(), read_only=True, help="label, kind, layer and head of each component"
    ).tag(sync=True)
    quantity = Text(read_only=True, help="what the number is").tag(sync=True)
    additive = traitlets.Bool(True, read_only=True, help="whether the values can be added up").tag(sync=True)
    default_position = traitlets.Int(read_only=True, help="the position shown while none is selected").tag(sync=True)
    grouped = traitlets.Bool(help="a layer's heads as one bar").tag(sync=True)
    order = traitlets.Enum(["stream", "size"], "stream", help="the order of the bars").tag(sync=True)
    cumulative = traitlets.Bool(False, help="each bar starts where the last one ended").tag(sync=True)
    opened = traitlets.List(traitlets.Int(), help="layers whose heads are shown").tag(sync=True)
    show_all = traitlets.Bool(False, help="whether the small bars are shown one by one").tag(sync=True)

    def __init__(
        self,
        values: Any,
        labels: Labels | None = None,
        tokens: Sequence[str] | None = None,
        *,
        total: Any = None,
        quantity: str | None = None,
        additive: bool | None = None,
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
        given = {"labels": labels, "tokens": tokens, "total": total, "quantity": quantity, "additive": additive}
        inputs = _inputs(values, given)
        heads = [writer["head"] for writer in inputs.writers if writer["head"] is not None]
        shown = checked_index(inputs.position if position is None else position, len(inputs.tokens), "position")
        sources, note = packed_sources(inputs.sources)
        super().__init__(
            layer=checked_index(layer, _layers(inputs.writers), "layer"),
            head=checked_index(head, max(heads, default=-1) + 1, "head"),
            position=shown,
            default_position=shown,
            tokens=inputs.tokens,
            values=inputs.values,
            total=inputs.total,
            total_name=inputs.total_name,
            sources=sources,
            sources_note=note,
            components=inputs.writers,
            quantity=inputs.quantity,
            additive=inputs.additive,
            grouped=len(inputs.writers) > MANY if grouped is None else grouped,
            order=order,
            cumulative=cumulative,
            opened=as_list(opened, "opened", "a list of layers"),
            show_all=show_all,
            **traits,
        )

    @traitlets.validate("cumulative")
    def _cumulative_can_be_added(self, proposal: Any) -> bool:
        if proposal["value"] and not self.additive:
            raise ValueError("cumulative: these values do not add up to a total, so their bars cannot be stacked")
        return bool(proposal["value"])

    @traitlets.validate("opened")
    def _opened_are_layers(self, proposal: Any) -> list[int | None]:
        return [checked_index(layer, _layers(self.components), "opened") for layer in proposal["value"]]


def _layers(writers: Sequence[Any]) -> int:
    return max((writer["layer"] for writer in writers if writer["layer"] is not None), default=-1) + 1


def _inputs(values: Any, given: dict[str, Any]) -> Inputs:
    if not isinstance(values, Decomposition):
        given["quantity"] = "total" if given["quantity"] is None else given["quantity"]
        given["additive"] = True if given["additive"] is None else given["additive"]
        return from_arrays(values, **given)
    for name, argument in given.items():
        if argument is not None:
            raise TypeError(f"{name}: a Decomposition brings its own")
    return from_result(values)
