"""A headless Chromium for the tests that look at what is drawn."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import ipywidgets
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.page import page as page_source

CHROMIUM = next(
    filter(
        None,
        [os.environ.get("CHROMIUM")]
        + [
            shutil.which(name)
            for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
        ],
    ),
    None,
)
ARGUMENTS = [
    "--no-sandbox",  # Chromium's sandbox refuses to run as root, as tests in containers do.
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        message = "no Chromium found: install Debian's 'chromium' or Chrome, or set CHROMIUM to its path"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[OpenPage]:
    """Draws views on a page with no kernel. Errors on the console and requests that leave the page fail the test."""
    problems: list[str] = []
    pages: list[Page] = []

    def open_page(
        views: Sequence[ipywidgets.Widget], *, dark: bool = False, width: int = 1000, height: int = 800
    ) -> Page:
        file = tmp_path / f"page-{len(pages)}.html"
        file.write_text(page_source(views, dark=dark), encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": height})
        page.on(
            "console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "request", lambda request: problems.append(request.url) if request.url.startswith(("http", "ws")) else None
        )
        page.goto(file.as_uri())
        page.wait_for_function("window.ready || window.errors.length")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        problems += page.evaluate("window.errors")
        page.close()
    assert problems == []
