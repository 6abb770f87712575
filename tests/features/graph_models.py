"""Transcoders of random weights, every bias at random too, for any model with MLPs."""

from __future__ import annotations

from typing import Any

import torch

from headstream.features.dictionaries import Dictionary


def random_transcoder(
    layer: int, width: int, features: int = 24, *, activation: str = "relu", k: int | None = None, seed: int = 0
) -> Dictionary:
    made = Dictionary(
        f"t{layer}",
        (f"blocks.{layer}.mlp.hook_in",),
        (f"blocks.{layer}.hook_mlp_out",),
        width,
        width,
        features,
        activation=activation,
        k=k,
        seed=seed + layer,
    )
    generator = torch.Generator().manual_seed(seed + layer)
    with torch.no_grad():
        made.b_enc.copy_(torch.randn(features, generator=generator) * 0.3 - 0.3)
        made.b_dec.copy_(torch.randn(1, width, generator=generator) * 0.3)
        if activation == "batchtopk":
            made.threshold.fill_(0.4)
    return made.requires_grad_(False)


def random_transcoders(model: Any, features: int = 24, **settings: Any) -> list[Dictionary]:
    return [random_transcoder(layer, model.cfg.d_model, features, **settings) for layer in range(model.cfg.n_layers)]
