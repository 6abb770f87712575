"""How heads compose: how much of what one writes a later one reads, as query, key or value, with the null.

‖V O M‖ for W_OV = V O and M = B C is ‖√(VᵀV) O B √(C Cᵀ)‖: of each head one d_head x d_model matrix stands on either
side, and all pairs of two layers are one product of those.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.spectra import positive_share
from headstream.framework.weights import LowRank, checked_circuits, embedding, head_weights, heads_weight, unembedding
from headstream.models.runs import to_numpy
from headstream.results import Composition, Floats

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

Doubles = npt.NDArray[np.float64]


def composition(model: TransformerBridge) -> Composition:
    """Q-, K- and V-composition scores of all pairs of heads with their null, and what virtual heads copy and match.

    The score is ‖W_OV^from M‖ / (‖W_OV^from‖ ‖M‖), Frobenius norms, with M the W_QK, W_QKᵀ or W_OV of the later head;
    in the paper's columns the product is turned around, Wᵀ_QK W_OV, W_QK W_OV and W_OV W_OV.

    The null puts a random orthogonal matrix between the two. Its mean square is 1 / d_model whatever the heads, and the
    variance of its square, 2 v₁ v₂ / ((d_model - 1) (d_model + 2)) with v = Σσ⁴ / (Σσ²)² - 1 / d_model over a side's
    singular values σ, is exact too. Mean and standard deviation of the score are those of a root whose square has the
    beta distribution with these moments, as it has between matrices of rank 1.

    Biases are in none of it, and where positions are rotary W_QK is that at distance 0.

    Raises ValueError for a model of fewer than two layers, which has no pairs, and for one that norms, scales or caps
    what heads write or look for.
    """
    scores, null, null_sd = _scores(model, null=True)
    copying, matching = _virtual_heads(model)
    return Composition(tuple(_heads(model)), scores, null, null_sd, copying, matching)


def composition_scores(model: TransformerBridge) -> Floats:
    """[read, from, to] float32: the scores of `composition` alone."""
    return _scores(model, null=False)[0]


@torch.no_grad()
def key_matching_null(model: TransformerBridge, earlier: tuple[int, int], *, draws: int = 20, seed: int = 0) -> Floats:
    """[draw] float32: Σλ / Σ|λ| of W_E W_Q W_Kᵀ W_OVᵀ W_Eᵀ with random W_Q and W_K: the `matching` that `composition`
    gives where a head that has learnt nothing reads, as its keys, what the head `earlier` wrote.
    """
    source, w_e = head_weights(model, *earlier), embedding(model)
    through = source.ov.T @ (w_e.T @ w_e)  # the first W_E turned to the end: as many numbers as d_head
    shape = checks.whole("draws", draws, 1), 2, *source.W_Q.shape
    random = torch.randn(shape, generator=torch.Generator().manual_seed(checks.whole("seed", seed, 0)))
    values = torch.stack([(LowRank(w_q, w_k.T) @ through).eigenvalues() for w_q, w_k in random])
    return to_numpy(values.real.sum(1) / values.abs().sum(1))


def _heads(model: TransformerBridge) -> list[tuple[int, int]]:
    if model.cfg.n_layers < 2:
        raise ValueError(f"model: expected two layers or more, whose heads can compose, got {model.cfg.n_layers}")
    return list(np.ndindex(model.cfg.n_layers, model.cfg.n_heads))


@torch.no_grad()
def _scores(model: TransformerBridge, *, null: bool) -> tuple[Floats, Floats, Floats]:
    for kind in ("ov", "qk"):
        checked_circuits(model, kind)
    per_layer, layers, d_model = model.cfg.n_heads, model.cfg.n_layers, model.cfg.d_model
    size = len(_heads(model))
    found = np.full((3, 3, size, size), np.nan, np.float32)  # scores, null, null_sd
    written, spread_written = model.W_E.new_zeros(0, d_model, dtype=torch.float32), np.zeros(0)
    for layer in range(layers):
        w_q, w_k, w_v, w_o = (heads_weight(model, layer, name) for name in ("W_Q", "W_K", "W_V", "W_O"))
        now = slice(layer * per_layer, (layer + 1) * per_layer)
        for read, (near, far) in enumerate(((w_q, w_k), (w_k, w_q), (w_v, w_o.mT))) if layer else ():
            sides = _normed(near @ _root(far))  # [head, d_model, d_head]
            products = written @ sides.transpose(0, 1).flatten(1)  # [(from, d_head), (to, d_head)]
            squares = products.view(layer * per_layer, w_q.shape[2], per_layer, -1).square_().sum((1, 3))
            found[0, read, : now.start, now] = to_numpy(squares.sqrt())
            if null:
                spread = _spread(sides.mT)[None] * spread_written[:, None]
                found[1:, read, : now.start, now] = _null(spread, d_model)
        sides = _normed(_root(w_v).mT @ w_o)  # [head, d_head, d_model]
        written = torch.cat([written, sides.flatten(0, 1)])
        spread_written = np.concatenate([spread_written, _spread(sides)])
    return found[0], found[1], found[2]


def _root(factor: Tensor) -> Tensor:
    """S [head, d_head, d_head] with S Sᵀ = FᵀF for factors F [head, d_model, d_head]."""
    values, vectors = torch.linalg.eigh(factor.double().mT @ factor.double())
    found: Tensor = (vectors * values.clamp(min=0).sqrt()[..., None, :]).float()
    return found


def _normed(sides: Tensor) -> Tensor:
    """Each of norm 1; a head whose weights are zero stays zero, and its scores with it."""
    norms = torch.linalg.matrix_norm(sides)[:, None, None]
    found: Tensor = torch.where(norms > 0, sides / norms, 0)
    return found


def _spread(sides: Tensor) -> Doubles:
    """[head]: Σσ⁴ - 1 / d_model of sides [head, d_head, d_model] of norm 1."""
    gram = sides.double() @ sides.double().mT
    found: Doubles = (gram.square().sum((1, 2)) - 1 / sides.shape[2]).clamp(min=0).numpy(force=True)
    return found


def _null(spread: Doubles, d_model: int) -> Floats:
    """[2, from, to]: mean and standard deviation of the score, for the product of both sides' spreads."""
    mean = 1 / d_model
    variance = 2 * spread / max((d_model - 1) * (d_model + 2), 1)
    total = mean * (1 - mean) / np.maximum(variance, 1e-9 * mean**2) - 1  # of the beta distribution's two parameters
    below = _half_step(mean * total) - _half_step(total)  # the logarithm of the root's mean over √mean
    return np.stack([np.sqrt(mean) * np.exp(below), np.sqrt(-mean * np.expm1(2 * below))]).astype(np.float32)


def _half_step(a: Doubles) -> Doubles:
    """log(Γ(a + 1/2) / (Γ(a) √a)), which for large a is a difference of large numbers, and a short series."""
    exact = np.vectorize(lambda a: math.lgamma(a + 0.5) - math.lgamma(a) - math.log(a) / 2)(np.minimum(a, 30))
    found: Doubles = np.where(a < 30, exact, -1 / (8 * a) + 1 / (192 * a**3))
    return found


@torch.no_grad()
def _virtual_heads(model: TransformerBridge) -> tuple[Floats, Floats]:
    """Copying and matching of every pair, [from, to]: Σλ / Σ|λ| of products of d_head-sized matrices."""
    w_e = embedding(model)
    copy, match = (unembedding(model)[0] @ w_e).double(), (w_e.T @ w_e).double()
    layers, per_layer = model.cfg.n_layers, model.cfg.n_heads
    weights = [
        [heads_weight(model, layer, name).double() for name in ("W_Q", "W_K", "W_V", "W_O")] for layer in range(layers)
    ]
    copying, matching = np.full((2, layers * per_layer, layers * per_layer), np.nan, np.float32)
    for earlier, later in zip(*np.triu_indices(layers, 1), strict=True):
        (_, _, v, o), (w_q, w_k, w_v, w_o) = weights[earlier], weights[later]
        pairs = (
            (copying, (o[:, None] @ w_v) @ (w_o @ copy @ v[:, None])),
            (matching, (o[:, None] @ w_k).mT @ (v[:, None].mT @ match @ w_q)),
        )
        for into, turned in pairs:
            rows, columns = (slice(at * per_layer, (at + 1) * per_layer) for at in (earlier, later))
            into[rows, columns] = to_numpy(positive_share(turned)[1])
    return copying, matching
