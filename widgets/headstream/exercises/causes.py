"""What in a reader's function makes its answer wrong, where that is certain."""

from __future__ import annotations

import dis
import io
import linecache
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from traceback import walk_stack
from types import CodeType, ModuleType
from typing import Any

from headstream.exercises.calling import Unanswered, Wrong, call, code_of, describe
from headstream.extras import require


def notebook_objects(function: Any) -> str:
    """A sentence on the lesson's tensors, lists, models and numbers that a function uses without being given them.

    Modules, functions, classes and constants of the reader's own (a text, a float, a name in capitals for a whole
    number) are none. "" if there are none.
    """
    code = code_of(function)
    held = function.__globals__ if code else {}
    names = [name for name in dict.fromkeys(_global_names(code)) if name in held and _is_object(name, held[name])]
    if not names:
        return ""
    few = [f"`{name}` ({describe(held[name])})" for name in names[:4]]
    which = "these are the lesson's objects" if len(names) > 1 else "this is the lesson's object"
    return f"Your function uses {' and '.join(few)} from the notebook: {which}; your function gets its own."


def _global_names(code: CodeType | None) -> Iterator[str]:
    """The global names that a function and the functions inside it read."""
    if code:
        yield from (step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL")
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                yield from _global_names(inner)


def _is_object(name: str, value: Any) -> bool:
    if isinstance(value, int) and not isinstance(value, bool):
        return not name.isupper()
    is_model = hasattr(value, "W_E")
    return is_model or not (value is None or isinstance(value, ModuleType | str | float | bool) or callable(value))


WHY = {
    "matmul": "",
    "softmax": "A softmax over nothing but -inf, or with inf in it, is NaN.",
    "mul": "0 · inf is NaN, and so is 0 · -inf. To put -inf in some places only, fill them: masked_fill, torch.where.",
    "div": "0 / 0 is NaN, and so is inf / inf.",
    "add": "inf - inf is NaN.",
    "sub": "inf - inf is NaN.",
    "log": "The logarithm of a negative number is NaN.",
    "sqrt": "The square root of a negative number is NaN.",
}
"""A part of the name of each function of torch that makes NaN of numbers, and how it does."""


def first_nan(function: Any, arguments: tuple[Any, ...]) -> str:
    """Where a function makes its first NaN out of numbers, and how; "" if torch does not make it."""
    torch, code = require("torch"), code_of(function)
    if not code:
        return ""
    file = code.co_filename
    found: list[str] = []

    def has_nan(value: Any) -> bool:
        if isinstance(value, list | tuple):
            return any(map(has_nan, value))
        return isinstance(value, torch.Tensor) and value.is_floating_point() and bool(value.isnan().any())

    class Watch(torch.overrides.TorchFunctionMode):  # type: ignore[misc,name-defined]
        def __torch_function__(self, made_by: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            before = found or has_nan([*args, *(kwargs or {}).values()])
            result = made_by(*args, **(kwargs or {}))
            if not before and has_nan(result):
                line = next((n for frame, n in walk_stack(sys._getframe()) if frame.f_code.co_filename == file), 0)
                why = next((why for part, why in WHY.items() if part in getattr(made_by, "__name__", "")), "")
                text = linecache.getline(file, line).strip()
                found.append(f"The first NaN is made on line {line}:\n  {text}\n{why}".rstrip())
            return result

    with Watch(), redirect_stdout(io.StringIO()), suppress(Wrong, Unanswered):
        call(function, *arguments)
    return "".join(found[:1])
