"""Eigenvalues and singular values of heads' circuits in token space, from matrices of d_model² numbers and fewer.

A circuit is L R with L [d_vocab, d_head] and R [d_head, d_vocab]. Its eigenvalues are those of the small R L, and its
singular values those of √(Lᵀ L) √(R Rᵀ). With W_U W_E, W_Eᵀ W_E and W_U W_Uᵀ [d_model, d_model] formed once, no head
needs the vocabulary again, except to read vectors as tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.weights import checked_circuits, embedding, heads_weight, unembedding
from headstream.models.labels import labels
from headstream.models.runs import to_numpy
from headstream.results import Floats, Readings, Spectra
from headstream.results.circuit import KINDS

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

_PLACES = 6  # tokens read a side and sign


class Ends(NamedTuple):
    """What stands on either side of all heads' matrices: W_E [d_vocab, d_model], and on the right W_U or W_Eᵀ.

    middle: [d_model, d_model], right · left. left_gram: leftᵀ · left. right_gram: right · rightᵀ. All float64.
    """

    left: Tensor
    right: Tensor
    middle: Tensor
    left_gram: Tensor
    right_gram: Tensor


class Factors(NamedTuple):
    """Of some heads: reads, W_V or W_Q [head, d_model, d_head]; gives, W_O or W_Kᵀ / √d_head, the other way round."""

    reads: Tensor
    gives: Tensor

    def turned(self, ends: Ends) -> Tensor:
        """R L [head, d_head, d_head], whose eigenvalues are the circuit's."""
        return self.gives @ ends.middle @ self.reads

    def inner(self, ends: Ends) -> tuple[Tensor, Tensor]:
        """Lᵀ L and R Rᵀ, [head, d_head, d_head] each."""
        return self.reads.mT @ ends.left_gram @ self.reads, self.gives @ ends.right_gram @ self.gives.mT


@torch.no_grad()
def spectra(
    model: TransformerBridge,
    kind: str = "ov",
    heads: Sequence[tuple[int, int]] | None = None,
    *,
    read: int = 12,
    draws: int = 32,
    seed: int = 0,
) -> Spectra:
    """Eigenvalues, singular values and Σλ / Σ|λ| of heads' circuits in token space, with a null.

    kind: "ov", W_E W_V W_O W_U, whose score tells copying; "qk", W_E W_Q W_Kᵀ W_Eᵀ / √d_head, whose score tells
        matching, looking for the token itself. The paper's W_U W_O W_V W_E is the transpose, with the same
        eigenvalues.
    heads: (layer, head) of each, or None for all. read: the vectors of how many first directions are read as tokens.
    draws: of the null, in which both factors of a head are independent Gaussian matrices of the same shapes between the
        model's own W_E and W_U (W_Eᵀ for "qk"). Its scores lie around 0 on both sides, for no sign is preferred.

    A score near 1 says that eigenvalues are mostly positive, no more: the diagonal of the circuit can have negative
    entries all the same, for tokens that the head makes less likely when it attends to them. Biases are in neither
    circuit, and where positions are rotary QK is that at distance 0.
    """
    checks.choice("kind", kind, KINDS)
    draws = checks.whole("draws", draws, 1)
    chosen = _chosen(checked_circuits(model, kind), heads)
    read = min(checks.whole("read", read, 1), model.cfg.d_head)
    ends, factors = _ends(model, kind), _factors(model, kind, chosen)
    eigenvalues, singular, score = _values(factors, ends)
    null_eigenvalues, null_singular, null_score = _values(_drawn(factors, draws, seed), ends)
    null_root = np.sqrt((null_singular**2).mean(1, keepdims=True))
    singular_vectors, eigenvectors = _readings(factors, ends, read)
    ids = np.unique(np.concatenate([singular_vectors.token.ravel(), eigenvectors.token.ravel()])).tolist()
    return Spectra(
        kind=kind,
        heads=chosen,
        eigenvalues=eigenvalues,
        singular=singular,
        score=score,
        null_score=null_score,
        null_radius=_band(np.abs(null_eigenvalues) / null_root),
        null_singular=_band(null_singular / null_root),
        eigenvectors=eigenvectors,
        singular_vectors=singular_vectors,
        vocabulary=dict(zip(ids, labels(model.tokenizer, ids), strict=True)),
    )


def copying_scores(model: TransformerBridge) -> Floats:
    """[layer, head] float32: Σλ / Σ|λ| of W_E W_V W_O W_U, from -1 to 1: near 1 where attending to a token makes it
    likelier, as a rule. The null is `copying_null(model)`.
    """
    return _scores(model, "ov")


def copying_null(model: TransformerBridge, *, draws: int = 32, seed: int = 0) -> Floats:
    """[draw] float32: the copying score of heads with random weights between the model's own W_E and W_U."""
    return _null(model, "ov", draws, seed)


def matching_scores(model: TransformerBridge) -> Floats:
    """[layer, head] float32: Σλ / Σ|λ| of W_E W_Q W_Kᵀ W_Eᵀ, from -1 to 1: near 1 where a token looks for itself, as a
    rule. The null is `matching_null(model)`.
    """
    return _scores(model, "qk")


def matching_null(model: TransformerBridge, *, draws: int = 32, seed: int = 0) -> Floats:
    """[draw] float32: the matching score of heads with random weights between the model's own W_E and W_Eᵀ."""
    return _null(model, "qk", draws, seed)


def positive_share(turned: Tensor) -> tuple[Tensor, Tensor]:
    """Eigenvalues [..., n] of matrices [..., n, n], largest first, and Σλ / Σ|λ| [...], 0 where all are 0."""
    found = torch.linalg.eigvals(turned)
    found = found.gather(-1, found.abs().argsort(-1, descending=True))
    total = found.abs().sum(-1)
    return found, torch.where(total > 0, found.real.sum(-1) / total, 0)


@torch.no_grad()
def _scores(model: TransformerBridge, kind: str) -> Floats:
    shape = (checked_circuits(model, kind).cfg.n_layers, model.cfg.n_heads)
    if not model.cfg.n_layers:
        return np.zeros(shape, np.float32)
    _, score = positive_share(_factors(model, kind, _chosen(model, None)).turned(_ends(model, kind)))
    return to_numpy(score).reshape(shape)


@torch.no_grad()
def _null(model: TransformerBridge, kind: str, draws: int, seed: int) -> Floats:
    draws = checks.whole("draws", draws, 1)
    factors = _factors(checked_circuits(model, kind), kind, _chosen(model, ((0, 0),)))
    return to_numpy(positive_share(_drawn(factors, draws, seed).turned(_ends(model, kind)))[1])


def _chosen(model: TransformerBridge, heads: Sequence[tuple[int, int]] | None) -> tuple[tuple[int, int], ...]:
    cfg = model.cfg
    if heads is None:
        heads = list(np.ndindex(cfg.n_layers, cfg.n_heads))
    pairs = checks.items("heads", heads, "a list of (layer, head)")
    if not pairs:
        raise ValueError("heads: expected at least one, got none")
    found = []
    for pair in pairs:
        if len(checks.items("heads", pair, "a list of (layer, head)")) != 2:
            raise ValueError(f"heads: expected a list of (layer, head), got {pair!r}")
        found.append((checks.index("layer", pair[0], cfg.n_layers), checks.index("head", pair[1], cfg.n_heads)))
    return tuple(found)


def _ends(model: TransformerBridge, kind: str) -> Ends:
    left = embedding(model)
    right = unembedding(model)[0] if kind == "ov" else left.T
    grams = (right @ left, left.T @ left, right @ right.T)
    return Ends(left, right, *(gram.double() for gram in grams))


def _factors(model: TransformerBridge, kind: str, heads: Sequence[tuple[int, int]]) -> Factors:
    names = ("W_V", "W_O") if kind == "ov" else ("W_Q", "W_K")
    layers = {layer: [heads_weight(model, layer, name).double() for name in names] for layer, _ in heads}
    reads, gives = (torch.stack([layers[layer][side][head] for layer, head in heads]) for side in (0, 1))
    return Factors(reads, gives if kind == "ov" else gives.mT / model.cfg.d_head**0.5)


def _drawn(like: Factors, draws: int, seed: int) -> Factors:
    """Gaussian factors of the shapes of one head's."""
    generator = torch.Generator().manual_seed(checks.whole("seed", seed, 0))
    reads, gives = (
        torch.randn(draws, *factor.shape[1:], generator=generator, dtype=torch.float64).to(factor.device)
        for factor in like
    )
    return Factors(reads, gives)


def _values(factors: Factors, ends: Ends) -> tuple[Any, Floats, Floats]:
    """Eigenvalues and singular values [head, rank], largest first, and the score [head]."""
    eigenvalues, score = positive_share(factors.turned(ends))
    roots = [_root(gram)[0] for gram in factors.inner(ends)]
    singular = torch.linalg.svdvals(roots[0] @ roots[1])
    return eigenvalues.to(torch.complex64).numpy(force=True), to_numpy(singular), to_numpy(score)


def _root(gram: Tensor) -> tuple[Tensor, Tensor]:
    """The square root of symmetric matrices without negative eigenvalues, and its (pseudo)inverse."""
    values, vectors = torch.linalg.eigh(gram)
    values = values.clamp(min=0).sqrt()
    inverse = torch.where(values > 1e-7 * values[..., -1:], 1 / values, 0)
    return (vectors * values[..., None, :]) @ vectors.mT, (vectors * inverse[..., None, :]) @ vectors.mT


def _band(values: Any) -> Floats:
    """[2, rank]: the 5th and the 95th percentile over draws."""
    found: Floats = np.quantile(values, (0.05, 0.95), axis=0).astype(np.float32)
    return found


def _readings(factors: Factors, ends: Ends, read: int) -> tuple[Readings, Readings]:
    """The singular and the eigenvectors of the first directions, as tokens."""
    (left, left_inverse), (right, right_inverse) = map(_root, factors.inner(ends))
    u, _, vh = torch.linalg.svd(left @ right)
    singular = _read(factors, ends, left_inverse @ u[..., :read], right_inverse @ vh.mT[..., :read])
    values, vectors = torch.linalg.eig(factors.turned(ends))
    order = values.abs().argsort(-1, descending=True)[:, None, :read]
    other = torch.linalg.pinv(vectors).mT  # columns: what the left eigenvectors are made of
    chosen = [side.gather(-1, order.expand(-1, side.shape[1], -1)) for side in (vectors, other)]
    return singular, _read(factors, ends, *chosen)


def _read(factors: Factors, ends: Ends, reads: Tensor, gives: Tensor) -> Readings:
    """The columns of L `reads` and Rᵀ `gives`, made of length 1, as tokens."""
    tokens, weights = [], []
    for head in range(len(factors.reads)):
        sides = (
            factors.reads[head].to(reads.dtype) @ reads[head],
            factors.gives[head].mT.to(gives.dtype) @ gives[head],
        )
        vectors = [_through(end, side) for end, side in zip((ends.left, ends.right.T), sides, strict=True)]
        if not reads.is_complex():  # both ends of a singular direction have the same sign
            largest = vectors[0].gather(0, vectors[0].abs().argmax(0, keepdim=True))
            vectors = [vector * torch.where(largest < 0, -1.0, 1.0) for vector in vectors]
        signed = torch.stack([part for vector in vectors for part in (vector.real, -vector.real)])
        found = signed.topk(min(_PLACES, signed.shape[1]), dim=1)  # [end and sign, place, direction]
        shape = (2, 2, *found.indices.shape[1:])
        sign = found.values.new_tensor([1, -1])[:, None, None]
        tokens.append(found.indices.reshape(shape).permute(3, 0, 1, 2))
        weights.append((found.values.reshape(shape) * sign).permute(3, 0, 1, 2))
    return Readings(torch.stack(tokens).int().numpy(force=True), to_numpy(torch.stack(weights)))


def _through(end: Tensor, side: Tensor) -> Tensor:
    """[token, direction]: W_E or W_Uᵀ times directions of the stream, of length 1; complex ones turned as `Readings`
    says.
    """
    if not side.is_complex():
        vector = end @ side.float()
    else:
        vector = torch.complex(end @ side.real.float(), end @ side.imag.float())
        largest = vector.gather(0, vector.abs().argmax(0, keepdim=True))
        vector = vector * torch.where(largest.abs() > 0, largest.conj() / largest.abs().clamp(min=1e-30), 1)
    found: Tensor = vector / torch.linalg.vector_norm(vector, dim=0).clamp(min=1e-30)
    return found
