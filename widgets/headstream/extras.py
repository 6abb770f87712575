"""Modules that come with an extra, `pip install 'headstream[lessons]'`: whoever lacks one is told so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


def require(name: str) -> Any:
    """The module called `name`, such as "torch". Errors: ModuleNotFoundError that says what to install."""
    with needs_lessons():
        return import_module(name)


@contextmanager
def needs_lessons() -> Iterator[None]:
    """Around imports, where types matter: a missing module is told as in `require`."""
    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "a module").partition(".")[0]
        raise ModuleNotFoundError(
            f"this needs {name}, which is not installed here: pip install 'headstream[lessons]'", name=error.name
        ) from error
