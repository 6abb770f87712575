"""The course's pages: alive with no kernel, from a server and from a folder, on paper, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import headstream as hs
from headstream.site import gallery, prompt, sizes
from tests.browser.settle import settled
from tests.browser.site import RAN, UNPAINTED, built, drawn, fills, served

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def site(python: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("site"), python)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: Path, address: str) -> Iterator[Any]:
    """visit(name, ...): a page of the site with its views drawn. What goes wrong on it fails the test."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(120_000)  # a page with many views, on a busy machine
    problems: list[str] = []
    excused: list[str] = []
    page.on("console", lambda said: problems.append(told(said)) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
    page.on("response", lambda told: problems.append(f"{told.status}: {told.url}") if told.status >= 400 else None)
    page.on("request", lambda asked: problems.append(asked.url) if not asked.url.startswith(allowed) else None)
    told = lambda said: f"{said.text} ({said.location['url']})"  # noqa: E731
    allowed = (address, site.as_uri(), "blob:", "data:")

    def visit(
        name: str, *, scheme: str = "light", width: int = 1280, file: bool = False, excuse: tuple[str, ...] = ()
    ) -> Page:
        excused.extend(excuse)
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{site.as_uri() if file else address}/{name}")
        return drawn(page)

    yield visit
    context.close()
    assert [problem for problem in problems if not any(word in problem for word in excused)] == []


def pages(site: Path) -> list[str]:
    return sorted(path.name for path in site.glob("*.html"))


def test_every_page_opens_with_every_view_painted_and_can_be_read_on_a_telephone(visit: Any, site: Path) -> None:
    assert len(pages(site)) > 28, "the lessons, the front page, gallery, glossary, claims and search"
    for name in pages(site):
        page = visit(name)
        assert page.evaluate(UNPAINTED) == [], name
        page.set_viewport_size({"width": 390, "height": 844})
        assert settled(page, timeout=60).evaluate("document.documentElement.scrollWidth") <= 390, name
    for name in RAN:
        page = visit(f"{name}.html", file=True, scheme="dark")
        assert page.locator("[data-hs-view]").count() > 5
        assert page.evaluate(UNPAINTED) == [], name


def test_lessons_are_small_with_all_that_a_browser_loads_for_them(visit: Any, site: Path) -> None:
    for name in RAN:
        visit(f"{name}.html", file=True)
        page = visit(f"{name}.html")
        fetched = page.evaluate("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname)")
        known = {f"/{file.relative_to(site)}" for file in sizes.loaded(site / f"{name}.html")}
        assert set(fetched) - known == set(), "sizes.py counts all that is loaded"
        found = sizes.sizes(site / f"{name}.html")
        assert all(0 < found[kind] <= limit for kind, limit in sizes.LIMITS.items()), (name, found)
    assert sizes.report(site, RAN) == 0
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sizes.LIMITS, "page", 1000)
        assert sizes.report(site, RAN) == 1, "a page above its limit is told"


def test_no_code_or_array_is_there_twice(site: Path) -> None:
    bundle = (site / "_static" / "headstream.js").read_text(encoding="utf-8")
    assert bundle.count("hs-question") > 0
    for file in (site / "_static").rglob("*.js"):
        assert file.name == "headstream.js" or "hs-question" not in file.read_text(encoding="utf-8"), file


def test_a_prediction_is_answered_by_a_click_and_a_hint_is_given(visit: Any) -> None:
    page = visit("02-residual-stream.html")
    asked, revealed = page.locator(".hs-prediction").nth(0), page.locator(".hs-prediction").nth(1)
    assert "exact, but for rounding" in revealed.inner_text()
    told = "However a vector is computed"
    assert told not in asked.inner_text() + revealed.inner_text(), "no answer is in print before it"
    asked.locator(".hs-option").first.click()
    both = "[...document.querySelectorAll('.hs-prediction')].slice(0, 2)"
    page.wait_for_function(f"(told) => {both}.every((view) => view.innerText.includes(told))", arg=told)
    check = page.locator(".hs-check").first
    hint = check.locator(".hs-hint").first
    assert not hint.is_visible()
    check.locator(".hs-controls > button").first.click()
    settled(page)
    assert hint.is_visible()


def test_a_prompt_is_typed_on_the_tours_page_which_runs_the_model_itself(visit: Any, shipped: Any) -> None:
    told = "document.querySelector('.hs-prompt-told')"
    page = visit("00-tour.html", file=True)
    assert "cannot fetch weights" in settled(page).locator(".hs-prompt-told").inner_text()
    assert not page.locator(".hs-prompt-text").is_editable()
    page = visit("00-tour.html")
    page.locator(".hs-prompt-text").fill("Then Dursley met Durs")
    page.wait_for_function(f"{told}.dataset.state === 'ready'", timeout=60_000)
    p = hs.run(shipped(prompt.MODEL), "Then Dursley met Durs").logits[-1].softmax(-1).topk(5).values
    shown = settled(page).locator(".hs-prompt-row .hs-number").all_inner_texts()
    assert shown == [f"{float(one):.2f}".lstrip("0") for one in p]


def test_views_of_a_board_follow_one_pointer(visit: Any) -> None:
    page = visit("00-tour.html")
    board = page.locator(".hs-board").first
    bars, token = board.locator(".hs-residual_bars"), board.locator(".hs-attention_heatmap .hs-token").nth(3)
    before = bars.locator(".hs-token.hs-current").evaluate_all("(tokens) => tokens.map((token) => token.innerText)")
    token.hover()
    settled(page)
    after = bars.locator(".hs-token.hs-current").evaluate_all("(tokens) => tokens.map((token) => token.innerText)")
    assert after == [token.inner_text()] != before


def test_views_follow_the_theme_of_the_page_and_of_the_system(visit: Any) -> None:
    page = visit("02-residual-stream.html", scheme="dark")
    themes = "[...new Set([...document.querySelectorAll('.headstream')].map((view) => view.dataset.theme))].join()"
    assert page.evaluate(themes) == "dark"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{themes} === 'light'")
    page.evaluate("document.body.dataset.theme = 'dark'")
    page.wait_for_function(f"{themes} === 'dark'")


# The colours of what is filled by data: bars, and tokens with a colour of their own.
COLORS = """[...document.querySelectorAll(".headstream .hs-bars-bar, .headstream .hs-token")].map((item) => {
  const style = getComputedStyle(item);
  const color = item instanceof SVGElement ? style.fill : style.backgroundColor;
  return color.match(/[\\d.]+/g).map(Number);
}).filter((color) => color.length === 3)"""


def test_paper_is_light_and_keeps_the_colours_of_data_whatever_the_theme(visit: Any) -> None:
    page = visit("00-tour.html")
    light = {tuple(color) for color in page.evaluate(COLORS)}
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.querySelector('.headstream').dataset.theme === 'dark'")
    dark = {tuple(color) for color in settled(page, timeout=60).evaluate(COLORS)}
    boxes = "[...document.querySelectorAll('.headstream')].map((view) => view.getBoundingClientRect().width)"
    before = page.evaluate(boxes)
    printed = fills(page.pdf(format="A4", print_background=False))
    assert len(light - dark) > 10
    assert len((light - dark) & printed) > 0.9 * len(light - dark), "the light theme's colours are on paper"
    assert len((dark - light) & printed) < 0.1 * len(dark - light), "and the dark theme's are not"
    assert settled(page, timeout=60).evaluate(boxes) == before
    assert page.evaluate("document.querySelector('.headstream').dataset.theme") == "dark", "the screen is as it was"


def check_paper(page: Page) -> None:
    """Leaves the page ready to be printed: no view is higher than a sheet or may be split, and no code is cut off."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    places = page.evaluate(
        "[...document.querySelectorAll('[data-hs-view]')].map((place) =>"
        " [place.getBoundingClientRect().height, getComputedStyle(place).breakInside])"
    )
    sheet = (297 - 30) / 25.4 * 96
    assert len(places) >= len(gallery.CALLS)
    assert [place for place in places if not (0 < place[0] < sheet and place[1] == "avoid")] == []
    overflow = "[...document.querySelectorAll('pre')].filter((code) => code.scrollWidth > code.clientWidth).length"
    assert page.evaluate(overflow) == 0


# From a folder a page may not read other pages, so there results have no excerpts.
EXCERPTS = ("file://", "Failed to fetch")


@pytest.mark.parametrize("file", [False, True])
def test_the_search_finds_lessons_also_from_a_folder(visit: Any, file: bool) -> None:
    page = visit("search.html?q=superposition", file=file, excuse=EXCERPTS if file else ())
    page.wait_for_selector("#search-results li a")
    found = page.locator("#search-results li a").evaluate_all("(links) => links.map((link) => link.href)")
    assert any("17-superposition.html" in link for link in found)


def test_the_gallery_has_every_view_with_its_call_its_options_and_keys_that_do_something(visit: Any) -> None:
    page = visit("gallery.html")
    drawn_views = page.evaluate("[...document.querySelectorAll('.headstream')].map((view) => view.classList[1])")
    text = page.inner_text("article")
    for name, view in gallery.views().items():
        folder = view.__module__.rsplit(".", 1)[1]
        assert f"hs-{folder}" in drawn_views, name
        assert gallery.CALLS[name].splitlines()[-1] in text
        part = page.locator(f"section#{name.lower()}")
        for option, *_ in gallery._options(view):
            assert part.locator("td code", has_text=option).count(), (name, option)
        keys = " ".join(view.own_keys).split()
        for key in keys:
            part.locator(ITEMS[folder]).first.focus()
            # One that leads back does something only after another.
            assert changed(page, name, key) or (changed(page, name, keys[0]) and changed(page, name, key)), (name, key)
    check_paper(page)


def changed(page: Page, name: str, key: str) -> bool:
    """Whether a key changes what is drawn or where the focus is."""
    state = "(name) => document.querySelector(`section#${name}`).innerHTML + (document.activeElement.dataset.key ?? '')"
    before = page.evaluate(state, name.lower())
    page.keyboard.press(key)
    return bool(settled(page).evaluate(state, name.lower()) != before)


# Where a view's own keys are pressed.
ITEMS = {
    "attention_heatmap": ".hs-head canvas",
    "film": ".hs-head canvas",
    "logit_lens_grid": ".hs-lens-cell[tabindex='0']",
    "model_ladder": ".hs-token[tabindex='0']",
    "residual_bars": ".hs-bars-row[aria-expanded]",
}
