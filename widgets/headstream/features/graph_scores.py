"""How much of an attribution graph is features, and its smaller, most influential part ("Circuit Tracing", 2025).

    A[t, s] = |weight of s into t| / sum of all |weights| into t
    influence = p (A + A² + ...) = p ((I - A)^-1 - I)

with p the logits' probabilities: the influence of a node is the strength of all paths from it to the logits. Every path
from a logit backwards ends at an embedding or at an error, so that these two kinds share all of it.

    replacement = influence of the embeddings / (that of the embeddings and the errors)
    completeness = the share of a target's input that is no error's, averaged over targets by influence + p

Signs and biases are not in them: a source that takes away counts as one that gives, and a constant is no input.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.results import AttributionGraph, Ints

Numbers = npt.NDArray[np.float64]


class GraphScores(NamedTuple):
    """replacement, completeness: from 0 to 1; 1 where no error has any influence, 0 where nothing else has."""

    replacement: float
    completeness: float


def graph_scores(graph: AttributionGraph, within: AttributionGraph | Collection[int] | None = None) -> GraphScores:
    """The replacement and the completeness score of a graph.

    within: a pruned part of it, or the nodes that are told: then all other features count as errors, and the scores are
        those of the part as an explanation of the whole. Embeddings are always told.

    Completeness is the paper's, over the inputs of features and logits; nodes that have none do not count. Raises
    ValueError for a graph without a logit, and for a part that is not of this graph.
    """
    unexplained = _kinds(graph) == "error"
    if within is not None:
        told = np.zeros(len(graph.nodes), bool)
        told[_nodes_of(graph, within)] = True
        unexplained |= (_kinds(graph) == "feature") & ~told
    share, p = shares(graph), logit_weights(graph)
    reach = _summed(graph, share, p, unexplained)
    lost, read = float(reach[unexplained].sum()), float(reach[_kinds(graph) == "embed"].sum())
    inputs = (reach + p) * ~unexplained
    failed = np.bincount(graph.targets, share * unexplained[graph.sources], len(graph.nodes))
    fed = np.bincount(graph.targets, minlength=len(graph.nodes)) > 0
    whole = float(inputs[fed].sum())
    complete = float((inputs * (1 - failed))[fed].sum()) / whole if whole else 0.0
    return GraphScores(read / (read + lost) if read + lost else 0.0, complete)


def graph_influence(graph: AttributionGraph) -> Numbers:
    """[node]: the strength of all paths from each node to the logits, p ((I - A)^-1 - I); 0 for the logits.

    Raises ValueError for a graph without a logit.
    """
    return _summed(graph, shares(graph), logit_weights(graph), np.zeros(len(graph.nodes), bool))


def influence_of(graph: AttributionGraph, node: int) -> Numbers:
    """[node]: the strength of all paths from one node to each other node: its column of (I - A)^-1 - I.

    It is the share of a node's input that comes from there, by whatever way. Raises IndexError for a node out of range.
    """
    node, share = checks.index("node", node, len(graph.nodes)), shares(graph)
    step: Numbers = np.zeros(len(graph.nodes))
    step[node] = 1
    total = np.zeros_like(step)
    while step.any():
        step = np.asarray(np.bincount(graph.targets, share * step[graph.sources], len(step)), np.float64)
        total = total + step
    return total


def cumulative_influence(graph: AttributionGraph) -> Numbers:
    """[node]: the share of all nodes' influence that a node and those above it hold: a node is kept by `prune_graph` at
    shares from this one on. 0 for the logits, which have no influence and always stay.
    """
    scores = graph_influence(graph)
    order = np.argsort(-scores, kind="stable")
    found = np.zeros(len(scores))
    found[order] = np.cumsum(scores[order]) / max(scores.sum(), 1e-300)
    return np.where(_kinds(graph) == "logit", 0.0, found)


def edge_influence(graph: AttributionGraph) -> Numbers:
    """[edge]: the edge's share of its target's input, times the target's influence (a logit's is its probability)."""
    share, p = shares(graph), logit_weights(graph)
    none = np.zeros(len(graph.nodes), bool)
    found: Numbers = share * (_summed(graph, share, p, none) + p)[graph.targets]
    return found


def prune_graph(graph: AttributionGraph, *, nodes: float = 0.8, edges: float = 0.98) -> AttributionGraph:
    """The part of a graph with the most influence, as circuit-tracer prunes it.

    nodes: the features and errors of most influence are kept, as few as hold this share of all nodes' influence.
    edges: then the same of the edges between what is kept. Embeddings and logits stay; a feature or an error that no
        edge leaves any more, or a feature into which none goes, is taken out, and so on until there is none.

    Totals and constants stay as they are: what the edges into a node lack is `left_out`. Supernodes and pinned nodes
    that are left keep their places. Raises ValueError for shares out of 0 to 1 and a graph without a logit.
    """
    nodes, edges = checks.number("nodes", nodes, 0, 1), checks.number("edges", edges, 0, 1)
    kinds = _kinds(graph)
    stays = np.isin(kinds, ("embed", "logit"))
    kept = stays | most_of(graph_influence(graph), nodes)
    inside = kept[graph.sources] & kept[graph.targets]
    chosen = inside.copy()
    chosen[inside] = most_of(edge_influence(_with_edges(graph, inside)), edges)
    while True:
        alive = stays | (kept & _ends(graph.sources[chosen], len(kept)))
        alive &= (kinds != "feature") | _ends(graph.targets[chosen], len(kept))
        chosen &= alive[graph.sources] & alive[graph.targets]
        if (alive == kept).all():
            break
        kept = alive
    return replace(part(graph, kept, chosen), node_threshold=nodes, edge_threshold=edges)


def part(
    graph: AttributionGraph, nodes: npt.NDArray[np.bool_], edges: npt.NDArray[np.bool_] | None = None
) -> AttributionGraph:
    """The graph of some nodes [node] and edges [edge], those between these nodes by default."""
    number = np.where(nodes, np.cumsum(nodes) - 1, -1)
    between = nodes[graph.sources] & nodes[graph.targets]
    chosen = between if edges is None else between & edges
    groups = {name: tuple(int(number[n]) for n in members if nodes[n]) for name, members in graph.supernodes.items()}
    return replace(
        graph,
        nodes=tuple(node for node, keep in zip(graph.nodes, nodes.tolist(), strict=True) if keep),
        sources=number[graph.sources[chosen]].astype(np.int32),
        targets=number[graph.targets[chosen]].astype(np.int32),
        weights=graph.weights[chosen],
        totals=graph.totals[nodes],
        constants=graph.constants[nodes],
        supernodes={name: members for name, members in groups.items() if members},
        pinned=tuple(int(number[n]) for n in graph.pinned if nodes[n]),
    )


def shares(graph: AttributionGraph) -> Numbers:
    """[edge]: |weight| over the sum of all |weights| into the same target."""
    sizes = np.abs(graph.weights.astype(np.float64))
    into = np.bincount(graph.targets, sizes, len(graph.nodes))[graph.targets]
    return np.divide(sizes, into, out=np.zeros_like(sizes), where=into > 0)


def logit_weights(graph: AttributionGraph) -> Numbers:
    """[node]: the probability of each logit, and 0 elsewhere; the same for all logits where none has any."""
    logits = _kinds(graph) == "logit"
    if not logits.any():
        raise ValueError("graph: expected one with a logit, got none")
    p: Numbers = np.where(logits, [node.activation for node in graph.nodes], 0.0)
    return p if (p > 0).any() else logits.astype(np.float64)


def most_of(scores: Numbers, share: float) -> npt.NDArray[np.bool_]:
    """[score]: the largest, as few as hold this share of the sum; all that equal the least of them are in too."""
    if not len(scores) or scores.sum() <= 0:
        return np.zeros(len(scores), bool)
    ordered = np.sort(scores)[::-1]
    enough = min(int(np.searchsorted(np.cumsum(ordered) / ordered.sum(), share)), len(ordered) - 1)
    found: npt.NDArray[np.bool_] = scores >= ordered[enough]
    return found


def _summed(graph: AttributionGraph, share: Numbers, p: Numbers, stops: npt.NDArray[np.bool_]) -> Numbers:
    """[node]: p (A + A² + ...), a step a layer; paths go no further back than a node that stops them."""
    step, total = p, np.zeros_like(p)
    while step.any():
        step = np.asarray(np.bincount(graph.sources, share * (step * ~stops)[graph.targets], len(p)), np.float64)
        total = total + step
    return total


def _kinds(graph: AttributionGraph) -> npt.NDArray[np.str_]:
    return np.array([node.kind for node in graph.nodes], dtype=np.str_)


def _ends(nodes: Ints, size: int) -> npt.NDArray[np.bool_]:
    """[node]: whether it is among these."""
    found: npt.NDArray[np.bool_] = np.bincount(nodes, minlength=size) > 0
    return found


def _with_edges(graph: AttributionGraph, chosen: npt.NDArray[np.bool_]) -> AttributionGraph:
    """The same nodes with some edges only."""
    ends = {name: getattr(graph, name)[chosen] for name in ("sources", "targets", "weights")}
    return replace(graph, **ends)


def _nodes_of(graph: AttributionGraph, within: AttributionGraph | Collection[int]) -> list[int]:
    if not isinstance(within, AttributionGraph):
        return [checks.index("within", node, len(graph.nodes)) for node in checks.items("within", within, "nodes")]
    places = {_name(node): at for at, node in enumerate(graph.nodes)}
    names = [_name(node) for node in within.nodes]
    missing = [node for name, node in zip(names, within.nodes, strict=True) if name not in places]
    if missing:
        raise ValueError(f"within: expected a part of the graph, got one with {missing[0].label!r}, which it has not")
    return [places[name] for name in names]


def _name(node: object) -> tuple[object, ...]:
    return tuple(getattr(node, field) for field in ("kind", "layer", "position", "feature", "token"))
