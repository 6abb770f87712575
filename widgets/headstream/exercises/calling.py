"""Calling a reader's function: what it returns, or its error in words."""

from __future__ import annotations

import linecache
import re
import sys
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from types import CodeType, FrameType, FunctionType, MethodType
from typing import Any


class Wrong(Exception):  # noqa: N818 (not an error of the program)
    """An answer is wrong; the message says what it looks like.

    arguments, expected, got: the case that failed, for the reader to look at; None where there is none. The arguments
    are as the function took them, before it could change them.
    """

    def __init__(
        self, message: str, arguments: tuple[Any, ...] | None = None, expected: Any = None, got: Any = None
    ) -> None:
        super().__init__(message)
        self.arguments, self.expected, self.got = arguments, expected, got


class Unanswered(Exception):  # noqa: N818
    """The answer is still `...`."""


def is_unanswered(answer: Any) -> bool:
    """Whether an answer is `...`, or a tuple or list with a `...` in it."""
    return answer is ... or (type(answer) in (tuple, list) and any(part is ... for part in answer))


def call(function: Any, *arguments: Any) -> Any:
    """What the reader's function returns, without gradients. An error in it becomes a `Wrong` that shows the line."""
    if not callable(function):
        raise Wrong(f"check needs the function itself, without brackets after its name; it got {describe(function)}.")
    torch = sys.modules.get("torch")  # never loaded for the sake of a function that does without
    try:
        with torch.no_grad() if torch else nullcontext():
            returned = function(*arguments)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # an exit() would end the lesson's kernel
        own = _own_frames(error, function)
        if _met_dots(error, own):
            raise Unanswered from error
        raise Wrong(_explain(error, own, arguments)) from error
    if is_unanswered(returned):
        raise Unanswered
    if returned is None:
        raise Wrong("Your function returned None. Does it end with a `return`?")
    return returned


def code_of(function: Any) -> CodeType | None:
    """The code of a function or method of the reader's; None for any other object that can be called."""
    return function.__code__ if issubclass(type(function), FunctionType | MethodType) else None


def _own_frames(error: BaseException, function: Callable[..., Any]) -> list[tuple[FrameType, int]]:
    """Where the error passed through the reader's own code: frames and their line numbers."""
    file = getattr(code_of(function), "co_filename", None)
    return [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file]


def _met_dots(error: BaseException, own: list[tuple[FrameType, int]]) -> bool:
    """Whether a `...` left standing in the function was taken for a value, as in `... + 1`.

    numpy also says "ellipsis" of an index that has two of them: an IndexError, and a mistake like any other.
    """
    taken = isinstance(error, TypeError | AttributeError) and "ellipsis" in _message(error).lower()
    return taken and any(... in frame.f_code.co_consts for frame, _ in own)


def _explain(error: BaseException, own: list[tuple[FrameType, int]], arguments: tuple[Any, ...]) -> str:
    """An error in the reader's function, in words: what, on which line, with which values, and what is sure of it."""
    message = _message(error)
    lines = [f"Your function raised {type(error).__name__}: {message}"]
    if own:
        frame, number = own[-1]
        line = linecache.getline(frame.f_code.co_filename, number).strip()
        lines.append(f"  line {number}: {line}")
        if known := _values(line, frame):
            lines.append(f"There {', '.join(known)}.")
    if past := re.search(r"index (-?\d+) is out of bounds for (?:axis|dimension) (\d+) with size (\d+)", message):
        index, axis, size = past.groups()
        lines.append(f"Axis {axis} has {size} entries, so there is no index {index}: they are counted from 0.")
    elif re.search(r"(list|tuple|string) index out of range", message):
        lines.append("Entries are counted from 0, so the last one stands at the length less 1.")
    elif re.search(
        r"must match|mismatch|not aligned|cannot be multiplied|could not be broadcast|Expected size", message
    ):
        lines.append("Two shapes do not fit. Is one of them transposed, or is the wrong axis picked?")
    lines.append("It was called with " + ", ".join(describe(argument) for argument in arguments) + ".")
    return "\n".join(lines)


def _values(line: str, frame: FrameType) -> list[str]:
    """What the names on the line that failed stood for: numbers, and the sizes of arrays and lists."""
    names = dict.fromkeys(re.findall(r"(?<![\w.'\"])[A-Za-z_]\w*", line))
    held = {name: frame.f_locals[name] for name in names if name in frame.f_locals}
    return [f"`{name}` is {describe(value)}" for name, value in held.items()]


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # the reader's own class of errors
        return "(an error without a readable message)"


def describe(value: Any) -> str:
    """A value in a few words: an array by its shape, a short one as it is."""
    try:
        if hasattr(value, "shape"):
            return f"an array of shape {list(value.shape)}"
        if hasattr(value, "W_E"):
            return f"a small model (d_model {value.W_E.shape[1]}, d_vocab {value.W_E.shape[0]})"
        if type(value) in (list, tuple) and len(value) > 8:
            return f"a {type(value).__name__} of {len(value)}"
        text = repr(value)
    except Exception:  # the reader's own object: it may fail at anything
        text = ""
    is_short = 0 < len(text) <= 60 and not text.startswith("<")
    return text if is_short else f"one {type(value).__name__}"
