"""The 2022 paper's copying score and QK trace: by the formulas in full matrices, and on what is known."""

import numpy as np
import pytest
import torch

from headstream.framework.heads import prefix_matching_scores, previous_token_scores
from headstream.framework.induction import qk_traces, raised_copying_scores
from headstream.models import load
from headstream.models.pages import pages


@pytest.mark.parametrize("name", ["native 2l LN folded", "native 3l attn-only LN", "gpt2 folded", "llama folded"])
def test_both_equal_the_formulas_in_full(model, name):
    net = model(name)
    cfg, w_e, w_u = net.cfg, net.W_E.float(), net.W_U.float()
    d = cfg.d_vocab
    ids = np.random.default_rng(0).permutation(np.arange(d // 10, d - d // 10))[:6]
    scores = raised_copying_scores(net, length=6, examples=1)
    null = raised_copying_scores(net, length=6, examples=1, null=True)
    previous = np.random.default_rng(1).uniform(size=(cfg.n_layers, cfg.n_heads)).astype(np.float32)
    traces = qk_traces(net, previous)
    ratio = cfg.n_heads // net.W_K.shape[1]
    keys, values = (weights.repeat_interleave(ratio, 1) for weights in (net.W_K, net.W_V))
    read = torch.zeros_like(w_e)
    for layer in range(cfg.n_layers):
        for head in range(cfg.n_heads):
            ov = w_e @ values[layer, head] @ net.W_O[layer, head]
            logits = (ov @ w_u)[np.ix_(ids, ids)]
            raised = (logits - logits.mean(1, keepdim=True)).clamp(min=0)
            share = raised / raised.sum(1, keepdim=True)
            assert scores[layer, head] == pytest.approx(float((2 * share.diag() - 1).mean().detach()), abs=1e-4)
            after = share[range(6), [1, 2, 3, 4, 5, 0]]
            assert null[layer, head] == pytest.approx(float((2 * after - 1).mean().detach()), abs=1e-4)
            a, b = w_e @ net.W_Q[layer, head], read @ keys[layer, head]
            wanted = float((a @ b.T).trace() / (a.norm() * b.norm())) if layer else 0
            assert traces[layer, head] == pytest.approx(wanted, abs=1e-4)
        for head in range(cfg.n_heads):
            read = read + previous[layer, head] * (w_e @ values[layer, head] @ net.W_O[layer, head])


def test_the_trace_finds_from_weights_what_prefix_matching_finds_on_text():
    net = load("attn-only-2l")
    previous = previous_token_scores(pages(net, 1)[0])
    traces, null = qk_traces(net, previous), qk_traces(net, previous, null=True)
    assert traces.argmax() == prefix_matching_scores(net).argmax()
    assert traces.max() > 0.5 > 0.05 > np.abs(null).max()
    assert not traces[0].any()


def test_a_head_that_copies_exactly_scores_one():
    net = load("attn-only-1l")
    with torch.no_grad():
        copier = torch.linalg.pinv(net.W_E) @ torch.linalg.pinv(net.W_U)
        u, s, v = torch.linalg.svd(copier)
        net.W_V[0, 0] = u[:, :48] * s[:48]
        net.W_O[0, 0] = v[:48]
    scores, null = raised_copying_scores(net), raised_copying_scores(net, null=True)
    assert scores[0, 0] > null[0, 0] + 0.1


def test_what_cannot_be_scored_is_told():
    net = load("attn-only-1l")
    with pytest.raises(ValueError, match="length: expected 2 "):
        raised_copying_scores(net, length=1)
    with pytest.raises(ValueError, match=r"previous: expected \[layer, head\] = \[1, 8\], got \[2, 2\]"):
        qk_traces(net, np.zeros((2, 2)))
