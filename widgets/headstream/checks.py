"""Checks of what a caller gives, once for every layer of the package.

Each takes the argument's name first and raises in one phrasing, "name: expected this, got that": TypeError for the
wrong kind of thing, IndexError for an index out of range, ValueError for any other wrong value. Importing this module
imports neither torch nor anywidget.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Collection, Mapping, Sequence
from numbers import Real
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def whole(name: str, value: Any, least: int | None = None, most: int | None = None) -> int:
    """A whole number within the bounds; True and 1.0 are none."""
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name}: expected a whole number, got {_shown(value)}")
    if (least is not None and number < least) or (most is not None and number > most):
        raise ValueError(f"{name}: expected {_bounds(least, most)}, got {number}")
    return number


def index(name: str, value: Any, size: int) -> int:
    """An index from 0 to size - 1; negative ones count from the end."""
    number = whole(name, value)
    if size == 0:
        raise IndexError(f"{name}: there is none to choose from, got {number}")
    if not -size <= number < size:
        raise IndexError(f"{name}: expected {-size} to {size - 1}, got {number}")
    return number % size


def optional_index(name: str, value: Any, size: int) -> int | None:
    """The same, where None means none."""
    return None if value is None else index(name, value, size)


def number(name: str, value: Any, least: float, most: float) -> float:
    """A finite real number within the bounds, as a Python float; numpy's numbers are numbers too."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if not isinstance(value, (Real, np.floating, np.integer)) or isinstance(value, bool):
        raise TypeError(f"{name}: expected a number from {least:g} to {most:g}, got {_shown(value)}")
    found = float(value)
    if not least <= found <= most or math.isnan(found):
        raise ValueError(f"{name}: expected a number from {least:g} to {most:g}, got {found:g}")
    return found


def choice(name: str, value: Any, choices: Collection[Any]) -> Any:
    """One of a few values."""
    if not any(value is one or (type(value) is type(one) and value == one) for one in choices):
        raise ValueError(f"{name}: expected {' or '.join(map(repr, choices))}, got {_shown(value)}")
    return value


def text(name: str, value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected a text, got {type(value).__name__}")
    return value


def items(name: str, values: Any, expected: str) -> list[Any]:
    """A list of what was given; a single string or bytes is none."""
    if isinstance(values, (str, bytes)):
        raise TypeError(f"{name}: expected {expected}, got a single {type(values).__name__}")
    try:
        return list(values)
    except TypeError:
        raise TypeError(f"{name}: expected {expected}, got {type(values).__name__}") from None


def labels(name: str, values: Any, count: int, each: str) -> list[str]:
    """`count` strings, one for `each`, such as "position"."""
    found = items(name, values, f"a list with one string a {each}")
    for place, label in enumerate(found):
        if not isinstance(label, str):
            raise TypeError(f"{name}: expected strings, got {type(label).__name__} at {each} {place}")
    if len(found) != count:
        raise ValueError(f"{name}: expected {count}, one a {each}, got {len(found)}")
    return found


def tokens(values: Sequence[str] | None, length: int) -> list[str]:
    """One label a position; without labels, the positions' numbers."""
    if values is None:
        return [str(position) for position in range(length)]
    return labels("tokens", values, length, "position")


def floats(name: str, values: Any, expected: str = "an array of numbers") -> Floats:
    """A float32 array of its own from numpy, torch (any device, with or without gradient) or nested lists.

    nan and infinity may be in it; complex numbers may not.
    """
    if hasattr(values, "detach"):
        values = values.detach().cpu()
        if hasattr(values, "float") and not values.is_complex():  # numpy has no bfloat16
            values = values.float()
    if values is None:  # numpy reads it as nan
        raise TypeError(f"{name}: expected {expected}, got None")
    try:
        array = np.asarray(values)
        if array.dtype.kind == "c":
            raise TypeError(f"{name}: expected {expected}, got complex numbers")
        return array.astype(np.float32)
    except (TypeError, ValueError) as error:
        if str(error).startswith(f"{name}: "):
            raise
        kind = TypeError if isinstance(error, TypeError) else ValueError
        inside = f" ({error})" if isinstance(values, (list, tuple)) else ""
        raise kind(f"{name}: expected {expected}, got {type(values).__name__}{inside}") from None


def finite(name: str, values: Any, expected: str = "an array of numbers") -> Floats:
    """The same, where every number must be finite."""
    array = floats(name, values, expected)
    bad = ~np.isfinite(array)
    if bad.any():
        where = [int(i) for i in np.argwhere(bad)[0]]
        raise ValueError(f"{name}: expected finite numbers, got {array[tuple(where)]} at index {where}")
    return array


def whole_numbers(name: str, values: Any) -> npt.NDArray[Any]:
    """An array of whole numbers."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name}: expected whole numbers, got {array.dtype}")
    return array


def shape(name: str, array: Any, expected: Sequence[int], axes: str = "") -> None:
    """Whether an array has the shape expected; `axes` names them, such as "layer, head, key"."""
    if tuple(np.shape(array)) != tuple(expected):
        named = f"[{axes}] = " if axes else "shape "
        raise ValueError(f"{name}: expected {named}{list(expected)}, got {list(np.shape(array))}")


def array(
    name: str, values: Any, axes: str, sizes: Mapping[str, int], kind: Literal["float", "whole"] = "float"
) -> dict[str, int]:
    """The size of every axis, the known `sizes` and those found, of a numpy array that has these axes.

    axes: their names, such as "layer, head, key". kind: whether it holds floating-point or whole numbers.
    """
    if not isinstance(values, np.ndarray):
        raise TypeError(f"{name}: expected a numpy array, got {type(values).__name__}")
    if values.dtype.kind not in {"float": "f", "whole": "iu"}[kind]:
        expected = {"float": "floating-point", "whole": "whole"}[kind]
        raise ValueError(f"{name}: expected {expected} numbers, got {values.dtype}")
    names = axes.split(", ")
    found = dict(zip(names, values.shape, strict=False))
    if values.ndim != len(names) or any(sizes.get(axis, size) != size for axis, size in found.items()):
        known = ", ".join(str(sizes.get(axis, axis)) for axis in names)
        equals = "" if known == axes else f" = [{known}]"
        raise ValueError(f"{name}: expected [{axes}]{equals}, got {list(values.shape)}")
    return {**sizes, **found}


def _bounds(least: int | None, most: int | None) -> str:
    if least is None:
        return f"at most {most}"
    return f"{least} or more" if most is None else f"{least} to {most}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"one {type(value).__name__}"
