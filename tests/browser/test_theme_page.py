"""The theme, read where a host puts a view: in a shadow tree, late, or out of sight."""

from __future__ import annotations

import headstream as hs
from tests.browser.conftest import OpenPage


def test_the_theme_is_read_through_a_shadow_tree(open_page: OpenPage) -> None:
    page = open_page([hs.ModelLadder([[0, 0.5]])], dark=True)
    page.evaluate(
        """() => { const view = document.querySelector(".headstream").parentElement;
          const host = document.createElement("div");
          document.body.append(host); host.attachShadow({ mode: "open" }).append(view); }"""
    )
    page.evaluate("document.body.style.background = '#ffffff'")
    page.wait_for_function(
        "document.querySelector('body > div:last-of-type').shadowRoot.querySelector('.headstream').dataset.theme"
        " === 'light'"
    )


def test_a_view_that_is_put_on_the_page_late_is_drawn_and_follows_the_theme(open_page: OpenPage) -> None:
    """JupyterLab renders a view first and then puts it into a cell, which it skips while it is out of sight."""
    view = hs.ModelLadder([[0, 0.5]])
    page = open_page([view])
    page.evaluate(
        """async (id) => {
          window.late = document.createElement("div");
          await draw(models.get(id), late, closing.signal);
          for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
          const cell = document.createElement("div");
          cell.style.contentVisibility = "hidden";
          document.body.append(cell);
          cell.append(late);
        }""",
        view.model_id,
    )
    page.wait_for_function("late.querySelector('.hs-picture > *')")
    for background, theme in (("#111417", "dark"), ("#ffffff", "light")):
        page.evaluate("(background) => { document.body.style.background = background }", background)
        page.wait_for_function("(theme) => late.querySelector('.headstream').dataset.theme === theme", arg=theme)


def test_the_theme_follows_the_system_where_the_page_does(open_page: OpenPage) -> None:
    page = open_page([hs.ModelLadder([[0, 0.5]])])
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { body { background: #111417 !important } }")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function("(theme) => document.querySelector('.headstream').dataset.theme === theme", arg=scheme)
