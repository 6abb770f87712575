"""A board: several views as one figure."""

from __future__ import annotations

from typing import Any

import traitlets

from headstream import checks
from headstream.views.shared.view import TokenView, View, bundle, link, same_tokens


class Board(View):
    """Arranges views side by side where there is room for it, else below each other, so that all are seen together.

    views: two views or more; they share one selection, the first one's, as after `link`.
    title: one line above them all. font_size: of all of them: the views' own is not used on the board.
    Where that lets them stand in one row, it is made smaller, but not less than 13.

    No view is taller than the window, and each scrolls in itself what does not fit. The menu saves the board as one
    picture. Setting `selection` moves all views to another one.
    Raises ValueError when two of the views show different tokens, TypeError for what is no view.
    """

    _esm = bundle("board", "js")
    _css = bundle("board", "css")

    views: Any = traitlets.List(read_only=True, help="what it arranges, as references").tag(
        sync=True, to_json=lambda views, _: [f"anywidget:{view.model_id}" for view in views], from_json=lambda v, _: v
    )

    def __init__(self, *views: View, **traits: Any) -> None:
        drawn = self._drawn(*views)
        super().__init__(drawn, {}, selection=views[0].selection, **traits)
        link(*views)

    @classmethod
    def _drawn(cls, *views: View) -> dict[str, Any]:
        for view in views:
            if not isinstance(view, View) or isinstance(view, Board):
                raise TypeError(f"views: expected headstream views, got {type(view).__name__}")
        checks.whole("views", len(views), 2)
        if len(set(views)) < len(views):
            raise ValueError("views: expected different views, got one twice")
        same_tokens("views", [view for view in views if isinstance(view, TokenView)])
        return {"views": list(views)}

    def show(self, *views: View) -> None:
        """Arrange other views in place of these."""
        super().show(*views)
        self.selection = link(*views)

    @traitlets.observe("selection")
    def _all_follow(self, change: Any) -> None:
        for view in self.views:
            view.selection = change["new"]
