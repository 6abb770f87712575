"""Notebooks as JSON, and what stands in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

VIEW, STATE = "application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"

Notebook = dict[str, Any]
Cell = dict[str, Any]


def read(path: Path) -> Notebook:
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def source(cell: Cell) -> str:
    return "".join(cell["source"])


def noted(cell: Cell, name: str) -> Any:
    """What the cell's own metadata says of something; None if nothing."""
    return cell["metadata"].get("headstream", {}).get(name)


def states(notebook: Notebook) -> dict[str, Any]:
    """By a widget's id, what was saved of it. nbclient goes on saving an array when its trait has become None; here it
    is left out.
    """
    saved: dict[str, Any] = notebook["metadata"].get("widgets", {}).get(STATE, {}).get("state", {})
    return {
        name: {**kept, "buffers": [array for array in kept.get("buffers", []) if _held(kept["state"], array["path"])]}
        for name, kept in saved.items()
    }


def _held(state: Any, path: list[str | int]) -> bool:
    for part in path[:-1]:
        state = state[part]
    return state is not None


def model_of(output: dict[str, Any]) -> str | None:
    """The id of the widget that an output shows, if it does."""
    model: str | None = output.get("data", {}).get(VIEW, {}).get("model_id")
    return model


def without_others(notebook: Notebook) -> Notebook:
    """The notebook with no widgets but views: others are progress bars, which say nothing any more."""

    def kept(output: dict[str, Any]) -> bool:
        model = model_of(output)
        return model is None or states(notebook)[model]["model_module"] == "anywidget"

    cells = [
        {**cell, "outputs": list(filter(kept, cell["outputs"]))} if "outputs" in cell else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}
