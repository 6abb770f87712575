"""What a view of an attribution graph tells of a feature besides its edges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from headstream import checks
from headstream.results import AttributionGraph, FeatureSummary
from headstream.views.shared.traits import sendable

FIELDS = ("promotes", "suppresses", "examples")
# Of a summary: tokens at either end, examples, and places on both sides of what an example was chosen for.
TOKENS, EXAMPLES, AROUND = 5, 3, 5

Card = dict[str, Any]


def sent_cards(graph: AttributionGraph, cards: Mapping[Any, Any] | None) -> dict[str, Card]:
    """The cards as they are sent, by the label of a node, checked.

    cards: by the number of a layer, the `FeatureSummary` of its transcoder; or by label, a mapping with any of
        promotes, suppresses: labels of the tokens whose logits it raises and lowers most, the first the most.
        examples: pairs (tokens, activations) of one label and one number a token, where it fires most.

    Activations are rounded to three significant digits: they are shown as shades alone.
    """
    if cards is None:
        return {}
    if not isinstance(cards, Mapping):
        expected = "expected a FeatureSummary by layer, or a card by label"
        raise TypeError(f"cards: {expected}, got {type(cards).__name__}")
    if any(isinstance(card, FeatureSummary) for card in cards.values()):
        cards = _of_summaries(graph, cards)
    return {sendable(checks.text("cards", label)): _card(f"cards[{label!r}]", card) for label, card in cards.items()}


def _of_summaries(graph: AttributionGraph, summaries: Mapping[Any, Any]) -> dict[str, Card]:
    """A card for each feature of the graph whose layer has a summary."""
    for layer, summary in summaries.items():
        checks.whole("cards", layer, 0)
        if not isinstance(summary, FeatureSummary):
            raise TypeError(f"cards[{layer}]: expected a FeatureSummary, got {type(summary).__name__}")
    found = {}
    for node in graph.nodes:
        summary = summaries.get(node.layer)
        if node.feature is None or summary is None or node.label in found:
            continue
        if node.feature >= len(summary.density):
            expected = f"expected the summary of layer {node.layer}'s transcoder, which has a feature {node.feature}"
            raise ValueError(f"cards[{node.layer}]: {expected}, got one of {len(summary.density)}")
        found[node.label] = _summarised(summary, node.feature)
    return found


def _summarised(summary: FeatureSummary, feature: int) -> Card:
    words = summary.vocabulary
    ends = {"promotes": summary.promoted, "suppresses": summary.suppressed}
    examples = []
    for ids, fired, at in zip(
        summary.top.token_ids[feature], summary.top.activations[feature], summary.top.at[feature].tolist(), strict=True
    ):
        near = np.abs(np.arange(len(ids)) - at) <= AROUND
        shown = near & (ids >= 0)
        if at >= 0:
            examples.append(([words[int(token)] for token in ids[shown]], fired[shown]))
    return {
        **{name: [words[int(token)] for token in tokens[feature, :TOKENS]] for name, tokens in ends.items()},
        "examples": examples[:EXAMPLES],
    }


def _card(name: str, card: Any) -> Card:
    if not isinstance(card, Mapping):
        raise TypeError(f"{name}: expected a mapping with {', '.join(FIELDS)}, got {type(card).__name__}")
    for field in card:
        checks.choice(name, field, FIELDS)
    made = {field: _texts(f"{name}[{field!r}]", card.get(field, ())) for field in FIELDS[:2]}
    examples = checks.items(f"{name}['examples']", card.get("examples", ()), "pairs (tokens, activations)")
    return {**made, "examples": [_example(f"{name}['examples'][{at}]", one) for at, one in enumerate(examples)]}


def _example(name: str, example: Any) -> Card:
    pair = checks.items(name, example, "a pair (tokens, activations)")
    if len(pair) != 2:
        raise ValueError(f"{name}: expected a pair (tokens, activations), got {len(pair)} parts")
    tokens = _texts(name, pair[0])
    activations = checks.finite(name, pair[1], "one activation a token")
    checks.shape(name, activations, (len(tokens),), "token")
    return {"tokens": tokens, "activations": [float(f"{value:.3g}") for value in activations.tolist()]}


def _texts(name: str, values: Any) -> list[str]:
    found = checks.items(name, values, "a list of texts")
    return [sendable(text) for text in checks.labels(name, found, len(found), "token")]
