"""One number read off the final residual stream, split over the components that wrote it."""

from __future__ import annotations

from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.reductions import logit_parts
from headstream.framework.stream import (
    attended,
    component_names,
    components,
    each_write,
    final_norm,
    final_stream,
    read,
    read_sources,
    sources_asked,
    tolerance,
    writes,
)
from headstream.framework.weights import unembedding
from headstream.models.labels import labels, token_of
from headstream.models.patterns import MOST_SENT
from headstream.models.runs import Run, checked_run, to_numpy
from headstream.results import Decomposition, Floats

with needs_lessons():
    import torch
    from torch import Tensor

__all__ = ["attribute_direction", "attribute_logit", "components", "project", "write_norms", "writes"]

_EXACT = 1e-3  # of the largest value; rounding stays three orders below, another architecture far above


@torch.no_grad()
def attribute_logit(
    run: Run,
    *,
    target: str | int | None = None,
    versus: str | int | None = None,
    position: int = -1,
    by: Literal["head", "layer"] = "head",
    sources: bool | None = None,
) -> Decomposition:
    """Split one token's logit over the components that wrote it, at every position.

    With u = W_U[:, target] - mean over the vocabulary of W_U (a raw logit has an arbitrary offset), or with `versus`
    u = W_U[:, target] - W_U[:, versus], a component that writes x brings ((x - mean(x)) / scale * weight) · u, which is
    the final LayerNorm with its scale frozen at what the model used. Its bias and the unembedding's go to "bias".

    target, versus: a string that is one token, or a token id; the same at every position. target None takes the model's
    top token at `position`. total is taken from the run's logits. Exact up to float32: |sum - total| is at most 1e-5 of
    the largest |logit| without LayerNorm, 1e-4 with it. by: whether heads stand alone, or those of a layer together as
    one component, "attn". sources: whether to read what each head brings from each position, which takes heads x
    position x position; None where that is at most 67 MB. There are none by layer, none where `intervene` gave a head
    another write than its own, for no source brought it, and none of a model that keeps no activations (see
    `headstream.run`).

    Where the run is elsewhere, values come back with 16 significant bits. Raises ValueError for an unknown target, a
    target equal to `versus`, a model whose logits are not such a sum (capped or rescaled logits), and where more than
    5 MB would cross a network; IndexError for a position out of range.
    """
    position = checks.index("position", position, len(checked_run(run).tokens))
    by_layer = checks.choice("by", by, ("head", "layer")) == "layer"
    found, quantity = read_logit(run, target, versus, position, by_layer)
    brought = None
    if run.keeps and not by_layer and not _heads_rewritten(run) and sources_asked(run, sources):
        brought = read_sources(run, found["reader"]).div_(final_norm(run).scale)
    values, total, largest, half = found["values"], found["total"], found["largest"][0], float(found["half"])
    return _decomposition(run, values, total, brought, quantity, position, largest, half, by_layer)


def read_logit(
    run: Run, target: str | int | None, versus: str | int | None, position: int, by_layer: bool = False
) -> tuple[dict[str, Tensor], str]:
    """What `reductions.logit_parts` finds for `attribute_logit`, and the number in words."""
    sent = 3 * len(components(run, by_layer)) * len(run.tokens)
    if run.source.travels and sent > MOST_SENT:
        raise ValueError(
            f"run: expected so few tokens that what {len(components(run, by_layer)):,} components bring is at most"
            f" {MOST_SENT / 1e6:.0f} MB, got {len(run.tokens):,} tokens, {sent / 1e6:.0f} MB"
            + ("" if by_layer else ': by="layer" asks for each layer\'s heads together')
        )
    shape, names = run.source.shape, ["ln_final.hook_in", *component_names(run), "logits"]
    if shape.norm is not None:
        names.append("ln_final.hook_scale")
    chosen = None if target is None else _token(run, target, "target")
    other = None if versus is None else _token(run, versus, "versus")
    asked = partial(
        logit_parts, position=position, target=chosen, versus=other, by_layer=by_layer, short=run.source.travels
    )
    found = run.read(names, asked)
    return found, _words(run, int(found["target"]), other)


def logit_of(
    run: Run, target: str | int | None, versus: str | int | None, position: int
) -> tuple[Tensor, Tensor, Tensor, str]:
    """`attribute_logit`'s direction u [d_model], what b_U adds, the number [position] itself, and its words."""
    chosen, other, quantity = logit_asked(run, target, versus, position)
    w_u, b_u = unembedding(run.model)
    direction, offset, total = (logit_less(numbers, chosen, other) for numbers in (w_u, b_u, run.logits))
    return direction, offset, total, quantity


def logit_asked(
    run: Run, target: str | int | None, versus: str | int | None, position: int
) -> tuple[int, int | None, str]:
    """The token whose logit is asked for, the one that it is compared with, and the number in words."""
    chosen = int(run.logits[position].argmax()) if target is None else _token(run, target, "target")
    other = None if versus is None else _token(run, versus, "versus")
    return chosen, other, _words(run, chosen, other)


def _token(run: Run, given: str | int, name: str) -> int:
    return token_of(run.source.tokenizer, run.source.shape.d_vocab, given, name)


def _words(run: Run, chosen: int, other: int | None) -> str:
    """The logit of a token, less that of another if there is one, in words."""
    name = _quoted(run, chosen)
    if other is None:
        return f"logit of {name} less the vocabulary's mean"
    if other == chosen:
        raise ValueError(f"versus: expected another token than target, got {name} twice")
    return f"logit of {name} less that of {_quoted(run, other)}"


def logit_less(logits: Tensor, chosen: int, other: int | None) -> Tensor:
    """[...]: the logits [..., d_vocab] of one token less the other's, or less the mean of all where there is none."""
    return logits[..., chosen] - (logits.mean(-1) if other is None else logits[..., other])


@torch.no_grad()
def attribute_direction(
    run: Run,
    direction: npt.ArrayLike | Tensor,
    *,
    position: int = -1,
    name: str = "the direction",
    sources: bool | None = None,
) -> Decomposition:
    """Split the coordinate a·r / ‖a‖ of the final residual stream r (before the final LayerNorm) along a direction a.

    direction: a, [d_model], any length but zero. name: what to call it in `quantity`. total is taken from the cached
    stream; units are those of the stream. sources: as in `attribute_logit`. Raises ValueError for a direction of the
    wrong shape, zero, or with NaN or infinity; TypeError for numbers that are not real.
    """
    position = checks.index("position", position, len(checked_run(run).tokens))
    stream = final_stream(run)
    unit = torch.from_numpy(_unit(direction, stream.shape[1])).to(stream)
    return _decomposition(
        run,
        read(run, unit[:, None])[..., 0],
        stream @ unit,
        read_sources(run, unit) if sources_asked(run, sources) else None,
        f"coordinate of the residual stream along {name}",
        position,
        stream.norm(dim=1).max(),
    )


@torch.no_grad()
def write_norms(run: Run, *, position: int = -1, sources: bool | None = None) -> Decomposition:
    """The length ‖x‖ of what each component writes, at every position.

    total is ‖r‖ of the final residual stream, before its LayerNorm. Lengths do not add up, for writes may cancel.
    sources: the length of what a head brings from each source, A[query, key] ‖v[key] W_O‖; whether they are read is as
    in `attribute_logit`. Raises ValueError for a model whose stream is not the sum of these writes (its blocks norm or
    scale what they write).
    """
    position = checks.index("position", position, len(checked_run(run).tokens))
    stream, total, norms = final_stream(run), torch.zeros_like(final_stream(run)), []
    for write in each_write(run):
        total += write
        norms.append(write.norm(dim=1))
    check_sum(run, "residual stream", (total - stream).abs().max(), stream.abs().max())
    brought = attended(run, lambda v, out: (v @ out).norm(dim=1)) if sources_asked(run, sources) else None
    return Decomposition(
        values=to_numpy(torch.stack(norms)),
        total=to_numpy(stream.norm(dim=1)),
        sources=None if brought is None else to_numpy(brought),
        components=components(run),
        tokens=run.tokens,
        quantity="length of what is written into the residual stream",
        additive=False,
        position=position,
        total_name="‖r‖, the whole stream",
        token_ids=run.token_ids,
    )


def project(stream: npt.ArrayLike | Tensor, direction: npt.ArrayLike | Tensor) -> Floats:
    """proj_a(r) = (a·r / a·a) a, the part of each stream vector r that lies along the direction a.

    stream: [..., d_model]. direction: [d_model], any length but zero. Returns the stream's shape, float32. Raises
    ValueError for a direction of the wrong shape, zero, or with NaN or infinity.
    """
    vectors = checks.floats("stream", stream)
    if not vectors.ndim:
        raise ValueError("stream: expected [..., d_model], got a single number")
    unit = _unit(direction, vectors.shape[-1])
    return ((vectors @ unit)[..., None] * unit).astype(np.float32)


def _heads_rewritten(run: Run) -> bool:
    """Whether a head writes what it did not read here; one that is set to zero brings nothing, from nowhere."""
    return any(change.part.kind == "head" and change.by != "zero" for change in run.changes)


def _decomposition(
    run: Run,
    values: Tensor,
    total: Tensor,
    sources: Tensor | None,
    quantity: str,
    position: int,
    largest: Tensor,
    half: float | None = None,
    by_layer: bool = False,
) -> Decomposition:
    check_sum(run, quantity, (values.sum(0) - total).abs().max(), largest, half)
    return Decomposition(
        values=to_numpy(values),
        total=to_numpy(total),
        sources=None if sources is None else to_numpy(sources),
        components=components(run, by_layer),
        tokens=run.tokens,
        quantity=quantity,
        additive=True,
        position=position,
        total_name="the model's own value",
        token_ids=run.token_ids,
    )


def check_sum(run: Run, what: str, error: Tensor, largest: Tensor, half: float | None = None) -> None:
    """Raises ValueError if the error is above rounding; half: how far off one is, where the run keeps no stream."""
    allowed = tolerance(run, _EXACT, 16) if half is None else max(_EXACT, 16 * half)
    if not error <= allowed * largest:
        raise ValueError(
            f"the {what} is not the sum of what the components write (off by {error:.2g}):"
            " this model does more than add heads, MLPs and biases to its stream and read it through one LayerNorm."
        )


def _quoted(run: Run, token: int) -> str:
    return repr(labels(run.source.tokenizer, [token])[0])


def _unit(direction: npt.ArrayLike | Tensor, d_model: int) -> npt.NDArray[np.float64]:
    """The direction at length 1, float64, so that its own length never overflows."""
    vector = checks.finite("direction", direction).astype(np.float64)
    checks.shape("direction", vector, (d_model,), "d_model")
    length = float(np.linalg.norm(vector))
    if not length:
        raise ValueError("direction: expected a vector that points somewhere, got zero")
    return vector / length
