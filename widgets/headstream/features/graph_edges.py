"""The edges of an attribution graph: what every node of a local replacement model takes from every node before it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from headstream.extras import needs_lessons
from headstream.features.replacement import Replacement, through_norm
from headstream.framework.stream import final_norm
from headstream.framework.weights import unembedding

with needs_lessons():
    import torch
    from torch import Tensor

Indices = npt.NDArray[np.int64]


class Layer(NamedTuple):
    """A layer's nodes among all sources. start: of its features, `errors` of its errors, one a position. positions,
    features: [feature node], where and which they are. writes: [feature node, d_model], activation times decoder.
    errors_written: [position, d_model].
    """

    start: int
    errors: int
    positions: Indices
    features: Indices
    writes: Tensor
    errors_written: Tensor

    @property
    def stop(self) -> int:
        return self.errors + len(self.errors_written)

    def at(self, position: int) -> slice:
        """The feature nodes at a position, of the layer's own."""
        low, high = np.searchsorted(self.positions, [position, position + 1])
        return slice(int(low), int(high))


class Sources(NamedTuple):
    """All that writes, in this order: an embedding a position, and for each layer its active features by position, and
    an error a position. position: the last place of the graph. size: how many there are.
    """

    local: Replacement
    position: int
    layers: tuple[Layer, ...]
    size: int


class Rows(NamedTuple):
    """Targets at one place. nodes: their places among all nodes, the sources and then the logits. weights: [target,
    source before it]. constants, totals: [target].
    """

    nodes: Indices
    weights: Tensor
    constants: Tensor
    totals: Tensor


def sources_of(local: Replacement, position: int) -> Sources:
    size, layers, nothing = position + 1, [], local.embedded[:0]
    for mlp in local.mlps:
        if mlp is None:
            none = np.zeros(0, np.int64)
            layers.append(Layer(size, size, none, none, nothing, nothing))
            continue
        active = mlp.activations[: position + 1] > 0
        active[: local.first] = False
        at, feature = active.nonzero(as_tuple=True)
        writes = mlp.activations[at, feature, None] * mlp.decoder[feature]
        error = mlp.error[: position + 1]
        error[: local.first] = 0
        layers.append(Layer(size, size + len(at), at.numpy(force=True), feature.numpy(force=True), writes, error))
        size = layers[-1].stop
    return Sources(local, position, tuple(layers), size)


def traced(sources: Sources, tokens: list[int], probability: Tensor) -> tuple[list[Rows], npt.NDArray[np.float64]]:
    """The rows of all targets that have any influence on these logits, in the order of the nodes; and [source], the
    influence of each (`headstream.features.graph_scores`), by which they were found, the last ones first.
    """
    rows = [logit_rows(sources, tokens)]
    influence = torch.zeros(sources.size + len(tokens), dtype=torch.float64)
    influence[sources.size :] = probability.double().clamp(min=1e-30)
    _hand_down(influence, rows[0])
    for number in reversed(range(len(sources.layers))):
        layer = sources.layers[number]
        for position in reversed(range(sources.local.first, sources.position + 1)):
            here = layer.at(position)
            nodes = np.arange(layer.start + here.start, layer.start + here.stop)
            nodes = nodes[influence.numpy()[nodes] > 0]
            if len(nodes):
                rows.append(feature_rows(sources, number, position, nodes))
                _hand_down(influence, rows[-1])
    return rows[::-1], influence[: sources.size].numpy()


def _hand_down(influence: Tensor, rows: Rows) -> None:
    """Add to the influence of all sources what these targets take from each, as shares of what they take in all."""
    sizes = rows.weights.double().abs()
    shares = sizes / sizes.sum(1, keepdim=True).clamp(min=1e-30)
    influence[: sizes.shape[1]] += influence[torch.from_numpy(rows.nodes)] @ shares


def logit_rows(sources: Sources, tokens: list[int]) -> Rows:
    run, position = sources.local.run, sources.position
    norm, (w_u, b_u) = final_norm(run), unembedding(run.model)
    directions = (w_u[:, tokens] - w_u.mean(1, keepdim=True)).T
    offset = directions @ norm.bias + b_u[tokens] - b_u.mean()
    layers = len(sources.layers)
    weights, constants = _taken(sources, through_norm(norm, directions, position), position, layers)
    totals = run.logits[position, tokens] - run.logits[position].mean()
    return Rows(np.arange(sources.size, sources.size + len(tokens)), weights, constants + offset, totals)


def feature_rows(sources: Sources, layer: int, position: int, nodes: Indices) -> Rows:
    mlp, own = sources.local.mlps[layer], sources.layers[layer]
    assert mlp is not None
    features = own.features[nodes - own.start]
    reads = through_norm(mlp.norm, mlp.reader[features], position)
    weights, constants = _taken(sources, reads, position, layer)
    return Rows(nodes, weights, constants + mlp.offset[features], mlp.pre[position, features])


def _taken(sources: Sources, reads: Tensor, position: int, layer: int) -> tuple[Tensor, Tensor]:
    """[n, source] and [n]: what readings of the stream that a layer's MLP reads take from every source before it, and
    from biases.
    """
    local, first = sources.local, sources.local.first
    before = sources.layers[layer].start if layer < len(sources.layers) else sources.size
    taken = reads.new_zeros(len(reads), before)
    constant = reads.new_zeros(len(reads))
    for earlier, carried, constant in local.back(reads, position, layer):  # noqa: B007 (the last is what counts)
        if earlier < 0:
            taken[:, : position + 1] += (carried * local.embedded[: position + 1]).sum(-1)
            continue
        mlp, nodes = local.mlps[earlier], sources.layers[earlier]
        if mlp is None:
            continue
        if first:  # all that is written at the start token is its own
            taken[:, 0] += carried[:, 0] @ mlp.written[0]
        for at in range(first, position + 1):
            here = nodes.at(at)
            taken[:, nodes.start + here.start : nodes.start + here.stop] = carried[:, at] @ nodes.writes[here].T
        errors = nodes.errors_written[: position + 1]
        taken[:, nodes.errors : nodes.errors + position + 1] = (carried * errors).sum(-1)
    return taken, constant


def gathered(sources: Sources, influence: npt.NDArray[np.float64], most: int) -> Indices:
    """[source]: the node that each becomes part of: itself; for a feature that is not among the `most` of most
    influence, the error of its place; -1 for what has no influence.
    """
    belongs = np.where(influence > 0, np.arange(sources.size), -1)
    belongs[: sources.position + 1] = np.arange(sources.position + 1)
    features = np.concatenate([np.arange(layer.start, layer.errors) for layer in sources.layers])
    dropped = np.zeros(sources.size, bool)
    dropped[features[np.argsort(-influence[features], kind="stable")[most:]]] = True
    dropped &= influence > 0
    for layer in sources.layers:
        own = dropped[layer.start : layer.errors]
        belongs[layer.start : layer.errors][own] = layer.errors + layer.positions[own]
    kept = np.unique(belongs[belongs >= 0])
    belongs[kept] = kept
    return belongs


def edges_of(
    rows: list[Rows], belongs: Indices, size: int
) -> tuple[Indices, Indices, npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """sources, targets and weights [edge], totals and constants [node] of the nodes that are kept, numbered anew.

    belongs: [source], see `gathered`. size: of all nodes, the logits too.
    """
    own = np.flatnonzero(belongs == np.arange(len(belongs)))
    logits = size - len(belongs)
    number = np.full(size, -1)
    number[own], number[len(belongs) :] = np.arange(len(own)), np.arange(len(own), len(own) + logits)
    into = np.where(belongs >= 0, number[belongs], -1)
    totals, constants = np.zeros((2, len(own) + logits), np.float32)
    found: list[tuple[Indices, Indices, npt.NDArray[np.float32]]] = []
    for row in rows:
        kept = number[row.nodes] >= 0
        columns = np.flatnonzero(into[: row.weights.shape[1]] >= 0)
        brought = row.weights.new_zeros(int(kept.sum()), len(own))
        brought.index_add_(1, torch.from_numpy(into[columns]), row.weights[torch.from_numpy(kept)][:, columns])
        weights = brought.numpy(force=True)
        targets = number[row.nodes[kept]]
        totals[targets] = row.totals.numpy(force=True)[kept]
        constants[targets] = row.constants.numpy(force=True)[kept]
        at, source = np.nonzero(weights)
        found.append((source, targets[at], weights[at, source]))
    sources, targets, weights = (np.concatenate(part) for part in zip(*found, strict=True))
    return sources, targets, weights, totals, constants
