"""Changing a run on the way and letting the model go on: what a part is needed for, not what it writes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headstream import checks
from headstream.models import Run
from headstream.models import run as run_model

if TYPE_CHECKING:
    import torch


def without_head(run: Run, layer: int, head: int) -> Run:
    """The same prompt through the same model with one head's write set to zero: everything after it is computed anew.

    Zero is no neutral value: the rest was never trained without this head. Errors: IndexError if there is no such head.
    """
    cfg = run.model.cfg
    layer, head = checks.index("layer", layer, cfg.n_layers), checks.index("head", head, cfg.n_heads)

    def silence(z: torch.Tensor, hook: object) -> torch.Tensor:
        z = z.clone()
        z[:, :, head] = 0  # z: [batch, position, head, d_head], what each head has read, before W_O
        return z

    with run.model.hooks(fwd_hooks=[(f"blocks.{layer}.attn.hook_z", silence)]):
        return replace(run_model(run.model, run.token_ids), text=run.text)
