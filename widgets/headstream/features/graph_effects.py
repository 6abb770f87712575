"""What switching features off does in the real model, beside what an attribution graph says that it does.

A feature is set to a multiple of its activation: (multiple - 1) · activation · decoder is added to what its MLP writes
at its position, and everything after it is computed anew, attention patterns, LayerNorms and MLPs too. The graph holds
all of that still and goes along its edges: where a source loses a share of its activation, its target loses the same
share of the edge's weight,

    Δ pre-activation of t = sum over sources s of weight(s -> t) · Δ activation of s / activation of s

and an active feature's activation moves as its pre-activation does, down to 0.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.replacement import layer_of
from headstream.models.runs import Run, checked_run, to_numpy
from headstream.results import AttributionGraph, Floats

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from headstream.features.dictionaries import Dictionary

Hook = tuple[str, Callable[..., Tensor]]
_NUMBERS = 2**24  # of one kind that a batch of passes holds at once: 67 MB


class FeatureEffects(NamedTuple):
    """predicted, measured: [change, node] float32, how much each change moves the total of every node of the graph: a
    feature's pre-activation, a logit less the mean; 0 for embeddings and errors, and for what a change does not reach.
    """

    predicted: Floats
    measured: Floats


@torch.no_grad()
def feature_effects(
    run: Run,
    transcoders: Sequence[Dictionary],
    graph: AttributionGraph,
    changes: Sequence[int | Collection[int]],
    *,
    multiple: float = 0.0,
    frozen_patterns: bool = False,
) -> FeatureEffects:
    """What setting features to a multiple of their activations does, in the real model and by the graph.

    graph: of this run and these transcoders; a pruned one predicts with what it has. changes: nodes of the graph, each
        a feature, or several to be set at once. multiple: 0 switches them off. frozen_patterns: whether attention
        patterns are held at the run's, as the graph has them.

    One pass a change, many in a batch. Errors: IndexError and ValueError for a node that is no feature of the graph, or
    a graph of another run.
    """
    groups = [_features(graph, change) for change in checks.items("changes", changes, "a list of nodes, or of groups")]
    multiple = checks.number("multiple", multiple, -1e6, 1e6)
    if graph.tokens != checked_run(run).tokens or graph.name != run.name:
        raise ValueError(f"graph: expected one of this run, of {run.name}, got one of {graph.name or 'another run'}")
    by_layer = {layer_of(one): one for one in transcoders}
    step = max(1, _NUMBERS // (len(run.tokens) * max(4 * run.model.cfg.d_model, run.model.cfg.d_vocab // 8)))
    measured = [
        _measured(run, by_layer, graph, groups[start : start + step], multiple, frozen_patterns)
        for start in range(0, len(groups), step)
    ]
    predicted = [predicted_effect(graph, dict.fromkeys(group, multiple)) for group in groups]
    nothing = np.zeros((0, len(graph.nodes)), np.float32)
    return FeatureEffects(np.stack(predicted) if predicted else nothing, np.concatenate([nothing, *measured]))


def predicted_effect(graph: AttributionGraph, multiples: dict[int, float]) -> Floats:
    """[node]: how much each node's total moves by the edges of the graph if features are set to multiples of their
    activations.
    """
    activation = np.array([node.activation if node.kind == "feature" else np.inf for node in graph.nodes])
    activation[activation <= 0] = np.inf
    set_to = np.array(list(multiples), int)
    change: npt.NDArray[np.float64] = np.zeros(len(graph.nodes))
    while True:
        moved = np.maximum(change / activation, -1)  # each activation, as a share of it
        moved[set_to] = np.array(list(multiples.values())) - 1
        further = _summed(graph, moved)
        if (further == change).all():
            return change.astype(np.float32)
        change = further


def _summed(graph: AttributionGraph, moved: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """[node]: what each gains by its edges."""
    brought = graph.weights * moved[graph.sources]
    return np.asarray(np.bincount(graph.targets, brought, len(graph.nodes)), np.float64)


def _measured(
    run: Run,
    transcoders: dict[int, Dictionary],
    graph: AttributionGraph,
    groups: list[list[int]],
    multiple: float,
    frozen_patterns: bool,
) -> Floats:
    """[change, node]: one pass a change."""
    last = max(node.position for node in graph.nodes)
    seen: dict[int, Tensor] = {}

    def keep(x: Tensor, hook: object, layer: int) -> Tensor:
        seen[layer] = transcoders[layer].pre(x.float()) - transcoders[layer].pre(
            run.cache[f"blocks.{layer}.mlp.hook_in"].float()
        )
        return x

    hooks = [*_added(run, transcoders, graph, groups, multiple), *(_patterns(run) if frozen_patterns else [])]
    hooks += [(f"blocks.{layer}.mlp.hook_in", _with_layer(keep, layer)) for layer in transcoders]
    hooks.append(("unembed.hook_in", lambda x, hook: x[:, [last]]))
    ids = torch.from_numpy(run.token_ids).to(run.model.cfg.device).expand(len(groups), -1)
    with run.model.hooks(fwd_hooks=hooks):
        logits: Tensor = run.model(ids, return_type="logits")[:, 0].float()
    change = logits - logits.mean(-1, keepdim=True) - (run.logits[last] - run.logits[last].mean())
    found = np.zeros((len(groups), len(graph.nodes)), np.float32)
    for layer, moved in seen.items():
        nodes = graph.find(kind="feature", layer=layer)
        at, feature = ([getattr(graph.nodes[node], name) for node in nodes] for name in ("position", "feature"))
        found[:, nodes] = to_numpy(moved[:, at, feature])
    chosen = graph.find(kind="logit")
    found[:, chosen] = to_numpy(change[:, [graph.nodes[node].token for node in chosen]])
    return found


def _added(
    run: Run, transcoders: dict[int, Dictionary], graph: AttributionGraph, groups: list[list[int]], multiple: float
) -> list[Hook]:
    """Hooks that add to what each MLP writes the change of its features, in each pass its own."""
    found: list[Hook] = []
    for layer, transcoder in transcoders.items():
        added = run.cache[f"blocks.{layer}.hook_mlp_out"].float().new_zeros(
            len(groups), len(run.tokens), transcoder.W_dec.shape[2]
        )  # fmt: skip
        for at, group in enumerate(groups):
            for node in (graph.nodes[one] for one in group):
                if node.layer == layer:
                    added[at, node.position] += (multiple - 1) * node.activation * transcoder.W_dec[node.feature, 0]
        if added.any():
            found.append((f"blocks.{layer}.hook_mlp_out", _adding(added)))
    return found


def _adding(added: Tensor) -> Callable[..., Tensor]:
    return lambda x, hook: x + added.to(x)


def _with_layer(function: Callable[..., Tensor], layer: int) -> Callable[..., Tensor]:
    return lambda x, hook: function(x, hook, layer)


def _patterns(run: Run) -> list[Hook]:
    """Hooks that hold every attention pattern at the run's."""
    names = [f"blocks.{layer}.attn.hook_pattern" for layer in range(run.model.cfg.n_layers)]
    return [(name, lambda x, hook: run.cache[hook.name].expand_as(x)) for name in names]


def _features(graph: AttributionGraph, change: int | Collection[int]) -> list[int]:
    """The nodes of one change, all of them features."""
    given = [change] if np.ndim(change) == 0 else checks.items("changes", change, "nodes")  # type: ignore[arg-type]
    nodes = [checks.index("changes", node, len(graph.nodes)) for node in given]
    for node in nodes:
        if graph.nodes[node].kind != "feature":
            raise ValueError(f"changes: expected features, got node {node}, which is an {graph.nodes[node].kind}")
    return nodes


def spearman(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """The correlation of two lists' ranks, from -1 to 1, ties at their mean rank; 0 where one of them is constant."""
    return _correlation(_ranks(np.asarray(one, float)), _ranks(np.asarray(other, float)))


def cosine(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """The cosine of two lists of numbers; 0 where one of them is 0 throughout."""
    a, b = np.asarray(one, float), np.asarray(other, float)
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / length if length else 0.0


def _ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    found: npt.NDArray[np.float64] = (np.cumsum(counts) - (counts + 1) / 2)[inverse]
    return found


def _correlation(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    return cosine(one - one.mean(), other - other.mean())
