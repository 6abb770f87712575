"""A lesson's slides, from its own structure: headings and text, questions, views, figures and what cells print.

One view or one board stands alone on its slide, at the size of a lecture, and so does a figure. A prediction and its
reveal stand with what is printed beside them. Code is one key away, and open where it is short and all there is. A cell
with the tag `slide-skip` has no slide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from headstream.site.notebook import Cell, Notebook, model_of, noted, source, states, without_others
from headstream.slides.steps import SUFFIX

# What is read on a slide: words, a row of a table as so many; lines of code, lines that are printed, rows of a result.
WORDS, ROW, LINES, PRINTED, ROWS = 85, 10, 14, 22, 14
# Views that are as low as a paragraph.
SMALL = (".Prediction", ".Check")
# How an item of a list begins.
ITEM = r"(?:[-*]|\d+\.) "


def deck(notebook: Notebook, steps: Mapping[str, list[dict[str, int]]]) -> Notebook:
    """The slides of an executed lesson as a notebook: a cell a slide, with what the template reads in its metadata.

    kind: text, view, figure or output. part: the heading that it stands under. open: whether its code is shown.
    steps: what a key walks its view through, with what is said.
    """
    slides, part, kinds = [], "", _kinds(notebook)
    for cell in without_others(notebook)["cells"]:
        if "slide-skip" in cell["metadata"].get("tags", []) or cell["id"].endswith(SUFFIX):
            continue
        if cell["cell_type"] == "markdown":
            for number, text in enumerate(pages(source(cell))):
                heading = re.match(r"#+ (.*)", text)
                part = heading[1] if heading else part
                text = re.sub(r"\]\(([\w-]+)\.ipynb\)", r"](\1.html)", text)  # its slides stand beside these
                slides.append(_slide(cell, number, source=text, kind="text", part="" if heading else part))
        elif cell["cell_type"] == "code":
            slides += _code(cell, part, kinds, steps.get(cell["id"], []))
    return {**notebook, "cells": slides}


def pages(text: str) -> list[str]:
    """A text cut into what one slide holds each: at headings, and else between paragraphs, tables and lists."""
    cut: list[list[str]] = []
    room = 0
    for block in _blocks(text):
        size = words(block)
        alone = [line for line in cut[-1] if not line.startswith("#")] if cut else []
        if not cut or block.startswith("#") or (alone and size > room):
            cut.append([])
            room = WORDS
        cut[-1].append(block)
        room -= size
    return ["\n\n".join(blocks) for blocks in cut]


def words(text: str) -> int:
    """How much there is to read."""
    return sum(ROW if line.startswith("|") else len(line.split()) for line in text.splitlines())


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, with a long list item by item; never in the middle of code or of a formula."""
    block: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if not block and re.match(ITEM, paragraph) and len(paragraph.split()) > WORDS:
            yield from re.split(rf"\n(?={ITEM})", paragraph)
            continue
        block.append(paragraph)
        whole = "\n\n".join(block)
        if whole.count("```") % 2 or whole.count("$$") % 2:
            continue
        yield whole
        block = []
    if block:
        yield "\n\n".join(block)


def _code(cell: Cell, part: str, kinds: Mapping[str, str], steps: list[dict[str, int]]) -> Iterator[dict[str, Any]]:
    groups = [(kind, held) for kind, some in _groups(cell["outputs"], kinds) for held in _cut(some)]
    code, exercise = source(cell), noted(cell, "exercise") is not None
    short = len(code.splitlines()) <= LINES and not code.startswith("import ")
    if not groups and (exercise or short):
        groups = [("output", [])]
    said = [{**step, "select": selected} for step, selected in zip(noted(cell, "steps") or [], steps, strict=True)]
    stepped = max((n for n, (kind, _) in enumerate(groups) if kind == "view"), default=-1)
    for number, (kind, outputs) in enumerate(groups):
        drawn = any(map(model_of, outputs))
        shown = number == 0 and kind == "output" and (exercise or (short and not drawn))
        yield _slide(
            cell, number, outputs=outputs, kind=kind, part=part, open=shown, steps=said if number == stepped else []
        )


def _groups(outputs: list[dict[str, Any]], kinds: Mapping[str, str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What stands on a slide together: a view, a figure or a long table alone, all else that follows one another."""
    together: list[dict[str, Any]] = []
    for output in outputs:
        kind, alone = "output", len(_rows(output)) > ROWS
        if model := model_of(output):
            kind = kinds[model]
        elif any(name.startswith("image/") for name in output.get("data", {})):
            kind = "figure"
        if kind == "output" and not alone:
            last = together[-1] if together else {}
            if "name" in output and output["name"] == last.get("name"):  # printed, in pieces that may end amid a line
                output = {**output, "text": "".join([*last["text"], *output["text"]])}
                together.pop()
            together.append(output)
            continue
        if together:
            yield "output", together
            together = []
        yield kind, [output]
    if together:
        yield "output", together


def _cut(outputs: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """More lines than a slide holds, or more rows of a table, if they are all there is."""
    (output, *others) = outputs
    lines, rows = "".join(output.get("text", "")).splitlines(keepends=True), _rows(output)
    if not others and len(lines) > PRINTED:
        for start in range(0, len(lines), PRINTED):
            yield [{**output, "text": "".join(lines[start : start + PRINTED])}]
    elif len(rows) > ROWS:
        head, _, rest = _html(output).partition(rows[0])
        foot = rest.rpartition(rows[-1])[2]
        each = ceil(len(rows) / ceil(len(rows) / ROWS))  # as many on one slide as on another
        for start in range(0, len(rows), each):
            end = foot if start + each >= len(rows) else "</tbody></table>"
            html = "".join([head, *rows[start : start + each], end])
            yield [{**output, "data": {**output["data"], "text/html": html}}]
    else:
        yield outputs


def _html(output: dict[str, Any]) -> str:
    return "".join(output.get("data", {}).get("text/html", ""))


def _rows(output: dict[str, Any]) -> list[str]:
    """The rows in the body of a table that a result shows (tables.py)."""
    return re.findall(r"<tr>(?:(?!<th).)*?</tr>", _html(output), re.S)


def _kinds(notebook: Notebook) -> dict[str, str]:
    """By its id, whether a widget fills a slide (view) or stands among other outputs (output)."""
    named = {model: str(kept["state"].get("_anywidget_id")) for model, kept in states(notebook).items()}
    return {model: "output" if name.endswith(SMALL) else "view" for model, name in named.items()}


def _slide(cell: Cell, number: int, *, kind: str, part: str, **changed: Any) -> Cell:
    told = {name: changed.pop(name) for name in ("open", "steps") if name in changed}
    return {
        **cell,
        **changed,
        "id": f"{cell['id']}-{number}",
        "metadata": {"slide": {"kind": kind, "part": part, **told}},
    }
