"""The traits of views: each checks what it is given, in the words of `headstream.checks`, and can be sent."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import traitlets

from headstream import checks

Dtype = Literal["uint8", "uint16", "int32", "float16", "float32"]

# Bytes are deflated where that leaves less than this share of them: of the first ones, and then of all.
PAYS, SAMPLE = 0.9, 2**16
# Of real patterns level 3 leaves .45 and takes 70 ns a weight; the default, 6, leaves .42 and takes 240.
LEVEL = 3


def sendable(text: str) -> str:
    """The text with ? for every lone surrogate, which is no text and cannot be sent as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Text(traitlets.Unicode[Any, Any]):
    """A string that can be sent; anything else raises TypeError."""

    def validate(self, _obj: Any, value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(f"{self.name}: expected a text, got {value!r}")
        return sendable(value)


class Whole(traitlets.TraitType[Any, Any]):
    """A whole number between two bounds; TypeError for another kind, ValueError outside them."""

    def __init__(self, default: int | None, *, least: int, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(default, **kwargs)
        self.least, self.most = least, most
        self.tag(sync=True)

    def validate(self, _obj: Any, value: Any) -> int:
        return checks.whole(self.name or "value", value, self.least, self.most)


class Choice(traitlets.TraitType[Any, Any]):
    """One of a few values; anything else raises ValueError."""

    def __init__(self, choices: Sequence[str], default: str, **kwargs: Any) -> None:
        super().__init__(default, **kwargs)
        self.choices = tuple(choices)
        self.tag(sync=True)

    def validate(self, _obj: Any, value: Any) -> Any:
        return checks.choice(self.name or "value", value, self.choices)


class Number(traitlets.TraitType[Any, Any]):
    """A finite number between two bounds, sent as a float; numpy's numbers are taken too."""

    def __init__(self, default: float | None, *, least: float, most: float, **kwargs: Any) -> None:
        super().__init__(default, **kwargs)
        self.least, self.most = least, most
        self.tag(sync=True)

    def validate(self, _obj: Any, value: Any) -> float:
        return checks.number(self.name or "value", value, self.least, self.most)


class Flag(traitlets.TraitType[Any, Any]):
    """True or False; anything else raises TypeError."""

    def __init__(self, default: bool, **kwargs: Any) -> None:
        super().__init__(default, **kwargs)
        self.tag(sync=True)

    def validate(self, _obj: Any, value: Any) -> bool:
        if not isinstance(value, (bool, np.bool_)):
            raise TypeError(f"{self.name}: expected True or False, got {value!r}")
        return bool(value)


class Array(traitlets.TraitType[Any, Any]):
    """A numpy array of one of the dtypes given, sent little-endian as {dtype, shape, scale, deflated, data}. None means
    absent. Its bytes are deflated (RFC 1951) where that pays.

    Read-only: `view.show` replaces what is drawn. uint8 stands for probabilities as `quantised` gives them: its scale
    is "sqrt", which the page's reader undoes; other dtypes are the numbers themselves ("linear").
    """

    allow_none = True
    default_value = None
    info_text = "a numpy array"

    def __init__(self, *dtypes: Dtype, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self.dtypes = tuple(np.dtype(dtype).newbyteorder("<") for dtype in dtypes)
        self.tag(sync=True, to_json=to_wire, from_json=from_wire)

    def validate(self, obj: Any, value: Any) -> npt.NDArray[Any] | None:
        if value is None:
            return None
        if not isinstance(value, np.ndarray) or value.dtype not in self.dtypes:
            self.error(obj, value)
        return value

    def set(self, obj: Any, value: Any) -> None:
        """Like TraitType.set, but arrays are compared by identity: == is elementwise."""
        new = self._validate(obj, value)
        old = obj._trait_values.get(self.name, self.default_value)
        obj._trait_values[self.name] = new
        if new is not old:
            obj._notify_trait(self.name, old, new)


def to_wire(value: npt.NDArray[Any] | None, _owner: object) -> dict[str, Any] | None:
    if value is None:
        return None
    contiguous = np.ascontiguousarray(value)
    data = contiguous.tobytes()
    small = _deflated(data)
    return {
        "dtype": contiguous.dtype.name,
        "shape": list(contiguous.shape),
        "scale": "sqrt" if contiguous.dtype == np.uint8 else "linear",
        "deflated": small is not None,
        "data": data if small is None else small,
    }


def from_wire(value: dict[str, Any] | None, _owner: object) -> npt.NDArray[Any] | None:
    if value is None:
        return None
    data = zlib.decompress(value["data"], -zlib.MAX_WBITS) if value["deflated"] else value["data"]
    return np.frombuffer(data, dtype=value["dtype"]).reshape(value["shape"])


def _deflated(data: bytes) -> bytes | None:
    """None where it does not pay, which the first bytes tell of long data."""
    if len(data) > SAMPLE and _deflated(data[:SAMPLE]) is None:
        return None
    small = zlib.compress(data, LEVEL, -zlib.MAX_WBITS)
    return small if len(small) < PAYS * len(data) else None
