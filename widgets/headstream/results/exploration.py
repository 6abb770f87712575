"""What an exploration stands at: its prompts, what is switched, and what the model then says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Result, TokenIds, check_tokens, quoted
from headstream.tables import Cell, Table

PROMPT, CHANGED, SECOND = "prompt", "changed", "second prompt"
MINUS = f" − {PROMPT}"
BY = ("zero", "mean", "resample", "patch")
FROM_SECOND = ("resample", "patch")


@dataclass(frozen=True)
class Switch:
    """A part of the model whose write is replaced, and that can be turned off again.

    part: its name, such as "1.6". by: "zero"; "mean", over a page of Alice; "resample", at random places of the second
    prompt; or "patch", from the same place of the second prompt. position: where, or None for everywhere.
    """

    part: str
    by: str
    position: int | None = None
    on: bool = True

    def __post_init__(self) -> None:
        checks.text("Switch.part", self.part)
        checks.choice("Switch.by", self.by, BY)
        if self.position is not None:
            checks.whole("Switch.position", self.position, 0)
        if not isinstance(self.on, bool):
            raise TypeError(f"Switch.on: expected True or False, got {self.on!r}")


@dataclass(frozen=True, eq=False, repr=False)
class Exploration(Result):
    """Where `hs.explore` stands.

    text, second: the prompts, the second "" where there is none. tokens, token_ids: [position], of the first.
    second_tokens: those of the second.
    position: where the next token is read.
    parts: the names of all that can be switched; part_labels: the same with heads' roles.
    switches: what is switched, in or out of force.
    runs: the names of the runs there are: "prompt", "changed" (where a switch is on), "second prompt".
    choices: what the views can show, runs and "... − prompt"; shown: what they do show.
    next_tokens: labels; next_prob: [run, token] float32, the probability that each comes next.
    code: the script that makes what is shown. undo, redo: whether there is a step back, or one forward again.
    """

    text: str
    second: str
    tokens: tuple[str, ...]
    token_ids: TokenIds
    second_tokens: tuple[str, ...]
    position: int
    parts: tuple[str, ...]
    part_labels: tuple[str, ...]
    switches: tuple[Switch, ...]
    runs: tuple[str, ...]
    choices: tuple[str, ...]
    shown: str
    next_tokens: tuple[str, ...]
    next_prob: Floats
    code: str
    undo: bool = False
    redo: bool = False

    def __post_init__(self) -> None:
        size = check_tokens("Exploration", self.tokens, self.token_ids)
        checks.index("Exploration.position", self.position, size)
        checks.labels("Exploration.part_labels", self.part_labels, len(self.parts), "part")
        checks.choice("Exploration.shown", self.shown, self.choices)
        axes = {"run": len(self.runs), "token": len(self.next_tokens)}
        checks.array("Exploration.next_prob", self.next_prob, "run, token", axes)
        if self.next_prob.size and not (self.next_prob.min() >= 0 and self.next_prob.max() <= 1 + 1e-5):
            raise ValueError("Exploration.next_prob: expected probabilities, from 0 to 1")

    def __repr__(self) -> str:
        on = f"{sum(switch.on for switch in self.switches)} of {len(self.switches)} switches on"
        return f"Exploration of {len(self.tokens)} tokens, {on}, showing {self.shown}"

    def records(self) -> list[dict[str, Any]]:
        """One record for every run and next token: run, token, probability."""
        return [
            {"run": self.runs[run], "token": self.next_tokens[token], "probability": float(self.next_prob[run, token])}
            for run, token in np.ndindex(self.next_prob.shape)
        ]

    def table(self) -> Table:
        """The most probable next tokens, in every run."""
        rows: list[tuple[Cell, ...]] = [
            (quoted(token), *map(float, column))
            for token, column in zip(self.next_tokens, self.next_prob.T, strict=True)
        ]
        return Table(("next token", *self.runs), rows, caption=repr(self))
