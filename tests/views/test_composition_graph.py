"""CompositionGraph in Python: what it accepts, what it sends, what it says when an argument is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.results import Composition
from headstream.views.composition_graph import CompositionGraph
from tests.views.compositions import random_attention, random_composition, random_roles


def pairs_of(result: Composition) -> list[tuple[int, int]]:
    """Every pair from an earlier to a later layer, in the order that is sent."""
    layers = [layer for layer, _ in result.heads]
    size = range(len(layers))
    return [(a, b) for a in size for b in size if layers[a] < layers[b]]


def test_sends_every_pair_of_an_earlier_and_a_later_layer() -> None:
    result = random_composition(3, 4)
    view = CompositionGraph(result)
    pairs = pairs_of(result)
    assert [tuple(head) for head in view.heads.tolist()] == list(result.heads)
    for name in ("scores", "null", "null_sd"):
        wanted = [[getattr(result, name)[read, a, b] for a, b in pairs] for read in range(3)]
        np.testing.assert_array_equal(getattr(view, name).reshape(3, -1), wanted)
    for name in ("copying", "matching"):
        np.testing.assert_array_equal(getattr(view, name), [getattr(result, name)[pair] for pair in pairs])
    assert (view.tokens, view.pattern, view.roles) == ([], None, [])


def test_many_heads_take_less_than_half_a_megabyte() -> None:
    state = CompositionGraph(random_composition(12, 12)).get_state()
    sizes = [len(value["data"]) for value in state.values() if isinstance(value, dict) and "data" in value]
    assert sum(sizes) < 4 * (3 * 3 * 9504 + 2 * 9504 + 2 * 144) < 5e5


@pytest.mark.parametrize("causal", [True, False])
def test_attention_is_sent_as_the_heatmap_sends_it(causal: bool) -> None:
    result = random_attention(2, 4, 6)
    if not causal:
        result = replace(result, pattern=np.ascontiguousarray(result.pattern[..., ::-1]))
    view, heatmap = CompositionGraph(random_composition(2, 4), result), hs.AttentionHeatmap(result)
    np.testing.assert_array_equal(view.pattern, heatmap.pattern)
    assert (view.packed, heatmap.packed, view.tokens) == (causal, causal, list(result.tokens))


def test_about_a_dozen_edges_are_shown_first() -> None:
    result = random_composition(4, 8, planted=40)
    above = result.excess[np.isfinite(result.excess)]
    assert 12 <= (above >= CompositionGraph(result).threshold).sum() <= 14
    assert CompositionGraph(result, threshold=0.5).threshold == 0.5


def test_a_dozen_is_all_there_is_or_none() -> None:
    assert CompositionGraph(random_composition(2, 1, planted=0)).threshold == 0
    lone = CompositionGraph(random_composition(1, 3))
    assert (lone.threshold, lone.scores.shape, lone.copying.shape) == (0, (0,), (0,))


def test_roles_are_in_the_order_of_the_heads() -> None:
    roles = random_roles(2, 4)
    view = CompositionGraph(random_composition(2, 4), roles=roles)
    assert view.roles == [roles.role(layer, head) for layer in range(2) for head in range(4)]
    assert any(view.roles)
    assert "" in view.roles


def test_what_is_shown_first() -> None:
    view = CompositionGraph(random_composition(2, 4), layer=0, head=-2, to_layer=-1, to_head=3)
    selection = view.selection
    assert (selection.layer, selection.head, selection.to_layer, selection.to_head) == (0, 2, 1, 3)


def test_show_keeps_the_settings() -> None:
    view = CompositionGraph(random_composition(2, 4), random_attention(2, 4), threshold=0.07, q=False)
    view.show(random_composition(3, 4, seed=1))
    assert (view.threshold, view.q, view.pattern, view.tokens) == (0.07, False, None, [])
    assert len(view.heads) == 12


def test_it_is_linked_with_a_text_only_where_it_has_one() -> None:
    heatmap = hs.AttentionHeatmap(random_attention(2, 4, 5))
    bare, same = CompositionGraph(random_composition(2, 4)), random_attention(2, 4, 5)
    hs.link(heatmap, bare, CompositionGraph(random_composition(2, 4), same))
    assert bare.selection is heatmap.selection
    hs.Board(bare, heatmap)
    with pytest.raises(ValueError, match="link: the views show different tokens"):
        hs.link(heatmap, bare, CompositionGraph(random_composition(2, 4), random_attention(2, 4, 6)))


NONE = replace(
    random_composition(1, 1),
    heads=(),
    **{name: np.zeros((3, 0, 0), np.float32) for name in ("scores", "null", "null_sd")},
    **{name: np.zeros((0, 0), np.float32) for name in ("copying", "matching")},
)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"composition": np.zeros((3, 2, 2))}, TypeError, "composition: expected a Composition .*, got ndarray"),
        ({"composition": NONE}, ValueError, "composition: expected at least one head, got none"),
        ({"attention": np.ones((1, 1))}, TypeError, r"attention: expected an Attention \(pass run.attention\)"),
        ({"attention": random_attention(1, 4)}, ValueError, "attention: .* has a head 1.0, got 1 layers × 4 heads"),
        ({"attention": random_attention(2, 3)}, ValueError, "attention: .* has a head 0.3, got 2 layers × 3 heads"),
        ({"roles": ["induction"]}, TypeError, r"roles: expected Roles \(pass hs.roles\(model\)\), got list"),
        (
            {"roles": random_roles(2, 2)},
            ValueError,
            "roles: expected those of the same model, got 2 × 2 heads without 0.2",
        ),
        ({"threshold": -0.1}, ValueError, "threshold: expected a number from 0 to 1, got -0.1"),
        ({"threshold": "low"}, TypeError, "threshold: expected a number from 0 to 1, got 'low'"),
        ({"q": 1}, TypeError, "q: expected True or False, got 1"),
        ({"layer": 2}, IndexError, "layer: expected -2 to 1, got 2"),
        ({"to_head": 4}, IndexError, "to_head: expected -4 to 3, got 4"),
        ({"heads": []}, TypeError, "CompositionGraph has no argument 'heads'"),
    ],
)
def test_wrong_arguments(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        CompositionGraph(**{"composition": random_composition(2, 4), **arguments})
