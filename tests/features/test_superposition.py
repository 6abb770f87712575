"""Toys of superposition against the formulas computed another way, and against what theory says of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

import headstream as hs
from headstream.features import superposition
from headstream.results import Geometry
from headstream.results.superposition import SHAPES, dimensionality
from tests.views.geometries import polygon, random_geometry

QUICK: dict[str, Any] = {"lr": 0.03, "batch": 512, "quiet": True}


def simplex(corners: int) -> np.ndarray:
    """Unit vectors whose dot products are all -1 / (corners - 1), in corners - 1 dimensions and one left empty."""
    rows = np.eye(corners) - 1 / corners
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize(
    ("shape", "columns"),
    [
        ("a dimension of its own", 3 * np.eye(4)),
        ("antipodal pair", [[2.0, 0], [-2.0, 0]]),
        ("triangle", simplex(3)),
        ("tetrahedron", simplex(4)),
        ("pentagon", polygon(5).columns[0]),
    ],
)
def test_the_papers_shapes_have_the_papers_dimensions(shape: str, columns: Any) -> None:
    found = dimensionality(np.asarray(columns, np.float32))
    np.testing.assert_allclose(found, SHAPES[shape], atol=1e-6)
    np.testing.assert_allclose(found.sum(), np.linalg.matrix_rank(columns), atol=1e-5)


def test_the_square_antiprism() -> None:
    """Eight corners on a sphere, two squares turned against each other, at the height where all see the same."""
    angles, up = np.pi / 4 * np.arange(8), np.where(np.arange(8) % 2, 1, -1) / np.sqrt(3)
    flat = np.sqrt(1 - up**2)
    corners = np.stack([flat * np.cos(angles), flat * np.sin(angles), up], 1).astype(np.float32)
    np.testing.assert_allclose(dimensionality(corners), SHAPES["square antiprism"], atol=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_dimensionality_is_the_squared_matrix_of_dot_products_and_never_sums_to_more_than_the_rank(seed: int) -> None:
    columns = np.random.default_rng(seed).normal(size=(3, 9, 4)).astype(np.float32)
    columns[1, :, 3] = 0
    found = dimensionality(columns)
    gram = columns @ np.swapaxes(columns, 1, 2)
    other = np.einsum("tii->ti", gram) ** 2 / np.einsum("tii->ti", gram @ gram)
    np.testing.assert_allclose(found, other, rtol=1e-5)
    assert (found.sum(1) <= np.array([4, 3, 4]) + 1e-4).all()
    turn, _ = np.linalg.qr(np.random.default_rng(9).normal(size=(4, 4)))
    np.testing.assert_allclose(dimensionality(columns @ turn.astype(np.float32)), found, rtol=1e-4)
    np.testing.assert_allclose(dimensionality(5 * columns), found, rtol=1e-4)


def test_a_row_of_zeros_has_no_dimension_and_takes_none() -> None:
    columns = np.array([[[1.0, 0], [0, 0], [0, 2]]], np.float32)
    np.testing.assert_array_equal(dimensionality(columns), [[1, 0, 1]])
    np.testing.assert_array_equal(dimensionality(np.zeros((2, 3), np.float32)), [0, 0])


def test_a_geometry_computes_what_it_says() -> None:
    made = random_geometry("abcdef", dims=3, toys=2)
    for toy, columns in enumerate(made.columns.astype(float)):
        for feature, row in enumerate(columns):
            others = [float(row @ other) / np.linalg.norm(row) for i, other in enumerate(columns) if i != feature]
            assert made.norms[toy, feature] == pytest.approx(np.linalg.norm(row), rel=1e-5)
            assert made.interference[toy, feature] == pytest.approx(np.sum(np.square(others)), rel=1e-4)
            own = row @ row
            assert made.dimensionality[toy, feature] == pytest.approx(own / (own + np.sum(np.square(others))), rel=1e-4)
        assert made.dims_per_feature[toy] == pytest.approx(3 / np.sum(columns**2), rel=1e-5)
    one = made.only(1)
    np.testing.assert_array_equal(one.columns[0], made.columns[1])
    np.testing.assert_array_equal(one.loss, made.loss[[1]])
    assert "6 features in 3 dims after 51 steps" in repr(one)
    assert len(one.table().rows) == 6
    assert len(made.table().rows) == 2
    with pytest.raises(IndexError, match="toys: expected -2 to 1, got 2"):
        made.only(2)


def forward(toy: hs.Superposition, x: np.ndarray, neurons: bool) -> np.ndarray:
    """[toy, example, feature]: x', one example at a time."""
    W, b = toy.geometry.columns.astype(float), toy.geometry.bias
    out = np.zeros(x.shape)
    for t, example in np.ndindex(x.shape[:2]):
        h = W[t].T @ x[t, example]
        out[t, example] = np.maximum(W[t] @ (np.maximum(h, 0) if neurons else h) + b[t], 0)
    return out


@pytest.mark.parametrize("neurons", [False, True])
def test_the_loss_is_the_importance_weighted_squared_error(neurons: bool) -> None:
    importance = np.array([[1, 2, 0.5, 0.1], [3, 1, 1, 0]])
    toy = hs.Superposition(4, 2, [[0.5], [0.2]], importance, toys=2, neurons=neurons, seed=3)
    with torch.no_grad():
        toy.network.b += torch.tensor([[0.1, -0.2, 0.3, 0]])
    x = toy.examples(500, (0, 0, superposition.FRESH), shared=True)
    expected = (importance[:, None] * (x - forward(toy, x, neurons)) ** 2).sum(2).mean(1)
    np.testing.assert_allclose(toy.measure(500), expected, rtol=1e-4)
    h = toy.hidden(x)
    np.testing.assert_allclose(
        h[1, 0], np.maximum(0 if neurons else -np.inf, x[1, 0] @ toy.geometry.columns[1]), rtol=1e-4
    )


def test_examples_are_there_as_often_as_said_and_even_between_0_and_1() -> None:
    toy = hs.Superposition(3, 2, [[0.5, 0.1, 1], [0.02, 0, 0.3]], toys=2)
    x = toy.examples(100_000)
    np.testing.assert_allclose((x > 0).mean(1), toy.probability, atol=0.005)
    for t, feature in ((0, 0), (0, 1), (0, 2), (1, 2)):
        there = np.sort(x[t, x[t, :, feature] > 0, feature])
        np.testing.assert_allclose(there, np.linspace(0, 1, len(there)), atol=0.02)
    independent = (x[0, :, 0] > 0) & (x[0, :, 1] > 0)
    assert independent.mean() == pytest.approx(0.05, abs=0.003)
    same = toy.examples(50, shared=True)
    assert not same[1, :, 1].any()
    np.testing.assert_allclose(same[0, :, 2] * (same[0, :, 2] < 0.3) / 0.3, same[1, :, 2], atol=1e-6)


def test_a_pair_costs_what_the_hand_says() -> None:
    """Two features in one dimension: p²/3 as a pair, p/3 - p²/4 one alone with its bias."""
    p = np.array([0.2, 0.8])
    toy = hs.Superposition(2, 1, p[:, None], toys=2)
    with torch.no_grad():
        toy.network.W.copy_(torch.tensor([[1.0], [-1.0]]))
    np.testing.assert_allclose(toy.measure(400_000), p**2 / 3, rtol=0.02)
    with torch.no_grad():
        toy.network.W.copy_(torch.tensor([[1.0], [0.0]]))
        toy.network.b.copy_(torch.tensor(np.stack([0 * p, p / 2], 1)))
    np.testing.assert_allclose(toy.measure(400_000), p / 3 - p**2 / 4, rtol=0.02)


def test_trainings_repeat_go_on_and_do_not_touch_each_other() -> None:
    def trained(*steps: int, **settings: Any) -> Geometry:
        toy = hs.Superposition(4, 2, 0.3, seed=5, **settings)
        return [toy.train(some, **QUICK) for some in steps][-1]

    np.testing.assert_array_equal(trained(40).columns, trained(40).columns)
    longer = trained(21, 15)
    np.testing.assert_array_equal(longer.steps, [0, 10, 20, 21, 31, 35])
    assert longer.steps_done == 36
    assert (trained(40).columns != hs.Superposition(4, 2, 0.3, seed=6).train(40, **QUICK).columns).all()
    # A toy whose features are not important keeps its weights, whatever its neighbour does.
    toy = hs.Superposition(4, 2, 0.3, [[1.0], [0.0]], toys=2)
    before = toy.geometry
    after = toy.train(30, **QUICK)
    assert abs(after.columns[0] - before.columns[0]).max() > 0.05
    np.testing.assert_array_equal(after.columns[1], before.columns[1])
    assert not after.loss[1].any()


def test_what_is_shown_while_it_trains() -> None:
    seen: list[Geometry] = []
    toy = hs.Superposition()
    last = toy.train(200, show=seen.append, **QUICK)
    assert seen
    np.testing.assert_array_equal(seen[-1].columns, last.columns)
    assert [len(one.steps) for one in seen] == sorted({len(one.steps) for one in seen})
    assert last.loss[0, -1] < last.loss[0, 0] / 2
    last.columns[:] = 7
    assert toy.geometry.columns.max() < 7, "what was returned is a copy"


def test_an_interrupt_keeps_what_there_is() -> None:
    toy = hs.Superposition()

    def stop(geometry: Geometry) -> None:
        raise KeyboardInterrupt

    superposition_shown, superposition.SHOWN = superposition.SHOWN, 0
    try:
        with pytest.raises(KeyboardInterrupt):
            toy.train(500, show=stop, **QUICK)  # even its last picture is refused
    finally:
        superposition.SHOWN = superposition_shown
    assert toy.geometry.steps_done == 1


def test_a_training_that_diverges_is_told() -> None:
    toy = hs.Superposition(importance=3e38)
    with pytest.raises(FloatingPointError, match="the loss of step 0 is inf"):
        toy.train(5, **QUICK)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"features": 0}, ValueError, "features: expected 1 or more, got 0"),
        ({"dims": 2.0}, TypeError, "dims: expected a whole number, got 2.0"),
        ({"probability": 1.2}, ValueError, "probability: expected 0 to 1, got 1.2"),
        ({"probability": 0}, ValueError, "probability: expected a feature that is there in every toy"),
        ({"probability": [0.1, 0.2]}, ValueError,
         r"probability: expected a number, \[feature\] = \[5\] or \[toy, feature\] = \[1, 5\], got \[2\]"),
        ({"probability": "rare"}, ValueError, "probability: expected a number, or one a feature"),
        ({"importance": -1}, ValueError, "importance: expected 0 or more, got -1"),
        ({"importance": np.nan}, ValueError, "importance: expected finite numbers, got nan"),
        ({"labels": ["a"]}, ValueError, "labels: expected 5, one a feature, got 1"),
        ({"neurons": 1}, ValueError, "neurons: expected False or True, got 1"),
        ({"toys": 0}, ValueError, "toys: expected 1 or more, got 0"),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_told(given: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{message}"):
        hs.Superposition(**given)


def test_a_wrong_training_is_told() -> None:
    toy = hs.Superposition()
    with pytest.raises(ValueError, match="batch: expected 800000 or less for so many features and toys, got 1000000"):
        toy.train(10, batch=1_000_000)
    with pytest.raises(ValueError, match=r"x: expected \[example, feature\] = \[example, 5\], got \[3, 4\]"):
        toy.hidden(np.zeros((3, 4)))
    with pytest.raises(ValueError, match="steps: expected 1 or more, got 0"):
        toy.train(0)


@pytest.fixture(scope="module")
def eight() -> Geometry:
    return hs.Superposition(5, 2, 0.05, toys=8).train(1000, **QUICK)


@pytest.mark.slow
def test_eight_of_eight_seeds_make_a_pentagon(eight: Geometry) -> None:
    np.testing.assert_allclose(eight.dimensionality, 2 / 5, atol=0.02)
    np.testing.assert_allclose(eight.dimensionality.sum(1), 2, atol=0.01)
    assert (eight.norms > 1).all()
    # Around the circle, neighbours are 72 degrees apart.
    angles = np.sort(np.degrees(np.arctan2(eight.columns[..., 1], eight.columns[..., 0])), 1)
    np.testing.assert_allclose(np.diff(angles, axis=1), 72, atol=4)


@pytest.mark.slow
def test_dense_toys_keep_the_most_important_features_and_sparse_ones_more() -> None:
    p = np.array([1, 0.03])[:, None]
    made = hs.Superposition(20, 5, p, 0.7 ** np.arange(20), toys=2).train(1000, **QUICK)
    assert ((made.norms > 0.5) == [[i < 5 for i in range(20)], made.norms[1] > 0.5]).all()
    np.testing.assert_allclose(made.dimensionality[0, :5], 1, atol=0.01)
    assert (made.norms[1] > 0.5).sum() >= 8
