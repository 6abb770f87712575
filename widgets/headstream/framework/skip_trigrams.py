"""Skip-trigrams of a head, ranked by what happens on a text or by its weights alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.circuits import checked_head, checked_runs, described, ov_circuit, qk_circuit
from headstream.framework.weights import LowRank
from headstream.models.labels import labels
from headstream.models.runs import Run, to_numpy
from headstream.results import SkipTrigrams
from headstream.results.skip_trigrams import RANKED

with needs_lessons():
    import torch
    from torch import Tensor

_SOURCES = 256  # at once


@torch.no_grad()
def skip_trigrams(
    runs: Run | list[Run], layer: int, head: int, *, top: int = 100, ranked: str = "on text"
) -> SkipTrigrams:
    """What a head does for the tokens that come next on a text: source … present, next.

    Of every position and every earlier one but the first, the head's attention times the entry of its OV circuit (less
    the mean over the vocabulary) for the token that indeed comes next, added up over all places of the same three
    tokens: what the head's token part adds, in nats for 1,000 positions, to those tokens' logits.

    ranked: "on text", by this; "by weights", by QK × OV over all threes of tokens of the text: what the weights alone
        would do, whether it happens or not. Most of it never does, its count is 0: neither weight knows what text is
        like, and attention is shared among what stands there.
    """
    runs = checked_runs("runs", runs)
    model, top = runs[0].model, checks.whole("top", top, 1)
    checks.choice("ranked", ranked, RANKED)
    layer, head = checked_head(model, layer, head)
    ov = ov_circuit(model, layer, head)
    found, contribution, count = _on_text(ov, runs, layer, head)
    if ranked == "on text":
        best = np.argsort(-contribution, kind="stable")[:top]
        threes, contribution, count = found[best], contribution[best], count[best]
        score = contribution
    else:
        tokens = np.unique(np.concatenate([run.token_ids[1:] for run in runs]))
        threes, score = _by_weights(qk_circuit(model, layer, head), ov, tokens, top)
        at = {tuple(three): place for place, three in enumerate(found.tolist())}
        places = [at.get(tuple(three), -1) for three in threes.tolist()]
        contribution, count = (np.append(values, 0)[places].astype(values.dtype) for values in (contribution, count))
    ids = np.unique(threes).tolist()
    source, present, following = threes.astype(np.int32).T.copy()
    return SkipTrigrams(
        layer=layer,
        head=head,
        ranked=ranked,
        source=source,
        present=present,
        next=following,
        score=score,
        contribution=contribution,
        count=count,
        text=described(runs),
        vocabulary=dict(zip(ids, labels(model.tokenizer, ids), strict=True)),
    )


def _on_text(ov: LowRank, runs: list[Run], layer: int, head: int) -> tuple[Any, Any, Any]:
    """The threes [three, 3] that occur, their contributions float32, and their counts int32."""
    threes, brought, positions = [], [], 0
    for run in runs:
        pattern = run.cache[f"blocks.{layer}.attn.hook_pattern"][head].float()
        ids, following = run.token_ids[:-1], run.token_ids[1:]
        entries = (ov.left[ids] @ ov.right[:, following]).T * pattern[:-1, :-1]  # [query, key]
        query, key = np.tril_indices(len(ids), -1)
        query, key = query[key > 0], key[key > 0]
        threes.append(np.stack([ids[key], ids[query], following[query]], 1))
        brought.append(to_numpy(entries)[query, key])
        positions += len(ids)
    size = ov.shape[0]
    code = np.concatenate(threes) @ np.array([size * size, size, 1])
    found, first, at, count = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
    contribution = np.bincount(at, np.concatenate(brought), len(found)) * 1000 / positions
    return np.concatenate(threes)[first], contribution.astype(np.float32), count.astype(np.int32)


def _by_weights(qk: LowRank, ov: LowRank, tokens: Any, top: int) -> tuple[Any, Any]:
    """The threes [three, 3] of largest QK × OV among some tokens, and the products.

    Of one source only the i-th best present token with the j-th best next one, i · j ≤ top, can be among the best.
    """
    ranks = [(i, j) for i in range(min(top, len(tokens))) for j in range(min(top // (i + 1), len(tokens)))]
    i, j = torch.tensor(ranks).T
    queries, keys = qk.left[tokens], qk.right[:, tokens]
    keys = keys - keys.mean(1, keepdim=True)
    threes, scores = np.zeros((0, 3), np.int64), np.zeros(0, np.float32)
    for start in range(0, len(tokens), _SOURCES):
        source = tokens[start : start + _SOURCES]
        looked_for, present = _first(keys.T[start : start + _SOURCES] @ queries.T, top)
        written, following = _first(ov.left[source] @ ov.right[:, tokens], top)
        product = to_numpy(looked_for[:, i] * written[:, j])
        best = np.argsort(-product, axis=None, kind="stable")[:top]
        row, pair = np.unravel_index(best, product.shape)
        here = (source[row], tokens[present[row, i[pair]]], tokens[following[row, j[pair]]])
        threes, scores = np.concatenate([threes, np.stack(here, 1)]), np.append(scores, product[row, pair])
        best = np.argsort(-scores, kind="stable")[:top]
        threes, scores = threes[best], scores[best]
    return threes[scores > 0], scores[scores > 0]


def _first(rows: Tensor, top: int) -> tuple[Tensor, Any]:
    """The `top` largest of each row, with what is negative set to 0, and where they stand."""
    found = rows.topk(min(top, rows.shape[1]))
    return found.values.clamp(min=0), found.indices.numpy(force=True)
