"""A TransformerBridge's pass, all of whose activations are kept."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream.models.run_sources import Found, Reduce, Shape

if TYPE_CHECKING:
    import torch
    from transformer_lens import ActivationCache
    from transformer_lens.model_bridge import TransformerBridge


@dataclass(frozen=True, eq=False)
class KeptPass:
    """The source of a bridge's run: its one pass is over, so that every result reads the same.

    logits: [position, d_vocab] float32. cache: the activations, the batch dimension removed.
    """

    model: TransformerBridge
    logits: torch.Tensor
    cache: ActivationCache

    travels = False

    @property
    def name(self) -> str:
        return str(self.model.cfg.model_name)

    @property
    def tokenizer(self) -> Any:
        return self.model.tokenizer

    @property
    def names(self) -> Container[str]:
        return {"logits", *self.cache.keys()}

    @property
    def shape(self) -> Shape:
        cfg = self.model.cfg
        norm, cap = None, getattr(cfg, "output_logits_soft_cap", None) or 0
        if "ln_final.hook_scale" in self.cache:
            norm = "RMS" if self.model.ln_final.uses_rms_norm else "LN"
        d_vocab = self.logits.shape[-1]
        return Shape(cfg.n_layers, cfg.n_heads, d_vocab, cfg.n_ctx, norm, cfg.eps, cap if cap > 0 else None)

    def read(self, token_ids: npt.NDArray[np.int64], names: Sequence[str], reduce: Reduce[Found]) -> Found:
        found = {name: self.logits if name == "logits" else self.cache[name] for name in names}
        return reduce(found, self._weight, self.shape)

    def _weight(self, name: str) -> Any:
        *path, last = name.split(".")
        if path == ["ln_final"]:
            norm: Any = self.model.ln_final
            tensor = getattr(norm, {"w": "weight", "b": "bias"}[last], None)
            return tensor + float(norm.uses_weight_offset) if last == "w" and tensor is not None else tensor
        if path == ["unembed"]:
            return getattr(self.model, last)
        _, layer, part = path
        return getattr(getattr(self.model.blocks[int(layer)], part), last, None)
