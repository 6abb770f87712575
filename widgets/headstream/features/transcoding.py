"""MLPs replaced by their transcoders: a run that goes on from features, what they bring to a logit, what they read.

    MLP(x) = sum over features of f_i W_dec,i + b_dec + error,    f = act(x W_enc + b_enc)

The error is what the transcoder leaves of the MLP's write. The start token that is put before a text is left to the
MLP: no transcoder is trained on it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.replacement import first_of
from headstream.framework.mlps import activations, value_vectors
from headstream.framework.residual import check_sum, logit_of
from headstream.framework.stream import attended, components, final_norm, mlp_norm, read
from headstream.models import run as run_model
from headstream.models.runs import Run, checked_run, to_numpy
from headstream.results import Component, Decomposition, Floats

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from headstream.features.dictionaries import Dictionary


class Parts(NamedTuple):
    """What one MLP brings to a number at one position, split in two ways.

    neurons [neuron] and features [feature]: what each brings. neuron_bias: of b_out. feature_bias: of b_dec. error:
    what the transcoder leaves of the MLP's write brings. total: all of it. neurons and neuron_bias sum to the total;
    so do features, feature_bias and error. quantity: the number in words.
    """

    neurons: Floats
    features: Floats
    neuron_bias: float
    feature_bias: float
    error: float
    total: float
    quantity: str


@torch.no_grad()
def replace_mlps(run: Run, *transcoders: Dictionary) -> Run:
    """The same prompt through the same model, in which the MLPs of these transcoders' layers are replaced by them.

    Each transcoder reads what the MLP would have read, and everything after it is computed anew. At a start token the
    MLPs stay. Errors: TypeError for what is no dictionary; ValueError for one that does not read an MLP's input and
    write its output, for two of one layer, or for none.
    """
    layers = [transcoder_layer(checked_run(run), one) for one in transcoders]
    if not layers or len(set(layers)) < len(layers):
        got = ", ".join(map(str, layers)) or "none"
        raise ValueError(f"transcoders: expected at least one, each of another layer, got {got}")
    first, seen = first_of(run), {}

    def keep(value: Tensor, hook: Any) -> None:
        seen[hook.name] = value

    def put(one: Dictionary) -> Callable[..., Tensor]:
        def instead(value: Tensor, hook: Any) -> Tensor:
            said = one.decode(one.encode(seen[one.reads[0]][:, first:].float()))
            return torch.cat([value[:, :first], said.to(value)], 1)

        return instead

    hooks = [hook for one in transcoders for hook in ((one.reads[0], keep), (one.writes[0], put(one)))]
    with run.model.hooks(fwd_hooks=hooks):
        return replace(run_model(run.model, run.token_ids), text=run.text)


@torch.no_grad()
def mlp_parts(
    run: Run,
    transcoder: Dictionary,
    *,
    target: str | int | None = None,
    versus: str | int | None = None,
    position: int = -1,
) -> Parts:
    """What an MLP brings to a logit at one position, over its neurons and over its transcoder's features.

    target, versus and position are those of `hs.attribute_logit`, and so is the number; the final LayerNorm's scale is
    frozen. Both splits are exact, 1e-4 of the largest logit. Raises as `hs.attribute_logit` and `replace_mlps`, and
    ValueError for the start token.
    """
    layer = transcoder_layer(checked_run(run), transcoder)
    position = _place(run, position)
    direction, _, _, quantity = logit_of(run, target, versus, position)
    norm = final_norm(run)
    reader = norm.fold(direction[:, None])[:, 0] / norm.scale[position]
    written = run.cache[f"blocks.{layer}.hook_mlp_out"][position].float()
    neurons = activations(run, layer)[position] * (value_vectors(run.model, layer) @ reader)
    speaks = transcoder.encode(run.cache[transcoder.reads[0]][position].float())
    features = speaks * (transcoder.W_dec[:, 0].float() @ reader)
    bias, total = float(transcoder.b_dec[0].float() @ reader), float(written @ reader)
    b_out = getattr(run.model.blocks[layer].mlp, "b_out", None)
    own = 0.0 if b_out is None else float(b_out.float() @ reader)
    check_sum(run, f"part of {layer}.mlp", (neurons.sum() + own - total).abs(), run.logits.abs().max())
    error = total - bias - float(features.sum())
    return Parts(to_numpy(neurons), to_numpy(features), own, bias, error, total, quantity)


def carriers(parts: npt.ArrayLike | Tensor, share: float = 0.9) -> int:
    """How many parts, the largest first, hold this share of the sum of all parts' sizes |part|.

    Of n parts of one size it is share · n. It says nothing of what the parts leave out.
    """
    sizes = np.sort(np.abs(checks.finite("parts", parts).astype(np.float64).ravel()))[::-1]
    share = checks.number("share", share, 0, 1)
    held = np.cumsum(sizes)
    return int((held < share * held[-1] * (1 - 1e-12)).sum() + 1) if len(sizes) and held[-1] else 0


@torch.no_grad()
def feature_inputs(run: Run, transcoder: Dictionary, feature: int, *, position: int = -1) -> Decomposition:
    """Split a feature's pre-activation over what was written before its MLP, at every position.

    The norm before the MLP has its scale frozen, so that a write x brings ((x - mean(x)) / scale * weight) · W_enc; the
    norm's bias, b_enc and all output biases so far go to "bias". total is the pre-activation that the transcoder
    computes; exact as `hs.attribute_logit`. A feature is silent, in spite of what its inputs bring, unless their sum is
    above its threshold.

    Its gradient by the stream is the same reading, W_enc through the norm: this is the Jacobian times what is written.
    Errors: IndexError for a feature or position that is not there; ValueError as `replace_mlps`, and for a model whose
    attention and MLP read side by side.
    """
    layer = transcoder_layer(checked_run(run), transcoder)
    feature, position = checks.index("feature", feature, transcoder.features), _place(run, position)
    norm, column = mlp_norm(run, layer), transcoder.W_enc[0, :, feature].float()
    reader = norm.fold(column[:, None])
    everyone = components(run)
    before = [at for at, who in enumerate(everyone) if _writes_before(who, layer)]
    values = read(run, reader)[before, :, 0] / norm.scale[:, 0]
    biases = _biases(run, layer) @ reader[:, 0] / norm.scale[:, 0]
    silent = transcoder.pre(torch.zeros_like(column))[feature]
    values = torch.cat([values, (biases + norm.bias @ column + silent)[None]])
    total = transcoder.pre(run.cache[transcoder.reads[0]].float())[:, feature]
    name = f"pre-activation of feature {feature} of {layer}.mlp"
    check_sum(run, name, (values.sum(0) - total).abs().max(), total.abs().max() + 1)
    heads = sum(everyone[at].kind == "head" for at in before)
    sources = attended(run, lambda v, out: v @ (out @ reader[:, 0]))[:heads] / norm.scale
    return Decomposition(
        values=to_numpy(values),
        total=to_numpy(total),
        sources=to_numpy(sources),
        components=(*(everyone[at] for at in before), Component("bias")),
        tokens=run.tokens,
        quantity=name,
        additive=True,
        position=position,
        total_name="the transcoder's own value",
        token_ids=run.token_ids,
    )


@torch.no_grad()
def feature_weights(source: Dictionary, target: Dictionary, feature: int) -> Tensor:
    """[feature of the source] float32: W_dec of each feature of an earlier transcoder, read by one of a later: the
    weight between two features, the same for every prompt.

    On a run it is divided by the scale of the norm before the later MLP, and multiplied by the earlier activation. For
    models with folded norms; what goes through heads on the way is not in it.
    """
    column = target.W_enc[0, :, checks.index("feature", feature, target.features)].float()
    found: Tensor = source.W_dec[:, 0].float() @ (column - column.mean())
    return found


def shuffled_decoder(transcoder: Dictionary, seed: int = 0) -> Dictionary:
    """The null of a transcoder: each feature, as often on as before, writes what another one of it writes."""
    other = copy.deepcopy(transcoder)
    order = torch.randperm(other.features, generator=torch.Generator().manual_seed(checks.whole("seed", seed, 0)))
    other.W_dec.data = transcoder.W_dec.data[order.roll(1)[order.argsort()]]  # along one circle: none keeps its own
    return other


def transcoder_layer(run: Run, transcoder: Dictionary) -> int:
    """The layer whose MLP a transcoder stands for, in the model of a run. Errors as in `replace_mlps`."""
    reads, writes = (getattr(transcoder, name, None) for name in ("reads", "writes"))
    if not (isinstance(reads, tuple) and isinstance(writes, tuple)):
        raise TypeError(f"transcoder: expected a dictionary of features, got {type(transcoder).__name__}")
    for layer in range(run.model.cfg.n_layers):
        if reads == (f"blocks.{layer}.mlp.hook_in",) and writes == (f"blocks.{layer}.hook_mlp_out",):
            width = run.model.cfg.d_model
            checks.shape("transcoder.W_enc", transcoder.W_enc, (1, width, transcoder.features), "1, d_model, feature")
            return layer
    got = f"from {', '.join(reads)} to {', '.join(writes)}"
    raise ValueError(f"transcoder: expected one from an MLP's input to its output, in {run.name}, got one {got}")


def _place(run: Run, position: int) -> int:
    position = checks.index("position", position, len(run.tokens))
    if position < first_of(run):
        raise ValueError("position: expected one after the start token, which no transcoder is trained on, got 0")
    return position


def _writes_before(who: Component, layer: int) -> bool:
    """Whether a component writes before the MLP of a layer reads."""
    if who.layer is None:
        return who.kind != "bias"
    return who.layer < layer or (who.layer == layer and who.kind == "head")


def _biases(run: Run, layer: int) -> Tensor:
    """[d_model]: the output biases of all that writes before the MLP of a layer reads."""
    total = torch.zeros_like(run.cache["ln_final.hook_in"][0], dtype=torch.float32)
    for at, block in enumerate(run.model.blocks[: layer + 1]):
        own = [block.attn.b_O] + ([getattr(block.mlp, "b_out", None)] if at < layer and hasattr(block, "mlp") else [])
        total += sum((bias.float() for bias in own if bias is not None), torch.zeros_like(total))
    return total
