"""Comparing what a reader's function returned with what is right and with what usually goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream.exercises.calling import Wrong, describe

Numbers = npt.NDArray[np.float64]
Mistaken = Iterable[tuple[Any, str]]
"""What each usual mistake returns, with the message for it; read only if the answer is not right."""


def agree(returned: Any, expected: Any, mistaken: Mistaken = (), *, what: str = "Your answer") -> None:
    """Raise `Wrong` unless a reader's numbers are the right ones, to 1e-4 of the largest.

    what: what the numbers are called in messages.
    """
    got, want = numbers(returned, what), numbers(expected)
    if same(got, want):
        return
    for wrong, message in mistaken:
        if fits(wrong, got):
            raise Wrong(message)
    if got.shape != want.shape:
        raise Wrong(_wrong_shape(got, want, what))
    if not np.isfinite(got).all():
        raise Wrong(f"{what} has NaN or infinity in it. A softmax over nothing but -inf does that; so does log(0).")
    raise Wrong(_wrong_values(got, want, what))


def agree_text(returned: Any, expected: str | list[str], mistaken: Mistaken = (), *, what: str) -> None:
    """Raise `Wrong` unless a reader's string or list of strings is the right one.

    what: the call that returned it, such as "bpe('aa', [])".
    """
    got = _text(returned)
    if got == expected:
        return
    told = (message for wrong, message in mistaken if wrong is returned or (got is not None and _text(wrong) == got))
    shown = describe(returned) if got is None else repr(got)
    raise Wrong(f"{what}: expected {expected!r}, got {shown}. {next(told, '')}".rstrip())


def numbers(value: Any, what: str = "Your answer") -> Numbers:
    """A torch tensor, numpy array, list or number as an array of its own; `Wrong` if it is none of these, or complex,
    or in half precision."""
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
    if isinstance(value, list | tuple):
        if any(getattr(item, "shape", ()) != () for item in value):
            raise Wrong(f"{what} is to be one array, not a list of {len(value)}: torch.stack or np.stack joins them.")
        return [_plain(item, what) for item in value]
    dtype = str(getattr(value, "dtype", "")).removeprefix("torch.")
    if "float16" in dtype or "float8" in dtype:
        raise Wrong(f"{what} is in {dtype}, which keeps too few digits to be checked. Compute it in float32.")
    return value.detach().cpu().resolve_conj().resolve_neg().numpy() if hasattr(value, "detach") else value


def _kind(value: Any) -> str:
    """What a value is that cannot be read as numbers: of a tensor, all that may be the cause."""
    torch = sys.modules.get("torch")
    if torch and isinstance(value, torch.Tensor):
        return f"a tensor of {value.dtype}, {value.layout}, on the device {value.device}"
    return describe(value)


def _text(value: Any) -> str | list[str] | None:
    """A string, or a list of strings; None for all else."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return [str(item) for item in value]
    return None


def same(got: Numbers, want: Numbers, tolerance: float = 1e-4) -> bool:
    """Whether two arrays agree in shape and, to a share of the largest finite number, in value."""
    largest = np.abs(want[np.isfinite(want)]).max(initial=1e-6)
    return got.shape == want.shape and bool(np.isclose(got, want, rtol=0, atol=tolerance * largest).all())


def fits(value: Any, want: Numbers) -> bool:
    """Whether what a mistake returned is an array, and the one wanted, as closely as float32 computes: a loose match of
    two single numbers would now and then be chance."""
    try:
        return same(numbers(value), want, tolerance=1e-5)
    except Wrong:  # it is no array
        return False


def _wrong_shape(got: Numbers, want: Numbers, what: str) -> str:
    expected = list(want.shape) if want.shape else "one number"
    message = f"{what} has the wrong shape: expected {expected}, got {list(got.shape)}."
    if got.shape == (1, *want.shape):
        return f"{message} There is a batch axis of length 1 too many: take [0]."
    if got.shape == want.shape[::-1]:
        return f"{message} It looks transposed."
    return message


def _wrong_values(got: Numbers, want: Numbers, what: str) -> str:
    """What right-shaped wrong numbers look like, by the mistakes that leave a trace in any exercise."""
    if want.ndim == 2 and same(got.T, want):
        return f"{what} is transposed: rows and columns are exchanged."
    if same(-got, want):
        return f"{what} has the wrong sign."
    for axis, length in enumerate(want.shape):
        here, there = np.moveaxis(got, axis, 0), np.moveaxis(want, axis, 0)
        if length > 2 and (same(here[1:], there[:-1]) or same(here[:-1], there[1:])):
            return (
                f"{what} is off by one along axis {axis}: each entry holds what belongs in the next or the one before."
            )
    factor = float((got * want).sum() / max((want * want).sum(), 1e-12))
    few = np.unique(want).size < 3  # any number is a multiple of any other
    if not few and abs(factor) > 1e-3 and same(got, factor * want):
        return f"{what} is {factor:.3g} times the right one everywhere. A scale is missing, or is there twice."
    if want.size > 2 and same(got - (got - want).mean(), want):
        return (
            f"{what} is off by the same number everywhere, {(got - want).mean():.3g}. Was something added or left out?"
        )
    error = np.abs(got - want)
    worst = np.unravel_index(int(error.argmax()), error.shape)
    share = float((error <= 1e-4 * np.abs(want).max(initial=1e-6)).mean())
    where = f" at {[int(i) for i in worst]}" if worst else ""
    return f"{what} differs most{where}: expected {want[worst]:.4g}, got {got[worst]:.4g}; {share:.0%} of it is right."
