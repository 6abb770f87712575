"""What clears the stream: neurons that write against what they read, and heads that do.

Nothing is ever overwritten in the stream, so room is made only by adding the opposite of what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.mlps import key_vectors, value_vectors
from headstream.framework.spectra import positive_share
from headstream.framework.weights import checked_circuits, heads_weight
from headstream.models.runs import checked_model, to_numpy
from headstream.results import Floats

with needs_lessons():
    import torch

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


@torch.no_grad()
def neuron_cosines(model: TransformerBridge, *, shuffled: bool = False, seed: int = 0) -> Floats:
    """[layer, neuron] float32: the cosine of each neuron's key and its value. Near -1 it takes away what it reads.

    A neuron that reads along its key with an activation above 0 writes, along that key, activation · ‖value‖ · cosine.
    shuffled: the null: each key with the value of another neuron of its layer, drawn at random. Raises ValueError for a
    model without MLPs of neurons.
    """
    generator = torch.Generator().manual_seed(checks.whole("seed", seed, 0))
    rows = []
    for layer in range(checked_model(model).cfg.n_layers):
        keys, values = key_vectors(model, layer), value_vectors(model, layer)
        if shuffled:
            order = torch.randperm(len(values), generator=generator)
            values = values[order.roll(1)[order.argsort()]]  # along one circle through all, so that none meets its own
        rows.append(to_numpy(torch.cosine_similarity(keys, values, dim=1)))
    if not rows:
        raise ValueError("model: expected one with MLPs, got one without layers")
    return np.stack(rows)


@torch.no_grad()
def ov_signs(model: TransformerBridge) -> Floats:
    """[layer, head] float32: Σλ / Σ|λ| of W_V W_O in the stream, from -1 to 1: near -1 where a head takes away what it
    reads, from wherever it attends. The copying score is the same in token space. The null is `ov_signs_null(model)`.
    """
    rows = [_signs(model, layer).diagonal() for layer in range(checked_circuits(model, "ov").cfg.n_layers)]
    return np.array(rows, np.float32).reshape(-1, model.cfg.n_heads)


@torch.no_grad()
def ov_signs_null(model: TransformerBridge) -> Floats:
    """[draw] float32: the score of W_V of one head with W_O of another of its layer, for all such pairs."""
    others = ~np.eye(checked_circuits(model, "ov").cfg.n_heads, dtype=bool)
    rows = [_signs(model, layer)[others] for layer in range(model.cfg.n_layers)]
    return np.concatenate(rows) if rows else np.zeros(0, np.float32)


def _signs(model: TransformerBridge, layer: int) -> Floats:
    """[head, head]: Σλ / Σ|λ| of W_V of the first with W_O of the second."""
    reads, gives = (heads_weight(model, layer, name).double() for name in ("W_V", "W_O"))
    return to_numpy(positive_share(gives[None] @ reads[:, None])[1])
