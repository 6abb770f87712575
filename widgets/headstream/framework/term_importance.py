"""How much the paths of each order lower the loss: the paper's algorithm, on patterns and norms' scales frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.paths import carried
from headstream.framework.residual import check_sum
from headstream.framework.stream import components, final_norm, final_stream, mlp_write, output_bias, pattern
from headstream.framework.weights import unembedding
from headstream.models.labels import labels
from headstream.models.runs import Run, checked_run, to_numpy
from headstream.results.term_importance import Switches, Term, TermImportance, group_index, group_names, rows

with needs_lessons():
    import torch
    from torch import Tensor

ALL_SETTINGS = 4  # layers up to which every setting of the groups is computed
_NUMBERS = 1 << 24  # logits at once


@torch.no_grad()
def term_importance(runs: Run | Sequence[Run], *, seed: int = 0) -> TermImportance:
    """How much the paths of each order lower the mean loss over one or several runs of a model.

    The paper saves all patterns, then runs the model with patterns frozen and what heads write replaced by zero, saving
    what they would have written; then by what was saved, which is order 1; and so on. Here each order's paths are added
    up in one pass instead, which gives the same: with patterns and LayerNorms' scales frozen at what the model used,
    a head is linear, and what the layers make of the paths of order k are those of order k + 1. Order n_layers is the
    model itself.

    An MLP is not linear: what it wrote is frozen too, and starts paths of its own, so that order 0 holds it. What heads
    add whatever they read (b_V W_O) is of order 1; b_O and b_out are of order 0.

    runs: as `hs.pages` gives. seed: of the null, in which each row of every pattern is shuffled among the keys that its
    query may see: a head reads as evenly or as sharply as before, but from no place of its choice.

    For models of up to 4 layers every setting of the groups is computed, 2^(2 layers); for deeper ones those of the
    table. The result holds d_model float32 numbers a term and position: 60 MB for 8 pages of 256 tokens in a model of
    two layers of 8 heads.

    Errors: ValueError for no runs, for runs of different models or of one token, and for a model that does more than
    add heads, MLPs and biases to its stream and read it through one LayerNorm.
    """
    runs = [runs] if isinstance(runs, Run) else checks.items("runs", runs, "a run or a list of runs")
    _check_runs(runs)
    model, layers = runs[0].model, runs[0].model.cfg.n_layers
    table = rows(layers)
    settings = _all_settings(layers) if layers <= ALL_SETTINGS else np.unique(table, axis=0)
    generator = torch.Generator().manual_seed(seed)
    writes, losses, null = [], [], []
    for run in runs:
        found = _after_norm(run, written_by_terms(run))
        _check_whole(run, found)
        writes.append(to_numpy(found[:, :-1]))
        losses.append(_losses(run, found, settings))
        shuffled = [shuffled_pattern(pattern(run, layer), generator) for layer in range(layers)]
        null.append(_losses(run, _after_norm(run, written_by_terms(run, shuffled)), table))
    ids = np.concatenate([run.token_ids[1:] for run in runs]).astype(np.int32)
    norm, (w_u, b_u) = final_norm(runs[0]), unembedding(model)
    return TermImportance(
        model=runs[0].name,
        layers=layers,
        terms=terms(runs[0]),
        writes=np.concatenate(writes, 1),
        unembed=to_numpy(w_u),
        offset=to_numpy(norm.bias @ w_u + b_u),
        next=ids,
        tokens=tuple(token for run in runs for token in run.tokens[:-1]),
        next_tokens=labels(model.tokenizer, ids),
        settings=settings,
        losses=np.concatenate(losses, 1),
        null=np.concatenate(null, 1).mean(1, dtype=np.float64).astype(np.float32),
    )


def terms(run: Run) -> tuple[Term, ...]:
    """The terms of a run's model, order after order."""
    layers, heads = run.model.cfg.n_layers, run.model.cfg.n_heads
    starts = [part for part in components(run) if part.kind in ("embed", "pos_embed", "mlp", "bias")]
    return (
        *(Term(0, start.kind, start.layer) for start in starts),
        *(Term(1, "head", layer, head) for layer in range(layers) for head in range(heads)),
        *(Term(order, "virtual") for order in range(2, layers + 1)),
    )


@torch.no_grad()
def written_by_terms(run: Run, patterns: Sequence[Tensor] | None = None) -> Tensor:
    """[term, position, d_model] float32: what each of `terms` leaves in the final residual stream.

    patterns: [head, query, key] for each layer; None takes the run's own.
    """
    layers = checked_run(run).model.cfg.n_layers
    zero = torch.zeros_like(final_stream(run))
    starts = [run.cache[f"hook_{kind}"].float() for kind in ("embed", "pos_embed") if f"hook_{kind}" in run.cache]
    orders = [sum(starts, zero), *(zero for _ in range(layers))]  # what stands in the stream so far, by order
    heads = []
    for layer in range(layers):
        through, constant = carried(run, layer, None if patterns is None else patterns[layer])
        own = through(orders[0]) + constant[:, None]
        heads += [*own]
        later = [own.sum(0), *(through(x).sum(0) for x in orders[1:-1])]
        orders[1:] = [x + y for x, y in zip(orders[1:], later, strict=True)]
        b_o = run.model.blocks[layer].attn.b_O
        orders[0] = orders[0] if b_o is None else orders[0] + b_o.float()
        if f"blocks.{layer}.hook_mlp_out" in run.cache:
            starts.append(mlp_write(run, layer))
            orders[0] = orders[0] + run.cache[f"blocks.{layer}.hook_mlp_out"].float()
    return torch.stack([*starts, zero + output_bias(run), *heads, *orders[2:]])


def _after_norm(run: Run, writes: Tensor) -> Tensor:
    norm = final_norm(run)
    return norm.centre(writes) / norm.scale * norm.weight


def shuffled_pattern(a: Tensor, generator: torch.Generator) -> Tensor:
    """[head, query, key]: each row's weights in another order, a random one, among the keys up to the query."""
    place = torch.rand(a.shape, generator=generator).to(a.device)
    place = place.masked_fill(torch.ones_like(a, dtype=torch.bool).triu(1), 2)
    return a.gather(-1, place.argsort(-1))


def _losses(run: Run, writes: Tensor, settings: Switches) -> np.ndarray:
    """[setting, position] float32, nats, for writes after the final norm, [term, position, d_model]."""
    layers, (w_u, b_u), norm = run.model.cfg.n_layers, unembedding(run.model), final_norm(run)
    groups = writes.new_zeros(len(group_names(layers)), *writes.shape[1:])
    groups.index_add_(0, torch.tensor([group_index(term, layers) for term in terms(run)]).to(writes.device), writes)
    ids = torch.from_numpy(run.token_ids[1:]).to(writes.device)
    on = torch.from_numpy(settings).to(writes)
    found = writes.new_empty(len(settings), len(ids))
    for positions, chosen in _blocks(len(ids), len(settings), w_u.shape[1]):
        logits = groups[:, :-1][:, positions] @ w_u
        logits[0] += norm.bias @ w_u + b_u
        mixed = (on[chosen] @ logits.flatten(1)).view(-1, *logits.shape[1:])
        true = mixed.gather(-1, ids[None, positions, None].expand(len(mixed), -1, 1))[..., 0]
        found[chosen, positions] = mixed.logsumexp(-1) - true
    return to_numpy(found)


def _blocks(positions: int, settings: int, size: int) -> Iterator[tuple[slice, slice]]:
    """Positions and settings in blocks, so that what is of the vocabulary's size is held for a few at once."""
    few = min(settings, 16)
    step = max(1, _NUMBERS // (few * size))
    for start, first in product(range(0, positions, step), range(0, settings, few)):
        yield slice(start, start + step), slice(first, first + few)


def _all_settings(layers: int) -> Switches:
    return np.array(list(product([False, True], repeat=len(group_names(layers)))))


def _check_runs(runs: Sequence[Run]) -> None:
    if not runs:
        raise ValueError("runs: expected at least one run, got none")
    for number, run in enumerate(runs):
        if checked_run(run).model is not runs[0].model:
            raise ValueError(f"runs: expected one model, got {runs[0].name} in run 0 and another in run {number}")
        if len(run.tokens) < 2:
            raise ValueError(f"runs: expected at least 2 tokens, the second to be predicted, got 1 in run {number}")


def _check_whole(run: Run, writes: Tensor) -> None:
    """The terms add up to the logit of the token that follows, at every position."""
    (w_u, b_u), norm = unembedding(run.model), final_norm(run)
    ids = torch.from_numpy(run.token_ids[1:]).to(writes.device)
    offset = norm.bias @ w_u + b_u
    logits = (writes.sum(0)[:-1] * (w_u[:, ids] - w_u.mean(1, keepdim=True)).T).sum(1) + offset[ids] - offset.mean()
    own = run.logits[:-1].gather(1, ids[:, None])[:, 0] - run.logits[:-1].mean(1)
    check_sum(run, "logit of the token that follows", (logits - own).abs().max(), run.logits.abs().max())
