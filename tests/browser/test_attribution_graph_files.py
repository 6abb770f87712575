"""Files of attribution graphs: the page saves what Python reads and writes, and draws what others have published."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import headstream as hs
from headstream.features.graph_scores import cumulative_influence
from tests.browser.conftest import OpenPage
from tests.browser.graph_page import indices, mark, pins, ranked, scores
from tests.browser.settle import settled
from tests.views.traced import traced_graph


def saved_file(page: Any, folder: Path) -> Path:
    with page.expect_download() as download:
        settled(page).get_by_role("button", name="Save the graph that is drawn as JSON").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_the_file_that_the_page_saves_opens_as_the_pruned_graph(open_page: OpenPage, tmp_path: Path) -> None:
    graph = traced_graph()
    part = hs.prune_graph(graph, nodes=0.9, edges=0.9)
    kept = indices(graph, part)
    chosen = sorted(kept & set(graph.find(kind="feature")))[:3]
    graph = replace(graph, pinned=(chosen[0],), supernodes={"a, b": tuple(chosen[1:])})
    part = hs.prune_graph(graph, nodes=0.9, edges=0.9)
    page = open_page([hs.AttributionGraph(graph, node_threshold=0.9, edge_threshold=0.9)])
    file = saved_file(page, tmp_path)
    found = hs.load_graph(file)
    assert [(n.kind, n.layer, n.position, n.feature, n.token, n.label) for n in found.nodes] == [
        (n.kind, n.layer, n.position, n.feature, n.token, n.label) for n in part.nodes
    ]
    np.testing.assert_allclose([n.activation for n in found.nodes], [n.activation for n in part.nodes], rtol=1e-6)
    edges = {(s, t): w for s, t, w in zip(found.sources, found.targets, found.weights, strict=True)}
    assert edges == {(s, t): w for s, t, w in zip(part.sources, part.targets, part.weights, strict=True)}
    for name in ("totals", "constants", "tokens", "name", "pinned", "supernodes", "node_threshold", "edge_threshold"):
        np.testing.assert_array_equal(getattr(found, name), getattr(part, name), err_msg=name)
    # All else is as Python writes it, but for the influence, which is that in the graph before it was pruned.
    hs.save_graph(part, tmp_path / "python.json", slug=graph.name)
    ours, theirs = (json.loads(path.read_text()) for path in (file, tmp_path / "python.json"))
    entered = {id(n): n.pop("influence") for n in ours["nodes"]}
    wanted = cumulative_influence(graph)[sorted(kept)]
    np.testing.assert_allclose([value or 0 for value in entered.values()], wanted, atol=1e-9)
    for node in (*ours["nodes"], *theirs["nodes"]):
        node.pop("influence", None)
    assert ours["metadata"] == theirs["metadata"]
    assert ours["qParams"] == theirs["qParams"]
    assert [list(node) for node in ours["nodes"]] == [list(node) for node in theirs["nodes"]]
    for name in ("node_id", "jsNodeId", "layer", "feature", "feature_type", "ctx_idx", "is_target_logit"):
        assert [node[name] for node in ours["nodes"]] == [node[name] for node in theirs["nodes"]]


def test_a_published_graph_is_drawn(open_page: OpenPage, tmp_path: Path) -> None:
    """As circuit-tracer writes them: no token ids, features joined with their layers, no totals."""

    def node(name: str, kind: str, layer: str, at: int, feature: int, **more: Any) -> dict[str, Any]:
        given = {"node_id": name, "feature": feature, "layer": layer, "ctx_idx": at, "feature_type": kind}
        return {**given, "jsNodeId": name, "clerp": "", "influence": 0.5, "activation": None, **more}

    far, label = 25 * 10**6 + 7, "say <b>Austin</b>"
    nodes = [
        node("E_2_0", "embedding", "E", 0, 0, clerp='Emb: "<bos>"'),
        node("E__1", "embedding", "E", 1, 1, clerp='Emb: "Dallas"'),
        node("0_55_1", "cross layer transcoder", "0", 1, 1595, activation=3.5),
        node(f"24_{far}_1", "cross layer transcoder", "24", 1, 10**14, clerp=label, activation=1),
        node("error_0_1", "mlp reconstruction error", "0", 1, -1),
        node("27_9_1", "logit", "27", 1, 9, token_prob=0.41, clerp='Output " Austin" (p=0.410)'),
    ]
    links = [("E__1", "0_55_1", 2.0), ("0_55_1", f"24_{far}_1", 1.5), ("error_0_1", f"24_{far}_1", -0.5)]
    links += [(f"24_{far}_1", "27_9_1", 3.25), ("E_2_0", "27_9_1", -1.0)]
    content = {
        "metadata": {"slug": "x", "scan": "gemma", "prompt": "<bos>Dallas", "prompt_tokens": ["<bos>", "Dallas"]},
        "qParams": {"pinnedIds": ["0_55_1"], "supernodes": [["Texas", "0_55_1"]], "linkType": "both"},
        "nodes": nodes,
        "links": [{"source": s, "target": t, "weight": w} for s, t, w in links],
    }
    file = tmp_path / "published.json"
    file.write_text(json.dumps(content))
    graph = hs.load_graph(file)
    view = hs.AttributionGraph(graph)
    assert view.token_ids is None
    page = open_page([view])
    assert page.locator(".hs-title").inner_text() == "What leads to ‘ Austin’ (.41) in gemma"
    assert ranked(page, "Inputs") == [(f"{label} ‘Dallas’ (1)", 3.25), ("‘<bos>’ position 0", -1)]
    rows = page.locator(".hs-graph-row").evaluate_all("(rows) => rows.map((row) => row.textContent)")
    assert rows == ["tokens", "0", "24", "logits"]
    last = graph.find(kind="feature", layer=24)[0]
    mark(page, last).click(force=True)
    assert pins(page, view)["feature"] == far
    assert settled(page).locator(".hs-graph-sum").inner_text() == "Inputs +1.00, pruned 0.00"
    assert ("group ‘Texas’", 1.5) in ranked(page, "Inputs")
    np.testing.assert_allclose(scores(page), hs.graph_scores(graph), atol=0.0051)
    again = hs.load_graph(saved_file(page, tmp_path))
    assert [n.feature for n in again.nodes] == [n.feature for n in graph.nodes]
    assert (again.pinned, again.supernodes) == (graph.pinned, graph.supernodes)
