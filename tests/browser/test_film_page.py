"""Film as it is drawn: numbers and places read from the page equal numpy's, and a live training moves nothing away."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from headstream.results import Training
from tests.browser.conftest import OpenPage
from tests.browser.page import state_of
from tests.browser.pointer import hover
from tests.browser.settle import settled
from tests.views.trainings import random_training

TOKENS = tuple("abcdefghij")
PER_STEP = ("steps", "loss", "early_loss", "late_loss", "first_copy", "second_copy", "prefix", "previous", "patterns")


def cut(training: Training, count: int) -> Training:
    """The training as it was at an earlier step."""
    return replace(training, **{name: getattr(training, name)[:count] for name in PER_STEP})


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def axis(page: Page, plot: int, anchor: str) -> Any:
    """[tick, 2]: the number that stands at a tick of the left (anchor end) or lower (middle) axis, and where."""
    ticks = page.locator(".hs-curves").nth(plot).locator(f"text.hs-tick[text-anchor={anchor}]")
    place = "y" if anchor == "end" else "x"
    found = ticks.evaluate_all(f"(all) => all.map((t) => [t.textContent, t.getAttribute('{place}')])")
    return np.array([[number(text), float(at)] for text, at in found])


def curve(page: Page, plot: int, kind: str) -> Any:
    """[step, 2]: the corners of a curve."""
    line = page.locator(".hs-curves").nth(plot).locator(f"path.hs-film-curve.{kind}").last.get_attribute("d")
    return np.array([[float(x) for x in corner.split(",")] for corner in re.findall(r"-?[\d.]+,-?[\d.]+", line)])


def heights(page: Page, plot: int, kind: str) -> Any:
    """The numbers that a curve shows, read by its axis."""
    slope, offset = np.polyfit(*axis(page, plot, "end").T[::-1], 1)
    return slope * curve(page, plot, kind)[:, 1] + offset


@pytest.mark.parametrize("width", [360, 1200])
def test_losses_stand_where_they_are(open_page: OpenPage, width: int) -> None:
    training = random_training(TOKENS)
    view = hs.Film(training)
    page = settled(open_page([view], width=width))
    np.testing.assert_allclose(heights(page, 0, "hs-first"), training.loss, atol=0.05)
    x = axis(page, 0, "middle")
    slope, offset = np.polyfit(np.log1p(x[:, 0]), x[:, 1], 1)
    np.testing.assert_allclose(curve(page, 0, "hs-first")[:, 0], slope * np.log1p(training.steps) + offset, atol=0.6)
    page.locator("[data-key=curves]").select_option("two copies")
    settled(page)
    np.testing.assert_allclose(heights(page, 0, "hs-second"), training.first_copy, atol=0.06)
    np.testing.assert_allclose(heights(page, 0, "hs-first"), training.second_copy, atol=0.06)
    page.locator("[data-key=curves]").select_option("in context")
    np.testing.assert_allclose(heights(settled(page), 0, "hs-first"), training.in_context, atol=0.1)
    level = page.locator(".hs-film-level").first.get_attribute("y1")
    ticks = axis(page, 0, "end")
    assert float(level) == pytest.approx(ticks[ticks[:, 0] == 0, 1].item(), abs=0.1)


def test_scores_are_the_chosen_heads(open_page: OpenPage) -> None:
    training = random_training(TOKENS)
    view = hs.Film(training, scores="previous token", layer=0, head=2)
    page = settled(open_page([view]))
    np.testing.assert_allclose(heights(page, 1, "hs-chosen"), training.previous[:, 0, 2], atol=0.01)
    assert page.locator(".hs-film-curve.hs-other").count() == 5
    page.locator("[data-key=scores]").select_option("prefix matching")
    hover(page.locator(".hs-thumb").nth(4))
    np.testing.assert_allclose(heights(settled(page), 1, "hs-chosen"), training.prefix[:, 1, 1], atol=0.01)
    level = float(page.locator(".hs-curves").nth(1).locator(".hs-film-level").get_attribute("y1"))
    slope, offset = np.polyfit(*axis(page, 1, "end").T[::-1], 1)
    assert slope * level + offset == pytest.approx(training.prefix_null, abs=0.005)


def test_one_wild_step_is_left_outside_and_marked(open_page: OpenPage) -> None:
    loss = np.linspace(9, 3, 9, dtype=np.float32)
    loss[4] = 60
    page = settled(open_page([hs.Film(replace(random_training(TOKENS), loss=loss))]))
    assert axis(page, 0, "end")[:, 0].max() < 10
    found = page.locator(".hs-curves").first.locator(".hs-film-outside")
    assert found.evaluate_all("(marks) => marks.map((mark) => Number(mark.dataset.value))") == [60]


@pytest.mark.parametrize("text", [0, 1])
def test_the_words_are_of_the_step_and_the_head(open_page: OpenPage, text: int) -> None:
    training = random_training(TOKENS)
    view = hs.Film(training, text, step=int(training.steps[3]), layer=1, head=2)
    page = settled(open_page([view]))
    said = page.locator(".hs-readout").inner_text()
    steps = training.steps
    expected = [training.loss[3], training.in_context[3], training.first_copy[3], training.second_copy[3],
                training.prefix[3, 1, 2], training.previous[3, 1, 2]]  # fmt: skip
    assert said.startswith(f"Step {steps[3]:,} of {steps[-1]:,}: loss ")
    found = [number(text) for text in re.findall(r"(?<= )[−+]?\d*\.\d\d", said)]
    np.testing.assert_allclose(found, expected, atol=0.0051)
    weights = training.patterns[3, text, 1, 2] / 255
    for position in (4, 9):
        hover(page.locator(".hs-token").nth(position))
        said = settled(page).locator(".hs-readout").inner_text()
        named = re.findall(r"‘(\w)’ (\d?\.\d\d)", said.split("attends to")[1].split("Attended")[0])
        for token, shown in named:
            assert float(shown) == pytest.approx(weights[position, TOKENS.index(token)], abs=0.0075)


def test_the_slider_moves_by_keys_and_linked_films_with_it(open_page: OpenPage) -> None:
    training = random_training(TOKENS)
    one, other = hs.Film(training), hs.Film(random_training(TOKENS, seed=5))
    hs.link(one, other)
    page = settled(open_page([one, other], height=1600))
    assert "no induction head has formed" in page.locator(".hs-readout").first.inner_text()
    page.locator("input[type=range]").first.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    settled(page)
    step = int(training.steps[-3])
    assert page.evaluate("(id) => models.get(id).get('step')", one.selection.model_id) == step
    assert page.locator("output").all_inner_texts() == [f"{step:,}"] * 2
    assert page.evaluate("document.activeElement.dataset.key") == "step"
    page.keyboard.press("End")
    assert page.evaluate("(id) => models.get(id).get('step')", one.selection.model_id) is None
    assert settled(page).locator("output").first.inner_text() == f"{training.steps[-1]:,}"


def test_a_curve_is_pointed_at_and_pinned(open_page: OpenPage) -> None:
    training = random_training(TOKENS)
    view = hs.Film(training)
    page = settled(open_page([view]))
    box = page.locator(".hs-curves").nth(1).bounding_box()
    place = curve(page, 1, "hs-chosen")[4, 0]
    page.mouse.move(box["x"] + place + 2, box["y"] + box["height"] / 2)
    assert settled(page).locator("output").inner_text() == f"{training.steps[4]:,}"
    pinned = "(id) => models.get(id).get('step')"
    assert page.evaluate(pinned, view.selection.model_id) is None
    page.mouse.down()
    page.mouse.up()
    assert page.evaluate(pinned, view.selection.model_id) == training.steps[4]
    page.mouse.move(0, 0)
    now = settled(page).locator(".hs-film-now").first.get_attribute("x1")
    assert float(now) == pytest.approx(place, abs=0.1)
    page.keyboard.press("Escape")


def test_it_plays(open_page: OpenPage) -> None:
    training = random_training(TOKENS, 5)
    view = hs.Film(training)
    page = settled(open_page([view]))
    page.locator("[data-key=step-play]").click()
    shown = "document.querySelector('output').textContent"
    page.wait_for_function(f"{shown} === '{training.steps[1]}'")
    page.wait_for_function(f"{shown} === '{training.steps[4]:,}'")
    page.wait_for_function("document.querySelector('[data-key=step-play]').textContent === 'Play'")


def test_a_live_training_is_followed_and_focus_and_zoom_stay(open_page: OpenPage) -> None:
    training = random_training(TOKENS)
    view = hs.Film(cut(training, 4))
    page = settled(open_page([view]))
    page.locator(".hs-head canvas").focus()
    page.keyboard.press("+")
    labels = "[...document.querySelectorAll('.hs-head text')].map((label) => label.textContent)"
    zoomed = settled(page).evaluate(labels)
    page.evaluate("document.querySelectorAll('.hs-picture > *').forEach((node) => { node.stands = true })")

    def live(count: int) -> None:
        view.show(cut(training, count))
        update = "([id, s]) => { for (const [name, v] of Object.entries(revive(s))) models.get(id).set(name, v); }"
        page.evaluate(update, [view.model_id, state_of(view)])
        settled(page)

    live(6)
    assert page.locator("output").inner_text() == f"{training.steps[5]:,}", "the newest step is shown"
    assert page.evaluate(labels) == zoomed
    assert page.evaluate("document.activeElement.tagName") == "CANVAS"
    assert page.evaluate("[...document.querySelectorAll('.hs-picture > *')].every((node) => node.stands)")
    page.locator("input[type=range]").focus()
    page.keyboard.press("ArrowLeft")
    live(9)
    assert page.locator("output").inner_text() == f"{training.steps[4]:,}", "a step that the reader holds is kept"
    assert page.locator("input[type=range]").get_attribute("max") == "8"
    assert page.evaluate("document.activeElement.dataset.key") == "step"


def test_where_not_all_steps_have_patterns_that_is_said(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headstream.views.film.BYTES", 4 * 6 * 55)
    training = random_training(TOKENS)
    view = hs.Film(training, step=int(training.steps[1]))
    assert view.frames[[0, -1]].tolist() == [0, 8]
    page = settled(open_page([view]))
    assert f"patterns at {len(view.frames)} of 9 steps" in page.locator(".hs-legend").inner_text()
    if 1 not in view.frames:
        assert "Patterns of step 0." in page.locator(".hs-readout").inner_text()
