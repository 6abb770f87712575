"""An MLP as neurons: they sum to what it writes, and its Jacobian is the local linear map."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

import headstream as hs
from headstream.framework import mlps
from headstream.framework.identities import mlp_error
from headstream.framework.mlps import activations, attribute_mlp, linearisation_error, mlp_jacobian
from headstream.models.runs import Run
from tests.framework.zoo import FOREIGN, tolerance

Runs = Callable[..., Run]
WITH_MLPS = ("gelu-4l", "gelu-4l unfolded", "native 1l", "native 2l LN", "native 2l LN folded", "native 1l LNPre")
WITH_MLPS += FOREIGN


def largest(run: Run) -> float:
    return float(run.logits.abs().max())


def gelu(x: np.ndarray) -> np.ndarray:
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def matrices(run: Run, layer: int) -> tuple[np.ndarray, ...]:
    """What the MLP read, [position, d_model], its key and value matrices and biases, all float64."""
    mlp = run.model.blocks[layer].mlp
    parts = (run.cache[f"blocks.{layer}.mlp.hook_in"], mlp.W_in, mlp.b_in, mlp.W_out, mlp.b_out)
    return tuple(part.detach().double().numpy() for part in parts)


@pytest.mark.parametrize("name", WITH_MLPS)
def test_neurons_sum_to_what_the_mlp_writes_and_brings(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    for layer in range(prompt.model.cfg.n_layers):
        assert mlp_error(prompt, layer) <= 1e-5
        for choice in ({"target": 3}, {"target": 3, "versus": 4}, {}):
            found = attribute_mlp(prompt, layer, position=5, top=7, **choice)
            whole = hs.attribute_logit(prompt, position=5, **choice)
            row = [component.label for component in whole.components].index(f"{layer}.mlp")
            np.testing.assert_array_equal(found.total, whole.values[row])
            assert found.error.max() <= tolerance(prompt) * largest(prompt)
            assert found.quantity == whole.quantity
            assert len(found.components) == 8


@pytest.mark.parametrize("name", ["native 2l LN", "native 1l", "gpt2"])
def test_a_neuron_brings_its_activation_times_its_value(random_run: Runs, name: str) -> None:
    """Every neuron's write through the frozen norm, written out in float64."""
    prompt = random_run(name)
    x, w_in, b_in, w_out, _ = matrices(prompt, 0)
    a = gelu(x @ w_in + b_in)
    np.testing.assert_allclose(activations(prompt, 0), a, atol=1e-5 * np.abs(a).max())
    read = prompt.model.W_U.detach().double().numpy()
    read = read[:, 3] - read.mean(1)
    writes = a[..., None] * w_out  # [position, neuron, d_model]
    if "ln_final.hook_scale" in prompt.cache:
        scale = prompt.cache["ln_final.hook_scale"].double().numpy()
        weight = prompt.model.ln_final.weight.detach().double().numpy()
        writes = (writes - writes.mean(-1, keepdims=True)) / scale[..., None] * weight
    expected = (writes @ read).T  # [neuron, position]
    found = attribute_mlp(prompt, 0, target=3, position=-2, top=len(expected))
    assert [component.label for component in found.components] == [f"0.mlp.{n}" for n in range(len(expected))]
    np.testing.assert_allclose(found.values, expected, atol=1e-5 * largest(prompt))

    few = attribute_mlp(prompt, 0, target=3, position=-2, top=4)
    chosen = np.sort(np.argsort(-np.abs(expected[:, -2]))[:4])
    assert [component.label for component in few.components] == [*(f"0.mlp.{n}" for n in chosen), "other neurons"]
    np.testing.assert_allclose(few.values[-1], expected.sum(0) - expected[chosen].sum(0), atol=1e-5 * largest(prompt))


def test_a_gated_mlp_has_neurons_too(random_run: Runs) -> None:
    prompt = random_run("llama")
    mlp, x = prompt.model.blocks[1].mlp, prompt.cache["blocks.1.mlp.hook_in"].detach()
    a = torch.nn.functional.silu(x @ mlp.W_gate) * (x @ mlp.W_in)
    torch.testing.assert_close(activations(prompt, 1), a.detach(), atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(mlps.key_vectors(prompt.model, 1), mlp.W_gate.detach().T)


@pytest.mark.parametrize("name", ["native 2l LN", "native 1l", "gpt2", "gelu-4l"])
def test_the_jacobian_is_keys_slopes_values(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    x, w_in, b_in, w_out, _ = matrices(prompt, 0)
    m = x[4] @ w_in + b_in
    slope = (gelu(m + 1e-5) - gelu(m - 1e-5)) / 2e-5
    expected = w_in @ np.diag(slope) @ w_out
    np.testing.assert_allclose(mlp_jacobian(prompt, 0, 4), expected, atol=1e-4 * np.abs(expected).max())


@pytest.mark.parametrize("name", ["llama", "neox", "gelu-4l unfolded", "olmo2"])
def test_the_jacobian_is_the_local_map_of_any_mlp(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    mlp, x = prompt.model.blocks[-1].mlp, prompt.cache[f"blocks.{prompt.model.cfg.n_layers - 1}.mlp.hook_in"][3]
    d = torch.randn(len(x), generator=torch.Generator().manual_seed(0)) * x.std() * 1e-2
    with torch.no_grad():
        real = (mlp((x + d)[None, None]) - mlp((x - d)[None, None]))[0, 0] / 2
    got = d @ mlp_jacobian(prompt, -1, 3)
    assert float((got - real).norm() / real.norm()) < 5e-3
    turned = mlp_jacobian(prompt, -1, 3) @ d
    assert float((turned - real).norm() / real.norm()) > 0.1


def test_the_error_of_the_linear_map_grows_with_the_step(random_run: Runs) -> None:
    prompt = random_run("native 2l LN")
    x, w_in, b_in, w_out, _ = matrices(prompt, 1)
    direction = np.random.default_rng(0).normal(size=x.shape[1])
    steps = np.array([0.01, 0.1, 1])[:, None] * direction
    found = linearisation_error(prompt, 1, steps, 6)
    m = x[6] @ w_in + b_in
    real = (gelu(m + steps @ w_in) - gelu(m)) @ w_out
    slope = (gelu(m + 1e-5) - gelu(m - 1e-5)) / 2e-5
    expected = np.linalg.norm(real - steps @ w_in * slope @ w_out, axis=1) / np.linalg.norm(real, axis=1)
    np.testing.assert_allclose(found, expected, rtol=0.02, atol=1e-3)
    assert 5 < found[1] / found[0] < 20
    assert linearisation_error(prompt, 1, torch.tensor(steps[2]), 6) == pytest.approx(found[2])


def test_a_wrong_value_matrix_shows(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = random_run("native 2l LN")
    right = mlps.value_vectors
    monkeypatch.setattr(mlps, "value_vectors", lambda model, layer: right(model, layer).roll(1, 0))
    with pytest.raises(ValueError, match=r"the part of 1\.mlp is not the sum"):
        attribute_mlp(prompt, 1, target=3)


def test_what_is_not_there_is_said(random_run: Runs) -> None:
    prompt = random_run("native 2l LN")
    for function in (attribute_mlp, mlp_jacobian, activations):
        with pytest.raises(IndexError, match="layer: expected -2 to 1, got 2"):
            function(prompt, 2)
        with pytest.raises(ValueError, match="layer: expected one with an MLP of neurons, got layer 1 of attn-only-2l"):
            function(random_run("attn-only-2l"), 1)
        with pytest.raises(TypeError, match="run: expected a run"):
            function(prompt.model, 0)
    with pytest.raises(IndexError, match="position: expected"):
        mlp_jacobian(prompt, 0, 99)
    with pytest.raises(ValueError, match="top: expected"):
        attribute_mlp(prompt, 0, top=0)
    with pytest.raises(ValueError, match="changes: expected"):
        linearisation_error(prompt, 0, [1.0, 2.0])
    for normed in ("gemma3", "granite"):
        with pytest.raises(ValueError, match="is not the sum"):
            attribute_mlp(random_run(normed), 0, target=3)
