"""MLPs replaced by transcoders: what is computed by features equals what the model would say of the same numbers."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from transformer_lens.config import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.features.dictionaries import Dictionary
from headstream.features.replacement import first_of
from headstream.features.transcoding import (
    carriers,
    feature_inputs,
    feature_weights,
    mlp_parts,
    replace_mlps,
    shuffled_decoder,
    transcoder_layer,
)
from headstream.models.runs import Run, run
from tests.features.random_dictionary import random_dictionary
from tests.framework.zoo import native


def transcoder(layer: int = 1, width: int = 32, **settings) -> Dictionary:
    sites = f"blocks.{layer}.mlp.hook_in", f"blocks.{layer}.hook_mlp_out"
    return random_dictionary(sites[:1], sites[1:], width, width, 20, **{"k": 6, **settings})


@pytest.fixture(scope="module", params=["native 2l LN folded", "native 2l LN", "native 2l"])
def prompt(request) -> Run:
    model = native(request.param)
    return run(model, np.random.default_rng(0).integers(0, model.cfg.d_vocab, 10))


@pytest.fixture(scope="module")
def trained() -> Run:
    model = hs.load("gelu-4l")
    return run(model, hs.demos.lens.text)


def as_mlp(model: TransformerBridge, layer: int) -> Dictionary:
    """A transcoder with a feature a neuron, which is the MLP exactly where its σ is a ReLU."""
    mlp = model.blocks[layer].mlp
    made = transcoder(layer, model.cfg.d_model, activation="relu")
    made.W_enc, made.b_enc = (torch.nn.Parameter(x.detach()) for x in (mlp.W_in[None], mlp.b_in))
    made.W_dec, made.b_dec = (torch.nn.Parameter(x.detach()) for x in (mlp.W_out[:, None], mlp.b_out[None]))
    made.threshold = torch.zeros(len(made.b_enc))
    return made


def with_relu() -> TransformerBridge:
    cfg = TransformerBridgeConfig(
        d_model=32, n_layers=2, n_heads=4, d_head=8, n_ctx=64, d_vocab=50, d_mlp=48, attn_only=False, act_fn="relu",
        normalization_type="LN", positional_embedding_type="standard", init_weights=True,
    )  # fmt: skip
    return TransformerBridge.boot_native(cfg).eval()


def test_an_mlp_of_relus_is_its_own_transcoder():
    model = with_relu()
    prompt = run(model, list(range(12)))
    replaced = replace_mlps(prompt, as_mlp(model, 0), as_mlp(model, 1))
    torch.testing.assert_close(replaced.logits, prompt.logits, rtol=1e-4, atol=1e-5)
    parts = mlp_parts(prompt, as_mlp(model, 1), target=7, position=4)
    np.testing.assert_allclose(parts.features, parts.neurons, atol=1e-5)
    assert parts.error == pytest.approx(0, abs=1e-5)


def test_everything_after_a_replaced_mlp_is_computed_anew(prompt):
    one = transcoder(0)
    replaced = replace_mlps(prompt, one)
    x = prompt.cache["blocks.0.mlp.hook_in"]
    torch.testing.assert_close(replaced.cache["blocks.0.hook_mlp_out"], one.decode(one.encode(x)))
    assert not torch.allclose(replaced.cache["blocks.1.mlp.hook_in"], prompt.cache["blocks.1.mlp.hook_in"], atol=1e-2)
    both = replace_mlps(prompt, transcoder(1), one)  # the later one reads what the earlier one wrote
    later = both.cache["blocks.1.mlp.hook_in"]
    torch.testing.assert_close(both.cache["blocks.1.hook_mlp_out"], transcoder(1).decode(transcoder(1).encode(later)))
    torch.testing.assert_close(run(prompt.model, prompt.token_ids).logits, prompt.logits)  # no hook stays


def test_the_start_token_is_left_to_the_mlp(trained):
    one = hs.dictionary("gelu-4l-transcoder-2")
    replaced = replace_mlps(trained, one)
    before, after = (each.cache["blocks.2.hook_mlp_out"] for each in (trained, replaced))
    assert first_of(trained) == 1
    torch.testing.assert_close(before[0], after[0])
    assert not torch.allclose(before[1], after[1], atol=1e-3)
    with pytest.raises(ValueError, match="position: expected one after the start token"):
        mlp_parts(trained, one, position=0)


def test_a_replaced_run_has_the_scores_loss(trained):
    one = hs.dictionary("gelu-4l-transcoder-1")
    replaced = replace_mlps(trained, one).logits[1:-1].log_softmax(-1)
    loss = float(-replaced.gather(1, torch.from_numpy(trained.token_ids[2:, None])).mean())
    assert loss == pytest.approx(hs.dictionary_scores(one, [trained]).loss_with, rel=1e-4)


@pytest.mark.parametrize("layer", [0, 1])
def test_parts_of_a_logit_by_the_definition(prompt, layer):
    """Against a logit read off the MLP's write as a whole, and each feature's own write read alone."""
    one = transcoder(layer)
    parts = mlp_parts(prompt, one, target=5, versus=9, position=6)
    split = hs.attribute_logit(prompt, target=5, versus=9)
    labels = [component.label for component in split.components]
    whole = split.values[labels.index(f"{layer}.mlp"), 6]
    assert parts.total == pytest.approx(whole + parts.neuron_bias, abs=1e-4)
    assert parts.neurons.sum() + parts.neuron_bias == pytest.approx(parts.total, abs=1e-4)
    assert parts.features.sum() + parts.feature_bias + parts.error == pytest.approx(parts.total, abs=1e-4)
    silent = one.encode(prompt.cache[f"blocks.{layer}.mlp.hook_in"][6]) == 0
    assert not parts.features[silent.numpy()].any()
    assert parts.features[~silent.numpy()].any()
    assert parts.quantity == split.quantity


@pytest.mark.parametrize("layer", [0, 1])
def test_inputs_of_a_feature_sum_to_it_and_are_its_gradient(prompt, layer):
    one = transcoder(layer)
    for feature in (0, 7):
        found = feature_inputs(prompt, one, feature, position=5)
        pre = one.pre(prompt.cache[f"blocks.{layer}.mlp.hook_in"])[:, feature].numpy()
        np.testing.assert_allclose(found.total, pre, rtol=1e-4, atol=1e-5)
        assert found.error.max() <= 1e-4 * np.abs(pre).max() + 1e-5
        labels = [component.label for component in found.components]
        assert labels[-1] == "bias"
        assert f"{layer}.0" in labels
        assert f"{layer}.mlp" not in labels
        assert not any(label.startswith(f"{layer + 1}.") for label in labels)
        np.testing.assert_allclose(found.sources.sum(-1), found.values[[c.kind == "head" for c in found.components]],
                                   rtol=1e-3, atol=1e-3)  # fmt: skip


def test_an_input_is_what_the_feature_loses_with_the_scale_frozen(prompt):
    one, layer = transcoder(1), 1
    found = feature_inputs(prompt, one, 3, position=5)
    attention = prompt.model.blocks[0].attn
    write = prompt.cache["blocks.0.attn.hook_z"][5, 2] @ attention.W_O[2]
    x = prompt.cache[f"blocks.{layer}.mlp.hook_in"][5]
    norm = prompt.model.blocks[layer].ln2 if hasattr(prompt.model.blocks[layer], "ln2") else None
    if "blocks.1.ln2.hook_scale" in prompt.cache:
        write = (write - write.mean()) / prompt.cache["blocks.1.ln2.hook_scale"][5] * norm.weight
    lost = float((one.pre(x)[3] - one.pre(x - write)[3]).detach())
    labels = [component.label for component in found.components]
    assert found.values[labels.index("0.2"), 5] == pytest.approx(lost, abs=2e-3 * float(abs(found.values[:, 5]).max()))


def test_weights_between_features_need_no_prompt():
    one, other = transcoder(0), transcoder(1)
    found = feature_weights(one, other, 4)
    by_hand = [float((one.W_dec[i, 0] - one.W_dec[i, 0].mean()) @ other.W_enc[0, :, 4]) for i in range(20)]
    np.testing.assert_allclose(found, by_hand, atol=1e-5)
    with pytest.raises(IndexError, match="feature"):
        feature_weights(one, other, 20)


def test_how_many_parts_carry_a_share():
    assert carriers([1.0, -1, 1, -1, 1, -1, 1, -1, 1, -1]) == 9
    assert carriers([100.0, 1, 1, 1]) == 1
    assert carriers([100.0, 1, 1, 1], 1) == 4
    assert carriers([5.0, 0, 0, -5]) == 2
    assert carriers([0.0, 0]) == carriers([]) == 0
    with pytest.raises(ValueError, match="share"):
        carriers([1.0], 1.5)
    with pytest.raises(ValueError, match="parts: expected finite"):
        carriers([1.0, np.nan])


def test_the_null_keeps_what_is_on_and_no_decoder():
    one = transcoder()
    other = shuffled_decoder(one)
    assert torch.equal(other.W_enc, one.W_enc)
    assert sorted(map(tuple, other.W_dec[:, 0].tolist())) == sorted(map(tuple, one.W_dec[:, 0].tolist()))
    assert not (other.W_dec == one.W_dec).all(-1).any()


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ("gelu-4l-transcoder-1", TypeError, "transcoder: expected a dictionary of features, got str"),
        (random_dictionary(), ValueError, "got one from here to there"),
        (transcoder(5), ValueError, "in gelu-4l, got one from blocks.5.mlp.hook_in"),
        (transcoder(1), ValueError, r"transcoder.W_enc: expected \[1, d_model, feature\] = \[1, 384, 20\]"),
    ],
)
def test_what_is_no_transcoder_of_the_model_is_refused(trained, given, error, words):
    for call in (replace_mlps, mlp_parts, transcoder_layer, lambda a, b: feature_inputs(a, b, 0)):
        with pytest.raises(error, match=words):
            call(trained, given)


def test_one_transcoder_a_layer(trained):
    one = hs.dictionary("gelu-4l-transcoder-1")
    for wrong in ((), (one, copy.deepcopy(one))):
        with pytest.raises(ValueError, match="transcoders: expected at least one, each of another layer"):
            replace_mlps(trained, *wrong)
    for feature, position, words in ((9999, -1, "feature"), (0, 999, "position")):
        with pytest.raises(IndexError, match=words):
            feature_inputs(trained, one, feature, position=position)
