"""Attribution graphs in files: the JSON of circuit-tracer and Neuronpedia, so that theirs open here and ours there."""

from __future__ import annotations

import json
import os
from pathlib import Path

from headstream import checks
from headstream.features.graph_json import from_json, to_json
from headstream.results import AttributionGraph


def load_graph(file: str | Path) -> AttributionGraph:
    """The attribution graph in a JSON file of circuit-tracer, Neuronpedia or `save_graph`.

    A feature's index is taken from its node_id (layer_index_position), for `feature` may join it with the layer. Totals
    and constants are nan but in our own files. Pinned nodes and members of supernodes that the file has no node for, as
    after pruning, are left out.

    Errors: OSError for a file that cannot be read; ValueError, with the node or link, for one that is no graph: no
    JSON, a field that is missing or of another type, a node named twice, a position without a token, a feature without
    a layer, a link from or to a node that is not there, or backwards.
    """
    path = _path(file)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path.name}: expected a graph file in JSON, got something else ({error})") from error
    try:
        return from_json(content)
    except (TypeError, ValueError, IndexError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def save_graph(graph: AttributionGraph, file: str | Path, *, slug: str | None = None) -> Path:
    """Write a graph as a JSON file, which circuit-tracer's page, Neuronpedia and `load_graph` open.

    slug: its name there; by default the file's. A whole graph of 100,000 edges takes 10 MB: prune it first
    (`hs.prune_graph`). The file is whole or it is the one before. Errors: TypeError for what is no graph, OSError for a
    folder that is not there.
    """
    path = _path(file)
    if not isinstance(graph, AttributionGraph):
        raise TypeError(f"graph: expected an attribution graph (hs.attribution_graph), got {type(graph).__name__}")
    text = json.dumps(to_json(graph, path.stem if slug is None else checks.text("slug", slug)), allow_nan=False)
    unfinished = path.with_name(f"{path.name}.tmp")
    try:
        unfinished.write_text(text + "\n", encoding="utf-8")
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _path(file: str | Path) -> Path:
    if not isinstance(file, (str, Path)):
        raise TypeError(f"file: expected a path, got {type(file).__name__}")
    return Path(file)
