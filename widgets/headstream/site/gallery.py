"""The gallery: every view on a model that comes with the course, as a notebook made from what the code says of itself.

What a view draws is told by its docstring, its options by its signature, its traits and their help, its keys by `KEYS`
and its `own_keys`. Only the calls are written here, and they are run.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

import headstream as hs
from headstream.site.notebook import Notebook
from headstream.views.shared.selection import FIELDS
from headstream.views.shared.view import KEYS, View

SETUP = """import numpy as np

import headstream as hs

model, gelu = hs.load("attn-only-2l"), hs.load("gelu-4l")
text = hs.demos.half_name.text
run, roles = hs.run(model, text), hs.roles(model)"""

CALLS = {
    "AttentionHeatmap": "hs.AttentionHeatmap(run.attention, roles=roles)",
    "ResidualBars": "hs.ResidualBars(hs.attribute_logit(run), roles=roles)",
    "LogitLensGrid": "hs.LogitLensGrid(hs.logit_lens(hs.run(gelu, text)))",
    "Board": "hs.Board(hs.AttentionHeatmap(run.attention), hs.ResidualBars(hs.attribute_logit(run)))",
    "TokenValues": 'hs.TokenValues(-np.log(hs.ladder([run]).next_prob[0, 1:]), run.tokens[1:], quantity="loss, nats")',
    "ModelLadder": (
        "models = [hs.load(name) for name in hs.demos.ladder.models]\n"
        "hs.ModelLadder(hs.ladder([hs.run(each, hs.demos.ladder.text) for each in models]))"
    ),
    "CircuitTable": 'hs.CircuitTable(hs.circuit(model, 1, 6, "ov"))',
    "Spectrum": "hs.Spectrum(hs.spectra(model), roles)",
    "CompositionGraph": "hs.CompositionGraph(hs.composition(model), run.attention, roles)",
    "PathLadder": "hs.PathLadder(hs.term_importance(run), roles)",
    "PatchGrid": 'hs.PatchGrid(hs.patch_effects(run, hs.run(model, text.replace("Potter", "Hotter"))), roles=roles)',
    "Film": 'hs.Film(hs.training_record("toy-2l"))',
    "FeatureGeometry": "hs.FeatureGeometry(hs.Superposition(features=5, dims=2).train(500, quiet=True))",
    "FeatureCard": (
        'summary = hs.feature_summary(gelu, hs.dictionary("gelu-4l-transcoder-0"), 1, examples=4, drawn=2)\n'
        "hs.FeatureCard(summary)"
    ),
    "DecoderNorms": 'hs.DecoderNorms(hs.decoder_shares(hs.dictionary("gelu-4l-crosscoder")))',
    "AttributionGraph": (
        'transcoders = [hs.dictionary(f"gelu-4l-transcoder-{layer}") for layer in range(4)]\n'
        "traced = hs.run(gelu, hs.demos.traced.text)\n"
        "hs.AttributionGraph(hs.attribution_graph(traced, transcoders, most=150))"
    ),
    "ComponentGallery": "hs.ComponentGallery(hs.recorded_decomposition())",
    "Prediction": (
        'guess = hs.predict("Which token comes next?", options=[" men", "otter"])\n'
        'guess.reveal("b", "The name stood there before: it is copied.")'
    ),
    "Check": 'hs.check("induction_rule", lambda tokens: tokens[0])',
    "ExplorerPanel": "hs.explore(model, text)",
    "PromptExplorer": 'hs.prompt_explorer(model, text, weights="_static/models/")',
}

FIRST = """# Gallery

Every view of the package, on models that come with the course, with its call, its options and its keys. The first cell
makes what the calls are given.

{keys}"""
ON_KEYBOARDS = {"ArrowLeft": "←", "ArrowRight": "→", "ArrowUp": "↑", "ArrowDown": "↓"}


def views() -> dict[str, type[View]]:
    """Every exported view, in the order of the gallery. Raises ValueError for one that it has no call for."""
    exported = {name: value for name in dir(hs) if _is_view(value := getattr(hs, name))}
    if odd := exported.keys() ^ CALLS.keys():
        raise ValueError(f"the gallery's calls and the exported views differ: {', '.join(sorted(odd))}")
    return {name: exported[name] for name in CALLS}


def _is_view(value: Any) -> bool:
    return inspect.isclass(value) and issubclass(value, View)


def notebook() -> Notebook:
    cells = [_text("title", FIRST.format(keys=_keys_table("In every view:", KEYS))), _code("setup", SETUP)]
    for name, view in views().items():
        cells += [_text(name, f"## {name}\n\n{_paragraphs(view)[0]}"), _code(f"{name}-call", CALLS[name])]
        cells += [_text(f"{name}-options", "\n\n".join(_told(name, view)))]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _told(name: str, view: type[View]) -> Iterator[str]:
    options = [f"| `{option}` | {default} | {meaning} |" for option, default, meaning in _options(view)]
    yield "\n".join(["| option | default | |", "|---|---|---|", *options])
    if view.own_keys:
        yield _keys_table("Its own keys:", view.own_keys)
    text = "\n\n".join([f"{name}{inspect.signature(view)}", *_paragraphs(view)])
    yield f"<details><summary>All that it says of itself</summary>\n\n```text\n{text}\n```\n\n</details>"


def _options(view: type[View]) -> Iterator[tuple[str, str, str]]:
    """What can be set, as a keyword or later: its name, its default, what it is."""
    given = inspect.signature(view).parameters
    traits = view.class_traits()
    told = {name: t for name, t in traits.items() if t.help and t.metadata.get("sync") and not name.startswith("_")}
    settable = [name for name, trait in told.items() if not trait.read_only]
    for name in dict.fromkeys([*(name for name in given if name in settable or name in FIELDS), *settable]):
        if name in traits:
            trait = traits[name]
            choices = getattr(trait, "choices", None)
            meaning = trait.help + (f": {', '.join(map(repr, choices))}" if choices else "")
            default = given[name].default if name in given else trait.default()
        else:
            meaning, default = f"{FIELDS[name]}, pinned at first", given[name].default
        yield name, f"`{default!r}`", meaning.replace("|", r"\|")


def _keys_table(title: str, keys: Mapping[str, str]) -> str:
    shown = {" ".join(f"`{ON_KEYBOARDS.get(key, key)}`" for key in names.split()): what for names, what in keys.items()}
    return "\n".join([f"| {title} | |", "|---|---|", *(f"| {names} | {what} |" for names, what in shown.items())])


def _paragraphs(view: type[View]) -> list[str]:
    return re.split(r"\n\s*\n", inspect.getdoc(view) or "")


def _text(name: str, text: str) -> Notebook:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def _code(name: str, text: str) -> Notebook:
    return {**_text(name, text), "cell_type": "code", "execution_count": None, "outputs": []}
