"""What a view of an attribution graph tells of a feature besides its edges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from headstream import checks
from headstream.views.shared.traits import sendable

FIELDS = ("promotes", "suppresses", "examples")


def sent_cards(cards: Mapping[str, Any] | None) -> dict[str, dict[str, Any]]:
    """The cards as they are sent, checked: by the label of a node a mapping with any of

    promotes, suppresses: labels of the tokens whose logits it raises and lowers most, the first the most.
    examples: pairs (tokens, activations) of one label and one number a token, where it fires most.

    Activations are rounded to three significant digits: they are shown as shades alone.
    """
    if cards is None:
        return {}
    if not isinstance(cards, Mapping):
        raise TypeError(f"cards: expected a mapping from a node's label to its card, got {type(cards).__name__}")
    return {sendable(checks.text("cards", label)): _card(f"cards[{label!r}]", card) for label, card in cards.items()}


def _card(name: str, card: Any) -> dict[str, Any]:
    if not isinstance(card, Mapping):
        raise TypeError(f"{name}: expected a mapping with {', '.join(FIELDS)}, got {type(card).__name__}")
    for field in card:
        checks.choice(name, field, FIELDS)
    made = {field: _texts(f"{name}[{field!r}]", card.get(field, ())) for field in FIELDS[:2]}
    examples = checks.items(f"{name}['examples']", card.get("examples", ()), "pairs (tokens, activations)")
    return {**made, "examples": [_example(f"{name}['examples'][{at}]", one) for at, one in enumerate(examples)]}


def _example(name: str, example: Any) -> dict[str, Any]:
    pair = checks.items(name, example, "a pair (tokens, activations)")
    if len(pair) != 2:
        raise ValueError(f"{name}: expected a pair (tokens, activations), got {len(pair)} parts")
    tokens = _texts(name, pair[0])
    activations = checks.finite(name, pair[1], "one activation a token")
    checks.shape(name, activations, (len(tokens),), "token")
    return {"tokens": tokens, "activations": [float(f"{value:.3g}") for value in np.asarray(activations).tolist()]}


def _texts(name: str, values: Any) -> list[str]:
    found = checks.items(name, values, "a list of texts")
    return [sendable(text) for text in checks.labels(name, found, len(found), "token")]
