"""Steps: the selections that a key walks a view through, found by what the lesson has computed.

A cell lists them in its metadata, `{"headstream": {"steps": [{"say": text, "select": expression}]}}`. The expression is
Python, read when the lesson has run, and gives the selection's fields: `dict(position=last, layer=layer, head=head)`. A
field that it leaves out is let go. Beside them it may set the view's own traits, `dict(toy=0)`: one that a step leaves
out is as the lesson set it. What it says of heads comes from the lesson's results, never from an index; of bars
`head_of` tells it.
"""

from __future__ import annotations

import json
from typing import Any

from headstream.results import Decomposition
from headstream.site.notebook import Cell, Notebook, model_of, noted, states
from headstream.views.shared.selection import FIELDS

SUFFIX = "-steps"


def with_steps(notebook: Notebook) -> Notebook:
    """The notebook with a cell at its end for each one that lists steps, which prints what they select."""
    listed = [(cell["id"], noted(cell, "steps")) for cell in notebook["cells"]]
    return {**notebook, "cells": [*notebook["cells"], *(_cell(name, steps) for name, steps in listed if steps)]}


def _cell(cell: str, steps: list[dict[str, str]]) -> Cell:
    """A cell that prints a list of selections as JSON; numpy's and torch's whole numbers as numbers."""
    listed = ", ".join(f"({step['select']})" for step in steps)
    return {
        "cell_type": "code",
        "id": f"{cell}{SUFFIX}",
        "metadata": {},
        "source": f"import json\nfrom {__name__} import head_of\nprint(json.dumps([{listed}], default=int))",
        "outputs": [],
        "execution_count": None,
    }


def steps_found(notebook: Notebook) -> dict[str, list[dict[str, Any]]]:
    """By the id of a cell that lists steps: what they select and set. Raises ValueError for what is neither a field of
    a selection nor a trait of a view that the cell shows.
    """
    saved = states(notebook)
    shown = {cell["id"]: list(filter(None, map(model_of, cell.get("outputs", [])))) for cell in notebook["cells"]}
    found = {}
    for cell in notebook["cells"]:
        if cell["id"].endswith(SUFFIX):
            name = cell["id"].removesuffix(SUFFIX)
            text = "".join("".join(output.get("text", "")) for output in cell["outputs"])
            found[name] = json.loads(text)
            known = set(FIELDS).union(*(saved[model]["state"] for model in shown.get(name, [])))
            for selected in found[name]:
                if unknown := set(selected) - known:
                    raise ValueError(
                        f"steps of {name}: expected the selection's fields or traits of its view, "
                        f"got {sorted(unknown)[0]!r}"
                    )
    return found


def head_of(bars: Decomposition, position: int, *, least: bool = False) -> dict[str, int | None]:
    """The head with the highest value at a position, or the least, as a selection. bars: with heads among its parts."""
    place = range(len(bars.tokens))[position]
    heads = {part: bars.values[row, place] for row, part in enumerate(bars.components) if part.kind == "head"}
    part = (min if least else max)(heads, key=heads.__getitem__)
    return {"position": place, "layer": part.layer, "head": part.head}
