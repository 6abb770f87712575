"""The pointer, moved in one step: Playwright's own hover waits some frames more, for a page that is at rest already."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.settle import settled

# The middle of a line of the item that is in sight: text may be broken, and longer than what scrolls it is high.
PLACE = """(item) => {
  item.scrollIntoViewIfNeeded();
  const middle = (low, high, end) => (Math.max(low, 0) + Math.min(high, end)) / 2;
  const middles = [...item.getClientRects()].filter((box) => box.width * box.height >= 1)
    .map((box) => [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)]);
  return middles.find(([x, y]) => item.contains(document.elementFromPoint(x, y))) ?? middles[0];
}"""


def hover(item: Locator) -> Page:
    """The item's page, settled, with the pointer on the item, whatever lies above it."""
    page = item.page
    page.mouse.move(*item.evaluate(PLACE))
    return settled(page)


# What Playwright calls visible; a locator's evaluation takes several times as long as the page's.
DRAWN = """(selector) => [...document.querySelectorAll(selector)].filter((item) => {
  const { width, height } = item.getBoundingClientRect();
  return width && height && item.checkVisibility({ visibilityProperty: true });
})"""


def drawn(page: Page, selector: str) -> int:
    """How many items are drawn."""
    count: int = page.evaluate(f"(selector) => ({DRAWN})(selector).length", selector)
    return count


def point(page: Page, selector: str, index: int) -> None:
    """Moves the pointer onto one of the items that are drawn; the page may not have settled then."""
    place = f"([selector, index]) => ({PLACE})(({DRAWN})(selector).at(index))"
    page.mouse.move(*page.evaluate(place, [selector, index]))
