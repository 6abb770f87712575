"""Reading what a reader's function returned, and comparing it with what is right and with what usually goes wrong."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream.exercises.calling import Wrong, describe

Numbers = npt.NDArray[np.float64]
Plain = Numbers | str | list[str]
"""An answer, or one part of it, as it is compared: of numbers, an array of its own."""

MOST = 1_000_000  # numbers in an answer: none needs as many, and a copy of more could end the kernel


def read(value: Any, expected: Any, what: str = "Your answer") -> Plain:
    """A returned value in the kind of the expected one; `Wrong` with a sentence if it cannot be read so.

    what: what the value is called in messages; of texts the call that returned it, such as "bpe('aa', [])".
    """
    if not isinstance(expected, str | list):
        return numbers(value, what)
    with suppress(Exception):  # the reader's own kind of text may raise anything
        if issubclass(type(value), str):
            return str(value)
        if issubclass(type(value), list | tuple) and all(isinstance(item, str) for item in value):
            return [str(item) for item in value]
    raise Wrong(f"{what}: expected {expected!r}, got {describe(value)}.")


def numbers(value: Any, what: str = "Your answer") -> Numbers:
    """A torch tensor, numpy array, list or number as an array of its own; `Wrong` if it is none of these, or complex,
    or in half precision, or larger than any answer."""
    try:
        array = np.array(_plain(value, what))
        if array.dtype.kind == "O":
            array = array.astype(np.float64)
    except Wrong:
        raise
    except Exception:  # the reader's own object, or a sparse, quantised or meta tensor: each fails in its own way
        raise Wrong(f"An array of numbers was expected; yours is {_kind(value)}.") from None
    if array.dtype.kind == "c":
        raise Wrong(f"{what} is complex. Real numbers are expected.")
    if array.dtype.kind not in "biuf":
        raise Wrong(f"An array of numbers was expected; yours is {_kind(value)}.")
    return array.astype(np.float64)


def _plain(value: Any, what: str) -> Any:
    """The same in numpy arrays, numbers and nested lists of numbers."""
    shape = value.shape if hasattr(value, "shape") else (len(value),) if hasattr(value, "__len__") else ()
    if np.prod(shape, dtype=float) > MOST:
        raise Wrong(f"{what} is far too large: {describe(value)}.")
    if isinstance(value, list | tuple):
        if any(getattr(item, "shape", ()) != () for item in value):
            raise Wrong(f"{what} is to be one array, not a list of {len(value)}: torch.stack or np.stack joins them.")
        return [_plain(item, what) for item in value]
    if np.ma.is_masked(value):
        raise Wrong(f"{what} has masked entries. Every number is expected.")
    dtype = str(getattr(value, "dtype", "")).removeprefix("torch.")
    if "float16" in dtype or "float8" in dtype:
        raise Wrong(f"{what} is in {dtype}, which keeps too few digits to be checked. Compute it in float32.")
    return value.detach().cpu().resolve_conj().resolve_neg().numpy() if hasattr(value, "detach") else value


def _kind(value: Any) -> str:
    """What a value is that cannot be read as numbers: of a tensor, all that may be the cause."""
    torch = sys.modules.get("torch")
    if torch and issubclass(type(value), torch.Tensor):
        return f"a tensor of {value.dtype}, {value.layout}, on the device {value.device}"
    return describe(value)


def right(got: Plain, expected: Any) -> bool:
    """Whether an answer that was read is the right one: of numbers, to 1e-4 of the largest."""
    return same(got, numbers(expected)) if isinstance(got, np.ndarray) else got == expected


def alike(one: Plain, other: Plain) -> bool:
    """Whether two answers are the same, NaN in the same places included, and numbers as closely as float32 computes."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return same(one, other, tolerance=1e-5)
    return type(one) is type(other) and one == other


def same(got: Numbers, want: Numbers, tolerance: float = 1e-4) -> bool:
    """Whether two arrays agree in shape and, to a share of the largest finite number, in value."""
    largest = np.abs(want[np.isfinite(want)]).max(initial=1e-6)
    return got.shape == want.shape and bool(np.isclose(got, want, 0, tolerance * largest, equal_nan=True).all())


def telling(got: Plain) -> bool:
    """Whether a match with this answer is no chance: it has enough distinct numbers."""
    return isinstance(got, np.ndarray) and np.unique(got[np.isfinite(got)]).size > 3


def fault(got: Plain, expected: Any, what: str) -> str:
    """What a wrong answer looks like, by the mistakes that leave a trace in any exercise."""
    if not isinstance(got, np.ndarray):
        shown = repr(got)
        return f"{what}: expected {expected!r}, got {shown if len(shown) < 200 else describe(got)}."
    want = numbers(expected)
    if got.shape != want.shape:
        return _wrong_shape(got, want, what)
    for name, bad in (("NaN", np.isnan(got)), ("infinity", np.isinf(got))):
        if bad.any():
            where = [int(i) for i in np.argwhere(bad)[0]]
            return f"{what} {f'has {name} in it, first at {where}' if where else f'is {name}'}."
    return _wrong_values(got, want, what)


def _wrong_shape(got: Numbers, want: Numbers, what: str) -> str:
    expected = list(want.shape) if want.shape else "one number"
    message = f"{what} has the wrong shape: expected {expected}, got {list(got.shape)}."
    if got.shape == (1, *want.shape):
        return f"{message} There is a batch axis of length 1 too many: take [0]."
    if got.shape == want.shape[::-1] and same(got.T, want):
        return f"{message} It is transposed."
    return message


def _wrong_values(got: Numbers, want: Numbers, what: str) -> str:
    if not want.shape:
        return f"{what}: expected {want:.4g}, got {got:.4g}."
    if want.ndim == 2 and same(got.T, want):
        return f"{what} is transposed: rows and columns are exchanged."
    if same(-got, want):
        return f"{what} has the wrong sign."
    for axis in range(want.ndim):
        here, there = np.moveaxis(got, axis, 0), np.moveaxis(want, axis, 0)
        shifted = (here[1:], there[:-1]), (here[:-1], there[1:])
        if any(telling(theirs) and same(mine, theirs) for mine, theirs in shifted):
            return (
                f"{what} is off by one along axis {axis}: each entry holds what belongs in the next or the one before."
            )
    factor = float((got * want).sum() / max((want * want).sum(), 1e-12))
    if telling(want) and abs(factor) > 1e-3 and same(got, factor * want):
        return f"{what} is {factor:.3g} times the right one everywhere."
    if telling(want) and same(got - (got - want).mean(), want):
        return f"{what} is off by the same number everywhere, {(got - want).mean():.3g}."
    error = np.abs(got - want)
    worst = np.unravel_index(int(error.argmax()), error.shape)
    share = float((error <= 1e-4 * np.abs(want).max(initial=1e-6)).mean())
    where = [int(i) for i in worst]
    return (
        f"{what} differs most at {where}: expected {want[worst]:.4g}, got {got[worst]:.4g}; {share:.0%} of it is right."
    )
