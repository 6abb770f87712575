"""The same views in every host: painted, linked, read back in Python, and legible in light and dark."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.hosts import HOSTS, KNOWN, POLICY, VIEWS, Opened, opened_alone, opened_in_jupyter, views_notebook
from tests.browser.lab import Lab, running_lab

# A page of marimo has its views in shadow trees, which selectors of the page's own do not see into.
VIEWS_OF = """
function viewsOf(root = document) {
  const inside = [...root.querySelectorAll("*")].flatMap((node) => node.shadowRoot ? viewsOf(node.shadowRoot) : []);
  return [...root.querySelectorAll(".headstream"), ...inside];
}
"""
PAINTED = f"""(count) => {{ {VIEWS_OF}
  const views = viewsOf();
  return views.length === count && views.every((view) => view.clientHeight > 0 && !("busy" in view.dataset)
    && view.querySelector(".hs-picture").childElementCount);
}}"""
THEMED = f"""(theme) => {{ {VIEWS_OF} return viewsOf().every((view) => view.dataset.theme === theme); }}"""
# WCAG's contrast of what is written with what is behind it, whatever way its colours are written in.
FAINTEST = f"""() => {{ {VIEWS_OF}
  const dot = new OffscreenCanvas(1, 1).getContext("2d", {{ willReadFrequently: true }});
  const above = (node) => node.parentElement ?? node.getRootNode().host;
  const rgba = (color) => {{
    dot.clearRect(0, 0, 1, 1);
    dot.fillStyle = color;
    dot.fillRect(0, 0, 1, 1);
    return [...dot.getImageData(0, 0, 1, 1).data];
  }};
  const luminance = (color) => {{
    const linear = color.slice(0, 3).map((v) => v / 255 <= 0.04045 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }};
  const behind = (node) => {{
    for (; node; node = above(node)) {{
      const color = rgba(getComputedStyle(node).backgroundColor);
      if (color[3] === 255) return color;
    }}
    return [255, 255, 255, 255];
  }};
  const words = viewsOf().flatMap((view) => [...view.querySelectorAll(".hs-title, .hs-readout, .hs-quiet, .hs-token")])
    .filter((node) => node.clientHeight && node.textContent.trim());
  return Math.min(...words.map((node) => {{
    const [a, b] = [luminance(rgba(getComputedStyle(node).color)), luminance(behind(node))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }}));
}}"""


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("hosts") / "lab", policy=POLICY) as lab:
        views_notebook(lab.folder)
        yield lab


@pytest.fixture(scope="module", params=HOSTS)
def host(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def shown(
    host: str, browser: Browser, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    if host in ("jupyterlab", "notebook"):
        opening = opened_in_jupyter(host, browser, request.getfixturevalue("lab"))
    else:
        opening = opened_alone(host, browser, tmp_path_factory.mktemp("host"))
    with opening as shown:
        shown.page.wait_for_function(PAINTED, arg=VIEWS, timeout=60_000)
        yield shown


def token(page: Page, view: str, index: int) -> Locator:
    return page.locator(f".headstream.hs-{view}").first.locator(".hs-token").nth(index)


def wait_for_class(item: Locator, name: str) -> None:
    item.and_(item.page.locator(f".{name}")).wait_for()


def test_they_are_painted_and_linked_and_python_hears_of_pins(host: str, shown: Opened) -> None:
    page = shown.page
    for here, there, index in (("token_values", "attention_heatmap", 3), ("attention_heatmap", "token_values", 5)):
        token(page, here, index).hover()
        wait_for_class(token(page, there, index), "hs-current")
        token(page, here, index).click()
        page.mouse.move(0, 0)
        wait_for_class(token(page, there, index), "hs-current")
        wait_for_text(shown, f"{index} {index} {index}")
    token(page, "token_values", 5).press("Escape")
    wait_for_text(shown, "None None None")
    assert [problem for problem in shown.problems if not any(known in problem for known in KNOWN[host])] == []


def wait_for_text(shown: Opened, text: str) -> None:
    """Until Python has written this."""
    deadline = time.monotonic() + 20
    while not shown.heard.exists() or shown.heard.read_text() != text:
        assert time.monotonic() < deadline, f"Python has not heard {text!r}"
        shown.page.wait_for_timeout(50)


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_they_are_legible(shown: Opened, dark: bool) -> None:
    page = shown.page
    shown.theme(dark)
    page.wait_for_function(PAINTED, arg=VIEWS, timeout=60_000)
    page.wait_for_function(THEMED, arg="dark" if dark else "light")
    assert 4.5 <= page.evaluate(FAINTEST) <= 21
