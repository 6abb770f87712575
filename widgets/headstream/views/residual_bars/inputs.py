"""What residual bars are made from, checked: a `Decomposition` or plain arrays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.results import Component, Decomposition, Floats
from headstream.views.shared.arrays import pack_causal
from headstream.views.shared.traits import sendable

Labels = Sequence[str | Component]

SOURCES_BUDGET = 4_000_000  # bytes

_HEAD = re.compile(r"L?(\d+)[.H](\d+)")
_MLP = re.compile(r"(\d+)[._]mlp(?:_out)?")


class ComponentTrait(TypedDict):
    """A component as the page knows it."""

    label: str
    kind: str
    layer: int | None
    head: int | None


@dataclass(frozen=True, eq=False)
class Inputs:
    """values: [component, position] float32. total: [position] float32. sources: [head, query, key] float32."""

    values: Floats
    total: Floats | None
    total_name: str
    sources: Floats | None
    components: list[ComponentTrait]
    tokens: Sequence[str] | None
    token_ids: Any
    quantity: str
    additive: bool
    position: int


def from_result(result: Decomposition) -> Inputs:
    """What a `Decomposition` holds, which was checked where it was made."""
    return Inputs(
        values=result.values.astype(np.float32),
        total=result.total.astype(np.float32),
        total_name=result.total_name,
        sources=result.sources,
        components=[_component(component) for component in result.components],
        tokens=result.tokens,
        token_ids=result.token_ids,
        quantity=result.quantity,
        additive=bool(result.additive),
        position=result.position,
    )


def from_arrays(
    values: Any, labels: Labels | None, tokens: Sequence[str] | None, total: Any, quantity: str, additive: bool
) -> Inputs:
    """Arrays [component, position] or [component], with what goes with them."""
    bars = _checked_values(values)
    expected = "a list of strings or Components, one a component"
    names = [str(index) for index in range(len(bars))] if labels is None else checks.items("labels", labels, expected)
    for name in names:
        if not isinstance(name, (str, Component)):
            raise TypeError(f"labels: expected {expected}, got {name!r} in it")
    if len(names) != len(bars):
        raise ValueError(f"labels: expected {len(bars)}, one a component, got {len(names)}")
    return Inputs(
        values=bars,
        total=None if total is None else _checked_total(total, bars.shape[1]),
        total_name="the total",
        sources=None,
        components=[_component(name) for name in names],
        tokens=tokens,
        token_ids=None,
        quantity=quantity,
        additive=additive,
        position=-1,
    )


def packed_sources(sources: Floats | None, heads: int, length: int) -> tuple[npt.NDArray[Any] | None, str]:
    """The lower triangles as they are sent, and, where they are too large to send (for which a long text's are not even
    made), why not.
    """
    largest = 0 if sources is None or not heads else float(np.abs(sources).max())
    # Outside this range float16 would hold fewer digits than are shown.
    dtype = np.float16 if 0.01 <= largest <= 1000 or largest == 0 else np.float32
    size = heads * length * (length + 1) // 2 * np.dtype(dtype).itemsize
    if size > SOURCES_BUDGET:
        return None, (
            f"What each of {heads} heads brings from each of {length} tokens would take {size / 1e6:.1f} MB, "
            f"more than the {SOURCES_BUDGET / 1e6:.0f} MB that are sent: a shorter text shows it."
        )
    return (None if sources is None or not heads else pack_causal(sources).astype(dtype)), ""


def _checked_values(values: Any) -> Floats:
    bars = checks.finite("values", values, "a Decomposition (pass hs.attribute_logit(run)) or an array of numbers")
    if bars.ndim == 1:
        bars = bars[:, None]
    if bars.ndim != 2 or not bars.size:
        raise ValueError(
            "values: expected [component, position] or [component] with at least one of each, "
            f"got shape {list(bars.shape)}"
        )
    return bars


def _checked_total(total: Any, length: int) -> Floats:
    numbers = checks.finite("total", total).reshape(-1)
    if numbers.shape != (length,):
        raise ValueError(f"total: expected {length}, one a position, got {numbers.size}")
    return numbers


def _component(component: str | Component) -> ComponentTrait:
    if isinstance(component, Component):
        label, kind = sendable(component.label), sendable(component.kind)
        layer = None if kind in ("neuron", "neurons") else component.layer  # a selection tells no neurons of it apart
        return {"label": label, "kind": kind, "layer": layer, "head": component.head}
    label = sendable(component)
    if match := _HEAD.fullmatch(label):
        return {"label": f"{match[1]}.{match[2]}", "kind": "head", "layer": int(match[1]), "head": int(match[2])}
    if match := _MLP.fullmatch(label):
        return {"label": f"{match[1]}.mlp", "kind": "mlp", "layer": int(match[1]), "head": None}
    return {"label": label, "kind": "other", "layer": None, "head": None}
