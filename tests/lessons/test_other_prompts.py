"""Another prompt or model in a lesson's main path is told in a sentence."""

import re

import pytest
import torch

from headstream.demos import NotTheDemo
from tests.lessons import harness

MODELS = ("attn-only-1l", "attn-only-2l", "gelu-4l")


@pytest.fixture(autouse=True)
def as_in_a_kernel(monkeypatch):
    """Figures are not shown, and the gradients that a lesson switches off are on again afterwards."""
    monkeypatch.setenv("MPLBACKEND", "Agg")
    with torch.enable_grad():
        yield


def changed(source, change):
    if change == "another prompt":
        return re.sub(r"\b(hs\.demos\.\w+|demo)\.text\b", "'The cat sat on a mat, and nobody came.'", source)
    return re.sub(
        r'hs\.load\("([\w-]+)"\)', lambda load: f'hs.load("{next(m for m in MODELS if m != load[1])}")', source
    )


def asked():
    """Each change of a lesson that changes its main path."""
    for path in harness.LESSONS:
        sources = [source for name, source in harness.sources(path) if not name.startswith("your-turn")]
        for change in ("another prompt", "another model"):
            if any(changed(source, change) != source for source in sources):
                yield pytest.param(path, change, id=f"{path.stem}-{change}")


@pytest.mark.parametrize(("path", "change"), asked())
def test_another_prompt_or_model_in_the_main_path_is_told_in_a_sentence(path, change):
    """Every cell runs, or stops with the sentence that sends the reader to Your turn, which then works."""
    names, told = {}, False
    for name, source in concerned(harness.sources(path), change):
        if name.startswith("your-turn") or not told:
            try:
                exec(compile(source, name, "exec"), names)
            except NotTheDemo:
                assert not name.startswith("your-turn")
                told = True


def concerned(cells, change):
    """The cells changed, Your turn, those that read what these bind, by themselves or through others, and all that
    they need; what a lesson trains apart from its prompt and model is not trained here.
    """
    sources = [changed(source, change) for _, source in cells]
    other, chosen = set(), []
    for (name, source), new in zip(cells, sources, strict=True):
        if new != source or name.startswith("your-turn") or other & harness.names_read(new):
            chosen.append(name)
            other |= harness.names_bound(new, imports=False)
    needed: set[str] = set()
    run = []
    for (name, _), source in reversed(list(zip(cells, sources, strict=True))):
        # A method called may change what it is called on.
        if name in chosen or needed & (harness.names_bound(source) | harness.names_told(source)):
            needed |= harness.names_read(source)
            run.append((name, source))
    return run[::-1]
