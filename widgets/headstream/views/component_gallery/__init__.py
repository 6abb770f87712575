"""The component gallery: parameter components as small pictures, beside the weights that they sum to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from headstream import checks
from headstream.results import ParameterDecomposition
from headstream.results.parameters import METHODS, NEGLIGIBLE
from headstream.views.shared.traits import Array, Choice, Flag, Text, sendable
from headstream.views.shared.view import View, bundle

Pairs = Sequence[tuple[int, int]]


class ComponentGallery(View):
    """Draws a `ParameterDecomposition`: each weight matrix, the sum of its components that are on, and every component.

    Components can be switched off and on: the sum, its distance from the weights and what the model gives back follow,
    in the page. Of the component that is pointed at or pinned, the panel shows what it reads (V, of length 1), what it
    writes (U), what it matters for, and its cosines with the target's own vectors.

    decomposition: a `ParameterDecomposition`, as `hs.decompose(target)` or `hs.recorded_decomposition()` returns.
    component: what to pin at first, (matrix, component). off: a list of such pairs that are switched off at first.
        Where a component is a part of every matrix (APD), switching it in one switches it in all.
    input: the input for which importances and errors are shown, by its number; None takes all of them.
    show_all: also the components that are negligible, of less than 5 % of their matrix' norm.

    What the reader pins, switches and chooses is read back from the traits of the same names. Sent as float32: some
    5 kB for five features in two dimensions and twenty components.
    Raises TypeError when `decomposition` is not a ParameterDecomposition, IndexError for a component or an input
    that is not there.
    """

    _esm = bundle("component_gallery", "js")
    _css = bundle("component_gallery", "css")

    method = Choice(METHODS, "SPD", read_only=True, help="how it was decomposed")
    model = Text(read_only=True, help="what was decomposed").tag(sync=True)
    matrices = traitlets.List(Text(), read_only=True, help="the matrices' names").tag(sync=True)
    axes = traitlets.List(
        traitlets.Dict(), read_only=True, help="labels of the dimensions before, between and after the matrices"
    ).tag(sync=True)
    weights = Array("float32", help="[d_in · d_out of each matrix], one after the other")
    reads = Array("float32", help="[component · rank · d_in of each matrix]: V")
    writes = Array("float32", help="[component · rank · d_out of each matrix]: U")
    bias = Array("float32", help="[d_out of the last]")
    inputs = Array("float32", help="[input, d_in of the first]")
    input_names = traitlets.List(Text(), read_only=True, help="one an input").tag(sync=True)
    importance = Array("float32", help="[matrix, component, input]")
    importance_name = Text(read_only=True, help="what it is called").tag(sync=True)
    negligible = traitlets.Float(read_only=True, help="share of the matrix' norm below which one is negligible").tag(
        sync=True
    )
    component: Any = traitlets.Any(None, help="(matrix, component) that is pinned, or None").tag(sync=True)
    off: Any = traitlets.Any([], help="the pairs (matrix, component) that are switched off").tag(sync=True)
    input: Any = traitlets.Any(None, help="the input that is looked at, or None for all").tag(sync=True)
    show_all = Flag(False, help="also the negligible ones")

    def __init__(
        self,
        decomposition: ParameterDecomposition,
        *,
        component: tuple[int, int] | None = None,
        off: Pairs = (),
        input: int | None = None,
        show_all: bool = False,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(decomposition)
        super().__init__(drawn, {}, component=component, off=off, input=input, show_all=show_all, **traits)

    @classmethod
    def _drawn(cls, decomposition: ParameterDecomposition) -> dict[str, Any]:
        if not isinstance(decomposition, ParameterDecomposition):
            kind = type(decomposition).__name__
            raise TypeError(f"decomposition: expected a ParameterDecomposition (pass hs.decompose(target)), got {kind}")
        return {
            "method": decomposition.method,
            "model": decomposition.model,
            "matrices": list(decomposition.matrices),
            "axes": [{"labels": [sendable(label) for label in labels]} for labels in decomposition.axes],
            "weights": _joined(decomposition.weights),
            "reads": _joined(decomposition.reads),
            "writes": _joined(decomposition.writes),
            "bias": decomposition.bias.astype(np.float32),
            "inputs": decomposition.inputs.astype(np.float32),
            "input_names": list(decomposition.input_names),
            "importance": decomposition.importance.astype(np.float32),
            "importance_name": decomposition.importance_name,
            "negligible": NEGLIGIBLE,
        }

    def _settled(self) -> dict[str, Any]:
        count, components, inputs = self.importance.shape
        there = [[matrix, c] for matrix, c in self.off if matrix < count and c < components]
        kept = self.component is not None and self.component[0] < count and self.component[1] < components
        return {
            "off": there,
            "component": self.component if kept else None,
            "input": self.input if self.input is not None and self.input < inputs else None,
        }

    @traitlets.validate("component")
    def _component_is_there(self, proposal: Any) -> list[int] | None:
        return None if proposal["value"] is None else self._place("component", proposal["value"])

    @traitlets.validate("off")
    def _off_are_there(self, proposal: Any) -> list[list[int]]:
        given = checks.items("off", proposal["value"], "a list of pairs (matrix, component)")
        places = [self._place("off", pair) for pair in given]
        return [place for at, place in enumerate(places) if place not in places[:at]]

    @traitlets.validate("input")
    def _input_is_there(self, proposal: Any) -> int | None:
        return checks.optional_index("input", proposal["value"], self.importance.shape[2])

    def _place(self, name: str, pair: Any) -> list[int]:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise ValueError(f"{name}: expected a pair (matrix, component), got {pair!r}")
        count, components, _ = self.importance.shape
        return [
            checks.index(f"{name}: matrix", pair[0], count),
            checks.index(f"{name}: component", pair[1], components),
        ]


def _joined(arrays: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    return np.concatenate([array.ravel() for array in arrays]).astype(np.float32)
