"""A run: one prompt through one model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import require
from headstream.models.labels import encode, labels
from headstream.results import Attention, Floats

if TYPE_CHECKING:
    import torch
    from transformer_lens import ActivationCache
    from transformer_lens.model_bridge import TransformerBridge


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """One prompt through one model: everything that depends on the prompt is computed from it.

    token_ids: [position] int64. tokens: their exact labels (see `headstream.models.labels`).
    text: the prompt, or None if token ids were given.
    logits: [position, d_vocab] float32 tensor. cache: the model's activations, the batch dimension removed.
    changes: what was changed on the way (`headstream.framework.interventions`).
    """

    model: TransformerBridge
    token_ids: npt.NDArray[np.int64]
    tokens: tuple[str, ...]
    text: str | None
    logits: torch.Tensor
    cache: ActivationCache
    changes: tuple[Any, ...] = ()

    @property
    def name(self) -> str:
        """The model's name."""
        return str(self.model.cfg.model_name)

    @property
    def attention(self) -> Attention:
        """Every head's attention pattern, and the norms of its value vectors."""
        cfg, n = self.model.cfg, len(self.tokens)
        pattern = np.zeros((cfg.n_layers, cfg.n_heads, n, n), np.float32)
        value_norm = np.zeros((cfg.n_layers, cfg.n_heads, n), np.float32)
        for layer in range(cfg.n_layers):
            pattern[layer] = to_numpy(self.cache[f"blocks.{layer}.attn.hook_pattern"])
            norms = self.cache[f"blocks.{layer}.attn.hook_v"].float().norm(dim=-1)
            value_norm[layer] = to_numpy(ungrouped(norms, cfg.n_heads, 1)).T
        return Attention(pattern, value_norm, self.tokens, self.token_ids)

    def __repr__(self) -> str:
        shown = "".join(self.tokens)
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        changed = "".join(f"; {change}" for change in self.changes)
        return f"Run of {self.name} on {len(self.tokens)} tokens: {shown!r}{changed}"


def run(model: TransformerBridge, text_or_ids: str | Sequence[int] | npt.NDArray[Any] | torch.Tensor) -> Run:
    """One prompt through one model.

    text_or_ids: a text, before which the model's start token is put; or token ids, [position] (or [1, position], as
        `model.to_tokens` gives), which are used as they are. A ``<|endoftext|>`` typed in a text is text.

    Errors: ValueError for an empty prompt, one longer than the model's context, ids that are not in the vocabulary, or
    a model that is no decoder with attention in every block (BERT, T5, Mamba); TypeError for anything else than a
    model, a text or whole numbers.
    """
    torch = require("torch")
    model = checked_model(model)
    text = text_or_ids if isinstance(text_or_ids, str) else None
    ids = _text_ids(model, text) if text is not None else _checked_ids(model, text_or_ids)
    if len(ids) > model.cfg.n_ctx:
        start = " with the start token" if text is not None else ""
        raise ValueError(
            f"text_or_ids: expected at most {model.cfg.n_ctx} tokens{start}, which is all that {model.cfg.model_name}"
            f" reads, got {len(ids)}"
        )
    with torch.no_grad():
        logits, cache = model.run_with_cache(
            torch.from_numpy(ids)[None].to(model.cfg.device), return_type="logits", remove_batch_dim=True
        )
    for layer in range(model.cfg.n_layers):  # a model may not say that it looks ahead
        if cache[f"blocks.{layer}.attn.hook_pattern"].triu(1).any():
            raise _no_decoder(model, "in which a token attends to later ones")
    return Run(model, ids, labels(model.tokenizer, ids), text, logits[0].float(), cache)


def checked_model(given: Any) -> Any:
    """The model itself. Errors: TypeError for anything that is not a model; ValueError for one that is no decoder with
    attention in every block.
    """
    if isinstance(given, type) or not hasattr(given, "run_with_cache"):
        raise TypeError(f"model: expected a model (pass hs.load('attn-only-2l')), got {_kind(given)}")
    if not hasattr(given, "blocks"):
        raise _no_decoder(given, "which has an encoder beside its decoder")
    if given.cfg.attention_dir != "causal":
        raise _no_decoder(given, "in which a token attends to later ones")
    for layer, block in enumerate(given.blocks):
        if not hasattr(block, "attn"):
            raise _no_decoder(given, f"whose block {layer} has none")
    return given


def _no_decoder(model: TransformerBridge, got: str) -> ValueError:
    name = getattr(model.cfg, "architecture", None) or model.cfg.model_name
    expected = "a decoder that predicts the next token from those before it, with attention in every block"
    return ValueError(f"model: expected {expected}, got {name}, {got}")


def ungrouped(weights: torch.Tensor, heads: int, axis: int = 0) -> torch.Tensor:
    """One entry a head along `axis`, where the heads of a group share keys and values and so have one between them."""
    return weights if weights.shape[axis] == heads else weights.repeat_interleave(heads // weights.shape[axis], axis)


def checked_run(given: Any) -> Run:
    """The run itself. Errors: TypeError for anything that is not a run."""
    if not isinstance(given, Run):
        raise TypeError(f"run: expected a run (pass hs.run(model, text)), got {_kind(given)}")
    return given


def to_numpy(tensor: torch.Tensor) -> Floats:
    """float32, on the CPU; numpy has no bfloat16."""
    array: Floats = tensor.float().numpy(force=True)
    return array


def _text_ids(model: TransformerBridge, text: str) -> npt.NDArray[np.int64]:
    if model.tokenizer is None:
        raise ValueError("text_or_ids: expected token ids, for this model has no tokenizer, got a text")
    if not text:
        raise ValueError("text_or_ids: expected at least one character, got an empty text")
    start = model.tokenizer.bos_token_id if model.cfg.default_prepend_bos else None
    return np.array(([] if start is None else [start]) + encode(model.tokenizer, text), np.int64)


def _checked_ids(model: TransformerBridge, given: Any) -> npt.NDArray[np.int64]:
    if not hasattr(given, "__len__") or isinstance(given, (bytes, dict, set)):
        raise TypeError(f"text_or_ids: expected a text or a list of token ids, got {_kind(given)}")
    try:
        ids = np.asarray(given.tolist() if hasattr(given, "tolist") else given)
    except ValueError:
        raise ValueError("text_or_ids: expected one list of token ids, got lists that differ in length") from None
    if ids.ndim == 2 and len(ids) == 1:
        ids = ids[0]
    if ids.ndim != 1:
        raise ValueError(f"text_or_ids: expected one list of token ids, [position], got shape {list(ids.shape)}")
    if not ids.size:
        raise ValueError("text_or_ids: expected at least one token id, got an empty list")
    last = model.cfg.d_vocab - 1
    return np.array([checks.whole(f"token id at position {at}", i, 0, last) for at, i in enumerate(ids.tolist())])


def _kind(given: Any) -> str:
    return type(given).__name__
