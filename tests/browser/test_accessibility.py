"""axe-core finds nothing serious in any view, light and dark."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.static_page import NODE_MODULES
from tests.views.examples import EXAMPLES, SHORT

# A label that is shortened on the page has a name in full, which cannot hold "beginn…": such an item is named by more
# than what is written on it, and no rule but this one is told of it.
FOUND = """async (rules) => {
  const cheap = { selectors: false, elementRef: true, preload: false, resultTypes: ["violations"] };
  const { violations, passes } = await axe.run(document.body, rules ? { ...cheap, runOnly: rules } : cheap);
  const shortened = (rule, { element }) => rule === "label-content-name-mismatch" && element.textContent.includes("…");
  const found = violations.flatMap(({ id, impact, nodes }) => nodes
    .filter((node) => ["serious", "critical"].includes(impact) && !shortened(id, node))
    .map(({ element, html, failureSummary }) => [
      element.closest(".headstream")?.className, id, html.slice(0, 200), failureSummary,
    ].join(" | ")));
  return { found, checked: passes.map(({ id }) => id) };
}"""


def audited(page: Page, rules: list[str] | None = None) -> dict[str, list[str]]:
    """What is found, a line each, and the rules that somewhere found nothing. rules: by name; all of them without."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=NODE_MODULES / "axe-core" / "axe.min.js")
    result: dict[str, list[str]] = page.evaluate(FOUND, rules)
    return result


def every_view(open_page: OpenPage, *, dark: bool) -> Page:
    return open_page([example.make(name, SHORT) for name, example in EXAMPLES.items()], dark=dark)


def test_no_view_has_a_serious_finding(open_page: OpenPage) -> None:
    told = audited(every_view(open_page, dark=False))
    assert told["found"] == []
    assert {"color-contrast", "aria-required-children", "label-content-name-mismatch"} <= set(told["checked"])


def test_no_colour_is_too_faint_in_the_dark(open_page: OpenPage) -> None:
    """No other rule asks for colours."""
    told = audited(every_view(open_page, dark=True), ["color-contrast"])
    assert told == {"found": [], "checked": ["color-contrast"]}


def test_what_is_wrong_is_found(open_page: OpenPage) -> None:
    page = open_page([EXAMPLES["TokenValues"].make("TokenValues", SHORT)])
    page.evaluate("document.querySelector('.headstream .hs-readout').style.color = '#e0e0e0'")
    page.evaluate("document.querySelector('.headstream .hs-token').setAttribute('aria-label', 'another')")
    found = {line.split(" | ")[1] for line in audited(page)["found"]}
    assert found == {"color-contrast", "label-content-name-mismatch"}
