"""PathLadder as it is drawn: numbers and places read from the page equal numpy's, with a kernel and without."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from headstream.results import TermImportance
from tests.browser.conftest import OpenPage
from tests.browser.settle import settled
from tests.views.importances import random_importance
from tests.views.spectrums import some_roles

WORDS = ("<|endoftext|>", *(f" word{i}" for i in range(30)))
RESULT = random_importance(WORDS)
# Of every line of the ladder: its row, the ends of its bar and of the null's on the axis, and its numbers.
LINES = """() => [...document.querySelectorAll(".hs-path-row .hs-path-line")].map((line) => {
  const track = line.querySelector(".hs-path-track").getBoundingClientRect();
  const ends = (kind) => {
    const box = line.querySelector(kind)?.getBoundingClientRect();
    return box ? [(box.left - track.left) / track.width, (box.right - track.left) / track.width] : null;
  };
  const texts = [".hs-path-number", ".hs-path-null"].map((kind) => line.querySelector(kind).innerText);
  return [line.closest(".hs-path-row").dataset.row, ends(".hs-path-bar"), ends(".hs-path-random"), ...texts];
})"""
AT = """(kind) => {
  const track = document.querySelector(".hs-path-now .hs-path-track").getBoundingClientRect();
  return (document.querySelector(kind).getBoundingClientRect().left - track.left) / track.width;
}"""


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("+", ""))


def answer(page: Page) -> tuple[str, str, str]:
    loss, logit, note = settled(page).locator(".hs-path-answer > *").all_inner_texts()
    return loss, logit, note


def switch(page: Page, name: str) -> Any:
    return page.get_by_role("checkbox", name=name, exact=True)


def on(result: TermImportance, *off: str) -> np.ndarray:
    return result.on(off)


def largest(result: TermImportance) -> float:
    shown = [(r["loss"], r["loss"] + r["lower"], r["loss"] + r["lower"] - (r["null"] or 0)) for r in result.records()]
    return max(result.uniform, float(result.losses.mean(1).max()), *np.ravel(shown))


@pytest.mark.parametrize("width", [360, 700, 1280])
@pytest.mark.parametrize("layers", [0, 1, 2, 3])
def test_every_step_is_numpys(open_page: OpenPage, width: int, layers: int) -> None:
    result = random_importance(WORDS, layers=layers)
    page = settled(open_page([hs.PathLadder(result, whole=True)], width=width))
    records = {(record["paths"], record["given"]): record for record in result.records()}
    lines = page.evaluate(LINES)
    assert sorted(row for row, *_ in lines) == sorted(paths for paths, _ in records)
    for row, bar, random, lower, null in lines:
        given = next(given for paths, given in records if paths == row)
        record = records.pop((row, given))
        before = record["loss"] + record["lower"]
        assert bar == pytest.approx(sorted(np.array([record["loss"], before]) / largest(result)), abs=0.01)
        assert number(lower) == pytest.approx(record["lower"], abs=0.0051)
        if record["null"] is None:
            assert (random, null) == (None, "–")
        else:
            assert random == pytest.approx(
                sorted(np.array([before - record["null"], before]) / largest(result)), abs=0.015
            )
            assert number(null) == pytest.approx(record["null"], abs=0.0051)
    assert page.evaluate(AT, ".hs-path-at") == pytest.approx(result.order_loss[-1] / largest(result), abs=0.01)
    assert page.evaluate(AT, ".hs-path-uniform") == pytest.approx(result.uniform / largest(result), abs=0.01)


def test_orders_and_layers_are_switched_with_no_kernel(open_page: OpenPage) -> None:
    view = hs.PathLadder(RESULT)
    page = open_page([view])
    off: list[str] = []
    for name in ("heads of layer 1", "virtual heads of 2", "direct path", "heads of layer 0"):
        switch(page, name).click()
        off.append(name)
        loss, logit, note = answer(page)
        losses = RESULT.losses_without(off)
        assert number(loss.split()[1]) == pytest.approx(losses.mean(), abs=0.0051)
        assert number(logit.split()[1]) == pytest.approx(RESULT.logits[on(RESULT, *off)].sum(0).mean(), abs=0.0051)
        assert note == f"all on: {RESULT.order_loss[-1]:.2f} nats and {RESULT.logits.sum(0).mean():+.2f}"
        assert page.evaluate(AT, ".hs-path-at") == pytest.approx(losses.mean() / largest(RESULT), abs=0.01)
        shown = page.evaluate("[...document.querySelectorAll('.hs-token')].map((token) => token.dataset.value)")
        np.testing.assert_allclose([float(value) for value in shown], losses, atol=0.0101)
        assert page.evaluate("(id) => models.get(id).saved.at(-1) !== undefined", view.model_id)
        saved = page.evaluate("(id) => models.get(id).get('off')", view.model_id)
        assert saved == [term.label for term, is_on in zip(RESULT.terms, on(RESULT, *off), strict=True) if not is_on]
    assert number(loss.split()[1]) == pytest.approx(RESULT.uniform, abs=0.0051)
    page.get_by_role("button", name="All paths on").click()
    assert answer(page)[0] == f"loss {RESULT.order_loss[-1]:.2f} nats"
    switch(page, "all heads").click()
    settled(page)
    states = [switch(page, name).get_attribute("aria-checked") for name in ("heads of layer 0", "1.1", "direct path")]
    assert states == ["false", "false", "true"]
    switch(page, "0.0").click()
    assert switch(settled(page), "all heads").get_attribute("aria-checked") == "mixed"


def test_a_single_head_has_its_logit_at_once_and_its_loss_only_from_a_kernel(open_page: OpenPage) -> None:
    page = open_page([hs.PathLadder(RESULT)])
    switch(page, "1.2").click()
    loss, logit, note = answer(page)
    assert (loss, note) == (
        "loss – nats",
        "no kernel answers, and this loss was not sent",
    )
    assert number(logit.split()[1]) == pytest.approx(RESULT.logits[on(RESULT, "1.2")].sum(0).mean(), abs=0.0051)
    assert page.locator(".hs-path-at").count() == 0
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    assert settled(page).locator(".hs-readout").inner_text() == "Off: 1.2."
    switch(page, "1.2").click()
    assert answer(page)[0] == f"loss {RESULT.order_loss[-1]:.2f} nats"


def test_the_kernel_answers_for_single_paths(with_kernel: Any) -> None:
    page = with_kernel(hs.PathLadder(RESULT))
    off = []
    for name in ("1.2", "embedding", "0.1"):
        switch(page, name).click()
        off.append(name)
        losses = RESULT.losses_without(off)
        page.wait_for_function("(text) => document.querySelector('.hs-path-figure').innerText === text",
                               arg=f"loss {losses.mean():.2f} nats")  # fmt: skip
        shown = page.evaluate("[...document.querySelectorAll('.hs-token')].map((token) => token.dataset.value)")
        np.testing.assert_allclose([float(value) for value in shown], losses, atol=0.0051)
    more = losses.mean() - RESULT.order_loss[-1]
    page.mouse.move(0, 0)
    assert settled(page).locator(".hs-readout").inner_text() == (
        f"Off: embedding, 0.1, 1.2. The loss is {losses.mean():.2f} nats a token,"
        f" {abs(more):.2f} {'above' if more > 0 else 'below'} the model's own."
    )


def test_tokens_without_their_losses_are_asked_for(with_kernel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headstream.views.path_ladder.MOST_NUMBERS", 1)
    page = with_kernel(hs.PathLadder(RESULT))
    assert answer(page)[0] == f"loss {RESULT.order_loss[-1]:.2f} nats"
    switch(page, "heads of layer 0").click()
    losses = RESULT.losses_without(["heads of layer 0"])
    page.wait_for_function("(text) => document.querySelector('.hs-token').dataset.value === text",
                           arg=f"{losses[0]:.2f}")  # fmt: skip


def test_read_outs_say_the_numbers(open_page: OpenPage) -> None:
    view = hs.PathLadder(RESULT, some_roles(2, 3), off=["heads of layer 0"])
    page = settled(open_page([view]))
    readout = page.locator(".hs-readout")
    switch(page, "1.2").hover()
    adds = RESULT.logits[8].mean()
    sign = f"{adds:+.2f}".replace("-", "−")
    assert settled(page).locator(".hs-readout").inner_text() == (
        f"Head 1.2, induction, by itself, adds {sign} to the logit of the token that follows, on average."
    )
    switch(page, "virtual heads of 2").hover()
    record = next(record for record in RESULT.records() if record["paths"] == "virtual heads of 2")
    assert (
        f"the loss by {abs(record['lower']):.2f} nats, to {record['loss']:.2f}"
        in settled(page).locator(".hs-readout").inner_text()
    )
    page.locator(".hs-token").nth(3).hover()
    now, whole = RESULT.losses_without(["heads of layer 0"])[3], RESULT.losses_without()[3]
    said = settled(page).locator(".hs-readout").inner_text()
    assert said.startswith("‘ word3’ after ‘ word2’: loss ")
    values = [number(part.split()[0]) for part in said.split("loss ")[1].replace("logit ", ", ").split(", ")]
    np.testing.assert_allclose(values[:2], [now, whole], atol=0.0101)
    page.locator(".hs-token").nth(3).click()
    assert settled(page).evaluate("(id) => models.get(id).get('position')", view.selection.model_id) == 3
    assert readout.inner_text() == said


def test_the_arrows_walk_the_switches(open_page: OpenPage) -> None:
    page = settled(open_page([hs.PathLadder(RESULT)]))
    switch(page, "direct path").focus()
    names = []
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "End", "Enter", "Home"):
        page.keyboard.press(key)
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert names == [
        *("embedding", "all heads", "heads of layer 0", "0.0", "heads of layer 0"),
        *("virtual heads of 2", "virtual heads of 2", "direct path"),
    ]
    assert switch(settled(page), "virtual heads of 2").get_attribute("aria-checked") == "false"


def test_a_head_that_another_view_pins_is_marked(open_page: OpenPage) -> None:
    view = hs.PathLadder(RESULT)
    page = open_page([view])
    pin = "([id, layer, head]) => { models.get(id).set('layer', layer); models.get(id).set('head', head); }"
    page.evaluate(pin, [view.selection.model_id, 1, 2])
    assert settled(page).locator(".hs-path-switch.hs-current").all_inner_texts() == ["■\n1.2"]
    page.evaluate(pin, [view.selection.model_id, 1, 7])
    assert settled(page).locator(".hs-path-switch.hs-current").count() == 0


def test_of_a_deep_model_the_tables_losses_are_known_with_no_kernel(open_page: OpenPage) -> None:
    result = random_importance(WORDS, layers=4, every=False)
    page = open_page([hs.PathLadder(result)])
    for order in (4, 3, 2):
        switch(page, f"virtual heads of {order}").click()
        assert answer(page)[0] == f"loss {result.order_loss[order - 1]:.2f} nats"
    switch(page, "heads of layer 2").click()
    assert answer(page)[0] == f"loss {result.losses_without([*result.groups[5:], 'heads of layer 2']).mean():.2f} nats"
    switch(page, "heads of layer 1").click()
    assert answer(page)[2] == "no kernel answers, and this loss was not sent"
