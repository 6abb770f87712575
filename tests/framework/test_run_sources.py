"""Runs of other models than a TransformerBridge: the same numbers on the same weights, else a sentence."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.framework.residual import attribute_direction, write_norms
from headstream.models.run_sources import Shape
from headstream.models.run_sources.layouts import LAYOUTS
from headstream.models.runs import Run
from headstream.results import Attention, LogitLens
from tests.framework.zoo import D_VOCAB, hugging_face, save

SUMS = ("gpt2", "llama", "neox", "mistral", "qwen2", "qwen3", "olmo")
NORMED = ("gemma2", "gemma3", "olmo2", "granite")  # their blocks norm or scale what they write
IDS = np.random.default_rng(0).integers(0, D_VOCAB, 12)

Models = Callable[[str], TransformerBridge]


def same_attention(ours: Attention, theirs: Attention) -> None:
    np.testing.assert_allclose(ours.pattern, theirs.pattern, atol=1e-4)
    np.testing.assert_allclose(ours.value_norm, theirs.value_norm, atol=1e-4)


def same_lens(ours: LogitLens, theirs: LogitLens) -> None:
    assert (ours.rows, ours.norms, ours.row_layer.tolist()) == (theirs.rows, theirs.norms, theirs.row_layer.tolist())
    np.testing.assert_array_equal(ours.candidates, theirs.candidates)
    np.testing.assert_array_equal(ours.rank, theirs.rank)
    for field in ("log_prob", "entropy", "kl"):
        np.testing.assert_allclose(getattr(ours, field), getattr(theirs, field), atol=1e-4)


def same_results(ours: Run, theirs: Run, *, adds_up: bool) -> None:
    same_attention(ours.attention, theirs.attention)
    same_lens(hs.logit_lens(ours, top=3), hs.logit_lens(theirs, top=3))
    ladders = hs.ladder([ours]), hs.ladder([theirs])
    np.testing.assert_array_equal(ladders[0].guesses, ladders[1].guesses)
    np.testing.assert_allclose(ladders[0].next_log_prob, ladders[1].next_log_prob, atol=1e-4)
    if not adds_up:
        for prompt in (ours, theirs):
            with pytest.raises(ValueError, match="is not the sum of what the components write"):
                hs.attribute_logit(prompt)
        return
    for asked in ({}, {"target": 5, "versus": 9, "position": 3}):
        parts = hs.attribute_logit(ours, **asked), hs.attribute_logit(theirs, **asked)
        assert parts[0].components == parts[1].components
        for field in ("values", "total"):
            np.testing.assert_allclose(getattr(parts[0], field), getattr(parts[1], field), atol=1e-4)
        assert parts[0].sources is None


@pytest.mark.parametrize("kind", SUMS + NORMED)
def test_a_hugging_face_model_gives_the_bridges_numbers(model: Models, kind: str) -> None:
    decoder = hugging_face(kind)
    before = decoder.config._attn_implementation
    same_results(hs.run(decoder, IDS), hs.run(model(kind), IDS), adds_up=kind in SUMS)
    assert decoder.config._attn_implementation == before
    assert not decoder._forward_hooks
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in decoder.modules())


def test_every_layout_is_tested() -> None:
    assert {hugging_face(kind).config.model_type for kind in SUMS + NORMED} == set(LAYOUTS)


def test_capped_logits_are_capped_in_every_row(model: Models) -> None:
    prompt = hs.run(hugging_face("gemma2"), IDS)
    bridge = model("gemma2")
    cap = bridge.cfg.output_logits_soft_cap
    assert prompt.source.shape.cap == cap > 0
    with torch.no_grad():
        stream = hs.run(bridge, IDS).cache["blocks.1.hook_resid_pre"]
        logits = bridge.ln_final(stream).double() @ bridge.W_U.double()
        want = (cap * torch.tanh(logits / cap)).log_softmax(-1).numpy()
    lens = hs.logit_lens(prompt, top=4)
    row = lens.rows.index("0.mlp")
    held = lens.candidates >= 0
    got = np.take_along_axis(want, np.maximum(lens.candidates, 0), 1)
    np.testing.assert_allclose(lens.log_prob[0, row][held], got[held], atol=1e-4)
    assert np.abs(want - logits.log_softmax(-1).numpy()).max() > 0.01, "the cap is felt"


def test_a_text_begins_as_the_bridges_does(tmp_path_factory: pytest.TempPathFactory) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    for kind, first in (("llama", True), ("neox", False)):
        folder = tmp_path_factory.mktemp(kind)
        save(hugging_face(kind), folder)
        decoder, tokenizer = (auto.from_pretrained(folder) for auto in (AutoModelForCausalLM, AutoTokenizer))
        ours = hs.run(decoder, "!$%", tokenizer=tokenizer)
        theirs = hs.run(TransformerBridge.boot_transformers(str(folder)), "!$%")
        assert ours.tokens == theirs.tokens
        assert (ours.tokens[0] == "<|endoftext|>") == first
        assert (ours.text, ours.name) == ("!$%", str(folder))
        assert hs.attribute_logit(ours, target="$").quantity == "logit of '$' less the vocabulary's mean"
        with pytest.raises(ValueError, match="no tokenizer, got a text"):
            hs.run(decoder, "!$%")
        with pytest.raises(ValueError, match="expected at most 64 tokens, which is all that"):
            hs.run(decoder, [1] * 65)


def test_some_heads_alone(model: Models) -> None:
    prompt, whole = hs.run(hugging_face("llama"), IDS), hs.run(model("llama"), IDS).attention
    for asked in (["1.3", "0.2"], [(1, 3), (0, 2)]):
        some = prompt.attention_of(asked)
        assert some.heads == ((1, 3), (0, 2))
        np.testing.assert_allclose(some.pattern[0], whole.pattern[[1, 0], [3, 2]], atol=1e-4)
        np.testing.assert_allclose(some.value_norm[0], whole.value_norm[[1, 0], [3, 2]], atol=1e-4)
    assert {(record["layer"], record["head"]) for record in some.records()} == {(1, 3), (0, 2)}
    assert list(hs.AttentionHeatmap(some).roles) == ["1.3 of the model", "0.2 of the model"]
    for asked, error, said in (
        (["head 1"], ValueError, "heads: expected \\(layer, head\\) or such as '1.6', got 'head 1'"),
        (["2.0"], IndexError, "heads: layer: expected -2 to 1, got 2"),
        ([], ValueError, "heads: expected at least one"),
        ("1.3", TypeError, "heads: expected a list of heads, got a single str"),
    ):
        with pytest.raises(error, match=said):
            prompt.attention_of(asked)
    with pytest.raises(ValueError, match="of all heads, got that of some"):
        some.minus(some)


def test_what_needs_each_write_names_the_bridge() -> None:
    prompt = hs.run(hugging_face("llama"), IDS)
    said = (
        "run: expected one of a TransformerBridge, which keeps what every part writes .*, got one of LlamaForCausalLM"
    )
    for call in (write_norms, lambda run: attribute_direction(run, np.ones(32)), lambda run: run.logits):
        with pytest.raises(ValueError, match=said):
            call(prompt)
    for ask in (lambda: hs.intervene(prompt, hs.ablate("1.2")), lambda: hs.expand_logit(prompt, target=3)):
        with pytest.raises(ValueError, match=said):
            ask()
    with pytest.raises(TypeError, match=r"model: expected a TransformerBridge .*, got LlamaForCausalLM"):
        hs.roles(hugging_face("llama"))


def test_other_models_are_refused(model: Models) -> None:
    with pytest.raises(ValueError, match=r"model: expected one of gpt2, .*, got openai-gpt: a TransformerBridge reads"):
        hs.run(hugging_face("gpt1"), IDS)
    with pytest.raises(TypeError, match="remote: expected an nnsight model to run elsewhere, got TransformerBridge"):
        hs.run(model("gpt2"), IDS, remote=True)
    with pytest.raises(TypeError, match="tokenizer: expected none, for TransformerBridge brings its own"):
        hs.run(model("gpt2"), IDS, tokenizer=object())


class Bigrams:
    """A reader's own source: a model without layers, whose logits are a table's rows."""

    name, tokenizer, travels = "bigrams", None, False
    shape = Shape(layers=0, heads=1, d_vocab=7, n_ctx=50, norm=None, eps=0)
    names = ("hook_embed", "ln_final.hook_in", "logits")
    table = torch.randn(7, 7, generator=torch.Generator().manual_seed(0))

    def read(self, token_ids, names, reduce):
        stream = torch.eye(7)[token_ids]
        found = {"hook_embed": stream, "ln_final.hook_in": stream, "logits": stream @ self.table}
        return reduce({name: found[name] for name in names}, {"unembed.W_U": self.table}.get, self.shape)


def test_a_readers_own_source() -> None:
    prompt = hs.run(Bigrams(), [3, 1, 4])
    lens = hs.logit_lens(prompt, top=2)
    assert (lens.rows, lens.norms) == (("embedding",), ("none",))
    want = Bigrams.table.log_softmax(-1)[[3, 1, 4]].numpy()
    np.testing.assert_allclose(lens.log_prob[0, 0, :, 0], want.max(-1), atol=1e-5)
    np.testing.assert_allclose(hs.ladder([prompt]).next_log_prob[0, 1:], want[[0, 1], [1, 4]], atol=1e-5)
    parts = hs.attribute_logit(prompt, target=5)
    assert [part.kind for part in parts.components] == ["embed", "bias"]
    assert parts.error.max() < 1e-5
    with pytest.raises(ValueError, match=r"run: expected a model that has blocks.0.attn.hook_pattern, got bigrams"):
        prompt.read(["blocks.0.attn.hook_pattern"], lambda *_: None)
