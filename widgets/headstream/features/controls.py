"""What a dictionary finds where nothing was learnt: the controls of what is said of features."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.models import load
from headstream.models.runs import checked_model
from headstream.results import Examples, Floats

with needs_lessons():
    import torch

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


@torch.no_grad()
def shuffled_weights(name: str, seed: int = 0) -> TransformerBridge:
    """A model in which every matrix has its own numbers in another order: it has learnt nothing, and its weights are
    as large as they were. Vectors (biases) stay. name: of the model, as for `load`.
    """
    model = checked_model(load(name))
    random = torch.Generator().manual_seed(checks.whole("seed", seed, 0))
    for weight in model.parameters():
        if weight.ndim > 1:
            weight.copy_(weight.flatten()[torch.randperm(weight.numel(), generator=random)].view_as(weight))
    return model


def one_token(examples: Examples) -> Floats:
    """[feature] float32: the share of its examples that are at the most frequent of their tokens; nan without any.

    1 is a feature that is at one token in all of them. Its null: the same on a model with `shuffled_weights`.
    """
    shares = np.full(len(examples.at), np.nan, np.float32)
    for feature, tokens in enumerate(examples.tokens):
        some = tokens[tokens >= 0]
        if len(some):
            shares[feature] = np.unique(some, return_counts=True)[1].max() / len(some)
    return shares
