"""Switching features off: exact where the model is what the graph says, and measured by the model itself elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

import headstream as hs
from headstream.features.graph_effects import cosine, feature_effects, predicted_effect, spearman
from headstream.models.runs import Run
from headstream.results import AttributionGraph, GraphNode
from tests.features.graph_models import random_transcoders
from tests.features.test_attribution import IDS, graph, model, run
from tests.views.graphs import graph_of


def made(name: str) -> tuple[Run, list, AttributionGraph]:
    return run(name), random_transcoders(model(name)), graph(name)


def test_without_norms_the_next_reading_moves_as_the_graph_says() -> None:
    """With patterns held, and no MLP between, there is nothing that is not linear."""
    prompt, coders, found = made("native 2l")
    first, second = found.find(kind="feature", layer=0), np.array(found.find(kind="feature", layer=1))
    effects = feature_effects(prompt, coders, found, first[:20], frozen_patterns=True)
    largest = np.abs(effects.predicted[:, second]).max()
    np.testing.assert_allclose(effects.measured[:, second], effects.predicted[:, second], atol=1e-4 * largest)
    last = found.find(kind="feature", layer=1)
    logits = np.array(found.find(kind="logit"))
    effects = feature_effects(prompt, coders, found, last, multiple=-1.5)
    np.testing.assert_allclose(effects.measured[:, logits], effects.predicted[:, logits], atol=1e-4 * largest)
    weights = dict(found.inputs(logits[0]))
    np.testing.assert_allclose(effects.predicted[:, logits[0]], [-2.5 * weights[node] for node in last], rtol=1e-4)
    moving = feature_effects(prompt, coders, found, first[:20])
    assert np.abs(moving.measured[:, second] - moving.predicted[:, second]).max() > 1e-2 * largest, "patterns move"


def test_the_real_model_is_run() -> None:
    """Against one pass, hooked by hand."""
    prompt, coders, found = made("native 2l LN")
    pair = found.find(kind="feature", layer=0, position=len(IDS) - 1)[:2]
    effects = feature_effects(prompt, coders, found, [pair, pair[0]], multiple=-3)

    def added(x, hook):
        x = x.clone()
        for node in (found.nodes[at] for at in pair):
            x[0, node.position] -= 4 * node.activation * coders[0].W_dec[node.feature, 0]
        return x

    with prompt.model.hooks(fwd_hooks=[("blocks.0.hook_mlp_out", added)]):
        changed = hs.run(prompt.model, IDS)
    x = changed.cache["blocks.1.mlp.hook_in"]
    for at in found.find(kind="feature", layer=1):
        node = found.nodes[at]
        expected = float(coders[1].pre(x)[node.position, node.feature]) - found.totals[at]
        assert effects.measured[0, at] == pytest.approx(expected, abs=1e-4)
    for at in found.find(kind="logit"):
        expected = float(changed.logits[-1, found.nodes[at].token] - changed.logits[-1].mean()) - found.totals[at]
        assert effects.measured[0, at] == pytest.approx(expected, abs=1e-4)
    assert np.abs(effects.measured[0] - effects.measured[1]).max() > 5e-3, "both are switched"
    early = [at for at, node in enumerate(found.nodes) if node.kind in ("embed", "error") or node.layer == 0]
    np.testing.assert_allclose(effects.measured[:, early], 0, atol=1e-5)
    np.testing.assert_array_equal(prompt.logits, run("native 2l LN").logits)
    assert (hs.run(prompt.model, IDS).logits == prompt.logits).all(), "no hook stays"


def test_a_prediction_goes_along_the_edges() -> None:
    nodes = [
        GraphNode("embed", None, 0),
        GraphNode("feature", 0, 0, 1, activation=2.0),
        GraphNode("feature", 1, 0, 1, activation=4.0),
        GraphNode("feature", 2, 0, 1, activation=1.0),
        GraphNode("logit", None, 0, token=0),
    ]
    edges = [(0, 1, 2.0), (1, 2, 1.0), (2, 3, 2.0), (1, 4, 0.5), (2, 4, 8.0), (3, 4, 3.0)]
    found = graph_of(nodes, edges, ["a"])
    # the second loses 1 of 4, the third 2 · 1/4 of 1, the logit .5 + 8/4 + 3/2
    np.testing.assert_allclose(predicted_effect(found, {1: 0}), [0, 0, -1, -0.5, -0.5 - 2 - 1.5])
    np.testing.assert_allclose(predicted_effect(found, {1: 2}), [0, 0, 1, 0.5, 0.5 + 2 + 1.5])
    np.testing.assert_allclose(predicted_effect(found, {1: 0, 2: 1}), [0, 0, -1, 0, -0.5])
    # no activation is below 0: the third has 1 to lose, and 4 less than that
    np.testing.assert_allclose(predicted_effect(found, {1: -9}), [0, 0, -10, -2, -5 - 8 - 3])


def test_agreement() -> None:
    assert spearman([1, 2, 3, 9], [1, 4, 5, 6]) == pytest.approx(1)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert spearman([1, 1, 2], [1, 2, 2]) == pytest.approx(0.5)  # ties share their ranks
    assert spearman([1, 1], [1, 2]) == cosine([0, 0], [1, 2]) == 0
    assert cosine([1, 0], [1, 1]) == pytest.approx(2**-0.5)


def test_what_cannot_be_changed_is_said() -> None:
    prompt, coders, found = made("native 2l LN")
    with pytest.raises(ValueError, match="changes: expected features, got node 0, which is an embed"):
        feature_effects(prompt, coders, found, [0])
    with pytest.raises(IndexError, match="changes: expected -"):
        feature_effects(prompt, coders, found, [[len(found.nodes)]])
    with pytest.raises(ValueError, match="graph: expected one of this run"):
        feature_effects(hs.run(prompt.model, IDS[::-1]), coders, found, [10])
    with pytest.raises(TypeError, match="changes: expected a list of nodes, or of groups, got int"):
        feature_effects(prompt, coders, found, 10)  # type: ignore[arg-type]
    none = feature_effects(prompt, coders, found, [])
    assert none.predicted.shape == none.measured.shape == (0, len(found.nodes))
