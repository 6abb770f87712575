"""PatchGrid in Python: what it accepts, what it sends, what it tells, what it says when an argument is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.results import Component
from tests.views.compositions import random_roles
from tests.views.patchings import random_patching

TOKENS = ("<|endoftext|>", " Alice", " was", " to")


def test_it_sends_the_numbers_and_names() -> None:
    patching = random_patching(TOKENS)
    view = hs.PatchGrid(patching)
    np.testing.assert_array_equal(view.patched, patching.patched)
    assert (view.clean, view.corrupted, view.read_at) == (7.5, -2.25, 3)
    assert (view.tokens, view.clean_tokens) == (list(TOKENS), list(patching.clean_tokens))
    assert view.token_ids.tolist() == [0, 1, 2, 3]
    names = [(row["label"], row["name"], row["layer"], row["head"]) for row in view.components]
    assert names[:2] == [("0.stream", "the stream into layer 0", 0, None), ("0.0", "head 0.0", 0, 0)]
    assert names[-1] == ("1.mlp", "layer 1's MLP", 1, None)
    others = (Component("embed"), Component("pos_embed"), Component("attn", 1))
    some = replace(patching, components=others, patched=patching.patched[:3])
    assert [row["name"] for row in hs.PatchGrid(some).components] == [
        "the embedding",
        "the position",
        "layer 1's attention",
    ]


def test_heads_are_called_by_their_roles() -> None:
    roles = random_roles()
    patching = random_patching(TOKENS)
    names = [row["name"] for row in hs.PatchGrid(patching, roles=roles).components if row["head"] is not None]
    expected = [roles.label(layer, head) for layer in range(2) for head in range(3)]
    assert any(" " in label for label in expected)
    assert [name.removeprefix("head ").replace("(", "").replace(")", "") for name in names] == expected
    with pytest.raises(ValueError, match="roles: expected those of the same model"):
        hs.PatchGrid(random_patching(TOKENS, layers=9), roles=roles)


def test_a_cell_is_pinned_first_and_let_go_where_it_is_no_more() -> None:
    view = hs.PatchGrid(random_patching(TOKENS), cell=(1, -1))
    assert view.cell == [1, 3]
    assert (view.selection.layer, view.selection.head, view.selection.position) == (0, 0, 3)
    stream = hs.PatchGrid(random_patching(TOKENS), cell=(0, 2))
    assert (stream.selection.layer, stream.selection.head, stream.selection.position) == (0, None, 2)
    view.show(random_patching(TOKENS, seed=1))
    assert view.cell == [1, 3]
    view.show(random_patching(TOKENS[:2]))
    assert view.cell is None


def test_who_asks_is_told_of_every_pick() -> None:
    view = hs.PatchGrid(random_patching(TOKENS))
    told: list[Any] = []
    view.on_pick(lambda part, position: told.append((part, position)))
    view.set_state({"cell": [1, 3]})  # as the page says it
    view.set_state({"cell": [0, 2]})
    view.set_state({"cell": None})
    assert told == [("0.0", 3), ("0.stream", 2), (None, None)]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"unit": "nats"}, ValueError, "unit: expected 'share' or 'logit', got 'nats'"),
        ({"cell": (10, 0)}, IndexError, "cell: row: expected -10 to 9, got 10"),
        ({"cell": (0, 4)}, IndexError, "cell: position: expected -4 to 3, got 4"),
        ({"cell": 3}, ValueError, r"cell: expected a pair \(row, position\), got 3"),
        ({"roles": "induction"}, TypeError, r"roles: expected Roles \(pass hs.roles\(model\)\), got str"),
        ({"colour": 1}, TypeError, "PatchGrid has no argument 'colour'"),
    ],
)
def test_a_wrong_argument_is_told(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        hs.PatchGrid(random_patching(TOKENS), **arguments)


def test_linked_views_show_the_run_that_is_patched(shipped: Any) -> None:
    """As in a lesson: the view has no model, and a callback of the kernel makes the run."""
    model = shipped("attn-only-2l")
    clean, corrupted = (hs.run(model, f"Mr. {name} and Mrs. {name} were") for name in ("Brown", "White"))
    grid = hs.PatchGrid(hs.patch_effects(clean, corrupted))
    heatmap = hs.AttentionHeatmap(corrupted.attention)
    hs.link(grid, heatmap)
    patched = {}

    def show(part: str | None, position: int | None) -> None:
        changes = [] if part is None else [hs.patch(part, clean, position=position)]
        patched[part] = hs.intervene(corrupted, *changes)
        heatmap.show(patched[part].attention)

    grid.on_pick(show)
    before = heatmap.pattern
    grid.set_state({"cell": [2, 5]})
    assert patched["0.2"].changes == (hs.patch("0.2", clean, position=5),)
    assert (heatmap.pattern != before).any()
    grid.set_state({"cell": None})
    np.testing.assert_array_equal(heatmap.pattern, before)
