"""Free exploration in one call: prompts typed, parts switched, and every click the script that does the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from headstream.explorer.state import PAGE_TOKENS, State, script, state_from
from headstream.framework.heads import roles as heads_roles
from headstream.framework.interventions import Change, ablate, intervene, parts, patch
from headstream.framework.lens import logit_lens
from headstream.framework.residual import attribute_logit
from headstream.models import run
from headstream.models.labels import labels, token_id
from headstream.models.pages import pages
from headstream.models.runs import Run, checked_model
from headstream.models.shipped import PURPOSE
from headstream.results import Exploration, Result, Roles, Switch
from headstream.results.exploration import CHANGED, MINUS, PROMPT, SECOND
from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.board import Board
from headstream.views.explorer_panel import ExplorerPanel
from headstream.views.logit_lens_grid import LogitLensGrid
from headstream.views.residual_bars import ResidualBars

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

_TOP = 4  # next tokens of every run


class Explorer(Board):
    """A board on which a model is explored: see `explore`, which makes it.

    panel, heatmap, bars, lens: its views. state: what is asked for. code: the script that makes what is shown.
    """

    def __init__(self, model: TransformerBridge, state: State, roles: Any) -> None:
        self._model, self._roles, self._runs = model, roles, dict[str, Run]()
        self._past, self._future = list[State](), list[State]()
        self.state, self.code = state, ""
        self._kept: tuple[dict[str, Run], Any, Any] | None = None  # of the state: its runs, attention and lens
        exploration, attention, bars, lens = self._explored(state, None)
        self.panel = ExplorerPanel(exploration, answer=self._asked)
        self.heatmap = AttentionHeatmap(attention, roles=roles)
        self.bars = ResidualBars(bars, roles=roles)
        self.lens = LogitLensGrid(lens)
        super().__init__(self.panel, self.heatmap, self.bars, self.lens)
        self.selection.observe(lambda _: self._go(self.state), "position")

    def ask(self, state: State) -> None:
        """Go to another state, which `undo` leaves again. Where that raises an error, all stays as it was."""
        before = self.state
        if not self._future and _only_typed(before, state) and self._past and _only_typed(self._past[-1], before):
            self._go(state)  # of a prompt that is being typed, the first letter is one step back
        else:
            self._go(state, past=[*self._past, before], future=[])

    def undo(self) -> None:
        """Back to the state before; nothing where there is none."""
        if self._past:
            self._go(self._past[-1], past=self._past[:-1], future=[self.state, *self._future])

    def redo(self) -> None:
        """Forward to the state that `undo` left."""
        if self._future:
            self._go(self._future[0], past=[*self._past, self.state], future=self._future[1:])

    def _asked(self, question: Mapping[str, Any]) -> None:
        match question:
            case {"state": asked}:
                self.ask(state_from(asked))
            case {"step": -1}:
                self.undo()
            case {"step": 1}:
                self.redo()
            case _:
                raise ValueError(f"question: expected a state or a step, got {dict(question)!r}")

    def _go(self, state: State, *, past: list[State] | None = None, future: list[State] | None = None) -> None:
        history, kept = (self._past, self._future), self._kept
        self._past = history[0] if past is None else past
        self._future = history[1] if future is None else future
        try:
            exploration, attention, bars, lens = self._explored(state, self.selection.position)
        except Exception as error:  # whatever the model raises is a sentence in the panel, and all stays as it was
            self._past, self._future = history
            if isinstance(error, (ValueError, IndexError, TypeError)):
                raise
            raise ValueError(f"the model stopped with {type(error).__name__}: {error}") from error
        self.panel.show(exploration)
        self.bars.show(bars, roles=self._roles)
        if self._kept is kept:
            return  # another position is read: attention and lens are of all positions
        self.heatmap.show(attention, roles=self._roles)
        changes = lens.change is not None and self.lens.change is None
        self.lens.show(lens)
        if changes:
            self.lens.color = "change"

    def _explored(self, state: State, pinned: int | None) -> tuple[Exploration, Any, Any, Any]:
        """What a state shows: the panel's, the heatmap's, the bars' and the lens' result. Sets `state` and `code`."""
        kept = self._kept if state == self.state else None
        found = kept[0] if kept else self._all_runs(state)
        first = found[PROMPT]
        size = len(first.tokens)
        choices = [*found, *(f"{name}{MINUS}" for name in found if name != PROMPT and len(found[name].tokens) == size)]
        state = _settled(state, self.state, choices)
        of = state.shown.removesuffix(MINUS)
        this, less = found[of], state.shown != of
        position = size - 1 if pinned is None or pinned >= size else pinned
        place = position if pinned is not None and position < len(this.tokens) else len(this.tokens) - 1
        target = int(first.logits[position].argmax()) if of != SECOND or less else None
        attention: Result = kept[1] if kept else this.attention
        bars = attribute_logit(this, target=target, position=place)
        lens = kept[2] if kept else logit_lens(this)
        if less:
            bars = bars.minus(attribute_logit(first, target=target, position=place))
        if less and not kept:
            attention = this.attention.minus(first.attention)
            lens = lens.minus(logit_lens(first, also=lens.final))
        code = script(state, self._name, self._word(target), place)
        next_tokens, next_prob = self._next(found, pinned)
        names = parts(self._model) + tuple(name for name in parts(self._model, "layers") if name.endswith("mlp"))
        exploration = Exploration(
            text=state.text,
            second=state.second,
            tokens=first.tokens,
            token_ids=first.token_ids,
            second_tokens=found[SECOND].tokens if state.second else (),
            position=position,
            parts=("embedding", *names),
            part_labels=("embedding", *(self._label(name) for name in names)),
            switches=state.switches,
            runs=tuple(found),
            choices=tuple(choices),
            shown=state.shown,
            next_tokens=next_tokens,
            next_prob=next_prob,
            code=code,
            undo=bool(self._past),
            redo=bool(self._future),
        )
        self._kept = kept or (found, attention, lens)
        self.state, self.code = state, code  # only now: where something above raises, all stays as it was
        return exploration, attention, bars, lens

    def _all_runs(self, state: State) -> dict[str, Run]:
        """The runs that there are, by name; those of the same prompts are taken from before."""
        if not state.text:
            raise ValueError("prompt: expected at least one character, got none")
        texts = {state.text: None, **({state.second: None} if state.second else {})}
        self._runs = {text: self._runs.get(text) or run(self._model, text) for text in texts}
        first = self._runs[state.text]
        found = {PROMPT: first}
        if state.on:
            found[CHANGED] = intervene(first, *(self._change(switch, state) for switch in state.on))
        if state.second:
            found[SECOND] = self._runs[state.second]
        return found

    def _change(self, switch: Switch, state: State) -> Change:
        if switch.by in ("resample", "patch") and not state.second:
            raise ValueError(f"second prompt: expected one, for {switch.part} is {switch.by}ed from it, got none")
        if switch.by == "patch":
            return patch(switch.part, self._runs[state.second], position=switch.position)
        if switch.by == "zero":
            return ablate(switch.part, position=switch.position)
        over = self._runs[state.second] if switch.by == "resample" else self._page
        return ablate(switch.part, switch.by, over=over, position=switch.position)  # type: ignore[arg-type]

    @cached_property
    def _page(self) -> Run:
        """A page of a book, of whose writes the mean is taken."""
        return pages(self._model, 1, min(PAGE_TOKENS, self._model.cfg.n_ctx))[0]

    @property
    def _name(self) -> str:
        name = str(self._model.cfg.model_name)
        return name if name in PURPOSE else ""

    def _word(self, token: int | None) -> str | int | None:
        """A token as a script writes it: its text where that is the token again, else its id."""
        if token is None:
            return None
        word = labels(self._model.tokenizer, [token])[0]
        try:
            return word if token_id(self._model, word) == token else token
        except ValueError:
            return token

    def _label(self, part: str) -> str:
        layer, kind = part.split(".")
        return part if kind == "mlp" or self._roles is None else self._roles.label(int(layer), int(kind))

    def _next(self, found: dict[str, Run], pinned: int | None) -> tuple[tuple[str, ...], Any]:
        """The labels of the most probable next tokens of every run, and their probabilities [run, token]."""
        rows = []
        for each in found.values():
            here = -1 if pinned is None or pinned >= len(each.tokens) else pinned
            rows.append(each.logits[here].softmax(-1).numpy(force=True))
        probs = np.stack(rows)
        ids = np.unique(np.argsort(-probs, axis=1, kind="stable")[:, :_TOP])
        ids = ids[np.argsort(-probs[:, ids].max(0), kind="stable")]
        return labels(self._model.tokenizer, ids.tolist()), probs[:, ids].astype(np.float32)


def explore(model: TransformerBridge, text: str, second: str = "", *, roles: Roles | None = None) -> Explorer:
    """A board on which one types prompts, switches parts of the model off or over, and sees at once what changes.

    Beside the prompt stand what comes next, attention, the bars of the most probable token at the position that is
    pinned, and the logit lens; of the prompt, of the prompt with switches on ("changed"), of a second prompt, or of one
    of these less the prompt. A head, an MLP or a position that is pinned in any view can be switched: set to zero, to
    its mean over a page of a book, resampled from the second prompt, or patched from it. `explorer.code` is the script
    that does the same, `undo` and `redo` go through the states. Saved with the notebook, it shows its last state.

    model: any that `hs.run` takes, with a tokenizer. text, second: the prompts to begin with. roles: its heads' roles,
    where they are known already; else `hs.roles(model)`, which takes some seconds.

    Raises ValueError for an empty text, and what `hs.run` raises.
    """
    if checked_model(model).tokenizer is None:
        raise ValueError("model: expected one with a tokenizer, for prompts are typed, got one without")
    state = state_from({"text": text, "second": second, "switches": [], "shown": PROMPT})
    return Explorer(model, state, heads_roles(model) if roles is None else roles)


def _only_typed(before: State, after: State) -> bool:
    """Whether nothing but one prompt has changed, as at every key."""
    return before != after and (
        replace(before, text=after.text) == after or replace(before, second=after.second) == after
    )


def _settled(state: State, before: State, choices: list[str]) -> State:
    """The state with something to show: the change where the first switch has just been turned on."""
    shown = state.shown if state.shown in choices else PROMPT
    if state.on and not before.on:
        shown = CHANGED
    return replace(state, shown=shown)
