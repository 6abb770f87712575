"""Trainings made of random numbers, in the form that the framework gives them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import Training
from tests.views.arrays import attention_pattern


def random_training(
    tokens: Sequence[str], count: int = 9, layers: int = 2, heads: int = 3, texts: int = 2, seed: int = 0
) -> Training:
    """Steps in a geometric row, losses that fall, heads' scores that rise as they please."""
    random, size = np.random.default_rng(seed), len(tokens)
    steps = np.unique(np.append(0, np.geomspace(10, 10 * 2.0 ** max(0, count - 2), count - 1).round())).astype(np.int32)
    patterns = np.stack(
        [
            [attention_pattern(layers, heads, size, seed + 100 * at + text) for text in range(texts)]
            for at in range(len(steps))
        ]
    )
    loss, early, late, first, second = random.uniform(1, 9, (5, len(steps))).astype(np.float32)
    prefix, previous = random.uniform(0, 1, (2, len(steps), layers, heads)).astype(np.float32)
    return Training(
        name="a model",
        steps=steps,
        loss=-np.sort(-loss),
        early_loss=early,
        late_loss=late,
        first_copy=first,
        second_copy=second,
        prefix=prefix,
        previous=previous,
        patterns=np.rint(255 * patterns).astype(np.uint8),
        tokens=(tuple(tokens),) * texts,
        token_ids=np.tile(np.arange(size), (texts, 1)),
        prefix_null=0.04,
        previous_null=0.09,
    )
