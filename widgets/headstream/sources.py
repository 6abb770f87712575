"""The source of the package's own functions, for readers of a lesson who want to see what a helper does."""

from __future__ import annotations

import html
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Source:
    """The source of a function, shown folded: one click opens it."""

    name: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        name, text = html.escape(self.name), html.escape(self.text)
        return f"<details><summary>what <code>{name}</code> does</summary><pre>{text}</pre></details>"


def source(function: Callable[..., Any]) -> Source:
    """The source of a function or class written in Python. Raises TypeError for anything else."""
    try:
        return Source(function.__name__, inspect.getsource(function).rstrip())
    except (AttributeError, TypeError, OSError):
        raise TypeError(f"function: expected one written in Python, got {function!r}") from None
