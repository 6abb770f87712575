"""The identities hold on every kind of model, and break where the model is read wrongly."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
import torch

from headstream.framework import identities, stream
from headstream.framework.identities import head_error, logit_error, stream_error
from headstream.models.runs import Run, run
from tests.framework.zoo import FOREIGN, NATIVE, SHIPPED, altered, native, tolerance, with_logits

Runs = Callable[..., Run]


@pytest.mark.parametrize("name", SHIPPED + NATIVE + FOREIGN)
def test_they_hold(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    assert stream_error(prompt) <= 1e-5
    assert logit_error(prompt) <= tolerance(prompt)
    for layer in range(prompt.model.cfg.n_layers):
        for head in range(prompt.model.cfg.n_heads):
            assert head_error(prompt, layer, head) <= 1e-5


@pytest.mark.parametrize("name", ["native 1l", "native 3l attn-only LN", "gpt2"])
def test_a_head_is_a_kronecker_product(random_run: Runs, name: str) -> None:
    """A ⊗ W_OV formed whole: in the paper's columns W_OV = W_O W_V is the transpose of W_V W_O here."""
    prompt = random_run(name, 6)
    attention = prompt.model.blocks[0].attn
    pattern = prompt.cache["blocks.0.attn.hook_pattern"][1].numpy()
    w_ov = (attention.W_V[1] @ attention.W_O[1]).detach().numpy().T
    read = prompt.cache["blocks.0.attn.hook_in"].numpy()
    written = (prompt.cache["blocks.0.attn.hook_z"][:, 1] @ attention.W_O[1]).detach().numpy()
    bias = (attention.b_V[1] @ attention.W_O[1]).detach().numpy()
    moved = (np.kron(pattern, w_ov) @ read.ravel()).reshape(read.shape) + bias
    np.testing.assert_allclose(moved, written, atol=1e-5 * np.abs(written).max())
    assert np.abs(moved - bias - written).max() > 1e-2 * np.abs(written).max()  # the bias is part of it


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("pattern", lambda prompt, layer: stream.pattern(prompt, layer).transpose(1, 2)),
        ("mixture", lambda prompt, layer: stream.mixture(prompt, layer).flip(1)),
    ],
)
def test_a_wrong_head_shows(random_run: Runs, monkeypatch: pytest.MonkeyPatch, name: str, wrong: object) -> None:
    monkeypatch.setattr(identities, name, wrong)
    assert head_error(random_run("native 2l LN"), 1, 2) > 1e-2


def test_a_forgotten_write_shows(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = random_run("native 2l LN")
    monkeypatch.setattr(stream, "output_bias", lambda prompt: torch.zeros(32))
    assert stream_error(prompt) > 1e-3
    assert logit_error(altered(prompt, weights={"blocks.1.attn.b_O": None})) > 1e-3


def test_nan_is_an_error(random_run: Runs) -> None:
    prompt = random_run("native 1l")
    broken = prompt.logits.clone()
    broken[3, 4] = torch.nan
    assert np.isnan(logit_error(with_logits(prompt, broken)))


def test_a_knocked_out_head_writes_nothing() -> None:
    model = native("native 2l LN")
    with torch.no_grad():
        model.blocks[0].attn.o.weight[:, :8] = 0
    prompt = run(model, range(9))
    assert logit_error(prompt) <= 1e-4
    assert head_error(prompt, 0, 0) == 0
    torch.testing.assert_close(stream.writes(prompt)[2], torch.zeros(9, 32))


def test_wrong_heads(random_run: Runs) -> None:
    prompt = random_run("native 2l LN")
    assert head_error(prompt, 1, -1) == head_error(prompt, 1, 3)
    with pytest.raises(IndexError, match="layer: expected -2 to 1, got 2"):
        head_error(prompt, 2, 0)
    with pytest.raises(IndexError, match="head: expected -4 to 3, got -5"):
        head_error(prompt, 0, -5)
    with pytest.raises(IndexError, match="layer: there is none to choose from"):
        head_error(random_run("attn-only-0l"), 0, 0)


def test_importing_the_package_imports_no_torch() -> None:
    subprocess.run(
        [sys.executable, "-c", "import headstream.framework, sys; assert 'torch' not in sys.modules"], check=True
    )
