"""F1 and F2: a model without layers is a bigram table, and what its direct path still does in larger ones."""

from __future__ import annotations

import numpy as np

from headstream.claims.claim import Found, claim
from headstream.claims.given import model
from headstream.extras import needs_lessons
from headstream.framework.weights import embedding, unembedding
from headstream.models.bigrams import bigrams
from headstream.results import Bigrams

with needs_lessons():
    import torch
    from torch import Tensor

LESSON = "03-bigrams"
COUNTED = 10  # shares counted on fewer places are noise


@claim(
    "F1a",
    LESSON,
    "A model without layers is a table of bigrams.",
    measured="KL from the table's row to the model's, nats, mean of the frequent tokens; null: another token's row",
    paper="W_U W_E approximates the bigram log-likelihood; here: below .05 nats",
)
def table_of_bigrams() -> Found:
    table, log_q = _table(), _direct("attn-only-0l").log_softmax(-1)
    p = torch.from_numpy(table.p)
    ours, null = (float(kl(p, q).mean()) for q in (log_q, log_q.roll(1, 0)))
    return Found(ours, null, ours < 0.05 < null)


@claim(
    "F1b",
    LESSON,
    "Its loss is the bigrams' entropy.",
    measured="loss above the entropy over all pairs counted, as a share of it; null: rows of another token",
    paper="optimal; here: within .01",
)
def loss_of_bigrams() -> Found:
    table, log_q = _table(), _direct("attn-only-0l").log_softmax(-1)
    p, weight = torch.from_numpy(table.p), torch.from_numpy(table.weight)
    best = -float((torch.xlogy(p, p).sum(-1) * weight).sum())
    ours, null = (float((kl(p, q) * weight).sum()) / best for q in (log_q, log_q.roll(1, 0)))
    rank = f"W_E W_U has rank {model('attn-only-0l').cfg.d_model} at most, and cannot hold every row exactly."
    return Found(ours, null, ours < 0.01 < null, why=rank)


@claim(
    "F2a",
    LESSON,
    "With a layer, the direct path is less of a bigram table.",
    measured="mean correlation over rows of the one-layer direct path with the table's log shares; null: of no layers",
    paper="direct path not the whole table any more",
)
def direct_path_changes() -> Found:
    shares = torch.from_numpy(_table().p).clamp(min=1e-9).log()
    ours, null = (in_step(_direct(name), shares) for name in ("attn-only-1l", "attn-only-0l"))
    return Found(ours, null, ours < null)


@claim(
    "F2b",
    LESSON,
    "The direct path keeps a residual role: it corrects towards the bigrams.",
    measured="correlation of the one-layer direct path, less what is common to all rows, with the lift ln p(next | "
    "present) - ln p(next); null: rows of another token",
    paper='"Barack" raises "Obama"',
)
def direct_path_corrects() -> Found:
    table = _table()
    base = torch.from_numpy(table.unigram / table.unigram.sum()).float().clamp(min=1e-9).log()
    lift = torch.from_numpy(table.p).clamp(min=1e-9).log() - base
    own = _direct("attn-only-1l")
    own = own - own.mean(0)
    ours, null = in_step(own, lift), in_step(own.roll(1, 0), lift)
    return Found(ours, null, ours > 0.3 > null)


def kl(p: Tensor, log_q: Tensor) -> Tensor:
    """KL(p ‖ q) of every row, nats."""
    return (torch.xlogy(p, p) - p * log_q).sum(-1)


def in_step(logits: Tensor, target: Tensor) -> float:
    """Mean correlation over the rows, of followers that came often enough."""
    often = torch.from_numpy(np.asarray(_table().counts >= COUNTED))
    pairs = [torch.stack([a[o], b[o]]).corrcoef()[0, 1] for a, b, o in zip(logits, target, often, strict=True)]
    return float(torch.stack(pairs).nanmean())


def _table() -> Bigrams:
    return bigrams(model("attn-only-0l"))


def _direct(name: str) -> Tensor:
    """[row, d_vocab]: the logits of a model's direct path, for the table's tokens."""
    w_u, b_u = unembedding(model(name))
    return embedding(model(name))[torch.from_numpy(_table().token_ids)] @ w_u + b_u
