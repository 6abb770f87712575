"""Attributions: their sum is the model's number, and every component has what it alone brings."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from transformer_lens.model_bridge import TransformerBridge

from headstream.framework.residual import attribute_direction, attribute_logit, project, write_norms, writes
from headstream.framework.stream import components
from headstream.models.runs import Run, run
from headstream.results import Component
from tests.framework.zoo import FOREIGN, NATIVE, SHIPPED, native, tolerance

Runs = Callable[..., Run]
EVERY = SHIPPED + NATIVE + FOREIGN


def largest(run: Run) -> float:
    return float(run.logits.abs().max())


def heads(result: object) -> list[bool]:
    return [component.kind == "head" for component in result.components]


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("seed", [0, 1])
def test_components_sum_to_the_logit(random_run: Runs, name: str, seed: int) -> None:
    prompt = random_run(name, 48, seed)
    logits = prompt.logits.double().numpy()
    for target in (0, 17, None):
        result = attribute_logit(prompt, target=target, position=5)
        chosen = int(logits[5].argmax()) if target is None else target
        np.testing.assert_allclose(result.total, logits[:, chosen] - logits.mean(1), atol=1e-5 * largest(prompt))
        assert result.error.max() <= tolerance(prompt) * largest(prompt)
    pair = attribute_logit(prompt, target=3, versus=4)
    np.testing.assert_allclose(pair.total, logits[:, 3] - logits[:, 4], atol=1e-5 * largest(prompt))
    assert pair.error.max() <= tolerance(prompt) * largest(prompt)


@pytest.mark.parametrize("name", ["gelu-4l", "attn-only-2l", "neox"])
def test_heads_of_a_layer_together(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    alone, layers = attribute_logit(prompt, target=3), attribute_logit(prompt, target=3, by="layer")
    assert layers.sources is None
    assert layers.error.max() <= tolerance(prompt) * largest(prompt)
    for component, row in zip(layers.components, layers.values, strict=True):
        kind = "head" if component.kind == "attn" else component.kind
        same = [(c.kind, c.layer) == (kind, component.layer) for c in alone.components]
        np.testing.assert_allclose(row, alone.values[same].sum(0), atol=1e-5 * largest(prompt))
    with pytest.raises(ValueError, match="by: expected 'head' or 'layer', got 'neuron'"):
        attribute_logit(prompt, by="neuron")


def test_sources_of_a_long_prompt_are_read_where_they_are_asked_for(
    random_run: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompt = random_run("attn-only-1l")
    calls = (attribute_logit, write_norms, partial(attribute_direction, direction=np.ones(prompt.model.cfg.d_model)))
    assert all(call(prompt).sources is not None for call in calls)
    assert all(call(prompt, sources=False).sources is None for call in calls)
    monkeypatch.setattr("headstream.framework.stream._MOST_SOURCES", 100)
    assert all(call(prompt).sources is None for call in calls)
    assert all(call(prompt, sources=True).sources is not None for call in calls)
    with pytest.raises(ValueError, match="sources: expected True or False, got 3"):
        attribute_logit(prompt, sources=3)


@pytest.mark.parametrize("name", EVERY)
def test_sources_sum_to_the_head(random_run: Runs, name: str) -> None:
    prompt = random_run(name, 48)
    direction = np.random.default_rng(2).normal(size=prompt.model.cfg.d_model)
    for result in (attribute_logit(prompt, target=3), attribute_direction(prompt, direction)):
        assert result.sources.shape == (sum(heads(result)), 48, 48)
        assert result.sources.dtype == np.float32
        np.testing.assert_allclose(
            result.sources.sum(2), result.values[heads(result)], atol=tolerance(prompt) * np.abs(result.values).max()
        )
        assert not np.triu(result.sources, 1).any()  # nothing comes from a later position


@pytest.mark.parametrize("name", EVERY)
def test_writes_and_directions_sum_to_the_stream(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    stream = prompt.cache["ln_final.hook_in"].numpy()
    each = writes(prompt).numpy()
    assert each.shape == (len(components(prompt)), *stream.shape)
    np.testing.assert_allclose(each.sum(0), stream, atol=1e-5 * np.abs(stream).max())

    direction = np.random.default_rng(3).normal(size=stream.shape[1])
    result = attribute_direction(prompt, direction * 1e-3, name="a feature")
    scale = np.linalg.norm(stream, axis=1).max()
    np.testing.assert_allclose(result.total, stream @ direction / np.linalg.norm(direction), atol=1e-5 * scale)
    np.testing.assert_allclose(result.values, each @ (direction / np.linalg.norm(direction)), atol=1e-5 * scale)
    assert result.error.max() <= 1e-5 * scale
    assert "a feature" in result.quantity

    norms = write_norms(prompt)
    assert not norms.additive
    np.testing.assert_allclose(norms.total, np.linalg.norm(stream, axis=1), rtol=1e-5)
    np.testing.assert_allclose(norms.values, np.linalg.norm(each, axis=2), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", ["gpt2", "gpt2 folded", "gelu-4l unfolded", "attn-only-2l", "neox", "native 2l LN"])
def test_each_value_is_its_write_through_the_frozen_norm(random_run: Runs, name: str) -> None:
    """The definition, written out in float64 with no folding: centre the write, divide, weight, read."""
    prompt = random_run(name)
    model, cache = prompt.model, prompt.cache
    w_u, b_u = model.W_U.detach().double(), model.b_U.detach().double()
    read = w_u[:, 5] - w_u.mean(1)
    weight, bias, scale = torch.ones(len(w_u)).double(), torch.zeros(len(w_u)).double(), torch.ones(1, 1).double()
    has_norm = "ln_final.hook_scale" in cache
    if has_norm:
        scale = cache["ln_final.hook_scale"].double()
        weight, bias = model.ln_final.weight.detach().double(), model.ln_final.bias.detach().double()

    def through(write: torch.Tensor) -> torch.Tensor:
        centred = write - write.mean(-1, keepdim=True) if has_norm else write
        return centred / scale * weight @ read

    expected, sources = [through(cache["hook_embed"].double())], []
    if "hook_pos_embed" in cache:
        expected.append(through(cache["hook_pos_embed"].double()))
    biases = torch.zeros(len(w_u)).double()
    for layer, block in enumerate(model.blocks):
        w_o = block.attn.W_O.detach().double()
        for head in range(len(w_o)):
            moved = cache[f"blocks.{layer}.attn.hook_v"][:, head].double() @ w_o[head]  # [key, d_model]
            pattern = cache[f"blocks.{layer}.attn.hook_pattern"][head].double()
            sources.append(torch.stack([through(pattern[:, key, None] * moved[key]) for key in range(len(moved))], 1))
            expected.append(through(cache[f"blocks.{layer}.attn.hook_z"][:, head].double() @ w_o[head]))
        biases += block.attn.b_O.detach().double()
        if f"blocks.{layer}.hook_mlp_out" in cache:
            biases += block.mlp.b_out.detach().double()
            expected.append(through(cache[f"blocks.{layer}.hook_mlp_out"].double() - block.mlp.b_out.detach().double()))
    expected.append((through(biases.expand(len(prompt.tokens), -1)) + bias @ read) + b_u[5] - b_u.mean())

    result = attribute_logit(prompt, target=5)
    atol = 1e-5 * largest(prompt)
    np.testing.assert_allclose(result.values, torch.stack(expected), atol=atol)
    np.testing.assert_allclose(result.sources, torch.stack(sources), atol=atol)


def test_a_write_is_what_removing_the_head_takes_away() -> None:
    model = native("native 2l LN")
    prompt = run(model, range(10))
    written = writes(prompt)[components(prompt).index(Component("head", 1, 2))]
    with torch.no_grad():
        model.blocks[1].attn.o.weight[:, 16:24] = 0  # the columns of head 2
    without = run(model, range(10)).cache["blocks.1.hook_attn_out"]
    torch.testing.assert_close(prompt.cache["blocks.1.hook_attn_out"] - without, written, atol=1e-5, rtol=0)


def test_components_in_order(random_run: Runs) -> None:
    kinds = [component.label for component in components(random_run("native 2l LN"))]
    assert kinds[:2] == ["embedding", "position"]
    assert kinds[2:7] == ["0.0", "0.1", "0.2", "0.3", "0.mlp"]
    assert kinds[-2:] == ["1.mlp", "bias"]
    assert "position" not in [component.label for component in components(random_run("neox"))]
    assert [component.kind for component in components(random_run("attn-only-0l"))] == ["embed", "pos_embed", "bias"]


def test_the_default_target_is_the_top_token_where_asked(random_run: Runs) -> None:
    prompt = random_run("attn-only-2l")
    for position in (4, -1):
        top = int(prompt.logits[position].argmax())
        default, asked = attribute_logit(prompt, position=position), attribute_logit(prompt, target=top)
        np.testing.assert_array_equal(default.values, asked.values)
        assert default.position == position % 12
        assert default.quantity == asked.quantity


def test_results_are_float32_and_frozen(random_run: Runs) -> None:
    prompt = random_run("gelu-4l")
    for result in (attribute_logit(prompt), attribute_direction(prompt, np.ones(384)), write_norms(prompt)):
        assert {result.values.dtype, result.total.dtype, result.sources.dtype} == {np.dtype(np.float32)}
        assert result.tokens == prompt.tokens
        with pytest.raises(dataclasses.FrozenInstanceError):
            result.position = 0


def test_text_targets_and_words(model: Callable[[str], TransformerBridge]) -> None:
    prompt = run(model("attn-only-1l"), "His command in")
    result = attribute_logit(prompt, target=" chief", versus=" the")
    assert result.quantity == "logit of ' chief' less that of ' the'"
    assert attribute_logit(prompt, target=" chief").quantity == "logit of ' chief' less the vocabulary's mean"
    assert result.total[-1] == pytest.approx(_difference(prompt, " chief", " the"))


def _difference(prompt: Run, one: str, other: str) -> float:
    ids = [prompt.model.tokenizer(word, add_special_tokens=False)["input_ids"] for word in (one, other)]
    return float(prompt.logits[-1, ids[0][0]] - prompt.logits[-1, ids[1][0]])


def test_source_lengths(random_run: Runs) -> None:
    """For norms a source is the length of the vector it brings."""
    prompt = random_run("native 2l LN")
    out = prompt.model.blocks[1].attn.W_O[3].detach()
    brought = prompt.cache["blocks.1.attn.hook_pattern"][3][9, 4] * prompt.cache["blocks.1.attn.hook_v"][4, 3] @ out
    assert write_norms(prompt).sources[7, 9, 4] == pytest.approx(float(brought.norm()), rel=1e-5)


# Properties


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**31), size=st.integers(1, 20), name=st.sampled_from(["native 2l LN", "native 1l", "gpt2"]))
def test_any_prompt_sums(model: Callable[[str], TransformerBridge], seed: int, size: int, name: str) -> None:
    rng = np.random.default_rng(seed)
    prompt = run(model(name), rng.integers(0, 97, size))
    result = attribute_logit(prompt, target=int(rng.integers(97)), position=int(rng.integers(-size, size)))
    assert result.error.max() <= tolerance(prompt) * largest(prompt)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**31), scale=st.floats(1e-20, 1e20))
def test_a_coordinate_is_linear_in_the_direction(random_run: Runs, seed: int, scale: float) -> None:
    prompt = random_run("native 2l LN")
    one, other = np.random.default_rng(seed).normal(size=(2, 32))

    def dot(direction: np.ndarray) -> np.ndarray:
        return attribute_direction(prompt, direction).values * np.linalg.norm(direction)

    np.testing.assert_allclose(dot(one) + dot(other), dot(one + other), atol=1e-4 * np.abs(dot(one)).max())
    same = attribute_direction(prompt, one).values
    atol = 1e-6 * np.abs(same).max()
    np.testing.assert_allclose(attribute_direction(prompt, scale * one).values, same, atol=atol)
    np.testing.assert_allclose(attribute_direction(prompt, -one).values, -same, atol=atol)


VECTORS = arrays(np.float64, (3, 6), elements=st.floats(-1e3, 1e3, width=32))
DIRECTION = arrays(np.float64, 6, elements=st.floats(-1e3, 1e3, width=32)).filter(lambda a: np.linalg.norm(a) > 1e-3)


@settings(max_examples=60, deadline=None)
@given(stream=VECTORS, direction=DIRECTION, scale=st.floats(1e-3, 1e3))
def test_project(stream: np.ndarray, direction: np.ndarray, scale: float) -> None:
    once = project(stream, direction)
    atol = 1e-5 * (1 + np.abs(stream).max())
    assert once.shape == stream.shape
    assert once.dtype == np.float32
    np.testing.assert_allclose(once, np.outer(stream @ direction, direction) / (direction @ direction), atol=atol)
    np.testing.assert_allclose(project(once, direction), once, atol=atol)  # idempotent
    np.testing.assert_allclose(project(stream, -scale * direction), once, atol=atol)  # the length does not matter
    np.testing.assert_allclose((stream - once) @ direction / np.linalg.norm(direction), 0, atol=6 * atol)  # orthogonal


def test_project_takes_tensors_and_any_leading_shape() -> None:
    stream, direction = torch.randn(2, 3, 8), torch.zeros(8)
    direction[2] = -5
    expected = torch.zeros_like(stream)
    expected[..., 2] = stream[..., 2]
    np.testing.assert_allclose(project(stream, direction), expected)
    np.testing.assert_allclose(project(stream[0, 0].tolist(), direction), expected[0, 0])


def test_a_constant_added_to_every_logit_changes_nothing() -> None:
    model = native("native 2l LN")
    before = attribute_logit(run(model, range(12)), target=7)
    with torch.no_grad():
        model.unembed.b_U.add_(3)
    prompt = run(model, range(12))
    after = attribute_logit(prompt, target=7)
    assert float(prompt.logits.mean()) > 2  # the constant did arrive
    np.testing.assert_allclose(before.values, after.values, atol=1e-5 * largest(prompt))
    np.testing.assert_allclose(before.total, after.total, atol=1e-5 * largest(prompt))
