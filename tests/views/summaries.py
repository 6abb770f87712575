"""Summaries of dictionaries with random numbers, of any tokens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import DecoderShares, Examples, FeatureSummary

FEATURES, WINDOW, BINS = 7, 5, 8


def random_examples(random: np.random.Generator, features: int, count: int, tokens: int, begin: int) -> Examples:
    start = begin + WINDOW * np.arange(features * count, dtype=np.int32).reshape(features, count)
    ids = random.integers(0, tokens, (features, count, WINDOW)).astype(np.int32)
    activations = random.exponential(1, ids.shape).astype(np.float32) * (random.random(ids.shape) < 0.5)
    at = random.integers(0, WINDOW - 1, (features, count)).astype(np.int32)
    # Every window has its own largest activation where it was chosen; the strongest stands first.
    peaks = -np.sort(-random.uniform(2, 6, (features, count)), 1).astype(np.float32)
    np.put_along_axis(activations, at[..., None], peaks[..., None], 2)
    ids[-1, -1, -1] = -1
    activations[-1, -1, -1] = 0
    # The first is dead: it has no example.
    ids[0], activations[0], at[0], start[0] = -1, 0, -1, 0
    return Examples(ids, activations, at, start)


def random_summary(tokens: Sequence[str], features: int = FEATURES, seed: int = 0) -> FeatureSummary:
    """The first feature is dead; token ids are places in `tokens`."""
    random = np.random.default_rng(seed)
    top, drawn = (random_examples(random, features, count, len(tokens), begin) for count, begin in ((3, 0), (2, 10**6)))
    histogram = random.integers(0, 90, (features, BINS)).astype(np.int32)
    histogram[0] = 0
    largest = np.maximum(top.activations.max((1, 2)), drawn.activations.max((1, 2)))
    logits = np.sort(random.normal(size=(2, features, 4)).astype(np.float32), -1)
    ids = random.integers(0, len(tokens), (2, features, 4)).astype(np.int32)
    others = np.array([[other for other in range(features) if other != feature] for feature in range(features)])
    return FeatureSummary(
        name="a dictionary",
        place="blocks.2.hook_in",
        text="2 pages of 90 tokens",
        positions=178,
        density=(histogram.sum(1) / (90 * BINS)).astype(np.float32),
        largest=largest,
        histogram=histogram,
        reach=(largest * 1.2).astype(np.float32),
        top=top,
        drawn=drawn,
        promoted=ids[0],
        promoted_logits=abs(logits[0, :, ::-1]).copy(),
        suppressed=ids[1],
        suppressed_logits=-abs(logits[1]),
        nearest=others[:, :3].astype(np.int32),
        cosine=-np.sort(-random.uniform(-1, 1, (features, 3)), 1).astype(np.float32),
        vocabulary=dict(enumerate(tokens)),
    )


def random_shares(places: int = 3, features: int = 40, seed: int = 0) -> DecoderShares:
    random = np.random.default_rng(seed)
    norms = random.gamma(0.7, 1, (features, places)).astype(np.float32)
    names = tuple(f"blocks.{place}.hook_in" for place in range(places))
    density = random.uniform(0, 0.2, features).astype(np.float32)
    density[::8] = 0
    return DecoderShares("a crosscoder", norms, names, density)
