"""Where runs come from: one interface, whoever holds the model and wherever it runs.

A source runs a prompt once, and where the model is hands what was asked for to a function that makes it small. Results
know no more of a model than this; whoever has another kind of model writes these six things:

    name        what to call the model
    tokenizer   of Hugging Face's kind, or None where prompts are token ids
    shape       a `Shape`
    names       the activations that it can give, anything that answers `name in names`
    travels     whether what is read crosses a network: then only what is small is asked for
    read(token_ids, names, reduce)   runs the prompt, and returns reduce(activations, weight, shape)

activations: tensor by name, without the batch, in the model's own precision, each on the device where it was made:

    hook_embed, hook_pos_embed                                     [position, d_model]
    blocks.0.hook_resid_pre, .hook_resid_mid                       the stream before a block, and after its attention
    blocks.0.hook_attn_out, .hook_mlp_out                          what a layer's attention and MLP write
    blocks.0.attn.hook_pattern                                     [head, query, key]
    blocks.0.attn.hook_v                                           [position, head or group of heads, d_head]
    blocks.0.attn.hook_z                                           [position, head, d_head], before W_O
    ln_final.hook_in, ln_final.hook_scale                          [position, d_model]; what divides it, [position, 1]
    logits                                                         [position, d_vocab]

weight(name) is a tensor, or None where the model does without:

    unembed.W_U [d_model, d_vocab], unembed.b_U [d_vocab], ln_final.w, ln_final.b [d_model]
    blocks.0.attn.W_O [head, d_head, d_model], blocks.0.attn.b_O, blocks.0.mlp.b_out [d_model]

The names are TransformerLens'. A model whose blocks run attention and MLP side by side has no hook_resid_mid, one
without a last norm no hook_scale.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import torch

Found = TypeVar("Found")


class Shape(NamedTuple):
    """What results must know of a model.

    heads: in each layer. n_ctx: the longest prompt. norm: the last one's kind: "LN", "RMS" (which subtracts no mean) or
    None. eps: what that norm adds to the mean square. cap: logits are cap · tanh(x / cap), None where they are not
    capped. start: whether a text begins with the tokenizer's start token.
    """

    layers: int
    heads: int
    d_vocab: int
    n_ctx: int
    norm: str | None
    eps: float
    cap: float | None = None
    start: bool = True


Activations: TypeAlias = "dict[str, torch.Tensor]"
Weight: TypeAlias = Callable[[str], Any]
Reduce: TypeAlias = Callable[["Activations", "Weight", Shape], Found]


class RunSource(Protocol):
    """See this module."""

    @property
    def name(self) -> str: ...
    @property
    def tokenizer(self) -> Any: ...
    @property
    def shape(self) -> Shape: ...
    @property
    def names(self) -> Container[str]: ...
    @property
    def travels(self) -> bool: ...

    def read(self, token_ids: npt.NDArray[np.int64], names: Sequence[str], reduce: Reduce[Found]) -> Found: ...


def is_source(given: Any) -> bool:
    """Whether it is a source already, such as a reader's own."""
    return not isinstance(given, type) and callable(getattr(given, "read", None)) and hasattr(given, "shape")
