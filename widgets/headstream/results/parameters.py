"""Weight matrices as sums of components, and what each component matters for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Result, check_finite
from headstream.tables import Table

METHODS = ("SPD", "APD")
# A component of less than this share of its matrix' norm is negligible.
NEGLIGIBLE = 0.05


@dataclass(frozen=True, eq=False, repr=False)
class ParameterDecomposition(Result):
    """The weight matrices of a model, x̂ = ReLU(x M₁ M₂ … + b), each beside the components that sum to it.

    method: "SPD" (each component of each matrix by itself, of rank one) or "APD" (a component is a part of every
        matrix, of any rank).
    model: what was decomposed, in words. matrices: the name of each, in the order in which an input goes through them.
    weights: of each matrix, [d_in, d_out] float32. bias: [d_out] of the last one.
    reads, writes: of each matrix, [component, rank, d_in] and [component, rank, d_out] float32: V and U, whose product,
        summed over the rank, is the component, [d_in, d_out].
    axes: one tuple of labels for each place before, between and after the matrices: what its dimensions are called.
    inputs: [input, d_in of the first] float32. input_names: what each is called.
    importance: [matrix, component, input] float32: what is `importance_name`d, such as "causal importance", 0 to 1.
    """

    method: str
    model: str
    matrices: tuple[str, ...]
    weights: tuple[Floats, ...]
    bias: Floats
    reads: tuple[Floats, ...]
    writes: tuple[Floats, ...]
    axes: tuple[tuple[str, ...], ...]
    inputs: Floats
    input_names: tuple[str, ...]
    importance: Floats
    importance_name: str = "causal importance"

    def __post_init__(self) -> None:
        checks.choice("ParameterDecomposition.method", self.method, METHODS)
        count = len(self.matrices)
        if not count:
            raise ValueError("ParameterDecomposition.matrices: expected at least one, got none")
        for name in ("weights", "reads", "writes"):
            if len(getattr(self, name)) != count:
                got = len(getattr(self, name))
                raise ValueError(f"ParameterDecomposition.{name}: expected {count}, one a matrix, got {got}")
        if len(self.axes) != count + 1:
            raise ValueError(
                f"ParameterDecomposition.axes: expected {count + 1} tuples of labels, got {len(self.axes)}"
            )
        sizes = [len(labels) for labels in self.axes]
        known: dict[str, int] = {"matrix": count, "input": len(self.input_names)}
        for place, name in enumerate(self.matrices):
            ends = {"d_in": sizes[place], "d_out": sizes[place + 1]}
            for field, axes in (
                ("weights", "d_in, d_out"),
                ("reads", "component, rank, d_in"),
                ("writes", "component, rank, d_out"),
            ):
                array = getattr(self, field)[place]
                found = checks.array(f"ParameterDecomposition.{field} of {name}", array, axes, {**known, **ends})
                known |= {axis: found[axis] for axis in ("component", "rank") if axis in found}
                check_finite(f"ParameterDecomposition.{field} of {name}", array)
        if not known["component"] or not known["rank"]:
            raise ValueError("ParameterDecomposition.reads: expected at least one component of rank 1, got none")
        for field, axes in (
            ("bias", "d_out"),
            ("inputs", "input, d_in"),
            ("importance", "matrix, component, input"),
        ):
            ends = {"d_in": sizes[0], "d_out": sizes[-1]}
            checks.array(f"ParameterDecomposition.{field}", getattr(self, field), axes, {**known, **ends})
            check_finite(f"ParameterDecomposition.{field}", getattr(self, field))

    @property
    def components(self) -> int:
        """How many there are (SPD: of each matrix)."""
        return len(self.reads[0])

    def place(self, matrix: str) -> int:
        """The place of a matrix by its name. Errors: ValueError for a name that none has."""
        return self.matrices.index(checks.choice("matrix", matrix, self.matrices))

    def parts(self, matrix: str) -> Floats:
        """[component, d_in, d_out]: the components of a matrix, V_c U_c each (the papers' U_c V_cᵀ, for their vectors
        are columns).
        """
        at = self.place(matrix)
        found: Floats = np.einsum("cri,cro->cio", self.reads[at], self.writes[at])
        return found

    def sizes(self, matrix: str) -> Floats:
        """[component]: the Frobenius norm of each component of a matrix."""
        found: Floats = np.linalg.norm(self.parts(matrix), axis=(1, 2))
        return found

    def found(self, matrix: str) -> list[int]:
        """The components of a matrix that are not negligible, largest first: at least 5 % of the matrix' norm each."""
        sizes = self.sizes(matrix)
        least = NEGLIGIBLE * float(np.linalg.norm(self.weights[self.place(matrix)]))
        return [int(c) for c in np.argsort(-sizes, kind="stable") if sizes[c] >= least]

    def output(self, x: Floats, on: Any = None) -> Floats:
        """x̂ [input, d_out] for x [input, d_in].

        on: [matrix, component], what each component is multiplied with: 1 leaves it, 0 takes it away; None uses the
            target's own weights.
        """
        x = checks.finite("x", x)
        if x.ndim != 2 or x.shape[1] != len(self.axes[0]):
            raise ValueError(f"x: expected [input, d_in] = [input, {len(self.axes[0])}], got {list(x.shape)}")
        for at, (name, weight) in enumerate(zip(self.matrices, self.weights, strict=True)):
            x = x @ (weight if on is None else np.einsum("c,cio->io", self._on(on)[at], self.parts(name)))
        found: Floats = np.maximum(x + self.bias, 0)
        return found

    def _on(self, on: Any) -> Floats:
        masks = checks.finite("on", on)
        checks.shape("on", masks, (len(self.matrices), self.components), "matrix, component")
        return masks

    def __repr__(self) -> str:
        kept = ", ".join(f"{len(self.found(name))} of {name}" for name in self.matrices)
        return f"ParameterDecomposition of {self.model} by {self.method}: {kept}, of {self.components} components each"

    def records(self) -> list[dict[str, Any]]:
        """One record for each matrix and component: its size, and the input it matters most for, with how much."""
        return [
            {
                "matrix": name,
                "component": c,
                "size": float(size),
                "input": self.input_names[int(self.importance[at, c].argmax())],
                "importance": float(self.importance[at, c].max()),
            }
            for at, name in enumerate(self.matrices)
            for c, size in enumerate(self.sizes(name))
        ]

    def table(self) -> Table:
        """The components that are not negligible, largest first, and what each matters for."""
        rows = [
            (
                f"{name}, {c}",
                float(self.sizes(name)[c]),
                self.input_names[int(self.importance[at, c].argmax())],
                float(self.importance[at, c].max()),
            )
            for at, name in enumerate(self.matrices)
            for c in self.found(name)
        ]
        return Table(("component", "size", "matters most for", self.importance_name), rows, caption=repr(self))
