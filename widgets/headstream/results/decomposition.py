"""One number read off the residual stream, split over the components that wrote it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Result, TokenIds, check_finite, check_tokens
from headstream.tables import Table, shortened

MOST_CHARACTERS = 119  # of the one line


@dataclass(frozen=True)
class Component:
    """Who writes into the residual stream.

    kind: "embed", "pos_embed", "head", "mlp", "bias" (all biases together), "path" (a start carried on by heads),
        "longer" (all paths of more heads than were told apart), "neuron" (one of an MLP) or "neurons" (all of an MLP
        that were not told apart) or "attn", all heads of a layer. In interventions "attn" has their bias too, and there
        is "stream", what all that stands before a layer has written: what the layer reads.
    layer: the block it stands in, None for the embeddings and the bias. head: only for kind "head".
    neuron: only for kind "neuron".
    start, heads: only for kind "path": who wrote what is carried, and the (layer, head) it passes through, in order.
    """

    kind: str
    layer: int | None = None
    head: int | None = None
    start: Component | None = None
    heads: tuple[tuple[int, int], ...] = ()
    neuron: int | None = None

    @property
    def label(self) -> str:
        if self.start is not None:
            return " → ".join((self.start.label, *(f"{layer}.{head}" for layer, head in self.heads)))
        if self.kind == "longer":
            return "longer paths"
        if self.kind == "head":
            return f"{self.layer}.{self.head}"
        if self.kind in ("mlp", "attn", "stream"):
            return f"{self.layer}.{self.kind}"
        if self.kind == "neuron":
            return f"{self.layer}.mlp.{self.neuron}"
        if self.kind == "neurons":
            return "other neurons"
        return {"embed": "embedding", "pos_embed": "position"}.get(self.kind, self.kind)


@dataclass(frozen=True, eq=False, repr=False)
class Decomposition(Result):
    """One number read off the residual stream at every position, split over the components that wrote it.

    values: [component, position] float32, what each component adds to the number.
    total: [position] float32, the number itself, computed by the model and not by adding up.
    sources: [head, query, key] float32 or None: what each component of kind "head", in the order of `components`,
        brings from each source position (0 where key > query); summed over keys it is the head's row of `values`
        (where not additive, it is the number for that source alone).
    quantity: the number in words, such as "logit of ' on' less the vocabulary's mean".
    additive: whether the values sum to the total (norms do not).
    position: the position to show first.
    total_name: what the total is, in words, such as "the model's own value".
    token_ids: [position], or None where they are not known.
    """

    values: Floats
    total: Floats
    sources: Floats | None
    components: tuple[Component, ...]
    tokens: tuple[str, ...]
    quantity: str
    additive: bool
    position: int
    total_name: str = "the total"
    token_ids: TokenIds | None = None

    def __post_init__(self) -> None:
        size = check_tokens("Decomposition", self.tokens, self.token_ids)
        checks.index("Decomposition.position", self.position, size)
        axes = {"component": len(self.components), "position": size}
        checks.array("Decomposition.values", self.values, "component, position", axes)
        checks.array("Decomposition.total", self.total, "position", axes)
        check_finite("Decomposition.values", self.values)
        check_finite("Decomposition.total", self.total)
        if self.sources is not None:
            heads = sum(component.kind == "head" for component in self.components)
            axes = {"head": heads, "query": size, "key": size}
            checks.array("Decomposition.sources", self.sources, "head, query, key", axes)
            check_finite("Decomposition.sources", self.sources)
            later = ~np.tri(size, dtype=bool)
            if any(head[later].any() for head in self.sources):  # one at a time, for they can be large
                raise ValueError("Decomposition.sources: expected 0 wherever the key comes after the query")

    @property
    def error(self) -> Floats:
        """[position]: |sum of the values - total|."""
        difference: Floats = np.abs(self.values.sum(0) - self.total)
        return difference

    def minus(self, other: Decomposition) -> Decomposition:
        """This decomposition less another of the same components, place by place; the tokens are this one's.

        Raises ValueError for one of other components or length, or of lengths, which do not add up.
        """
        if self.components != other.components or self.values.shape != other.values.shape:
            raise ValueError(
                f"other: expected {len(self.components)} components, the same, at {len(self.tokens)} positions"
            )
        if not (self.additive and other.additive):
            raise ValueError("other: expected numbers that add up, got lengths")
        both = None if self.sources is None or other.sources is None else self.sources - other.sources
        return replace(
            self,
            values=self.values - other.values,
            total=self.total - other.total,
            sources=both,
            quantity=f"change in the {self.quantity}",
            total_name="the change in the model's own value",
        )

    def __repr__(self) -> str:
        what = "Decomposition of the "
        sizes = f": {len(self.components)} components × {len(self.tokens)} tokens"
        total = f", {self.total[self.position]:.3g} at the position shown"
        quantity = shortened(" ".join(self.quantity.split()), MOST_CHARACTERS - len(what + sizes + total))
        return what + quantity + sizes + total

    def records(self) -> list[dict[str, Any]]:
        """One row for every component at every position: component, kind, layer, head, position, token, value."""
        return [
            {
                "component": component.label,
                "kind": component.kind,
                "layer": component.layer,
                "head": component.head,
                "position": position,
                "token": token,
                "value": float(self.values[row, position]),
            }
            for row, component in enumerate(self.components)
            for position, token in enumerate(self.tokens)
        ]

    def table(self) -> Table:
        """Component and value at the position shown, the largest first, and the total."""
        here = self.values[:, self.position]
        rows = [(self.components[row].label, float(here[row])) for row in np.argsort(-np.abs(here), kind="stable")]
        foot = (self.total_name, float(self.total[self.position]))
        return Table(("component", "value"), rows, foot, caption=repr(self))
