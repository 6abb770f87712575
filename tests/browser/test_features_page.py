"""The feature card and the decoder norms as they are drawn: what is read from the page equals numpy's numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.summaries import random_shares, random_summary

WORDS = tuple(f" word{token}" for token in range(40))


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def pin(page: Page, view: hs.FeatureCard | hs.DecoderNorms, feature: int | None) -> None:
    page.evaluate("([id, value]) => models.get(id).set('feature', value)", [view.selection.model_id, feature])
    settled(page)


def rows(page: Page, view: str = "") -> list[int]:
    found = page.evaluate("(view) => [...document.querySelectorAll(view + ' .hs-row')].map((r) => r.innerText)", view)
    return [int(text.split("\t")[0]) for text in found]


def search(page: Page, text: str) -> list[int]:
    page.locator("input[type=search]").fill(text)
    return rows(settled(page))


@pytest.mark.parametrize("feature", [1, 4, 6])
def test_a_card_shows_its_feature(open_page: OpenPage, feature: int) -> None:
    summary = random_summary(WORDS)
    view = hs.FeatureCard(summary, feature=feature)
    page = settled(open_page([view]))
    logits = page.evaluate(
        """[...document.querySelectorAll(".hs-feature-logits ol")].map((list) =>
             [...list.querySelectorAll("li")].map((item) => [...item.children].map((part) => part.innerText)))"""
    )
    wanted = ((summary.promoted, summary.promoted_logits), (summary.suppressed, summary.suppressed_logits))
    for lines, (ids, values) in zip(logits, wanted, strict=True):
        assert [word for word, _ in lines] == [WORDS[token].replace(" ", "·") for token in ids[feature]]
        np.testing.assert_allclose([number(value) for _, value in lines], values[feature], atol=6e-3, rtol=2e-3)
    counts = page.evaluate("[...document.querySelectorAll('.hs-feature-bar')].map((bar) => Number(bar.dataset.count))")
    assert counts == summary.histogram[feature][: len(counts)].tolist()
    assert not summary.histogram[feature][len(counts) :].any()
    near = page.evaluate(
        """[...document.querySelectorAll(".hs-feature-near")].map((item) =>
             [Number(item.dataset.feature), item.lastChild.innerText])"""
    )
    assert [other for other, _ in near] == summary.nearest[feature].tolist()
    np.testing.assert_allclose([number(cosine) for _, cosine in near], summary.cosine[feature], atol=6e-3)
    windows = page.evaluate(
        """[...document.querySelectorAll(".hs-feature-window")].map((line) =>
             [...line.querySelectorAll(".hs-feature-token")].map((token) => [token.innerText,
               Number(token.dataset.share), token.classList.contains("hs-feature-chosen")]))"""
    )
    both = [(some, example) for some in (summary.top, summary.drawn) for example in range(some.at.shape[1])]
    for line, (some, example) in zip(windows, both, strict=True):
        ids = some.token_ids[feature, example]
        there = ids >= 0
        assert [text for text, *_ in line] == [WORDS[token].replace(" ", "·") for token in ids[there]]
        shares = some.activations[feature, example][there] / summary.largest[feature]
        np.testing.assert_allclose([share for _, share, _ in line], shares, atol=0.004)
        assert [chosen for *_, chosen in line].index(True) == some.at[feature, example]


def test_the_list_is_searched_sorted_and_walked(open_page: OpenPage) -> None:
    summary = random_summary(WORDS)
    view = hs.FeatureCard(summary, {5: "names of kings"})
    page = settled(open_page([view]))
    assert rows(page) == list(range(7))
    assert search(page, "5") == [5] or 5 in search(page, "5")
    assert search(page, "KINGS") == [5]
    label = summary.fires_on(3)[0].strip()
    wanted = [
        feature
        for feature in range(7)
        if any(label in own for own in (*summary.fires_on(feature), *(WORDS[t] for t in summary.promoted[feature])))
    ]
    assert search(page, label) == wanted
    search(page, "")
    page.locator(".hs-sort", has_text="fires at").click()
    assert rows(settled(page)) == np.argsort(-summary.density, kind="stable").tolist()
    page.locator(".hs-row").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    second = int(np.argsort(-summary.density, kind="stable")[1])
    assert settled(page).evaluate("(id) => models.get(id).get('feature')", view.selection.model_id) == second
    assert page.locator(".hs-feature-card").get_attribute("data-feature") == str(second)


def test_of_a_thousand_features_those_in_sight_are_made_and_any_is_found(open_page: OpenPage) -> None:
    view = hs.FeatureCard(random_summary(WORDS, features=1024))
    page = settled(open_page([view]))
    assert page.locator(".hs-row").count() < 300
    pin(page, view, 1000)
    assert page.locator(".hs-row.hs-current").inner_text().split("\t")[0] == "1000"
    box, row = (page.locator(at).bounding_box() for at in (".hs-table-box", ".hs-row.hs-current"))
    assert box
    assert row
    assert box["y"] <= row["y"] <= box["y"] + box["height"]


def test_norms_are_listed_in_the_range_that_is_dragged(open_page: OpenPage) -> None:
    shares = random_shares(2, 60)
    view = hs.DecoderNorms(shares)
    page = settled(open_page([view]))
    counts = page.evaluate("[...document.querySelectorAll('.hs-norms-bar')].map((bar) => Number(bar.dataset.count))")
    wanted, _ = np.histogram(shares.centre, np.linspace(0, 1, 41))
    assert counts == wanted.tolist()
    ground = page.locator(".hs-norms-ground").bounding_box()
    assert ground
    middle = ground["y"] + ground["height"] / 2
    page.mouse.move(ground["x"] + 0.25 * ground["width"], middle)
    page.mouse.down()
    page.mouse.move(ground["x"] + 0.75 * ground["width"], middle, steps=4)
    page.mouse.up()
    inside = np.flatnonzero((shares.centre >= 0.25) & (shares.centre <= 0.75)).tolist()
    assert rows(settled(page)) == inside
    ends = page.evaluate("(id) => ['low', 'high'].map((name) => models.get(id).get(name))", view.model_id)
    assert ends == [0.25, 0.75]
    pin(page, view, inside[-1])
    said = page.locator(".hs-readout").inner_text()
    for place, share in zip(shares.places, shares.share[inside[-1]], strict=True):
        assert f"{100 * share:.0f} % in {place}" in said
    page.locator(".hs-row").first.focus()
    page.keyboard.press("Escape")
    assert len(rows(settled(page))) == 60


def test_profiles_are_the_shares(open_page: OpenPage) -> None:
    shares = random_shares(4, 12)
    page = settled(open_page([hs.DecoderNorms(shares)]))
    drawn = page.evaluate(
        """[...document.querySelectorAll(".hs-norms-profile")].map((one) =>
             [...one.querySelectorAll("rect")].map((bar) => Number(bar.dataset.share)))"""
    )
    np.testing.assert_allclose(drawn, shares.share, atol=1e-6)


def test_a_card_and_norms_move_together(open_page: OpenPage) -> None:
    card, norms = hs.FeatureCard(random_summary(WORDS)), hs.DecoderNorms(replace(random_shares(3, 7), density=None))
    hs.link(card, norms)
    page = settled(open_page([card, norms]))
    page.locator(".hs-decoder_norms .hs-row").nth(4).click()
    assert settled(page).locator(".hs-feature-card").get_attribute("data-feature") == "4"
    assert page.locator(".hs-feature_card .hs-row.hs-current").inner_text().startswith("4")
