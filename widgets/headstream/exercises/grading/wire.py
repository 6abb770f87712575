"""What passes between a student's kernel and the judge.

To the kernel: pickled arguments of cases, made by the judge. From the kernel: JSON with numbers, texts and arrays in
it, and nothing that is ever unpickled or run.
"""

from __future__ import annotations

import base64
import io
import json
import math
import pickle
import socket
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from headstream.exercises.answers import MOST, numbers
from headstream.exercises.calling import Unanswered, Wrong, describe
from headstream.exercises.sealed_models import is_sealed
from headstream.exercises.small_models import blank_model, rebuilt, sizes_and_weights
from headstream.models.sealed import sealed
from headstream.views.shared.selection import FIELDS
from headstream.views.shared.view import View

MOST_BYTES = 32 * 2**20  # of one message from a kernel: an answer of MOST numbers takes 11 MB
MOST_PARTS = 10_000  # of a list
MOST_LETTERS = 2_000  # of a text: no exercise needs a longer one, and a model would read it in the judge


class NotJudged(Exception):  # noqa: N818 (no error of the program)
    """An answer was found in a view, and the lesson that shows the view as it should be is not here."""


def send(to: socket.socket, message: bytes) -> None:
    to.sendall(struct.pack("!I", len(message)) + message)


def receive(source: socket.socket) -> bytes:
    """One message. Raises ConnectionError where it ends too early or is too long, TimeoutError of the socket's own."""
    (length,) = struct.unpack("!I", _exactly(source, 4))
    if length > MOST_BYTES:
        raise ConnectionError(f"a message of {length} bytes")
    return _exactly(source, length)


def _exactly(source: socket.socket, count: int) -> bytes:
    found = bytearray()
    while len(found) < count:
        part = source.recv(min(count - len(found), 2**20))
        if not part:
            raise ConnectionError("the other side has gone")
        found += part
    return bytes(found)


class _Pickler(pickle.Pickler):
    """Pickles models too, which hold hooks that pickle cannot take: as sizes and weights."""

    def reducer_override(self, value: Any) -> Any:
        return (rebuilt, sizes_and_weights(value)) if type(value).__name__ == "TransformerBridge" else NotImplemented


def pickled(arguments: tuple[Any, ...]) -> bytes:
    """A case's arguments, for the kernel: only the judge makes these, and only kernels read them."""
    file = io.BytesIO()
    _Pickler(file).dump(arguments)
    return file.getvalue()


def plain(answer: Any) -> Any:
    """An answer as JSON takes it; `Wrong` if it is none. Of a view: what its reader has pinned and set in it."""
    if answer is ...:
        return {"dots": True}
    if answer is None or type(answer) in (bool, int, float, str):
        return answer
    if issubclass(type(answer), str):
        return str(answer)
    if issubclass(type(answer), list | tuple):
        if len(answer) > MOST_PARTS:
            raise Wrong(f"Your answer is far too long: {len(answer)} parts.")
        return {"tuple" if issubclass(type(answer), tuple) else "list": [plain(part) for part in answer]}
    if isinstance(answer, View):
        return {"view": type(answer).__name__, "state": _state(answer)}
    if is_sealed(answer):
        return {"sealed": int(answer.cfg.model_name.removeprefix("sealed-"))}
    if type(answer).__name__ == "TransformerBridge":
        return {"weights": {name: plain(array) for name, array in sizes_and_weights(answer)[1].items()}}
    if callable(answer):
        return {"function": True}
    array = numbers(answer)
    return {"shape": list(array.shape), "float64": base64.b64encode(array.astype("<f8").tobytes()).decode()}


def done_in_views(answer: Any) -> Any:
    """Of an answer that is a view, or a tuple of views and texts, what `plain` makes of it; None of any other."""
    parts = answer if type(answer) is tuple else (answer,)
    views = [issubclass(type(part), View) for part in parts]  # isinstance asks the object, which may be a reader's own
    is_one = any(views) and all(view or type(part) is str for view, part in zip(views, parts, strict=True))
    return plain(answer) if is_one else None


def _state(view: View) -> dict[str, Any]:
    """What a reader has done in a view: its settings, and what is pinned."""
    settings = {name: getattr(view, name) for name in _settings(view)}
    pinned = {name: getattr(view.selection, name) for name in FIELDS}
    return {"settings": json.loads(json.dumps(settings)), "selection": pinned}


def _settings(view: View) -> list[str]:
    own = {name: trait for name, trait in view.traits(sync=True).items() if not name.startswith("_")}
    return [name for name, trait in own.items() if not trait.read_only and name not in View.class_traits()]


def read(message: bytes) -> Any:
    """What a kernel sent, as JSON has it. Raises ValueError if it is no JSON object."""
    try:
        found = json.loads(message)
    except RecursionError:
        raise ValueError("a message nested too deep") from None
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


def restored(data: Any, function: Callable[..., Any], shown: Any = None) -> Any:
    """The answer that a kernel told of by `plain`, made anew here; `Wrong` if it cannot be.

    function: stands for the student's own. shown: the answer of the lesson as it is shipped; its views take the place
    of the student's, and what the student did in theirs is done in them. `NotJudged` where there is a view, but no
    `shown`.
    """
    if isinstance(data, str) and len(data) > MOST_LETTERS:
        raise Wrong(f"Your text has {len(data)} characters. {MOST_LETTERS} are the most.")
    if not isinstance(data, dict):
        return data
    match data:
        case {"dots": True}:
            return ...
        case {"function": True}:
            return function
        case {"tuple": list(parts)} | {"list": list(parts)} if len(parts) <= MOST_PARTS:
            like = list(shown) if isinstance(shown, list | tuple) else []
            like += [None] * (len(parts) - len(like))
            found = [restored(part, function, other) for part, other in zip(parts, like, strict=False)]
            return tuple(found) if "tuple" in data else found
        case {"view": str(), "state": {"settings": dict(settings), "selection": dict(pinned)}}:
            if shown is None:
                raise NotJudged
            return _set(shown, settings, pinned)
        case {"sealed": int(seed)}:
            return sealed(seed)
        case {"weights": dict(weights)}:
            return _model({name: restored(array, function) for name, array in weights.items()})
        case {"shape": list(shape), "float64": str(text)}:
            return _array(shape, text)
    raise Wrong(f"What came back is no answer: {describe(data)}.")


def has_view(data: Any) -> bool:
    """Whether what `plain` made has a view in it."""
    if not isinstance(data, dict):
        return False
    parts = data.get("tuple", data.get("list"))
    return "view" in data or (isinstance(parts, list) and any(map(has_view, parts)))


def _set(view: Any, settings: dict[str, Any], pinned: dict[str, Any]) -> Any:
    """The lesson's view with what a student did in theirs; `Wrong` where that means nothing in it."""
    if not isinstance(view, View):
        raise Wrong("A view stands where the lesson has none.")
    try:
        view.selection.clear()
        for name, value in settings.items():
            if name in _settings(view):
                setattr(view, name, value)
        for name in FIELDS:
            setattr(view.selection, name, pinned.get(name))
    except Exception as error:  # each trait refuses in its own way
        raise Wrong(f"What is set in the view means nothing in the lesson's: {error}") from error
    return view


def _model(weights: dict[str, Any]) -> Any:
    """The small model that is set by hand in lesson 10: the only one that is an answer."""
    sizes, _ = sizes_and_weights(blank_model())
    try:
        return rebuilt(sizes, weights)
    except Exception as error:  # torch has errors of several kinds for what does not fit
        raise Wrong(
            "Your answer is to be the small model itself, and its weights have other names or shapes."
        ) from error


def _array(shape: list[Any], text: str) -> Any:
    if not all(type(size) is int and 0 <= size <= MOST for size in shape) or math.prod(shape) > MOST or len(shape) > 32:
        raise Wrong("Your answer is far too large.")
    content = base64.b64decode(text)
    if len(content) != 8 * math.prod(shape):
        raise Wrong("What came back is no array.")
    return np.frombuffer(content, "<f8").astype(float).reshape(shape)


def told(error: Exception) -> dict[str, Any]:
    """How a function failed, as a message."""
    return {"unanswered": True} if isinstance(error, Unanswered) else {"wrong": str(error)}
