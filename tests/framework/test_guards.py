"""Models that are not what the framework reads are refused in a sentence, and models in half precision are read."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

from headstream.framework.heads import prefix_matching_scores, previous_token_scores
from headstream.framework.ladder import ladder
from headstream.framework.lens import logit_lens
from headstream.framework.residual import attribute_direction, attribute_logit, write_norms
from headstream.framework.weights import embedding, head_weights
from headstream.models.runs import Run, run
from tests.framework.zoo import NO_DECODERS, NORMED

Models = Callable[[str], TransformerBridge]
Runs = Callable[..., Run]


@pytest.mark.parametrize("name", [*NORMED, "gemma2"])
def test_blocks_that_norm_or_scale_what_they_write_are_refused(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    with pytest.raises(ValueError, match="the residual stream is not the sum of what the components write"):
        write_norms(prompt)
    for call in (attribute_logit, lambda given: attribute_direction(given, np.arange(32))):
        with pytest.raises(ValueError, match="is not the sum of what the components write"):
            call(prompt)


def test_a_model_that_ends_without_a_norm_is_refused(random_run: Runs) -> None:
    prompt = random_run("gpt1")
    assert prompt.attention.pattern.shape == (2, 4, 12, 12)
    for call in (attribute_logit, write_norms, logit_lens):
        with pytest.raises(ValueError, match="run: expected a model that ends with a norm and an unembedding, got"):
            call(prompt)


WHY = {
    "bert": "BertForMaskedLM, in which a token attends to later ones",
    "t5": "T5ForConditionalGeneration, which has an encoder beside its decoder",
    "mamba": "MambaForCausalLM, whose block 0 has none",
    "jamba": "JambaForCausalLM, whose block 0 has none",
}


@pytest.mark.parametrize("name", NO_DECODERS)
def test_what_is_no_decoder_with_attention_is_refused(model: Models, name: str) -> None:
    bridge = model(name)
    calls = (lambda: run(bridge, [1, 2, 3]), lambda: prefix_matching_scores(bridge), lambda: embedding(bridge))
    for call in (*calls, lambda: head_weights(bridge, 0, 0)):
        with pytest.raises(ValueError, match=f"^model: expected a decoder .* in every block, got {WHY[name]}$"):
            call()


def test_a_model_that_looks_ahead_and_does_not_say_so_is_refused(model: Models) -> None:
    bridge = model("gpt2")

    def ahead(pattern: torch.Tensor, hook: object) -> torch.Tensor:
        return torch.full_like(pattern, 1 / pattern.shape[-1])

    with (
        bridge.hooks(fwd_hooks=[("blocks.1.attn.hook_pattern", ahead)]),
        pytest.raises(ValueError, match="got GPT2LMHeadModel, in which a token attends to later ones"),
    ):
        run(bridge, [1, 2, 3])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["attn-only-2l bfloat16", "gelu-4l bfloat16"])
def test_half_precision_is_read(model: Models, random_run: Runs, name: str) -> None:
    half, full = random_run(name), random_run(name.removesuffix(" bfloat16"))
    assert half.cache["blocks.0.attn.hook_pattern"].dtype == torch.bfloat16
    for result in (half.attention, logit_lens(half), attribute_logit(half), write_norms(half), ladder([half])):
        assert len(result.tokens) == 12
    np.testing.assert_allclose(half.attention.pattern, full.attention.pattern, atol=0.1)
    np.testing.assert_allclose(half.attention.value_norm, full.attention.value_norm, rtol=0.1)
    np.testing.assert_allclose(previous_token_scores(half), previous_token_scores(full), atol=0.03)
    scores = [prefix_matching_scores(model(which), examples=2) for which in (name, name.removesuffix(" bfloat16"))]
    assert scores[0].dtype == np.float32
    np.testing.assert_allclose(*scores, atol=0.03)


def hooked(bridge: TransformerBridge, change: Callable[[torch.Tensor], None]) -> Run:
    """A run in which head 2 of block 1 mixes something else than what it attends to."""

    def hook(z: torch.Tensor, hook: object) -> torch.Tensor:
        z = z.clone()
        change(z[:, :, 2])
        return z

    with bridge.hooks(fwd_hooks=[("blocks.1.attn.hook_z", hook)]):
        return run(bridge, range(9))


@pytest.mark.parametrize("name", ["native 2l LN", "gpt2", "llama"])
def test_a_head_that_is_switched_off_brings_nothing(model: Models, name: str) -> None:
    off = hooked(model(name), lambda z: z.zero_())
    for result in (attribute_logit(off, target=3), write_norms(off)):
        heads = [component for component in result.components if component.kind == "head"]
        row = [(head.layer, head.head) for head in heads].index((1, 2))
        values = result.values[[component.kind == "head" for component in result.components]]
        assert not values[row].any()
        assert not result.sources[row].any()
        assert result.sources[row - 1].any()
    later = hooked(model(name), lambda z: z[:, 4:].zero_())
    sources = attribute_logit(later, target=3).sources[row]
    assert sources[3].any()
    assert not sources[4:].any()


@pytest.mark.parametrize("name", ["native 2l LN", "gpt2", "llama"])
def test_a_head_that_writes_something_else_than_it_attends_to_is_refused(model: Models, name: str) -> None:
    other = hooked(model(name), lambda z: z.mul_(1.5))
    for call in (attribute_logit, write_norms):
        with pytest.raises(ValueError, match=r"sources: expected head 1.2 to write what it attends to"):
            call(other)
