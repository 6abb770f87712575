"""Results know themselves: they fit together or are not made, print in a line, and give tables and records."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.results import (
    Component,
    Decomposition,
    Ladder,
    LogitLens,
    Result,
)
from headstream.tables import Table
from tests.made_results import OF_A_RUN, RESULTS, WRONG, attention, every_result
from tests.views.arrays import attention_pattern, decomposition
from tests.views.ladders import hostile_ladder, random_ladder
from tests.views.lenses import random_lens
from tests.views.patchings import random_effects, random_patching

MARKUP = "<img src=x onerror=alert(1)>"


def test_less_another() -> None:
    one, other = attention(4), replace(attention(4), pattern=attention_pattern(2, 3, 4, 1))
    np.testing.assert_allclose(one.minus(other).change, one.pattern - other.pattern)
    assert float(one.minus(other).table().rows[4][1]) == pytest.approx(
        np.abs(one.pattern - other.pattern)[1, 1].sum() / 8
    )
    with pytest.raises(ValueError, match=r"other: expected attention .* = \[2, 3, 4, 4\], got \[2, 3, 5, 5\]"):
        one.minus(attention(5))
    whole, part = decomposition(seed=1), decomposition(seed=2)
    less = whole.minus(part)
    np.testing.assert_allclose(less.values, whole.values - part.values)
    np.testing.assert_allclose(less.total, whole.total - part.total)
    assert less.error.max() < 1e-4
    assert less.quantity == f"change in the {whole.quantity}"
    with pytest.raises(ValueError, match="other: expected 10 components, the same, at 5 positions"):
        whole.minus(decomposition(length=6))
    with pytest.raises(ValueError, match="numbers that add up"):
        whole.minus(replace(whole, additive=False))


@pytest.mark.parametrize(("kind", "change", "error", "message"), WRONG)
def test_what_does_not_fit_together_is_not_made(kind: str, change: Any, error: type[Exception], message: str) -> None:
    result = RESULTS[kind]()
    with pytest.raises(error, match=rf"^{kind}\.{message}"):
        replace(result, **change(result))


@pytest.mark.parametrize("kind", OF_A_RUN)
def test_token_ids_are_one_a_token(kind: str) -> None:
    result = RESULTS[kind]()
    size = len(result.tokens)
    assert replace(result, token_ids=np.arange(size)).token_ids.tolist() == list(range(size))
    with pytest.raises(ValueError, match=rf"{kind}.token_ids: expected \[position\] = \[{size}\], got \[1\]"):
        replace(result, token_ids=np.zeros(1, int))
    with pytest.raises(ValueError, match=f"{kind}.token_ids: expected whole numbers, got float64"):
        replace(result, token_ids=np.zeros(size))


@every_result
def test_records_are_a_tidy_table_of_plain_values(kind: str) -> None:
    result = RESULTS[kind]()
    records = result.records()
    assert json.loads(json.dumps(records)) == records
    assert len({tuple(record) for record in records}) == 1, "every record has the same fields"


def test_records_hold_the_arrays_numbers() -> None:
    pattern = attention()
    weights = np.zeros_like(pattern.pattern)
    for record in pattern.records(least=0):
        weights[record["layer"], record["head"], record["query"], record["key"]] = record["weight"]
    np.testing.assert_array_equal(weights, pattern.pattern)
    assert all(record["weight"] > 0.3 for record in pattern.records(least=0.3))

    parts = decomposition()
    assert [r["value"] for r in parts.records()] == parts.values.ravel().tolist()
    assert parts.records()[5] | {"value": 0} == {
        "component": "0.0", "kind": "head", "layer": 0, "head": 0, "position": 0, "token": " w0", "value": 0
    }  # fmt: skip

    lens, whole = random_lens(["a", "b", "c"], top=3)
    best = [r for r in lens.records() if (r["norm"], r["row"], r["position"]) == ("final", "1.attn", 2)]
    assert [r["prediction_id"] for r in sorted(best, key=lambda r: r["rank"])] == whole[1, 3, 2].argsort()[::-1][
        :3
    ].tolist()

    patching = random_patching(["a", "b", "c"])
    np.testing.assert_allclose([r["effect"] for r in patching.records()], patching.effect.ravel())
    assert patching.effect[1, 2] == pytest.approx((patching.patched[1, 2] + 2.25) / 9.75)
    assert [r["indirect"] for r in random_effects().records()] == random_effects().indirect.tolist()

    ladder = random_ladder(6)
    means = [[-r["log_probability"] for r in ladder.records() if r["model"] == model] for model in ladder.models]
    np.testing.assert_allclose(np.mean(means, 1), ladder.loss, rtol=1e-6)


@every_result
def test_one_line_says_what_it_is(kind: str) -> None:
    line = repr(RESULTS[kind]())
    assert line.startswith(f"{kind} of ")
    assert len(line) < 120
    assert "\n" not in line
    assert "array" not in line


def test_the_line_of_a_decomposition_is_short_whatever_its_quantity() -> None:
    result = decomposition()
    total = f"{result.total[-1]:.3g} at the position shown"
    assert repr(result) == f"Decomposition of the {result.quantity}: 10 components × 5 tokens, {total}"
    long = repr(replace(result, quantity="very " * 99 + "\n long"))
    assert len(long) == 119
    assert long.endswith(f"…: 10 components × 5 tokens, {total}")


def cells(result: Result) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", result._repr_html_())
    return [[html.unescape(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)] for row in rows]


def test_tables_show_the_numbers() -> None:
    parts = replace(decomposition(), total_name="the model's own value")
    here = parts.values[:, -1]
    shown = cells(parts)
    assert shown[0] == ["component", "value"]
    assert shown[1] == [parts.components[np.abs(here).argmax()].label, f"{here[np.abs(here).argmax()]:.3g}"]
    assert shown[-1] == ["the model's own value", f"{parts.total[-1]:.3g}"]

    pattern = attention()
    itself = pattern.pattern[1, 2, [2, 3], [2, 3]].mean()
    before = pattern.pattern[1, 2, [2, 3], [1, 2]].mean()
    assert cells(pattern)[6] == ["1.2", *(f"{x:.3g}" for x in (pattern.pattern[1, 2, 2:, 0].mean(), before, itself))]

    lens, whole = random_lens([" on", "b"])
    assert cells(lens)[0] == ["after", "' on'", "'b'"]
    assert cells(lens)[1] == ["1.mlp", *(f"' w{whole[0, -1, at].argmax()}'" for at in (0, 1))]

    ladder = random_ladder(9)
    assert cells(ladder)[2][:2] == [ladder.models[1], f"{ladder.loss[1]:.3g}"]


def test_a_table_is_cut_and_says_so() -> None:
    many = decomposition(layers=8, heads=3)
    assert len(cells(many)) == 1 + 20 + 1
    assert "<p>… and 14 more</p>" in many._repr_html_()
    few = Table(("n",), [(1,)] * 3, most=2)
    assert repr(few) == few.text == "n\n1\n1\n… and 1 more"
    assert few._repr_html_() == few.html


def test_tables_are_text_and_never_markup() -> None:
    tokens = (MARKUP, "\u202eevil", "\udc80", "&amp;")
    parts = decomposition(length=4)
    hostile = [
        replace(parts, quantity=MARKUP, total_name=MARKUP, components=(Component(MARKUP), *parts.components[1:])),
        random_lens(tokens, labels=[MARKUP] * 200)[0],
        hostile_ladder(),
        replace(attention(), tokens=tokens),
    ]
    for result in hostile:
        shown = result._repr_html_()
        assert set(re.findall(r"</?(\w+)", shown)) <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
        assert shown.encode()
        assert "\u202e" not in shown or isinstance(result, Ladder)
    assert html.escape(MARKUP) in hostile[0]._repr_html_()


def test_the_loss_is_right_where_the_probability_is_too_small_for_float32() -> None:
    log_prob = np.array([[np.nan, -538, 0]], np.float32)
    guesses = np.array([[[-1], [1], [1]]], np.int32)
    ladder = Ladder(
        ("one",), np.exp(log_prob), guesses, np.ones((1, 3, 1), np.float32), {1: "a"}, tuple("abc"), log_prob
    )
    assert ladder.next_prob[0, 1] == 0
    assert ladder.loss == pytest.approx(269)
    assert replace(ladder, next_log_prob=None).loss == np.inf


def test_framework_results_say_their_tokens_and_totals(shipped: Callable[[str], Any]) -> None:
    run = hs.run(shipped("attn-only-1l"), "His command in")
    made = (run.attention, hs.attribute_logit(run), hs.write_norms(run), hs.logit_lens(run), hs.ladder([run]))
    assert all(result.token_ids.tolist() == run.token_ids.tolist() for result in made)
    assert made[1].total_name == "the model's own value"
    assert made[2].total_name == "‖r‖, the whole stream"


def test_results_need_no_torch() -> None:
    code = "import headstream.results, headstream.tables, sys; assert not {'torch', 'anywidget'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_all_results_are_here() -> None:
    assert {kind.__name__ for kind in Result.__subclasses__()} == set(RESULTS)
    assert issubclass(Decomposition, Result)
    assert issubclass(LogitLens, Result)
