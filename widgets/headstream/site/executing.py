"""Runs notebooks, once each, and keeps what their views are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from headstream.site.notebook import Notebook, read, source

SECONDS = 600  # of one cell: a slow machine may train for so long


def executed(notebooks: Mapping[str, Notebook], kept: Path, jobs: int = 1) -> dict[str, Notebook]:
    """The notebooks with their outputs and the state of their widgets, by name.

    What stands in the folder `kept` as NAME.ipynb is taken from there if its code is the same: run here before, or by
    the lessons' tests, which may have run more cells after those. All others are run, so many at a time as `jobs`
    says, and kept there. Raises CellExecutionError for a cell that fails.
    """
    kept.mkdir(parents=True, exist_ok=True)

    def one(name: str) -> Notebook:
        file = kept / f"{name}.ipynb"
        if file.exists():
            found = _of(notebooks[name], read(file))
            if found:
                return found
        print(f"running {name}", flush=True)
        ran = _run(notebooks[name])
        file.write_text(json.dumps(ran), encoding="utf-8")
        return ran

    with ThreadPoolExecutor(jobs) as pool:
        return dict(zip(notebooks, pool.map(one, notebooks), strict=True))


def _run(notebook: Notebook) -> Notebook:
    import nbformat  # with it and nbclient come seconds, which not all that imports this module is to wait for
    from nbclient import NotebookClient

    node = nbformat.reads(json.dumps(notebook), 4)  # type: ignore[no-untyped-call]
    # Where it runs it may write what it likes.
    with TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        NotebookClient(node, timeout=SECONDS, kernel_name="python3", resources=resources).execute()
    return json.loads(nbformat.writes(node))  # type: ignore[no-any-return, no-untyped-call]


def _of(notebook: Notebook, ran: Notebook) -> Notebook | None:
    """The cells of `notebook` as they ran; None if one did not, or failed."""
    outputs = {(cell["id"], source(cell)): cell["outputs"] for cell in ran["cells"] if cell["cell_type"] == "code"}
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            told = outputs.get((cell["id"], source(cell)))
            if told is None or any(output["output_type"] == "error" for output in told):
                return None
            cell = {**cell, "outputs": told}
        cells.append(cell)
    return {**notebook, "cells": cells, "metadata": ran["metadata"]}
