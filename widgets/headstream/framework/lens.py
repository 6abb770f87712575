"""The logit lens: the prediction that the model's own output layer reads off the stream before the model is done."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.stream import FrozenNorm, final_norm, final_stream, tolerance, vocabulary
from headstream.framework.weights import unembedding
from headstream.models.runs import Run, checked_run
from headstream.results import Floats, Ints, LogitLens

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

Scalar = TypeVar("Scalar", np.float32, np.int32)

_BLOCK = 2**24  # numbers held at once as [norm, row, position in the block, d_vocab] float32: 67 MB


@torch.no_grad()
def logit_lens(run: Run, *, top: int = 5, also: npt.ArrayLike | None = None) -> LogitLens:
    """Read every row of the stream through the final LayerNorm and the unembedding: softmax(LN(r) W_U + b_U).

    Rows are the stream after the embedding (positions included), after each attention and after each MLP. In a model
    whose blocks run attention and MLP side by side, the row after attention holds what the attention alone added. The
    last row is the run's own logits. A model with LayerNorm is read twice: the scale that divides a row is its "own",
    or the "final" one of the last row.

    top: how many best tokens of every row and norm become candidates. They stand in the order of the last row, best
    first. Of equally probable candidates the lower id ranks higher, so each of the ranks 0 to top - 1 of a cell is held
    by one candidate.
    also: [position], a token id at each position that becomes a candidate too, such as another lens' `final`.

    Works through blocks of positions: beside the result and copies of the stream it holds about 100 MB, whatever the
    number of positions (more only where norms x rows x d_vocab, which is one position, is above 16 million).

    Raises ValueError for a `top` below 1 or above the vocabulary, and for a model whose logits are not this function of
    its stream (capped or rescaled logits): more than 1e-4 of the largest |logit| off, in half precision four roundings.
    """
    d_vocab, size = checked_run(run).logits.shape[1], len(run.tokens)
    top = checks.whole("top", top, 1, d_vocab)
    rows, row_layer, stream = _rows(run)
    next_token = np.append(run.token_ids[1:], -1).astype(np.int32)
    wanted = next_token[:, None]
    if also is not None:
        asked = checks.whole_numbers("also", also)
        checks.shape("also", asked, (size,), "position")
        ids = [
            checks.whole(f"also: token id at position {at}", i, 0, d_vocab - 1) for at, i in enumerate(asked.tolist())
        ]
        wanted = np.stack([next_token, np.array(ids, np.int32)], 1)
    norm = final_norm(run)
    w_u, b_u = unembedding(run.model)
    constant = norm.bias @ w_u + b_u
    stream = norm.centre(stream)
    scales = _scales(run, norm, stream)

    step = min(size, max(1, _BLOCK // (len(scales) * len(rows) * d_vocab)))
    # One buffer for all blocks: fresh ones of this size would leave holes in the heap that add up to gigabytes.
    buffer = stream.new_empty(len(scales) * len(rows) * step * d_vocab)
    blocks = []
    for start in range(0, size, step):
        at = slice(start, start + step)
        here = stream[:, at] * norm.weight
        shape = (len(scales), *here.shape[:2], d_vocab)
        log_prob = buffer[: math.prod(shape)].view(shape)
        torch.mm(here.flatten(0, 1), w_u, out=log_prob[0].flatten(0, 1))
        _to_log_prob(log_prob, scales[:, :, at], constant, run.logits[at], tolerance(run, 1e-4, 4))
        found = _candidates(log_prob, top, wanted[at])
        blocks.append((*_at_candidates(log_prob, found), *_divergences(log_prob)))

    candidates, log_probs, ranks, entropy, kl = zip(*blocks, strict=True)
    width = max(block.shape[1] for block in candidates)
    return LogitLens(
        norms=("none",) if norm.kind is None else ("own", "final"),
        rows=rows,
        row_layer=row_layer,
        candidates=np.concatenate([_pad(block, width, -1) for block in candidates]),
        log_prob=np.concatenate([_pad(block, width, np.nan) for block in log_probs], axis=2),
        rank=np.concatenate([_pad(block, width, -1) for block in ranks], axis=2),
        entropy=np.concatenate(entropy, axis=2),
        kl=np.concatenate(kl, axis=2),
        next_token=next_token,
        vocabulary=vocabulary(run, np.concatenate([block.ravel() for block in candidates])),
        tokens=run.tokens,
        top=top,
        token_ids=run.token_ids,
    )


@torch.no_grad()
def lens_ranks(model: TransformerBridge, streams: Tensor, token_ids: Tensor) -> Tensor:
    """[..., position]: how many tokens have a larger logit than `token_ids` [position], where `streams`
    [..., position, d_model], which may come from anywhere, are read through the model's final norm and unembedding.
    """
    w_u, b_u = unembedding(model)
    ranks = []
    for stream in streams.reshape(-1, *streams.shape[-2:]):  # one row's logits at a time
        logits = model.ln_final(stream) @ w_u + b_u
        ranks.append((logits > logits.gather(-1, token_ids[:, None])).sum(-1))
    return torch.stack(ranks).view(streams.shape[:-1])


def _rows(run: Run) -> tuple[tuple[str, ...], Ints, Tensor]:
    """Labels, layers, and the stream [row, position, d_model]."""
    cache, names, layers, stream = run.cache, ["embedding"], [-1], []
    for layer in range(run.model.cfg.n_layers):
        before = cache[f"blocks.{layer}.hook_resid_pre"].float()
        stream.append(before)
        names.append(f"{layer}.attn")
        layers.append(layer)
        if f"blocks.{layer}.hook_resid_mid" in cache:
            stream.append(cache[f"blocks.{layer}.hook_resid_mid"].float())
        elif f"blocks.{layer}.hook_mlp_out" in cache:  # side by side
            stream.append(before + cache[f"blocks.{layer}.hook_attn_out"].float())
        if f"blocks.{layer}.hook_mlp_out" in cache:
            names.append(f"{layer}.mlp")
            layers.append(layer)
    stream.append(final_stream(run))
    return tuple(names), np.array(layers, np.int32), torch.stack(stream)


def _scales(run: Run, norm: FrozenNorm, centred: Tensor) -> Tensor:
    """[norm, row, position, 1]: what divides a centred row, "own" and "final"; only ones without LayerNorm."""
    final = norm.scale.expand(len(centred), -1, -1)
    if norm.kind is None:
        return final[None]
    own = (centred.square().mean(-1, keepdim=True) + run.model.cfg.eps).sqrt()
    return torch.stack([own, final])


def _to_log_prob(log_prob: Tensor, scales: Tensor, constant: Tensor, exact: Tensor, allowed: float) -> None:
    """Turn [norm, row, position, d_vocab], where the first norm holds the products with W_U, into log probabilities in
    place.

    exact: the run's logits, which are the last row. allowed: how far what is read may be from them, over the largest.
    The norms differ by one number for each row and position, so one product serves both.
    """
    products = log_prob[0]
    error = (products[-1] / scales[-1, -1] + constant - exact).abs().max()
    if not error <= allowed * exact.abs().max():
        raise ValueError(
            f"the model's logits are not its final stream read through LayerNorm and W_U (off by {error:.2g}):"
            " a model that caps or rescales its logits cannot be read with this lens."
        )
    for norm, row in reversed(list(np.ndindex(log_prob.shape[:2]))):  # the first norm last, for it holds the products
        last = row == log_prob.shape[1] - 1
        logits = exact if last else products[row] / scales[norm, row] + constant
        log_prob[norm, row] = logits.log_softmax(-1)


def _candidates(log_prob: Tensor, top: int, wanted: Ints) -> Ints:
    """[position, candidate]: the top tokens of every norm and row with those wanted [position, token], lowest id first,
    then -1.
    """
    best = log_prob.topk(top, dim=-1).indices.permute(2, 0, 1, 3).flatten(1).numpy(force=True)
    found = [np.unique(np.append(ids, some)) for ids, some in zip(best, wanted, strict=True)]
    found = [ids[ids >= 0].astype(np.int32) for ids in found]
    width = max(map(len, found))
    return np.stack([_pad(ids, width, -1) for ids in found])


def _at_candidates(log_prob: Tensor, candidates: Ints) -> tuple[Ints, Floats, Ints]:
    """The candidates in the order of the last row; their log probability and rank, [norm, row, position, candidate]."""
    ids = torch.from_numpy(candidates).to(log_prob.device).long()
    missing = ids < 0
    chosen = log_prob.gather(-1, ids.clamp(min=0).expand(*log_prob.shape[:2], -1, -1)).masked_fill(missing, -torch.inf)
    # A rank is how many tokens are more probable, and how many equally probable candidates have a lower id. The second
    # number is the place among the candidates, where a stable sort keeps the order of ids, less how many candidates are
    # more probable.
    place = chosen.argsort(dim=-1, descending=True, stable=True).argsort(-1)
    rank = _more_probable(log_prob, chosen) + place - _more_probable(chosen, chosen)
    order = rank[0, -1].masked_fill(missing, log_prob.shape[-1]).argsort(-1)
    everywhere = order.expand_as(rank)
    return (
        ids.gather(-1, order).int().numpy(force=True),
        chosen.masked_fill(missing, torch.nan).gather(-1, everywhere).numpy(force=True),
        rank.masked_fill(missing, -1).gather(-1, everywhere).int().numpy(force=True),
    )


def _more_probable(log_prob: Tensor, chosen: Tensor) -> Tensor:
    """How many of `log_prob` [..., n] are above each of `chosen` [..., candidate]."""
    found = torch.empty_like(chosen, dtype=torch.long)

    def count(index: tuple[int, ...]) -> None:
        rising = torch.from_numpy(np.sort(log_prob[index].numpy(force=True), axis=-1))  # nine times as fast as torch's
        found[index] = log_prob.shape[-1] - torch.searchsorted(rising, chosen[index].cpu(), right=True)

    with ThreadPoolExecutor(torch.get_num_threads()) as pool:  # numpy sorts on one core
        list(pool.map(count, np.ndindex(log_prob.shape[:2])))
    return found


def _divergences(log_prob: Tensor) -> tuple[Floats, Floats]:
    """Entropy and KL(last row ‖ row), [norm, row, position], nats."""
    entropy = log_prob.new_empty(log_prob.shape[:3])
    kl = torch.empty_like(entropy)
    for index in np.ndindex(log_prob.shape[:2]):
        row, last = log_prob[index], log_prob[0, -1]
        entropy[index] = -(row.exp() * row).sum(-1)
        kl[index] = (last.exp() * (last - row)).sum(-1).clamp(min=0)  # rounding can leave -1e-8
    return entropy.numpy(force=True), kl.numpy(force=True)


def _pad(array: npt.NDArray[Scalar], width: int, fill: float) -> npt.NDArray[Scalar]:
    """The last axis filled up to `width`."""
    return np.pad(array, [(0, 0)] * (array.ndim - 1) + [(0, width - array.shape[-1])], constant_values=fill)
