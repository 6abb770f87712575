"""Spectrum: the eigenvalues and singular values of heads, with their vectors read as tokens."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import traitlets

from headstream import checks
from headstream.results import Roles, Spectra
from headstream.results.circuit import KINDS
from headstream.views.shared.roles import role_names
from headstream.views.shared.traits import Array, Choice, Text
from headstream.views.shared.view import View, bundle


class Spectrum(View):
    """Draws `Spectra`: every head's score, and of one head the eigenvalues, the singular values and what they read.

    spectra: a `Spectra`, as `hs.spectra(model)` returns.
    roles: the `Roles` of the same model, so that a head is called "1.6 induction".
    layer, head: the head to pin at first. While none is pinned, the one with the highest score is shown.
    values: "eigenvalues" or "singular values": which of them are shown where there is no room for both, and which have
        their vectors read.
    direction: the place of the one that is read, the largest being 0; None reads the largest. The reader clicks it.

    Bands are where 90 % of random factors of the same shapes are, scaled to the head's own size. Sent: float32 and
    int32 only, some 2 kB for a head of rank 64 with four directions read.
    Raises TypeError for what is no Spectra or Roles, ValueError for roles of another model and for a head that is not
    in the spectra, IndexError for a direction that is not there.
    """

    _esm = bundle("spectrum", "js")
    _css = bundle("spectrum", "css")

    kind = Choice(KINDS, "ov", read_only=True, help="of which circuit the spectra are")
    heads = Array("int32", help="[head, 2]: layer and head")
    labels = traitlets.List(Text(), read_only=True, help="each head's name, with its role").tag(sync=True)
    score = Array("float32", help="[head], Σλ / Σ|λ|")
    null_score = Array("float32", help="[2], the 5th and 95th percentile of random circuits")
    eigenvalues = Array("float32", help="[head, rank, 2]: real and imaginary part, largest |λ| first")
    singular = Array("float32", help="[head, rank], largest first")
    null_radius = Array("float32", help="[2, rank], as Spectra has it")
    null_singular = Array("float32", help="[2, rank], as Spectra has it")
    eigen_token = Array("int32", help="[head, direction, end, sign, place], token ids")
    eigen_weight = Array("float32", help="the same shape: the token's part in the vector")
    singular_token = Array("int32", help="[head, direction, end, sign, place], token ids")
    singular_weight = Array("float32", help="the same shape: the token's part in the vector")
    vocabulary = traitlets.Dict(Text(), read_only=True, help="label of every token id that is read").tag(sync=True)
    values = Choice(["eigenvalues", "singular values"], "eigenvalues", help="which of them are read")
    direction: Any = traitlets.Any(None, help="the place of the one that is read, or None").tag(sync=True)

    def __init__(
        self,
        spectra: Spectra,
        roles: Roles | None = None,
        *,
        layer: int | None = None,
        head: int | None = None,
        values: Literal["eigenvalues", "singular values"] = "eigenvalues",
        direction: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(spectra, roles)
        layers, heads = drawn["heads"].max(0) + 1
        pinned = {
            "layer": checks.optional_index("layer", layer, int(layers)),
            "head": checks.optional_index("head", head, int(heads)),
        }
        if None not in pinned.values() and tuple(pinned.values()) not in spectra.heads:
            raise ValueError(
                f"head: expected one of the heads of these spectra, got {pinned['layer']}.{pinned['head']}"
            )
        super().__init__(drawn, pinned, values=values, direction=direction, **traits)

    @classmethod
    def _drawn(cls, spectra: Spectra, roles: Roles | None = None) -> dict[str, Any]:
        if not isinstance(spectra, Spectra):
            raise TypeError(f"spectra: expected Spectra (pass hs.spectra(model)), got {type(spectra).__name__}")
        heads = np.array(spectra.heads, np.int32)
        return {
            "kind": spectra.kind,
            "heads": heads,
            "labels": _labels(spectra, roles),
            "score": spectra.score.astype(np.float32),
            "null_score": np.quantile(spectra.null_score, (0.05, 0.95)).astype(np.float32),
            "eigenvalues": np.stack((spectra.eigenvalues.real, spectra.eigenvalues.imag), -1).astype(np.float32),
            "singular": spectra.singular.astype(np.float32),
            "null_radius": spectra.null_radius.astype(np.float32),
            "null_singular": spectra.null_singular.astype(np.float32),
            "eigen_token": spectra.eigenvectors.token.astype(np.int32),
            "eigen_weight": spectra.eigenvectors.weight.astype(np.float32),
            "singular_token": spectra.singular_vectors.token.astype(np.int32),
            "singular_weight": spectra.singular_vectors.weight.astype(np.float32),
            # JSON's keys are strings.
            "vocabulary": {str(token): label for token, label in spectra.vocabulary.items()},
        }

    def _settled(self) -> dict[str, Any]:
        gone = self.direction is not None and self.direction >= self.singular.shape[1]
        return {"direction": None} if gone else {}

    @traitlets.validate("direction")
    def _direction_is_there(self, proposal: Any) -> int | None:
        return checks.optional_index("direction", proposal["value"], self.singular.shape[1])


def _labels(spectra: Spectra, roles: Roles | None) -> list[str]:
    names = role_names(roles, spectra.heads) or [""] * len(spectra.heads)
    heads = zip(spectra.heads, names, strict=True)
    return [f"{layer}.{head} {name}".rstrip() for (layer, head), name in heads]
