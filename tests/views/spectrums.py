"""Spectra and roles made of random numbers, in the form that the framework gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from headstream.results import Readings, Roles, Spectra
from headstream.results.roles import DETECTORS


def random_spectra(
    tokens: Sequence[str],
    layers: int = 2,
    heads: int = 4,
    rank: int = 8,
    *,
    read: int = 3,
    places: int = 5,
    kind: str = "ov",
    draws: int = 50,
    seed: int = 0,
) -> Spectra:
    """Spectra of products of random factors, every other head with a part that copies.

    Every direction has the first tokens as its readings, so that each token is seen.
    """
    rng = np.random.default_rng(seed)
    count = layers * heads
    matrices = rng.normal(size=(count, rank, rank)) @ rng.normal(size=(count, rank, rank)) / rank
    matrices += np.where(np.arange(count) % 2, 1.5, 0)[:, None, None] * np.eye(rank)
    matrices *= np.geomspace(0.5, 8, count)[:, None, None]
    eigenvalues, singular, score = decomposed(matrices)
    null = rng.normal(size=(draws, rank, rank)) @ rng.normal(size=(draws, rank, rank))
    null /= np.sqrt((np.linalg.svd(null, compute_uv=False) ** 2).mean(-1))[:, None, None]
    null_eigenvalues, null_singular, null_score = decomposed(null)
    return Spectra(
        kind=kind,
        heads=tuple((layer, head) for layer in range(layers) for head in range(heads)),
        eigenvalues=eigenvalues,
        singular=singular,
        score=score,
        null_score=null_score,
        null_radius=np.quantile(np.abs(null_eigenvalues), (0.05, 0.95), axis=0).astype(np.float32),
        null_singular=np.quantile(null_singular, (0.05, 0.95), axis=0).astype(np.float32),
        eigenvectors=readings(rng, count, min(read, rank), min(places, len(tokens)), len(tokens)),
        singular_vectors=readings(rng, count, min(read, rank), min(places, len(tokens)), len(tokens)),
        vocabulary=dict(enumerate(tokens)),
    )


def decomposed(matrices: Any) -> tuple[Any, Any, Any]:
    """Eigenvalues and singular values, the largest first, and the score."""
    found = np.linalg.eigvals(matrices)
    eigenvalues = np.take_along_axis(found, np.argsort(-np.abs(found), -1, kind="stable"), -1)
    score = eigenvalues.sum(-1).real / np.abs(eigenvalues).sum(-1)
    singular = np.linalg.svd(matrices, compute_uv=False)
    return eigenvalues.astype(np.complex64), singular.astype(np.float32), score.astype(np.float32)


def readings(rng: np.random.Generator, heads: int, read: int, places: int, vocabulary: int) -> Readings:
    shape = (heads, read, 2, 2, places)
    token = (np.arange(places) + np.arange(read)[:, None]) % vocabulary
    weight = -np.sort(-rng.uniform(0.01, 0.4, shape), -1)
    weight[..., 1, :] *= -1
    return Readings(np.broadcast_to(token[None, :, None, None], shape).astype(np.int32), weight.astype(np.float32))


def some_roles(layers: int = 2, heads: int = 4) -> Roles:
    """The last head of the last layer is an induction head, the first of the first a previous-token head."""
    scores = np.zeros((len(DETECTORS), layers, heads), np.float32)
    scores[DETECTORS.index("previous token"), 0, 0] = 0.9
    scores[DETECTORS.index("prefix matching"), -1, -1] = 0.8
    threshold = np.full(len(DETECTORS), 0.3, np.float32)
    return Roles(scores, np.zeros_like(scores), threshold)
