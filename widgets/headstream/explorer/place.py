"""Where an exploration stands: a state, the runs that it needs, and the states before and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from headstream.explorer.state import State
from headstream.models.runs import Run
from headstream.results import Result
from headstream.results.exploration import CHANGED, MINUS, PROMPT

States = tuple[State, ...]


@dataclass(frozen=True, eq=False)
class Place:
    """runs: those there are, by name. choices: what the views can show."""

    state: State
    runs: Mapping[str, Run]
    choices: tuple[str, ...]
    past: States
    future: States

    @property
    def first(self) -> Run:
        return self.runs[PROMPT]

    @property
    def shown(self) -> Run:
        """The run that the views show, or from which they subtract the prompt's."""
        return self.runs[self.state.shown.removesuffix(MINUS)]

    @property
    def less(self) -> bool:
        """Whether the views show a difference."""
        return self.state.shown.endswith(MINUS)

    @cached_property
    def attention(self) -> Result:
        return self.shown.attention.minus(self.first.attention) if self.less else self.shown.attention


def place(state: State, runs: Mapping[str, Run], before: State, past: States = (), future: States = ()) -> Place:
    """Shows what the state asks for where that can be shown, and the change where a first switch has been turned on."""
    size = len(runs[PROMPT].tokens)
    less = (f"{name}{MINUS}" for name, run in runs.items() if name != PROMPT and len(run.tokens) == size)
    choices = (*runs, *less)
    shown = state.shown if state.shown in choices else PROMPT
    if state.on and not before.on:
        shown = CHANGED
    return Place(replace(state, shown=shown), runs, choices, past, future)
