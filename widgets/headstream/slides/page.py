"""Slides as one page, with the scripts and styles beside it that all of them share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from headstream.site.notebook import Notebook, states

HERE = Path(__file__).parent


def page(deck: Notebook, name: str) -> str:
    """The page of the slides. name: its title."""
    import nbformat  # with it and nbconvert come seconds, which not all that imports this module is to wait for
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="template",
        extra_template_basedirs=[str(HERE)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    node = nbformat.reads(json.dumps(deck), 4)  # type: ignore[no-untyped-call]
    node.metadata.title = name
    node.metadata.saved = json.dumps(saved(deck)).replace("<", "\\u003c")  # it stands inside a script element
    body, _ = exporter.from_notebook_node(node)
    return str(body)


def saved(deck: Notebook) -> dict[str, Any]:
    """What the page's host reads: each module and style of a view once, and each model with the numbers of both.

    The rest is as Jupyter saves it: state, and arrays as base64 with the path where they belong.
    """
    modules: dict[str, int] = {}
    styles: dict[str, int] = {}
    models = {}
    for name, kept in states(deck).items():
        state = dict(kept["state"])
        if "_esm" not in state:  # a layout, of which the page has no need
            continue
        module = modules.setdefault(state.pop("_esm"), len(modules))
        styles.setdefault(state.pop("_css", ""), len(styles))
        models[name] = {"module": module, "state": state, "buffers": kept.get("buffers", [])}
    return {"modules": list(modules), "styles": list(styles), "models": models}
