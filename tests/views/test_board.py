"""Board in Python: its views share a selection, and wrong ones are refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import headstream as hs


def values(length: int = 3, **settings: Any) -> hs.TokenValues:
    return hs.TokenValues(np.arange(length), [f"t{i}" for i in range(length)], **settings)


def test_its_views_share_the_first_ones_selection() -> None:
    first, second = values(position=1), values()
    board = hs.Board(first, second, title="Both")
    assert board.selection is first.selection is second.selection
    assert (board.selection.position, board.title) == (1, "Both")
    assert board.get_state("views") == {"views": [f"anywidget:{view.model_id}" for view in (first, second)]}


def test_all_its_views_follow_it_to_another_selection() -> None:
    board, other = hs.Board(values(), values()), values()
    hs.link(other, board)
    assert all(view.selection is other.selection for view in (board, *board.views))


def test_it_shows_other_views() -> None:
    board = hs.Board(values(), values())
    first, second = values(4), values(4)
    board.show(first, second)
    assert board.views == [first, second]
    assert board.selection is first.selection is second.selection


@pytest.mark.parametrize(
    ("views", "error", "message"),
    [
        (list, ValueError, "views: expected 2 or more, got 0"),
        (lambda: [values()], ValueError, "views: expected 2 or more, got 1"),
        (lambda: [values(), "bars"], TypeError, "views: expected headstream views, got str"),
        (lambda: [values(), hs.Board(values(), values())], TypeError, "views: expected headstream views, got Board"),
        (lambda: [values()] * 2, ValueError, "views: expected different views, got one twice"),
        (
            lambda: [values(3), values(4)],
            ValueError,
            "views: the views show different tokens: TokenValues has 3, TokenValues has 4, and they part at position 3",
        ),
    ],
)
def test_what_it_cannot_arrange_is_told(views: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{message}$"):
        hs.Board(*views())
