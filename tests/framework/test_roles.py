"""Detectors on heads that do one thing by construction, and the roles that they give."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.head_detector import detect_head
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.framework import heads
from headstream.results.roles import DETECTORS
from tests.framework.zoo import constructed, native

Models = Callable[[str], TransformerBridge]


@pytest.fixture(scope="module")
def made() -> TransformerBridge:
    return constructed()


def test_each_detector_names_the_head_that_does_it_and_no_other(made: TransformerBridge) -> None:
    found = hs.roles(made)
    assert found.heads("previous token") == [(0, 0)]
    assert found.heads("duplicate token") == [(0, 1)]
    assert found.heads("induction") == [(1, 0)]
    assert found.label(1, 0) == "1.0 induction"
    assert [found.role(*head) for head in ((0, 2), (1, 1), (1, 2))] == [""] * 3
    for detector, at in (("previous token", (0, 0)), ("duplicate token", (0, 1)), ("prefix matching", (1, 0))):
        scores = found.scores[DETECTORS.index(detector)].copy()
        assert scores[at] == pytest.approx(1, abs=1e-3)
        scores[at] = 0
        assert scores.max() < 0.1
    copying = found.scores[DETECTORS.index("copying")]
    np.testing.assert_allclose(copying, [[0, 0, 1], [1, 0, 0]], atol=1e-5)
    assert np.abs(found.null).max() < 0.2


@pytest.mark.slow
def test_an_induction_head_needs_its_previous_token_head(made: TransformerBridge) -> None:
    other = constructed()
    with torch.no_grad():
        other.blocks[0].attn.W_O[0] = 0
    assert hs.roles(other).heads("induction") == []
    assert hs.composition(made).matching[0, 3] == pytest.approx(1), "the key, read through 0.0, is the token itself"


def test_scores_are_those_of_transformer_lens_where_it_has_them(
    made: TransformerBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """detect_head divides by all attention where we divide by the queries that can match: the same once scaled."""
    once = np.random.default_rng(0).permutation(np.arange(20, 180))[:25].tolist()
    tokens = torch.tensor([0, *once, *once])
    monkeypatch.setattr(made, "to_tokens", lambda _: tokens[None])  # this model has no tokenizer
    theirs = detect_head(made, "", "duplicate_token_head").numpy() * 51 / 25
    pattern = hs.run(made, tokens).attention.pattern
    copies = (tokens[:, None] == tokens).tril(-1).numpy()
    ours = (pattern * copies).sum(-1)[..., 26:].mean(-1)
    np.testing.assert_allclose(theirs, ours, atol=1e-5)
    assert ours[0, 1] == pytest.approx(heads.duplicate_token_scores(made, copies=2)[0, 1], abs=1e-5)


@pytest.mark.slow
def test_roles_of_the_shipped_models(shipped: Callable[[str], TransformerBridge]) -> None:
    assert not any(hs.roles(shipped("attn-only-1l")).heads(role) for role in ("duplicate token", "induction"))
    for name in ("attn-only-2l", "gelu-4l"):
        found = hs.roles(shipped(name))
        assert found.heads("previous token")[0][0] == 0
        assert found.heads("induction")[0] == heads.top_head(heads.prefix_matching_scores(shipped(name)))
        assert found.scores.shape == (4, shipped(name).cfg.n_layers, 8)
        np.testing.assert_array_equal(found.scores[1], heads.duplicate_token_scores(shipped(name)))
        np.testing.assert_array_equal(found.null[2], heads.prefix_matching_scores(shipped(name), null=True))
        np.testing.assert_array_equal(found.scores[3], hs.copying_scores(shipped(name)))


def test_models_that_read_little_are_given_short_prompts(model: Models) -> None:
    assert hs.roles(native("native 2l LN")).scores.shape == (4, 2, 4)
    assert hs.roles(model("llama")).scores.shape == (4, 2, 4)


def test_models_without_roles_are_refused(model: Models) -> None:
    with pytest.raises(ValueError, match="model: expected one with heads, got one without layers"):
        hs.roles(model("attn-only-0l"))
    with pytest.raises(ValueError, match="norms or scales what its heads write"):
        hs.roles(model("granite"))
