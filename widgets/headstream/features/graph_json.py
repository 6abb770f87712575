"""Attribution graphs as the JSON of circuit-tracer and Neuronpedia.

    {"metadata": {slug, scan, prompt, prompt_tokens, ...}, "qParams": {pinnedIds, supernodes, ...},
     "nodes": [{node_id, feature, layer, ctx_idx, feature_type, jsNodeId, clerp, influence, activation, ...}],
     "links": [{source, target, weight}]}

as their public graph-schema.json (version 1.0.0) has it. `scan` is the model's name, `clerp` a node's label.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from headstream import checks
from headstream.features.graph_scores import cumulative_influence
from headstream.results import AttributionGraph, GraphNode
from headstream.results.attribution_graph import Kind

FEATURE, ERROR, EMBEDDING, LOGIT = "cross layer transcoder", "mlp reconstruction error", "embedding", "logit"
KIND_OF: dict[str, Kind] = {
    FEATURE: "feature", ERROR: "error", EMBEDDING: "embed", LOGIT: "logit",
    "transcoder": "feature", "lorsa": "feature", "lorsa error": "error",
}  # fmt: skip
_FIRST = ("lorsa", "lorsa error")  # of attention, which comes before the MLP of its layer


def to_json(graph: AttributionGraph, slug: str) -> dict[str, Any]:
    """The graph as `save_graph` writes it. A node's "total" and "constant" are fields of ours, where they are known."""
    names = [_node_id(node, _depth(graph)) for node in graph.nodes]
    weights = zip(graph.sources.tolist(), graph.targets.tolist(), graph.weights.tolist(), strict=True)
    metadata: dict[str, Any] = {
        "slug": slug,
        "scan": graph.name,
        "transcoder_list": [],
        "prompt_tokens": list(graph.tokens),
        "prompt": "".join(graph.tokens),
        "info": {"generator": {"name": "headstream"}},
    }
    if graph.node_threshold is not None:
        metadata["node_threshold"] = graph.node_threshold
        metadata["pruning_settings"] = {
            "node_threshold": graph.node_threshold, "edge_threshold": graph.edge_threshold
        }  # fmt: skip
    return {
        "metadata": metadata,
        "qParams": {
            "pinnedIds": [names[node] for node in graph.pinned],
            "supernodes": [[group, *(names[node] for node in members)] for group, members in graph.supernodes.items()],
            "linkType": "both",
            "clickedId": "",
            "sg_pos": "",
        },
        "nodes": _nodes_as_json(graph, names),
        "links": [{"source": names[s], "target": names[t], "weight": weight} for s, t, weight in weights],
    }


def from_json(content: Any) -> AttributionGraph:
    """The graph that such a file holds. Errors: ValueError and TypeError, as `load_graph` tells them."""
    file = _fields("the file", content, metadata=dict, nodes=list, links=list)
    metadata = _fields("metadata", file["metadata"], slug=str, scan=str, prompt=str, prompt_tokens=list)
    tokens = checks.labels("prompt_tokens", metadata["prompt_tokens"], len(metadata["prompt_tokens"]), "position")
    entries = [_node(at, entry, len(tokens)) for at, entry in enumerate(file["nodes"])]
    entries.sort(key=lambda entry: entry[0])
    index: dict[str, int] = {}
    for at, (_, name, _, _) in enumerate(entries):
        if name in index:
            raise ValueError(f"nodes: expected each node_id once, got {name!r} twice")
        index[name] = at
    ends, weights = _links(file["links"], index)
    nodes = tuple(node for _, _, node, _ in entries)
    told = np.array([known for _, _, _, known in entries], np.float32).reshape(-1, 2)
    params = _fields("qParams", content.get("qParams") or {})
    pinned = checks.items("pinnedIds", params.get("pinnedIds") or [], "node_ids")
    settings = _fields("pruning_settings", metadata.get("pruning_settings") or {})
    return AttributionGraph(
        nodes=nodes,
        sources=ends[:, 0],
        targets=ends[:, 1],
        weights=weights,
        totals=told[:, 0],
        constants=told[:, 1],
        tokens=tuple(tokens),
        token_ids=_token_ids(nodes, len(tokens)),
        name=metadata["scan"],
        supernodes=_supernodes(params.get("supernodes") or [], index),
        pinned=tuple(index[name] for name in pinned if name in index),
        node_threshold=metadata.get("node_threshold"),
        edge_threshold=settings.get("edge_threshold"),
    )


def _depth(graph: AttributionGraph) -> int:
    """How many layers the graph has."""
    return max((node.layer + 1 for node in graph.nodes if node.layer is not None), default=0)


def _node_id(node: GraphNode, layers: int) -> str:
    """A name of three parts, as they have it; an error's begins with a word, so that it is no feature's of layer 0."""
    first, second = {
        "embed": ("E", node.token if node.token is not None else ""),
        "feature": (node.layer, node.feature),
        "error": ("error", node.layer),
        "logit": (layers + 1, node.token if node.token is not None else node.label),
    }[node.kind]
    return f"{first}_{second}_{node.position}"


def _nodes_as_json(graph: AttributionGraph, names: list[str]) -> list[dict[str, Any]]:
    layers, found = _depth(graph), []
    entered = cumulative_influence(graph).tolist()
    logits = [at for at, node in enumerate(graph.nodes) if node.kind == "logit"]
    likeliest = max(logits, key=lambda at: graph.nodes[at].activation)
    for at, node in enumerate(graph.nodes):
        shapes: dict[str, dict[str, Any]] = {
            "embed": {"feature": node.position, "layer": "E", "feature_type": EMBEDDING},
            "feature": {"feature": node.feature, "layer": str(node.layer), "feature_type": FEATURE},
            "error": {"feature": -1, "layer": str(node.layer), "feature_type": ERROR},
            "logit": {"feature": node.token, "layer": str(layers + 1), "feature_type": LOGIT},
        }
        is_logit = node.kind == "logit"
        known = {"total": float(graph.totals[at]), "constant": float(graph.constants[at])}
        found.append(
            {
                "node_id": names[at],
                **shapes[node.kind],
                "ctx_idx": node.position,
                "token_prob": node.activation if is_logit else 0.0,
                "is_target_logit": at == likeliest,
                "run_idx": 0,
                "reverse_ctx_idx": 0,
                "jsNodeId": names[at],
                "clerp": f'Output "{node.label}" (p={node.activation:.3f})' if is_logit else node.label,
                "influence": None if is_logit else entered[at],
                "activation": node.activation if node.kind == "feature" else None,
                **{name: value for name, value in known.items() if math.isfinite(value)},
            }
        )
    return found


def _node(at: int, entry: Any, size: int) -> tuple[tuple[Any, ...], str, GraphNode, tuple[float, float]]:
    """Where it stands among the nodes, its name, itself, and its total and constant."""
    given = _fields(f"nodes[{at}]", entry, node_id=str, ctx_idx=int, feature_type=str)
    name = given["node_id"]
    here = f"node {name!r}"
    if given["feature_type"] not in KIND_OF:
        types = ", ".join(map(repr, KIND_OF))
        raise ValueError(f"{here}: expected a feature_type of {types}, got {given['feature_type']!r}")
    kind, position = KIND_OF[given["feature_type"]], given["ctx_idx"]
    if not 0 <= position < size:
        raise ValueError(f"{here}: expected a ctx_idx of 0 to {size - 1}, a token of the prompt, got {position}")
    layer = _layer(here, given.get("layer")) if kind in ("feature", "error") else None
    feature = _index(here, given, layer) if kind == "feature" else None
    label, activation = str(given.get("clerp") or ""), _number(here, given, "activation", 1.0)
    token = None
    if kind == "embed" and (found := re.fullmatch(r"E_(\d+)_\d+", name)):
        token = int(found[1])
    if kind == "logit":
        token = given["feature"] if isinstance(given.get("feature"), int) and given["feature"] >= 0 else None
        activation = _number(here, given, "token_prob", 0.0)
        quoted = re.fullmatch(r'Output "(.*)" \(p=.*\)', label, re.DOTALL)
        label = quoted[1] if quoted else label
    fallback = {"feature": f"feature {layer}.{feature}", "error": f"error {layer}"}
    node = GraphNode(kind, layer, position, feature, token, activation, label or fallback.get(kind, kind))
    depth = {"embed": -1, "logit": math.inf}.get(kind, -1 if layer is None else layer)
    after = (given["feature_type"] not in _FIRST, kind != "feature", 0 if kind == "logit" else position)
    total, constant = (_number(here, given, field, math.nan) for field in ("total", "constant"))
    return (depth, *after, -1 if feature is None else feature), str(name), node, (total, constant)


def _layer(here: str, given: Any) -> int:
    if isinstance(given, str) and given.isdecimal():
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        raise ValueError(f"{here}: expected a layer, a whole number, got {given!r}")
    return given


def _index(here: str, given: Mapping[str, Any], layer: int | None) -> int:
    """A feature's index in its transcoder."""
    named = re.fullmatch(rf"{layer}_(\d+)_{given['ctx_idx']}", given["node_id"])
    if named:
        return int(named[1])
    feature = given.get("feature")
    if isinstance(feature, bool) or not isinstance(feature, int) or feature < 0:
        raise ValueError(f"{here}: expected a feature, a whole number, got {feature!r}")
    return feature


def _links(links: list[Any], index: Mapping[str, int]) -> tuple[Any, Any]:
    """sources and targets [link, 2] int32, and weights [link] float32."""
    ends, weights = np.zeros((len(links), 2), np.int32), np.zeros(len(links), np.float32)
    for at, entry in enumerate(links):
        link = _fields(f"links[{at}]", entry, source=str, target=str, weight=float)
        for side, end in enumerate(("source", "target")):
            if link[end] not in index:
                raise ValueError(f"links[{at}]: expected nodes of the file, got {end} {link[end]!r}: the link dangles")
            ends[at, side] = index[link[end]]
        weights[at] = link["weight"]
    return ends, weights


def _supernodes(given: Any, index: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for at, group in enumerate(checks.items("supernodes", given, "lists")):
        members = checks.items(f"supernodes[{at}]", group, "a name and the node_ids of its members")
        if not members or not all(isinstance(one, str) for one in members):
            raise ValueError(f"supernodes[{at}]: expected a name and the node_ids of its members, got {group!r}")
        name, count = members[0], 2
        while name in found:
            name, count = f"{members[0]} ({count})", count + 1
        nodes = tuple(index[one] for one in members[1:] if one in index)
        if nodes:
            found[name] = nodes
    return found


def _token_ids(nodes: tuple[GraphNode, ...], size: int) -> Any:
    """[position] int64, where every token has an embedding that tells its id; else None."""
    ids = {node.position: node.token for node in nodes if node.kind == "embed" and node.token is not None}
    return np.array([ids[at] for at in range(size)], np.int64) if len(ids) == size else None


_WORDS = {dict: "an object", list: "a list", str: "a text", int: "a whole number", float: "a number"}


def _fields(here: str, given: Any, **kinds: type) -> dict[str, Any]:
    """The object itself, if it has these fields. A whole number is a number too; True and nan are none."""
    if not isinstance(given, dict):
        raise ValueError(f"{here}: expected an object, got {type(given).__name__}")
    for name, kind in kinds.items():
        if name not in given:
            raise ValueError(f"{here}: expected a field {name!r}, got {', '.join(map(str, given)) or 'none'}"[:200])
        value = given[name]
        fits = isinstance(value, (int, float) if kind is float else kind) and not isinstance(value, bool)
        if not fits or (kind is float and not math.isfinite(value)):
            raise ValueError(f"{here}.{name}: expected {_WORDS[kind]}, got {value!r}"[:200])
    return given


def _number(here: str, given: Mapping[str, Any], name: str, default: float) -> float:
    """A field that may be missing or null."""
    if given.get(name) is None:
        return default
    return float(_fields(here, given, **{name: float})[name])
