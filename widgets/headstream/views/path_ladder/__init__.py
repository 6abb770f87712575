"""The path ladder: how the loss goes down as paths are added, and what is left of it when some are switched off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import traitlets

from headstream import checks
from headstream.results import Roles, TermImportance
from headstream.views.shared.asking import AnsweringView
from headstream.views.shared.roles import role_names
from headstream.views.shared.traits import Array, Text
from headstream.views.shared.view import bundle

NUMBERS = ("loss", "lower", "null")
MOST_NUMBERS = 500_000  # losses of single tokens that are sent: 1 MB


class PathLadder(AnsweringView):
    """Draws a `TermImportance`: the loss from uniform to the model's own, a step for each kind of path; switches for
    orders, layers and single heads; and every token of the text with its loss.

    importance: a `TermImportance`, as `hs.term_importance(runs)` returns.
    roles: the `Roles` of the same model (as `hs.roles(model)`), so that a head is called "1.6 induction".
    off: what is switched off at first: labels of terms, such as "0.3" or "embedding", or names of groups, such as
        "heads of layer 0". As a trait it holds labels of terms alone, and follows what the reader switches.
    position: the token to pin at first, by the position that it is predicted at. The positions of several runs stand
        one after the other.

    The logit is known for everything that can be switched. The loss was sent where every group (the direct path, a
    layer's heads, the virtual heads of an order) is wholly on or off; for single heads the page asks the kernel, and
    with no kernel says so. Losses of single tokens are sent as float16, above 1 MB not at all.
    Raises TypeError when `importance` is not a TermImportance, ValueError for a name in `off` that it has not.
    """

    _esm = bundle("path_ladder", "js")
    _css = bundle("path_ladder", "css")

    importance = traitlets.Instance(TermImportance, read_only=True, help="what is drawn; it stays in Python")
    model = Text(read_only=True, help="the model's name").tag(sync=True)
    groups = traitlets.List(Text(), read_only=True, help="the groups' names").tag(sync=True)
    terms = traitlets.List(
        traitlets.Dict(), read_only=True, help="label, role, order, group, layer and head of each term"
    ).tag(sync=True)
    steps = traitlets.List(traitlets.Dict(), read_only=True, help="paths, and what they are added to").tag(sync=True)
    step_numbers = Array("float32", help="[step, 3]: loss with the paths, by how much lower, that in the null or nan")
    settings = Array("int32", help="[setting, group]: 1 where the group is on")
    losses = Array("float32", help="[setting]: mean loss, nats")
    token_losses = Array("float16", help="[setting, position]: nats, or None")
    logits = Array("float32", help="[term, position]: what each adds to the logit of the token that follows")
    tokens = traitlets.List(Text(), read_only=True, help="the label of the token at each position").tag(sync=True)
    next_tokens = traitlets.List(Text(), read_only=True, help="that of the one that follows").tag(sync=True)
    uniform = traitlets.Float(read_only=True, help="the loss with nothing on, nats").tag(sync=True)
    off = traitlets.Any([], help="labels of the terms that are switched off").tag(sync=True)

    def __init__(
        self,
        importance: TermImportance,
        roles: Roles | None = None,
        *,
        off: Sequence[str] = (),
        position: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(importance, roles)
        place = checks.optional_index("position", position, len(drawn["tokens"]))
        super().__init__(drawn, {"position": place}, off=off, **traits)

    @classmethod
    def _drawn(cls, importance: TermImportance, roles: Roles | None = None) -> dict[str, Any]:
        if not isinstance(importance, TermImportance):
            kind = type(importance).__name__
            raise TypeError(f"importance: expected a TermImportance (pass hs.term_importance(runs)), got {kind}")
        heads = [
            (term.layer, term.head) for term in importance.terms if term.layer is not None and term.head is not None
        ]
        names = dict(zip(heads, role_names(roles, heads), strict=False))
        records = importance.records()
        numbers = [[np.nan if record[name] is None else record[name] for name in NUMBERS] for record in records]
        return {
            "importance": importance,
            "model": importance.model,
            "groups": list(importance.groups),
            "terms": [
                {
                    "label": term.label,
                    "role": names.get((term.layer, term.head), ""),  # type: ignore[arg-type]
                    "order": term.order,
                    "group": int(group),
                    "layer": term.layer,
                    "head": term.head,
                }
                for term, group in zip(importance.terms, importance.group_of, strict=True)
            ],
            "steps": [{"paths": record["paths"], "given": record["given"]} for record in records],
            "step_numbers": np.array(numbers, np.float32),
            "settings": importance.settings.astype(np.int32),
            "losses": importance.losses.mean(1, dtype=np.float64).astype(np.float32),
            "token_losses": importance.losses.astype(np.float16) if importance.losses.size <= MOST_NUMBERS else None,
            "logits": importance.logits,
            "tokens": list(importance.tokens),
            "next_tokens": list(importance.next_tokens),
            "uniform": importance.uniform,
        }

    def _settled(self) -> dict[str, Any]:
        labels = {term["label"] for term in self.terms}
        return {"off": [label for label in self.off if label in labels]}

    @traitlets.validate("off")
    def _off_are_terms(self, proposal: Any) -> list[str]:
        given = checks.items("off", proposal["value"], "a list of names of terms or groups")
        return [term.label for term, on in zip(self.importance.terms, self.importance.on(given), strict=True) if not on]

    def _answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        match question:
            case {"off": [*labels]}:
                return {"losses": self.importance.losses_without(labels)}
            case _:
                raise ValueError(f"question: expected what is off, got {dict(question)!r}")
