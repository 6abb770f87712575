"""The feature card: one feature of a dictionary, beside a list of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from headstream import checks
from headstream.results import FeatureSummary
from headstream.results.features import joined
from headstream.views.shared.arrays import quantised
from headstream.views.shared.traits import Array, Text, sendable
from headstream.views.shared.view import View, bundle


class FeatureCard(View):
    """Draws a `FeatureSummary`: a list of all features, searched and sorted, and one of them in full.

    summary: a `FeatureSummary`, as `hs.feature_summary(model, dictionary)` returns.
    labels: what you call some of the features, by their number, such as {12: "names"}; the list is searched for them.
    feature: the one to show first.

    A feature that is chosen in the list sets `selection.feature`; one that is pinned elsewhere is shown here.
    Activations in windows are sent in one byte each, to .004 of the feature's largest; histogram and decoders whole.

    Raises TypeError when `summary` is not a FeatureSummary, IndexError for a feature that it does not have.
    """

    _esm = bundle("feature_card", "js")
    _css = bundle("feature_card", "css")

    name = Text(read_only=True, help="the dictionary's").tag(sync=True)
    place = Text(read_only=True, help="what it reads and writes").tag(sync=True)
    text = Text(read_only=True, help="what the text is, in words").tag(sync=True)
    words = traitlets.List(Text(), read_only=True, help="the label of every token in it").tag(sync=True)
    labels = traitlets.Dict(Text(), read_only=True, help="what a feature is called, by its number").tag(sync=True)
    density = Array("float32", help="[feature], share of places where it fires")
    largest = Array("float32", help="[feature]")
    reach = Array("float32", help="[feature], where the histogram ends")
    histogram = Array("int32", "uint16", help="[feature, bin]")
    tokens_read = Array("int32", "uint16", help="[place], of the text that windows show; places in `words`, from 1")
    starts = Array("int32", "uint16", help="[feature, example], where in it the window begins")
    shares = Array("uint8", help="[feature, example, window], activation over the largest")
    at = Array("uint16", help="[feature, example], the place of the example's token from 1; 0: no such example")
    strongest = traitlets.Int(read_only=True, help="how many examples are the strongest; the others are drawn").tag(
        sync=True
    )
    ends = Array("int32", "uint16", help="[feature, 2, token], promoted and suppressed, places in `words`, from 1")
    logits = Array("float16", help="[feature, 2, token]")
    nearest = Array("int32", "uint16", help="[feature, near]")
    cosine = Array("float16", help="[feature, near]")

    def __init__(
        self,
        summary: FeatureSummary,
        labels: Mapping[int, str] | None = None,
        *,
        feature: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(summary, labels)
        place = checks.optional_index("feature", feature, len(drawn["density"]))
        super().__init__(drawn, {"feature": place}, **traits)

    def examples_at(self, feature: int) -> list[str]:
        """The label of the token that each example of a feature was chosen for, the strongest first; "" for none."""
        places = self.at[feature].astype(int)
        read = self.tokens_read[self.starts[feature].astype(int) + np.maximum(places - 1, 0)].astype(int)
        return [self.words[word - 1] if place else "" for place, word in zip(places, read, strict=True)]

    @classmethod
    def _drawn(cls, summary: FeatureSummary, labels: Mapping[int, str] | None = None) -> dict[str, Any]:
        if not isinstance(summary, FeatureSummary):
            kind = type(summary).__name__
            expected = "a FeatureSummary (pass hs.feature_summary(model, dictionary))"
            raise TypeError(f"summary: expected {expected}, got {kind}")
        if labels is not None and not isinstance(labels, Mapping):
            raise TypeError(f"labels: expected texts by feature, such as {{12: 'names'}}, got {type(labels).__name__}")
        count = len(summary.density)
        named = {
            str(checks.index("labels", feature, count)): checks.text("labels", label)
            for feature, label in (labels or {}).items()
        }
        known = np.array(sorted(summary.vocabulary), np.int64)
        read, starts = joined(summary.top, summary.drawn)
        activations = np.concatenate([summary.top.activations, summary.drawn.activations], 1)
        at = np.concatenate([summary.top.at, summary.drawn.at], 1)
        largest = np.where(summary.largest > 0, summary.largest, 1)[:, None, None]
        return {
            "name": summary.name,
            "place": summary.place,
            "text": summary.text,
            "words": [sendable(summary.vocabulary[token]) for token in known.tolist()],
            "labels": named,
            "density": summary.density.astype(np.float32),
            "largest": summary.largest.astype(np.float32),
            "reach": summary.reach.astype(np.float32),
            "histogram": narrow(summary.histogram),
            "tokens_read": _places(read, known),
            "starts": narrow(np.concatenate(starts, 1)),
            "shares": quantised(np.clip(activations / largest, 0, 1)),
            "at": (at + 1).astype(np.uint16),
            "strongest": int(summary.top.at.shape[1]),
            "ends": _places(np.stack([summary.promoted, summary.suppressed], 1), known),
            "logits": np.stack([summary.promoted_logits, summary.suppressed_logits], 1).astype(np.float16),
            "nearest": narrow(summary.nearest),
            "cosine": summary.cosine.astype(np.float16),
        }


def narrow(counts: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Whole numbers from 0 on, in two bytes each where they fit."""
    return counts.astype(np.uint16 if not counts.size or counts.max() < 2**16 else np.int32)


def _places(ids: npt.NDArray[Any], known: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Where each id stands in the sorted `known`, from 1; 0 for a negative one."""
    return narrow(np.where(ids < 0, 0, np.searchsorted(known, ids) + 1))
