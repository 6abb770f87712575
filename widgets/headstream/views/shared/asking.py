"""What a view's page may ask its kernel: a question in a message, one answer to each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream.views.shared.traits import to_wire
from headstream.views.shared.view import View


class AnsweringView(View):
    """A view whose page asks Python for what is not sent; with no kernel it must be of use without.

    The page's side is `views/shared/frame/ask.ts`. A question is {"ask": number, "question": {...}}; its answer has the
    same number and either what `_answer` returns, with arrays as bytes, or an error in a sentence.
    """

    def __init__(self, drawn: Mapping[str, Any], pinned: Mapping[str, int | None], **settings: Any) -> None:
        super().__init__(drawn, pinned, **settings)
        self.on_msg(self._asked)

    def _answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Arrays and plain values. IndexError, TypeError and ValueError are told in the view."""
        raise NotImplementedError

    def _asked(self, _view: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict) or "ask" not in content:
            return
        buffers: list[bytes] = []
        try:
            question = content.get("question")
            if not isinstance(question, dict):
                raise TypeError(f"question: expected a record, got {question!r}")
            told = {"answer": {name: _packed(value, buffers) for name, value in self._answer(question).items()}}
        except (IndexError, TypeError, ValueError) as error:
            told, buffers = {"error": str(error)}, []  # type: ignore[dict-item]
        self.send({"asked": content["ask"], **told}, buffers)


def _packed(value: Any, buffers: list[bytes]) -> Any:
    """An array as the page reads it, but for its bytes: they travel beside the message, and `data` is their place."""
    if not isinstance(value, np.ndarray):
        return value
    array: npt.NDArray[Any] = value
    wire = to_wire(array, None)
    assert wire is not None
    buffers.append(wire["data"])
    return {**wire, "data": len(buffers) - 1}
