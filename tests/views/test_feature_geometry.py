"""FeatureGeometry's data and errors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.views import feature_geometry
from tests.views.geometries import random_geometry


def test_what_is_sent_is_the_geometrys() -> None:
    made = random_geometry("abc", dims=3)
    view = hs.FeatureGeometry(made, toy=-1, feature=2)
    for name in ("columns", "bias", "probability", "importance", "steps", "loss"):
        np.testing.assert_array_equal(getattr(view, name), getattr(made, name))
    assert (view.toy, view.selection.feature, view.picture, view.labels) == (1, 2, "matrix", ["a", "b", "c"])


def test_what_is_drawn_at_first_is_what_shows_most() -> None:
    pictures = [hs.FeatureGeometry(random_geometry("abc", dims=dims)).picture for dims in (1, 2, 3)]
    assert pictures == ["plane", "plane", "matrix"]
    assert hs.FeatureGeometry(random_geometry("abc", neurons=True)).picture == "weights"
    assert hs.FeatureGeometry(random_geometry("abc"), picture="weights").picture == "weights"


def test_another_geometry_leaves_the_settings_that_mean_something() -> None:
    view = hs.FeatureGeometry(random_geometry("abc", toys=3), toy=2)
    view.show(random_geometry("abc", toys=3, seed=1))
    assert (view.toy, view.picture) == (2, "plane")
    view.show(random_geometry("abcd", dims=5, toys=2))
    assert (view.toy, view.picture) == (0, "matrix")
    view.show(np.eye(4))
    assert view.bias is None
    assert view.columns.shape == (1, 4, 4)


def test_a_long_training_is_sent_in_part() -> None:
    made = random_geometry("abc", entries=2000)
    view = hs.FeatureGeometry(made)
    assert len(view.steps) == feature_geometry.MOST_ENTRIES
    assert (view.steps[0], view.steps[-1]) == (0, made.steps[-1])
    places = np.searchsorted(made.steps, view.steps)
    np.testing.assert_array_equal(view.loss, made.loss[:, places])


def test_directions_are_taken_from_any_library() -> None:
    torch = pytest.importorskip("torch")
    rows = torch.randn(3, 4, requires_grad=True)
    view = hs.FeatureGeometry(rows, ["a", "b", "c"])
    np.testing.assert_array_equal(view.columns[0], rows.detach().numpy())
    assert len(view.steps) == 0


@pytest.mark.parametrize(
    ("given", "settings", "error", "message"),
    [
        (np.ones(3), {}, ValueError, r"geometry: expected \[feature, dim\] with at least one of each, got shape \[3\]"),
        (np.ones((0, 2)), {}, ValueError, r"geometry: expected \[feature, dim\] with at least one of each"),
        ([[1, np.nan]], {}, ValueError, "geometry: expected finite numbers, got nan"),
        (np.ones((2, 2)), {"labels": ["a"]}, ValueError, "labels: expected 2, one a feature, got 1"),
        (np.ones((500, 500)), {}, ValueError, r"geometry: .* of 200,000 or less, got \[1, 500, 500\]"),
        (random_geometry("ab"), {"labels": ["a", "b"]}, ValueError, "labels: expected none beside a Geometry"),
        (random_geometry("ab"), {"toy": 2}, IndexError, "toy: expected -2 to 1, got 2"),
        (random_geometry("ab"), {"feature": 5}, IndexError, "feature: expected -2 to 1, got 5"),
        (random_geometry("ab"), {"picture": "cube"}, ValueError, "picture: expected 'plane' or 'matrix' or 'weights'"),
        (random_geometry("ab", dims=3), {"picture": "plane"}, ValueError, "picture: .* for 3 dims, got 'plane'"),
    ],
)
def test_a_wrong_argument_is_told(given: Any, settings: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{message}"):
        hs.FeatureGeometry(given, **settings)
