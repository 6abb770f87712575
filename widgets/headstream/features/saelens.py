"""Dictionaries that SAELens saved: a folder with cfg.json and sae_weights.safetensors.

Its names are ours but for the axis of sites. Two of its habits are folded away as they are read: that b_dec is taken
off the input before the encoder, and that activations count by the norms of their decoders.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from headstream.extras import needs_lessons
from headstream.features.dictionaries import Dictionary
from headstream.features.files import built, read_tensors

with needs_lessons():
    import torch

ARCHITECTURES = {
    "standard": "relu", "topk": "topk", "jumprelu": "batchtopk", "batchtopk": "batchtopk",
    "transcoder": "relu", "jumprelu_transcoder": "batchtopk", "topk_transcoder": "topk",
}  # fmt: skip


def load(folder: Path) -> Dictionary:
    """Errors: ValueError for an architecture or a setting that no `Dictionary` computes, OSError for damaged files."""
    weights = folder / "sae_weights.safetensors"
    try:
        settings: dict[str, Any] = json.loads((folder / "cfg.json").read_text(encoding="utf-8"))
        tensors = read_tensors(weights.read_bytes(), "sae_weights")
    except (OSError, json.JSONDecodeError) as error:
        raise OSError(
            f"{folder}: expected cfg.json and sae_weights.safetensors as SAELens writes them: {error}"
        ) from None
    architecture = settings.get("architecture", "standard")
    if architecture not in ARCHITECTURES:
        raise ValueError(f"{folder}: expected an architecture among {', '.join(ARCHITECTURES)}, got {architecture!r}")
    for key, hint in (
        ("normalize_activations", "SAELens' fold_activation_norm_scaling_factor folds it into the weights"),
        ("reshape_activations", "dictionaries of single heads are not read"),
    ):
        if settings.get(key, "none") not in ("none", None):
            raise ValueError(f"{folder}: expected {key} 'none', got {settings[key]!r}: {hint}")
    missing = {"W_enc", "W_dec", "b_dec"} - set(tensors)
    if missing:
        raise ValueError(f"{folder}: expected the arrays W_enc, b_enc, W_dec, b_dec, got none called {min(missing)}")
    metadata = {**settings, **settings.get("metadata", {})}  # newer versions keep the hooks apart
    reads = metadata.get("hook_name", "")
    writes = metadata.get("hook_name_out") or metadata.get("hook_point_out") or reads
    if not reads:
        raise ValueError(f"{folder}: expected hook_name in cfg.json, got none")
    encoder, decoder = tensors["W_enc"], tensors["W_dec"]
    if encoder.ndim != 2 or decoder.ndim != 2 or encoder.shape[1] != decoder.shape[0]:
        got = f"{list(encoder.shape)} and {list(decoder.shape)}"
        raise ValueError(f"{folder}: expected W_enc [d_in, feature] and W_dec [feature, d_out], got {got}")
    b_enc = tensors.get("b_enc", torch.zeros(len(decoder)))
    if settings.get("apply_b_dec_to_input", "transcoder" not in architecture):
        b_enc = b_enc - tensors["b_dec"] @ encoder
    if settings.get("rescale_acts_by_decoder_norm", False):
        # f ‖W_dec‖ is what is compared, and W_dec / ‖W_dec‖ what is written.
        norms = decoder.norm(dim=1)
        encoder, b_enc, decoder = encoder * norms, b_enc * norms, decoder / norms[:, None]
    activation = ARCHITECTURES[architecture]
    return built(
        {
            "W_enc": encoder[None],
            "b_enc": b_enc,
            "W_dec": decoder[:, None],
            "b_dec": tensors["b_dec"][None],
            "threshold": tensors.get("threshold", torch.zeros(len(decoder))),
        },
        name=folder.name,
        reads=[reads],
        writes=[writes],
        activation=activation,
        k=settings.get("k") if activation == "topk" else None,
    )
