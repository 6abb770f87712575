"""Steering adds a decoder where a dictionary writes; the controls know nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

import headstream as hs
from headstream.features.controls import one_token, shuffled_weights
from headstream.features.dictionaries import Dictionary
from headstream.features.steering import push
from headstream.results import Examples

PLACE = "blocks.2.hook_in"


@pytest.fixture(scope="module")
def model() -> Any:
    return hs.load("gelu-4l")


@pytest.fixture(scope="module")
def run(model: Any) -> Any:
    return hs.run(model, "I beg your pardon, said the king")


def dictionary(*places: str) -> Dictionary:
    return Dictionary("random", places, places, 384, 384, 9, activation="topk", k=2, seed=1)


def test_a_decoder_is_added_at_every_position_but_the_first(run: Any) -> None:
    steered = hs.steer(run, dictionary(PLACE), 4, 3.5)
    change = steered.cache["blocks.2.hook_resid_pre"] - run.cache["blocks.2.hook_resid_pre"]
    decoder = dictionary(PLACE).W_dec[4, 0].detach()
    torch.testing.assert_close(change[1:], (3.5 * decoder).expand_as(change[1:]), atol=1e-4, rtol=1e-4)
    assert float(change[0].abs().max()) == 0
    assert float((steered.logits[1:] - run.logits[1:]).abs().max()) > 0.01
    # Nothing before the place has changed, and no hook is left.
    torch.testing.assert_close(steered.cache["blocks.1.hook_mlp_out"], run.cache["blocks.1.hook_mlp_out"])
    torch.testing.assert_close(hs.run(run.model, run.token_ids).logits, run.logits)


def test_nothing_added_changes_nothing_and_back_is_back(run: Any) -> None:
    torch.testing.assert_close(hs.steer(run, dictionary(PLACE), 4, 0).logits, run.logits)
    forth, back = (hs.steer(run, dictionary(PLACE), 4, amount).cache["blocks.2.hook_resid_pre"] for amount in (2, -2))
    torch.testing.assert_close((forth + back) / 2, run.cache["blocks.2.hook_resid_pre"], atol=1e-4, rtol=1e-4)


def test_a_crosscoder_is_added_at_all_its_places(run: Any) -> None:
    places = ("blocks.1.hook_mlp_out", "blocks.2.hook_mlp_out")
    steered = hs.steer(run, dictionary(*places), 0, 1.0)
    first = steered.cache[places[0]] - run.cache[places[0]]
    torch.testing.assert_close(first[1:], dictionary(*places).W_dec[0, 0].detach().expand_as(first[1:]))
    second = steered.cache[places[1]] - run.cache[places[1]]
    assert float((second[1:] - dictionary(*places).W_dec[0, 1].detach()).abs().max()) > 1e-3  # it also reads the first


def test_what_is_wrong_is_told(run: Any) -> None:
    with pytest.raises(IndexError, match="feature: expected -9 to 8, got 9"):
        hs.steer(run, dictionary(PLACE), 9, 1)
    with pytest.raises(TypeError, match="amount: expected a number"):
        hs.steer(run, dictionary(PLACE), 0, "much")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"dictionary: expected a dictionary \(pass hs.dictionary"):
        hs.steer(run, run.model, 0, 1)
    with pytest.raises(ValueError, match=r"writes where gelu-4l has a place, got blocks\.9\.hook_in"):
        hs.steer(run, dictionary("blocks.9.hook_in"), 0, 1)
    with pytest.raises(TypeError, match="run: expected a run"):
        push("text", {})  # type: ignore[arg-type]


def test_shuffled_weights_are_the_same_numbers_elsewhere(model: Any) -> None:
    shuffled = shuffled_weights("gelu-4l")
    for (name, own), (_, other) in zip(model.named_parameters(), shuffled.named_parameters(), strict=True):
        torch.testing.assert_close(own.detach().flatten().sort().values, other.detach().flatten().sort().values)
        assert (own == other).all() == (own.ndim < 2 or bool((own == own.flatten()[0]).all())), name
    loss = torch.nn.functional.cross_entropy
    ids = torch.from_numpy(hs.run(model, "I beg your pardon").token_ids)
    assert loss(shuffled(ids[None])[0, :-1], ids[1:]) > loss(model(ids[None])[0, :-1], ids[1:]) + 2


def test_one_token_is_the_share_of_the_most_frequent() -> None:
    ids = np.array([[[1, 5], [2, 5], [3, 6]], [[4, 4], [4, 4], [-1, -1]], [[-1, -1]] * 3], np.int32)
    at = np.array([[1, 1, 1], [0, 1, -1], [-1, -1, -1]], np.int32)
    shares = one_token(Examples(ids, np.zeros(ids.shape, np.float32), at, np.zeros_like(at)))
    np.testing.assert_allclose(shares, [2 / 3, 1, np.nan])
