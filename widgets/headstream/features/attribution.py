"""Attribution graphs: what caused what in a run, with features for nodes ("Circuit Tracing", 2025).

In the local replacement model (`headstream.features.replacement`) an edge is exact: what a source writes, carried
through frozen attention and skips to where the target reads,

    weight = activation of the source · (its decoder · what the target's encoder reads, carried backwards)

and the edges into a node, and its constant, sum to its pre-activation in the run. A logit reads its column of W_U less
the mean of all columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.graph_edges import Indices, Sources, edges_of, gathered, sources_of, traced
from headstream.features.replacement import replacement
from headstream.framework.stream import final_stream, tolerance
from headstream.models.labels import labels, token_id
from headstream.models.runs import Run, checked_run
from headstream.results import AttributionGraph, GraphNode

with needs_lessons():
    import torch

if TYPE_CHECKING:
    from headstream.features.dictionaries import Dictionary

_EXACT = 1e-3  # of the largest total; rounding stays below 1e-4, another architecture far above
COVERED, LOGITS = 0.95, 10


@torch.no_grad()
def attribution_graph(
    run: Run,
    transcoders: Sequence[Dictionary],
    *,
    logits: Sequence[str | int] | str | int | None = None,
    position: int = -1,
    most: int = 2000,
) -> AttributionGraph:
    """The attribution graph of what a run predicts at a position.

    transcoders: one for every layer with an MLP, of `blocks.L.mlp.hook_in` to `blocks.L.hook_mlp_out`.
    logits: tokens that may come next, strings or ids; None takes the likeliest until they hold .95 of the probability,
        10 at most. position: where they are predicted.
    most: how many features are told apart, those of most influence on these logits; what the others write is left to
        the error nodes of their layer and position, so that sums stay exact. Features and errors without any influence
        are left out.

    Nodes: each token's embedding (token and position together; a start token's holds all that MLPs write there, see
    `replacement`), the active features, an error a layer and position, the logits. Weights are in units of the target's
    pre-activation, or logit. The totals are the run's own, and |edges + constant - total| is at most 1e-4 of the
    largest |total| (`AttributionGraph.error`). One backward pass for all the features of a layer and position: seconds
    for 30 tokens.

    The graph says nothing of why heads attend where they do, for their patterns are frozen. Errors: IndexError for a
    position out of range; ValueError for unknown tokens, transcoders that do not fit the model, and models that do more
    than add heads, MLPs and biases to their stream.
    """
    position = checks.index("position", position, len(checked_run(run).tokens))
    most = checks.whole("most", most, 1)
    final_stream(run)  # a model without one is refused
    chosen, probability = asked(run, logits, position)
    sources = sources_of(replacement(run, transcoders), position)
    rows, influence = traced(sources, chosen, torch.tensor(probability))
    belongs = gathered(sources, influence, most)
    ends, targets, weights, totals, constants = edges_of(rows, belongs, sources.size + len(chosen))
    graph = AttributionGraph(
        nodes=nodes_of(sources, np.unique(belongs[belongs >= 0]), chosen, probability),
        sources=ends.astype(np.int32),
        targets=targets.astype(np.int32),
        weights=weights,
        totals=totals,
        constants=constants,
        tokens=run.tokens,
        token_ids=run.token_ids,
        name=run.name,
    )
    if not graph.error <= tolerance(run, _EXACT, 64):
        raise ValueError(
            f"run: expected a model that adds heads, MLPs and biases to its stream, got {run.name}: the edges into a"
            f" node do not sum to its value in the run (off by {graph.error:.2g} of the largest)"
        )
    return graph


def asked(run: Run, logits: Sequence[str | int] | str | int | None, position: int) -> tuple[list[int], list[float]]:
    """The tokens whose logits are nodes, the likeliest first where none are named, and their probabilities."""
    p = run.logits[position].softmax(-1)
    if logits is None:
        order = p.argsort(descending=True)[:LOGITS]
        chosen = order[: int((p[order].cumsum(0) < COVERED).sum()) + 1].tolist()
    else:
        given = [logits] if isinstance(logits, (str, int)) else checks.items("logits", logits, "tokens")
        chosen = [token_id(run.model, one, name="logits") for one in given]
        if not chosen or len(set(chosen)) < len(chosen):
            raise ValueError(f"logits: expected one token or several different ones, got {given!r}")
    return chosen, p[chosen].tolist()


def nodes_of(sources: Sources, kept: Indices, chosen: list[int], probability: list[float]) -> tuple[GraphNode, ...]:
    """The nodes of these sources and logits, with their labels."""
    run, last = sources.local.run, sources.position
    words = [*run.tokens, *labels(run.model.tokenizer, chosen)]
    ids = run.token_ids.tolist()
    found = [GraphNode("embed", None, at, token=ids[at], label=words[at]) for at in range(last + 1)]
    for number, (layer, mlp) in enumerate(zip(sources.layers, sources.local.mlps, strict=True)):
        for node in kept[(kept >= layer.start) & (kept < layer.stop)].tolist():
            if node >= layer.errors:
                found.append(GraphNode("error", number, node - layer.errors, label=f"error {number}"))
                continue
            assert mlp is not None
            at, feature = int(layer.positions[node - layer.start]), int(layer.features[node - layer.start])
            activation = float(mlp.activations[at, feature])
            found.append(GraphNode("feature", number, at, feature, None, activation, f"feature {number}.{feature}"))
    tokens = zip(chosen, probability, words[len(ids) :], strict=True)
    found += [GraphNode("logit", None, last, token=token, activation=p, label=word) for token, p, word in tokens]
    return tuple(found)
