"""An MLP as neurons that write: each has a key that it reads, a value that it writes, and an activation that weighs it.

    MLP(x) = σ(x W_in + b_in) W_out + b_out = sum over neurons of a_n v_n, + b_out

x is what the MLP reads, after the block's LayerNorm if there is one. The key of neuron n is column n of W_in, its value
v_n row n of W_out, its activation a_n = σ(x · key + b_n). The paper's W_2 σ(W_1 r) has columns for vectors: its W_1 is
the transpose of our W_in, its W_2 that of W_out. A gated MLP multiplies σ by a second reading of x; its activation is
the product, and the sum is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.residual import check_sum, read_logit
from headstream.framework.stream import components, final_norm
from headstream.models.runs import Run, checked_model, checked_run, to_numpy
from headstream.results import Component, Decomposition, Floats

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


@torch.no_grad()
def attribute_mlp(
    run: Run,
    layer: int,
    *,
    target: str | int | None = None,
    versus: str | int | None = None,
    position: int = -1,
    top: int = 12,
) -> Decomposition:
    """Split what one MLP brings to a logit over its neurons, at every position: a_n v_n · u, u as in `attribute_logit`.

    top: how many neurons are told apart, those that bring or take most at `position`; the others are one component. The
    output bias b_out is not the neurons' (in `attribute_logit` it is in "bias"). total is the MLP's own value there,
    taken from what the model wrote. target, versus and position, the exactness and the errors are those of
    `attribute_logit`; also raises IndexError for a layer that the model does not have, ValueError for one without an
    MLP of neurons.

    A list has a first entry whatever it is made of: compare the largest neuron with that of a token drawn at random.
    """
    position = checks.index("position", position, len(checked_run(run).tokens))
    weights = activations(run, layer)
    layer = checks.index("layer", layer, run.model.cfg.n_layers)
    top = min(checks.whole("top", top, 1), weights.shape[1])
    found, quantity = read_logit(run, target, versus, position)
    values, largest = found["values"], found["largest"][0]
    check_sum(run, quantity, (values.sum(0) - found["total"]).abs().max(), largest)
    total = values[components(run).index(Component("mlp", layer))]
    read = value_vectors(run.model, layer) @ found["reader"]  # [neuron]
    brought = (weights * read / final_norm(run).scale).T  # [neuron, position]
    check_sum(run, f"part of {layer}.mlp", (brought.sum(0) - total).abs().max(), largest)
    chosen = brought[:, position].abs().argsort(descending=True)[:top].sort().values
    told, named = brought[chosen], [Component("neuron", layer, neuron=int(n)) for n in chosen]
    if top < len(brought):
        told, named = torch.cat([told, (brought.sum(0) - told.sum(0))[None]]), [*named, Component("neurons", layer)]
    return Decomposition(
        values=to_numpy(told),
        total=to_numpy(total),
        sources=None,
        components=tuple(named),
        tokens=run.tokens,
        quantity=quantity,
        additive=True,
        position=position,
        total_name=f"all of {layer}.mlp",
        token_ids=run.token_ids,
    )


@torch.no_grad()
def activations(run: Run, layer: int) -> Tensor:
    """a [position, neuron] float32: how much of its value each neuron of an MLP writes.

    Raises IndexError for a layer that the model does not have, ValueError for one without an MLP of neurons.
    """
    layer = _checked(checked_run(run).model, layer)
    found: Tensor = run.cache[f"blocks.{layer}.mlp.hook_post"].float()
    return found


@torch.no_grad()
def value_vectors(model: TransformerBridge, layer: int) -> Tensor:
    """W_out [neuron, d_model] float32: what each neuron writes at an activation of 1. Raises as `activations`."""
    found: Tensor = _mlp(model, layer).W_out.detach().float()
    return found


@torch.no_grad()
def key_vectors(model: TransformerBridge, layer: int) -> Tensor:
    """The columns of W_in as rows, [neuron, d_model] float32: what each neuron looks for in what the MLP reads.

    Of a gated MLP it is what the gate looks for, which σ is applied to. A LayerNorm's weights are not in it: load a
    model with `fold=True` to have them. Raises as `activations`.
    """
    mlp = _mlp(model, layer)
    gate = getattr(mlp, "W_gate", None)
    found: Tensor = (mlp.W_in if gate is None else gate).detach().float().T
    return found


def mlp_jacobian(run: Run, layer: int, position: int = -1) -> Tensor:
    """J [d_model, d_model] float32, an MLP's local linear map at one position: MLP(x + d) = MLP(x) + d J, for small d.

    x is what the MLP reads there, after the block's LayerNorm. J = W_in diag(σ'(x W_in + b_in)) W_out in an MLP without
    a gate; with the paper's columns it is the transpose, W_2 diag(σ') W_1. It is computed by differentiation, whatever
    σ is. Raises as `activations`, and IndexError for a position out of range.
    """
    apply, x = _at(run, layer, position)
    found: Tensor = torch.func.jacrev(apply)(x)
    return found.detach().T.float()


@torch.no_grad()
def linearisation_error(run: Run, layer: int, changes: npt.ArrayLike | Tensor, position: int = -1) -> Floats:
    """‖MLP(x + d) - MLP(x) - d J‖ / ‖MLP(x + d) - MLP(x)‖ for each change d of what the MLP reads at a position.

    changes: [..., d_model]. Returns [...] float32: near 0 where J tells what the change does, and 1 where saying that
    nothing changes does as well. It grows with the length of d; the null is a random direction of that length. Raises
    as `mlp_jacobian`, and ValueError for changes of the wrong shape or with NaN or infinity.
    """
    apply, x = _at(run, layer, position)
    given = checks.finite("changes", changes)
    checks.shape("changes", given, (*given.shape[:-1], len(x)), "..., d_model")
    d = torch.from_numpy(given).to(x).reshape(-1, len(x))
    real = apply(x + d) - apply(x)
    error = (real - d @ mlp_jacobian(run, layer, position).to(x)).norm(dim=1) / real.norm(dim=1)
    return to_numpy(error).reshape(given.shape[:-1])


def _at(run: Run, layer: int, position: int) -> tuple[Callable[[Tensor], Tensor], Tensor]:
    """The MLP as a function of vectors [..., d_model], and what it read, [d_model]."""
    mlp = _mlp(checked_run(run).model, layer)
    layer = checks.index("layer", layer, run.model.cfg.n_layers)
    position = checks.index("position", position, len(run.tokens))

    def apply(x: Tensor) -> Tensor:
        written: Tensor = mlp(x.reshape(1, -1, x.shape[-1]))
        return written.reshape(x.shape)

    return apply, run.cache[f"blocks.{layer}.mlp.hook_in"][position]


def _mlp(model: TransformerBridge, layer: int) -> Any:
    return checked_model(model).blocks[_checked(model, layer)].mlp


def _checked(model: TransformerBridge, layer: int) -> int:
    """The layer's index, if an MLP of neurons stands in it."""
    layer = checks.index("layer", layer, checked_model(model).cfg.n_layers)
    mlp = getattr(model.blocks[layer], "mlp", None)
    if getattr(mlp, "W_out", None) is None:
        raise ValueError(f"layer: expected one with an MLP of neurons, got layer {layer} of {model.cfg.model_name}")
    return layer
