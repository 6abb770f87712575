"""What caused what in one run, with features for nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.results.base import Floats, Ints, Result, TokenIds, check_finite, check_tokens
from headstream.tables import Table, shortened

Kind = Literal["embed", "feature", "error", "logit"]
KINDS: tuple[Kind, ...] = ("embed", "feature", "error", "logit")
PLURALS = {"embed": "embeddings", "feature": "features", "error": "errors", "logit": "logits"}


@dataclass(frozen=True)
class GraphNode:
    """One node of an attribution graph.

    kind: "embed", what a token and its position write; "feature", an active feature of a layer's transcoder; "error",
        what a layer's transcoder leaves of its MLP's output; "logit", a token that may come next.
    layer: of a feature or an error, else None. position: where it is, of the prompt's tokens.
    feature: its index in the layer's transcoder, else None.
    token: id of the token read (embed) or predicted (logit), else None; None too where a file does not tell it.
    activation: of a feature, its activation; of a logit, its probability; 1 for others.
    label: what is shown.
    """

    kind: Kind
    layer: int | None
    position: int
    feature: int | None = None
    token: int | None = None
    activation: float = 1.0
    label: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class AttributionGraph(Result):
    """What caused what in one run, with features for nodes.

    nodes: sources before targets: the embeddings, each layer's features and errors, the logits.
    sources, targets: [edge] int32, indices of nodes, a source before its target. Nothing goes into an embedding or an
        error, nothing comes out of a logit.
    weights: [edge] float32, what the source adds to the target: to the pre-activation of a feature, to a logit less
        the mean of all logits.
    totals: [node] float32, the value that a node has in the run: a feature's pre-activation, a logit less the mean; 0
        for an embedding or an error. constants: [node] float32, what no source brings: biases. In a whole graph the
        edges into a node and its constant sum to its total. Both are nan where a file does not tell them.
    tokens: one label a position. token_ids: [position], their ids, or None where they are not known.
    name: of the model.
    supernodes: groups of nodes by name. pinned: nodes that the reader keeps in sight. Both are indices of nodes.
    node_threshold, edge_threshold: what the graph was pruned to, shares of the influence; None for a whole one.
    """

    nodes: tuple[GraphNode, ...]
    sources: Ints
    targets: Ints
    weights: Floats
    totals: Floats
    constants: Floats
    tokens: tuple[str, ...]
    token_ids: TokenIds | None = None
    name: str = ""
    supernodes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    pinned: tuple[int, ...] = ()
    node_threshold: float | None = None
    edge_threshold: float | None = None

    def __post_init__(self) -> None:
        size, axes = check_tokens("AttributionGraph", self.tokens, self.token_ids), {"node": len(self.nodes)}
        _check_nodes(self.nodes, size)
        for name in ("totals", "constants"):
            checks.array(f"AttributionGraph.{name}", getattr(self, name), "node", axes)
            if np.isinf(getattr(self, name)).any():
                raise ValueError(f"AttributionGraph.{name}: expected finite numbers, or nan where not known, got inf")
        axes = checks.array("AttributionGraph.weights", self.weights, "edge", axes)
        check_finite("AttributionGraph.weights", self.weights)
        for name in ("sources", "targets"):
            checks.array(f"AttributionGraph.{name}", getattr(self, name), "edge", axes, kind="whole")
        self._check_edges()
        checks.text("AttributionGraph.name", self.name)
        for group, members in {"": self.pinned, **self.supernodes}.items():
            named = f"supernodes[{group!r}]" if group else "pinned"
            for node in members:
                checks.whole(f"AttributionGraph.{named}", node, 0, len(self.nodes) - 1)
        for name in ("node_threshold", "edge_threshold"):
            if getattr(self, name) is not None:
                checks.number(f"AttributionGraph.{name}", getattr(self, name), 0, 1)

    def _check_edges(self) -> None:
        size, ends = len(self.nodes), np.stack([self.sources, self.targets])
        if not ends.size:
            return
        outside = (ends < 0) | (ends >= size)
        if outside.any():
            side, edge = np.argwhere(outside)[0]
            name, got = ("sources", "targets")[side], ends[side, edge]
            expected = f"expected nodes 0 to {size - 1}"
            raise ValueError(f"AttributionGraph.{name}: {expected}, got {got} at edge {edge}, which dangles")
        if (ends[0] >= ends[1]).any():
            edge = int(np.argmax(ends[0] >= ends[1]))
            raise ValueError(
                "AttributionGraph.sources: expected every source before its target, got edge"
                f" {edge} from node {ends[0, edge]} to node {ends[1, edge]}"
            )
        kinds = np.array([node.kind for node in self.nodes])
        for name, end, none in (("targets", ends[1], ("embed", "error")), ("sources", ends[0], ("logit",))):
            wrong = np.isin(kinds[end], none)
            if wrong.any():
                expected = "features and logits" if name == "targets" else "embeddings, features and errors"
                raise ValueError(f"AttributionGraph.{name}: expected {expected}, got an {kinds[end][wrong][0]} node")
        pairs = np.sort(ends[1].astype(np.int64) * size + ends[0], kind="stable")
        if (pairs[1:] == pairs[:-1]).any():
            raise ValueError("AttributionGraph.sources: expected one edge from a node to another, got several")

    @property
    def error(self) -> float:
        """How far the edges into a node and its constant are from its total: the largest |difference| over the largest
        |total|; nan where no total is known. Rounding only in a whole graph; in a pruned one, what pruning left out.
        """
        difference = np.abs(self.left_out[np.isfinite(self.totals + self.constants)])
        largest = np.nanmax(np.abs(self.totals), initial=0)
        return float(difference.max(initial=0) / largest) if largest and difference.size else float("nan")

    @property
    def left_out(self) -> npt.NDArray[np.float64]:
        """[node]: each node's total less its constant and the edges into it."""
        brought = np.bincount(self.targets, self.weights, len(self.nodes)) if len(self.nodes) else np.zeros(0)
        difference: npt.NDArray[np.float64] = np.asarray(self.totals - brought - self.constants, np.float64)
        return difference

    def find(self, **fields: Any) -> tuple[int, ...]:
        """The indices of all nodes with these fields: `graph.find(kind="feature", layer=2, position=5)`."""
        for name in fields:
            checks.choice("field", name, tuple(GraphNode.__dataclass_fields__))
        return tuple(
            at for at, node in enumerate(self.nodes) if all(getattr(node, name) == fields[name] for name in fields)
        )

    def inputs(self, node: int) -> list[tuple[int, float]]:
        """(source, weight) of every edge into a node, the strongest first."""
        return self._edges(self.targets == checks.index("node", node, len(self.nodes)), self.sources)

    def outputs(self, node: int) -> list[tuple[int, float]]:
        """(target, weight) of every edge out of a node, the strongest first."""
        return self._edges(self.sources == checks.index("node", node, len(self.nodes)), self.targets)

    def _edges(self, chosen: npt.NDArray[np.bool_], ends: Ints) -> list[tuple[int, float]]:
        weights, others = self.weights[chosen], ends[chosen]
        order = np.argsort(-np.abs(weights), kind="stable")
        return list(zip(others[order].tolist(), weights[order].tolist(), strict=True))

    def place(self, node: int) -> str:
        """A node in words, with the token that it stands at: "feature 2.17 at ' cat' (4)"."""
        one = self.nodes[checks.index("node", node, len(self.nodes))]
        return f"{one.label or one.kind} at {shortened(self.tokens[one.position], 16)!r} ({one.position})"

    def __repr__(self) -> str:
        count = Counter(node.kind for node in self.nodes)
        kinds = ", ".join(f"{count[kind]} {PLURALS[kind]}" for kind in KINDS)
        return f"AttributionGraph of {len(self.tokens)} tokens: {kinds}; {len(self.weights):,} edges"

    def records(self) -> list[dict[str, Any]]:
        """One record an edge: for the source and the target its index, kind, layer, position, feature and label; the
        weight.
        """
        ends = zip(self.sources.tolist(), self.targets.tolist(), self.weights.tolist(), strict=True)
        return [{**self._end("source", s), **self._end("target", t), "weight": w} for s, t, w in ends]

    def _end(self, end: str, node: int) -> dict[str, Any]:
        one = self.nodes[node]
        told = {name: getattr(one, name) for name in ("kind", "layer", "position", "feature", "label")}
        return {end: node, **{f"{end}_{name}": value for name, value in told.items()}}

    def table(self) -> Table:
        """The strongest edges."""
        order = np.argsort(-np.abs(self.weights), kind="stable").tolist()
        rows = [
            (self.place(int(self.sources[e])), self.place(int(self.targets[e])), float(self.weights[e])) for e in order
        ]
        return Table(("from", "to", "adds"), rows, caption=repr(self))


def _check_nodes(nodes: Sequence[GraphNode], size: int) -> None:
    for at, node in enumerate(nodes):
        name = f"AttributionGraph.nodes[{at}]"
        if not isinstance(node, GraphNode):
            raise TypeError(f"{name}: expected a GraphNode, got {type(node).__name__}")
        checks.choice(f"{name}.kind", node.kind, KINDS)
        checks.whole(f"{name}.position", node.position, 0, size - 1)
        for field_name, kinds in (("layer", ("feature", "error")), ("feature", ("feature",))):
            value = getattr(node, field_name)
            if node.kind in kinds:
                checks.whole(f"{name}.{field_name}", value, 0)
            elif value is not None:
                raise ValueError(f"{name}.{field_name}: expected None for an {node.kind} node, got {value!r}")
        if node.token is not None:
            checks.whole(f"{name}.token", node.token, 0)
        checks.number(f"{name}.activation", node.activation, -np.inf, np.inf)
        checks.text(f"{name}.label", node.label)
