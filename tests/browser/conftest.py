"""A headless Chromium for the tests that look at what is drawn."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import ipywidgets
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.page import page as page_source


def chromium() -> str | None:
    """The path of a Chromium or Chrome, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
    return next(filter(None, [os.environ.get("CHROMIUM"), *map(shutil.which, names)]), None)


CHROMIUM = chromium()
ARGUMENTS = [
    "--no-sandbox",  # Chromium's sandbox refuses to run as root, as tests in containers do.
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

OpenPage = Callable[..., Page]


def launched() -> Iterator[Browser]:
    if CHROMIUM is None:
        message = "no Chromium found: install Debian's 'chromium' or Chrome, or set CHROMIUM to its path"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


browser = pytest.fixture(scope="session", name="browser")(launched)


@pytest.fixture(scope="session")
def one_tab(browser: Browser) -> Page:
    return browser.new_page()


@pytest.fixture
def tab(one_tab: Page) -> Iterator[Page]:
    """An empty page, and the same one for all tests: to open another takes longer than most of them."""
    yield one_tab
    one_tab.goto("about:blank")


@pytest.fixture
def open_page(tab: Page, tmp_path: Path) -> Iterator[OpenPage]:
    """Draws views on a page with no kernel. Errors on the console and requests that leave the page fail the test."""
    problems: list[str] = []
    files = (tmp_path / f"page-{number}.html" for number in itertools.count())
    heard: dict[str, Callable[[Any], None]] = {
        "console": lambda message: problems.append(message.text) if message.type in ("error", "warning") else None,
        "pageerror": lambda error: problems.append(str(error)),
        "request": lambda request: problems.append(request.url) if request.url.startswith(("http", "ws")) else None,
    }
    for event, listener in heard.items():
        tab.on(event, listener)

    def open_page(
        views: Sequence[ipywidgets.Widget], *, dark: bool = False, width: int = 1000, height: int = 800
    ) -> Page:
        file = next(files)
        file.write_text(page_source(views, dark=dark), encoding="utf-8")
        problems.extend(tab.evaluate("window.errors ?? []"))
        tab.mouse.move(0, 0)
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(file.as_uri())
        tab.wait_for_function("window.ready || window.errors.length")
        return tab

    yield open_page
    problems.extend(tab.evaluate("window.errors ?? []"))
    for event, listener in heard.items():
        tab.remove_listener(event, listener)
    assert problems == []
