"""A ladder for tests of views: random models of a small vocabulary reading one text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import Ladder

MODELS = ("attn-only-0l", "attn-only-1l", "attn-only-2l", "gelu-4l")
VOCABULARY = (
    "<|endoftext|>",
    " the",
    " Cater",
    "p",
    "illar",
    "\n\n",
    '"',
    " said",
    ",",
    " <0xE2><0x80>",
    "<0x99>",
    " Alice",
)


def random_ladder(
    length: int = 40,
    *,
    models: Sequence[str] = MODELS,
    vocabulary: Sequence[str] = VOCABULARY,
    top: int = 5,
    seed: int = 0,
) -> Ladder:
    """Probabilities of every size; later models are surer of the token that comes."""
    random = np.random.default_rng(seed)
    ids = np.concatenate([[0], random.integers(1, len(vocabulary), length - 1)])
    scores = 1.5 * random.normal(size=(len(models), length, len(vocabulary)))
    scores[:, np.arange(length), ids] += 0.8 * np.arange(len(models))[:, None] + random.normal(size=length)
    p = np.exp(scores)
    p = (p / p.sum(-1, keepdims=True)).astype(np.float32)
    guesses = np.argsort(-p, axis=-1)[..., :top].astype(np.int32)
    guess_prob = np.take_along_axis(p, guesses, -1)
    next_prob = p[:, np.arange(length), ids]
    next_prob[:, 0] = np.nan
    guess_prob[:, 0] = np.nan
    guesses[:, 0] = -1
    known = {int(token): vocabulary[token] for token in np.unique(guesses) if token >= 0}
    return Ladder(tuple(models), next_prob, guesses, guess_prob, known, tuple(vocabulary[token] for token in ids))


def first_models(ladder: Ladder, threshold: float) -> list[str]:
    """The name of the first model above the threshold at each position; "" where there is none."""
    above = ladder.next_prob > threshold
    return [ladder.models[column.argmax()] if column.any() else "" for column in above.T]


HOSTILE = (
    "<|endoftext|>",
    "<img src=x onerror=window.hacked=1>",
    "</script><script>window.hacked=1</script>",
    " a",
    "\u202eevil",
    "\x07",
    " שלום",
    " 12",
    "مرحبا",
    "\u2067",
    " <0xF0><0x9F>",
    "<0x98><0x80>",
    "<0xFF>",
    "\u200d",
    "&amp;",
)


def hostile_ladder() -> Ladder:
    size = len(HOSTILE)
    guesses = np.tile(np.arange(size, dtype=np.int32), (2, size, 1))
    guesses[:, 0] = -1
    p = np.full((2, size), 0.6, np.float32)
    return Ladder(("<b>a</b>", "\u202eb"), p, guesses, np.full(guesses.shape, 0.05), dict(enumerate(HOSTILE)), HOSTILE)
