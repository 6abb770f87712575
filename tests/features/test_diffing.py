"""Two models read by one crosscoder: planted truth, the stream as it is, and what a feature's write is worth."""

import numpy as np
import pytest
import torch

from headstream.features.dictionaries import Dictionary
from headstream.features.diffing import PLACES, SITE, both, diff, loss_without, planted
from headstream.features.learning import train_dictionaries
from headstream.models import load, run
from headstream.models.toys import Toy, repeated


@pytest.fixture(scope="module")
def models():
    return Toy(layers=2).model(), Toy(layers=2, seed=1).model()


def texts(step):
    return repeated(np.random.default_rng((7, step)), 4)[:, :-1]


def test_both_are_the_models_own_streams(models):
    ids = texts(0)
    seen = both(*models, ids)
    assert seen.shape == (4, 32, 2, 64)
    for which, model in enumerate(models):
        torch.testing.assert_close(seen[2, :, which], run(model, ids[2]).cache[SITE])


def test_planted_features_are_what_they_are_said_to_be():
    truth = planted(shared=3, exclusive=2, weak=1, weak_length=0.5)
    np.testing.assert_allclose(np.linalg.norm(truth.directions, axis=2), truth.lengths, rtol=1e-5)
    np.testing.assert_allclose(truth.shares, [0.5] * 3 + [0] * 2 + [1] * 2 + [2 / 3], rtol=1e-6)
    drawn = truth.draw(3)
    assert set(drawn) == set(PLACES)
    assert torch.equal(truth.draw(3)["after"], drawn["after"])
    exact = Dictionary("exact", PLACES, PLACES, 24, 24, 8, activation="relu")
    exact.W_dec.data = torch.from_numpy(truth.directions * 3)
    np.testing.assert_allclose(truth.found(exact), truth.shares, atol=1e-6)


@pytest.mark.slow
def test_a_crosscoder_finds_whose_a_planted_feature_is_and_l1_shrinks():
    truth = planted(weak=4)
    weak = truth.lengths[:, 0] == 0.25
    found = {}
    for activation, k in (("relu", None), ("batchtopk", 2)):
        made = Dictionary("planted", PLACES, PLACES, 24, 24, 40, activation=activation, k=k)
        train_dictionaries([made], truth.draw, 800, lr=5e-3, sparsity=3, quiet=True)
        found[activation] = truth.found(made)
    assert np.median(found["relu"][weak]) > 0.95
    assert np.median(found["batchtopk"][weak]) < 0.9
    assert np.median(np.abs(found["batchtopk"] - truth.shares)) < 0.06


def test_what_is_taken_out_is_the_features_write(models):
    before, after = models
    ids = texts(1)
    seen = both(before, after, ids)
    crosscoder = Dictionary("random", PLACES, PLACES, 64, 64, 12, k=3).requires_grad_(False)
    whole = loss_without(after, crosscoder, seen, ids, np.array([], int))
    logits = after(torch.from_numpy(ids))[:, 1:-1]
    wanted = torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), torch.from_numpy(ids)[:, 2:].flatten(), reduction="none"
    )
    np.testing.assert_allclose(whole.ravel(), wanted.detach().numpy(), atol=1e-5)
    some = loss_without(after, crosscoder, seen, ids, [2, 5])
    f = crosscoder.encode(seen)
    taken = sum(f[..., i, None] * crosscoder.W_dec[i, 1] for i in (2, 5))
    taken[:, 0] = 0
    stream = seen[:, :, 1] - taken
    logits = after.unembed(after.ln_final(stream))[:, 1:-1]
    wanted = torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), torch.from_numpy(ids)[:, 2:].flatten(), reduction="none"
    )
    np.testing.assert_allclose(some.ravel(), wanted.detach().numpy(), atol=1e-4)
    assert np.abs(some - whole).max() > 1e-3


def test_a_crosscoder_of_two_models_learns_and_models_of_other_widths_are_told(models):
    made = diff(*models, texts, features=32, k=4, steps=60, quiet=True)
    seen = both(*models, texts(1000))[:, 1:].flatten(0, 1)
    missed = (made(seen) - seen).square().sum() / (seen - seen.mean(0)).square().sum()
    assert float(missed) < 0.9
    with pytest.raises(ValueError, match="expected a model as wide as the first, 64, got 384"):
        both(models[0], load("attn-only-1l"), texts(0))
