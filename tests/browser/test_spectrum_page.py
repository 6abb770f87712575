"""Spectrum as it is drawn: numbers and places read from the page equal numpy's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from headstream.results import Spectra
from tests.browser.conftest import OpenPage
from tests.browser.pointer import hover
from tests.browser.settle import settled
from tests.views.arrays import attention_pattern
from tests.views.examples import SHORT
from tests.views.spectrums import random_spectra, some_roles

CENTERS = """(dots) => dots.map((dot) => {
  const { x, y, width, height } = dot.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
})"""


def centers(page: Page, selector: str) -> Any:
    return np.array(settled(page).locator(selector).evaluate_all(CENTERS))


def shown(page: Page, selector: str) -> list[str]:
    return settled(page).locator(selector).evaluate_all("(dots) => dots.map((dot) => dot.dataset.value)")


def number(text: str) -> complex:
    return complex(text.replace("−", "-").replace(" ", "").replace("i", "j"))


def band_of(spectra: Spectra, row: int, null: Any) -> Any:
    return null * np.sqrt((spectra.singular[row] ** 2).mean())


@pytest.mark.parametrize("width", [360, 1280])
def test_scores_stand_where_they_are(open_page: OpenPage, width: int) -> None:
    spectra = random_spectra(SHORT, 3, 5)
    page = open_page([hs.Spectrum(spectra)], width=width)
    np.testing.assert_allclose(
        [number(text).real for text in shown(page, ".hs-spectrum-head")], spectra.score, atol=0.0051
    )
    places = centers(page, ".hs-spectrum-head")[:, 0]
    rules = centers(page, ".hs-spectrum-strip line.hs-rule")[:, 0]
    low, high = rules.min(), rules.max()
    np.testing.assert_allclose((places - low) / (high - low) * 2 - 1, spectra.score, atol=0.01)
    null = page.locator(".hs-spectrum-strip .hs-null").bounding_box()
    ends = np.array([null["x"], null["x"] + null["width"]])
    expected = np.quantile(spectra.null_score, (0.05, 0.95))
    np.testing.assert_allclose((ends - low) / (high - low) * 2 - 1, expected, atol=0.01)


def test_eigenvalues_stand_at_their_angle_and_log_radius(open_page: OpenPage) -> None:
    spectra = random_spectra(SHORT)
    view = hs.Spectrum(spectra, layer=1, head=2, direction=1)
    page = open_page([view], width=1280)
    row = spectra.heads.index((1, 2))
    eigenvalues = spectra.eigenvalues[row]
    found = [number(text) for text in shown(page, ".hs-eigenvalue[data-place]")[::-1]]  # the largest is drawn last
    np.testing.assert_allclose(found, eigenvalues, rtol=0.01, atol=0.01)
    rings = page.locator(".hs-ring").evaluate_all(
        "(rings) => rings.map((r) => [Number(r.dataset.radius), r.r.baseVal.value])"
    )
    assert len(rings) >= 2
    slope, offset = np.polyfit(np.log10([size for size, _ in rings]), [radius for _, radius in rings], 1)
    middle = centers(page, ".hs-ring")[0]
    away = (centers(page, ".hs-eigenvalue[data-place] > circle") - middle)[::-1]
    np.testing.assert_allclose(np.hypot(*away.T), slope * np.log10(np.abs(eigenvalues)) + offset, atol=1)
    directions = (away[:, 0] - 1j * away[:, 1]) / np.hypot(*away.T)
    np.testing.assert_allclose(directions, eigenvalues / np.abs(eigenvalues), atol=0.03)
    hollow = page.locator(".hs-eigenvalue[data-place]").evaluate_all(
        "(dots) => dots.map((dot) => dot.classList.contains('hs-negative'))"
    )
    assert hollow[::-1] == (eigenvalues.real < 0).tolist()
    ring = page.locator(".hs-spectrum-plots > div").first.locator(".hs-null").bounding_box()
    outer = band_of(spectra, row, spectra.null_radius)[1, 1]
    assert abs(ring["width"] / 2 - (slope * np.log10(outer) + offset)) < 1


def test_singular_values_stand_on_their_axis_with_the_null(open_page: OpenPage) -> None:
    spectra = random_spectra(SHORT)
    page = open_page([hs.Spectrum(spectra, layer=0, head=3, values="singular values")], width=700)
    singular = spectra.singular[3]
    found = [number(text).real for text in shown(page, ".hs-singular")]
    np.testing.assert_allclose(found, singular, rtol=0.006)
    heights = centers(page, ".hs-singular > circle")[:, 1]
    slope, offset = np.polyfit(heights, singular, 1)
    np.testing.assert_allclose(slope * heights + offset, singular, atol=0.01 * singular[0])
    null = page.locator(".hs-null:visible").last
    box = page.locator(".hs-spectrum-plots .hs-null:visible").bounding_box()
    assert null.count() == 1
    band = band_of(spectra, 3, spectra.null_singular)
    assert abs(slope * box["y"] + offset - band[1].max()) < 0.02 * singular[0]
    assert abs(slope * (box["y"] + box["height"]) + offset - band[0].min()) < 0.02 * singular[0]


def test_a_direction_is_read_as_its_tokens(open_page: OpenPage) -> None:
    spectra = random_spectra(SHORT)
    view = hs.Spectrum(spectra, some_roles(), layer=1, head=3)
    page = open_page([view], width=1280)
    settled(page).locator(".hs-singular").nth(2).locator("rect").click()
    model = "([id, name]) => models.get(id).get(name)"
    assert settled(page).evaluate(model, [view.model_id, "direction"]) == 2
    assert page.evaluate(model, [view.model_id, "values"]) == "singular values"
    parts = spectra.singular_vectors.weight[7, 2]
    rows = page.locator(".hs-readings-row")
    tokens = [spectra.vocabulary[int(token)] for token in spectra.singular_vectors.token[7, 2].ravel()]
    assert rows.locator(".hs-readings-token").all_text_contents() == [
        token.replace(" ", "·").replace("\n", "↵") for token in tokens
    ]
    found = [number(text).real for text in rows.locator(".hs-number").all_inner_texts()]
    np.testing.assert_allclose(found, parts.ravel(), atol=0.0051)
    bars = rows.locator(".hs-readings-bar").evaluate_all(
        "(bars) => bars.map((bar) => Number.parseFloat(bar.style.width))"
    )
    expected = 100 * np.abs(parts) / np.abs(parts).max((1, 2), keepdims=True)
    np.testing.assert_allclose(bars, expected.ravel(), atol=0.01)
    assert "Head 1.3 induction: singular value 3 of 8" in page.locator(".hs-readout").inner_text()
    hover(page.locator(".hs-singular").nth(3))
    assert "Only the first 3 directions were read" in page.locator(".hs-readings-note").inner_text()


def test_no_digit_of_a_small_part_is_cut(open_page: OpenPage) -> None:
    spectra = random_spectra(SHORT)
    vectors = spectra.eigenvectors
    small = replace(vectors, weight=vectors.weight * np.float32(0.03))
    page = open_page([hs.Spectrum(replace(spectra, eigenvectors=small))], width=1100)
    numbers = settled(page).locator(".hs-readings-row > .hs-number")
    assert max(map(len, numbers.all_inner_texts())) == len("+0.033")
    cut = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"
    assert numbers.evaluate_all(cut) == []


def test_a_head_that_a_linked_view_pins_is_shown(open_page: OpenPage) -> None:
    spectra = random_spectra(SHORT)
    other, view = hs.AttentionHeatmap(attention_pattern(2, 4, 5)), hs.Spectrum(spectra)
    hs.link(other, view)
    page = settled(open_page([other, view], width=1000))
    page.locator(".hs-thumb").nth(5).click()
    page.mouse.move(0, 0)
    assert "Head 1.1: copying score" in settled(page).locator(".hs-readout").last.inner_text()
    found = [number(text).real for text in shown(page, ".hs-singular")]
    np.testing.assert_allclose(found, spectra.singular[5], rtol=0.006)
