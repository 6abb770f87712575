"""FeatureGeometry: the directions that toys of superposition give their features, live while they are trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import traitlets

from headstream import checks
from headstream.results import Geometry, Result
from headstream.results.base import Floats, Ints
from headstream.views.shared.traits import Array, Choice, Flag, Text, Whole
from headstream.views.shared.view import View, bundle

EXPECTED = "a Geometry (pass hs.Superposition().geometry) or an array of numbers"
PICTURES = ("plane", "matrix", "weights")
MOST_ENTRIES = 300  # of a loss curve: as many as a plot has room for
MOST_NUMBERS = 200_000  # of all columns: with what else is sent, a saved notebook's output stays under a megabyte


class FeatureGeometry(View):
    """Draws a `Geometry`, or directions of any kind: every feature's direction, and as bars its length ‖W_i‖ and D_i,
    the dimensions that it has to itself, with lines where the paper's shapes are (1, 3/4, 2/3, 1/2, 2/5, 3/8).

    geometry: a `Geometry`, as the `geometry` and the `train` of an `hs.Superposition` return; or an array
        [feature, dim] whose rows are directions, such as a dictionary's decoder. labels: one a row of such an array.
    toy: which of its toys is drawn; the reader moves through them.
    picture: "plane", the features as vectors (one or two dims); "matrix", W Wᵀ, each feature with each, and the bias;
        "weights", W itself, dims by features. None: what shows most, which for neurons is "weights". The reader changes
        it.
    feature: the one to pin at first. A feature that is chosen shows what all others write along it.

    `show` takes the geometry of a training that has gone on: `toy.train(show=view.show)`.
    Sent: all toys' columns as float32, at most 800 kB; of a longer loss curve 300 entries.
    Raises TypeError for what is neither, IndexError for a toy or feature that it has not, and ValueError for too
    many numbers and for a plane of more than two dims.
    """

    _esm = bundle("feature_geometry", "js")
    _css = bundle("feature_geometry", "css")

    columns = Array("float32", help="[toy, feature, dim]")
    bias = Array("float32", help="[toy, feature], or None")
    probability = Array("float32", help="[toy, feature]: how often each is there, or None")
    importance = Array("float32", help="[toy, feature], or None")
    steps = Array("int32", help="[entry]")
    loss = Array("float32", help="[toy, entry]")
    labels = traitlets.List(Text(), read_only=True, help="one a feature").tag(sync=True)
    neurons = Flag(False, read_only=True, help="whether the dims are neurons")
    toy = Whole(0, least=0, help="which toy is drawn")
    picture = Choice(PICTURES, "matrix", help="what is drawn beside the bars")

    def __init__(
        self,
        geometry: Any,
        labels: Sequence[str] | None = None,
        *,
        toy: int = 0,
        picture: Literal["plane", "matrix", "weights"] | None = None,
        feature: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(geometry, labels)
        toys, features, dims = drawn["columns"].shape
        pinned = {"feature": checks.optional_index("feature", feature, features)}
        most = "weights" if drawn["neurons"] else "plane" if dims <= 2 else "matrix"
        toy = checks.index("toy", toy, toys)
        super().__init__(drawn, pinned, toy=toy, picture=most if picture is None else picture, **traits)

    @classmethod
    def _drawn(cls, geometry: Any, labels: Sequence[str] | None = None) -> dict[str, Any]:
        if not isinstance(geometry, Geometry):
            return _plain(geometry, labels)
        if labels is not None:
            raise ValueError("labels: expected none beside a Geometry, which has its own")
        _check_size(geometry.columns.shape)
        kept = _kept(geometry.steps)
        arrays = ("columns", "bias", "probability", "importance")
        return {
            **{name: _sent(getattr(geometry, name)) for name in arrays},
            "steps": geometry.steps[kept].astype(np.int32),
            "loss": _sent(geometry.loss[:, kept]),
            "labels": list(geometry.labels),
            "neurons": geometry.neurons,
        }

    def _settled(self) -> dict[str, Any]:
        toys, _, dims = self.columns.shape
        settled: dict[str, Any] = {"toy": 0} if self.toy >= toys else {}
        return settled | ({"picture": "matrix"} if self.picture == "plane" and dims > 2 else {})

    @traitlets.validate("toy")
    def _toy_is_there(self, proposal: Any) -> int:
        return checks.index("toy", proposal["value"], len(self.columns))

    @traitlets.validate("picture")
    def _picture_can_be_drawn(self, proposal: Any) -> str:
        dims = self.columns.shape[-1]
        if proposal["value"] == "plane" and dims > 2:
            raise ValueError(f"picture: expected 'matrix' or 'weights' for {dims} dims, got 'plane'")
        return str(proposal["value"])


def _plain(directions: Any, labels: Sequence[str] | None) -> dict[str, Any]:
    """The traits for directions of which nothing else is known."""
    if isinstance(directions, Result):
        raise TypeError(f"geometry: expected {EXPECTED}, got {type(directions).__name__}")
    rows = checks.finite("geometry", directions, EXPECTED)
    if rows.ndim != 2 or not rows.size:
        raise ValueError(f"geometry: expected [feature, dim] with at least one of each, got shape {list(rows.shape)}")
    _check_size((1, *rows.shape))
    names = map(str, range(len(rows))) if labels is None else labels
    return {
        "columns": rows[None],
        **dict.fromkeys(("bias", "probability", "importance")),
        "steps": np.zeros(0, np.int32),
        "loss": np.zeros((1, 0), np.float32),
        "labels": checks.labels("labels", names, len(rows), "feature"),
        "neurons": False,
    }


def _check_size(shape: tuple[int, ...]) -> None:
    if np.prod(shape) > MOST_NUMBERS:
        raise ValueError(f"geometry: expected [toy, feature, dim] of {MOST_NUMBERS:,} or less, got {list(shape)}")


def _kept(steps: Ints) -> Ints:
    """[entry]: at most so many entries, the last among them."""
    return np.unique(np.linspace(0, max(0, len(steps) - 1), min(len(steps), MOST_ENTRIES)).round().astype(np.int32))


def _sent(values: Any) -> Floats:
    found: Floats = values.astype(np.float32)
    return found
