"""Neurons and heads that clear the stream, beside shuffled pairs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.framework.heads import present_token_null, present_token_scores
from headstream.framework.memory import neuron_cosines, ov_signs, ov_signs_null
from headstream.models.runs import Run
from tests.framework.zoo import native

Models = Callable[[str], TransformerBridge]


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("name", ["native 2l LN", "gpt2", "gelu-4l"])
def test_cosines_are_those_of_keys_and_values(model: Models, name: str) -> None:
    found, null = neuron_cosines(model(name)), neuron_cosines(model(name), shuffled=True)
    for layer, block in enumerate(model(name).blocks):
        keys, values = (part.detach().double().numpy() for part in (block.mlp.W_in.T, block.mlp.W_out))
        every = unit(keys) @ unit(values).T
        np.testing.assert_allclose(found[layer], every.diagonal(), atol=1e-5)
        distance = np.abs(every - null[layer][:, None])
        assert distance.min(1).max() < 1e-5, "each is a cosine of its key with some value"
        assert (distance.argmin(1) != np.arange(len(keys))).all(), "and never with its own"
    np.testing.assert_array_equal(null, neuron_cosines(model(name), shuffled=True))
    assert (null != neuron_cosines(model(name), shuffled=True, seed=1)).any()


def test_a_neuron_that_clears_and_a_head_that_clears() -> None:
    model = native("native 2l LN")
    with torch.no_grad():
        mlp, attn = model.blocks[1].mlp, model.blocks[1].attn
        mlp.out.weight[:, 5] = -2 * mlp.W_in[:, 5]  # stored [d_model, neuron]
        attn.o.weight[:, 8:16] = -attn.W_V[1]
    cosines = neuron_cosines(model)
    assert cosines[1, 5] == pytest.approx(-1, abs=1e-5)
    assert np.delete(cosines[1], 5).min() > -0.9
    signs = ov_signs(model)
    assert signs[1, 1] == pytest.approx(-1, abs=1e-4)
    assert signs[1, 1] < ov_signs_null(model).min() - 0.2


def test_signs_are_those_of_the_whole_matrices(model: Models) -> None:
    bridge = model("native 3l attn-only LN")
    heads = [[hs.head_weights(bridge, layer, head) for head in range(4)] for layer in range(3)]

    def score(w: torch.Tensor) -> float:
        values = np.linalg.eigvals(w.double().numpy())
        return float(values.sum().real / np.abs(values).sum())

    expected = [[score(head.ov.matrix()) for head in row] for row in heads]
    np.testing.assert_allclose(ov_signs(bridge), expected, atol=1e-4)
    null = [score(a.W_V @ b.W_O) for row in heads for i, a in enumerate(row) for j, b in enumerate(row) if i != j]
    np.testing.assert_allclose(np.sort(ov_signs_null(bridge)), np.sort(null), atol=1e-4)


def test_models_without_any(model: Models) -> None:
    assert ov_signs(model("attn-only-0l")).shape[0] == len(ov_signs_null(model("attn-only-0l"))) == 0
    with pytest.raises(ValueError, match="model: expected one with MLPs, got one without layers"):
        neuron_cosines(model("attn-only-0l"))
    with pytest.raises(ValueError, match="layer: expected one with an MLP of neurons, got layer 0 of attn-only-2l"):
        neuron_cosines(model("attn-only-2l"))


def test_attention_to_the_present_token(random_run: Callable[..., Run]) -> None:
    prompt = random_run("native 2l LN")
    scores = present_token_scores(prompt)
    pattern = prompt.cache["blocks.1.attn.hook_pattern"][2].numpy()
    assert scores[1, 2] == pytest.approx(np.mean([pattern[i, i] for i in range(1, 12)]), abs=1e-6)
    assert present_token_null(prompt) == pytest.approx(np.mean([1 / (i + 1) for i in range(1, 12)]))
    with pytest.raises(ValueError, match="run: expected at least 2 tokens, got 1"):
        present_token_scores(hs.run(prompt.model, [3]))
