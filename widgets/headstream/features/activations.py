"""Activations of a model at some of its hooks, on text: what dictionaries are trained and measured on."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.models.runs import checked_model

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


class _EnoughError(Exception):
    """All that was asked for has been seen: what the model would do after it is not needed."""


@torch.no_grad()
def activations(model: TransformerBridge, ids: Tensor, sites: Sequence[str]) -> dict[str, Tensor]:
    """The activations [batch, position, d] at these hooks, by name, of token ids [batch, position].

    The model stops after the last of them. Raises ValueError for a hook that it does not have.
    """
    seen: dict[str, Tensor] = {}
    wanted = set(sites)

    def keep(value: Tensor, hook: Any) -> None:
        seen[hook.name] = value.detach()
        if len(seen) == len(wanted):
            raise _EnoughError

    missing = [site for site in sites if site not in model.hook_dict]
    if missing:
        raise ValueError(f"sites: expected hooks of {model.cfg.model_name}, got {missing[0]!r}")
    try:
        with suppress(_EnoughError):
            model.run_with_hooks(ids, return_type=None, fwd_hooks=[(site, keep) for site in wanted])
    finally:
        model.reset_hooks()
    return seen


class Windows:
    """Windows of a text's tokens from random places, each after a start token, drawn by the number of a step.

    tokens: [token] whole numbers. length: of a window, its start token included. The first position of each is left
    out of `draw`'s activations: it is the same everywhere, and no prompt is about it.
    """

    def __init__(
        self, model: TransformerBridge, tokens: npt.NDArray[Any], *, length: int = 128, batch: int = 16, seed: int = 0
    ) -> None:
        self.model = checked_model(model)
        self.tokens = checks.whole_numbers("tokens", tokens)
        if self.tokens.ndim != 1 or len(self.tokens) < length:
            raise ValueError(f"tokens: expected one list of at least {length}, got shape {list(self.tokens.shape)}")
        if self.tokens.min() < 0 or self.tokens.max() >= self.model.cfg.d_vocab:
            raise ValueError(f"tokens: expected ids from 0 to {self.model.cfg.d_vocab - 1}, got {self.tokens.max()}")
        self.length = checks.whole("length", length, 2, self.model.cfg.n_ctx)
        self.batch, self.seed = checks.whole("batch", batch, 1), checks.whole("seed", seed, 0)

    def ids(self, step: int) -> Tensor:
        """[batch, length] token ids."""
        random = np.random.default_rng((self.seed, step))
        starts = random.integers(0, len(self.tokens) - self.length + 2, self.batch)
        rows = self.tokens[starts[:, None] + np.arange(self.length - 1)].astype(np.int64)
        start = self.model.tokenizer.bos_token_id if self.model.tokenizer is not None else None
        first = np.full((self.batch, 1), 0 if start is None else start)
        return torch.from_numpy(np.concatenate([first, rows], 1)).to(self.model.cfg.device)

    def draw(self, step: int, sites: Sequence[str]) -> dict[str, Tensor]:
        """Activations [batch · (length - 1), d] float32, by site; the model runs in bfloat16."""
        device = torch.device(self.model.cfg.device).type
        with torch.autocast(device, torch.bfloat16):
            seen = activations(self.model, self.ids(step), sites)
        return {site: value[:, 1:].flatten(0, 1).float() for site, value in seen.items()}
