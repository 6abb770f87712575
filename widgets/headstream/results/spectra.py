"""Eigenvalues and singular values of heads, with their vectors read as tokens and a null."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.results.base import Floats, Ints, Result, check_finite
from headstream.results.circuit import KINDS
from headstream.tables import Table

Complexes = npt.NDArray[np.complex64]


@dataclass(frozen=True, eq=False)
class Readings:
    """The vectors of some heads' first directions, read as tokens.

    token: [head, direction, end, sign, place] int32 ids; weight: the same shape, float32.
    end 0 is what the head reads (rows of the circuit: a token's part in the vector), end 1 what it gives (columns).
    sign 0 holds the largest parts, sign 1 the most negative, the largest |part| first. An eigenvector's parts are the
    real parts once it is turned so that its largest is real and positive.
    """

    token: Ints
    weight: Floats

    def __post_init__(self) -> None:
        axes = checks.array(
            "Readings.token", self.token, "head, direction, end, sign, place", {"end": 2, "sign": 2}, kind="whole"
        )
        checks.array("Readings.weight", self.weight, "head, direction, end, sign, place", axes)
        check_finite("Readings.weight", self.weight)


@dataclass(frozen=True, eq=False, repr=False)
class Spectra(Result):
    """Eigenvalues and singular values of the token circuits of some heads of a model.

    kind: "ov", of W_E W_V W_O W_U, or "qk", of W_E W_Q W_Kᵀ W_Eᵀ / √d_head (see `Circuit`).
    heads: (layer, head) of each.
    eigenvalues: [head, rank] complex64. singular: [head, rank] float32. Each largest first.
    score: [head] float32, Σλ / Σ|λ|, from -1 to 1: the copying score of OV, the matching score of QK; 0 if all λ are.
    null_score: [draw] float32: the score of heads whose two factors are independent Gaussian matrices of the same
        shapes, between the model's own W_E and W_U (W_Eᵀ for "qk").
    null_radius, null_singular: [2, rank] float32: the 5th and 95th percentile of |λ| and of the singular values, by
        place, in those draws, scaled so that the mean square of a matrix' singular values is 1 (compare with a head's
        own divided by their root mean square).
    eigenvectors, singular_vectors: read as tokens, for the first directions.
    vocabulary: label of every token id that is read.
    """

    kind: str
    heads: tuple[tuple[int, int], ...]
    eigenvalues: Complexes
    singular: Floats
    score: Floats
    null_score: Floats
    null_radius: Floats
    null_singular: Floats
    eigenvectors: Readings
    singular_vectors: Readings
    vocabulary: dict[int, str]

    def __post_init__(self) -> None:
        checks.choice("Spectra.kind", self.kind, KINDS)
        if not self.heads:
            raise ValueError("Spectra.heads: expected at least one, got none")
        axes = {"head": len(self.heads), "end": 2}
        axes = checks.array("Spectra.singular", self.singular, "head, rank", axes)
        if not isinstance(self.eigenvalues, np.ndarray) or self.eigenvalues.dtype != np.complex64:
            raise TypeError(f"Spectra.eigenvalues: expected complex64, got {getattr(self.eigenvalues, 'dtype', None)}")
        checks.shape("Spectra.eigenvalues", self.eigenvalues, self.singular.shape, "head, rank")
        checks.array("Spectra.score", self.score, "head", axes)
        checks.array("Spectra.null_score", self.null_score, "draw", {})
        checks.array("Spectra.null_radius", self.null_radius, "end, rank", axes)
        checks.array("Spectra.null_singular", self.null_singular, "end, rank", axes)
        for name in ("eigenvalues", "singular", "score", "null_score", "null_radius", "null_singular"):
            check_finite(f"Spectra.{name}", getattr(self, name))
        for name in ("eigenvectors", "singular_vectors"):
            token = getattr(self, name).token
            checks.shape(
                f"Spectra.{name}", token, (len(self.heads), *token.shape[1:]), "head, direction, end, sign, place"
            )
            unnamed = set(np.unique(token).tolist()) - set(self.vocabulary)
            if unnamed:
                raise ValueError(
                    f"Spectra.vocabulary: expected a label for every token read, got none for {min(unnamed)}"
                )

    def __repr__(self) -> str:
        heads, rank = self.singular.shape
        return f"Spectra of the {self.kind.upper()} circuits of {heads} heads, of rank {rank}"

    def records(self) -> list[dict[str, Any]]:
        """One record for each head and place: layer, head, place, eigenvalue (both parts), singular value."""
        return [
            {
                "layer": layer,
                "head": head,
                "place": place,
                "eigenvalue_real": float(self.eigenvalues[row, place].real),
                "eigenvalue_imag": float(self.eigenvalues[row, place].imag),
                "singular_value": float(self.singular[row, place]),
            }
            for row, (layer, head) in enumerate(self.heads)
            for place in range(self.singular.shape[1])
        ]

    def table(self) -> Table:
        """Each head's score, highest first, its largest |λ| and singular value; the null's 95th percentile."""
        order = np.argsort(-self.score, kind="stable")
        rows = [
            (
                "{}.{}".format(*self.heads[row]),
                float(self.score[row]),
                float(np.abs(self.eigenvalues[row, 0])),
                float(self.singular[row, 0]),
            )
            for row in order
        ]
        foot = ("95 % of random matrices are below", float(np.quantile(self.null_score, 0.95)), None, None)
        return Table(("head", "Σλ / Σ|λ|", "largest |λ|", "largest singular value"), rows, foot, caption=repr(self))
