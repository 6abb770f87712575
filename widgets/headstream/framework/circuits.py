"""A head's QK and OV circuits in token space: what is largest in the weights, and what matters on a text.

A circuit holds what goes by the tokens themselves, straight from the embedding and straight to the unembedding: not
what comes by positions or earlier heads. Of d_vocab² numbers at most `_ROWS` rows are held at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.weights import LowRank, checked_circuits, full_ov, full_qk, head_weights, positions
from headstream.models.labels import labels
from headstream.models.runs import Run, checked_model, checked_run, to_numpy
from headstream.results import Circuit, Entries, Floats
from headstream.results.circuit import KINDS

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

_ROWS = 256


@torch.no_grad()
def circuit(
    model: TransformerBridge,
    layer: int,
    head: int,
    kind: str = "ov",
    *,
    text: Run | list[Run] | None = None,
    top: int = 200,
    blocks: int = 64,
) -> Circuit:
    """One head's circuit in token space, its `top` largest entries by weights and on a text.

    kind: "ov", W_E W_V W_O W_U less the mean over the vocabulary of each row, for a constant added to all logits
        changes nothing; "qk", W_E W_Q W_Kᵀ W_Eᵀ / √d_head, without biases, and where positions are rotary at
        distance 0.
    text: a run or a list of runs of this model, such as `hs.pages(model)`, on which entries are ranked too (see
        `Circuit`). The first position of each is no source: heads rest there when they have nothing to do, and what
        they write then is the same at every position.
    blocks: into how many runs of ids the vocabulary is cut for the overview.

    Errors: IndexError for a head that the model does not have; ValueError for runs of another model, and for a model
    that norms, scales or caps something on the way.
    """
    checks.choice("kind", kind, KINDS)
    top, blocks = checks.whole("top", top, 1), checks.whole("blocks", blocks, 1)
    layer, head = checked_head(model, layer, head)
    d_vocab = model.cfg.d_vocab
    runs = None if text is None else checked_runs("text", text, model)
    low = ov_circuit(model, layer, head) if kind == "ov" else qk_circuit(model, layer, head)
    by_weights, overview = _scan(low, min(top, d_vocab**2), min(blocks, d_vocab))
    on_text = None
    if runs is not None:
        on_text = (_ov_on_text if kind == "ov" else _qk_on_text)(low, runs, layer, head, top)
    return Circuit(
        kind=kind,
        layer=layer,
        head=head,
        left=to_numpy(low.left),
        right=to_numpy(low.right),
        by_weights=by_weights,
        on_text=on_text,
        text="" if runs is None else described(runs),
        blocks=overview,
        by_distance=None if kind == "ov" else _by_distance(model, layer, head),
        vocabulary=labels(model.tokenizer, range(d_vocab)),
    )


def ov_circuit(model: TransformerBridge, layer: int, head: int) -> LowRank:
    """`full_ov`, each row less its mean over the vocabulary."""
    low = full_ov(checked_circuits(model, "ov"), layer, head)
    return LowRank(low.left, low.right - low.right.mean(1, keepdim=True))


def qk_circuit(model: TransformerBridge, layer: int, head: int) -> LowRank:
    """`full_qk` / √d_head: how much of the attention score the two tokens make."""
    low = full_qk(checked_circuits(model, "qk"), layer, head)
    return LowRank(low.left / model.cfg.d_head**0.5, low.right)


def checked_runs(name: str, given: Any, model: TransformerBridge | None = None) -> list[Run]:
    """A run or a list of them, all of one model."""
    runs = [given] if isinstance(given, Run) else checks.items(name, given, "a run or a list of runs")
    if not runs:
        raise ValueError(f"{name}: expected at least one run, got none")
    model = checked_run(runs[0]).model if model is None else model
    for run in runs:
        if checked_run(run).model is not model:
            raise ValueError(f"{name}: expected runs of the model {model.cfg.model_name}, got one of {run.name}")
        if len(run.tokens) < 2:
            raise ValueError(f"{name}: expected runs of 2 tokens or more, got one of {len(run.tokens)}")
    return runs


def described(runs: list[Run]) -> str:
    """Such as "8 texts of 256 tokens"."""
    sizes = sorted({len(run.tokens) for run in runs})
    of = f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
    return f"{len(runs)} text{'s' if len(runs) > 1 else ''} of {of} tokens"


def checked_head(model: TransformerBridge, layer: int, head: int) -> tuple[int, int]:
    """Both from 0. Errors: IndexError for a head that the model does not have."""
    cfg = checked_model(model).cfg
    return checks.index("layer", layer, cfg.n_layers), checks.index("head", head, cfg.n_heads)


def _ov_on_text(low: LowRank, runs: list[Run], layer: int, head: int, top: int) -> Entries:
    """Attention times entry for the token that comes next, added up over the places of the same two tokens."""
    pairs, brought = [], []
    for run, pattern in zip(runs, _patterns(runs, layer, head), strict=True):
        ids, following = run.token_ids[1:-1], run.token_ids[2:]
        query, key = np.tril_indices(len(ids))
        added = pattern[:-1, :-1] * (low.left[ids] @ low.right[:, following]).T
        pairs.append((ids[key], following[query]))
        brought.append(to_numpy(added)[query, key])
    return _added_up(low, pairs, brought, sum(len(run.tokens) - 2 for run in runs), top)


def _qk_on_text(low: LowRank, runs: list[Run], layer: int, head: int, top: int) -> Entries:
    """The attention that pairs of tokens get, added up over their places."""
    pairs, weights = [], []
    for run, pattern in zip(runs, _patterns(runs, layer, head), strict=True):
        query, key = np.tril_indices(len(pattern))
        pairs.append((run.token_ids[1:][query], run.token_ids[1:][key]))
        weights.append(to_numpy(pattern)[query, key])
    return _added_up(low, pairs, weights, sum(len(run.tokens) - 1 for run in runs), top)


def _added_up(low: LowRank, pairs: list[Any], numbers: list[Any], positions: int, top: int) -> Entries:
    """Entries ranked by their numbers, added up over all places of the same pair and averaged over positions."""
    row, column = (np.concatenate(side) for side in zip(*pairs, strict=True))
    codes, at = np.unique(row * low.shape[1] + column, return_inverse=True)
    score = np.bincount(at, np.concatenate(numbers), len(codes)) / max(positions, 1)
    best = np.argsort(-np.abs(score), kind="stable")[:top]
    rows, columns = np.divmod(codes[best], low.shape[1])
    value = _at(low, rows, columns)
    return Entries(rows.astype(np.int32), columns.astype(np.int32), value, score[best].astype(np.float32))


def _patterns(runs: list[Run], layer: int, head: int) -> Iterator[Tensor]:
    """[query, key] of each run, both from position 1 on."""
    for run in runs:
        pattern: Tensor = run.cache[f"blocks.{layer}.attn.hook_pattern"][head, 1:, 1:].float()
        yield pattern


def _at(low: LowRank, rows: Any, columns: Any) -> Floats:
    """Single entries."""
    return to_numpy((low.left[rows] * low.right.T[columns]).sum(1))


def _scan(low: LowRank, top: int, blocks: int) -> tuple[Entries, Floats]:
    """The `top` entries of largest |value|, and [block, block] the entry of largest |value| in each block."""
    n, m = low.shape
    edges = [int(part[0]) for part in np.array_split(np.arange(m), blocks)]
    overview = np.zeros((min(n, blocks), blocks), np.float32)
    value, place = low.left.new_zeros(0), torch.zeros(0, dtype=torch.long, device=low.left.device)
    for block, rows in enumerate(np.array_split(np.arange(n), len(overview))):
        high, least = np.full(m, -np.inf, np.float32), np.full(m, np.inf, np.float32)
        for start in range(int(rows[0]), int(rows[-1]) + 1, _ROWS):
            part = low.left[start : min(start + _ROWS, int(rows[-1]) + 1)] @ low.right
            high = np.maximum(high, to_numpy(part.amax(0)))
            least = np.minimum(least, to_numpy(part.amin(0)))
            value, place = _best(part, start, top, value, place)
        high, least = np.maximum.reduceat(high, edges), np.minimum.reduceat(least, edges)
        overview[block] = np.where(high >= -least, high, least)
    row, column = np.divmod(place.numpy(force=True), m)
    entries = to_numpy(value)
    return Entries(row.astype(np.int32), column.astype(np.int32), entries, entries), overview


def _best(part: Tensor, start: int, top: int, value: Tensor, place: Tensor) -> tuple[Tensor, Tensor]:
    """The best entries so far and those of some further rows, again the `top` best: their values and places."""
    threshold = float(value[-1].abs()) if len(value) == top else -1.0
    rows = (torch.maximum(part.amax(1), -part.amin(1)) > threshold).nonzero()[:, 0]
    if not len(rows):
        return value, place
    few = part[rows] if len(rows) < len(part) else part
    at = few.abs().flatten().topk(min(top, few.numel())).indices
    value = torch.cat([value, few.flatten()[at]])
    columns = part.shape[1]
    place = torch.cat([place, (rows[at // columns] + start) * columns + at % columns])
    order = value.abs().argsort(descending=True, stable=True)[:top]
    return value[order], place[order]


def _by_distance(model: TransformerBridge, layer: int, head: int) -> Floats | None:
    """[distance]: the mean position × position score of all places so far apart."""
    places = positions(model)
    if places is None:
        return None
    weights, size = head_weights(model, layer, head), len(places)
    queries, keys = places @ weights.W_Q / model.cfg.d_head**0.5, places @ weights.W_K
    total = torch.zeros(size, dtype=torch.float64, device=places.device)
    for start in range(0, size, _ROWS):
        scores = (queries[start : start + _ROWS] @ keys.T).double()
        at = torch.arange(size, device=places.device)
        distance = at[start : start + _ROWS, None] - at
        total.index_add_(0, distance[distance >= 0], scores[distance >= 0])
    return to_numpy(total / torch.arange(size, 0, -1, device=places.device))
