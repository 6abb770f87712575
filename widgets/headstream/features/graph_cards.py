"""What is known of an attribution graph's features beside their edges: where each fires on a text, what it writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headstream import checks
from headstream.results import AttributionGraph, FeatureSummary


def graph_cards(
    graph: AttributionGraph, summaries: Sequence[FeatureSummary], *, examples: int = 3
) -> dict[str, dict[str, Any]]:
    """A card for every feature of a graph, by the label of its node, as `hs.AttributionGraph(graph, cards)` takes them:
    "promotes" and "suppresses", tokens whose logits it raises and lowers most, and "examples", windows of the text
    where it fires most strongly, each its tokens and its activations.

    summaries: of each layer's transcoder, in order (`hs.feature_summary(model, transcoder)`). examples: at most so many
        windows each. Errors: TypeError and ValueError for summaries that are none, or not of these features.
    """
    found: dict[str, dict[str, Any]] = {}
    given, examples = checks.items("summaries", summaries, "one summary a layer"), checks.whole("examples", examples, 0)
    for one in given:
        if not isinstance(one, FeatureSummary):
            raise TypeError(f"summaries: expected hs.feature_summary(model, transcoder)s, got {type(one).__name__}")
    for node in graph.nodes:
        if node.kind != "feature" or node.label in found:
            continue
        assert node.layer is not None
        assert node.feature is not None
        if node.layer >= len(given) or node.feature >= len(given[node.layer].density):
            raise ValueError(f"summaries: expected one of {node.label}, got none: one a layer, in order, is needed")
        found[node.label] = _card(given[node.layer], node.feature, examples)
    return found


def _card(summary: FeatureSummary, feature: int, examples: int) -> dict[str, Any]:
    words, top = summary.vocabulary, summary.top
    windows = []
    for which in range(min(examples, top.at.shape[1])):
        if top.at[feature, which] >= 0:
            there = top.token_ids[feature, which] >= 0
            tokens = [words[token] for token in top.token_ids[feature, which][there].tolist()]
            windows.append((tokens, top.activations[feature, which][there].tolist()))
    return {
        "promotes": [words[token] for token in summary.promoted[feature].tolist()],
        "suppresses": [words[token] for token in summary.suppressed[feature].tolist()],
        "examples": windows,
    }
