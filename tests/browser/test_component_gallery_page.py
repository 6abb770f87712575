"""ComponentGallery as it is drawn: numbers read from the page equal numpy's, with no kernel."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from headstream.features.parameter_scores import on_inputs
from tests.browser.conftest import OpenPage
from tests.browser.page import state_of
from tests.browser.settle import settled
from tests.views.parameter_decompositions import random_decomposition

RESULT = random_decomposition(identity=True)
ONE_INPUT = on_inputs(random_decomposition(), RESULT.inputs[:1], ["one"])
NUMBERS = """([matrix, figure]) => {
  const heat = document.querySelectorAll(".hs-gallery-matrix")[matrix].querySelectorAll(".hs-gallery-heat")[figure];
  return [...heat.querySelectorAll(".hs-gallery-cell")].map((cell) => cell.innerText);
}"""
TRAIT = "([id, name]) => models.get(id).get(name)"


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("+", ""))


def heat(page: Page, matrix: int, figure: int) -> np.ndarray:
    return np.array([number(text) for text in settled(page).evaluate(NUMBERS, [matrix, figure])])


def on(*off: tuple[int, int]) -> np.ndarray:
    masks = np.ones((3, RESULT.components))
    for matrix, component in off:
        masks[matrix, component] = 0
    return masks


def error(page: Page) -> float:
    text = settled(page).locator(".hs-gallery-error").inner_text()
    digits, _, power = text.partition(" × 10⁻")
    return float(digits) * 10.0 ** -int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")) or 0)


def mean_squared(masks: np.ndarray, inputs: slice = slice(None)) -> float:
    return float(((RESULT.output(RESULT.inputs, masks) - RESULT.output(RESULT.inputs))[inputs] ** 2).mean())


def test_weights_sums_outputs_and_errors_are_numpys(open_page: OpenPage) -> None:
    page = open_page([hs.ComponentGallery(RESULT)])
    for matrix, name in enumerate(RESULT.matrices):
        np.testing.assert_allclose(heat(page, matrix, 0), RESULT.weights[matrix].ravel(), atol=0.0051)
        np.testing.assert_allclose(heat(page, matrix, 1), RESULT.parts(name).sum(0).ravel(), atol=0.0051)
    np.testing.assert_allclose(heat(page, 3, 0), RESULT.output(RESULT.inputs).ravel(), atol=0.0051)
    np.testing.assert_allclose(heat(page, 3, 1), RESULT.output(RESULT.inputs, on()).ravel(), atol=0.0051)
    assert error(page) == pytest.approx(mean_squared(on()), rel=0.06)
    distances = [number(text.split()[0]) for text in page.locator(".hs-gallery-distance").all_inner_texts()]
    for distance, name, weights in zip(distances, RESULT.matrices, RESULT.weights, strict=True):
        away = np.linalg.norm(RESULT.parts(name).sum(0) - weights) / np.linalg.norm(weights)
        assert distance == pytest.approx(100 * away, abs=0.051)


def test_switches_move_the_sum_and_the_error_and_are_read_back(open_page: OpenPage) -> None:
    view = hs.ComponentGallery(RESULT)
    page = settled(open_page([view]))
    page.get_by_role("checkbox", name="W, component 1 on", exact=True).click()
    page.get_by_role("checkbox", name="Wᵀ, component 4 on", exact=True).click()
    off = ((0, 1), (2, 4))
    np.testing.assert_allclose(
        heat(page, 0, 1), np.einsum("c,cio->io", on(*off)[0], RESULT.parts("W")).ravel(), atol=0.0051
    )
    assert error(page) == pytest.approx(mean_squared(on(*off)), rel=0.02)
    assert page.evaluate(TRAIT, [view.model_id, "off"]) == [list(pair) for pair in off]
    page.get_by_role("button", name="input b", exact=True).click()
    assert error(page) == pytest.approx(mean_squared(on(*off), slice(1, 2)), rel=0.02)
    assert page.evaluate(TRAIT, [view.model_id, "input"]) == 1
    page.get_by_role("button", name="All components on").click()
    assert error(page) == pytest.approx(mean_squared(on(), slice(1, 2)), rel=0.06)


def test_only_what_matters_for_an_input_is_left(open_page: OpenPage) -> None:
    view = hs.ComponentGallery(RESULT, input=2)
    page = settled(open_page([view]))
    page.get_by_role("button", name="Only components that matter").click()
    settled(page)
    off = {tuple(pair) for pair in page.evaluate(TRAIT, [view.model_id, "off"])}
    expected = {(m, c) for m, c in np.argwhere(RESULT.importance[:, :, 2] < 0.5)}
    assert off == expected
    assert len(off) == 3 * RESULT.components - 3


def test_the_panel_shows_what_is_read_written_and_like_the_target(open_page: OpenPage) -> None:
    view = hs.ComponentGallery(RESULT)
    page = settled(open_page([view]))
    page.locator("[data-key='part-0-3']").click()
    page.mouse.move(0, 0)
    settled(page)
    assert page.evaluate(TRAIT, [view.model_id, "component"]) == [0, 3]
    lists = [
        [number(text.replace("–", "nan")) for text in one.locator(".hs-gallery-value").all_inner_texts()]
        for one in page.locator(".hs-gallery-list").all()
    ]
    v, u = RESULT.reads[0][3, 0], RESULT.writes[0][3, 0]
    np.testing.assert_allclose(lists[0], v / np.linalg.norm(v), atol=0.0051)
    np.testing.assert_allclose(lists[1], u * np.linalg.norm(v), atol=0.0051)
    np.testing.assert_allclose(lists[2], RESULT.importance[0, 3], atol=0.0051)
    part, row = RESULT.parts("W")[3, 3], RESULT.weights[0][3]
    assert lists[3][3] == pytest.approx(part @ row / np.linalg.norm(part) / np.linalg.norm(row), abs=0.0006)
    said = page.locator(".hs-readout").inner_text()
    assert "W, component 3" in said
    assert "its row d has" in said


def test_nothing_of_the_panel_is_cut_however_few_inputs_there_are(open_page: OpenPage) -> None:
    page = settled(open_page([hs.ComponentGallery(one) for one in (RESULT, ONE_INPUT)]))
    for body in page.locator(".hs-gallery-lists").all():
        assert body.evaluate("(node) => node.scrollHeight - node.clientHeight") == 0


def test_negligible_components_are_shown_when_asked(open_page: OpenPage) -> None:
    page = settled(open_page([hs.ComponentGallery(RESULT)]))
    shown = [len(RESULT.found(name)) for name in RESULT.matrices]
    assert [row.locator(".hs-gallery-part").count() for row in page.locator(".hs-gallery-matrix").all()][:3] == shown
    page.get_by_role("button", name="Negligible ones too").click()
    settled(page)
    assert page.locator(".hs-gallery-part").count() == 3 * RESULT.components


def test_a_component_of_every_matrix_is_switched_in_all(open_page: OpenPage) -> None:
    result = random_decomposition(method="APD")
    page = settled(open_page([hs.ComponentGallery(result)]))
    page.get_by_role("checkbox", name="W, component 0 on", exact=True).click()
    other = settled(page).get_by_role("checkbox", name="Wᵀ, component 0 on", exact=True)
    assert other.get_attribute("aria-checked") == "false"
    kept = np.delete(result.parts("Wᵀ"), 0, 0).sum(0)
    np.testing.assert_allclose(heat(page, 1, 1), kept.ravel(), atol=0.0051)


def test_a_training_is_followed(open_page: OpenPage) -> None:
    """`show` with other components of the same shapes: the numbers follow."""
    view = hs.ComponentGallery(RESULT)
    page = settled(open_page([view]))
    other = random_decomposition(identity=True, seed=5)
    drawn = view._drawn(other)
    assert not np.array_equal(drawn["weights"], view.weights)
    view.show(other)
    update = "([id, state]) => { for (const [name, v] of Object.entries(revive(state))) models.get(id).set(name, v); }"
    page.evaluate(update, [view.model_id, state_of(view)])
    np.testing.assert_allclose(heat(page, 0, 0), other.weights[0].ravel(), atol=0.0051)
    np.testing.assert_allclose(heat(page, 2, 1), other.parts("Wᵀ").sum(0).ravel(), atol=0.0051)
