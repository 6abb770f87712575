"""What all views have in common."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from importlib.resources import files
from itertools import zip_longest
from typing import Any, ClassVar, Self

import anywidget
import numpy as np
import traitlets

from headstream import checks
from headstream.views.shared.lecture import Lecture, the_lecture
from headstream.views.shared.selection import Selection
from headstream.views.shared.traits import Array, Flag, Text, Whole


def bundle(name: str, suffix: str) -> str:
    """The text of a bundled front end (not its path: anywidget never lets go of instances of a class with one)."""
    return files("headstream.views").joinpath("static", f"{name}.{suffix}").read_text(encoding="utf-8")


# What keys do in every view that has items.
KEYS: Mapping[str, str] = {
    "Tab": "to the next part: items, controls, the menu",
    "ArrowLeft ArrowRight ArrowUp ArrowDown Home End": "to another item of the part",
    "Enter Space": "pins the item, in every linked view; in a control, presses it",
    "Escape": "lets go of all that is pinned",
}


class View(anywidget.AnyWidget):
    """A picture of one result. All that a reader can do in it works with no kernel.

    selection: what is pinned; views that refer to the same `Selection` move together (see `link`).
    title: a line above the picture.
    font_size: in CSS pixels; every size follows it, 13 by default. What `lecture` sets is the least.
    whole: no part is scrolled through, however tall that is, as for a picture or in print. A view is else never taller
        than the window: what does not fit scrolls in it, and a saved picture has what is in sight.

    What is drawn is read-only: `show` replaces it as a whole. How it is drawn may be set at any time.

    A view's class says in `_drawn` what it makes of the arguments that are data, those that `show` takes too; and in
    `own_keys` what keys do in it beside `KEYS`, each key by the name that a page has for it.
    """

    own_keys: ClassVar[Mapping[str, str]] = {}

    selection = anywidget.WidgetTrait().tag(sync=True)
    selection.allow_none = False
    lecture = anywidget.WidgetTrait().tag(sync=True)
    lecture.read_only = True
    title = Text(help="a line above the picture").tag(sync=True)
    font_size = Whole(13, least=8, most=48, help="in CSS pixels; every size follows it")
    whole = Flag(False, help="as tall as it takes, else no taller than the window")

    def __new__(cls, *arguments: Any, **keywords: Any) -> Self:
        # Here, because a view's __init__ already joins the reader's keywords with the traits that it computes.
        known = {"title", "font_size", "whole"} | set(inspect.signature(cls.__init__).parameters) - {"self", "traits"}
        for keyword in keywords:
            if keyword not in known:
                raise TypeError(f"{cls.__name__} has no argument {keyword!r}")
        view: Self = super().__new__(cls, *arguments, **keywords)
        return view

    def __init__(self, drawn: Mapping[str, Any], pinned: Mapping[str, int | None], /, **settings: Any) -> None:
        # What is drawn comes before the settings that are checked against it.
        for name, value in drawn.items():
            self.set_trait(name, value)
        if "selection" not in settings:
            settings["selection"] = Selection(**{name: value for name, value in pinned.items() if value is not None})
        super().__init__(**settings)

    @classmethod
    def _drawn(cls, *data: Any, **named: Any) -> dict[str, Any]:
        """The read-only traits for some data, checked. Raises what the class' constructor raises for them."""
        raise NotImplementedError

    def show(self, *data: Any, **named: Any) -> None:
        """Draw other data in place of what is drawn, in one message to the page: the same arguments as the class' own.

        What is pinned and how it is drawn stay where they still have a meaning, and so do the keyboard's focus and a
        zoom: a slider over the steps of a training can call this for every step. Raises what the constructor raises,
        and then leaves everything as it was.
        """
        drawn = self._drawn(*data, **named)
        with self.hold_sync():
            for name, value in drawn.items():
                self.set_trait(name, value)
            for name, value in self._settled().items():
                setattr(self, name, value)

    def _settled(self) -> dict[str, Any]:
        """The settings that what is drawn now gives no meaning any more, with what they become."""
        return {}

    def close(self) -> None:
        """Close the view, and its selection unless another view refers to it."""
        if self.comm is None:  # closed already, or never made: an argument was wrong
            return
        selection = self.selection
        super().close()
        self.layout.close()
        selection.views.discard(self)
        if not selection.views:
            selection.close()

    @traitlets.default("lecture")
    def _the_lecture(self) -> Lecture:
        return the_lecture()

    @traitlets.observe("selection")
    def _selection_knows_its_views(self, change: Any) -> None:
        if isinstance(change["old"], Selection):
            change["old"].views.discard(self)
        change["new"].views.add(self)

    @traitlets.validate("selection")
    def _selection_is_one(self, proposal: Any) -> Selection:
        if not isinstance(proposal["value"], Selection):
            raise TypeError(f"selection: expected a headstream Selection, got {type(proposal['value']).__name__}")
        return proposal["value"]


class TokenView(View):
    """A view of something with tokens.

    tokens: one label a position; none where it was given nothing that has tokens. token_ids: [position], their ids,
        where the result that is drawn carries them.
    """

    tokens = traitlets.List(Text(), read_only=True, help="one label a position").tag(sync=True)
    token_ids = Array("int32", help="[position], their ids, or None")


def token_traits(tokens: Any, token_ids: Any, length: int) -> dict[str, Any]:
    """`tokens` and `token_ids` of a view, checked against the number of positions."""
    ids = None if token_ids is None else checks.whole_numbers("token_ids", token_ids).astype(np.int32)
    if ids is not None:
        checks.shape("token_ids", ids, (length,), "position")
    return {"tokens": checks.tokens(tokens, length), "token_ids": ids}


def link(*views: View) -> Selection:
    """Point several views at one selection, the first view's, and return it. Works also after they are displayed.

    Only the views given are moved: after link(a, b), link(c, a) leaves b behind; name all that belong together. Views
    without tokens (of a model's heads, of a spectrum) can be linked with any other. Raises ValueError when two of the
    views show different tokens, which assigning `view.selection` does not check.
    """
    for view in views:
        if not isinstance(view, View):
            raise TypeError(f"link: expected headstream views, got {type(view).__name__}")
    if len(views) < 2:
        raise ValueError(f"link: expected two views or more, got {len(views)}")
    same_tokens("link", [view for view in views if isinstance(view, TokenView)])
    for view in views[1:]:
        view.selection = views[0].selection
    selection: Selection = views[0].selection
    return selection


def same_tokens(name: str, views: list[TokenView]) -> None:
    """Raise ValueError unless all the views show the same tokens: the same ids where both know them, else labels."""
    with_tokens = [view for view in views if view.tokens]
    for first, view in ((first, view) for i, first in enumerate(with_tokens) for view in with_tokens[:i]):
        known = first.token_ids is not None and view.token_ids is not None
        one, other = (list(v.token_ids) if known else v.tokens for v in (view, first))
        if one != other:
            where = next(position for position, (a, b) in enumerate(zip_longest(one, other)) if a != b)
            raise ValueError(
                f"{name}: the views show different tokens: {type(view).__name__} has {len(one)}, "
                f"{type(first).__name__} has {len(other)}, and they part at position {where}"
            )
