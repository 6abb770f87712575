"""What an exploration is asked for, and the script that does the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headstream import checks
from headstream.results import Switch
from headstream.results.exploration import CHANGED, MINUS, PROMPT, SECOND

PAGE_TOKENS = 256
_NAMES = {PROMPT: "run", CHANGED: "changed", SECOND: "second"}


@dataclass(frozen=True)
class State:
    """What the reader has asked for: two prompts ("" for no second), switches, and what the views show."""

    text: str
    second: str = ""
    switches: tuple[Switch, ...] = ()
    shown: str = PROMPT

    @property
    def on(self) -> tuple[Switch, ...]:
        """The switches in force."""
        return tuple(switch for switch in self.switches if switch.on)


def state_from(asked: Any) -> State:
    """A state as the page sends it. Raises ValueError or TypeError for anything else."""
    if not isinstance(asked, Mapping) or set(asked) != {"text", "second", "switches", "shown"}:
        raise ValueError(f"state: expected text, second, switches and shown, got {asked!r}")
    switches = []
    for one in checks.items("switches", asked["switches"], "records"):
        if not isinstance(one, Mapping) or not set(one) <= {"part", "by", "position", "on"}:
            raise ValueError(f"switches: expected records of part, by, position and on, got {one!r}")
        switches.append(Switch(**one))
    names = ("text", "second", "shown")
    text, second, shown = (checks.text(name, asked[name]) for name in names)
    return State(text, second, tuple(switches), shown)


def script(state: State, model: str, target: str | int | None, position: int) -> str:
    """Python that makes what is shown, with the package's public functions.

    model: the name that `hs.load` takes, or "". target: of the bars, None for the model's own top token.
    """
    of = state.shown.removesuffix(MINUS)
    changes, name, less = [_change(switch) for switch in state.on], _NAMES[of], state.shown != of
    loaded = f"hs.load({model!r})" if model else "...  # the model that was given"
    lines = ["import headstream as hs", "", f"model = {loaded}", f"run = hs.run(model, {state.text!r})"]
    if state.second:
        lines.append(f"second = hs.run(model, {state.second!r})")
    if any(switch.by == "mean" for switch in state.on):
        lines.append(f"page = hs.pages(model, 1, {PAGE_TOKENS})[0]")
    if changes:
        lines += ["changed = hs.intervene(", "    run,", *(f"    {change}," for change in changes), ")"]
    asked = f"position={position}" if target is None else f"target={target!r}, position={position}"
    attention = f"{name}.attention" + (".minus(run.attention)" if less else "")
    lines += [f"bars = hs.attribute_logit({name}, {asked})", f"lens = hs.logit_lens({name})"]
    if less:
        lines.append(f"bars = bars.minus(hs.attribute_logit(run, {asked}))")
        lines.append("lens = lens.minus(hs.logit_lens(run, also=lens.final))")
    lines += [
        "roles = hs.roles(model)",
        "hs.Board(",
        f"    hs.AttentionHeatmap({attention}, roles=roles),",
        "    hs.ResidualBars(bars, roles=roles),",
        "    hs.LogitLensGrid(lens),",
        ")",
    ]
    return "\n".join(lines) + "\n"


def _change(switch: Switch) -> str:
    place = "" if switch.position is None else f", position={switch.position}"
    if switch.by == "patch":
        return f"hs.patch({switch.part!r}, second{place})"
    over = {"zero": "", "mean": ', "mean", over=page', "resample": ', "resample", over=second'}[switch.by]
    return f"hs.ablate({switch.part!r}{over}{place})"
