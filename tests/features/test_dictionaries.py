"""Dictionaries: the formula, by hand; training finds planted features."""

import numpy as np
import pytest
import torch

from headstream.features.dictionaries import Dictionary
from headstream.features.learning import train_dictionaries
from tests.features.random_dictionary import random_dictionary

SAE = {"reads": ["here"], "writes": ["here"]}


def planted(features=12, d=8, seed=0):
    """Random directions, and a draw of sparse sums of them."""
    random = np.random.default_rng(seed)
    directions = random.normal(size=(features, d))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)

    def draw(step):
        rng = np.random.default_rng((seed, step))
        f = rng.uniform(0.5, 1.5, (1024, features)) * (rng.uniform(size=(1024, features)) < 0.08)
        return {"here": torch.from_numpy(f @ directions).float()}

    return directions, draw


def test_one_site_by_hand():
    made = random_dictionary()
    x = torch.randn(4, 7, 6, generator=torch.Generator().manual_seed(2))
    pre = x @ made.W_enc[0] + made.b_enc
    f = torch.where(pre > made.threshold, pre, torch.zeros(()))
    torch.testing.assert_close(made.pre(x), pre)
    torch.testing.assert_close(made.encode(x), f)
    torch.testing.assert_close(made(x), f @ made.W_dec[:, 0] + made.b_dec[0])
    assert made(x).shape == (4, 7, 5)
    assert 0 < (f > 0).float().mean() < 1


def test_several_sites_are_summed_as_they_are_read_and_written_apart():
    made = random_dictionary(reads=("a", "b"), writes=("a", "b", "c"))
    x = torch.randn(4, 2, 6, generator=torch.Generator().manual_seed(2))
    pre = sum(x[:, site] @ made.W_enc[site] for site in range(2)) + made.b_enc
    torch.testing.assert_close(made.pre(x), pre)
    y = made(x)
    assert y.shape == (4, 3, 5)
    torch.testing.assert_close(y[:, 2], made.encode(x) @ made.W_dec[:, 2] + made.b_dec[2])


def test_topk_keeps_the_k_largest():
    made = random_dictionary(activation="topk", k=2)
    f = made.encode(torch.randn(50, 6, generator=torch.Generator().manual_seed(2)))
    assert ((f > 0).sum(1) <= 2).all()
    assert (f > 0).sum(1).float().mean() > 1.5


def test_the_strongest_of_those_that_speak():
    made = random_dictionary()
    x = torch.randn(50, 6, generator=torch.Generator().manual_seed(2))
    f, few = made.encode(x), made.strongest(2).encode(x)
    torch.testing.assert_close(few.sort(1).values[:, -2:], f.sort(1).values[:, -2:])  # none of them is new
    assert ((few > 0).sum(1) == (f > 0).sum(1).clamp(max=2)).all()
    torch.testing.assert_close(made.encode(x), f)
    torch.testing.assert_close(made.strongest(9).encode(x), f)
    with pytest.raises(ValueError, match="k: expected 1 to 9, got 0"):
        made.strongest(0)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"reads": []}, "at least one site each"),
        ({"k": None, "activation": "topk"}, "k: expected a whole number"),
        ({"k": 10}, "k: expected 1 to 9, got 10"),
        ({"activation": "gelu"}, "activation: expected 'relu' or 'topk' or 'batchtopk'"),
        ({"features": 0}, "features: expected 1 or more"),
    ],
)
def test_wrong_arguments_are_told(settings, told):
    with pytest.raises((ValueError, TypeError), match=told):
        random_dictionary(**settings)


def test_inputs_of_another_shape_are_told():
    with pytest.raises(ValueError, match=r"x: expected \[\.\.\., 6\], got \[4, 7\]"):
        random_dictionary().pre(torch.zeros(4, 7))
    with pytest.raises(ValueError, match=r"x: expected \[\.\.\., 2, 6\], got \[4, 3, 6\]"):
        random_dictionary(reads=("a", "b")).pre(torch.zeros(4, 3, 6))


@pytest.mark.parametrize(("activation", "k"), [("batchtopk", 1), ("topk", 2), ("relu", None)])
def test_training_finds_planted_features_and_the_null_does_not(activation, k):
    directions, draw = planted()
    made = Dictionary("toy", **SAE, d_in=8, d_out=8, features=16, activation=activation, k=k)
    before = matched(made, directions)
    train_dictionaries([made], draw, 600, lr=1e-2, sparsity=2, quiet=True)
    assert matched(made, directions) > 0.9 > 0.7 > before
    x = draw(10_000)["here"]
    explained = 1 - (made(x) - x).square().sum() / (x - x.mean(0)).square().sum()
    assert explained > 0.65


def matched(made, directions):
    """The mean over features of the largest cosine with a decoder."""
    decoders = made.W_dec.detach()[:, 0].numpy()
    decoders = decoders / np.linalg.norm(decoders, axis=1, keepdims=True)
    return (directions @ decoders.T).max(1).mean()


def test_a_transcoder_in_units_a_thousand_times_apart_learns_as_well():
    directions, draw = planted()
    turn = np.linalg.qr(np.random.default_rng(3).normal(size=(8, 8)))[0]

    def both(step):
        x = draw(step)["here"]
        return {"in": 1000 * x + 5000, "out": 0.01 * x @ torch.from_numpy(turn).float()}

    made = Dictionary("toy", ["in"], ["out"], 8, 8, 16, k=1)
    train_dictionaries([made], both, 1000, lr=1e-2, quiet=True)
    x, y = both(10_000).values()
    assert 1 - (made(x) - y).square().sum() / (y - y.mean(0)).square().sum() > 0.7
    assert matched(made, directions @ turn) > 0.8


def test_features_that_fell_silent_come_back():
    _, draw = planted()
    made = Dictionary("toy", **SAE, d_in=8, d_out=8, features=16, k=1)
    with torch.no_grad():
        made.W_enc[:, :, :8] *= -1  # half of them never speak
        made.b_enc[:8] = -3
    train_dictionaries([made], draw, 800, lr=5e-3, quiet=True)
    fired = torch.stack([(made.encode(draw(10_000 + i)["here"]) > 0).any(0) for i in range(20)]).any(0)
    assert fired.float().mean() > 0.7


def test_a_trained_dictionary_goes_on_from_where_it_is():
    _, draw = planted()
    made = Dictionary("toy", **SAE, d_in=8, d_out=8, features=16, k=1)
    train_dictionaries([made], draw, 300, lr=1e-2, quiet=True)
    x = draw(10_000)["here"]

    def missed(some):
        return float((some(x).detach() - x).square().sum() / (x - x.mean(0)).square().sum())

    before, longer = missed(made), Dictionary("toy", **SAE, d_in=8, d_out=8, features=16, k=1)
    longer.load_state_dict(made.state_dict())
    with torch.no_grad():  # the same function, its decoders of other lengths
        longer.W_dec.mul_(3)
        for encoder in (longer.W_enc, longer.b_enc, longer.threshold):
            encoder.div_(3)
    assert missed(longer) == pytest.approx(before, rel=1e-3)
    train_dictionaries([longer], draw, 5, lr=1e-6, quiet=True)
    assert missed(longer) == pytest.approx(before, rel=0.15)
    train_dictionaries([longer], draw, 300, lr=1e-2, quiet=True)
    assert missed(longer) < 0.9 * before


def test_a_dictionary_without_k_and_one_whose_site_is_not_drawn_are_not_trained():
    _, draw = planted()
    with pytest.raises(ValueError, match="expected a k for each"):
        train_dictionaries([Dictionary("toy", **SAE, d_in=8, d_out=8, features=16)], draw, 5, quiet=True)
    with pytest.raises(ValueError, match="expected activations at there, got here"):
        train_dictionaries([random_dictionary(d_in=8)], draw, 5, quiet=True)
