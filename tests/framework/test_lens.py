"""The logit lens against the model's own final LayerNorm and unembedding, in float64 and with a full sort."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

from headstream.framework import lens
from headstream.framework.lens import logit_lens
from headstream.models.runs import Run, run
from headstream.results import LogitLens
from tests.framework.zoo import FOREIGN, NATIVE, NORMED, SHIPPED, altered, native, with_logits

Runs = Callable[..., Run]


def stream_rows(prompt: Run) -> list[torch.Tensor]:
    """The stream after the embedding and after every write, from the model's own hooks where it has them."""
    cache, rows = prompt.cache, []
    for layer in range(prompt.model.cfg.n_layers):
        rows.append(cache[f"blocks.{layer}.hook_resid_pre"])
        if f"blocks.{layer}.hook_resid_mid" in cache:
            rows.append(cache[f"blocks.{layer}.hook_resid_mid"])
        elif f"blocks.{layer}.hook_mlp_out" in cache:  # side by side
            rows.append(cache[f"blocks.{layer}.hook_resid_post"] - cache[f"blocks.{layer}.hook_mlp_out"])
    return [*rows, cache["ln_final.hook_in"]]


def expected(prompt: Run, norm: str) -> np.ndarray:
    """Log probabilities [row, position, d_vocab]; the model's own modules read each row where they can."""
    rows = torch.stack(stream_rows(prompt))
    with torch.no_grad():
        if norm == "final":
            module = prompt.model.ln_final
            centred = rows if module.uses_rms_norm else rows - rows.mean(-1, keepdim=True)
            weight = getattr(module, "weight", torch.ones(1)) + float(module.uses_weight_offset)
            normed = centred / prompt.cache["ln_final.hook_scale"] * weight
            bias = getattr(module, "bias", None)
            normed = normed if bias is None else normed + bias
        else:
            normed = prompt.model.ln_final(rows)  # an identity where there is no LayerNorm
        return prompt.model.unembed(normed).double().log_softmax(-1).numpy()


@pytest.mark.parametrize("name", SHIPPED + NATIVE + FOREIGN + NORMED)
def test_every_number(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    result = logit_lens(prompt, top=3)
    size = len(prompt.tokens)
    assert result.norms == (("own", "final") if "ln_final.hook_scale" in prompt.cache else ("none",))
    for index, norm in enumerate(result.norms):
        want = expected(prompt, norm)
        assert len(want) == len(result.rows)
        assert result.entropy[index] == pytest.approx(-(np.exp(want) * want).sum(-1), abs=1e-4)
        assert result.kl[index] == pytest.approx((np.exp(want[-1]) * (want[-1] - want)).sum(-1), abs=2e-4)
        for position in range(size):
            ids = result.candidates[position]
            held = ids[ids >= 0]
            shown = result.log_prob[index, :, position]
            np.testing.assert_allclose(shown[:, : len(held)], want[:, position, held], atol=2e-4 * np.abs(want).max())
            assert np.isnan(shown[:, len(held) :]).all()
            assert (result.rank[index, :, position, len(held) :] == -1).all()
            for row in range(len(want)):  # the ranks agree with the order of the exact numbers, up to rounding
                ranks = result.rank[index, row, position, : len(held)]
                exact = want[row, position]
                at_rank = np.sort(exact)[::-1][ranks]
                np.testing.assert_allclose(at_rank, exact[held], atol=1e-4 * np.abs(exact).max())
                assert set(range(3)) <= set(ranks.tolist())
                assert len(set(ranks.tolist())) == len(ranks)


@pytest.mark.parametrize("name", ["gelu-4l", "gelu-4l unfolded", "attn-only-2l", "gpt2", "gpt2 folded", "neox"])
def test_the_last_row_is_the_models_output(random_run: Runs, name: str) -> None:
    prompt = random_run(name, 20)
    result = logit_lens(prompt)
    log_prob = prompt.logits.log_softmax(-1).numpy()
    held = result.candidates >= 0
    for norm in range(len(result.norms)):
        own = np.take_along_axis(log_prob, np.maximum(result.candidates, 0), axis=1)
        np.testing.assert_array_equal(result.log_prob[norm, -1][held], own[held])
        assert not result.kl[norm, -1].any()
    np.testing.assert_array_equal(result.candidates[:, 0], log_prob.argmax(1))  # best first
    assert (np.diff(result.rank[0, -1], axis=1)[held[:, 1:]] > 0).all()
    assert (result.kl >= 0).all()


def test_what_is_held(random_run: Runs) -> None:
    prompt = random_run("gelu-4l", 30)
    result = logit_lens(prompt, top=4)
    assert result.rows == ("embedding", *(f"{layer}.{part}" for layer in range(4) for part in ("attn", "mlp")))
    assert result.row_layer.tolist() == [-1, 0, 0, 1, 1, 2, 2, 3, 3]
    assert result.next_token.tolist() == [*prompt.token_ids[1:], -1]
    arrays = (result.candidates, result.rank, result.next_token, result.row_layer)
    assert {array.dtype for array in arrays} == {np.dtype(np.int32)}
    assert {array.dtype for array in (result.log_prob, result.entropy, result.kl)} == {np.dtype(np.float32)}
    assert (result.candidates[:-1] == result.next_token[:-1, None]).any(1).all()
    assert set(result.vocabulary) == set(result.candidates[result.candidates >= 0].tolist())
    assert result.vocabulary[int(prompt.token_ids[5])] == prompt.tokens[5]
    assert logit_lens(random_run("attn-only-2l")).rows == ("embedding", "0.attn", "1.attn")
    assert logit_lens(random_run("attn-only-0l")).rows == ("embedding",)
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.top = 2


@pytest.mark.parametrize("name", ["native 2l LN", "gelu-4l", "attn-only-1l"])
def test_blocks_change_nothing(random_run: Runs, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    prompt = random_run(name, 11)
    whole = logit_lens(prompt)
    numbers = 2 * len(whole.rows) * prompt.logits.shape[1]  # one position with two norms
    for block in (1, 3 * numbers):
        monkeypatch.setattr(lens, "_BLOCK", block)
        pieces = logit_lens(prompt)
        assert pieces.vocabulary == whole.vocabulary
        for field in ("log_prob", "entropy", "kl", "rank", "candidates"):
            np.testing.assert_allclose(getattr(pieces, field), getattr(whole, field), atol=1e-4)


@pytest.mark.parametrize("name", ["gelu-4l", "attn-only-1l"])
def test_some_positions_are_those_of_all(random_run: Runs, name: str) -> None:
    prompt = random_run(name, 11)
    whole, some = logit_lens(prompt), logit_lens(prompt, positions=range(4, 9))
    assert (some.first, some.tokens, some.token_ids.tolist()) == (4, prompt.tokens[4:9], prompt.token_ids[4:9].tolist())
    for field in ("log_prob", "rank"):
        width = some.candidates.shape[1]
        np.testing.assert_allclose(getattr(some, field), getattr(whole, field)[:, :, 4:9, :width], atol=1e-5)
    for field in ("entropy", "kl"):
        np.testing.assert_allclose(getattr(some, field), getattr(whole, field)[:, :, 4:9], atol=1e-5)
    assert some.next_token.tolist() == whole.next_token[4:9].tolist()
    assert "5 tokens from 4 on" in repr(some)
    assert {record["position"] for record in some.records()} == set(range(4, 9))


def test_wrong_positions(random_run: Runs) -> None:
    for wrong in (range(0), range(-1, 3), range(3, 99), range(0, 6, 2)):
        with pytest.raises(ValueError, match=r"positions: expected some of range\(0, \d+\), one after another"):
            logit_lens(random_run("attn-only-1l"), positions=wrong)
    with pytest.raises(TypeError, match="positions: expected a range"):
        logit_lens(random_run("attn-only-1l"), positions=3)


def test_own_and_final_scales_differ_before_the_end(random_run: Runs) -> None:
    result = logit_lens(random_run("gelu-4l unfolded"))
    assert np.abs(result.entropy[0, 0] - result.entropy[1, 0]).max() > 0.1
    np.testing.assert_array_equal(result.entropy[0, -1], result.entropy[1, -1])


def tied(pairs: list[tuple[int, int]]) -> LogitLens:
    model = native("native 1l")
    with torch.no_grad():
        for one, other in pairs:
            model.unembed.weight[other] = model.unembed.weight[one]
            model.unembed.b_U[other] = model.unembed.b_U[one]
    return logit_lens(run(model, range(10)), top=97)


def test_ties_go_to_the_lower_id() -> None:
    result = tied([(3, 80), (3, 41), (50, 20)])
    place = {int(token): at for at, token in enumerate(result.candidates[0])}
    np.testing.assert_array_equal(np.sort(result.candidates, 1), np.tile(np.arange(97), (10, 1)))
    for row in range(len(result.rows)):
        for position in range(10):
            ranks = dict(zip(result.candidates[position].tolist(), result.rank[0, row, position].tolist(), strict=True))
            assert ranks[41] == ranks[3] + 1
            assert ranks[80] == ranks[3] + 2
            assert ranks[50] == ranks[20] + 1
            assert sorted(ranks.values()) == list(range(97))
    assert place[3] + 1 == place[41]


def test_all_tokens_tied() -> None:
    model = native("native 1l")
    with torch.no_grad():
        model.unembed.weight.zero_()
        model.unembed.b_U.fill_(1)
    result = logit_lens(run(model, range(5)), top=2)
    held = result.rank >= 0
    assert (np.sort(result.rank, -1)[..., -2:] >= 0).all()
    assert result.log_prob[held] == pytest.approx(-np.log(97), abs=1e-5)
    assert result.entropy == pytest.approx(np.log(97), abs=1e-4)


def test_one_token(model: Callable[[str], TransformerBridge]) -> None:
    result = logit_lens(run(model("gelu-4l"), [0]), top=1)
    assert result.next_token.tolist() == [-1]
    assert result.entropy.shape == (2, 9, 1)


def test_wrong_top(random_run: Runs) -> None:
    for top in (0, -1, 98):
        with pytest.raises(ValueError, match=f"top: expected 1 to 97, got {top}"):
            logit_lens(random_run("native 1l"), top=top)
    with pytest.raises(TypeError):
        logit_lens(random_run("native 1l"), top=2.5)


def test_capped_logits_that_are_not_said_to_be_are_refused(random_run: Runs) -> None:
    prompt = random_run("native 2l LN")
    for cap in (3, 15 * float(prompt.logits.abs().max())):  # the second is .15 % off at the largest logit
        with pytest.raises(ValueError, match="rescales its logits, or caps them and does not say so"):
            logit_lens(with_logits(prompt, torch.tanh(prompt.logits / cap) * cap))


@pytest.mark.parametrize(
    "mistake",
    [{"shape": {"norm": "RMS"}}, {"weights": {"ln_final.w": torch.ones(32)}}, {"weights": {"ln_final.b": None}}],
)
def test_a_wrong_norm_is_noticed(random_run: Runs, mistake: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not its final stream"):
        logit_lens(altered(random_run("gpt2"), **mistake))


@pytest.mark.parametrize("name", ["attn-only-1l", "gelu-4l unfolded", "native 2l LN", "gpt2"])
def test_ranks_of_any_stream(random_run: Runs, name: str) -> None:
    prompt = random_run(name)
    rows = torch.stack(stream_rows(prompt))
    tokens = torch.from_numpy(np.arange(len(prompt.tokens)) % 7)
    want = expected(prompt, "own" if "ln_final.hook_scale" in prompt.cache else "none")
    sorted_ids = np.argsort(-want, axis=-1, kind="stable")
    places = (sorted_ids == tokens.numpy()[:, None]).argmax(-1)
    assert (lens.lens_ranks(prompt.model, rows, tokens).numpy() == places).mean() > 0.99  # but for near ties


@pytest.mark.parametrize("name", ["attn-only-2l", "native 2l LN"])
def test_a_lens_less_another(random_run: Runs, name: str) -> None:
    prompt = random_run(name, 6)
    other = run(prompt.model, prompt.token_ids[::-1].copy())
    this = logit_lens(prompt, top=2)
    less = this.minus(logit_lens(other, top=2, also=this.final))
    for index, norm in enumerate(this.norms):
        ours, theirs = (expected(one, norm) for one in (prompt, other))
        at = np.arange(6), this.final
        assert less.change is not None
        assert less.change[index] == pytest.approx(ours[:, *at] - theirs[:, *at], abs=2e-4)
    assert (this.final == prompt.logits.argmax(-1).numpy()).all()
    assert this.change is None
    with pytest.raises(ValueError, match=r"other: expected one that holds .* make it with also=lens.final"):
        this.minus(logit_lens(other, top=1))
    with pytest.raises(ValueError, match="same norms, rows and length"):
        this.minus(logit_lens(run(prompt.model, prompt.token_ids[:4])))


@pytest.mark.parametrize(
    ("also", "said"),
    [([1, 2], r"also: expected \[position\] = \[4\]"), ([0.5] * 4, "also: expected whole"), ([-1] * 4, "position 0")],
)
def test_wrong_candidates(random_run: Runs, also: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        logit_lens(random_run("attn-only-1l", 4), also=also)
