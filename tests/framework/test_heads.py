"""Heads found by what they do, on models made so that the answer is known, and on the shipped ones."""

from dataclasses import replace

import numpy as np
import pytest

from headstream import models
from headstream.framework import heads
from headstream.models.pages import pages
from headstream.results import Attention


@pytest.fixture(scope="module")
def model():
    return models.load("attn-only-2l")


class Planted(models.Run):
    """A run whose attention is given."""

    attention = None

    def __init__(self, pattern):
        n = pattern.shape[-1]
        tokens, norms = tuple("abcdefghijklmnopqrstuvwxyz"[:n]), np.ones((*pattern.shape[:2], n), np.float32)
        self.__dict__.update(tokens=tokens, attention=Attention(pattern.astype(np.float32), norms, tokens))


def test_a_previous_token_head_scores_one_and_its_neighbours_do_not():
    n = 10
    previous, current = np.eye(n, k=-1), np.eye(n)
    previous[0, 0] = 1
    even = np.tril(np.ones((n, n))) / np.arange(1, n + 1)[:, None]
    run = Planted(np.stack([previous, current, even])[None])
    scores = heads.previous_token_scores(run)
    assert scores.shape == (1, 3)
    np.testing.assert_allclose(scores[0], [1, 0, heads.previous_token_null(run)], atol=1e-6)
    assert heads.top_head(scores) == (0, 0)


def test_attention_to_so_many_tokens_back_is_told_apart():
    n = 12
    patterns = [np.eye(n, k=-back) for back in range(4)]
    for back, pattern in enumerate(patterns):
        pattern[:back, 0] = 1
    even = np.tril(np.ones((n, n))) / np.arange(1, n + 1)[:, None]
    run = Planted(np.stack([*patterns, even])[None])
    scores = heads.back_scores(run, 3)
    np.testing.assert_allclose(scores[0, :4], np.eye(4), atol=1e-6)
    np.testing.assert_allclose(scores[0, 4], heads.back_null(run, 3), atol=1e-6)
    assert heads.back_null(run, 3)[3] == pytest.approx(np.mean([1 / (q + 1) for q in range(4, n)]))
    np.testing.assert_array_equal(heads.previous_token_scores(run), scores[..., 1])


def test_a_head_of_the_one_layer_model_attends_by_place_alone():
    """To the token before, as much where the tokens are shuffled as on a page of text."""
    (page,) = pages(models.load("attn-only-1l"), count=1)
    shuffled = np.random.default_rng(0).permutation(page.token_ids[1:])
    both = [heads.back_scores(run)[0, :, 1] for run in (page, models.run(page.model, [0, *shuffled]))]
    most = int(both[0].argmax())
    assert min(scores[most] for scores in both) > 10 * heads.back_null(page)[1]


def test_a_previous_token_head_is_in_the_first_layer_of_the_two_layer_model(model):
    run = models.run(
        model, "The March Hare took the watch and looked at it gloomily: then he dipped it into his cup of tea."
    )
    scores = heads.previous_token_scores(run)
    assert scores.max() > 0.5 > 5 * heads.previous_token_null(run)
    assert heads.top_head(scores)[0] == 0


def test_prefix_matching_finds_the_induction_head_of_the_two_layer_model(model):
    scores, null = (heads.prefix_matching_scores(model, null=null) for null in (False, True))
    assert scores.shape == null.shape == (2, 8)
    assert heads.top_head(scores)[0] == 1
    assert scores.max() > 0.2 > 4 * null.max()
    assert scores[0].max() < 0.1, "no head of the first layer can match prefixes"


def test_prefix_matching_adds_up_what_a_perfect_induction_head_sees(model, monkeypatch):
    """Attention planted right after the two earlier copies counts in full; planted one off, not at all."""
    import torch

    length, copies = 5, 3
    n = length * copies + 1
    for shift, expected in ((0, 1.0), (1, 0.0), (-1, 0.0)):
        pattern = np.zeros((n, n), np.float32)
        for q in range(n):
            targets = [q - length * c + 1 + shift for c in range(1, copies) if q - length * c >= 1]
            for key in targets or [0]:
                pattern[q, key] = 1 / len(targets or [0])
        fake = torch.from_numpy(np.broadcast_to(pattern, (1, 8, n, n)).copy())
        cache = {f"blocks.{layer}.attn.hook_pattern": fake for layer in range(2)}
        monkeypatch.setattr(model, "run_with_cache", lambda *a, cache=cache, **k: (None, cache))
        np.testing.assert_allclose(
            heads.prefix_matching_scores(model, length=length, copies=copies), expected, atol=1e-6
        )


def test_a_model_without_layers_has_no_heads():
    model = models.load("attn-only-0l")
    scores = heads.prefix_matching_scores(model)
    assert scores.shape == (0, 8)
    with pytest.raises(ValueError, match="got none"):
        heads.top_head(scores)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"copies": 1}, "copies: expected 2 or more, got 1"),
        ({"length": 1}, "length: expected 2 or more, got 1"),
        ({"examples": 0}, "examples: expected 1 or more, got 0"),
        ({"length": 128}, "length: expected at most 127 tokens, for 4 copies and a start token in 512, got 128"),
    ],
)
def test_prompts_that_cannot_be_made_are_refused(model, arguments, words):
    with pytest.raises(ValueError, match=words):
        heads.prefix_matching_scores(model, **arguments)


def test_a_short_run_is_refused(model):
    run = models.run(model, [0, 5])
    with pytest.raises(ValueError, match="run: expected at least 3 tokens, got 2"):
        heads.previous_token_scores(run)
    with pytest.raises(ValueError, match="run: expected at least 6 tokens, got 2"):
        heads.back_scores(run)
    with pytest.raises(ValueError, match="most: expected 0 or more, got -1"):
        heads.back_null(run, -1)
    assert heads.previous_token_null(replace(run, tokens=("a", "b", "c"))) == pytest.approx(1 / 3)
