"""A text that is typed is read in the page, and the views follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import headstream as hs
from tests.browser.conftest import OpenPage
from tests.browser.page import page as page_source
from tests.browser.serving import served
from tests.browser.settle import settled
from tests.views.examples import EXAMPLES, SHORT

TEXT = "Alice was beginning to get very tired"
TOLD = ".hs-prompt-told"
# As on a page whose head says where the weights are.
DRAWN_AGAIN = """async (id) => {
  const link = Object.assign(document.createElement("link"), { rel: "headstream-models" });
  link.setAttribute("href", "../");
  document.head.append(link);
  const place = document.createElement("div");
  closing.abort();
  window.closing = new AbortController();
  document.body.replaceChildren(place);
  await draw(models.get(id), place, closing.signal);
}"""
Open = Callable[..., Page]


@pytest.fixture
def open_served(browser: Browser, served_models: Path) -> Iterator[Open]:
    """Opens a page with an explorer on a web server; an error on it fails the test, unless `told` is in it."""
    problems: list[str] = []
    pages: list[Page] = []
    allowed = [""]

    def heard(text: str) -> None:
        if not (allowed[0] and allowed[0] in text):
            problems.append(text)

    (served_models / "favicon.ico").write_bytes(b"")  # which a browser asks for by itself
    with served(served_models) as base:

        def opened(view: Any, *, told: str = "", path: str = "explorer.html") -> Page:
            allowed[0] = told
            (served_models / path).write_text(page_source([view]), encoding="utf-8")
            page = browser.new_page(viewport={"width": 1300, "height": 900})
            pages.append(page)
            page.on("console", lambda message: heard(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: heard(str(error)))
            page.on(
                "request",
                lambda request: None if request.url.startswith((base, "blob:", "data:")) else heard(request.url),
            )
            page.goto(f"{base}{path}")
            page.wait_for_function("window.ready")
            return settled(page)

        yield opened
        for page in pages:
            page.close()
    assert problems == []


def state(page: Page, wanted: str) -> str:
    page.wait_for_function(
        f"(state) => document.querySelector('{TOLD}').dataset.state === state", arg=wanted, timeout=60_000
    )
    return settled(page).locator(TOLD).inner_text()


def typed(page: Page, keys: str) -> None:
    page.locator(".hs-prompt-text").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(keys)


def read_out(page: Page, kind: str) -> str:
    found: str = settled(page).locator(f".hs-{kind} > .hs-figure > .hs-readout").inner_text()
    return found


def top_tokens(run: Any, position: int = -1) -> list[int]:
    found: list[int] = run.logits[position].topk(5).indices.tolist()
    return found


@pytest.mark.parametrize("name", ["attn-only-2l", "gelu-4l"])
def test_what_is_typed_is_read_and_every_view_shows_it(open_served: Open, shipped: Any, name: str) -> None:
    model = shipped(name)
    view = hs.prompt_explorer(model, TEXT, weights=".")
    page = open_served(view)
    assert page.locator(".hs-prompt-text").input_value() == TEXT
    assert state(page, "idle") == f"What you type is read in this page: {name} is loaded at the first key."
    typed(page, " of sitting")
    told = state(page, "ready")
    run = hs.run(model, f"{TEXT} of sitting")
    assert told == f"{len(run.tokens)} of at most 512 tokens"
    target = top_tokens(run)[0]
    expected = hs.prompt_explorer(model, f"{TEXT} of sitting")
    tokens = "(ids) => ids.map((id) => models.get(id).get('tokens'))"
    assert page.evaluate(tokens, [one.model_id for one in view.views]) == [list(run.tokens)] * 3
    label = run.model.tokenizer.decode([target])
    assert f"logit of '{label}' less" in page.locator(".hs-residual_bars .hs-title").inner_text()
    total = float(hs.attribute_logit(run, target=target).total[-1])
    assert f"is {total:.2f} at" in read_out(page, "residual_bars")
    assert page.evaluate("(id) => models.get(id).get('quantity')", view.views[1].model_id) == expected.views[1].quantity
    prob = run.logits[-1].softmax(-1)
    shown = page.locator(".hs-prompt-row .hs-number").all_inner_texts()
    assert shown == [f"{float(prob[token]):.2f}".lstrip("0") for token in top_tokens(run)]


def test_views_do_not_make_the_page_be_laid_out_for_each_of_them(open_served: Open, shipped: Any) -> None:
    """What they measure of it is asked once a frame; asked while each draws, it is laid out 14 times a key."""
    model = shipped("attn-only-2l")
    page = open_served(hs.prompt_explorer(model, TEXT, weights="."))
    typed(page, " of")
    state(page, "ready")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def layouts() -> int:
        found = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
        return int(found["LayoutCount"])

    before = layouts()
    typed(page, "!")
    page.wait_for_function(
        "(count) => document.querySelectorAll('.hs-residual_bars .hs-token').length === count",
        arg=len(hs.run(model, f"{TEXT} of!").tokens),
    )
    state(page, "ready")
    assert 0 < layouts() - before <= 9


def test_a_token_that_is_chosen_is_the_bars_and_so_is_what_is_pinned(open_served: Open, shipped: Any) -> None:
    model = shipped("attn-only-2l")
    view = hs.prompt_explorer(model, TEXT, weights=".")
    page = open_served(view)
    run = hs.run(model, TEXT)
    title = page.locator(".hs-residual_bars .hs-title")

    def bars_of(token: int) -> None:
        words = f"logit of '{model.tokenizer.decode([token])}' less"
        page.wait_for_function(
            "(words) => document.querySelector('.hs-residual_bars .hs-title').textContent.includes(words)", arg=words
        )

    page.locator(".hs-prompt-row").nth(2).click()
    bars_of(top_tokens(run)[2])
    state(page, "ready")
    page.locator(".hs-prompt-row").nth(2).click()
    bars_of(top_tokens(run)[0])
    page.locator(".hs-prompt .hs-token").nth(3).click()
    bars_of(top_tokens(run, 3)[0])
    assert "(position 3)" in read_out(page, "residual_bars")
    assert page.locator(".hs-prompt-next").get_attribute("aria-label").endswith(f"after ‘{run.tokens[3]}’")
    page.keyboard.press("Escape")
    bars_of(top_tokens(run)[0])
    assert title.count() == 1


def test_keys_are_not_lost_while_the_model_is_loaded_and_computes(open_served: Open, shipped: Any) -> None:
    page = open_served(hs.prompt_explorer(shipped("attn-only-2l"), TEXT, weights="."))
    typed(page, " of sitting by her sister on the bank")
    state(page, "ready")
    whole = f"{TEXT} of sitting by her sister on the bank"
    assert page.locator(".hs-prompt-text").input_value() == whole
    page.wait_for_function("document.querySelectorAll('.hs-prompt .hs-token').length === 17")
    page.evaluate("document.querySelector('.hs-prompt-text').value = 'x'.repeat(5)")
    page.locator(".hs-prompt-text").dispatch_event("input")
    page.wait_for_function("document.querySelectorAll('.hs-prompt .hs-token').length < 7")


def test_a_text_that_is_none_is_told_and_the_views_stay(open_served: Open, shipped: Any) -> None:
    page = open_served(hs.prompt_explorer(shipped("attn-only-1l"), TEXT, weights="."))
    before = page.locator(".hs-prompt .hs-token").all_inner_texts()
    page.locator(".hs-prompt-text").fill("")
    assert state(page, "error") == "prompt: expected at least one character, got none"
    page.locator(".hs-prompt-text").fill("1 " * 600)
    told = state(page, "error")
    assert told.startswith(
        "prompt: expected at most 512 tokens with the start token, which is all that the model reads, got "
    )
    half = "(area) => { area.value = 'a\\ud83d'; area.dispatchEvent(new Event('input')) }"
    page.locator(".hs-prompt-text").evaluate(half)
    page.wait_for_function(f"document.querySelector('{TOLD}').textContent.includes('surrogate')")
    assert page.locator(".hs-prompt .hs-token").all_inner_texts() == before
    page.locator(".hs-prompt-text").fill("<|endoftext|><img src=x onerror=window.hacked=1>")
    state(page, "ready")
    assert "img src=x" in "".join(page.locator(".hs-prompt .hs-token").all_inner_texts()).replace("·", " ")
    assert page.evaluate("window.hacked") is None


def test_the_page_may_say_where_the_weights_are(open_served: Open, shipped: Any, served_models: Path) -> None:
    (served_models / "lessons").mkdir(exist_ok=True)
    view = hs.prompt_explorer(shipped("attn-only-1l"), TEXT)
    page = open_served(view, path="lessons/explorer.html")
    assert "nothing says where" in state(page, "closed")
    page.evaluate(DRAWN_AGAIN, view.model_id)
    settled(page)
    typed(page, "!")
    assert state(page, "ready").endswith("of at most 512 tokens")


def test_weights_that_are_missing_or_cut_are_told_and_asked_for_again(
    open_served: Open, shipped: Any, served_models: Path
) -> None:
    view = hs.prompt_explorer(shipped("attn-only-1l"), TEXT, weights="gone")
    page = open_served(view, told="404")
    typed(page, "!")
    assert "/gone/" in state(page, "error")
    assert state(page, "error").endswith(".json is not there (404)")  # the model's or the tokenizer's
    cut = served_models / "gone"
    cut.mkdir()
    for file in ("attn-only-1l.json", "tokenizer.json"):
        (cut / file).write_bytes((served_models / file).read_bytes())
    whole = (served_models / "attn-only-1l.safetensors").read_bytes()
    (cut / "attn-only-1l.safetensors").write_bytes(whole[:-1])
    typed(page, "!")
    page.wait_for_function(f"document.querySelector('{TOLD}').textContent.includes('expected {len(whole)} bytes, got')")
    (cut / "attn-only-1l.safetensors").write_bytes(whole)
    typed(page, "!")
    state(page, "ready")


def test_heads_of_another_model_are_refused(open_served: Open, shipped: Any) -> None:
    heatmap, bars, lens = EXAMPLES["PromptExplorer"].data(SHORT, 0)[1:]
    page = open_served(hs.PromptExplorer("text", heatmap, bars, lens, model="attn-only-2l", weights="."))
    typed(page, "!")
    assert state(page, "error") == "views: expected the 2 × 8 heads of attn-only-2l, got 2 × 3"


@pytest.mark.parametrize(
    ("weights", "why"),
    [
        ("", "nothing says where the model’s weights are"),
        ("models/", "opened as a file cannot fetch weights"),
        ("ftp://x/", "‘ftp://x/’"),
    ],
)
def test_where_no_weights_can_be_had_the_text_stays_and_the_reason_is_told(
    open_page: OpenPage, weights: str, why: str
) -> None:
    page = open_page([EXAMPLES["PromptExplorer"].make("PromptExplorer", SHORT, weights=weights)])
    assert why in settled(page).locator(f"{TOLD}[data-state=closed]").inner_text()
    assert page.locator(".hs-prompt-text").evaluate("(area) => area.readOnly")
