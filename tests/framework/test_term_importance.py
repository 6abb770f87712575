"""The loss by orders of paths, against the paper's algorithm run with hooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy
from transformer_lens.model_bridge import TransformerBridge

from headstream.framework import term_importance as module
from headstream.framework.identities import term_error
from headstream.framework.term_importance import term_importance, written_by_terms
from headstream.models.runs import Run, run
from headstream.results.term_importance import rows
from tests.framework.zoo import FOREIGN, NATIVE, NORMED, SHIPPED, constructed, tolerance

Models = Callable[[str], TransformerBridge]
Runs = Callable[..., Run]


def loss(logits: torch.Tensor, prompt: Run) -> np.ndarray:
    found: np.ndarray = cross_entropy(logits[:-1], torch.from_numpy(prompt.token_ids[1:]), reduction="none").numpy()
    return found


def by_algorithm(prompt: Run, order: int, layers: Sequence[int] | None = None) -> np.ndarray:
    """The paper's: run anew with patterns frozen and the heads' outputs of the run before, zero at first.

    layers: those whose heads have an output at all; None: all have.
    """
    cfg = prompt.model.cfg
    outputs = [torch.zeros_like(prompt.cache[f"blocks.{layer}.attn.hook_z"]) for layer in range(cfg.n_layers)]
    frozen = [
        name
        for name in prompt.cache
        if name.endswith(("hook_pattern", "ln1.hook_scale", "final.hook_scale", "mlp_out"))
    ]
    for _ in range(order + 1):
        saved: list[torch.Tensor] = []

        def use(z: torch.Tensor, *, layer: int, saved: list[torch.Tensor], outputs: list[torch.Tensor]) -> torch.Tensor:
            saved.append(z[0])
            return outputs[layer][None]

        hooks: list[Any] = [(name, lambda _, hook, name=name: prompt.cache[name][None]) for name in frozen]
        for layer in range(cfg.n_layers):
            output = partial(use, layer=layer, saved=saved, outputs=outputs)
            hooks.append((f"blocks.{layer}.attn.hook_z", lambda z, hook, output=output: output(z)))
        with torch.no_grad(), prompt.model.hooks(fwd_hooks=hooks):
            logits = prompt.model(torch.from_numpy(prompt.token_ids)[None])[0]
        outputs = [z * (layers is None or layer in layers) for layer, z in enumerate(saved)]
    return loss(logits, prompt)


@pytest.mark.parametrize("name", SHIPPED + NATIVE + FOREIGN)
def test_each_order_is_the_papers_algorithm(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    found = term_importance(prompt)
    atol = 2 * tolerance(prompt) * float(prompt.logits.abs().max())
    for order, on in enumerate(rows(found.layers)[: found.layers + 1]):
        row = (found.settings == on).all(1).argmax()
        np.testing.assert_allclose(found.losses[row], by_algorithm(prompt, order), atol=atol)
    np.testing.assert_allclose(found.losses[row], loss(prompt.logits, prompt), atol=atol)  # the last is the model's own
    assert term_error(prompt) <= tolerance(prompt)


@pytest.mark.parametrize("name", ["attn-only-2l", "native 2l LN", "native 3l attn-only LN", "llama"])
def test_one_layers_heads_alone_and_left_out(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    found = term_importance(prompt)
    atol = 2 * tolerance(prompt) * float(prompt.logits.abs().max())
    compared = {(record["paths"], record["given"]): record for record in found.records()}
    for layer in range(found.layers):
        others = [other for other in range(found.layers) if other != layer]
        direct, alone, without, whole = (
            by_algorithm(prompt, order, layers=layers).mean()
            for order, layers in ((0, None), (1, [layer]), (1, others), (1, None))
        )
        record = compared[f"heads of layer {layer}", "direct path"]
        assert record["loss"] == pytest.approx(alone, abs=atol)
        assert record["lower"] == pytest.approx(direct - alone, abs=atol)
        record = compared[f"heads of layer {layer}", "direct path and other layers"]
        assert record["loss"] == pytest.approx(whole, abs=atol)
        assert record["lower"] == pytest.approx(without - whole, abs=atol)


def test_paths_switched_off_one_by_one(random_run: Runs) -> None:
    """Against the sum of the stream's parts, written out; a group's name stands for all of its terms."""
    prompt = random_run("native 2l LN")
    found = term_importance(prompt)
    written, norm = written_by_terms(prompt).double(), prompt.model.ln_final
    w_u, b_u = prompt.model.W_U.double(), prompt.model.b_U.double()
    scale = prompt.cache["ln_final.hook_scale"].double()
    labels = [term.label for term in found.terms]
    assert labels == [
        *("embedding", "position", "0.mlp", "1.mlp", "biases"),
        *(f"{layer}.{head}" for layer in range(2) for head in range(4)),
        "virtual heads of 2",
    ]
    for off in ([], ["0.3"], ["1.0", "position"], ["1.mlp"], ["virtual heads of 2", "0.0"], ["biases"]):
        stream = sum(x for x, label in zip(written, labels, strict=True) if label not in off)
        centred = stream - stream.mean(-1, keepdim=True)
        bias = 0 if "biases" in off else norm.bias.double() @ w_u + b_u
        logits = (centred / scale * norm.weight.double()) @ w_u + bias
        expected = loss(logits.detach(), prompt)
        np.testing.assert_allclose(found.losses_without(off), expected, atol=1e-4 * float(prompt.logits.abs().max()))
        on = np.array([label not in off for label in labels])
        lessened = (logits - logits.mean(1, keepdim=True))[:-1].gather(1, torch.from_numpy(prompt.token_ids[1:, None]))
        np.testing.assert_allclose(found.logits[on].sum(0), lessened[:, 0].detach(), atol=1e-3)
    heads = [f"1.{head}" for head in range(4)]
    np.testing.assert_allclose(found.losses_without(["heads of layer 1"]), found.losses_without(heads), rtol=1e-6)
    with pytest.raises(ValueError, match=r"^off: expected 'direct path' or .* or '1.3' or .*, got '1.4'"):
        found.losses_without(["1.4"])
    with pytest.raises(TypeError, match=r"^off: expected a list of names of terms or groups, got a single str"):
        found.losses_without("0.3")


@pytest.mark.parametrize("name", ["attn-only-0l", "attn-only-1l", "native 3l attn-only LN"])
def test_every_setting_is_its_terms(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    found = term_importance(prompt)
    assert len(found.settings) == 2 ** len(found.groups)
    for setting, losses in zip(found.settings, found.losses, strict=True):
        np.testing.assert_allclose(found.losses_of(setting[found.group_of]), losses, rtol=1e-4, atol=1e-4)
    nothing = found.losses[~found.settings.any(1)]
    np.testing.assert_allclose(nothing, found.uniform, rtol=1e-6)


def test_deep_models_have_the_tables_settings(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = random_run("native 3l attn-only LN")
    whole = term_importance(prompt)
    monkeypatch.setattr(module, "ALL_SETTINGS", 2)
    few = term_importance(prompt)
    assert len(few.settings) == len(np.unique(rows(3), axis=0)) < len(whole.settings)
    assert few.records() == whole.records()


def test_several_runs_stand_one_after_the_other(model: Models, random_run: Runs) -> None:
    prompts = [run(model("native 2l LN"), np.arange(start, start + size)) for start, size in ((3, 9), (40, 2), (7, 5))]
    found, each = term_importance(prompts), [term_importance(prompt) for prompt in prompts]
    assert found.next.tolist() == [*range(4, 12), 41, *range(8, 12)]
    assert found.tokens == sum((one.tokens for one in each), ())
    np.testing.assert_allclose(found.losses, np.concatenate([one.losses for one in each], 1), rtol=1e-5, atol=1e-5)
    np.testing.assert_array_equal(found.logits, np.concatenate([one.logits for one in each], 1))


def test_the_null_shuffles_what_each_query_reads(random_run: Runs) -> None:
    prompt = random_run("native 2l LN")
    a = prompt.cache["blocks.1.attn.hook_pattern"]
    mixed = module.shuffled_pattern(a, torch.Generator().manual_seed(1))
    assert not mixed.triu(1).any()
    torch.testing.assert_close(mixed.sort(-1).values, a.sort(-1).values)
    assert not torch.equal(mixed, a)
    alike = module.shuffled_pattern(a[:1].expand(2, -1, -1), torch.Generator().manual_seed(1))
    assert not torch.equal(alike[0], alike[1])  # each head has places of its own
    one, again, other = (term_importance(prompt, seed=seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one.null, again.null)
    assert not np.array_equal(one.null[1:], other.null[1:])
    assert one.null[0] == pytest.approx(one.order_loss[0])  # no head is in the direct path
    torch.testing.assert_close(
        written_by_terms(prompt, [prompt.cache["pattern", at] for at in (0, 1)]), written_by_terms(prompt)
    )


def test_an_induction_head_that_reads_elsewhere_brings_nothing() -> None:
    bridge = constructed()
    words = np.random.default_rng(0).permutation(200)[:25]
    found = term_importance(run(bridge, np.tile(words, 4)))
    heads = next(record for record in found.records() if record["paths"] == "heads of layer 1")
    assert heads["lower"] > 0.4
    assert heads["null"] < 0.02


@pytest.mark.parametrize("name", [*NORMED, "gemma2"])
def test_models_that_do_more_are_refused(random_run: Runs, name: str) -> None:
    with pytest.raises(ValueError, match="is not the sum of what the components write"):
        term_importance(random_run(name))


def test_what_is_no_list_of_runs_of_one_model_is_refused(model: Models, random_run: Runs) -> None:
    one, other = random_run("native 1l"), random_run("native 2l LN")
    for given, error, message in (
        ([], ValueError, "runs: expected at least one run, got none"),
        ([one, other], ValueError, f"runs: expected one model, got {one.name} in run 0 and another in run 1"),
        ([one, run(model("native 1l"), [5])], ValueError, "runs: expected at least 2 tokens, .* got 1 in run 1"),
        ("text", TypeError, "runs: expected a run or a list of runs, got a single str"),
        ([one, "text"], TypeError, "run: expected a run"),
        (random_run("gpt1"), ValueError, "run: expected a model that ends with a norm and an unembedding"),
    ):
        with pytest.raises(error, match=f"^{message}"):
            term_importance(given)  # type: ignore[arg-type]


def test_a_wrong_pattern_is_noticed(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    right = module.carried

    def transposed(prompt: Run, layer: int, a: torch.Tensor | None = None) -> Any:
        return right(prompt, layer, prompt.cache["pattern", layer].transpose(1, 2))

    monkeypatch.setattr(module, "carried", transposed)
    with pytest.raises(ValueError, match="is not the sum"):
        term_importance(random_run("attn-only-2l"))
