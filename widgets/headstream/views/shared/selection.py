"""The selection that views share."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

FIELDS = ("layer", "head", "position", "key", "token")


class Selection(anywidget.AnyWidget):
    """What the reader has pinned, in every view that refers to this object. None means nothing is pinned.

    layer, head: indices. position: the place where the stream is read, and from which a head attends (the query).
    key: the source position that a head attends to. token: a vocabulary id.
    A field may be set from Python; `observe` tells of every pin. A view ignores a value that is out of its range.
    """

    _esm = "export default {};"

    layer = traitlets.Int(None, allow_none=True, min=0).tag(sync=True)
    head = traitlets.Int(None, allow_none=True, min=0).tag(sync=True)
    position = traitlets.Int(None, allow_none=True, min=0).tag(sync=True)
    key = traitlets.Int(None, allow_none=True, min=0).tag(sync=True)
    token = traitlets.Int(None, allow_none=True, min=0).tag(sync=True)

    def __init__(self, **fields: int | None) -> None:
        unknown = sorted(set(fields) - set(FIELDS))
        if unknown:
            raise TypeError(f"Selection has no field {unknown[0]!r}; its fields are {', '.join(FIELDS)}")
        super().__init__(**fields)

    def clear(self) -> None:
        """Unpin everything."""
        with self.hold_sync():
            for field in FIELDS:
                setattr(self, field, None)

    def __repr__(self) -> str:
        pinned = {field: getattr(self, field) for field in FIELDS if getattr(self, field) is not None}
        return f"Selection({', '.join(f'{name}={value}' for name, value in pinned.items())})"

    def _repr_mimebundle_(self, **_kwargs: Any) -> tuple[dict[str, str], dict[str, str]]:
        return {"text/plain": repr(self)}, {}
