"""The ladder against softmax written out, and the runs it refuses."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

from headstream.framework.ladder import ladder
from headstream.models.runs import Run, run
from tests.framework.zoo import with_logits

Runs = Callable[..., Run]
FAMILY = ("attn-only-0l", "attn-only-1l", "attn-only-2l", "gelu-4l")
TEXT = "Alice was beginning to get very tired of sitting by her sister on the bank"


@pytest.fixture(scope="module")
def runs(model: Callable[[str], TransformerBridge]) -> list[Run]:
    return [run(model(name), TEXT) for name in FAMILY]


def test_every_number(runs: list[Run]) -> None:
    result = ladder(runs, top=3)
    assert result.models == FAMILY
    assert result.tokens == runs[0].tokens
    assert np.isnan(result.next_prob[:, 0]).all()
    assert np.isnan(result.guess_prob[:, 0]).all()
    assert (result.guesses[:, 0] == -1).all()
    for row, prompt in enumerate(runs):
        prob = prompt.logits.double().softmax(1).numpy()
        for position in range(1, len(prompt.tokens)):
            before = prob[position - 1]
            assert result.next_prob[row, position] == pytest.approx(before[prompt.token_ids[position]], rel=1e-4)
            best = np.argsort(-before)[:3]
            assert result.guesses[row, position].tolist() == best.tolist()
            assert result.guess_prob[row, position] == pytest.approx(before[best], rel=1e-4)
    assert set(result.vocabulary) == set(result.guesses[result.guesses >= 0].tolist())
    assert (result.next_prob.dtype, result.guesses.dtype, result.guess_prob.dtype) == (np.float32, np.int32, np.float32)
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.models = ()


def test_loss_is_the_models_loss(runs: list[Run]) -> None:
    losses = [torch.nn.functional.cross_entropy(r.logits[:-1], torch.from_numpy(r.token_ids[1:])) for r in runs]
    np.testing.assert_allclose(ladder(runs).loss, losses, rtol=1e-5)


def test_loss_is_finite_where_float32_has_no_such_probability(runs: list[Run]) -> None:
    far = runs[0].logits.clone()
    far[range(len(far) - 1), runs[0].token_ids[1:]] -= 269
    result = ladder([with_logits(runs[0], far)])
    assert not result.next_prob[0, 1:].any()
    exact = torch.nn.functional.cross_entropy(far[:-1].double(), torch.from_numpy(runs[0].token_ids[1:]))
    assert 200 < float(exact) < 400
    np.testing.assert_allclose(result.loss, exact, rtol=1e-6)


def test_one_model_is_a_ladder(runs: list[Run]) -> None:
    assert ladder(runs[:1], top=1).guesses.shape == (1, len(runs[0].tokens), 1)


def test_other_tokens_are_refused(runs: list[Run], model: Callable[[str], TransformerBridge]) -> None:
    other = run(model("attn-only-1l"), TEXT.replace("tired", "late"))
    with pytest.raises(ValueError, match=r"^runs: .*at position 8 in run 0 \(attn-only-0l\) ' tired'.*run 1.*' late'"):
        ladder([runs[0], other])
    with pytest.raises(ValueError, match=r"got 17 in run 0 .* and 16 in run 2"):
        ladder([runs[0], runs[1], run(model("gelu-4l"), TEXT.removesuffix(" bank"))])


def test_another_vocabulary_is_refused(random_run: Runs, runs: list[Run]) -> None:
    one, other = random_run("native 1l"), random_run("native 2l LN")
    with pytest.raises(ValueError, match=r"one vocabulary, got 97 tokens in run 0 .* and 90 in run 1"):
        ladder([one, with_logits(other, other.logits[:, :90])])


def test_nothing_to_read_is_refused(model: Callable[[str], TransformerBridge], runs: list[Run]) -> None:
    with pytest.raises(ValueError, match="runs: expected at least one run, got none"):
        ladder([])
    with pytest.raises(ValueError, match="runs: expected at least 2 tokens"):
        ladder([run(model("attn-only-0l"), [0])])
    for top in (0, 8193):
        with pytest.raises(ValueError, match=f"top: expected 1 to 8192, got {top}"):
            ladder(runs, top=top)
