"""The logit lens: the prediction that the model's own output layer reads off the stream before the model is done."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.lens_cells import from_cells, padded
from headstream.framework.reductions import best_ids, divergences, lens_blocks, lens_cells
from headstream.framework.stream import vocabulary
from headstream.framework.weights import unembedding
from headstream.models.patterns import MOST_SENT
from headstream.models.run_sources import Found
from headstream.models.runs import Run, checked_run
from headstream.results import Floats, Ints, LogitLens

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

    from headstream.models.run_sources import Activations, Shape, Weight

_PACKED = 7  # bytes of a token and its log probability, of 8: ids are small
# Of some positions: candidates, log_prob, rank, entropy and kl.
_Block = tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]
_SAME = 1e-3  # nats; a text that is longer is rounded in another way
_BLOCK = 2**24  # numbers held at once as [norm, row, position in the block, d_vocab] float32: 67 MB


@torch.no_grad()
def logit_lens(
    run: Run, *, top: int = 5, also: npt.ArrayLike | None = None, positions: range | None = None
) -> LogitLens:
    """Read every row of the stream through the final LayerNorm and the unembedding: softmax(LN(r) W_U + b_U).

    Rows are the stream after the embedding (positions included), after each attention and after each MLP. In a model
    whose blocks run attention and MLP side by side, the row after attention holds what the attention alone added. The
    last row is the run's own logits. A model with LayerNorm is read twice: the scale that divides a row is its "own",
    or the "final" one of the last row. Where the model caps its logits, every row's are capped alike.

    top: how many best tokens of every row and norm become candidates. They stand in the order of the last row, best
    first. Of equally probable candidates the lower id ranks higher, so each of the ranks 0 to top - 1 of a cell is held
    by one candidate.
    also: [position], a token id at each position that becomes a candidate too, such as another lens' `final`.
    positions: those read, one after another, such as range(3840, 4096) of a long prompt; None for all. The result has
    their tokens alone, and tells in `first` where they begin.

    Works through blocks of positions: beside the result and the rows of the stream, in the model's own precision and
    each where it was made, it holds about 100 MB, whatever the number of positions (more only where norms x rows x
    d_vocab, which is one position, is above 16 million). Where the run is elsewhere, only each cell's top tokens, the
    final prediction, the next token and `also` come back; of other candidates a bound is known (see `LogitLens`).

    Raises ValueError for a `top` below 1 or above the vocabulary; for positions that the prompt does not have; where
    more than 5 MB would cross a network; and for a model whose logits are not this function of its stream (rescaled
    logits): more than 1e-4 of the largest |logit| off, in half precision four roundings. TypeError for positions that
    are no range.
    """
    return finished(lens_steps(run, top=top, also=also, positions=positions))


def finished(steps: Generator[float, None, Found]) -> Found:
    """What a generator returns, once all its steps are made."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Found = end.value
            return found


@torch.no_grad()
def lens_steps(
    run: Run,
    *,
    top: int = 5,
    also: npt.ArrayLike | None = None,
    positions: range | None = None,
    before: LogitLens | None = None,
) -> Generator[float, None, LogitLens]:
    """`logit_lens` a block of positions at a time: yields the share that is done, and returns the lens.

    before: the lens of a run of the same model, changed in the same way, with the same `top`, no `also` and all
    positions. What stands before the first other token is taken from it, for no token reads what follows it; nothing
    where the model predicts another thing there now.
    """
    shape, places = checked_run(run).source.shape, _places(positions, len(run.tokens))
    here, size = slice(places.start, places.stop), len(places)
    top = checks.whole("top", top, 1, shape.d_vocab)
    labels, row_layer, rows = _rows(run)
    next_token = np.append(run.token_ids[1:], -1).astype(np.int32)[here]
    wanted = next_token[:, None]
    if also is not None:
        asked = checks.whole_numbers("also", also)
        checks.shape("also", asked, (size,), "position")
        found = [
            checks.whole(f"also: token id at position {at}", i, 0, shape.d_vocab - 1)
            for at, i in enumerate(asked.tolist())
        ]
        wanted = np.stack([next_token, np.array(found, np.int32)], 1)
    names = ["logits", *dict.fromkeys(name for row in rows for name in row)]
    if shape.norm is not None:
        names.append("ln_final.hook_scale")
    norms = ("none",) if shape.norm is None else ("own", "final")
    asked_for: dict[str, Any] = {"rows": rows, "positions": places, "numbers": _BLOCK, "top": top}
    if run.source.travels:
        sent = len(norms) * len(rows) * size * (_PACKED * top + 8 + 8 * (1 + wanted.shape[1]))
        if sent > MOST_SENT:
            raise ValueError(
                f"positions: expected so few that their lens is at most {MOST_SENT / 1e6:.0f} MB, got {size:,},"
                f" {sent / 1e6:.0f} MB: ask for some, positions=range({places.stop - size // 10}, {places.stop})"
            )
        cells = run.read(names, partial(lens_cells, **asked_for, wanted=torch.from_numpy(wanted).long()))
        arrays = from_cells({name: tensor.numpy() for name, tensor in cells.items()})
    else:
        arrays = yield from run.read(names, partial(_whole, **asked_for, wanted=wanted, begun=_begun(before, run)))
    return LogitLens(
        norms=norms,
        rows=labels,
        row_layer=row_layer,
        **arrays,
        next_token=next_token,
        vocabulary=vocabulary(run, arrays["candidates"]),
        tokens=run.tokens[here],
        top=top,
        token_ids=run.token_ids[here],
        first=places.start,
    )


def _places(positions: range | None, size: int) -> range:
    """The positions that are asked for, checked."""
    if positions is None:
        return range(size)
    if not isinstance(positions, range):
        raise TypeError(f"positions: expected a range, such as range(0, {size}), got {type(positions).__name__}")
    if not positions or positions.step != 1 or positions.start < 0 or positions.stop > size:
        raise ValueError(f"positions: expected some of range(0, {size}), one after another, got {positions}")
    return positions


def _whole(
    activations: Activations,
    weight: Weight,
    shape: Shape,
    rows: Sequence[Sequence[str]],
    positions: range,
    numbers: int,
    top: int,
    wanted: Ints,
    begun: Sequence[_Block],
) -> Generator[float, None, dict[str, Any]]:
    """Every number of a lens at every candidate, for a model that is here. begun: blocks of the first positions."""
    blocks, start, size = [*begun], sum(len(block[0]) for block in begun), len(wanted)
    for at, log_prob in lens_blocks(activations, weight, shape, rows, positions[start:], numbers):
        found = _candidates(log_prob, top, wanted[start:][at])
        entropy, kl = (part.numpy(force=True) for part in divergences(log_prob))
        blocks.append((*_at_candidates(log_prob, found), entropy, kl))
        yield min(1.0, (start + at.stop) / size)
    candidates, log_probs, ranks, entropies, kls = zip(*blocks, strict=True)
    width = max(block.shape[1] for block in candidates)
    return {
        "candidates": np.concatenate([padded(block, width, -1) for block in candidates]),
        "log_prob": np.concatenate([padded(block, width, np.nan) for block in log_probs], axis=2),
        "rank": np.concatenate([padded(block, width, -1) for block in ranks], axis=2),
        "entropy": np.concatenate(entropies, axis=2),
        "kl": np.concatenate(kls, axis=2),
    }


def _begun(before: LogitLens | None, run: Run) -> list[_Block]:
    """What a lens holds up to where the next tokens of the two texts differ; none where it is of another model."""
    if before is None or before.token_ids is None:
        return []
    both = min(len(before.tokens), len(run.tokens))
    other = np.flatnonzero(before.token_ids[:both] != run.token_ids[:both])
    kept = int(other[0] if other.size else both) - 1
    if kept < 1:
        return []
    best = torch.from_numpy(before.final[:kept]).to(run.logits.device).long()[:, None]
    now = run.logits[:kept].log_softmax(-1).gather(-1, best)[:, 0].numpy(force=True)
    if not np.allclose(now, before.log_prob[0, -1, :kept, 0], atol=_SAME):
        return []
    held = (before.candidates[:kept] >= 0).sum(1).max()  # less the padding
    cells = (before.log_prob[:, :, :kept, :held], before.rank[:, :, :kept, :held])
    return [(before.candidates[:kept, :held], *cells, before.entropy[:, :, :kept], before.kl[:, :, :kept])]


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


def _rows(run: Run) -> tuple[tuple[str, ...], Ints, list[tuple[str, ...]]]:
    """Labels, layers, and the activations whose sum each row is."""
    names, labels, layers = run.source.names, ["embedding"], [-1]
    rows: list[tuple[str, ...]] = []
    for layer in range(run.source.shape.layers):
        before, middle = f"blocks.{layer}.hook_resid_pre", f"blocks.{layer}.hook_resid_mid"
        rows.append((before,))
        labels.append(f"{layer}.attn")
        layers.append(layer)
        has_mlp = f"blocks.{layer}.hook_mlp_out" in names
        if middle in names:
            rows.append((middle,))
        elif has_mlp:  # side by side
            rows.append((before, f"blocks.{layer}.hook_attn_out"))
        if has_mlp:
            labels.append(f"{layer}.mlp")
            layers.append(layer)
    return tuple(labels), np.array(layers, np.int32), [*rows, ("ln_final.hook_in",)]


def _candidates(log_prob: Tensor, top: int, wanted: Ints) -> Ints:
    """[position, candidate]: the top tokens of every norm and row with those wanted [position, token], lowest id first,
    then -1.
    """
    best = best_ids(log_prob, top).permute(2, 0, 1, 3).flatten(1).numpy(force=True)
    found = [np.unique(np.append(ids, some)) for ids, some in zip(best, wanted, strict=True)]
    found = [ids[ids >= 0].astype(np.int32) for ids in found]
    width = max(map(len, found))
    return np.stack([padded(ids, width, -1) for ids in found])


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
