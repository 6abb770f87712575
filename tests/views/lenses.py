"""A logit lens made with numpy alone, from random logits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import LogitLens


def random_lens(
    tokens: Sequence[str],
    *,
    layers: int = 2,
    norms: tuple[str, ...] = ("own", "final"),
    vocabulary: int = 200,
    top: int = 3,
    labels: Sequence[str] | None = None,
    seed: int = 0,
) -> tuple[LogitLens, np.ndarray]:
    """The lens, and the whole log probabilities [norm, row, position, vocabulary] that it was made from."""
    generator = np.random.default_rng(seed)
    rows = ["embedding"] + [f"{layer}.{part}" for layer in range(layers) for part in ("attn", "mlp")]
    shape = (len(norms), len(rows), len(tokens), vocabulary)
    final = generator.normal(size=shape[2:]) * 3
    share = np.linspace(0, 1, len(rows))[None, :, None, None]
    logits = final * share + generator.normal(size=shape) * 3 * (1 - share)
    log_prob = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    order = log_prob.argsort(-1)[..., ::-1]
    rank = order.argsort(-1)
    next_token = np.append(generator.integers(0, vocabulary, len(tokens) - 1), -1).astype(np.int32)
    found = [
        np.unique(np.append(order[:, :, position, :top], token))[int(token < 0) :]
        for position, token in enumerate(next_token)
    ]
    width = max(map(len, found))
    candidates = np.stack([np.pad(ids, (0, width - len(ids)), constant_values=-1) for ids in found]).astype(np.int32)
    at = np.broadcast_to(candidates, (*shape[:3], width))
    held = at >= 0
    names = labels or [f" w{token}" for token in range(vocabulary)]
    lens = LogitLens(
        norms=norms,
        rows=tuple(rows),
        row_layer=np.array([-1] + [layer for layer in range(layers) for _ in range(2)], np.int32),
        candidates=candidates,
        log_prob=np.where(held, np.take_along_axis(log_prob, at.clip(0), -1), np.nan).astype(np.float32),
        rank=np.where(held, np.take_along_axis(rank, at.clip(0), -1), -1).astype(np.int32),
        entropy=-(np.exp(log_prob) * log_prob).sum(-1).astype(np.float32),
        kl=(np.exp(log_prob[0, -1]) * (log_prob[0, -1] - log_prob)).sum(-1).clip(0).astype(np.float32),
        next_token=next_token,
        vocabulary={token: names[token] for token in range(vocabulary)},
        tokens=tuple(tokens),
        top=top,
    )
    return lens, log_prob
