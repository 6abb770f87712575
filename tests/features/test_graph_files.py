"""Graph files: ours come back as they were, published ones open, and what is no graph is refused with its reason."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from headstream.features.graph_files import load_graph, save_graph
from headstream.features.graph_scores import graph_scores, prune_graph
from headstream.results import AttributionGraph, GraphNode
from tests.features.test_attribution import graph
from tests.views.graphs import graph_of, random_graph


def same(one: AttributionGraph, other: AttributionGraph) -> None:
    assert one.nodes == other.nodes
    for name in ("sources", "targets", "weights", "totals", "constants"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    for name in ("tokens", "name", "pinned", "node_threshold", "edge_threshold"):
        assert getattr(one, name) == getattr(other, name)
    assert dict(one.supernodes) == dict(other.supernodes)


@pytest.mark.parametrize("made", [lambda: random_graph(["a", " b", '"\n']), lambda: graph("native 2l LN")])
def test_what_is_saved_is_loaded(made: Callable[[], AttributionGraph], tmp_path: Path) -> None:
    whole = replace(made(), supernodes={"some": (4, 5), "others": (7,)}, pinned=(6, 4))
    for one in (whole, prune_graph(whole, nodes=0.7)):
        file = save_graph(one, tmp_path / "one.json")
        same(load_graph(file), one)
        assert load_graph(str(file)).token_ids.tolist() == one.token_ids.tolist()
        assert graph_scores(load_graph(file)) == graph_scores(one)
    assert json.loads(file.read_text())["metadata"]["slug"] == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["one.json"]


def test_a_saved_graph_has_what_the_public_schema_asks_for(tmp_path: Path) -> None:
    """Of graph-schema.json, version 1.0.0: the fields that must be there, and their types."""
    content = json.loads(save_graph(random_graph(["a", "b"]), tmp_path / "g.json", slug="mine").read_text())
    assert {"metadata", "qParams", "nodes", "links"} <= set(content)
    assert content["metadata"]["slug"] == "mine"
    assert all(isinstance(content["metadata"][name], str) for name in ("slug", "scan", "prompt"))
    assert all(isinstance(token, str) for token in content["metadata"]["prompt_tokens"])
    types = {
        "node_id": str, "feature": (int, type(None)), "layer": (str, int), "ctx_idx": int, "feature_type": str,
        "jsNodeId": str, "clerp": str, "influence": (float, int, type(None)), "activation": (float, type(None)),
    }  # fmt: skip
    for node in content["nodes"]:
        assert all(isinstance(node[name], kind) for name, kind in types.items())
    ids = [node["node_id"] for node in content["nodes"]]
    assert len(set(ids)) == len(ids)
    assert all(isinstance(link["weight"], float) for link in content["links"])
    assert {end for link in content["links"] for end in (link["source"], link["target"])} <= set(ids)
    kinds = {"cross layer transcoder", "mlp reconstruction error", "embedding", "logit"}
    assert {node["feature_type"] for node in content["nodes"]} == kinds
    assert [node["is_target_logit"] for node in content["nodes"]].count(True) == 1


def published() -> dict[str, Any]:
    """As circuit-tracer writes one: nodes in no order, Cantor-paired features, pins and groups of pruned nodes."""

    def node(node_id: str, kind: str, layer: str, at: int, feature: int, **more: Any) -> dict[str, Any]:
        common = {"is_target_logit": False, "run_idx": 0, "reverse_ctx_idx": 0, "jsNodeId": node_id, "clerp": ""}
        return {
            "node_id": node_id, "feature_type": kind, "layer": layer, "ctx_idx": at, "feature": feature,
            **common, **more,
        }  # fmt: skip

    logit = {"token_prob": 0.42, "is_target_logit": True, "clerp": 'Output " Austin" (p=0.420)'}
    return {
        "metadata": {
            "slug": "gemma-fact", "scan": "gemma-2-2b", "transcoder_list": [], "prompt": "<bos>The capital",
            "prompt_tokens": ["<bos>", "The", " capital"], "node_threshold": 0.8, "schema_version": 1,
        },
        "qParams": {
            "pinnedIds": ["27_22605_2", "6_4012_2", "9_9_9"], "linkType": "both", "clickedId": "",
            "supernodes": [["capital", "6_4012_2", "9_9_9"], ["gone", "9_9_9"], ["capital", "0_41_1"]],
        },
        "nodes": [
            node("27_22605_2", "logit", "27", 2, 22605, **logit),
            node("6_4012_2", "cross layer transcoder", "6", 2, 8074171, activation=9.25, influence=0.3),
            node("0_41_1", "cross layer transcoder", "0", 1, 902, activation=None, influence=None, clerp="the"),
            node("0_7_2", "mlp reconstruction error", "7", 2, -1, influence=0.5),
            node("E_651_1", "embedding", "E", 1, 1), node("E_6037_2", "embedding", "E", 2, 2),
        ],
        "links": [
            {"source": "E_6037_2", "target": "6_4012_2", "weight": 12.5},
            {"source": "0_41_1", "target": "6_4012_2", "weight": -3},
            {"source": "6_4012_2", "target": "27_22605_2", "weight": 4.0},
            {"source": "0_7_2", "target": "27_22605_2", "weight": 1.0},
            {"source": "E_651_1", "target": "0_41_1", "weight": 2.0},
        ],
    }  # fmt: skip


def write(tmp_path: Path, content: Any) -> Path:
    file = tmp_path / "theirs.json"
    file.write_text(json.dumps(content))
    return file


def test_a_published_graph_opens(tmp_path: Path) -> None:
    found = load_graph(write(tmp_path, published()))
    assert found.nodes == (
        GraphNode("embed", None, 1, token=651, label="embed"),
        GraphNode("embed", None, 2, token=6037, label="embed"),
        GraphNode("feature", 0, 1, 41, activation=1.0, label="the"),
        GraphNode("feature", 6, 2, 4012, activation=9.25, label="feature 6.4012"),
        GraphNode("error", 7, 2, label="error 7"),
        GraphNode("logit", None, 2, token=22605, activation=0.42, label=" Austin"),
    )
    assert (found.name, found.tokens, found.node_threshold) == ("gemma-2-2b", ("<bos>", "The", " capital"), 0.8)
    assert found.token_ids is None
    assert found.pinned == (5, 3)
    assert dict(found.supernodes) == {"capital": (3,), "capital (2)": (2,)}
    assert found.inputs(3) == [(1, 12.5), (2, -3.0)]
    assert np.isnan(found.totals).all()
    assert np.isnan(found.error)
    assert graph_scores(found).replacement == pytest.approx(0.8)
    assert load_graph(save_graph(found, tmp_path / "again.json")).nodes == found.nodes
    bare = published()
    bare["qParams"] = {}
    assert load_graph(write(tmp_path, bare)).pinned == ()


def without(*path: Any) -> Callable[[Any], None]:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return change


def put(*path_and_value: Any) -> Callable[[Any], None]:
    *path, value = path_and_value

    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = value

    return change


WRONG = [
    (
        put("links", 2, "source", "6_4013_2"),
        r"links\[2\]: expected nodes of the file, got source '6_4013_2': the link d",
    ),
    (
        put("links", 0, "target", "E_1_1"),
        r"links\[0\]: expected nodes of the file, got target 'E_1_1': the link dangles",
    ),
    (without("nodes", 1, "layer"), "node '6_4012_2': expected a layer, a whole number, got None"),
    (put("nodes", 1, "layer", "six"), "node '6_4012_2': expected a layer, a whole number, got 'six'"),
    (put("nodes", 1, "layer", True), "node '6_4012_2': expected a layer, a whole number, got True"),
    (put("nodes", 3, "layer", None), "node '0_7_2': expected a layer"),
    (put("nodes", 1, "node_id", 7), r"nodes\[1\].node_id: expected a text, got 7"),
    (put("nodes", 2, "node_id", "6_4012_2"), "nodes: expected each node_id once, got '6_4012_2' twice"),
    (put("nodes", 2, "ctx_idx", 3), "node '0_41_1': expected a ctx_idx of 0 to 2, a token of the prompt, got 3"),
    (put("nodes", 2, "ctx_idx", "1"), r"nodes\[2\].ctx_idx: expected a whole number, got '1'"),
    (put("nodes", 2, "feature_type", "neuron"), "node '0_41_1': expected a feature_type of 'cross layer transcoder'"),
    (without("nodes", 0, "feature_type"), r"nodes\[0\]: expected a field 'feature_type', got node_id, "),
    (put("nodes", 1, "activation", "9"), "node '6_4012_2'.activation: expected a number, got '9'"),
    (put("nodes", 0, "token_prob", float("nan")), "node '27_22605_2'.token_prob: expected a number, got nan"),
    (put("nodes", 4, "a text"), r"nodes\[4\]: expected an object, got str"),
    (put("links", 1, "weight", "-3"), r"links\[1\].weight: expected a number, got '-3'"),
    (put("links", 1, "weight", float("inf")), r"links\[1\].weight: expected a number, got inf"),
    (without("links", 1, "weight"), r"links\[1\]: expected a field 'weight', got source, target"),
    (put("links", 1, {"source": "6_4012_2", "target": "0_41_1", "weight": 1}), "every source before its target"),
    (put("links", 1, {"source": "27_22605_2", "target": "6_4012_2", "weight": 1}), "every source before its target"),
    (put("links", 1, {"source": "E_651_1", "target": "0_7_2", "weight": 1}), "targets: expected features and logits"),
    (
        put("links", 1, {"source": "E_651_1", "target": "0_41_1", "weight": 1}),
        "expected one edge from a node to another",
    ),
    (without("nodes"), "the file: expected a field 'nodes', got metadata, qParams, links"),
    (put("nodes", {}), "the file.nodes: expected a list, got {}"),
    (without("metadata", "scan"), "metadata: expected a field 'scan'"),
    (put("metadata", "prompt_tokens", ["a", 3]), "prompt_tokens: expected strings, got int at position 1"),
    (put("metadata", "prompt_tokens", "abc"), "metadata.prompt_tokens: expected a list, got 'abc'"),
    (put("metadata", "node_threshold", "most"), "node_threshold: expected a number"),
    (put("qParams", "supernodes", [[]]), r"supernodes\[0\]: expected a name and the node_ids of its members"),
    (put("qParams", "supernodes", [["one", 3]]), r"supernodes\[0\]: expected a name and the node_ids of its members"),
    (put("qParams", "supernodes", "one"), "supernodes: expected lists, got a single str"),
    (put("qParams", ["one"]), "qParams: expected an object, got list"),
    (put("qParams", "pinnedIds", 3), "pinnedIds: expected node_ids, got int"),
]


@pytest.mark.parametrize(("change", "message"), WRONG)
def test_what_is_no_graph_is_refused(change: Callable[[Any], None], message: str, tmp_path: Path) -> None:
    content = copy.deepcopy(published())
    change(content)
    with pytest.raises(ValueError, match=rf"^theirs\.json: .*{message}"):
        load_graph(write(tmp_path, content))


def test_what_is_no_file_of_graphs_is_refused(tmp_path: Path) -> None:
    for content, got in (("[1, 2]", "the file: expected an object, got list"), ("{", "expected a graph file in JSON")):
        (tmp_path / "no.json").write_text(content)
        with pytest.raises(ValueError, match=rf"^no\.json: {got}"):
            load_graph(tmp_path / "no.json")
    (tmp_path / "no.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"^no\.json: expected a graph file in JSON"):
        load_graph(tmp_path / "no.json")
    with pytest.raises(FileNotFoundError):
        load_graph(tmp_path / "none.json")
    with pytest.raises(TypeError, match="file: expected a path, got int"):
        load_graph(3)  # type: ignore[arg-type]


def test_nothing_is_left_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = random_graph(["a", "b"])
    file = save_graph(first, tmp_path / "g.json")
    with pytest.raises(TypeError, match=r"graph: expected an attribution graph \(hs.attribution_graph\), got str"):
        save_graph("graph", file)  # type: ignore[arg-type]
    broken = replace(first, nodes=(*first.nodes[:-1], replace(first.nodes[-1], label="x")))

    def full(*paths: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no room"):
        save_graph(broken, file)
    assert [path.name for path in tmp_path.iterdir()] == ["g.json"]
    same(load_graph(file), first)
    with pytest.raises(OSError):  # noqa: PT011 (whatever the system says)
        save_graph(first, tmp_path / "no folder" / "g.json")


def test_a_feature_of_the_first_layer_is_no_error_of_another(tmp_path: Path) -> None:
    """Their name for an error of layer 3 at position 0 is that of feature 3 of layer 0 there."""
    nodes = [
        GraphNode("embed", None, 0, token=1, label="a"),
        GraphNode("feature", 0, 0, 3, label="f"),
        GraphNode("error", 3, 0, label="e"),
        GraphNode("logit", None, 0, token=5, activation=0.5, label="b"),
    ]
    made = graph_of(nodes, [(0, 1, 1.0), (1, 3, 2.0), (2, 3, 3.0)], ["a"])
    assert load_graph(save_graph(made, tmp_path / "g.json")).nodes == made.nodes
