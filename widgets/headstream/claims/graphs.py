"""CT: "Circuit Tracing" (2025) on gelu-4l and its per-layer transcoders: scores, pruning, ablations, what is missed.

On prompts that lessons open with and on windows of a page, of 4 to 12 tokens. The null of scores is the same
transcoders with each feature's decoder taken from another feature of its layer.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache

import numpy as np

from headstream import demos
from headstream.claims.claim import Found, claim
from headstream.claims.given import demo_run, model, page
from headstream.extras import needs_lessons
from headstream.features.attribution import attribution_graph
from headstream.features.dictionaries import Dictionary
from headstream.features.files import dictionary
from headstream.features.graph_effects import cosine, feature_effects, spearman
from headstream.features.graph_scores import graph_influence, graph_scores, influence_of, prune_graph
from headstream.framework.interventions import with_patterns
from headstream.models import Run, run
from headstream.results import AttributionGraph

with needs_lessons():
    import torch

LESSON = "20-attribution-graphs"
NAME = "gelu-4l"
WINDOWS, LENGTH = 4, 12
ABLATED = 24  # features of each graph


@cache
def transcoders(shuffled: bool = False) -> tuple[Dictionary, ...]:
    found = [dictionary(f"{NAME}-transcoder-{layer}") for layer in range(model(NAME).cfg.n_layers)]
    return tuple(map(_shuffled, found)) if shuffled else tuple(found)


def _shuffled(one: Dictionary) -> Dictionary:
    """The same encoder, each feature with another's decoder."""
    other = copy.deepcopy(one)
    order = torch.randperm(one.features, generator=torch.Generator().manual_seed(0))
    other.W_dec.data = one.W_dec.data[order]
    return other


@cache
def runs() -> tuple[Run, ...]:
    ids = page(NAME).token_ids
    starts = np.linspace(1, len(ids) - LENGTH, WINDOWS, dtype=int)
    windows = [run(model(NAME), [ids[0], *ids[start : start + LENGTH - 1]]) for start in starts]
    return (*map(demo_run, (demos.lens, demos.lens_ladies, demos.lens_early)), *windows)


@cache
def graphs(shuffled: bool = False) -> tuple[AttributionGraph, ...]:
    return tuple(attribution_graph(one, transcoders(shuffled)) for one in runs())


def mean_scores(shuffled: bool = False) -> tuple[float, float]:
    """replacement and completeness, averaged over the graphs."""
    replacement, completeness = np.mean([graph_scores(one) for one in graphs(shuffled)], 0)
    return float(replacement), float(completeness)


@claim(
    "CT-replacement",
    LESSON,
    "Most paths from the tokens to the prediction go by features.",
    measured="replacement score; null: decoders shuffled within their layer",
    paper=".61 of a cross-layer transcoder of 10 million features, .37 per layer",
)
def replacement() -> Found:
    ours, null = mean_scores()[0], mean_scores(True)[0]
    note = "The null is high, for skips and heads carry much past the MLPs, and a model this small has short paths."
    return Found(ours, null, ours > 0.5 and ours - null > 0.1, note, "Shuffled decoders score nearly as well.")


@claim(
    "CT-completeness",
    LESSON,
    "Most of what nodes read comes from features and tokens, not from errors.",
    measured="completeness score; null: decoders shuffled within their layer",
    paper=".80 of a cross-layer transcoder of 10 million features, .78 per layer",
)
def completeness() -> Found:
    ours, null = mean_scores()[1], mean_scores(True)[1]
    lost = f"Of the input, {1 - ours:.2f} comes from errors; {1 - null:.2f} in the null."
    return Found(ours, null, 1 - ours < 0.75 * (1 - null), lost, "Shuffled decoders leave no more to errors.")


@claim(
    "CT-prune",
    LESSON,
    "A small part of the nodes keeps most of the completeness.",
    measured="completeness of the graph pruned to .8 of the influence, over that of the whole one; null: as many "
    "features drawn at random",
    paper=".70 of 137 nodes to .87 of 236 and more",
)
def pruning() -> Found:
    kept, drawn, share, told = [], [], [], []
    for graph in graphs():
        whole = graph_scores(graph).completeness
        part = prune_graph(graph)
        kept.append(graph_scores(graph, part).completeness / whole)
        drawn.append(graph_scores(graph, _random_part(graph, part)).completeness / whole)
        share.append(len(part.nodes) / len(graph.nodes))
        told.append([graph_scores(graph, prune_graph(graph, nodes=nodes)).completeness for nodes in (0.95, 0.9, 0.7)])
    most, more, fewer = np.mean(told, 0)
    ours, null = float(np.mean(kept)), float(np.mean(drawn))
    note = f"{np.mean(share):.0%} of the nodes; of .95, .9 and .7 of the influence the completeness is {most:.2f}, "
    note += f"{more:.2f} and {fewer:.2f} (the paper's .87, .83 and .58), with features left out counted as errors."
    return Found(ours, null, ours > 0.6 and ours > 2 * null, note, "Too much is spread over many features.")


def _random_part(graph: AttributionGraph, part: AttributionGraph) -> list[int]:
    features = graph.find(kind="feature")
    count = len(part.find(kind="feature"))
    drawn: list[int] = np.random.default_rng(0).choice(features, count, replace=False).tolist()
    return drawn


@claim(
    "CT-ablation",
    LESSON,
    "The influence of a feature on others tells what switching it off does to them.",
    measured="Spearman correlation over later features and logits of influence and measured effect, the mean of "
    f"{ABLATED} features a graph; null: the influence of another feature of that layer and position",
    paper=".72",
)
def ablation() -> Found:
    found = list(_ablations())
    ours, null, signed, turned = np.mean(found, 0)
    note = f"The signed prediction correlates at {signed:.2f}, with a cosine of {turned:.2f} (the paper's, one layer "
    note += "later: about .8)."
    return Found(float(ours), float(null), ours > 0.5 and ours > null + 0.2, note, "Nonlinear MLPs do more.")


def _ablations() -> Iterator[tuple[float, float, float, float]]:
    """Of each feature: influence against effect, another's influence against it, prediction against it as correlation
    and as cosine.
    """
    random = np.random.default_rng(0)
    for one, graph in zip(runs(), graphs(), strict=True):
        last = model(NAME).cfg.n_layers - 1
        features = [node for node in graph.find(kind="feature") if graph.nodes[node].layer != last]
        weights = graph_influence(graph)[features]
        chosen = random.choice(features, ABLATED, replace=False, p=weights / weights.sum()).tolist()
        effects = feature_effects(one, transcoders(), graph, chosen)
        into = np.bincount(graph.targets, np.abs(graph.weights), len(graph.nodes))
        for at, node in enumerate(chosen):
            influence = influence_of(graph, node)
            reached = influence > 0
            effect = np.abs(effects.measured[at][reached]) / into[reached]
            place = graph.nodes[node]
            near = [other for other in graph.find(kind="feature", layer=place.layer, position=place.position)]
            other = influence_of(graph, int(random.choice([one for one in near if one != node])))
            predicted, measured = effects.predicted[at][reached], effects.measured[at][reached]
            yield (
                spearman(influence[reached], effect),
                spearman(other[reached], effect),
                spearman(predicted, measured),
                cosine(predicted, measured),
            )


@claim(
    "CT-patterns",
    LESSON,
    "The graph misses why heads look where they do: with another name before, nearly all of the answer is lost by "
    "attention patterns, which are frozen in the graph.",
    measured="share of the logit lost with another first letter that comes back by the attention patterns of the right "
    "prompt alone; null: by those of an unrelated text",
    paper='"this misses the entire interesting story"',
)
def patterns() -> Found:
    right = demo_run(demos.patched_name)
    other = run(right.model, right.text.replace("Potter", "Cotter", 1) if right.text else "")
    unrelated = run(right.model, page(NAME).token_ids[: len(right.tokens)])
    answer = int(right.logits[-1].argmax())

    def logit(one: Run) -> float:
        return float(one.logits[-1, answer] - one.logits[-1].mean())

    back = [logit(with_patterns(other, source)) for source in (right, unrelated)]
    ours, null = ((each - logit(other)) / (logit(right) - logit(other)) for each in back)
    return Found(ours, null, ours > 0.5 > null, "", "The values that heads move differ too.")
