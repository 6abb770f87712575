"""Right answers that are computed in another way than the solution pass."""

from itertools import pairwise

import numpy as np
import pytest
import torch

from headstream.exercises import check

NUMPY_FORWARD = """
def forward(model, ids):
    w = {f"{kind}_{part}": np.asarray(getattr(model, f"{kind}_{part}")) for kind in "Wb" for part in "QKVOU"}
    x = np.asarray(model.W_E)[ids] + np.asarray(model.W_pos)[: len(ids)]
    out = np.broadcast_to(w["b_O"][0], x.shape).copy()
    for h in reversed(range(model.cfg.n_heads)):
        q, k, v = (x @ w["W_" + i][0, h] + w["b_" + i][0, h] for i in "QKV")
        scores = np.where(np.tri(len(x), dtype=bool), q @ k.T / np.sqrt(q.shape[-1]), -1e9)
        e = np.exp(scores - scores.max(-1, keepdims=True))
        out += e / e.sum(-1, keepdims=True) @ v @ w["W_O"][0, h]
    return (x + out) @ w["W_U"] + w["b_U"]
"""
EINSUM_FORWARD = """
def forward(model, ids, number=torch.Tensor.{number}):
    names = [f"{{kind}}_{{part}}" for kind in "Wb" for part in ("Q", "K", "V", "O", "U")]
    w = {{name: number(getattr(model, name)) for name in ("W_E", "W_pos", *names)}}
    x = w["W_E"][ids] + w["W_pos"][: len(ids)]
    q, k, v = (torch.einsum("pd,hde->hpe", x, w[f"W_{{i}}"][0]) + w[f"b_{{i}}"][0][:, None] for i in "QKV")
    scores = torch.einsum("hqe,hke->hqk", q, k) / q.shape[-1] ** 0.5
    pattern = (scores + torch.full_like(scores, -torch.inf).triu(1)).softmax(-1)
    heads = torch.einsum("hqk,hke,hed->qd", pattern, v, w["W_O"][0])
    return heads @ w["W_U"] + ((x + w["b_O"][0]) @ w["W_U"] + w["b_U"])
"""
UNUSUAL = {
    "induction_rule": [
        "lambda t: (t[len(t) - t[-2::-1].index(t[-1]) - 1]) if t[-1] in t[:-1] else '?'",
        "lambda t: {a: b for a, b in zip(t, t[1:])}.get(t[-1], '?')",
    ],
    "first_model": [
        "lambda p, c: [next((i for i, x in enumerate(row) if x > c), -1) for row in p.T.tolist()]",
        "lambda p, c: np.where((p > c).any(0), (p > c).argmax(0), -1.0)",
        "lambda p, c: torch.from_numpy(np.where((p > c).any(0), (p > c).argmax(0), -1))",
    ],
    "loss_in_nats": [
        "lambda logits, ids: torch.nn.functional.cross_entropy(logits[:-1], ids[1:])",
        "lambda logits, ids: float(-logits.softmax(-1)[:-1].gather(1, ids[1:, None]).log().mean())",
        "lambda x, ids: np.mean([-np.log(np.exp(row)[i] / np.exp(row).sum()) for row, i in zip(x.numpy(), ids[1:])])",
        "lambda x, ids: sum(-x[t].double().log_softmax(0)[i] for t, i in enumerate(ids[1:])) / (len(ids) - 1)",
    ],
    "bpe": ["lambda text, merges: tuple(merge(text, merges))"],
    "stream_writes": [
        "lambda model, cache: torch.cat([cache['hook_embed'][None], cache['hook_pos_embed'][None], *("
        "torch.einsum('phd,hdm->hpm', cache['z', i], model.W_O[i]) for i in range(model.cfg.n_layers)),"
        "model.b_O.sum(0).repeat(len(cache['hook_embed']), 1)[None]])",
    ],
    "logit_parts": [
        "lambda w, W_U, token: (w @ W_U[:, token] - (w @ W_U).mean(-1)).double()",
        "lambda w, W_U, token: np.einsum('cd,d->c', w, W_U[:, token] - W_U.mean(1))",
        "lambda w, W_U, token: [float(x @ (W_U[:, token] - W_U.mean(1))) for x in w]",
        "lambda w, W_U, token: tuple(x @ (W_U[:, token] - W_U.mean(1)) for x in w)",
        "lambda w, W_U, token: w.flip(1) @ (W_U[:, token] - W_U.mean(1)).flip(0)",
        "lambda w, W_U, token: torch.nn.Parameter(w @ (W_U[:, token] - W_U.mean(1)))",
    ],
    "projection": [
        "lambda r, a: [r @ (a / a.norm()), torch.outer(r @ a, a) / a.dot(a)]",
        "lambda r, a: ((r.numpy() @ a.numpy()) / np.linalg.norm(a), [(x @ a / (a @ a) * a).tolist() for x in r])",
    ],
    "two_updates": ["lambda r, attn, mlp: (r + attn(r) + mlp(r + attn(r)), (mlp(r) + attn(r) + r).numpy())"],
    "lens": [
        "lambda rows, W_U, b_U: (torch.nn.functional.layer_norm(rows, rows.shape[-1:]) @ W_U + b_U).log_softmax(-1)",
        "lambda rows, W_U, b_U: (torch.nn.functional.layer_norm(rows, rows.shape[-1:]) @ W_U + b_U).softmax(-1).log()",
        "lambda x, W_U, b_U: ((x - x.mean(-1, keepdim=True)) / x.std(-1, keepdim=True, correction=0) @ W_U + b_U)"
        ".double().log_softmax(-1)",
    ],
    "rank_of": [
        "lambda logits, token: np.sum(np.asarray(logits) > np.asarray(logits)[..., token][..., None], -1)",
        "lambda x, token: (x.sort(-1, descending=True)[0] == x[..., token, None]).int().argmax(-1).float()",
    ],
    "kl_to_last": [
        "lambda p: torch.nn.functional.kl_div(p, p[-1].expand_as(p), reduction='none', log_target=True).sum(-1)",
        "lambda p: np.einsum('pv,rpv->rp', np.exp(p[-1]), p[-1][None] - p)",
    ],
    "added": [
        "lambda rows, W_U, token: torch.cat([rows[:1], rows[1:] - rows[:-1]]).sub(torch.cat([rows[:1], rows[1:] - "
        "rows[:-1]]).mean(-1, keepdim=True)) @ (W_U[:, token] - W_U.mean(1)) / rows[-1].std(-1, correction=0)",
    ],
}


def merge(text, merges):
    """Byte-pair encoding as tokenizers run it: the best-ranked pair that stands, until none does."""
    pieces = list(text)
    while ranks := [merges.index(pair) for pair in pairwise(pieces) if pair in merges]:
        pair, i = merges[min(ranks)], 0
        while i < len(pieces) - 1:
            if (pieces[i], pieces[i + 1]) == pair:
                pieces[i : i + 2] = ["".join(pair)]
            i += 1
    return pieces


@pytest.mark.parametrize(("name", "source"), [(name, each) for name in UNUSUAL for each in UNUSUAL[name]])
def test_a_right_answer_may_be_computed_in_another_way(name, source):
    result = check(name, eval(source, {"torch": torch, "np": np, "merge": merge}))
    assert result.passed, result.message


@pytest.mark.parametrize(
    "source", [NUMPY_FORWARD, EINSUM_FORWARD.format(number="float"), EINSUM_FORWARD.format(number="double")]
)
def test_a_forward_pass_may_be_in_numpy_or_one_einsum_in_any_precision(source):
    names = {"torch": torch, "np": np}
    exec(source, names)
    result = check("forward_pass", names["forward"])
    assert result.passed, result.message
