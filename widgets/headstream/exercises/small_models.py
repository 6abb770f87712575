"""Small models: with random weights, and one whose attention is to be set by hand."""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any

import numpy as np

from headstream.extras import require

SIZES = ("n_layers", "n_heads", "d_head", "d_model", "d_vocab", "n_ctx")


def random_model(rng: np.random.Generator, zero: str = "", **sizes: Any) -> Any:
    """A one-layer attention-only TransformerBridge without LayerNorm, its weights and biases all drawn anew.

    Its sizes are small and all different, so that an axis taken for another shows. `sizes` sets any of them.
    zero: a pattern of the names of weights that are 0, such as "attn.o.weight", "attn.q.bias" or "head.bias" (b_U).
    """
    torch = require("torch")
    model = copy.deepcopy(_model(**sizes))
    named = {name.replace("._original_component", ""): weights for name, weights in model.named_parameters()}
    for name, weights in {**named, "head.bias": model.unembed.b_U}.items():  # b_U is a buffer, not a parameter
        drawn = rng.normal(scale=0.7, size=weights.shape)
        weights.copy_(torch.from_numpy(0 * drawn if zero and re.search(zero, name) else drawn))
    return model


@cache
def _model(**sizes: Any) -> Any:
    """A model to copy, for it takes longer to build one."""
    torch, config = require("torch"), require("transformer_lens.config")
    shape = {"n_layers": 1, "n_heads": 2, "d_head": 3, "d_model": 5, "d_vocab": 7, "n_ctx": 6, **sizes}
    settings = config.TransformerBridgeConfig(
        **shape, attn_only=True, normalization_type=None, act_fn="relu", positional_embedding_type="standard"
    )
    with torch.random.fork_rng(devices=[]):  # the reader's own random numbers stay as they were
        model = require("transformer_lens.model_bridge").TransformerBridge.boot_native(settings)
    model.requires_grad_(False)
    return model.eval()


def sizes_and_weights(model: Any) -> tuple[dict[str, int], dict[str, Any]]:
    """All that tells a model of this module from another, as numbers and numpy arrays."""
    sizes = {name: getattr(model.cfg, name) for name in SIZES}
    return sizes, {name: weights.detach().numpy() for name, weights in model.state_dict().items()}


def rebuilt(sizes: dict[str, int], weights: dict[str, Any]) -> Any:
    """The model that `sizes_and_weights` told of. Raises RuntimeError for weights of other names or shapes."""
    torch = require("torch")
    model = copy.deepcopy(_model(**sizes))
    model.load_state_dict({name: torch.tensor(array, dtype=torch.float32) for name, array in weights.items()})
    return model


def blank_model() -> Any:
    """A two-layer attention-only TransformerBridge with one head a layer, whose attention weights are all 0.

    Tokens are 0, the start, and 26 letters. The stream has three parts, token (27 directions), place (41) and room for
    the token before (27): W_E writes the first, W_pos the second, W_U reads the first. d_head is d_model.
    """
    torch = require("torch")
    tokens, places = 27, 41
    d_model = 2 * tokens + places
    sizes = {"n_layers": 2, "n_heads": 1, "d_vocab": tokens, "n_ctx": places, "d_model": d_model, "d_head": d_model}
    model = copy.deepcopy(_model(**sizes))
    for weights in model.parameters():
        weights.zero_()
    model.W_E[:, :tokens] = model.W_U[:tokens] = torch.eye(tokens)
    model.W_pos[:, tokens : tokens + places] = torch.eye(places)
    return model


def random_ids(rng: np.random.Generator, model: Any, length: int = 4) -> Any:
    """[position] int64 tensor: tokens drawn without repetition."""
    return require("torch").from_numpy(rng.permutation(model.cfg.d_vocab)[:length])
