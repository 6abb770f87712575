"""The panel of an exploration: prompts to type, what comes next, and the parts that are switched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import traitlets

from headstream import checks
from headstream.results.exploration import Exploration
from headstream.views.shared.asking import AnsweringView, Steps
from headstream.views.shared.traits import Array, Flag, Text
from headstream.views.shared.view import TokenView, bundle, token_traits

Answer = Callable[[Mapping[str, Any]], Iterator[float]]


class ExplorerPanel(AnsweringView, TokenView):
    """Draws an `Exploration`, and asks for another one: `hs.explore(model)` makes it, beside the views that it moves.

    exploration: an `Exploration`. answer: called with what the reader asks for, a record: "state" (text, second,
        switches, shown), or "step", -1 or 1, back and forward; it is to `show` another exploration, and yields which
        share of what it has to do is done. Its errors are told in the panel, and what is drawn stays. With none, and
        with no kernel, the panel tells what it stands at.

    A token that is pinned sets `selection.position`, where the next token is read; parts that are pinned elsewhere are
    offered to be switched. Raises TypeError for what is no Exploration.
    """

    _esm = bundle("explorer_panel", "js")
    _css = bundle("explorer_panel", "css")

    text = Text(read_only=True).tag(sync=True)
    second = Text(read_only=True).tag(sync=True)
    second_tokens = traitlets.List(Text(), read_only=True).tag(sync=True)
    position = traitlets.Int(read_only=True).tag(sync=True)
    parts = traitlets.List(Text(), read_only=True).tag(sync=True)
    part_labels = traitlets.List(Text(), read_only=True).tag(sync=True)
    switches: Any = traitlets.List(read_only=True, help="records of part, by, position, on").tag(sync=True)
    runs = traitlets.List(Text(), read_only=True).tag(sync=True)
    choices = traitlets.List(Text(), read_only=True).tag(sync=True)
    shown = Text(read_only=True).tag(sync=True)
    next_tokens = traitlets.List(Text(), read_only=True).tag(sync=True)
    next_prob = Array("float32", help="[run, token]")
    code = Text(read_only=True).tag(sync=True)
    undo = Flag(False, read_only=True)
    redo = Flag(False, read_only=True)

    def __init__(self, exploration: Exploration, *, answer: Answer | None = None, **traits: Any) -> None:
        if answer is not None and not callable(answer):
            raise TypeError(f"answer: expected a function, got {type(answer).__name__}")
        self._to_answer = answer
        super().__init__(self._drawn(exploration), {}, **traits)

    @classmethod
    def _drawn(cls, exploration: Exploration) -> dict[str, Any]:
        if not isinstance(exploration, Exploration):
            kind = type(exploration).__name__
            raise TypeError(f"exploration: expected an Exploration (hs.explore(model) makes it), got {kind}")
        switches = [
            {"part": one.part, "by": one.by, "position": one.position, "on": one.on} for one in exploration.switches
        ]
        return {
            **token_traits(exploration.tokens, exploration.token_ids, len(exploration.tokens)),
            "text": exploration.text,
            "second": exploration.second,
            "second_tokens": checks.tokens(exploration.second_tokens, len(exploration.second_tokens)),
            "position": checks.index("position", exploration.position, len(exploration.tokens)),
            "parts": list(exploration.parts),
            "part_labels": list(exploration.part_labels),
            "switches": switches,
            "runs": list(exploration.runs),
            "choices": list(exploration.choices),
            "shown": exploration.shown,
            "next_tokens": list(exploration.next_tokens),
            "next_prob": exploration.next_prob.astype(np.float32),
            "code": exploration.code,
            "undo": exploration.undo,
            "redo": exploration.redo,
        }

    def _answer(self, question: Mapping[str, Any]) -> Steps:
        if self._to_answer is None:
            raise ValueError("nothing answers this panel: hs.explore(model) makes one that is alive")
        yield from self._to_answer(question)
        return {}
