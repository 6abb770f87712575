"""Changing a run: what is replaced, by what, and what is left as it was."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.framework.interventions import Change, with_patterns, without_head
from headstream.models.runs import Run
from headstream.results import Component
from tests.framework.zoo import FOREIGN, NATIVE, NORMED, SHIPPED

Models = Callable[[str], TransformerBridge]
Runs = Callable[..., Run]
ALL = (*SHIPPED, *NATIVE, *FOREIGN, *NORMED, "gemma2")
HOOKS = {"attn": "hook_attn_out", "mlp": "hook_mlp_out", "stream": "hook_resid_pre"}


def starts(run: Run) -> list[str]:
    return ["embedding", *(["position"] if "hook_pos_embed" in run.cache else [])]


def some_parts(run: Run) -> list[str]:
    """Of the heads, one a layer."""
    named = (hs.parts(run.model, kind) for kind in ("layers", "stream"))
    return [*starts(run), *(part for part in hs.parts(run.model) if part.endswith(".1")), *sum(named, ())]


def by_hand(run: Run, part: str, new: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    """The logits, where new(write [position, ...]) stands in a part's place."""
    layer, _, rest = part.partition(".")
    first = {"embedding": "hook_embed", "position": "hook_pos_embed"}
    name = first.get(part) or f"blocks.{layer}.{HOOKS.get(rest, 'attn.hook_z')}"

    def replace(x: torch.Tensor, hook: object) -> torch.Tensor:
        x = x.clone()
        if rest.isdigit():
            x[0, :, int(rest)] = new(x[0, :, int(rest)])
        else:
            x[0] = new(x[0])
        return x

    with torch.no_grad(), run.model.hooks(fwd_hooks=[(name, replace)]):
        logits: torch.Tensor = run.model(torch.from_numpy(run.token_ids)[None], return_type="logits")
    return logits[0].float()


@pytest.mark.parametrize("name", ALL)
def test_a_part_set_to_zero_is_a_hook_that_zeroes_it(random_run: Runs, name: str) -> None:
    run = random_run(name, 9)
    for part in some_parts(run):
        changed = hs.intervene(run, hs.ablate(part))
        torch.testing.assert_close(changed.logits, by_hand(run, part, torch.zeros_like), rtol=0, atol=1e-5)
        assert (changed.logits - run.logits).abs().max() > 1e-3 or (part == "position" and name == "attn-only-0l")


@pytest.mark.parametrize("name", ALL)
def test_all_that_is_written_makes_the_answer(random_run: Runs, name: str) -> None:
    """The whole stream, or every write into it, patched from another run is that run; from the run itself, nothing."""
    run, other = random_run(name, 9), random_run(name, 9, 1)
    writes, streams = [*starts(run), *hs.parts(run.model, "layers")], hs.parts(run.model, "stream")
    for parts in (starts(run), writes, *([part] for part in streams)):
        patched = hs.intervene(run, *(hs.patch(part, other) for part in parts))
        torch.testing.assert_close(patched.logits, other.logits, rtol=0, atol=1e-5)
    same = hs.intervene(run, *(hs.patch(part, run) for part in (*writes, *streams)))
    torch.testing.assert_close(same.logits, run.logits, rtol=0, atol=1e-5)
    assert hs.intervene(run) is run


@pytest.mark.parametrize("name", ["attn-only-2l", "gelu-4l", "llama", "neox"])
def test_the_heads_are_the_attention_but_for_its_bias(random_run: Runs, name: str) -> None:
    run, other = random_run(name, 9), random_run(name, 9, 1)
    heads = [f"1.{head}" for head in range(run.model.cfg.n_heads)]
    one = hs.intervene(run, *(hs.patch(head, other) for head in heads))
    torch.testing.assert_close(one.logits, hs.intervene(run, hs.patch("1.attn", other)).logits, rtol=0, atol=1e-4)


def test_a_mean_and_a_drawn_write_come_from_the_runs_that_are_given(random_run: Runs) -> None:
    run, over = random_run("gelu-4l", 9), [random_run("gelu-4l", size, size) for size in (5, 14)]
    for part, name in (("1.3", "blocks.1.attn.hook_z"), ("2.mlp", "blocks.2.hook_mlp_out")):
        chosen = (slice(None), 3) if part == "1.3" else (slice(None),)
        writes = torch.cat([each.cache[name][chosen] for each in over])
        mean = hs.intervene(run, hs.ablate(part, "mean", over=over))
        expected = by_hand(run, part, lambda x, writes=writes: writes.mean(0).expand_as(x))
        torch.testing.assert_close(mean.logits, expected, rtol=0, atol=1e-5)
        drawn = hs.intervene(run, hs.ablate(part, "resample", over=over)).cache[name][chosen]
        which = [(writes == row).all(1).nonzero().flatten().tolist() for row in drawn]
        assert all(which)
        assert len({found[0] for found in which}) > 3
        again, other = (hs.ablate(part, "resample", over=over, seed=seed) for seed in (0, 1))
        assert torch.equal(hs.intervene(run, again).cache[name][chosen], drawn)
        assert not torch.equal(hs.intervene(run, other).cache[name][chosen], drawn)


def test_a_change_at_some_positions_leaves_the_others(random_run: Runs) -> None:
    run, other = random_run("gelu-4l", 9), random_run("gelu-4l", 9, 1)
    changed = hs.intervene(run, hs.patch("1.3", other, position=[4, -1]), hs.ablate((1, 3), position=2))
    z, before, source = (each.cache["z", 1] for each in (changed, run, other))
    assert torch.equal(z[[4, 8], 3], source[[4, 8], 3])
    assert not z[2, 3].any()
    assert torch.equal(z[[0, 1, 3, 5, 6, 7], 3], before[[0, 1, 3, 5, 6, 7], 3])
    assert torch.equal(z[:, [0, 1, 2, 4, 5, 6, 7]], before[:, [0, 1, 2, 4, 5, 6, 7]])
    torch.testing.assert_close(changed.logits[:2], run.logits[:2], rtol=0, atol=1e-5)


def test_the_order_does_not_matter_and_a_changed_run_is_changed_further(random_run: Runs) -> None:
    run, other = random_run("gelu-4l", 9), random_run("gelu-4l", 9, 1)
    changes = [hs.ablate("1.3"), hs.patch("0.mlp", other, position=3), hs.ablate("1.4", "mean", over=run)]
    together = hs.intervene(run, *changes)
    for order in permutations(changes):
        assert torch.equal(hs.intervene(run, *order).logits, together.logits)
    one_by_one = hs.intervene(hs.intervene(run, changes[0]), *changes[1:])
    assert torch.equal(one_by_one.logits, together.logits)
    assert one_by_one.changes == tuple(changes)
    assert repr(together).endswith("; 1.3 set to zero; 0.mlp patched at 3; 1.4 set to its mean")
    assert hs.intervene(together) is together
    path = hs.intervene(run, hs.patch("2.mlp", hs.intervene(run, changes[0])))
    assert not torch.equal(path.logits, run.logits), "a changed run is a source like any other"


def test_what_comes_after_is_computed_anew_and_the_model_is_left_as_it_was(shipped: Any) -> None:
    run = hs.run(shipped("attn-only-2l"), "Alice was beginning to get very tired")
    changed = without_head(run, 0, 3)
    assert not changed.cache["z", 0][:, 3].any()
    assert torch.equal(changed.cache["z", 0][:, 2], run.cache["z", 0][:, 2])
    assert (changed.cache["pattern", 1] - run.cache["pattern", 1]).abs().max() > 0.01
    assert changed.text == run.text
    assert hs.attribute_logit(changed).error.max() < 1e-4
    assert torch.equal(hs.run(run.model, run.text).logits, run.logits)


def test_another_head_is_another_thing_and_no_head_is_an_error(shipped: Any) -> None:
    run = hs.run(shipped("attn-only-1l"), "Alice was beginning")
    heads = range(run.model.cfg.n_heads)
    assert len({float(without_head(run, 0, head).logits[-1].max()) for head in heads}) == len(heads)
    assert torch.equal(without_head(run, -1, -1).logits, without_head(run, 0, heads[-1]).logits)
    for place in ((1, 0), (0, len(heads)), (np.int64(0), -99)):
        with pytest.raises(IndexError):
            without_head(run, *place)


def test_a_part_goes_by_its_name_its_component_or_its_layer_and_head() -> None:
    assert hs.ablate("1.6") == hs.ablate((1, 6)) == hs.ablate(Component("head", 1, 6)) == hs.ablate((np.int64(1), 6))
    assert hs.ablate("embedding").part == Component("embed")
    for part in ("0.mlp", "3.attn", "2.stream", "position"):
        assert hs.ablate(part).part.label == part


WRONG_PARTS: list[tuple[Any, type[Exception], str]] = [
    ("L1H6", ValueError, "part: expected a head such as '1.6', a layer's '1.attn'.* got 'L1H6'"),
    ("1.6 induction", ValueError, "part: expected a head such as"),
    ("bias", ValueError, "got 'bias'"),
    (Component("path", start=Component("embed"), heads=((0, 2),)), ValueError, "got 'embedding → 0.2'"),
    ((1, -2), ValueError, "head: expected 0 or more, got -2"),
    ((1, 2.0), TypeError, "head: expected a whole number"),
    (16, TypeError, "part: expected a text, got int"),
]


@pytest.mark.parametrize(("part", "error", "words"), WRONG_PARTS)
def test_what_is_no_part_is_refused(part: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        hs.ablate(part)


def test_bad_changes_are_refused_in_a_sentence(random_run: Runs, shipped: Any) -> None:
    run, shorter, foreign = random_run("gelu-4l", 9), random_run("gelu-4l", 8), random_run("llama", 9)
    refused: list[tuple[Callable[[], Any], type[Exception], str]] = [
        (lambda: hs.ablate("1.6", "median"), ValueError, "by: expected 'zero' or 'mean' or 'resample', got 'median'"),
        (lambda: hs.ablate("1.6", "mean"), ValueError, "over: expected the runs to take the mean from, got none"),
        (lambda: hs.ablate("1.6", over=run), ValueError, "over: expected no runs where a write is set to zero, got 1"),
        (lambda: hs.ablate("1.6", "mean", over="Alice"), TypeError, "over: expected runs, got a single str"),
        (lambda: hs.ablate("1.6", "mean", over=[[1, 2]]), TypeError, r"run: expected a run \(pass hs.run"),
        (lambda: hs.ablate("1.6", position=1.5), TypeError, "position: expected a whole number, got 1.5"),
        (lambda: hs.patch("1.6", "Alice"), TypeError, "run: expected a run"),  # type: ignore[arg-type]
        (lambda: hs.intervene(run, "1.6"), TypeError, r"changes: expected hs.ablate\(.* got str"),  # type: ignore[arg-type]
        (lambda: hs.intervene("Alice", hs.ablate("1.6")), TypeError, "run: expected a run"),  # type: ignore[arg-type]
        (lambda: hs.intervene(run, hs.ablate("4.0")), IndexError, "layer: expected -4 to 3, got 4"),
        (lambda: hs.intervene(run, hs.ablate("1.8")), IndexError, "head: expected -8 to 7, got 8"),
        (lambda: hs.intervene(run, hs.ablate("1.6", position=9)), IndexError, "position: expected -9 to 8, got 9"),
        (lambda: hs.intervene(run, hs.patch("1.6", shorter)), ValueError,
         "source: expected a run of as many tokens, 9, got 8"),
        (lambda: hs.intervene(run, hs.patch("1.6", foreign)), ValueError,
         "source: expected a run of the same model, gelu-4l, got one of"),
        (lambda: hs.intervene(run, hs.ablate("1.6", "mean", over=foreign)), ValueError, "of the same model"),
        (lambda: hs.intervene(foreign, hs.ablate("position")), ValueError, "that .* has, got position"),
        (lambda: hs.intervene(random_run("attn-only-1l"), hs.ablate("0.mlp")), ValueError,
         "part: expected one that attn-only-1l has, got 0.mlp"),
        (lambda: hs.intervene(random_run("attn-only-0l"), hs.ablate("0.0")), IndexError, "there is none to choose"),
        (lambda: hs.intervene(run, hs.ablate("1.6"), hs.patch("1.6", run, position=-1)), ValueError,
         "changes: expected a part to be changed once at a position, got two at 8: 1.6 set to zero; 1.6 patched at -1"),
        (lambda: hs.intervene(run, hs.ablate("1.attn"), hs.ablate("1.6", position=2)), ValueError, "got two at 2"),
        (lambda: hs.intervene(hs.intervene(run, hs.ablate("1.6")), hs.ablate("1.6")), ValueError, "once at a position"),
        (lambda: hs.parts(run.model, "neurons"), ValueError, "kind: expected 'heads' or 'layers' or 'stream'"),
        (lambda: hs.parts("gelu-4l"), TypeError, "model: expected a model"),  # type: ignore[arg-type]
    ]  # fmt: skip
    for call, error, words in refused:
        with pytest.raises(error, match=words):
            call()
    hs.intervene(run, hs.ablate("1.6", position=1), hs.ablate("1.6", position=2), hs.ablate("2.6"), hs.ablate("2.mlp"))


def test_a_change_tells_what_it_is(random_run: Runs) -> None:
    run = random_run("gelu-4l", 9)
    told = [hs.ablate("1.6", "resample", over=run), hs.patch("embedding", run, position=(1, -1)), hs.ablate("2.mlp")]
    assert list(map(repr, told)) == ["1.6 resampled", "embedding patched at 1, -1", "2.mlp set to zero"]
    assert isinstance(told[0], Change)


@pytest.mark.parametrize("name", ["attn-only-2l", "native 2l LN", "neox"])
def test_heads_attend_as_in_another_run_and_move_their_own(random_run: Runs, name: str) -> None:
    one, other = random_run(name), random_run(name, seed=1)
    mixed = with_patterns(one, other)
    for layer in range(one.model.cfg.n_layers):
        pattern = f"blocks.{layer}.attn.hook_pattern"
        assert (mixed.cache[pattern] == other.cache[pattern]).all()
    v, z = (mixed.cache[f"blocks.0.attn.hook_{part}"] for part in "vz")
    assert (v == one.cache["blocks.0.attn.hook_v"]).all(), "what the first layer's heads move is the prompt's own"
    expected = torch.einsum("hqk,khd->qhd", other.cache["blocks.0.attn.hook_pattern"], v)
    torch.testing.assert_close(z, expected, atol=1e-4, rtol=1e-4)
    assert not torch.allclose(mixed.logits, one.logits, atol=1e-2)
    torch.testing.assert_close(with_patterns(one, one).logits, one.logits)
    assert (hs.run(one.model, one.token_ids).logits == one.logits).all(), "no hook stays"


def test_patterns_are_those_of_a_run_of_this_model_and_length(random_run: Runs) -> None:
    one = random_run("attn-only-2l")
    for other, message in (
        (random_run("attn-only-2l", 9), "as many tokens, 12, got 9"),
        (random_run("attn-only-1l"), ""),
    ):
        with pytest.raises(ValueError, match=f"source: expected a run of .*{message}"):
            with_patterns(one, other)


def test_a_changed_run_stays_changed_with_other_patterns(random_run: Runs) -> None:
    one, other = random_run("attn-only-2l"), random_run("attn-only-2l", seed=1)
    changed = hs.intervene(one, hs.ablate("0.1"))
    mixed = with_patterns(changed, other)
    assert mixed.changes == changed.changes
    assert not mixed.cache["blocks.0.attn.hook_z"][:, 1].any()
