"""A headless Chromium for the tests that look at what is drawn."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import ipywidgets
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from headstream.models.served import write_models
from headstream.views.shared.asking import AnsweringView
from tests.browser.lab import Lab, running_lab
from tests.browser.page import page as page_source
from tests.browser.page import reply_of, shown
from tests.browser.serving import served, write_engine_page
from tests.browser.settle import settled
from tests.lessons.harness import Command


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
def lab(python: Command, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab for all tests: to start one takes longer than most of them. Each opens a notebook of its own."""
    with running_lab(tmp_path_factory.mktemp("lab") / "lab", warm=python) as lab:
        yield lab


@pytest.fixture(scope="session")
def one_tab(browser: Browser) -> Page:
    return browser.new_page()


@pytest.fixture
def tab(one_tab: Page) -> Page:
    """An empty page, and the same one for all tests: to open another takes longer than most of them."""
    one_tab.goto("about:blank")
    return one_tab


@pytest.fixture(scope="module")
def host(one_tab: Page, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page that hosts views, gone to once for all tests of a file: to go to one takes longer than to draw a view."""
    file = tmp_path_factory.mktemp("host") / "page.html"
    file.write_text(page_source(), encoding="utf-8")
    one_tab.goto(file.as_uri())
    one_tab.wait_for_function("window.ready")
    return one_tab


@pytest.fixture
def open_page(host: Page) -> Iterator[OpenPage]:
    """Draws views on a page with no kernel, and waits until they stand.

    Errors on the console and requests that leave the page fail the test.
    """
    problems: list[str] = []
    heard: dict[str, Callable[[Any], None]] = {
        "console": lambda message: problems.append(message.text) if message.type in ("error", "warning") else None,
        "pageerror": lambda error: problems.append(str(error)),
        "request": lambda request: problems.append(request.url) if request.url.startswith(("http", "ws")) else None,
    }
    for event, listener in heard.items():
        host.on(event, listener)

    def open_page(
        views: Sequence[ipywidgets.Widget], *, dark: bool = False, width: int = 1000, height: int = 800
    ) -> Page:
        host.mouse.move(0, 0)
        host.set_viewport_size({"width": width, "height": height})
        draw(views, dark=dark)
        return settled(host)

    def draw(views: Sequence[ipywidgets.Widget], **options: bool) -> None:
        problems.extend(host.evaluate("(text) => show(...JSON.parse(text))", shown(views, **options)))

    yield open_page
    draw([])
    for event, listener in heard.items():
        host.remove_listener(event, listener)
    assert problems == []


@pytest.fixture
def with_kernel(open_page: OpenPage) -> Callable[..., Page]:
    """Opens a view on a page whose messages the view in Python answers."""

    def opened(view: AnsweringView, **settings: Any) -> Page:
        page = open_page([view], **settings)
        name = f"kernel_{view.model_id}"
        page.expose_function(name, lambda content: reply_of(view, content))
        page.evaluate(f"() => {{ window.kernel = window.{name}; }}")
        return page

    return opened


@pytest.fixture(scope="session")
def served_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped models as a page runs them, and pages that tests put there."""
    folder = tmp_path_factory.mktemp("served")
    write_models(folder)
    return folder


@pytest.fixture(scope="module")
def engine_page(one_tab: Page, served_models: Path) -> Iterator[tuple[Page, str]]:
    """A page that knows `Engine`, which runs models, and the address of the folder with their files."""
    write_engine_page(served_models)
    with served(served_models) as base:
        one_tab.goto(f"{base}engine.html")
        one_tab.wait_for_function("window.ready")
        yield one_tab, base
        one_tab.goto("about:blank")
