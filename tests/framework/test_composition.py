"""Composition against dense matrices and TransformerLens', its null against drawn rotations."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.framework.composition import key_matching_null
from headstream.framework.weights import embedding, unembedding
from tests.framework.zoo import native

Models = Callable[[str], TransformerBridge]


def reads(model: TransformerBridge, head: tuple[int, int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    weights = hs.head_weights(model, *head)
    qk = weights.qk.matrix()
    return qk, qk.T, weights.ov.matrix()


@pytest.mark.parametrize("name", ["native 3l attn-only LN", "gpt2 folded", "llama"])
def test_scores_are_those_of_the_dense_matrices(model: Models, name: str) -> None:
    found = hs.composition(model(name))
    for a, b in np.ndindex(len(found.heads), len(found.heads)):
        if found.heads[a][0] >= found.heads[b][0]:
            assert np.isnan(found.scores[:, a, b]).all()
            continue
        ov = hs.head_weights(model(name), *found.heads[a]).ov.matrix()
        expected = [float((ov @ m).norm() / ov.norm() / m.norm()) for m in reads(model(name), found.heads[b])]
        np.testing.assert_allclose(found.scores[:, a, b], expected, rtol=1e-4)
    np.testing.assert_array_equal(hs.composition_scores(model(name)), found.scores)


@pytest.mark.parametrize("name", ["attn-only-2l", "native 3l attn-only LN", "llama"])
def test_scores_are_those_of_transformer_lens(model: Models, name: str) -> None:
    found = hs.composition_scores(model(name))
    for read, mode in enumerate("QKV"):
        theirs = model(name).all_composition_scores(mode).scores.flatten(2).flatten(0, 1).numpy(force=True)
        np.testing.assert_allclose(np.nan_to_num(found[read]), theirs, atol=1e-5)


@pytest.mark.parametrize("name", ["native 3l attn-only LN", "llama"])
def test_virtual_heads_copy_and_match_as_the_dense_matrices_do(model: Models, name: str) -> None:
    bridge = model(name)
    found, w_e, w_u = hs.composition(bridge), embedding(bridge), unembedding(bridge)[0]
    for a, b in ((0, 4), (2, 7), (3, 5)):
        earlier, later = (hs.head_weights(bridge, *found.heads[at]) for at in (a, b))
        copying = w_e @ earlier.ov.matrix() @ later.ov.matrix() @ w_u
        matching = w_e @ later.qk.matrix() @ (w_e @ earlier.ov.matrix()).T
        for score, whole in ((found.copying, copying), (found.matching, matching)):
            values = np.linalg.eigvals(whole.double().numpy())
            assert score[a, b] == pytest.approx(values.sum().real / np.abs(values).sum(), abs=1e-3)


@pytest.mark.parametrize("rank", [1, 8])
def test_the_null_is_that_of_a_turned_stream(rank: int) -> None:
    model = native("native 2l LN")
    with torch.no_grad():
        for block in model.blocks:
            for name in ("W_Q", "W_K", "W_V"):
                getattr(block.attn, name)[..., rank:] = 0
    found = hs.composition(model)
    ov = hs.head_weights(model, *found.heads[1]).ov.matrix().double()
    generator = torch.Generator().manual_seed(0)
    turns, upper = torch.linalg.qr(torch.randn(4000, 32, 32, generator=generator, dtype=torch.float64))
    turns = turns * upper.diagonal(dim1=1, dim2=2).sign()[:, None]  # even over all rotations
    for read, m in enumerate(reads(model, found.heads[6])):
        drawn = torch.linalg.matrix_norm(ov @ turns @ m.double()) / ov.norm() / m.double().norm()
        assert found.null[read, 1, 6] == pytest.approx(float(drawn.mean()), rel=0.02)
        assert found.null_sd[read, 1, 6] == pytest.approx(float(drawn.std()), rel=0.1)


def test_a_head_that_reads_all_another_writes_stands_out() -> None:
    model = native("native 2l LN")
    before = hs.composition(model).excess / hs.composition(model).null_sd
    with torch.no_grad():  # head 1.2 looks, as key, for what head 0.1 writes
        model.blocks[1].attn.W_K[2] = model.blocks[0].attn.W_O[1].T
    found = hs.composition(model)
    after = found.excess / found.null_sd
    assert np.unravel_index(np.nanargmax(after), after.shape) == (1, 1, 6)
    assert after[1, 1, 6] > 3 * np.nanmax(before)


def test_the_papers_erratum_is_a_transposed_product() -> None:
    """The later matrix was multiplied from its other side: it can be had from the public pieces, and differs."""
    model = native("native 2l LN")
    with torch.no_grad():
        model.blocks[1].attn.W_K[2] = model.blocks[0].attn.W_O[1].T
    earlier, later = hs.head_weights(model, 0, 1).ov, hs.head_weights(model, 1, 2).qk.T
    right, wrong = ((one @ later).norm() / (one.norm() * later.norm()) for one in (earlier, earlier.T))
    assert right == pytest.approx(hs.composition(model).scores[1, 1, 6], rel=1e-4)
    assert wrong < right / 2


def test_a_head_that_is_nothing_composes_with_none() -> None:
    model = native("native 2l LN")
    with torch.no_grad():
        model.blocks[0].attn.W_O[3] = 0
    assert not hs.composition(model).scores[:, 3, 4:].any()


def test_models_without_pairs_are_refused(model: Models) -> None:
    for name, layers in (("attn-only-0l", 0), ("attn-only-1l", 1)):
        with pytest.raises(
            ValueError, match=f"model: expected two layers or more, whose heads can compose, got {layers}"
        ):
            hs.composition(model(name))
    with pytest.raises(ValueError, match="norms or scales what its heads write"):
        hs.composition(model("granite"))


def test_the_null_of_matching_is_that_of_random_heads_as_dense_matrices() -> None:
    model, (draws, seed) = native("native 3l attn-only LN"), (4, 7)
    found = key_matching_null(model, (0, 1), draws=draws, seed=seed)
    source, w_e = hs.head_weights(model, 0, 1), embedding(model)
    shape = draws, 2, *source.W_Q.shape
    for score, (w_q, w_k) in zip(found, torch.randn(shape, generator=torch.Generator().manual_seed(seed)), strict=True):
        values = torch.linalg.eigvals((w_e @ w_q @ w_k.T @ source.ov.matrix().T @ w_e.T).double())
        assert score == pytest.approx(float(values.real.sum() / values.abs().sum()), abs=1e-4)
    assert len(set(found)) == draws
    assert (key_matching_null(model, (0, 0), draws=draws, seed=seed) != found).all()
