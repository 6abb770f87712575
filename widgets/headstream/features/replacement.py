"""The local replacement model of "Circuit Tracing" (2025), with per-layer transcoders: a run made linear in features.

Each MLP is replaced by its transcoder's active features and an error node, what the transcoder leaves of the MLP's
output. Attention patterns and the LayerNorms' scales are frozen at those of the run. With the error nodes the model
writes what it wrote, and between what one node writes and another reads everything is linear: skips and

    attention: x -> sum over heads of A_h norm(x) W_V^h W_O^h, the norm x -> (x - mean(x)) / scale * weight

A reading of the stream at one place is carried backwards through these, so that what it takes from every earlier write
is one dot product each: the vector-Jacobian product of the frozen model, written out.

The start token that is put before a text is read the same way in every prompt, and no transcoder is trained on it: all
that MLPs write there counts as written by the token, in place of features and errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.stream import FrozenNorm, attention_norm, mlp_norm, pattern, w_o
from headstream.framework.weights import heads_weight
from headstream.models.runs import Run, checked_run

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from headstream.features.dictionaries import Dictionary


class Attention(NamedTuple):
    """A layer's attention with its patterns frozen.

    pattern: A [head, query, key]. W_V: [d_model, head * d_head]. W_O: [head * d_head, d_model]. bias: [d_model], what
    it writes whatever it reads: b_O, and b_V and the norm's own bias through W_V and W_O.
    """

    pattern: Tensor
    W_V: Tensor
    W_O: Tensor
    norm: FrozenNorm
    bias: Tensor

    def back(self, reads: Tensor) -> Tensor:
        """[n, key, d_model]: what to read off the stream before this attention to read `reads` [n, query, d_model] off
        what it writes.
        """
        n, size, _ = reads.shape
        heads = len(self.pattern)
        mixed = (reads @ self.W_O.T).view(n, size, heads, -1).permute(2, 1, 0, 3).reshape(heads, size, -1)
        carried = (self.pattern[:, :size, :size].mT @ mixed).view(heads, size, n, -1).permute(2, 1, 0, 3)
        return through_norm(self.norm, carried.reshape(n, size, -1) @ self.W_V.T, slice(size))


class Replaced(NamedTuple):
    """A layer's MLP, replaced.

    transcoder: its dictionary. reader: [feature, d_model], what each feature reads off the stream times its norm's
    scale. offset: [feature], what it reads in any case. pre, activations: [position, feature], of the run. written:
    [position, d_model], what the MLP wrote. constant: [d_model], the transcoder's own bias, which it always writes.
    """

    transcoder: Dictionary
    norm: FrozenNorm
    reader: Tensor
    offset: Tensor
    pre: Tensor
    activations: Tensor
    decoder: Tensor
    written: Tensor
    constant: Tensor

    @property
    def error(self) -> Tensor:
        """[position, d_model]: what the transcoder leaves of the MLP's output."""
        return self.written - self.constant - self.activations @ self.decoder


class Replacement(NamedTuple):
    """The local replacement model of a run: a layer's attention and its MLP each, the MLP None where there is none.

    parallel: whether attention and MLP of a layer read the same stream, side by side. embedded: [position, d_model],
    what token and position write. first: the first position with nodes of its own for MLPs, 1 where a start token
    stands before it.
    """

    run: Run
    attentions: tuple[Attention, ...]
    mlps: tuple[Replaced | None, ...]
    parallel: bool
    embedded: Tensor
    first: int

    def back(self, reads: Tensor, position: int, layer: int) -> Iterator[tuple[int, Tensor, Tensor]]:
        """Carry readings of the stream at one position backwards, to the writes of every MLP before, and the embedding.

        reads: [n, d_model], off the stream that the MLP of `layer` reads (before its norm); for the number of layers,
            off the final one. Yields (earlier layer, [n, position + 1, d_model] what they read off what its MLP wrote,
            [n] what they have read from biases on the way), the last layer first; -1 is the embedding.
        """
        carried = reads.new_zeros(len(reads), position + 1, reads.shape[1])
        carried[:, position] = reads
        constant = reads.new_zeros(len(reads))
        if layer < len(self.attentions) and not self.parallel:
            carried, constant = self._before(layer, carried, constant)
        for earlier in reversed(range(layer)):
            mlp = self.mlps[earlier]
            if mlp is not None:
                constant = constant + carried[:, self.first :].sum(1) @ mlp.constant
            yield earlier, carried, constant
            carried, constant = self._before(earlier, carried, constant)
        yield -1, carried, constant

    def _before(self, layer: int, carried: Tensor, constant: Tensor) -> tuple[Tensor, Tensor]:
        attention = self.attentions[layer]
        return carried + attention.back(carried), constant + carried.sum(1) @ attention.bias


def through_norm(norm: FrozenNorm, reads: Tensor, positions: int | slice) -> Tensor:
    """[..., d_model]: what to read off the stream before a norm to read `reads` after it, at these positions."""
    turned = norm.centre(reads * norm.weight)
    scale: Tensor = norm.scale[positions]
    return turned / scale


@torch.no_grad()
def replacement(run: Run, transcoders: Sequence[Dictionary]) -> Replacement:
    """The local replacement model of a run. transcoders: one for every layer that has an MLP, in any order.

    Errors: TypeError for what is no run or no dictionary; ValueError for a layer without a transcoder or with two, and
    for one of another width or that does not read an MLP's input and write its output.
    """
    model = checked_run(run).model
    size, layers = len(run.tokens), model.cfg.n_layers
    by_layer = {layer_of(one): one for one in checks.items("transcoders", transcoders, "a list of dictionaries")}
    have = [layer for layer in range(layers) if f"blocks.{layer}.hook_mlp_out" in run.cache]
    if len(by_layer) != len(list(transcoders)) or set(by_layer) != set(have):
        got = ", ".join(str(layer_of(one)) for one in transcoders) or "none"
        raise ValueError(f"transcoders: expected one for each of the layers {', '.join(map(str, have))}, got {got}")
    embedded = run.cache["hook_embed"].float()
    if "hook_pos_embed" in run.cache:
        embedded = embedded + run.cache["hook_pos_embed"].float()
    mlps = tuple(_replaced(run, layer, by_layer[layer]) if layer in by_layer else None for layer in range(layers))
    parallel = bool(getattr(model.cfg, "parallel_attn_mlp", False))
    attentions = tuple(_attention(run, layer) for layer in range(layers))
    return Replacement(run, attentions, mlps, parallel, embedded.expand(size, -1), first_of(run))


def first_of(run: Run) -> int:
    """1 where the run begins with its model's start token, else 0."""
    tokenizer = run.model.tokenizer
    return int(tokenizer is not None and run.token_ids[0] == tokenizer.bos_token_id and len(run.tokens) > 1)


def layer_of(transcoder: Any) -> int:
    """The layer whose MLP a transcoder stands for. Errors: TypeError for no dictionary, ValueError for another kind."""
    reads, writes = (getattr(transcoder, name, None) for name in ("reads", "writes"))
    if not (isinstance(reads, tuple) and isinstance(writes, tuple)):
        raise TypeError(f"transcoders: expected dictionaries, got {type(transcoder).__name__}")
    layer = reads[0].split(".")[1] if len(reads) == 1 and reads[0].endswith(".mlp.hook_in") else ""
    if not layer.isdecimal() or writes != (f"blocks.{layer}.hook_mlp_out",):
        expected = "each to read blocks.L.mlp.hook_in and to write blocks.L.hook_mlp_out"
        raise ValueError(f"transcoders: expected {expected}, got one from {', '.join(reads)} to {', '.join(writes)}")
    return int(layer)


def _attention(run: Run, layer: int) -> Attention:
    norm = attention_norm(run, layer)
    w_v, b_v = (heads_weight(run.model, layer, name) for name in ("W_V", "b_V"))  # [head, d_model, d_head]
    values, out = w_v.permute(1, 0, 2).flatten(1), w_o(run, layer).flatten(0, 1)
    bias = (norm.bias @ values + b_v.flatten()) @ out
    b_o = run.model.blocks[layer].attn.b_O
    return Attention(pattern(run, layer), values, out, norm, bias if b_o is None else bias + b_o.float())


def _replaced(run: Run, layer: int, transcoder: Dictionary) -> Replaced:
    norm, width = mlp_norm(run, layer), run.model.cfg.d_model
    checks.shape(f"transcoders[{layer}].W_enc", transcoder.W_enc, (1, width, transcoder.W_enc.shape[2]))
    x = run.cache[f"blocks.{layer}.mlp.hook_in"].float()
    encoder, decoder, constant = transcoder.W_enc[0].float(), transcoder.W_dec[:, 0].float(), transcoder.b_dec[0]
    silent = transcoder.pre(torch.zeros_like(x[:1]))[0]  # the encoder's bias, and what it takes off its input
    return Replaced(
        transcoder=transcoder,
        norm=norm,
        reader=encoder.T,
        offset=norm.bias @ encoder + silent,
        pre=transcoder.pre(x),
        activations=transcoder.encode(x),
        decoder=decoder,
        written=run.cache[f"blocks.{layer}.hook_mlp_out"].float(),
        constant=constant.float(),
    )
