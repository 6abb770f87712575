"""What all views have in common."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from importlib.resources import files
from itertools import zip_longest
from typing import Any

import anywidget
import traitlets

from headstream.views.shared.selection import Selection


def bundle(name: str, suffix: str) -> str:
    """The text of a bundled front end (not its path: anywidget never lets go of instances of a class with one)."""
    return files("headstream.views").joinpath("static", f"{name}.{suffix}").read_text(encoding="utf-8")


def checked_index(value: int | None, size: int, name: str) -> int | None:
    """An index in 0..size-1; negative ones count from the end. Raises TypeError or IndexError in the reader's words."""
    if value is None:
        return None
    try:
        index = operator.index(value)
    except TypeError:
        raise TypeError(f"{name}: expected a whole number, got {value!r}") from None
    if size == 0:
        raise IndexError(f"{name}: there is none to choose from, got {index}")
    if not -size <= index < size:
        raise IndexError(f"{name}: expected {-size} to {size - 1}, got {index}")
    return index % size


def checked_tokens(tokens: Sequence[str] | None, length: int, name: str = "tokens") -> list[str]:
    """One label a position; without labels, the positions' numbers."""
    if tokens is None:
        return [str(position) for position in range(length)]
    if isinstance(tokens, (str, bytes)):
        raise TypeError(f"{name}: expected a list with one string a position, got a single {type(tokens).__name__}")
    labels = list(tokens)
    for position, label in enumerate(labels):
        if not isinstance(label, str):
            raise TypeError(f"{name}: expected strings, got {type(label).__name__} at position {position}")
    if len(labels) != length:
        raise ValueError(f"{name}: expected {length}, one a position, got {len(labels)}")
    # A lone surrogate is not text and cannot be sent as UTF-8.
    return [label.encode("utf-8", "replace").decode("utf-8") for label in labels]


class View(anywidget.AnyWidget):
    """A picture of one result. All that a reader can do in it works with no kernel.

    selection: what is pinned; views that refer to the same `Selection` move together (see `link`).
    tokens: one label a position. title: a line above the picture.
    font_size: in CSS pixels; every size follows it, 13 by default, about 22 for a lecture hall.
    """

    selection = anywidget.WidgetTrait().tag(sync=True)
    selection.allow_none = False
    tokens = traitlets.List(traitlets.Unicode(), help="one label a position").tag(sync=True)
    title = traitlets.Unicode(help="a line above the picture").tag(sync=True)
    font_size = traitlets.Int(13, min=8, max=48, help="in CSS pixels; every size follows it").tag(sync=True)

    def __init__(
        self, *, layer: int | None = None, head: int | None = None, position: int | None = None, **traits: Any
    ) -> None:
        settable = {"title", "font_size"} | self._own_traits()
        for keyword in traits:
            if keyword not in settable:
                raise TypeError(f"{type(self).__name__} has no argument {keyword!r}")
        super().__init__(selection=Selection(layer=layer, head=head, position=position), **traits)

    @classmethod
    def _own_traits(cls) -> set[str]:
        """The synced traits that a concrete view adds to this class."""
        return set(cls.class_trait_names(sync=True)) - set(View.class_trait_names(sync=True)) | {"tokens"}

    @traitlets.validate("selection")
    def _selection_is_one(self, proposal: Any) -> Selection:
        if not isinstance(proposal["value"], Selection):
            raise TypeError(f"selection: expected a headstream Selection, got {type(proposal['value']).__name__}")
        return proposal["value"]


def link(*views: View) -> Selection:
    """Point several views at one selection, the first view's, and return it. Works also after they are displayed.

    Raises ValueError when two of the views show different tokens.
    """
    for view in views:
        if not isinstance(view, View):
            raise TypeError(f"link: expected headstream views, got {type(view).__name__}")
    if len(views) < 2:
        raise ValueError(f"link: expected two views or more, got {len(views)}")
    first = views[0]
    for view in views[1:]:
        if view.tokens != first.tokens:
            pairs = enumerate(zip_longest(first.tokens, view.tokens))
            where = next(position for position, (one, other) in pairs if one != other)
            raise ValueError(
                f"link: the views show different tokens: {type(first).__name__} has {len(first.tokens)}, "
                f"{type(view).__name__} has {len(view.tokens)}, and they part at position {where}"
            )
    for view in views[1:]:
        view.selection = first.selection
    selection: Selection = first.selection
    return selection
