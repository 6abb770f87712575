"""A model in another basis: what moves, what does not, and what shows that a basis is privileged.

Nothing that is linear knows its axes. For every invertible M the stream may be r M instead of r: whatever writes into
it writes x M, whatever reads it reads with M⁻¹ W, and r M M⁻¹ W = r W. In the paper's columns this is M r and W M⁻¹.
What works on single coordinates knows them: a neuron's σ, the softmax of a pattern, a token's one-hot vector, and the
weights of a LayerNorm. A norm also knows lengths, so that only a rotation (M Mᵀ = 1) leaves it as it is.
"""

from __future__ import annotations

import copy
import gc
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.mlps import activations, value_vectors
from headstream.framework.residual import write_norms
from headstream.framework.stream import final_stream, writes
from headstream.framework.weights import heads_weight
from headstream.models.runs import Run, checked_model, checked_run, to_numpy
from headstream.results import Floats

with needs_lessons():
    import torch
    from torch import Tensor, nn

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

_ROUNDING = 1e-3  # of a model's largest number: far above float32's, far below a part that was forgotten
_READS = {"attn": ("W_Q", "W_K", "W_V"), "mlp": ("W_in", "W_gate")}
_WRITES = {"attn": ("W_O", "b_O"), "mlp": ("W_out", "b_out")}


def random_rotation(size: int, seed: int = 0) -> Tensor:
    """Q [size, size] float32, a random orthonormal basis as rows: Q Qᵀ = 1. Lengths and angles of x Q are those of x.

    Random vectors, made orthonormal by Gram and Schmidt (the QR decomposition), so that all bases are equally likely.
    """
    size, seed = checks.whole("size", size, 1), checks.whole("seed", seed, 0)
    return _frame(size, size, torch.Generator().manual_seed(seed)).float()


@torch.no_grad()
def change_basis(model: TransformerBridge, matrix: npt.ArrayLike | Tensor) -> TransformerBridge:
    """The same model with another basis for its stream: a copy whose stream is r M where the model's is r.

    matrix: M [d_model, d_model], such as `random_rotation(model.cfg.d_model)`; in a model without norms any invertible
    matrix, else a rotation. W_E, W_pos, W_O, b_O, W_out and b_out, which write, are multiplied by M on the right; W_Q,
    W_K, W_V, W_in, W_gate and W_U, which read, by M⁻¹ on the left. A LayerNorm's centring takes away the mean of the
    coordinates, which in another basis is another direction. So it is left out: with folded weights the stream's mean
    is 0 already. The logits are the same, which `headstream.framework.identities.basis_error` measures.

    Errors: ValueError for a matrix of another shape, one that has no inverse, or that is no rotation where there are
    norms; for a model whose norms have weights of their own, or that are to take away a mean (`fold=False`: load it
    with `fold=True`); and for any other model that does not stay the same.
    """
    turn = _matrix(matrix, checked_model(model).cfg.d_model, "d_model")
    norms = _norms(model)
    if norms and not _orthogonal(turn):
        raise ValueError("matrix: expected a rotation for a model with norms, which know lengths, got another matrix")
    back, found = torch.linalg.inv(turn), _copy(model)
    for holder, name, reads in _weights(model):
        weight = (
            getattr(_owner(model, holder), name).detach().double()
        )  # the model's: two may be one, as tied W_E and W_U
        _set(_owner(found, holder), name, back @ weight if reads else weight @ turn)
    for name, norm in norms.items():
        _without_centring(model, found.get_submodule(name), name, norm)
    _check_same(model, found)
    found.cfg.model_name = f"{model.cfg.model_name} in another basis"
    return found


@torch.no_grad()
def mix_neurons(model: TransformerBridge, layer: int, matrix: npt.ArrayLike | Tensor) -> TransformerBridge:
    """A copy of a model with one MLP's neurons mixed by M [neuron, neuron]: W_in M and b_in M, and after σ M⁻¹ W_out.

    Without σ nothing would change. With it the copy is another model, unless M only puts the neurons in another order:
    σ works on each of them alone, so that their basis is privileged.

    Errors: IndexError for a layer that the model does not have; ValueError for one without an MLP of neurons, and for a
    matrix of another shape or without an inverse.
    """
    size = len(value_vectors(model, layer))
    layer, mix = checks.index("layer", layer, model.cfg.n_layers), _matrix(matrix, size, "neuron")
    found = _copy(model)
    mlp = found.blocks[layer].mlp
    for name in ("W_in", "b_in", "W_gate", "b_gate"):
        weight = getattr(mlp, name, None)
        if weight is not None:
            _set(mlp, name, weight.double() @ mix)
    _set(mlp, "W_out", torch.linalg.solve(mix, mlp.W_out.double()))
    found.cfg.model_name = f"{model.cfg.model_name} with mixed neurons"
    return found


def quantities(run: Run, position: int = -1) -> dict[str, Floats]:
    """Eight things that one measures in a model, by name, to be compared with those of the model in another basis.

    Those that a model does not have, such as neurons, are left out.

    "logits" [position, d_vocab]; "attention patterns" [layer, head, query, key]; "neuron activations" [layer, position,
    neuron]; "eigenvalues of W_V W_O" [layer, head, 2, d_head], their real and their imaginary
    parts, each in order of size; "lengths of writes" [component, position]; "cosines between writes" [component,
    component] at `position`, of those that write there; "coordinates of the stream" [position, d_model] and "kurtosis
    of the stream" [position], both of the final stream, before its LayerNorm.
    """
    position = checks.index("position", position, len(checked_run(run).tokens))
    stream, layers = to_numpy(final_stream(run)), range(run.model.cfg.n_layers)
    neurons = [to_numpy(activations(run, layer)) for layer in layers if f"blocks.{layer}.mlp.hook_post" in run.cache]
    here = writes(run)[:, position].double()
    here = nn.functional.normalize(here[here.norm(dim=1) > 0])
    found = {
        "logits": to_numpy(run.logits),
        "attention patterns": run.attention.pattern,
        "neuron activations": np.stack(neurons) if neurons else np.zeros(0, np.float32),
        "eigenvalues of W_V W_O": _eigenvalues(run.model),
        "lengths of writes": write_norms(run, position=position).values,
        "cosines between writes": to_numpy(here @ here.T),
        "coordinates of the stream": stream,
        "kurtosis of the stream": kurtosis(stream),
    }
    return {name: numbers for name, numbers in found.items() if numbers.size}


def kurtosis(numbers: npt.ArrayLike | Tensor) -> Floats:
    """[...] float32: mean (x - x̄)⁴ / (mean (x - x̄)²)² over the last axis, of numbers [..., coordinate].

    It is 3 for a normal distribution, and for coordinates along random axes nearly so; large where few coordinates hold
    most, at most their number. Its null is `kurtosis_null`. Raises ValueError where all coordinates are equal.
    """
    given = checks.finite("numbers", numbers)
    if not given.ndim or given.shape[-1] < 2:
        raise ValueError(f"numbers: expected [..., coordinate] with two or more, got {list(given.shape)}")
    centred = given.astype(np.float64)
    centred = centred - centred.mean(-1, keepdims=True)
    spread = (centred**2).mean(-1)
    if not spread.all():
        raise ValueError("numbers: expected coordinates that differ, got some that are all equal")
    found: Floats = np.asarray((centred**4).mean(-1) / spread**2, np.float32)
    return found


def kurtosis_null(numbers: npt.ArrayLike | Tensor, draws: int = 20, seed: int = 0) -> Floats:
    """[draw, row] float32: the kurtosis of the same vectors, numbers [row, coordinate], in random orthonormal bases.

    Each draw turns all rows by one rotation. Of that rotation only the rows' own span is drawn, which is the same: with
    numbers = L B, where B has orthonormal rows, B Q is a random orthonormal set.
    """
    given = checks.finite("numbers", numbers)
    if given.ndim != 2 or not given.size:
        raise ValueError(f"numbers: expected [row, coordinate] with at least one row, got {list(given.shape)}")
    draws, generator = checks.whole("draws", draws, 1), torch.Generator().manual_seed(checks.whole("seed", seed, 0))
    left = torch.linalg.qr(torch.from_numpy(given).double().T, mode="r").R.T
    frames = (_frame(left.shape[1], given.shape[1], generator) for _ in range(draws))
    return np.stack([kurtosis(left @ frame) for frame in frames])


def _frame(rows: int, size: int, generator: torch.Generator) -> Tensor:
    """[rows, size] float64: random orthonormal rows."""
    q, r = torch.linalg.qr(torch.randn(size, rows, dtype=torch.float64, generator=generator))
    found: Tensor = (q * r.diagonal().sign()).T  # without the signs, some bases would be more likely than others
    return found


def _eigenvalues(model: TransformerBridge) -> Floats:
    """[layer, head, 2, d_head]: real and imaginary parts of W_V W_O's, without the zeros; those of W_O W_V."""
    found = np.zeros((model.cfg.n_layers, model.cfg.n_heads, 2, model.cfg.d_head), np.float32)
    for layer, parts in enumerate(found):
        values, outs = (heads_weight(model, layer, name).double() for name in ("W_V", "W_O"))
        values = torch.linalg.eigvals(outs @ values)
        parts[:] = np.sort(np.stack([to_numpy(values.real), to_numpy(values.imag)], 1), -1)
    return found


def _matrix(given: npt.ArrayLike | Tensor, size: int, axis: str) -> Tensor:
    """[size, size] float64, on the CPU."""
    found = given.detach().cpu().double().numpy() if isinstance(given, Tensor) else given
    found = np.asarray(found if isinstance(found, np.ndarray) else checks.finite("matrix", found), np.float64)
    checks.finite("matrix", found)
    checks.shape("matrix", found, (size, size), f"{axis}, {axis}")
    if np.linalg.cond(found) > 1e6:
        raise ValueError("matrix: expected one that has an inverse, got one that loses a direction, or nearly")
    return torch.from_numpy(found)


def _orthogonal(matrix: Tensor) -> bool:
    return bool((matrix @ matrix.T - torch.eye(len(matrix), dtype=torch.float64)).abs().max() < 1e-5)


def _copy(model: TransformerBridge) -> TransformerBridge:
    gc.collect()  # a model holds itself in circles: copies that nobody has any more would stay, 50 MB each
    return copy.deepcopy(model)


def _weights(model: TransformerBridge) -> list[tuple[str, str, bool]]:
    """(who holds it, its name, whether it reads) of every weight that reads or writes the stream."""
    found = [("", "W_E", False), ("", "W_U", True)]
    if getattr(model.cfg, "positional_embedding_type", None) == "standard":
        found.append(("", "W_pos", False))
    for layer, block in enumerate(model.blocks):
        for part in (part for part in _READS if hasattr(block, part)):
            holder = f"{layer}.{part}"
            names = [(name, True) for name in _READS[part]] + [(name, False) for name in _WRITES[part]]
            owner = _owner(model, holder)
            found += [(holder, name, reads) for name, reads in names if getattr(owner, name, None) is not None]
    return found


def _owner(model: TransformerBridge, holder: str) -> Any:
    layer, _, part = holder.partition(".")
    return getattr(model.blocks[int(layer)], part) if holder else model


def _set(owner: Any, name: str, value: Tensor) -> None:
    """Write a weight where the model reads it: its own tensor, for `name` may be a view on it."""
    weight = getattr(owner, name)
    value = value.to(weight)
    weight.copy_(value)
    if not torch.equal(getattr(owner, name), value):
        raise ValueError(f"model: expected one whose {name} can be written, got one that keeps it in another form")


def _norms(model: TransformerBridge) -> dict[str, Any]:
    """The norms by their place in the model. Errors: ValueError for one that has weights or biases of its own."""
    norms = {name: each for name, each in model.named_modules() if hasattr(each, "uses_rms_norm")}
    for norm in norms.values():
        weight, bias = getattr(norm, "weight", None), getattr(norm, "bias", None)
        plain = weight is None or bool((weight + float(norm.uses_weight_offset) - 1).abs().max() < 1e-6)
        if not plain or (bias is not None and bool(bias.any())):
            raise ValueError(
                "model: expected one whose norms have no weights of their own, for these belong to single coordinates,"
                f" got {model.cfg.model_name} (load it with fold=True, which puts them into the matrices)"
            )
    return norms


def _without_centring(model: TransformerBridge, norm: Any, name: str, old: Any) -> None:
    """A LayerNorm that no longer takes away the mean: a model whose stream has one would notice."""
    if old.uses_rms_norm:
        return
    for holder, weight, reads in _weights(model):
        written = None if reads else getattr(_owner(model, holder), weight)
        if written is not None and written.mean(-1).abs().max() > _ROUNDING * written.abs().max():
            raise ValueError(
                f"model: expected one that writes no mean into its stream, got {model.cfg.model_name}, whose LayerNorms"
                " have one to take away (load it with fold=True)"
            )
    layer_norm = old.original_component
    plain = nn.RMSNorm(model.cfg.d_model, eps=layer_norm.eps).to(layer_norm.weight)
    norm.set_original_component(plain.requires_grad_(False))


def _check_same(model: TransformerBridge, other: TransformerBridge) -> None:
    """Errors: ValueError where a few random tokens get other logits from the other model."""
    generator = torch.Generator().manual_seed(0)
    ids = torch.randint(model.cfg.d_vocab, (1, min(model.cfg.n_ctx, 16)), generator=generator).to(model.cfg.device)
    before, after = (each(ids, return_type="logits").float() for each in (model, other))
    if not (before - after).abs().max() <= _ROUNDING * before.abs().max():
        raise ValueError(
            f"model: expected one that reads and writes its stream by matrices and norms alone, got"
            f" {model.cfg.model_name}, whose logits moved by {float((before - after).abs().max()):.2g}"
        )
