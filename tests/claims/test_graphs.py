"""The claims on attribution graphs hold, and each can come out the other way."""

import numpy as np
import pytest

from headstream.claims import ENTRIES, graphs


def shuffled_decoders(monkeypatch):
    scores = graphs.mean_scores
    monkeypatch.setattr(graphs, "mean_scores", lambda shuffled=True: scores(True))


def the_same_part(monkeypatch):
    monkeypatch.setattr(graphs, "_random_part", lambda graph, part: part)


def of_another_feature(monkeypatch):
    random, influence_of = np.random.default_rng(1), graphs.influence_of

    def other(graph, node):
        place = graph.nodes[node]
        near = graph.find(kind="feature", layer=place.layer, position=place.position)
        return influence_of(graph, int(random.choice(near)))

    monkeypatch.setattr(graphs, "influence_of", other)


def own_patterns(monkeypatch):
    monkeypatch.setattr(graphs, "with_patterns", lambda one, source: one)


@pytest.mark.parametrize(
    ("id", "mutant"),
    [
        ("CT-replacement", shuffled_decoders),
        ("CT-completeness", shuffled_decoders),
        ("CT-prune", the_same_part),
        ("CT-patterns", own_patterns),
    ],
)
def test_a_verdict_can_come_out_the_other_way(found, monkeypatch, id, mutant):
    assert found(id).holds
    mutant(monkeypatch)
    assert not ENTRIES[id].compute().holds


def test_influence_is_told_from_that_of_other_features(monkeypatch):
    """On fewer features than the claim has: each takes a second."""
    monkeypatch.setattr(graphs, "ABLATED", 6)
    assert ENTRIES["CT-ablation"].compute().holds
    of_another_feature(monkeypatch)
    assert not ENTRIES["CT-ablation"].compute().holds
