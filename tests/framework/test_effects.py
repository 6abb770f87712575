"""Effects of changes on a logit, against passes made one by one, TransformerLens' own patching, and what must hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from transformer_lens import patching

import headstream as hs
from headstream.framework import effects as module
from headstream.models.runs import Run
from tests.framework.zoo import FOREIGN, NATIVE, NORMED, constructed

Runs = Callable[..., Run]
SOME = ("attn-only-2l", *NATIVE, *FOREIGN, *NORMED, "gemma2")
THEIRS = {
    "heads": ("attn_head_out_by_pos",),
    "layers": ("attn_out", "mlp_out"),
    "stream": ("resid_pre",),
}


def number(logits: torch.Tensor, target: int, versus: int | None) -> float:
    return float(logits[target] - (logits.mean() if versus is None else logits[versus]))


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("kind", THEIRS)
def test_every_cell_is_a_run_with_that_one_write_patched(random_run: Runs, name: str, kind: str) -> None:
    clean, corrupted = random_run(name, 4), random_run(name, 4, 1)
    parts = [part for part in hs.parts(clean.model, kind) if not part.endswith((".2", ".4", ".5", ".6", ".7"))]
    result = hs.patch_effects(clean, corrupted, target=3, versus=5, position=-2, parts=parts)
    expected = np.zeros_like(result.patched)
    for row, part in enumerate(parts):
        for at in range(4):
            run = hs.intervene(corrupted, hs.patch(part, clean, position=at))
            expected[row, at] = number(run.logits[-2], 3, 5)
    np.testing.assert_allclose(result.patched, expected, atol=1e-5 * float(corrupted.logits.abs().max()))
    assert (result.patched[:, -1] == np.float32(result.corrupted)).all(), "nothing comes back from later positions"
    assert result.clean == pytest.approx(number(clean.logits[-2], 3, 5), abs=1e-5)


@pytest.mark.parametrize("name", ["attn-only-2l", "gelu-4l", "gpt2", "llama"])
@pytest.mark.parametrize("kind", THEIRS)
def test_transformer_lens_patching_says_the_same(random_run: Runs, name: str, kind: str) -> None:
    clean, corrupted = random_run(name, 5), random_run(name, 5, 1)
    result = hs.patch_effects(clean, corrupted, target=3, parts=kind)
    model, ids = clean.model, torch.from_numpy(corrupted.token_ids)[None]
    _, cache = model.run_with_cache(torch.from_numpy(clean.token_ids)[None])
    found = []
    for patch in THEIRS[kind]:
        if patch == "mlp_out" and name == "attn-only-2l":
            continue
        theirs = getattr(patching, f"get_act_patch_{patch}")
        with torch.no_grad():
            found.append(theirs(model, ids, cache, lambda logits: logits[0, -1, 3] - logits[0, -1].mean()))
    by_layer = found[0].transpose(1, 2) if kind == "heads" else torch.stack(found, 1)  # heads: [layer, position, head]
    expected = by_layer.flatten(0, 1)
    np.testing.assert_allclose(result.patched, expected.numpy(), atol=1e-5 * float(corrupted.logits.abs().max()))


def test_the_whole_stream_restores_the_answer_and_the_effect_is_its_share(random_run: Runs) -> None:
    clean, corrupted = random_run("gelu-4l", 9), random_run("gelu-4l", 9, 1)
    top = int(clean.logits[-1].argmax())
    every = hs.intervene(corrupted, hs.patch("2.stream", clean))
    result = hs.patch_effects(clean, corrupted, parts="stream")
    assert number(every.logits[-1], top, None) == pytest.approx(result.clean, abs=1e-4)
    np.testing.assert_allclose(
        result.effect, (result.patched - result.corrupted) / (result.clean - result.corrupted), atol=1e-5
    )
    assert result.quantity.startswith(f"logit of {hs.models.labels(clean.model.tokenizer, [top])[0]!r} less the voc")
    swapped = hs.patch_effects(corrupted, clean, target=top, parts="stream")
    assert (swapped.clean, swapped.corrupted) == (result.corrupted, result.clean)
    assert result.tokens == swapped.clean_tokens == corrupted.tokens


def test_an_induction_head_that_was_set_by_hand_restores_what_can_be_told_by_hand() -> None:
    """After 5 comes what came after the earlier 5: head 1.0 copies it, with the third that 0.2 has added there; 0.2
    adds a fifth of it at the end. 0.0 tells where to look, which is the same in both runs.
    """
    model = constructed()
    clean, corrupted = (hs.run(model, [1, 5, token, 7, 5]) for token in (6, 8))
    result = hs.patch_effects(clean, corrupted, target=6, versus=8)
    expected = np.zeros((6, 5))
    expected[3, 4], expected[2, 2], expected[2, 4] = np.array([4 / 3, 1 / 3, 1 / 5]) / (4 / 3 + 1 / 5)
    np.testing.assert_allclose(result.effect, expected, atol=1e-3)


def test_the_null_comes_from_elsewhere_on_the_same_scale(shipped: Any) -> None:
    """An unrelated text of equal length restores nothing in particular."""
    model, demo = shipped("attn-only-2l"), hs.demos.half_name
    clean = hs.run(model, demo.text)
    ids = clean.token_ids.copy()
    first = int(np.flatnonzero(ids == hs.models.token_id(model, "ot"))[0])
    ids[first] = hs.models.token_id(model, "en")
    corrupted = hs.run(model, ids)
    unrelated = hs.run(model, np.random.default_rng(0).permutation(ids))
    real, null = (hs.patch_effects(clean, corrupted, target="ot", source=source) for source in (None, unrelated))
    assert (null.clean, null.corrupted) == (real.clean, real.corrupted)
    assert real.effect.max() > 3 * null.effect.max()
    assert not real.raw[:, :first].any(), "the two runs are the same before they differ"


def test_passes_are_made_in_batches_that_memory_bounds(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    clean, corrupted = random_run("gelu-4l", 9), random_run("gelu-4l", 9, 1)
    whole = hs.patch_effects(clean, corrupted, parts=["0.1", "1.mlp", "1.3", "1.4"])
    sizes = []
    right = module._logits

    def watched(run: Run, hooks: Any, position: int, passes: int = 1) -> torch.Tensor:
        sizes.append(passes)
        return right(run, hooks, position, passes)

    monkeypatch.setattr(module, "_logits", watched)
    monkeypatch.setattr(module, "_NUMBERS", 5 * 9 * 1536)
    small = hs.patch_effects(clean, corrupted, parts=["0.1", "1.mlp", "1.3", "1.4"])
    assert sizes == [5, 4, 5, 4, 5, 5, 5, 3]
    np.testing.assert_allclose(small.patched, whole.patched, atol=1e-4)


@pytest.mark.parametrize("name", [name for name in SOME if name not in (*NORMED, "gemma2")])
def test_direct_is_the_final_stream_without_the_write(random_run: Runs, name: str) -> None:
    run = random_run(name, 6)
    model, stream = run.model, run.cache["ln_final.hook_in"][-1]
    parts = [part for part in (*hs.parts(model)[::3], *hs.parts(model, "layers"))]
    result = hs.effects(run, *map(hs.ablate, parts), target=3)
    totals = [number(hs.intervene(run, hs.ablate(part)).logits[-1], 3, None) for part in parts]
    for row, part in enumerate(result.components):
        if part.kind == "head":
            write = run.cache["z", part.layer][-1, part.head] @ model.blocks[part.layer].attn.W_O[part.head]
        else:
            write = run.cache[f"blocks.{part.layer}.hook_{part.kind}_out"][-1]
        with torch.no_grad():
            logits = model.unembed(model.ln_final((stream - write)[None, None]))[0, 0]
        expected = number(logits, 3, None) - number(run.logits[-1], 3, None)
        assert result.direct[row] == pytest.approx(expected, abs=1e-5 * float(run.logits.abs().max()))
        assert result.value + result.total[row] == pytest.approx(totals[row], abs=1e-4)


@pytest.mark.parametrize("name", ["attn-only-2l", "gelu-4l", "neox", *NORMED, "gemma2"])
def test_what_nobody_reads_has_only_its_direct_effect(random_run: Runs, name: str) -> None:
    run, other = random_run(name, 6), random_run(name, 6, 1)
    last = hs.parts(run.model, "layers")[-1]
    changes = [hs.ablate(last), hs.patch(last, other, position=-1), hs.ablate(last, "mean", over=other)]
    result = hs.effects(run, *changes, target=3, versus=5)
    np.testing.assert_allclose(result.indirect, 0, atol=1e-4)
    assert np.abs(result.direct).min() > 1e-3
    streams = hs.effects(run, *(hs.patch(part, other) for part in hs.parts(run.model, "stream")), target=3, versus=5)
    whole = number(other.logits[-1], 3, 5) - number(run.logits[-1], 3, 5)
    np.testing.assert_allclose(streams.total, whole, atol=1e-4)
    assert np.abs(streams.indirect).min() > 1e-3


def test_effects_in_a_changed_run_are_beside_its_changes(random_run: Runs) -> None:
    run = random_run("gelu-4l", 9)
    changed = hs.intervene(run, hs.ablate("1.3"), hs.ablate("2.mlp", position=-1))
    result = hs.effects(changed, hs.ablate("0.2"), hs.ablate("2.3"), target=3)
    for row, part in enumerate(("0.2", "2.3")):
        both = hs.intervene(changed, hs.ablate(part))
        assert result.value + result.total[row] == pytest.approx(number(both.logits[-1], 3, None), abs=1e-4)
    frozen = hs.intervene(run, hs.patch("3.mlp", changed), hs.patch("3.attn", changed), hs.patch("2.mlp", changed),
                          hs.patch("1.attn", changed), hs.patch("1.mlp", changed), hs.ablate("2.3"))  # fmt: skip
    assert result.value + result.direct[1] == pytest.approx(number(frozen.logits[-1], 3, None), abs=1e-4)
    other = random_run("gelu-4l", 9, 1)
    patching = hs.patch_effects(other, changed, target=3, parts=["0.2", "1.mlp"])
    both = hs.intervene(changed, hs.patch("1.mlp", other, position=4))
    assert patching.patched[1, 4] == pytest.approx(number(both.logits[-1], 3, None), abs=1e-4)


def test_what_cannot_be_measured_is_refused(random_run: Runs) -> None:
    run, other, short = random_run("gelu-4l", 9), random_run("gelu-4l", 9, 1), random_run("gelu-4l", 8)
    refused: list[tuple[Callable[[], Any], type[Exception], str]] = [
        (lambda: hs.patch_effects(run, run), ValueError, "clean, corrupted: expected runs that differ in the logit of"),
        (lambda: hs.patch_effects(run, short), ValueError, "source: expected a run of as many tokens, 8, got 9"),
        (lambda: hs.patch_effects(run, other, source=short), ValueError, "source: expected a run of as many tokens"),
        (lambda: hs.patch_effects(run, random_run("llama", 9)), ValueError, "source: expected a run of the same model"),
        (lambda: hs.patch_effects(run, "Alice"), TypeError, "run: expected a run"),  # type: ignore[arg-type]
        (lambda: hs.patch_effects(run, other, parts="neurons"), ValueError, "kind: expected 'heads' or"),  # type: ignore[arg-type]
        (lambda: hs.patch_effects(run, other, parts=["1.6", "x"]), ValueError, "part: expected a head such as"),
        (lambda: hs.patch_effects(run, other, parts=["9.0"]), IndexError, "layer: expected -4 to 3, got 9"),
        (lambda: hs.patch_effects(run, other, position=9), IndexError, "position: expected -9 to 8, got 9"),
        (lambda: hs.patch_effects(run, other, target=3, versus=3), ValueError, "versus: expected another token"),
        (lambda: hs.effects(run, "1.6"), TypeError, "changes: expected hs.ablate"),  # type: ignore[arg-type]
        (lambda: hs.effects(run, hs.ablate("9.0")), IndexError, "layer: expected -4 to 3, got 9"),
    ]  # fmt: skip
    for call, error, words in refused:
        with pytest.raises(error, match=words):
            call()


def test_direct_is_the_bar_where_there_is_no_norm(random_run: Runs) -> None:
    run = random_run("attn-only-2l", 9)
    bars = hs.attribute_logit(run, target=3)
    parts = ["embedding", "position", *hs.parts(run.model)]
    result = hs.effects(run, *map(hs.ablate, parts), target=3)
    np.testing.assert_allclose(result.direct, -bars.values[:-1, -1], atol=1e-5 * float(run.logits.abs().max()))
    np.testing.assert_array_equal(result.indirect[-8:], 0)
    assert np.abs(result.indirect[:-8]).min() > 1e-3
