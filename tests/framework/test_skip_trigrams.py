"""Skip-trigrams against loops over every place, and every three of tokens, of small texts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.framework import skip_trigrams as module
from headstream.models.runs import Run, run
from tests.framework.zoo import native


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    model, random = native("native 2l LN"), np.random.default_rng(5)
    return [run(model, random.integers(0, 9, size)) for size in (14, 20)]


def counted(runs: list[Run], layer: int, head: int) -> dict[tuple[int, int, int], tuple[float, int]]:
    ov = hs.circuit(runs[0].model, layer, head)
    found: dict[tuple[int, int, int], tuple[float, int]] = {}
    for each in runs:
        ids, pattern = each.token_ids.tolist(), each.attention.pattern[layer, head]
        for query in range(len(ids) - 1):
            for key in range(1, query):
                three = ids[key], ids[query], ids[query + 1]
                total, count = found.get(three, (0, 0))
                found[three] = total + pattern[query, key] * ov.row(ids[key])[ids[query + 1]] / 32 * 1000, count + 1
    return found


def test_on_text_is_the_sum_over_all_places(runs: list[Run]) -> None:
    expected = counted(runs, 1, 2)
    found = hs.skip_trigrams(runs, 1, 2, top=10**6)
    threes = list(zip(found.source.tolist(), found.present.tolist(), found.next.tolist(), strict=True))
    assert set(threes) == set(expected)
    assert found.count.tolist() == [expected[three][1] for three in threes]
    np.testing.assert_allclose(found.contribution, [expected[three][0] for three in threes], rtol=1e-3, atol=1e-3)
    assert (np.diff(found.contribution) <= 0).all()
    np.testing.assert_array_equal(found.score, found.contribution)
    first = hs.skip_trigrams(runs, 1, 2, top=3)
    assert list(zip(first.source.tolist(), first.present.tolist(), first.next.tolist(), strict=True)) == threes[:3]


def test_by_weights_is_the_product_of_both_circuits(runs: list[Run], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SOURCES", 2)
    ov, qk = (hs.circuit(runs[0].model, 0, 1, kind) for kind in ("ov", "qk"))
    tokens = sorted({int(i) for each in runs for i in each.token_ids[1:]})
    scores = {}
    for present in tokens:
        looked_for = qk.row(present)[tokens] - qk.row(present)[tokens].mean()
        for (at, source), following in product(enumerate(tokens), tokens):
            weights = looked_for[at], ov.row(source)[following]
            if min(weights) > 0:
                scores[source, present, following] = weights[0] * weights[1]
    found = hs.skip_trigrams(runs, 0, 1, top=30, ranked="by weights")
    np.testing.assert_allclose(found.score, sorted(scores.values())[::-1][:30], rtol=1e-4)
    expected = counted(runs, 0, 1)
    for at, three in enumerate(zip(found.source.tolist(), found.present.tolist(), found.next.tolist(), strict=True)):
        assert found.score[at] == pytest.approx(scores[three], rel=1e-4)
        total, count = expected.get(three, (0, 0))
        assert found.count[at] == count
        assert found.contribution[at] == pytest.approx(total, rel=1e-3, abs=1e-3)


def test_what_happens_and_what_the_weights_say_are_two_things(
    shipped: Callable[[str], TransformerBridge],
) -> None:
    pages = hs.pages(shipped("attn-only-1l"), count=2)
    for head in range(8):
        on_text, by_weights = (hs.skip_trigrams(pages, 0, head, ranked=how) for how in ("on text", "by weights"))
        assert (on_text.count > 0).all()
        assert (by_weights.count == 0).mean() > 0.9
        assert on_text.contribution.sum() > 5 * np.abs(by_weights.contribution).sum()


def test_wrong_arguments_are_refused(runs: list[Run]) -> None:
    for arguments, error, words in (
        ({"head": 4}, IndexError, "head: expected -4 to 3, got 4"),
        ({"ranked": "text"}, ValueError, "ranked: expected 'on text' or 'by weights', got 'text'"),
        ({"top": 0}, ValueError, "top: expected 1 or more, got 0"),
        ({"runs": [*runs, run(native("native 1l"), [1, 2, 3])]}, ValueError, "runs: expected runs of the model"),
    ):
        with pytest.raises(error, match=words):
            hs.skip_trigrams(**({"runs": runs, "layer": 0, "head": 0} | arguments))
