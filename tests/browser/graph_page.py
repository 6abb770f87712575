"""What an attribution graph's page shows, read back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import headstream as hs
from headstream.results import AttributionGraph as Graph
from tests.browser.settle import settled

PINNED = ("layer", "position", "feature", "token")


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(">.99", "1").replace("<.01", "0"))


def readout(page: Any) -> str:
    return settled(page).locator(".hs-readout").first.inner_text()


def pins(page: Any, view: Any) -> dict[str, int | None]:
    fields = "([id, names]) => Object.fromEntries(names.map((name) => [name, models.get(id).get(name)]))"
    return settled(page).evaluate(fields, [view.selection.model_id, list(PINNED)])


def trait(page: Any, view: Any, name: str) -> Any:
    return settled(page).evaluate("([id, name]) => models.get(id).get(name)", [view.model_id, name])


def ranked(page: Any, name: str) -> list[tuple[str, float]]:
    """The rows of a list, as said, with their weights."""
    rows = settled(page).get_by_role("listbox", name=name).get_by_role("option")
    said = rows.evaluate_all("(rows) => rows.map((row) => row.getAttribute('aria-label').split(': '))")
    return [(text, number(weight)) for text, weight in said]


def drawn_nodes(page: Any) -> set[int]:
    """The nodes that are drawn by themselves."""
    keys = "(marks) => marks.map((mark) => mark.dataset.key)"
    found = settled(page).locator(".hs-graph-mark[data-key]").evaluate_all(keys)
    return {int(key.removeprefix("node-")) for key in found if key.startswith("node-")}


def mark(page: Any, node: int) -> Any:
    return page.locator(f"[data-key='node-{node}']")


def whole(graph: Graph) -> Graph:
    """The graph without the nodes that lead nowhere, which no threshold keeps."""
    return replace(hs.prune_graph(graph, nodes=1, edges=1), node_threshold=None, edge_threshold=None)


def slide(page: Any, name: str, value: float) -> None:
    moved = "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')) }"
    page.locator(f"[data-key={name}]").evaluate(moved, value)


def indices(graph: Graph, part: Graph) -> set[int]:
    """Of a part's nodes, their numbers in the graph."""
    keys = {(n.kind, n.layer, n.position, n.feature, n.token): at for at, n in enumerate(graph.nodes)}
    return {keys[(n.kind, n.layer, n.position, n.feature, n.token)] for n in part.nodes}


def scores(page: Any, attribute: str = "data-score") -> list[float]:
    return [number(text.strip("()").split()[-1]) for text in settled(page).locator(f"[{attribute}]").all_inner_texts()]
