"""The selection that views share."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from headstream.views.shared.hidden import Hidden
from headstream.views.shared.traits import Whole

# The one list of the fields and what each means; the front end reads the same file.
FIELDS: dict[str, str] = json.loads(files("headstream.views.shared").joinpath("selection.json").read_text("utf-8"))


class Selection(Hidden):
    """What the reader has pinned, in every view that refers to this object. None means nothing is pinned.

    views: those that refer to it.

    Every field is a whole number from 0 on, or None. A field may be set from Python; `observe` tells of every pin. A
    view ignores a field that it does not have, and a value that is out of its range.
    """

    vars().update({name: Whole(None, least=0, allow_none=True, help=meaning) for name, meaning in FIELDS.items()})

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, **fields: int | None) -> None:
        unknown = sorted(set(fields) - set(FIELDS))
        if unknown:
            raise TypeError(f"Selection has no field {unknown[0]!r}; its fields are {', '.join(FIELDS)}")
        self.views: WeakSet[Any] = WeakSet()
        super().__init__(**fields)

    def clear(self) -> None:
        """Unpin everything."""
        with self.hold_sync():
            for field in FIELDS:
                setattr(self, field, None)

    def __repr__(self) -> str:
        pinned = {field: getattr(self, field) for field in FIELDS if getattr(self, field) is not None}
        return f"Selection({', '.join(f'{name}={value}' for name, value in pinned.items())})"


_meanings = "\n".join(f"    {name}: {meaning}." for name, meaning in FIELDS.items())
Selection.__doc__ = f"{Selection.__doc__}\n{_meanings}\n"
