"""What a view's page may ask its kernel: a question in a message, one answer to each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream.views.shared.traits import to_wire
from headstream.views.shared.view import View

Answer = dict[str, Any]
Steps = Generator[float, None, Answer]

# Seconds in which the kernel hears what has come meanwhile: between two steps that follow at once it hears nothing.
_HEARS = 0.005


class AnsweringView(View):
    """A view whose page asks Python for what is not sent; with no kernel it must be of use without.

    The page's side is `views/shared/frame/ask.ts`. A question is {"ask": number, "question": {...}}; its answer has the
    same number and either what `_answer` returns, with arrays as bytes, or an error in a sentence. Before the answer to
    what takes long there are messages that say which share of it is done.
    """

    def __init__(self, drawn: Mapping[str, Any], pinned: Mapping[str, int | None], **settings: Any) -> None:
        super().__init__(drawn, pinned, **settings)
        self.on_msg(self._asked)

    def _answer(self, question: Mapping[str, Any]) -> Answer | Steps:
        """Arrays and plain values. IndexError, TypeError and ValueError are told in the view.

        What takes long is a generator, which yields the share that is done and returns the answer: between its steps
        the kernel hears other messages.
        """
        raise NotImplementedError

    def _asked(self, _view: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and "ask" in content:
            self._go_on(content["ask"], self._steps(content["ask"], content.get("question")))

    def _steps(self, ask: int, question: Any) -> Steps:
        if not isinstance(question, dict):
            raise TypeError(f"question: expected a record, got {question!r}")
        answer = self._answer(question)
        if isinstance(answer, dict):
            return answer
        self.send({"asked": ask, "done": 0.0}, [])
        return (yield from answer)

    def _go_on(self, ask: int, steps: Steps) -> None:
        told: dict[str, Any]
        buffers: list[bytes] = []
        try:
            told = {"done": next(steps)}
        except StopIteration as end:
            told = {"answer": {name: _packed(value, buffers) for name, value in end.value.items()}}
        except (IndexError, TypeError, ValueError) as error:
            told = {"error": str(error)}
        self.send({"asked": ask, **told}, buffers)
        if "done" in told:
            _soon(partial(self._go_on, ask, steps))


def _soon(run: Callable[[], None]) -> None:
    """When the kernel has heard what came meanwhile; at once where none listens."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        run()
    else:
        loop.call_later(_HEARS, run)


def _packed(value: Any, buffers: list[bytes]) -> Any:
    """An array as the page reads it, but for its bytes: they travel beside the message, and `data` is their place."""
    if not isinstance(value, np.ndarray):
        return value
    array: npt.NDArray[Any] = value
    wire = to_wire(array, None)
    assert wire is not None
    buffers.append(wire["data"])
    return {**wire, "data": len(buffers) - 1}
