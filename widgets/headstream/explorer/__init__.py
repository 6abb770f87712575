"""Free exploration in one call: prompts typed, parts switched, and every click the script that does the same."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from headstream.explorer.place import Place, States, place
from headstream.explorer.state import PAGE_TOKENS, State, script, state_from
from headstream.framework.heads import roles as heads_roles
from headstream.framework.interventions import Change, ablate, intervene, parts, patch
from headstream.framework.lens import finished, lens_steps
from headstream.framework.residual import attribute_logit
from headstream.models import run
from headstream.models.labels import labels, token_id
from headstream.models.pages import pages
from headstream.models.runs import Run, checked_model
from headstream.models.shipped import PURPOSE
from headstream.results import Decomposition, Exploration, LogitLens, Roles, Switch
from headstream.results.exploration import CHANGED, FROM_SECOND, PROMPT, SECOND
from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.board import Board
from headstream.views.explorer_panel import ExplorerPanel
from headstream.views.logit_lens_grid import LogitLensGrid
from headstream.views.residual_bars import ResidualBars

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

Steps = Generator[float, None, None]  # the share of the lens that is done
_TOP = 4  # next tokens of every run


class Explorer(Board):
    """A board on which a model is explored: see `explore`, which makes it.

    panel, heatmap, bars, lens: its views.
    """

    def __init__(self, model: TransformerBridge, state: State, roles: Any) -> None:
        self._model, self._roles, self._runs = model, roles, dict[str, Run]()
        self._last_lens: tuple[Any, LogitLens | None] = (None, None)  # what was changed, and the lens
        self._under_way: Steps | None = None
        self._at = self._whole = place(state, self._all_runs(state), state)
        exploration, bars = self._read(self._at, None)
        self.panel = ExplorerPanel(exploration, answer=self._asked)
        self.heatmap = AttentionHeatmap(self._at.attention, roles=roles)
        self.bars = ResidualBars(bars, roles=roles)
        self.lens = LogitLensGrid(finished(self._lens_of(self._at)))
        super().__init__(self.panel, self.heatmap, self.bars, self.lens)
        self.selection.observe(lambda _: self._show_position(), "position")

    @property
    def state(self) -> State:
        """What is asked for."""
        return self._at.state

    @property
    def code(self) -> str:
        """The script that makes what is shown."""
        return str(self.panel.code)

    def ask(self, state: State) -> None:
        """Go to another state, which `undo` leaves again. Where that raises an error, all stays as it was."""
        finished(self._ask(state))

    def undo(self) -> None:
        """Back to the state before; nothing where there is none."""
        finished(self._step(-1))

    def redo(self) -> None:
        """Forward to the state that `undo` left."""
        finished(self._step(1))

    def _asked(self, question: Mapping[str, Any]) -> Steps:
        match question:
            case {"state": asked}:
                return self._ask(state_from(asked))
            case {"step": -1 | 1 as step}:
                return self._step(step)
        raise ValueError(f"question: expected a state or a step, got {dict(question)!r}")

    def _ask(self, state: State) -> Steps:
        here, past, future = self.state, self._at.past, self._at.future
        if not future and _only_typed(here, state) and past and _only_typed(past[-1], here):
            return self._go(state, past, ())  # of a prompt that is being typed, the first letter is one step back
        return self._go(state, (*past, here), ())

    def _step(self, step: int) -> Steps:
        here, past, future = self.state, self._at.past, self._at.future
        if step < 0 and past:
            yield from self._go(past[-1], past[:-1], (here, *future))
        elif step > 0 and future:
            yield from self._go(future[0], (*past, here), future[1:])

    def _go(self, state: State, past: States, future: States) -> Steps:
        """Go to a state: all but the lens at once, then the lens, unless another state is gone to meanwhile."""
        with _as_sentence():  # until this has an answer, what is under way goes on
            at = place(state, self._all_runs(state), self.state, past, future)
            self._show(at)
        if self._under_way is not None:
            self._under_way.close()
        self._under_way = self._finish(at)
        yield 0.0
        yield from self._under_way

    def _finish(self, at: Place) -> Steps:
        try:
            with _as_sentence():
                lens = yield from self._lens_of(at)
        except Exception:
            self._show(self._whole)
            raise
        changes = lens.change is not None and self.lens.change is None
        self.lens.show(lens)
        if changes:
            self.lens.color = "change"
        self._whole = at

    def _show(self, at: Place) -> None:
        """All of a place but its lens."""
        exploration, bars = self._read(at, self.selection.position)
        self._at = at
        self.panel.show(exploration)
        self.bars.show(bars, roles=self._roles)
        self.heatmap.show(at.attention, roles=self._roles)

    def _show_position(self) -> None:
        """Another position is read: attention and lens are of all positions."""
        exploration, bars = self._read(self._at, self.selection.position)
        self.panel.show(exploration)
        self.bars.show(bars, roles=self._roles)

    def _read(self, at: Place, pinned: int | None) -> tuple[Exploration, Decomposition]:
        """What the panel and the bars show at the position that is pinned."""
        state, first, this = at.state, at.first, at.shown
        size = len(first.tokens)
        position = size - 1 if pinned is None or pinned >= size else pinned
        there = position if pinned is not None and position < len(this.tokens) else len(this.tokens) - 1
        target = int(first.logits[position].argmax()) if state.shown != SECOND else None
        bars = attribute_logit(this, target=target, position=there)
        if at.less:
            bars = bars.minus(attribute_logit(first, target=target, position=there))
        next_tokens, next_prob = self._next(at.runs, pinned)
        mlps = (name for name in parts(self._model, "layers") if name.endswith("mlp"))
        names = ("embedding", *parts(self._model), *mlps, *parts(self._model, "stream"))
        exploration = Exploration(
            text=state.text,
            second=state.second,
            tokens=first.tokens,
            token_ids=first.token_ids,
            second_tokens=at.runs[SECOND].tokens if state.second else (),
            position=position,
            parts=names,
            part_labels=tuple(map(self._label, names)),
            switches=state.switches,
            runs=tuple(at.runs),
            choices=at.choices,
            shown=state.shown,
            next_tokens=next_tokens,
            next_prob=next_prob,
            code=script(state, self._name, self._word(target), there),
            undo=bool(at.past),
            redo=bool(at.future),
        )
        return exploration, bars

    def _lens_of(self, at: Place) -> Generator[float, None, LogitLens]:
        # Typing on, only the new positions are computed; what is drawn from another prompt may be another at any.
        changed = at.state.on if at.shown is at.runs.get(CHANGED) else ()
        known, before = self._last_lens
        kept = before if known == changed and not any(switch.by in FROM_SECOND for switch in changed) else None
        lens = yield from lens_steps(at.shown, before=kept)
        self._last_lens = changed, lens
        if at.less:
            lens = lens.minus((yield from lens_steps(at.first, also=lens.final)))
        return lens

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
        if switch.by in FROM_SECOND and not state.second:
            raise ValueError(f"second prompt: expected one, for {switch.part} is {switch.by}ed from it, got none")
        if switch.by == "patch":
            return patch(switch.part, self._runs[state.second], position=switch.position)
        if switch.by == "zero":
            return ablate(switch.part, position=switch.position)
        over = self._runs[state.second] if switch.by == "resample" else self._page
        return ablate(switch.part, switch.by, over=over, position=switch.position)  # type: ignore[arg-type]

    @cached_property
    def _page(self) -> Run:
        """A page of Alice, of whose writes the mean is taken."""
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
        layer, _, kind = part.partition(".")
        if kind == "stream":
            return f"{part} (whole positions, before layer {layer})"
        return self._roles.label(int(layer), int(kind)) if kind.isdigit() and self._roles is not None else part

    def _next(self, found: Mapping[str, Run], pinned: int | None) -> tuple[tuple[str, ...], Any]:
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
    of these less the prompt, where both have as many tokens. A head or an MLP that is pinned in any view can be
    switched, everywhere or at a position, and so can a position as a whole ("0.stream": all that layer 0 reads there):
    set to zero, to its mean over a page of *Alice* (its first 256 tokens; over a text of another kind the mean is
    another), resampled from the second prompt, or, where it has as many tokens, patched from it. `explorer.code` is the
    script that does the same, `undo` and `redo` go through the states. Saved with the notebook, it shows its last
    state.

    While one types, the lens of a large model comes after all else and the panel tells how much of it is done; a newer
    text ends it.

    model: any that `hs.run` takes, with a tokenizer. text, second: the prompts to begin with. roles: its heads' roles,
    where they are known already; else `hs.roles(model)`, which takes some seconds.

    Raises ValueError for an empty text, and what `hs.run` raises.
    """
    if checked_model(model).tokenizer is None:
        raise ValueError("model: expected one with a tokenizer, for prompts are typed, got one without")
    state = state_from({"text": text, "second": second, "switches": [], "shown": PROMPT})
    return Explorer(model, state, heads_roles(model) if roles is None else roles)


@contextmanager
def _as_sentence() -> Iterator[None]:
    """Whatever the model raises is an error that the panel tells."""
    try:
        yield
    except (ValueError, IndexError, TypeError):
        raise
    except Exception as error:
        raise ValueError(f"the model stopped with {type(error).__name__}: {error}") from error


def _only_typed(before: State, after: State) -> bool:
    """Whether nothing but one prompt has changed, as at every key."""
    return before != after and (
        replace(before, text=after.text) == after or replace(before, second=after.second) == after
    )
