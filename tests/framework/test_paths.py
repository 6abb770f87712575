"""Paths sum to the model's logit, and each is what its matrices say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from headstream.framework import paths
from headstream.framework.identities import path_error, virtual_head_error
from headstream.framework.paths import expand_logit, virtual_head
from headstream.framework.weights import head_weights
from headstream.models.runs import Run
from headstream.views.residual_bars import ResidualBars
from tests.framework.zoo import FOREIGN, NATIVE, SHIPPED, tolerance

Runs = Callable[..., Run]


@pytest.mark.parametrize("name", SHIPPED + NATIVE + FOREIGN)
@pytest.mark.parametrize("order", [0, 1, 2])
def test_paths_sum_to_the_logit(random_run: Runs, name: str, order: int) -> None:
    prompt = random_run(name)
    if name.startswith("gelu-4l") and order == 2:
        with pytest.raises(ValueError, match="order: expected at most 1,000 paths"):
            expand_logit(prompt, target=3, order=order)
        return
    result = expand_logit(prompt, target=3, order=order)
    assert result.error.max() <= tolerance(prompt) * float(prompt.logits.abs().max())
    assert path_error(prompt, order) <= tolerance(prompt)


def test_a_path_is_its_matrices(random_run: Runs) -> None:
    prompt = random_run("attn-only-2l", 4)
    result = expand_logit(prompt, target=3)
    assert len(result.components) == 2 * (1 + 16 + 64) + 1
    first, second = (prompt.model.blocks[layer].attn for layer in (0, 1))
    patterns = [prompt.cache[f"blocks.{layer}.attn.hook_pattern"][head].numpy() for layer, head in ((0, 2), (1, 6))]
    ov = [(attn.W_V[head] @ attn.W_O[head]).detach().numpy() for attn, head in ((first, 2), (second, 6))]
    whole = np.kron(patterns[1], ov[1].T) @ np.kron(patterns[0], ov[0].T)
    start = prompt.cache["hook_embed"].numpy()
    w_u = prompt.model.W_U.detach().numpy()
    brought = (whole @ start.ravel()).reshape(start.shape) @ (w_u[:, 3] - w_u.mean(1))
    labels = [component.label for component in result.components]
    row = result.values[labels.index("embedding → 0.2 → 1.6")]
    np.testing.assert_allclose(row, brought, atol=1e-5 * float(prompt.logits.abs().max()))
    assert ResidualBars(result).components[-2]["label"] == labels[-2]


def test_a_wrong_pattern_is_noticed(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    right = paths.pattern
    monkeypatch.setattr(paths, "pattern", lambda run, layer: right(run, layer).transpose(1, 2))
    with pytest.raises(ValueError, match="is not the sum"):
        expand_logit(random_run("attn-only-2l"), target=3)


@pytest.mark.parametrize(
    "name", ["attn-only-2l", "gelu-4l unfolded", "native 2l LN", "native 3l attn-only LN", "llama"]
)
def test_a_virtual_head_is_one_after_the_other(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    assert virtual_head_error(prompt, (0, 1), (1, 2)) <= tolerance(prompt)
    if prompt.model.cfg.n_layers > 2:
        assert virtual_head_error(prompt, (0, 1), (1, 2), (2, 0)) <= tolerance(prompt)


def test_a_virtual_head_is_a_product(random_run: Runs) -> None:
    prompt = random_run("attn-only-2l", 5)
    found = virtual_head(prompt, (0, 2), (1, 6))
    patterns = [prompt.cache[f"blocks.{layer}.attn.hook_pattern"][head].numpy() for layer, head in ((0, 2), (1, 6))]
    np.testing.assert_allclose(found.routing.numpy(), patterns[1] @ patterns[0], atol=1e-6)
    np.testing.assert_allclose(found.routing.sum(1).numpy(), 1, atol=1e-5)
    first, second = (head_weights(prompt.model, *at).ov.matrix() for at in ((0, 2), (1, 6)))
    np.testing.assert_allclose(found.ov.matrix().numpy(), (first @ second).numpy(), atol=1e-5)
    assert found.ov.left.shape[1] == prompt.model.cfg.d_head


def test_the_wrong_order_of_patterns_is_noticed(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = random_run("attn-only-2l", 6)
    right = paths.pattern
    monkeypatch.setattr(paths, "pattern", lambda run, layer: right(run, layer).transpose(1, 2))
    assert virtual_head_error(prompt, (0, 1), (1, 2)) > 0.01


def test_no_virtual_head(random_run: Runs) -> None:
    prompt = random_run("attn-only-2l", 3)
    for heads in ([], [(0, 1)], [(1, 1), (0, 1)], [(1, 0), (1, 1)]):
        with pytest.raises(ValueError, match="heads: expected two or more in ever later layers"):
            virtual_head(prompt, *heads)
    with pytest.raises(IndexError, match="head"):
        virtual_head(prompt, (0, 1), (1, 8))
