"""The features of a dictionary as they are seen on a text: where they fire, what they write, what they resemble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Ints, Result, check_finite, quoted
from headstream.tables import Table

# Labels in a row of a table.
SHOWN = 3


@dataclass(frozen=True, eq=False)
class Examples:
    """Windows of a text, some for each feature.

    token_ids: [feature, example, window] int32; -1 beyond the ends of a page, and in the windows that a feature which
        fires at fewer places does not have.
    activations: [feature, example, window] float32, of that feature at every token, 0 where there is none.
    at: [feature, example] int32, the place in its window that the example was chosen for; -1 where there is no window.
    start: [feature, example] int32, where the window begins in the text, 0 where there is none. Windows that overlap
        hold the same tokens; pages stand so far apart that none does with one of another page.
    """

    token_ids: Ints
    activations: Floats
    at: Ints
    start: Ints

    def __post_init__(self) -> None:
        axes = checks.array("Examples.token_ids", self.token_ids, "feature, example, window", {}, kind="whole")
        checks.array("Examples.activations", self.activations, "feature, example, window", axes)
        for name in ("at", "start"):
            checks.array(f"Examples.{name}", getattr(self, name), "feature, example", axes, kind="whole")
        check_finite("Examples.activations", self.activations)
        if self.at.size and not -1 <= self.at.min() <= self.at.max() < axes["window"]:
            raise ValueError(f"Examples.at: expected places below {axes['window']}, or -1, got {self.at.max()}")
        if (self.tokens[self.at >= 0] < 0).any():
            raise ValueError("Examples.at: expected places of tokens, got one where the window has none")

    @property
    def tokens(self) -> Ints:
        """[feature, example]: the id of the token that each was chosen for, -1 where there is none."""
        ids: Ints = np.take_along_axis(self.token_ids, np.maximum(self.at, 0)[..., None], 2)[..., 0]
        return np.where(self.at < 0, -1, ids).astype(np.int32)


def joined(*examples: Examples) -> tuple[Ints, list[Ints]]:
    """The tokens of all windows, each place of the text once, [place] int32, and where each window begins in them, a
    [feature, example] for each of the examples given: much less than the windows, which overlap.

    Raises ValueError for windows that overlap and hold different tokens.
    """
    spans = [one.start[..., None] + np.arange(one.token_ids.shape[2]) for one in examples]
    there = [one.at >= 0 for one in examples]
    places = np.concatenate([span[some].ravel() for span, some in zip(spans, there, strict=True)])
    ids = np.concatenate([one.token_ids[some].ravel() for one, some in zip(examples, there, strict=True)])
    known, first, again = np.unique(places, return_index=True, return_inverse=True)
    tokens: Ints = ids[first].astype(np.int32)
    if (tokens[again] != ids).any():
        raise ValueError("Examples.start: expected the same tokens where windows overlap")
    return tokens, [np.where(some, np.searchsorted(known, one.start), 0).astype(np.int32)
                    for one, some in zip(examples, there, strict=True)]  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class FeatureSummary(Result):
    """All features of one dictionary, as they are seen on a text.

    name: the dictionary's. place: what it reads and writes, in words. text: what the text is, in words. positions: how
        many places of it were read (the first of every page is not: what stands there is the same on every page).
    density: [feature] float32, the share of these places where the feature fires, that is, is above 0.
    largest: [feature] float32, its largest activation there, 0 for one that never fires.
    histogram: [feature, bin] int32, how often it fires how strongly: bins of equal width from 0 to `reach`.
    reach: [feature] float32, where its last bin ends.
    top: the places where it fires most strongly, the strongest first, at most one from each stretch of the text.
    drawn: places where it fires, drawn at random, one from each stretch at most: what the top examples do not show.
    promoted, suppressed: [feature, token] int32, the ids of the tokens whose logits its decoder raises most, and lowers
        most. promoted_logits, suppressed_logits: [feature, token] float32, by how much, for an activation of 1, less
        the mean over the vocabulary, straight to the unembedding, with the final norm's scale frozen at its mean over
        the text. What later layers make of the feature is not in them.
    nearest: [feature, near] int32, the features whose decoders point most nearly the same way; cosine: [feature, near]
        float32.
    vocabulary: the label of every token id in any of these.
    """

    name: str
    place: str
    text: str
    positions: int
    density: Floats
    largest: Floats
    histogram: Ints
    reach: Floats
    top: Examples
    drawn: Examples
    promoted: Ints
    promoted_logits: Floats
    suppressed: Ints
    suppressed_logits: Floats
    nearest: Ints
    cosine: Floats
    vocabulary: Mapping[int, str]

    def __post_init__(self) -> None:
        axes = checks.array("FeatureSummary.density", self.density, "feature", {})
        if not axes["feature"]:
            raise ValueError("FeatureSummary.density: expected at least one feature, got none")
        checks.whole("FeatureSummary.positions", self.positions, 1)
        for name, form in (
            ("largest", "feature"),
            ("reach", "feature"),
            ("promoted_logits", "feature, token"),
            ("suppressed_logits", "feature, token"),
            ("cosine", "feature, near"),
        ):
            axes = checks.array(f"FeatureSummary.{name}", getattr(self, name), form, axes)
            check_finite(f"FeatureSummary.{name}", getattr(self, name))
        check_finite("FeatureSummary.density", self.density)
        for name, form in (
            ("histogram", "feature, bin"),
            ("promoted", "feature, token"),
            ("suppressed", "feature, token"),
            ("nearest", "feature, near"),
        ):
            axes = checks.array(f"FeatureSummary.{name}", getattr(self, name), form, axes, kind="whole")
        if self.density.min() < 0 or self.density.max() > 1:
            raise ValueError("FeatureSummary.density: expected shares from 0 to 1")
        if self.nearest.size and not 0 <= self.nearest.min() <= self.nearest.max() < axes["feature"]:
            raise ValueError(f"FeatureSummary.nearest: expected features below {axes['feature']}")
        for name, some in (("top", self.top), ("drawn", self.drawn)):
            if len(some.at) != axes["feature"]:
                raise ValueError(f"FeatureSummary.{name}: expected {axes['feature']} features, got {len(some.at)}")
        missing = self.ids - set(self.vocabulary)
        if missing:
            raise ValueError(
                f"FeatureSummary.vocabulary: expected a label for every token, got none for {min(missing)}"
            )

    @property
    def ids(self) -> set[int]:
        """Every token id in it."""
        arrays = (self.top.token_ids, self.drawn.token_ids, self.promoted, self.suppressed)
        return {int(token) for token in np.unique(np.concatenate([array.ravel() for array in arrays])) if token >= 0}

    @property
    def dead(self) -> int:
        """How many features fire nowhere on this text."""
        return int((self.largest <= 0).sum())

    @property
    def active(self) -> float:
        """How many features fire at once, on average: L0."""
        return float(self.density.sum())

    def fires_on(self, feature: int) -> list[str]:
        """The labels of the tokens in its top examples, the most frequent first."""
        tokens = self.top.tokens[checks.index("feature", feature, len(self.density))].tolist()
        counted = Counter(token for token in tokens if token >= 0)
        return [self.vocabulary[token] for token, _ in counted.most_common()]

    def __repr__(self) -> str:
        return (
            f"FeatureSummary of {self.name}: {len(self.density):,} features on {self.text}, {self.active:.1f} at once,"
            f" {self.dead:,} dead"
        )

    def records(self) -> list[dict[str, Any]]:
        """One record a feature: its number, density, largest activation, the tokens of its top examples, and of its
        promoted and suppressed logits, and the nearest feature with the cosine.
        """
        return [
            {
                "feature": feature,
                "density": float(self.density[feature]),
                "largest": float(self.largest[feature]),
                "fires_on": self.fires_on(feature),
                "promotes": [self.vocabulary[token] for token in self.promoted[feature].tolist()],
                "suppresses": [self.vocabulary[token] for token in self.suppressed[feature].tolist()],
                "nearest": int(self.nearest[feature, 0]) if self.nearest.shape[1] else None,
                "cosine": float(self.cosine[feature, 0]) if self.nearest.shape[1] else None,
            }
            for feature in range(len(self.density))
        ]

    def table(self) -> Table:
        """The features that fire most often first."""
        rows = [
            (
                feature,
                float(100 * self.density[feature]),
                float(self.largest[feature]),
                ", ".join(map(quoted, self.fires_on(feature)[:SHOWN])),
                ", ".join(quoted(self.vocabulary[token]) for token in self.promoted[feature, :SHOWN].tolist()),
            )
            for feature in np.argsort(-self.density, kind="stable").tolist()
        ]
        return Table(("feature", "fires at, %", "largest", "fires on", "promotes"), rows, caption=repr(self))


@dataclass(frozen=True, eq=False, repr=False)
class DecoderShares(Result):
    """How strongly each feature of one dictionary writes into each of several places.

    name: the dictionary's. norms: [feature, place] float32, ‖W_dec‖ of the feature there. places: what each is called.
    density: [feature] float32, the share of places of a text where the feature fires, or None where it is not known.
    """

    name: str
    norms: Floats
    places: tuple[str, ...]
    density: Floats | None = None

    def __post_init__(self) -> None:
        axes = checks.array("DecoderShares.norms", self.norms, "feature, place", {"place": len(self.places)})
        checks.labels("DecoderShares.places", self.places, len(self.places), "place")
        check_finite("DecoderShares.norms", self.norms)
        if not self.norms.size or axes["place"] < 2:
            raise ValueError(f"DecoderShares.norms: expected features at two places or more, got {axes['place']}")
        if (self.norms < 0).any():
            raise ValueError("DecoderShares.norms: expected norms, got a negative number")
        if self.density is not None:
            checks.array("DecoderShares.density", self.density, "feature", axes)
            check_finite("DecoderShares.density", self.density)

    @property
    def share(self) -> Floats:
        """[feature, place]: r = ‖W_dec of the place‖ / Σ over places; where all are 0, the same for each."""
        total = self.norms.sum(1, keepdims=True)
        even = np.full_like(self.norms, 1 / self.norms.shape[1])
        shares: Floats = np.divide(self.norms, total, out=even, where=total > 0)
        return shares

    @property
    def centre(self) -> Floats:
        """[feature]: Σ place · share / (places - 1), from 0 (all in the first place) to 1 (all in the last). For two
        places it is the share of the second.
        """
        steps = np.linspace(0, 1, self.norms.shape[1], dtype=np.float32)
        centre: Floats = self.share @ steps
        return centre

    def __repr__(self) -> str:
        features, places = self.norms.shape
        return f"DecoderShares of {self.name}: {features:,} features at {places} places"

    def records(self) -> list[dict[str, Any]]:
        """One record for each feature and place: their names, the norm, the share and the feature's density."""
        return [
            {
                "feature": feature,
                "place": place,
                "norm": float(self.norms[feature, at]),
                "share": float(share[at]),
                "density": None if self.density is None else float(self.density[feature]),
            }
            for feature, share in enumerate(self.share)
            for at, place in enumerate(self.places)
        ]

    def table(self) -> Table:
        """A place a row: the mean share there, and how many features have more than half or less than a tenth of
        their norm in it.
        """
        rows = [
            (place, float(share.mean()), int((share > 0.5).sum()), int((share < 0.1).sum()))
            for place, share in zip(self.places, self.share.T, strict=True)
        ]
        return Table(("place", "mean share", "over half of it here", "under a tenth"), rows, caption=repr(self))
