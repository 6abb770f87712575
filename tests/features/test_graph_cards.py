"""Cards of a graph's features hold what their summaries say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.results import GraphNode
from tests.features.graph_models import random_transcoders
from tests.views.graphs import graph_of


def test_a_card_says_what_its_summary_does(shipped: Callable[[str], Any]) -> None:
    model = shipped("gelu-4l")
    coders = random_transcoders(model, 12)[:2]
    pages = [hs.run(model, hs.demos.ladder.text[:400])]
    summaries = [hs.feature_summary(model, one, pages, window=5, top=3) for one in coders]
    nodes = [
        GraphNode("embed", None, 0, label="a"),
        GraphNode("feature", 0, 0, 3, label="feature 0.3"),
        GraphNode("feature", 1, 0, 7, label="feature 1.7"),
        GraphNode("logit", None, 0, token=1, activation=0.5, label="b"),
    ]
    graph = graph_of(nodes, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)], ["a"])
    cards = hs.graph_cards(graph, summaries, examples=2)
    assert list(cards) == ["feature 0.3", "feature 1.7"]
    x = pages[0].cache["blocks.1.mlp.hook_in"]
    fired = coders[1].encode(x)[1:, 7].numpy()
    tokens, activations = cards["feature 1.7"]["examples"][0]
    assert max(activations) == pytest.approx(fired.max(), rel=1e-3)
    assert tokens[int(np.argmax(activations))] == pages[0].tokens[1:][int(fired.argmax())]
    assert len(cards["feature 1.7"]["examples"]) <= 2
    words = [summaries[1].vocabulary[token] for token in summaries[1].promoted[7].tolist()]
    assert cards["feature 1.7"]["promotes"] == words
    assert len(hs.AttributionGraph(graph, cards).cards) == 2

    with pytest.raises(ValueError, match=r"summaries: expected one of feature 1\.7, got none"):
        hs.graph_cards(graph, summaries[:1])
    with pytest.raises(
        TypeError, match=r"summaries: expected hs.feature_summary\(model, transcoder\)s, got Dictionary"
    ):
        hs.graph_cards(graph, coders)
