"""The residual stream of one run as the sum of what every component wrote into it.

    r = x_embed + x_pos + sum over heads of z_h W_O^h + sum over MLPs of (MLP output - b_out) + the biases b_O and b_out

where z_h = A_h (x W_V^h + b_V^h) is the head's mixture of values. A head's own b_V W_O stays with the head: every row
of A_h sums to 1, so it arrives whole whatever the pattern. The sum is the same in models whose blocks run attention and
MLP side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.reductions import component_reads
from headstream.framework.weights import heads_weight
from headstream.models.labels import labels
from headstream.models.runs import Run, checked_run, ungrouped
from headstream.results import Component, Ints

with needs_lessons():
    import torch
    from torch import Tensor


_MOST_SOURCES = 2**24  # numbers that nobody has asked for, 67 MB


class FrozenNorm(NamedTuple):
    """A LayerNorm with its scale frozen, a linear map with a bias: r -> (r - mean(r)) / scale * weight + bias.

    scale: [position, 1]. weight, bias: [d_model]. centred: False for RMSNorm, which does not subtract the mean.
    Where there is no norm the scale is 1, weight 1, bias 0 and is not centred; `kind` is then None, else "LN".
    """

    kind: str | None
    scale: Tensor
    weight: Tensor
    bias: Tensor
    centred: bool

    def centre(self, stream: Tensor) -> Tensor:
        """[..., d_model]: less its mean over d_model, in a norm that subtracts it."""
        return stream - stream.mean(-1, keepdim=True) if self.centred else stream

    def fold(self, directions: Tensor) -> Tensor:
        """[d_model, n]: what to read off the raw stream, then divide by the scale, to read `directions` after the norm.

        Centring the directions once is centring every write: (r - mean(r)) · u = r · (u - mean(u)).
        """
        directions = self.weight[:, None] * directions
        return directions - directions.mean(0) if self.centred else directions


def final_norm(run: Run) -> FrozenNorm:
    """The final norm of this run, at the scales the model used."""
    return _frozen(run, "ln_final", checked_run(run).model)


def attention_norm(run: Run, layer: int) -> FrozenNorm:
    """The norm before a layer's heads, at the scales the model used."""
    return _frozen(run, f"blocks.{layer}.ln1", run.model.blocks[layer])


def mlp_norm(run: Run, layer: int) -> FrozenNorm:
    """The norm before a layer's MLP, at the scales the model used."""
    return _frozen(run, f"blocks.{layer}.ln2", run.model.blocks[layer])


@torch.no_grad()
def _frozen(run: Run, name: str, holder: Any) -> FrozenNorm:
    stream = final_stream(run)
    ones, zeros = torch.ones_like(stream[0]), torch.zeros_like(stream[0])
    if f"{name}.hook_scale" not in run.cache:
        return FrozenNorm(None, torch.ones_like(stream[:, :1]), ones, zeros, False)
    norm: Any = getattr(holder, name.rpartition(".")[2])
    weight, bias = getattr(norm, "weight", None), getattr(norm, "bias", None)
    weight = ones if weight is None else weight.float() + float(norm.uses_weight_offset)
    bias = zeros if bias is None else bias.float()
    return FrozenNorm("LN", run.cache[f"{name}.hook_scale"].float(), weight, bias, not norm.uses_rms_norm)


def final_stream(run: Run) -> Tensor:
    """[position, d_model] float32: the residual stream after the last block, before the final norm."""
    if "ln_final.hook_in" not in checked_run(run).cache:
        raise ValueError(f"run: expected a model that ends with a norm and an unembedding, got {run.name}")
    stream: Tensor = run.cache["ln_final.hook_in"].float()
    return stream


def tolerance(run: Run, exact: float, roundings: int) -> float:
    """How far a sum may be off, over the largest number: `exact` in float32, in a model of half precision so many
    roundings of its own (of 2⁻⁸ in bfloat16, 2⁻¹¹ in float16).
    """
    return max(exact, roundings * torch.finfo(run.cache["ln_final.hook_in"].dtype).eps / 2)


def vocabulary(run: Run, ids: Ints) -> dict[int, str]:
    """The label of every token id in `ids`, negative ones left out."""
    distinct = [int(i) for i in np.unique(ids) if i >= 0]
    return dict(zip(distinct, labels(run.source.tokenizer, distinct), strict=True))


def components(run: Run, by_layer: bool = False) -> tuple[Component, ...]:
    """Who writes into the stream: embedding, position (where it is added), each layer's heads (or all of them as one)
    and its MLP, all biases.
    """
    shape, names = checked_run(run).source.shape, run.source.names
    found = [Component("embed")]
    if "hook_pos_embed" in names:
        found.append(Component("pos_embed"))
    for layer in range(shape.layers):
        heads = [Component("head", layer, head) for head in range(shape.heads)]
        found += [Component("attn", layer)] if by_layer else heads
        if f"blocks.{layer}.hook_mlp_out" in names:
            found.append(Component("mlp", layer))
    return (*found, Component("bias"))


def component_names(run: Run) -> list[str]:
    """The activations that `reductions.component_reads` reads."""
    layers, names = checked_run(run).source.shape.layers, run.source.names
    inner = [name for at in range(layers) for name in (f"blocks.{at}.attn.hook_z", f"blocks.{at}.hook_mlp_out")]
    return ["hook_embed", *(name for name in ["hook_pos_embed", *inner] if name in names)]


@torch.no_grad()
def output_bias(run: Run) -> Tensor:
    """[d_model] float32: the sum of all attention and MLP output biases, which is the same at every position."""
    total = torch.zeros_like(final_stream(run)[0])
    for layer, block in enumerate(run.model.blocks):
        for bias in (block.attn.b_O, _mlp_bias(run, layer)):
            if bias is not None:
                total += bias.float()
    return total


def _mlp_bias(run: Run, layer: int) -> Tensor | None:
    has_mlp = f"blocks.{layer}.hook_mlp_out" in run.cache
    return getattr(run.model.blocks[layer].mlp, "b_out", None) if has_mlp else None


def mlp_write(run: Run, layer: int) -> Tensor:
    """[position, d_model] float32: the MLP's output less its output bias."""
    written: Tensor = run.cache[f"blocks.{layer}.hook_mlp_out"].float()
    bias = _mlp_bias(run, layer)
    return written if bias is None else written - bias.float()


def mixture(run: Run, layer: int) -> Tensor:
    """z [position, head, d_head] float32: each head's attention-weighted mixture of values."""
    z: Tensor = run.cache[f"blocks.{layer}.attn.hook_z"].float()
    return z


def values(run: Run, layer: int) -> Tensor:
    """v [position, head, d_head] float32: each head's value vectors, biases included. Heads that share values repeat
    them.
    """
    return ungrouped(run.cache[f"blocks.{layer}.attn.hook_v"].float(), run.model.cfg.n_heads, 1)


def pattern(run: Run, layer: int) -> Tensor:
    """A [head, query, key] float32."""
    a: Tensor = run.cache[f"blocks.{layer}.attn.hook_pattern"].float()
    return a


def w_o(run: Run, layer: int) -> Tensor:
    """W_O [head, d_head, d_model] float32."""
    return heads_weight(run.model, layer, "W_O")


@torch.no_grad()
def each_write(run: Run) -> Iterator[Tensor]:
    """What each of `components(run)` writes, [position, d_model] float32, one at a time."""
    for component in components(run):
        if component.kind in ("embed", "pos_embed"):
            yield run.cache[f"hook_{component.kind}"].float()
        elif component.layer is None:
            yield output_bias(run).expand_as(final_stream(run))
        elif component.head is None:
            yield mlp_write(run, component.layer)
        else:
            yield mixture(run, component.layer)[:, component.head] @ w_o(run, component.layer)[component.head]


def writes(run: Run) -> Tensor:
    """[component, position, d_model] float32: what each of `components(run)` writes; summed, the final residual stream.

    Held whole (for 4 layers of 8 heads with d_model 384 and 512 tokens, 31 MB); the attributions do not need it.
    """
    return torch.stack(list(each_write(run)))


@torch.no_grad()
def read(run: Run, directions: Tensor) -> Tensor:
    """[component, position, n] float32: every component's write · each direction, for directions [d_model, n]."""
    return run.read(component_names(run), partial(component_reads, directions=directions))


@torch.no_grad()
def read_sources(run: Run, direction: Tensor) -> Tensor:
    """[head, query, key] float32: what each head brings from each source, read along one direction u [d_model].

    A[query, key] * (v[key] · W_O u); summed over keys it is the head's row of `read`.
    """
    return attended(run, lambda v, out: v @ (out @ direction))


def sources_asked(run: Run, asked: bool | None) -> bool:
    """Whether what heads bring from each source is to be read; None: where it is at most 67 MB."""
    if asked is None:
        shape, size = checked_run(run).source.shape, len(run.tokens)
        return shape.layers * shape.heads * size * size <= _MOST_SOURCES
    return bool(checks.choice("sources", asked, (True, False)))


def attended(run: Run, measure: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    """[head, query, key] float32: A[query, key] times a number for each head and key; 0 where a hook has zeroed the
    head's mixture z.

    measure(v [key, d_head], W_O [d_head, d_model]) -> [key]. Raises ValueError where z is something else than A v, so
    that no source brings it.
    """
    cfg, size = run.model.cfg, len(run.tokens)
    found = final_stream(run).new_empty(cfg.n_layers, cfg.n_heads if cfg.n_layers else 0, size, size)
    for layer, patterns in enumerate(found):
        brought, mixed = values(run, layer), mixture(run, layer).transpose(0, 1)
        attention = pattern(run, layer) * mixed.any(-1, keepdim=True)
        wrong = (attention @ brought.transpose(0, 1) - mixed).abs().amax((1, 2))
        head = int(wrong.argmax())
        if not wrong[head] <= tolerance(run, 1e-3, 8) * mixed.abs().max():
            raise ValueError(
                f"sources: expected head {layer}.{head} to write what it attends to, its pattern times its values, got"
                f" something else (off by {wrong[head]:.2g}): a hook or a gate has changed it"
            )
        heads = zip(brought.unbind(1), w_o(run, layer), strict=True)
        torch.mul(attention, torch.stack([measure(v, out) for v, out in heads])[:, None], out=patterns)
    return found.flatten(0, 1)
