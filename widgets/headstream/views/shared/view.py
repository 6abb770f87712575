"""What all views have in common."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Sequence
from importlib.resources import files
from itertools import zip_longest
from typing import Any, Self

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
        index = None
    if index is None or isinstance(value, bool):
        raise TypeError(f"{name}: expected a whole number, got {value!r}")
    if size == 0:
        raise IndexError(f"{name}: there is none to choose from, got {index}")
    if not -size <= index < size:
        raise IndexError(f"{name}: expected {-size} to {size - 1}, got {index}")
    return index % size


def as_list(values: Any, name: str, expected: str) -> list[Any]:
    """A list of what was given. Raises TypeError for a single string and for what is no sequence."""
    if isinstance(values, (str, bytes)):
        raise TypeError(f"{name}: expected {expected}, got a single {type(values).__name__}")
    try:
        return list(values)
    except TypeError:
        raise TypeError(f"{name}: expected {expected}, got {type(values).__name__}") from None


def checked_labels(values: Any, count: int, name: str, each: str) -> list[str]:
    """`count` strings, one for `each`, such as "position"."""
    labels = as_list(values, name, f"a list with one string a {each}")
    for index, label in enumerate(labels):
        if not isinstance(label, str):
            raise TypeError(f"{name}: expected strings, got {type(label).__name__} at {each} {index}")
    if len(labels) != count:
        raise ValueError(f"{name}: expected {count}, one a {each}, got {len(labels)}")
    return labels


def checked_tokens(tokens: Sequence[str] | None, length: int) -> list[str]:
    """One label a position; without labels, the positions' numbers."""
    if tokens is None:
        return [str(position) for position in range(length)]
    return checked_labels(tokens, length, "tokens", "position")


def sendable(text: str) -> str:
    """The text with ? for every lone surrogate, which is no text and cannot be sent as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Text(traitlets.Unicode[Any, Any]):
    """A string that can be sent."""

    def validate(self, obj: Any, value: Any) -> str:
        return sendable(super().validate(obj, value))


class View(anywidget.AnyWidget):
    """A picture of one result. All that a reader can do in it works with no kernel.

    selection: what is pinned; views that refer to the same `Selection` move together (see `link`).
    tokens: one label a position. title: a line above the picture.
    font_size: in CSS pixels; every size follows it, 13 by default, about 22 for a lecture hall.

    What is drawn, the tokens with it, stays as it was given (its traits are read-only): for other numbers make a new
    view. How it is drawn may be set at any time.
    """

    selection = anywidget.WidgetTrait().tag(sync=True)
    selection.allow_none = False
    tokens = traitlets.List(Text(), read_only=True, help="one label a position").tag(sync=True)
    title = Text(help="a line above the picture").tag(sync=True)
    font_size = traitlets.Int(13, min=8, max=48, help="in CSS pixels; every size follows it").tag(sync=True)

    def __new__(cls, *arguments: Any, **keywords: Any) -> Self:
        # Here, because a view's __init__ already joins the reader's keywords with the traits that it computes.
        known = {"title", "font_size"} | set(inspect.signature(cls.__init__).parameters) - {"self", "traits"}
        for keyword in keywords:
            if keyword not in known:
                raise TypeError(f"{cls.__name__} has no argument {keyword!r}")
        view: Self = super().__new__(cls, *arguments, **keywords)
        return view

    def __init__(
        self, *, layer: int | None = None, head: int | None = None, position: int | None = None, **traits: Any
    ) -> None:
        # What is drawn comes before the settings that are checked against it.
        for name in [name for name in traits if self.traits()[name].read_only]:
            self.set_trait(name, traits.pop(name))
        super().__init__(selection=Selection(layer=layer, head=head, position=position), **traits)

    @traitlets.validate("selection")
    def _selection_is_one(self, proposal: Any) -> Selection:
        if not isinstance(proposal["value"], Selection):
            raise TypeError(f"selection: expected a headstream Selection, got {type(proposal['value']).__name__}")
        return proposal["value"]


def link(*views: View) -> Selection:
    """Point several views at one selection, the first view's, and return it. Works also after they are displayed.

    Only the views given are moved: after link(a, b), link(c, a) leaves b behind; name all that belong together.
    Raises ValueError when two of the views show different tokens, which assigning `view.selection` does not check.
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
