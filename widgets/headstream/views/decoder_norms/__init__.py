"""Decoder norms: where the features of a crosscoder write, and a list of those in a range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from headstream import checks
from headstream.results import DecoderShares
from headstream.views.shared.traits import Array, Number, Text, sendable
from headstream.views.shared.view import View, bundle


class DecoderNorms(View):
    """Draws `DecoderShares`: a histogram of where each feature's decoder is long, and a list of the features in a part
    of it, each with the shares of all places.

    norms: `DecoderShares`, as `hs.decoder_shares(crosscoder)` returns, or an array [feature, place] of norms.
    places: what each place (a layer, a model) is called, where `norms` is an array.
    low, high: the range of the list, both from 0 (all of the norm in the first place) to 1 (all in the last). Of two
        places the number is r = ‖W_dec, second‖ / (‖W_dec, first‖ + ‖W_dec, second‖), of more of them the mean place,
        weighted by the norms. Dragging over the histogram sets them.
    feature: the one to show first.

    A feature that is chosen in the list sets `selection.feature`. Raises TypeError and ValueError for anything that is
    no norms at two places or more, IndexError for a feature that is not there.
    """

    _esm = bundle("decoder_norms", "js")
    _css = bundle("decoder_norms", "css")

    name = Text(read_only=True, help="the dictionary's").tag(sync=True)
    places = traitlets.List(Text(), read_only=True, help="what each place is called").tag(sync=True)
    norms = Array("float32", help="[feature, place]")
    density = Array("float32", help="[feature], share of a text's places where it fires, or None")

    low = Number(0.0, least=0, most=1, help="where the range of the list begins")
    high = Number(1.0, least=0, most=1, help="where it ends")

    def __init__(
        self,
        norms: Any,
        places: Sequence[str] | None = None,
        *,
        low: float = 0,
        high: float = 1,
        feature: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(norms, places)
        place = checks.optional_index("feature", feature, len(drawn["norms"]))
        super().__init__(drawn, {"feature": place}, low=low, high=high, **traits)

    @classmethod
    def _drawn(cls, norms: Any, places: Sequence[str] | None = None) -> dict[str, Any]:
        shares = norms if isinstance(norms, DecoderShares) else _shares(norms, places)
        return {
            "name": shares.name,
            "places": [sendable(place) for place in shares.places],
            "norms": shares.norms.astype(np.float32),
            "density": None if shares.density is None else shares.density.astype(np.float32),
        }


def _shares(norms: Any, places: Sequence[str] | None) -> DecoderShares:
    expected = "DecoderShares (pass hs.decoder_shares(crosscoder)) or an array of numbers"
    array = checks.finite("norms", norms, expected)
    if array.ndim != 2 or array.shape[1] < 2 or not len(array):
        raise ValueError(f"norms: expected [feature, place] with two places or more, got shape {list(array.shape)}")
    if (array < 0).any():
        raise ValueError("norms: expected norms, got a negative number")
    count = array.shape[1]
    names = (
        [str(place) for place in range(count)] if places is None else checks.labels("places", places, count, "place")
    )
    return DecoderShares("a crosscoder", array, tuple(names))
