"""Notebooks as JSON, and how they are run."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

Notebook = dict[str, Any]
Cell = dict[str, Any]

SECONDS = 600  # of one cell: a slow machine may train for so long


def read(path: Path) -> Notebook:
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def source(cell: Cell) -> str:
    return "".join(cell["source"])


def noted(cell: Cell, name: str) -> Any:
    """What the cell's own metadata says of something; None if nothing."""
    return cell["metadata"].get("headstream", {}).get(name)


def executed(notebook: Notebook) -> Notebook:
    """The notebook with outputs and the state of its widgets. Raises CellExecutionError for a cell that fails."""
    node = nbformat.reads(json.dumps(notebook), 4)  # type: ignore[no-untyped-call]
    # Where it runs it may write what it likes.
    with TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        NotebookClient(node, timeout=SECONDS, kernel_name="python3", resources=resources).execute()
    return json.loads(nbformat.writes(node))  # type: ignore[no-any-return, no-untyped-call]
