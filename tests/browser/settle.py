"""One way to wait until a page has come to rest."""

from __future__ import annotations

from playwright.sync_api import Page

SETTLED = """
async (timeout) => {
  const views = () => [...document.querySelectorAll(".headstream")];
  const boxes = () => JSON.stringify(views().map((view) => view.getBoundingClientRect()));
  const moves = (animation) => animation.playState === "running" && animation.effect?.target?.closest(".headstream");
  let before = boxes(), late = false, unrest = "fewer than two frames were drawn";
  async function settle() {
    for (let still = 0; still < 2 && !late; ) {
      await new Promise(requestAnimationFrame);
      const now = boxes();
      let found = now === before ? "" : "a view changes its box";
      if (views().some((view) => "busy" in view.dataset)) found = "a view is busy";
      else if (document.querySelector(".hs-board-cell:empty")) found = "a board waits for a view";
      else if (document.getAnimations().some(moves)) found = "an animation runs";
      still = found ? 0 : still + 1;
      unrest = found || unrest;
      before = now;
    }
  }
  let clock;
  const deadline = new Promise((_, reject) => {
    clock = setTimeout(() => {
      late = true;
      reject(new Error(`the page has not settled within ${timeout} ms: ${unrest}`));
    }, timeout);
  });
  await Promise.race([settle(), deadline]);
  clearTimeout(clock);
}
"""


def settled(page: Page, *, timeout: float = 20) -> Page:
    """The page, once no view on it is busy or animated, and two frames have left every view's box as it was.

    A view is busy while its root has `data-busy`. timeout: in seconds. Raises playwright's Error with what is unrest.
    """
    page.evaluate(SETTLED, 1000 * timeout)
    return page
