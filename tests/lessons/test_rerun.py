"""A lesson's cells may be run again in any order; another prompt or model in the main path is told in a sentence."""

import contextlib
import io
import re

import pytest
import torch

from headstream.demos import NotTheDemo
from tests.lessons import harness

pytestmark = pytest.mark.slow
every_lesson = pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
MODELS = ("attn-only-1l", "attn-only-2l", "gelu-4l")


@pytest.fixture(autouse=True)
def as_in_a_kernel(monkeypatch):
    """Figures are not shown, and the gradients that a lesson switches off are on again afterwards."""
    monkeypatch.setenv("MPLBACKEND", "Agg")
    with torch.enable_grad():
        yield


def cells(notebook):
    return [(cell["id"], "".join(cell["source"])) for cell in harness.code(notebook)]


def printed(name, source, names):
    """What a cell prints, run with the names that earlier cells have bound; `names` then has its own, too."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(source, f"<{name}>", "exec"), names)
    return out.getvalue()


def rerun(notebook):
    """(cell, what it printed in a run of all, what it printed when it was run once more), the last cell first."""
    names = {}
    first = {name: printed(name, source, names) for name, source in cells(notebook)}
    return [(name, first[name], printed(name, source, names)) for name, source in reversed(cells(notebook))]


@every_lesson
def test_every_cell_says_the_same_when_it_is_run_again_out_of_order(path):
    for name, once, again in rerun(harness.load(path)):
        assert again == once, name


def test_a_name_that_means_two_things_is_found():
    sources = ("rows = 1", "print(rows)", "rows = 2")
    told = rerun({"cells": [{"cell_type": "code", "id": source, "source": source} for source in sources]})
    assert [(once, again) for name, once, again in told if name == "print(rows)"] == [("1\n", "2\n")]


@every_lesson
@pytest.mark.parametrize("change", ["another prompt", "another model"])
def test_another_prompt_or_model_in_the_main_path_is_told_in_a_sentence(path, change):
    """Every cell runs, or stops with the sentence that sends the reader to Your turn, which then works."""
    names, told = {}, False
    for name, source in cells(harness.load(path)):
        if name.startswith("your-turn"):
            printed(name, source, names)
        elif not told:
            try:
                printed(name, changed(source, change), names)
            except NotTheDemo:
                told = True


def changed(source, change):
    if change == "another prompt":
        return re.sub(r"\b(hs\.demos\.\w+|demo)\.text\b", "'The cat sat on a mat, and nobody came.'", source)
    return re.sub(
        r'hs\.load\("([\w-]+)"\)', lambda load: f'hs.load("{next(m for m in MODELS if m != load[1])}")', source
    )
