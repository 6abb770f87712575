"""Waiting for a page to settle: for as long as anything is unrest, and no longer than asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Page

from tests.browser.settle import settled

PAGE = """
<style>@keyframes fade { from { opacity: 0 } }</style>
<div class="headstream" style="height: 20px; transition: color 300ms"></div>
<script>
  const view = document.querySelector(".headstream");
  const rest = () => { window.rested = true };
  function begin() { UNREST }
</script>
"""
BUSY = "view.dataset.busy = ''; setTimeout(() => { delete view.dataset.busy; rest() }, 300);"
TRANSITION = "getComputedStyle(view).color; view.addEventListener('transitionend', rest); view.style.color = 'red';"
ANIMATION = "view.addEventListener('animationend', rest); view.style.animation = 'fade 300ms';"
GROWTH = """
let frames = 0;
function grow() {
  view.style.height = 20 + frames + "px";
  if (++frames < 30) requestAnimationFrame(grow); else rest();
}
grow();
"""


@pytest.mark.parametrize(
    "unrest", [BUSY, TRANSITION, ANIMATION, GROWTH], ids=["busy", "transition", "animation", "box"]
)
def test_it_waits_for_the_unrest_to_end(tab: Page, unrest: str) -> None:
    tab.set_content(PAGE.replace("UNREST", unrest))
    assert tab.evaluate("begin(), window.rested") is None
    settled(tab)
    assert tab.evaluate("window.rested") is True


@pytest.mark.parametrize(
    ("unrest", "told"),
    [
        ("view.dataset.busy = '';", "a view is busy"),
        ("view.innerHTML = '<div class=hs-board-cell></div>';", "a board waits for a view"),
        ("view.style.animation = 'fade 300ms infinite';", "an animation runs"),
        ("let n = 0; setInterval(() => { view.style.height = ++n + 'px' }, 1);", "a view changes its box"),
    ],
)
def test_it_raises_when_the_unrest_does_not_end(tab: Page, unrest: str, told: str) -> None:
    tab.set_content(PAGE.replace("UNREST", unrest))
    tab.evaluate("begin()")
    with pytest.raises(Error, match=f"the page has not settled within 400 ms: {told}"):
        settled(tab, timeout=0.4)
