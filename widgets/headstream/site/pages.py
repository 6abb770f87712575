"""A page from a notebook that has run: its text and outputs, and apart from them what its views were saved as."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from html import escape
from typing import Any

from headstream.site.notebook import Notebook, model_of, states, without_others
from headstream.views.shared.hidden import Hidden

REFERENCE = "anywidget:"
PYTHON = {"language_info": {"name": "python", "pygments_lexer": "python"}}
NOSCRIPT = "<noscript>This view needs JavaScript.</noscript>"


def with_places(notebook: Notebook) -> Notebook:
    """The notebook with a place in each output that is a view, where the page's script draws it."""

    def placed(output: dict[str, Any]) -> dict[str, Any]:
        html = f'<div class="hs-place" data-hs-view="{escape(model_of(output) or "")}">{NOSCRIPT}</div>'
        return {**output, "data": {"text/html": html}} if model_of(output) else output

    cells = [
        {**cell, "outputs": list(map(placed, cell["outputs"]))} if "outputs" in cell else cell
        for cell in without_others(notebook)["cells"]
    ]
    return {**notebook, "cells": cells, "metadata": PYTHON}


def script(notebook: Notebook) -> str:
    """What the page loads for its views: one call of `headstream.page` (host.ts), or "" where it has none.

    It is given what was saved, packed: the JSON's length in four bytes, the JSON, all arrays; deflated, in base64.
    """
    outputs = [output for cell in without_others(notebook)["cells"] for output in cell.get("outputs", [])]
    shown = [model for output in outputs if (model := model_of(output))]
    if not shown:
        return ""
    saved, arrays = _saved(states(notebook), shown)
    text = json.dumps(saved, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    packed = zlib.compress(len(text).to_bytes(4, "little") + text + arrays, 9)
    return f'headstream.page("{b64encode(packed).decode()}");\n'


def _saved(kept: dict[str, Any], shown: list[str]) -> tuple[dict[str, Any], bytes]:
    """The models that are shown and all that they refer to, with neither code nor style; and arrays, no one twice."""
    models: dict[str, Any] = {}
    places: dict[bytes, int] = {}
    size = 0
    waiting = list(shown)
    while waiting:
        name = waiting.pop()
        if name in models or name not in kept:  # a text may begin as a reference does
            continue
        model = kept[name]
        state = {key: value for key, value in model["state"].items() if not key.startswith("_") and key not in UNUSED}
        waiting += _references(state)
        arrays = []
        for buffer in model.get("buffers", []):
            array = b64decode(buffer["data"])
            if array not in places:
                places[array] = size
                size += len(array)
            arrays.append((buffer["path"], places[array], len(array)))
        models[name] = {"view": _view(model["state"]), "state": state, "arrays": arrays}
    return models, b"".join(places)


UNUSED = ("layout", "tabbable", "tooltip")  # every widget has them, and no view reads them


def _view(state: dict[str, Any]) -> str | None:
    """The name of the view, read from its code; None for a model that draws nothing."""
    bundled = re.findall(r"^// headstream/views/(\w+)/index\.ts$", str(state.get("_esm", "")), re.MULTILINE)
    if not bundled and state.get("_esm") != Hidden._esm:
        raise ValueError(f"a page hosts headstream's own views, got a widget {state.get('_anywidget_id')}")
    return bundled[-1] if bundled else None


def _references(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value.removeprefix(REFERENCE)] if value.startswith(REFERENCE) else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [name for part in parts for name in _references(part)]
