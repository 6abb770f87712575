"""A model's weights against its own activations, and low-rank matrices against the dense ones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformer_lens.model_bridge import TransformerBridge

from headstream.framework.weights import LowRank, embedding, full_ov, full_qk, head_weights, positions, unembedding
from headstream.models.runs import Run
from tests.framework.zoo import FOREIGN, NATIVE

Models = Callable[[str], TransformerBridge]
Runs = Callable[..., Run]
WITH_HEADS = [name for name in ("attn-only-2l", "gelu-4l", *NATIVE, *FOREIGN) if "0l" not in name]


@pytest.mark.parametrize("name", WITH_HEADS)
def test_a_heads_weights_give_its_queries_keys_and_values(random_run: Runs, name: str) -> None:
    run = random_run(name)
    model, read = run.model, run.cache["blocks.0.attn.hook_in"]
    for number in range(model.cfg.n_heads):
        head = head_weights(model, 0, number)
        assert {weight.dtype for weight in head} == {torch.float32}
        for hook, weight, bias in (("q", head.W_Q, head.b_Q), ("k", head.W_K, head.b_K), ("v", head.W_V, head.b_V)):
            found = run.cache[f"blocks.0.attn.hook_{hook}"]
            own = found[:, number * found.shape[1] // model.cfg.n_heads]
            torch.testing.assert_close(read @ weight + bias, own, atol=1e-5 * float(own.abs().max()), rtol=0)


def test_heads_that_share_values_have_them_each(model: Models) -> None:
    llama = model("llama")  # four heads, two values
    assert llama.blocks[0].attn.W_V.shape[0] == 2
    heads = [head_weights(llama, 1, number) for number in range(4)]
    assert torch.equal(heads[0].W_V, heads[1].W_V)
    assert torch.equal(heads[2].W_K, heads[3].W_K)
    assert not torch.equal(heads[1].W_V, heads[2].W_V)
    assert not heads[0].b_V.any(), "a model without biases has zeros"
    with pytest.raises(IndexError, match="head: expected -4 to 3, got 4"):
        head_weights(llama, 0, 4)
    with pytest.raises(TypeError, match=r"model: expected a model \(pass hs.load"):
        head_weights("llama", 0, 0)


@pytest.mark.parametrize("name", ["native 1l", "native 2l LN", "gpt2 folded"])
def test_qk_gives_the_scores_of_attention(random_run: Runs, name: str) -> None:
    run = random_run(name)
    read, head = run.cache["blocks.0.attn.hook_in"], head_weights(run.model, 0, 2)
    scores = read @ head.qk.matrix() @ read.T
    scores += (read @ head.W_Q @ head.b_K)[:, None] + (read @ head.W_K @ head.b_Q)[None] + head.b_Q @ head.b_K
    pattern = (scores / head.W_Q.shape[1] ** 0.5).masked_fill(~torch.ones_like(scores).tril().bool(), -torch.inf)
    torch.testing.assert_close(pattern.softmax(-1), run.cache["blocks.0.attn.hook_pattern"][2], atol=1e-5, rtol=0)


@pytest.mark.parametrize("name", ["native 1l", "llama folded", "gpt2"])
def test_full_circuits_are_the_dense_products(model: Models, name: str) -> None:
    bridge = model(name)
    w_e, (w_u, _), head = embedding(bridge), unembedding(bridge), head_weights(bridge, 0, 3)
    for low, dense in (
        (full_qk(bridge, 0, 3), w_e @ head.W_Q @ head.W_K.T @ w_e.T),
        (full_ov(bridge, 0, 3), w_e @ head.W_V @ head.W_O @ w_u),
    ):
        assert low.left.shape[1] == head.W_Q.shape[1], "it stays of the head's rank"
        torch.testing.assert_close(low.matrix(), dense, atol=1e-5 * float(dense.abs().max()), rtol=0)


def test_a_path_through_one_head_is_full_ov(random_run: Runs) -> None:
    """In an attention-only model a head moves the tokens' rows of W_E W_OV W_U by its pattern."""
    run = random_run("attn-only-1l")
    ids, model = torch.from_numpy(run.token_ids), run.model
    pattern = run.cache["blocks.0.attn.hook_pattern"][5]
    head = head_weights(model, 0, 5)
    place = positions(model)[: len(ids)] @ head.ov.matrix() @ unembedding(model)[0]
    moved = pattern @ (full_ov(model, 0, 5).left[ids] @ full_ov(model, 0, 5).right + place)
    written = run.cache["blocks.0.attn.hook_z"][:, 5] @ head.W_O @ unembedding(model)[0]
    bias = head.b_V @ head.W_O @ unembedding(model)[0]
    torch.testing.assert_close(moved + bias, written, atol=1e-4, rtol=0)


@pytest.mark.parametrize("name", ["native 2l LN", "gpt2", "llama"])
def test_embedding_and_positions_are_what_is_written(random_run: Runs, name: str) -> None:
    run = random_run(name)
    torch.testing.assert_close(embedding(run.model)[run.token_ids], run.cache["hook_embed"])
    where = positions(run.model)
    assert (where is None) == (name == "llama")
    if where is not None:
        torch.testing.assert_close(where[: len(run.tokens)], run.cache["hook_pos_embed"])


def test_a_bfloat16_models_weights_are_float32(model: Models) -> None:
    bridge = model("attn-only-1l bfloat16")
    weights = (*head_weights(bridge, 0, 0), embedding(bridge), positions(bridge), *unembedding(bridge))
    assert {weight.dtype for weight in weights} == {torch.float32}


def random_low_rank(seed: int, n: int, rank: int, m: int) -> LowRank:
    generator = torch.Generator().manual_seed(seed)
    return LowRank(torch.randn(n, rank, generator=generator), torch.randn(rank, m, generator=generator))


sizes = st.integers(1, 9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), sizes, sizes, sizes)
def test_norm_and_svd_are_the_dense_ones(seed: int, n: int, rank: int, m: int) -> None:
    low = random_low_rank(seed, n, rank, m)
    dense = low.matrix()
    scale = float(dense.norm()) + 1e-3
    assert low.shape == tuple(dense.shape)
    assert low.norm() == pytest.approx(float(dense.norm()), rel=1e-4, abs=1e-5)
    u, s, vh = low.svd()
    torch.testing.assert_close((u * s) @ vh, dense, atol=1e-5 * scale, rtol=0)
    kept = min(n, rank, m)
    torch.testing.assert_close(s[:kept], torch.linalg.svdvals(dense)[:kept], atol=1e-5 * scale, rtol=0)
    torch.testing.assert_close(u.T @ u, torch.eye(u.shape[1]), atol=1e-5, rtol=0)
    torch.testing.assert_close(low.T.matrix(), dense.T)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), sizes, sizes)
def test_trace_and_eigenvalues_are_the_dense_ones(seed: int, n: int, rank: int) -> None:
    low = random_low_rank(seed, n, rank, n)
    dense = low.matrix().double()
    scale = float(dense.norm()) + 1e-3
    assert low.trace() == pytest.approx(float(dense.trace()), abs=1e-4 * scale)
    found = low.eigenvalues().numpy()
    assert len(found) == rank
    assert (np.diff(np.abs(found)) <= 1e-9).all(), "largest first"
    for power in (1, 2, 3):  # the sums of powers are the same, for the others are 0
        expected = complex(torch.linalg.matrix_power(dense, power).trace())
        assert abs((found**power).sum() - expected) <= 1e-4 * scale**power


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), sizes, sizes, sizes)
def test_products_stay_low_rank(seed: int, n: int, rank: int, other_rank: int) -> None:
    one, two = random_low_rank(seed, n, rank, 7), random_low_rank(seed + 1, 7, other_rank, n)
    dense = torch.randn(7, 5)
    for product, expected in (
        (one @ two, one.matrix() @ two.matrix()),
        (one @ dense, one.matrix() @ dense),
        (dense.T @ two, dense.T @ two.matrix()),
    ):
        assert isinstance(product, LowRank)
        torch.testing.assert_close(product.matrix(), expected, atol=1e-4, rtol=1e-4)
    assert (one @ two).left.shape[1] == min(rank, other_rank)


def test_what_is_no_low_rank_matrix() -> None:
    with pytest.raises(ValueError, match=r"expected factors \[n, rank\] and \[rank, m\], got \(3, 2\) and \(3, 4\)"):
        LowRank(torch.ones(3, 2), torch.ones(3, 4))
    for call in (LowRank.trace, LowRank.eigenvalues):
        with pytest.raises(ValueError, match=r"LowRank: expected a square matrix, got \[3, 4\]"):
            call(random_low_rank(0, 3, 2, 4))
    assert repr(random_low_rank(0, 3, 2, 4)) == "LowRank matrix [3, 4] of rank at most 2"
