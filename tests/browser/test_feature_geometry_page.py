"""FeatureGeometry as it is drawn: numbers and places read from the page equal numpy's, also while a toy is trained."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from headstream.results import Geometry
from headstream.results.superposition import SHAPES
from tests.browser.conftest import OpenPage
from tests.browser.page import state_of
from tests.browser.pointer import hover
from tests.browser.settle import settled
from tests.views.examples import LONG, WIDE
from tests.views.geometries import polygon, random_geometry

UPDATE = "([id, state]) => { for (const [name, v] of Object.entries(revive(state))) models.get(id).set(name, v); }"
GET = "([id, name]) => models.get(id).get(name)"


BOXES = """() => [...document.querySelectorAll(".hs-geometry-cells, .hs-geometry-bars")].map((item) => {
  const { left, right, top, bottom } = item.getBoundingClientRect();
  return [left, right, top, bottom];
})"""


def attributes(page: Page, selector: str, *names: str) -> Any:
    """[item, name] of numbers."""
    read = f"(items) => items.map((item) => {json.dumps(names)}.map((name) => Number(item.getAttribute(name))))"
    return np.array(settled(page).locator(selector).evaluate_all(read))


def readout(page: Page) -> str:
    return settled(page).locator(".hs-readout").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_vectors_stand_where_they_point(open_page: OpenPage, width: int) -> None:
    made = random_geometry("abcdefg")
    page = open_page([hs.FeatureGeometry(made, toy=1)], width=width)
    ends = attributes(page, ".hs-geometry-vector > line", "x1", "y1", "x2", "y2")
    unit = attributes(page, ".hs-geometry-unit", "r")[0, 0]
    away = (ends[:, 2:] - ends[:, :2]) / unit * [1, -1]
    np.testing.assert_allclose(away, made.columns[1], atol=0.01)


def test_bars_are_as_high_as_lengths_and_dimensions(open_page: OpenPage) -> None:
    made = random_geometry("abcdefg", dims=4)
    page = open_page([hs.FeatureGeometry(made)], width=1280)
    found = attributes(page, ".hs-geometry-bar", "data-length", "data-value")
    np.testing.assert_allclose(found, np.stack([made.norms[0], made.dimensionality[0]], 1), atol=1e-4)
    shapes = (
        settled(page)
        .locator(".hs-geometry-shape")
        .evaluate_all("(lines) => lines.map((line) => [line.dataset.at, Number(line.getAttribute('y1'))])")
    )
    places = {name: place for name, place in shapes}
    assert [eval(name) for name in places] == list(SHAPES.values())
    scale = places["1"] - places["1/2"]  # half a dimension
    heights = attributes(page, ".hs-own", "height")[:, 0]
    np.testing.assert_allclose(heights * 0.5 / -scale, made.dimensionality[0], atol=0.01)
    lengths = attributes(page, ".hs-length", "height")[:, 0]
    np.testing.assert_allclose(lengths / lengths[0], made.norms[0] / made.norms[0, 0], atol=0.01)


def test_of_a_chosen_feature_the_feet_of_the_others_are_their_parts(open_page: OpenPage) -> None:
    made = random_geometry("abcde")
    view = hs.FeatureGeometry(made, feature=2)
    page = open_page([view], width=1280)
    found = attributes(page, ".hs-geometry-seen > circle", "data-feature", "data-part", "cx", "cy")
    others = found[:, 0].astype(int)
    assert others.tolist() == [0, 1, 3, 4]
    unit_vector = made.columns[0, 2] / made.norms[0, 2]
    parts = made.columns[0] @ unit_vector
    np.testing.assert_allclose(found[:, 1], parts[others], atol=1e-4)
    origin, unit = (
        attributes(page, ".hs-geometry-unit", "cx", "cy", "r")[0][:2],
        attributes(page, ".hs-geometry-unit", "r"),
    )
    np.testing.assert_allclose(
        (found[:, 2:] - origin) / unit * [1, -1], parts[others][:, None] * unit_vector, atol=0.01
    )
    assert made.interference[0, 2] == pytest.approx((found[:, 1] ** 2).sum(), rel=1e-3)


def test_a_pentagon_is_called_one(open_page: OpenPage) -> None:
    page = open_page([hs.FeatureGeometry(polygon(5), feature=1)])
    assert "length 1.00, D 0.40 (2/5, pentagon). Along it: " in readout(page)
    assert "feature 3 −0.81" in readout(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert "5 of 5 features are longer than a half, D* 0.40" in readout(page)


def test_the_cells_of_the_matrix_are_dot_products(open_page: OpenPage) -> None:
    made = random_geometry([f"f{i}" for i in range(6)], dims=3)
    view = hs.FeatureGeometry(made)
    page = settled(open_page([view], width=1280))
    gram = made.columns[0] @ made.columns[0].T
    root, canvas = page.locator(".hs-geometry-cells"), page.locator(".hs-geometry-canvas")
    assert canvas.evaluate("(c) => [c.width, c.height]") == [8, 6]
    box = canvas.bounding_box()
    assert box
    for row, column in ((0, 1), (4, 2), (3, 3)):
        page.mouse.move(box["x"] + (column + 0.5) * box["width"] / 8, box["y"] + (row + 0.5) * box["height"] / 6)
        said = readout(page)
        assert said.startswith(f"Feature ‘f{row}’")
        assert f"{gram[row, column]:.2f}".replace("-", "−") in said
    page.mouse.move(box["x"] + 7.5 * box["width"] / 8, box["y"] + 0.5 * box["height"] / 6)
    assert f"has the bias {made.bias[0, 0]:.2f}".replace("-", "−") in readout(page)
    page.mouse.move(0, 0)
    root.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert f"‘f2’ · feature ‘f1’: {gram[2, 1]:.2f}".replace("-", "−") in readout(page)
    page.keyboard.press("Enter")
    settled(page)
    assert page.evaluate(GET, [view.selection.model_id, "feature"]) == 2
    # Colours: what is positive is blue, what is negative orange.
    first = canvas.evaluate("(c) => [...c.getContext('2d').getImageData(0, 0, 6, 1).data]")
    red, _, blue, _ = np.reshape(first, (6, 4)).T
    np.testing.assert_array_equal(np.sign(blue - red), np.sign(gram[0]))


def test_a_neuron_is_said_to_answer_to_the_features_that_excite_it(open_page: OpenPage) -> None:
    columns = np.array([[[1.0, 0], [0.5, 0.1], [-1, 0.9], [0, 0]]], np.float32)
    made = replace(random_geometry("abcd", toys=1, neurons=True), columns=columns)
    page = settled(open_page([hs.FeatureGeometry(made)], width=1280))
    assert page.locator(".hs-title").inner_text() == "4 features in 2 neurons"
    box = page.locator(".hs-geometry-canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + 0.25 * box["height"])
    assert readout(page).endswith("It answers to 2 features: feature ‘a’, feature ‘b’.")
    page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + 0.75 * box["height"])
    assert readout(page).endswith("It answers to one feature: feature ‘c’.")


def trained(at: int) -> Geometry:
    """As a training shows it: one entry more every time, and other columns."""
    return random_geometry("abcde", seed=at, entries=at)


def test_a_training_is_painted_at_display_rate_and_keeps_focus_and_pins(open_page: OpenPage) -> None:
    view = hs.FeatureGeometry(trained(1), feature=3)
    page = settled(open_page([view], width=1280))
    page.locator("[data-key='feature-3']").focus()
    page.evaluate("document.querySelectorAll('.hs-picture *').forEach((node) => { node.stands = true })")
    states = []
    for at in range(2, 32):
        view.show(trained(at))
        states.append({name: value for name, value in state_of(view).items() if name in view._drawn(trained(at))})
    painted = page.evaluate(
        """async ([id, states]) => {
          const painted = [];
          for (const state of states) {
            for (const [name, value] of Object.entries(revive(state))) models.get(id).set(name, value);
            await new Promise(requestAnimationFrame);
            const bars = [...document.querySelectorAll(".hs-geometry-bar")];
            painted.push(bars.map((bar) => Number(bar.dataset.length)));
          }
          return painted;
        }""",
        [view.model_id, states],
    )
    # Each of them in the very next frame: as fast as the page is drawn at all.
    np.testing.assert_allclose(painted, [trained(at).norms[0] for at in range(2, 32)], atol=1e-4)
    settled(page)
    assert page.evaluate("document.activeElement.dataset.key") == "feature-3"
    assert page.evaluate("document.activeElement.stands"), "nothing is rebuilt"
    assert page.evaluate(GET, [view.selection.model_id, "feature"]) == 3
    assert page.evaluate(GET, [view.model_id, "toy"]) == 0


def test_the_slider_moves_from_toy_to_toy_and_python_hears_it(open_page: OpenPage) -> None:
    made = random_geometry("abcde", toys=3)
    view = hs.FeatureGeometry(made)
    page = settled(open_page([view], width=1000))
    page.locator("input[type=range]").focus()
    page.keyboard.press("End")
    assert "Toy 3 of 3, after 51 steps" in readout(page)
    np.testing.assert_allclose(attributes(page, ".hs-geometry-bar", "data-length")[:, 0], made.norms[2], atol=1e-4)
    assert page.evaluate(GET, [view.model_id, "toy"]) == 2
    assert page.locator("output").inner_text() == "3 of 3, there in 5 %"


def test_features_are_linked(open_page: OpenPage) -> None:
    made = random_geometry("abcde")
    one, other = hs.FeatureGeometry(made), hs.FeatureGeometry(made, picture="matrix")
    hs.link(one, other)
    page = settled(open_page([one, other], width=1000))
    hover(page.locator(f"#view-{one.model_id} .hs-geometry-bar").nth(4))
    assert [text[:11] for text in page.locator(".hs-readout").all_inner_texts()] == ["Feature ‘e’"] * 2
    row = page.locator(f"#view-{other.model_id} .hs-geometry-row").first
    assert row.evaluate("(row) => getComputedStyle(row).display") != "none"


@pytest.mark.parametrize("picture", ["matrix", "weights"])
def test_tables_of_long_names_and_many_dims_keep_to_their_room(open_page: OpenPage, picture: Any) -> None:
    views = [
        hs.FeatureGeometry(random_geometry(WIDE, dims=40), picture=picture, feature=1),
        hs.FeatureGeometry(random_geometry(LONG, dims=3), picture=picture),
    ]
    page = open_page(views, width=360)
    for width, font_size in ((360, 22), (700, 13), (1600, 22)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("(size) => models.forEach((m) => m.get('font_size') && m.set('font_size', size))", font_size)
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
        boxes = page.evaluate(BOXES)
        for canvas, bars in zip(boxes[::2], boxes[1::2], strict=True):
            assert canvas[1] <= bars[0] or canvas[3] <= bars[2], (width, canvas, bars)


def test_directions_of_which_nothing_else_is_known(open_page: OpenPage) -> None:
    rows = np.random.default_rng(0).normal(size=(4, 6))
    page = settled(open_page([hs.FeatureGeometry(rows, ["a", "b", "c", "d"], feature=0)], width=1000))
    assert readout(page).startswith("Feature ‘a’: length ")
    assert page.locator(".hs-geometry-canvas").evaluate("(c) => c.width") == 4
    assert page.locator(".hs-geometry-loss").count() == 0
    page.evaluate("(id) => models.get(id).set('picture', 'weights')", page.evaluate("[...models.keys()][0]"))
    settled(page)
    assert page.locator("[data-key='picture-plane']").is_hidden()
