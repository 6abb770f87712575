"""In a real JupyterLab: lecture size reaches Python and figures, and a view keeps to the notebook's panel."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.lab import Lab, write_notebook
from tests.browser.settle import settled

CELLS = (
    "import headstream as hs\n"
    "import matplotlib.pyplot as plt\n"
    "hs.figures()\n"
    "tokens = [f' word{i}' for i in range(900)]\n"
    "view = hs.ModelLadder([[0.5] * 900], tokens)\n"
    "def heard(change):\n"
    "    with open('heard.txt', 'w') as file:\n"
    "        file.write(f\"{change['new']} {plt.rcParams['font.size']:.2f}\")\n"
    "view.lecture.observe(heard, 'font_size')\n"
    "view",
    f"print('x' * 100)  # {'a long line ' * 9}\nplt.plot([1, 3, 2]); plt.show()",
)
# No cell's code is wider than its cell, and the long line goes on below.
FITS = """([lines]) => {
  const fits = (box) => box.scrollWidth <= box.clientWidth;
  const long = [...document.querySelectorAll(".cm-line")].find((line) => line.textContent.includes("a long line"));
  const height = parseFloat(getComputedStyle(long).lineHeight);
  return [...document.querySelectorAll(".cm-scroller")].every(fits) && Math.round(long.clientHeight / height) === lines;
}"""
# Of what is printed: the size of its type, and how many lines of it there are.
PRINTED = """(node) => {
  const size = parseFloat(getComputedStyle(node).fontSize);
  return [size, Math.floor(node.clientHeight / size)];
}"""


def test_the_menu_reaches_python_and_a_view_keeps_to_the_notebooks_panel(browser: Browser, lab: Lab) -> None:
    write_notebook(lab.folder / "size.ipynb", *CELLS, kernel="warm")
    opened = lab.open(browser, "size.ipynb", width=1280, height=720)
    opened.run_all()
    page = opened.page
    panel = page.evaluate("document.querySelector('.jp-WindowedPanel-outer').clientHeight")
    assert panel < 720
    view = page.locator(".headstream").first
    for size, points in ((22, "22 16.50"), (13, "None 9.75")):
        view.locator("summary").click()
        view.get_by_role("button", name="Larger or normal type").click()
        settled(page)
        assert view.evaluate("(node) => getComputedStyle(node).fontSize") == f"{size}px"
        assert 300 < view.bounding_box()["height"] <= panel
        type_size, lines = page.locator(".jp-OutputArea-output pre").first.evaluate(PRINTED)
        assert lines == 1
        page.wait_for_function(FITS, arg=[2 if size == 22 else 1])
        assert 16 < type_size <= 22 if size == 22 else type_size == 13
        wait_for(lab.folder / "heard.txt", points)
    page.locator(".jp-RenderedSVG img").wait_for()
    assert opened.problems == []
    opened.close()


def wait_for(file: Path, text: str) -> None:
    deadline = time.monotonic() + 60
    while not file.exists() or file.read_text() != text:
        assert time.monotonic() < deadline, f"Python has not heard {text!r}"
        time.sleep(0.05)
