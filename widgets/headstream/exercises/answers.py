"""Calling a reader's function, and comparing what it returns with what is right and with what usually goes wrong."""

from __future__ import annotations

import linecache
import re
import traceback
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


class Wrong(Exception):  # noqa: N818 (not an error of the program)
    """An answer is wrong; the message says what it looks like."""


class Unanswered(Exception):  # noqa: N818
    """The answer is still `...`."""


def is_unanswered(answer: Any) -> bool:
    """Whether an answer is `...`, or a tuple or list with a `...` in it."""
    return answer is ... or (isinstance(answer, tuple | list) and any(part is ... for part in answer))


def call(function: Any, *arguments: Any) -> Any:
    """What the reader's function returns. An error in it becomes a `Wrong` that shows the line."""
    if not callable(function):
        raise Wrong(f"check needs the function itself, without brackets after its name; it got {describe(function)}.")
    import torch

    try:
        with torch.no_grad():
            returned = function(*arguments)
    except (Exception, SystemExit) as error:  # an exit() would end the lesson's kernel
        if "ellipsis" in str(error).lower():  # a `...` left in the middle of the function
            raise Unanswered from error
        raise Wrong(_explain(error, function, arguments)) from error
    if is_unanswered(returned):
        raise Unanswered
    if returned is None:
        raise Wrong("Your function returned None. Does it end with a `return`?")
    return returned


def _explain(error: BaseException, function: Callable[..., Any], arguments: tuple[Any, ...]) -> str:
    """An error in the reader's function, in words: what, on which line, with which arguments."""
    lines = [f"Your function raised {type(error).__name__}: {error}"]
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    if own:
        lines.append(f"  line {own[-1].lineno}: {linecache.getline(own[-1].filename, own[-1].lineno or 0).strip()}")
    if isinstance(error, IndexError):
        lines.append(
            "An index runs past the end of its axis. Is a size fixed that should be read off the model or array?"
        )
    elif re.search(r"shape|size|dimension", str(error)):
        lines.append(
            "Two shapes do not fit. Is one of them transposed, or is the wrong axis picked? Print each .shape."
        )
    lines.append("It was called with " + ", ".join(describe(argument) for argument in arguments) + ".")
    return "\n".join(lines)


def describe(value: Any) -> str:
    """A value in a few words: an array by its shape, a short one as it is."""
    if hasattr(value, "shape"):
        return f"an array of shape {list(value.shape)}"
    if hasattr(value, "W_E"):
        return f"a small model (d_model {value.W_E.shape[1]}, d_vocab {value.W_E.shape[0]})"
    text = repr(value)
    return text if len(text) <= 60 else f"one {type(value).__name__}"


def numbers(value: Any) -> Numbers:
    """A reader's torch tensor, numpy array, list or number as an array; `Wrong` if it is none of these."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise Wrong(f"An array of numbers was expected; yours is {describe(value)}.") from None


def same(got: Numbers, want: Numbers) -> bool:
    """Whether two arrays agree in shape and, to 1e-4 of the largest number, in value."""
    return got.shape == want.shape and bool(np.allclose(got, want, rtol=0, atol=1e-4 * np.abs(want).max(initial=1e-6)))


def agree(returned: Any, right: Any, mistakes: Iterable[tuple[Any, str]] = (), *, what: str = "Your answer") -> None:
    """Raise `Wrong` unless a reader's array is the right one.

    mistakes: what each usual mistake would give, with the message for it; read only if the answer is not right.
    what: what the array is called in messages.
    """
    got, want = numbers(returned), numbers(right)
    if same(got, want):
        return
    for wrong, message in mistakes:
        if same(got, numbers(wrong)):
            raise Wrong(message)
    if got.shape != want.shape:
        raise Wrong(_wrong_shape(got, want, what))
    if not np.isfinite(got).all():
        raise Wrong(f"{what} has NaN or infinity in it. A softmax over nothing but -inf does that; so does log(0).")
    raise Wrong(_wrong_values(got, want, what))


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
    if abs(factor) > 1e-3 and same(got, factor * want):
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
