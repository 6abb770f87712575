"""Another prompt or model in a lesson's main path is told in a sentence."""

import re

import pytest
import torch

from headstream.demos import NotTheDemo
from tests.lessons import harness

pytestmark = pytest.mark.slow
MODELS = ("attn-only-1l", "attn-only-2l", "gelu-4l")


@pytest.fixture(autouse=True)
def as_in_a_kernel(monkeypatch):
    """Figures are not shown, and the gradients that a lesson switches off are on again afterwards."""
    monkeypatch.setenv("MPLBACKEND", "Agg")
    with torch.enable_grad():
        yield


def cells(notebook):
    return [(cell["id"], "".join(cell["source"])) for cell in harness.code(notebook)]


@pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", ["another prompt", "another model"])
def test_another_prompt_or_model_in_the_main_path_is_told_in_a_sentence(path, change):
    """Every cell runs, or stops with the sentence that sends the reader to Your turn, which then works."""
    names, told = {}, False
    for name, source in cells(harness.load(path)):
        if name.startswith("your-turn"):
            exec(compile(source, name, "exec"), names)
        elif not told:
            try:
                exec(compile(changed(source, change), name, "exec"), names)
            except NotTheDemo:
                told = True


def changed(source, change):
    if change == "another prompt":
        return re.sub(r"\b(hs\.demos\.\w+|demo)\.text\b", "'The cat sat on a mat, and nobody came.'", source)
    return re.sub(
        r'hs\.load\("([\w-]+)"\)', lambda load: f'hs.load("{next(m for m in MODELS if m != load[1])}")', source
    )
