"""The pointer, moved in one step: Playwright's own hover waits some frames more, for a page that is at rest already."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.settle import settled

# The middle of what can be seen of an item, or of its first line where it is text that is broken.
PLACE = """(item) => {
  item.scrollIntoViewIfNeeded();
  const seen = [...item.getClientRects()].find((box) => box.width * box.height >= 1);
  const middle = (low, high, end) => (Math.max(low, 0) + Math.min(high, end)) / 2;
  return [middle(seen.left, seen.right, innerWidth), middle(seen.top, seen.bottom, innerHeight)];
}"""


def hover(item: Locator) -> Page:
    """The item's page, settled, with the pointer on the item, whatever lies above it."""
    page = item.page
    page.mouse.move(*item.evaluate(PLACE))
    return settled(page)
