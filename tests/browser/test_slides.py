"""The slides of a lesson, from a file and with no network: all are painted, and the keys do what is said of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import make
from headstream.site.notebook import read
from headstream.slides.__main__ import write_assets, write_slides
from headstream.slides.steps import steps_found, with_steps
from tests.browser.lab import problems_of
from tests.browser.settle import settled
from tests.lessons import harness

LESSON = make.ROOT / "lessons" / "02-residual-stream.ipynb"
STEPPED = "norms"


@pytest.fixture(scope="module")
def deck(python: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, int]]]:
    """The page, and the steps of one of its views."""
    folder = tmp_path_factory.mktemp("slides")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(make.node_home()[0]), prepend=":")
        write_assets(folder)
    outcome = harness.run(with_steps(read(LESSON)), tmp_path_factory.mktemp("ran"), python)
    assert outcome.passed, outcome.log
    ran = outcome.notebook
    return write_slides(ran, LESSON.stem, folder), steps_found(ran)[STEPPED]


@pytest.fixture
def slides(deck: tuple[Path, list[dict[str, int]]], browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.route("http*://**", lambda route: route.abort())
    problems = problems_of(page)
    page.goto(deck[0].as_uri())
    page.wait_for_function("document.documentElement.dataset.hsViews")
    yield page
    assert problems == []
    page.close()


def go(page: Page, slide: int) -> None:
    page.evaluate("(slide) => { location.hash = `#/${slide}` }", slide)
    page.wait_for_function(
        "(slide) => document.querySelectorAll('.slides > section')[slide].matches('.present')", arg=slide
    )
    settled(page)


def place_of(page: Page, cell: str) -> int:
    place: int = page.evaluate(
        "(id) => [...document.querySelectorAll('.slides > section')].findIndex((slide) => slide.id === id)", cell
    )
    return place


def present(page: Page) -> str:
    return settled(page).locator(".slides > section.present").get_attribute("id")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_every_slide_is_painted_and_fits(slides: Page, size: tuple[int, int]) -> None:
    slides.set_viewport_size({"width": size[0], "height": size[1]})
    views = 0
    for slide in range(slides.locator(".slides > section").count()):
        go(slides, slide)
        here = slides.locator(".slides > section.present")
        assert here.evaluate(
            "(node) => [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight]"
        ) == [
            0,
            0,
        ], present(slides)
        assert here.inner_text().strip() or here.locator("img").count()
        assert here.locator(".view").count() == here.locator(".headstream").count() <= 1
        for view in here.locator(".headstream").all():
            views += 1
            assert view.bounding_box()["height"] > 50
            assert view.locator(".hs-picture > *").count()
            large = round(22 * size[0] / 1920)
            assert view.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") >= large
    assert views > 10
    assert slides.locator(".katex").count() > 5
    assert slides.locator(".katex-error").count() == 0


def test_arrows_inside_a_view_do_not_change_the_slide(slides: Page) -> None:
    go(slides, place_of(slides, f"{STEPPED}-0"))
    token = slides.locator(".present .hs-token").nth(4)
    token.click()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        slides.keyboard.press(key)
    assert present(slides) == f"{STEPPED}-0"
    focused = slides.evaluate("document.activeElement.dataset.position")
    assert focused not in (None, "4")
    slides.evaluate("document.activeElement.blur()")
    slides.keyboard.press("ArrowLeft")
    assert present(slides) != f"{STEPPED}-0"


def pinned(page: Page) -> tuple[int | None, str | None]:
    """The position that a view of bars shows as pinned, and the name of the row."""
    settled(page)
    token = page.locator(".present .hs-token[aria-selected=true]")
    row = page.locator(".present .hs-bars-row.hs-pinned .hs-bars-name")
    return (
        int(token.get_attribute("data-position")) if token.count() else None,
        row.first.inner_text() if row.count() else None,
    )


def test_keys_walk_a_view_through_its_steps(slides: Page, deck: tuple[Path, list[dict[str, int]]]) -> None:
    steps = deck[1]
    said = [
        step["say"]
        for cell in read(LESSON)["cells"]
        if cell["id"] == STEPPED
        for step in cell["metadata"]["headstream"]["steps"]
    ]
    go(slides, place_of(slides, f"{STEPPED}-0"))
    before = pinned(slides)
    # The keys work where the focus is in the view, too.
    slides.locator(".present .hs-token[tabindex='0']").focus()
    expected = [(step["position"], f"{step['layer']}.{step['head']}" if "layer" in step else None) for step in steps]
    assert len(set(expected)) == len(steps) == 3
    for wanted, words in zip(expected, said, strict=True):
        slides.keyboard.press("PageDown")
        assert pinned(slides) == wanted
        assert slides.locator(".present .current-fragment").inner_text() == words
    assert present(slides) == f"{STEPPED}-0"
    for wanted in [*expected[-2::-1], before]:
        slides.keyboard.press("PageUp")
        assert pinned(slides) == wanted
    slides.evaluate("document.activeElement.blur()")
    for wanted in expected:
        slides.keyboard.press("n")
        assert pinned(slides) == wanted
    slides.keyboard.press("n")
    assert present(slides) == "norms-see-0"
    slides.keyboard.press("p")
    assert pinned(slides) == expected[-1]


def test_slides_are_as_dark_as_the_browser(slides: Page) -> None:
    go(slides, place_of(slides, f"{STEPPED}-0"))
    for scheme in ("dark", "light"):
        slides.emulate_media(color_scheme=scheme)
        slides.wait_for_function(
            "(theme) => document.querySelector('.present .headstream').dataset.theme === theme", arg=scheme
        )


def test_code_is_one_key_away(slides: Page) -> None:
    go(slides, place_of(slides, f"{STEPPED}-0"))
    code = slides.locator(".present .code pre")
    assert not code.is_visible()
    slides.keyboard.press("c")
    code.wait_for()
    assert "write_norms" in code.inner_text()
    slides.keyboard.press("c")
    code.wait_for(state="hidden")


def test_numbers_that_are_saved_are_the_lessons(deck: tuple[Path, list[dict[str, int]]]) -> None:
    """The page holds what Python sent, each view's module once."""
    text = deck[0].read_text(encoding="utf-8").partition('id="saved"')[2].partition("</script>")[0]
    kept = json.loads(text.partition(">")[2])
    drawn = {model["module"] for model in kept["models"].values()}
    assert drawn == set(range(len(kept["modules"])))
    assert len(set(kept["modules"])) == len(kept["modules"])
    assert len(deck[0].read_bytes()) < 1e6
