"""Small models with random weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.extras import require


def random_model(rng: np.random.Generator, **sizes: Any) -> Any:
    """A one-layer attention-only TransformerBridge without LayerNorm, its weights and biases all drawn anew.

    Its sizes are random and all different, so that an axis taken for another shows. `sizes` sets any of them.
    """
    torch, config = require("torch"), require("transformer_lens.config")
    shape = {"n_layers": 1, "d_model": int(rng.integers(12, 17)), "d_head": int(rng.integers(5, 8))}
    shape |= {"n_heads": int(rng.integers(2, 5)), "d_vocab": 29, "n_ctx": 20, **sizes}
    settings = config.TransformerBridgeConfig(
        **shape, attn_only=True, normalization_type=None, act_fn="relu", positional_embedding_type="standard"
    )
    with torch.random.fork_rng(devices=[]):  # the reader's own random numbers stay as they were
        model = require("transformer_lens.model_bridge").TransformerBridge.boot_native(settings)
    model.requires_grad_(False)
    for weights in (*model.parameters(), model.unembed.b_U):  # b_U is a buffer, not a parameter
        weights.copy_(torch.from_numpy(rng.normal(scale=0.5, size=weights.shape)))
    return model.eval()


def random_ids(rng: np.random.Generator, model: Any, length: int = 8) -> Any:
    """[position] int64 tensor: tokens drawn without repetition."""
    return require("torch").from_numpy(rng.permutation(model.cfg.d_vocab)[:length])
