"""Activations, and what a dictionary reaches on a real model: known cases, and what is refused."""

import numpy as np
import pytest
import torch

from headstream.features.activations import Windows, activations
from headstream.features.dictionaries import Dictionary
from headstream.features.scores import dictionary_scores, written
from headstream.models import load, run
from tests.features.random_dictionary import random_dictionary


@pytest.fixture(scope="module")
def model():
    return load("gelu-4l")


SITE = "blocks.1.hook_in"


def test_activations_are_the_runs_own_and_the_model_stays_as_it_was(model):
    found = run(model, "Alice was beginning to get very tired")
    ids = torch.from_numpy(found.token_ids)[None]
    seen = activations(model, ids, [SITE, "blocks.0.hook_mlp_out"])
    assert list(seen) == ["blocks.0.hook_mlp_out", SITE]
    torch.testing.assert_close(seen[SITE][0], found.cache[SITE])
    torch.testing.assert_close(model(ids)[0], found.logits)
    with pytest.raises(ValueError, match=r"sites: expected hooks of gelu-4l, got 'blocks\.9\.hook_in'"):
        activations(model, ids, ["blocks.9.hook_in"])


def test_windows_are_drawn_by_number_and_begin_with_the_start_token(model):
    windows = Windows(model, np.arange(1, 500), length=10, batch=3)
    assert torch.equal(windows.ids(4), windows.ids(4))
    assert not torch.equal(windows.ids(4), windows.ids(5))
    assert (windows.ids(4)[:, 0] == model.tokenizer.bos_token_id).all()
    assert (windows.ids(4)[:, 2:] - windows.ids(4)[:, 1:-1] == 1).all()
    drawn = windows.draw(4, [SITE])[SITE]
    exact = activations(model, windows.ids(4), [SITE])[SITE][:, 1:].flatten(0, 1)
    assert drawn.shape == (27, 384)
    assert (drawn - exact).norm() < 0.02 * exact.norm()
    with pytest.raises(ValueError, match="expected ids from 0 to 8191, got 9000"):
        Windows(model, np.array([1, 9000] * 100))


def test_scores_of_what_is_known(model):
    """An exact dictionary recovers all, one that writes the mean nothing, and the model's loss is its own."""
    runs = [run(model, "Alice was beginning to get very tired of sitting by her sister on the bank.")]
    d = model.cfg.d_model
    exact = Dictionary("exact", [SITE], [SITE], d, d, 2 * d, activation="relu").requires_grad_(False)
    exact.W_enc.copy_(torch.cat([torch.eye(d), -torch.eye(d)], 1)[None])
    exact.W_dec.copy_(torch.cat([torch.eye(d), -torch.eye(d)])[:, None])
    found = dictionary_scores(exact, runs)
    logits, ids = runs[0].logits[1:-1], torch.from_numpy(runs[0].token_ids[2:])
    assert found.loss == pytest.approx(float(torch.nn.functional.cross_entropy(logits, ids)), rel=1e-4)
    assert found.recovered == pytest.approx(1, abs=1e-3)
    assert found.explained == pytest.approx(1, abs=1e-5)
    assert found.l0 == pytest.approx(d, rel=0.02)

    silent = Dictionary("silent", [SITE], [SITE], d, d, 4, activation="relu").requires_grad_(False)
    silent.b_enc.fill_(-1e6)
    silent.b_dec.copy_(runs[0].cache[SITE][1:].mean(0)[None])
    found = dictionary_scores(silent, runs)
    assert found.recovered == pytest.approx(0, abs=1e-4)
    assert found.explained == pytest.approx(0, abs=1e-5)
    assert (found.l0, found.dead) == (0, 1)


def test_sites_of_a_crosscoder_are_replaced_each_alone(model):
    runs = [run(model, "Alice was beginning to get very tired of sitting")]
    sites = ("blocks.1.hook_in", "blocks.3.hook_in")
    d = model.cfg.d_model
    both = Dictionary("both", sites, sites, d, d, 4, activation="relu").requires_grad_(False)
    both.b_enc.fill_(-1e6)
    losses = []
    for site in sites:
        one = Dictionary("one", [site], [site], d, d, 4, activation="relu").requires_grad_(False)
        one.b_enc.fill_(-1e6)
        losses.append(dictionary_scores(one, runs).loss_with)
    assert dictionary_scores(both, runs).loss_with == pytest.approx(np.mean(losses), rel=1e-4)
    y, f = written(both, model, torch.from_numpy(runs[0].token_ids)[None])
    assert y.shape == (1, len(runs[0].tokens) - 1, 2, d)
    assert f.shape == (1, len(runs[0].tokens) - 1, 4)


def test_nothing_is_scored_on_no_text(model):
    with pytest.raises(ValueError, match="runs: expected at least one"):
        dictionary_scores(random_dictionary(), [])
    with pytest.raises(ValueError, match="sites: expected hooks"):
        dictionary_scores(random_dictionary(), [run(model, "Alice was")])
