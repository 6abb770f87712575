"""Arrays on the wire: bytes with dtype, shape and scale, never JSON numbers."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import traitlets

Dtype = Literal["uint8", "uint16", "int32", "float16", "float32"]


def as_floats(values: Any, name: str, expected: str = "an array of numbers") -> npt.NDArray[np.float32]:
    """A float32 array of its own from numpy, torch (any device, with or without gradient) or nested lists.

    nan and infinity may be in it. Raises TypeError or ValueError, with the argument's name and what was expected,
    when the values are not numbers.
    """
    if hasattr(values, "detach"):
        values = values.detach().cpu()
        if hasattr(values, "float"):  # numpy has no bfloat16
            values = values.float()
    if values is None:  # numpy reads it as nan
        raise TypeError(f"{name}: expected {expected}, got None")
    try:
        return np.asarray(values, dtype=np.float32).copy()
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        inside = f" ({error})" if isinstance(values, (list, tuple)) else ""
        raise kind(f"{name}: expected {expected}, got {type(values).__name__}{inside}") from None


def as_numpy(values: Any, name: str, expected: str = "an array of numbers") -> npt.NDArray[np.float32]:
    """The same, where every number must be finite: raises ValueError, saying where one is not."""
    array = as_floats(values, name, expected)
    bad = ~np.isfinite(array)
    if bad.any():
        where = [int(i) for i in np.argwhere(bad)[0]]
        raise ValueError(f"{name}: expected finite numbers, got {array[tuple(where)]} at index {where}")
    return array


def pack_causal(square: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """[..., query, key] -> [..., T(T+1)/2]: the lower triangle, row after row."""
    rows, columns = np.tril_indices(square.shape[-1])
    return np.ascontiguousarray(square[..., rows, columns])


def is_causal(square: npt.NDArray[Any]) -> bool:
    """Whether every entry with key > query is exactly 0."""
    rows, columns = np.triu_indices(square.shape[-1], 1)
    return square.shape[-1] == square.shape[-2] and not square[..., rows, columns].any()


def _to_wire(value: npt.NDArray[Any] | None, _owner: object) -> dict[str, Any] | None:
    if value is None:
        return None
    contiguous = np.ascontiguousarray(value)
    return {
        "dtype": contiguous.dtype.name,
        "shape": list(contiguous.shape),
        "scale": "sqrt" if contiguous.dtype == np.uint8 else "linear",
        "data": contiguous.tobytes(),
    }


def _from_wire(value: dict[str, Any] | None, _owner: object) -> npt.NDArray[Any] | None:
    if value is None:
        return None
    return np.frombuffer(value["data"], dtype=value["dtype"]).reshape(value["shape"])


def quantised(p: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Probabilities as round(255·√p): an error of at most .004, and small weights keep their sum (255·p would not)."""
    return np.asarray(np.rint(255 * np.sqrt(np.minimum(p, 1))), np.uint8)


class Array(traitlets.TraitType[Any, Any]):
    """A numpy array of one of the dtypes given, sent little-endian as {dtype, shape, scale, data}. None means absent.

    Read-only: what a view draws stays as it was given.

    uint8 stands for probabilities in the scale of `quantised` ("sqrt"); other dtypes are the numbers ("linear").
    """

    allow_none = True
    default_value = None
    info_text = "a numpy array"

    def __init__(self, *dtypes: Dtype, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self.dtypes = tuple(np.dtype(dtype).newbyteorder("<") for dtype in dtypes)
        self.tag(sync=True, to_json=_to_wire, from_json=_from_wire)

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
