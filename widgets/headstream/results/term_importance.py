"""How much the paths of each order lower a model's loss, with patterns and norms' scales frozen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.results.base import Floats, Ints, Result, check_finite
from headstream.tables import Table

Switches = npt.NDArray[np.bool_]
_NUMBERS = 1 << 22  # logits at once


@dataclass(frozen=True)
class Term:
    """Paths from the embeddings to the logits that are counted together.

    order: how many heads they pass through. kind: of order 0 "embed", "pos_embed", "mlp" (what a layer's MLP writes, at
        what it wrote) or "bias" (all that is added whatever the text); of order 1 "head"; above, "virtual".
    layer, head: where they stand, None where they do not stand in one.
    """

    order: int
    kind: str
    layer: int | None = None
    head: int | None = None

    @property
    def label(self) -> str:
        if self.kind == "head":
            return f"{self.layer}.{self.head}"
        if self.kind == "mlp":
            return f"{self.layer}.mlp"
        if self.kind == "virtual":
            return f"virtual heads of {self.order}"
        return {"embed": "embedding", "pos_embed": "position", "bias": "biases"}[self.kind]


@dataclass(frozen=True, eq=False, repr=False)
class TermImportance(Result):
    """How much the paths of each order lower a model's loss over a text, patterns and norms' scales frozen.

    A path's order is how many heads it passes through. The groups of paths are: the direct path (order 0), the heads of
    each layer by themselves (order 1), and, for each order from 2 on, the virtual heads of that order.

    model: its name. layers: how many it has. terms: the paths, counted together where they are too many.
    writes: [term, position, d_model] float32, what each brings to the stream that is unembedded, after the final norm.
    unembed: [d_model, d_vocab] float32. offset: [d_vocab] float32, what the final norm's bias and the unembedding's
        add, which comes with the term "biases".
    next: [position] int32, the id of the token that follows. tokens, next_tokens: labels of the token at each position
        and of the one that follows. Positions of all runs stand one after the other, without each run's last.
    settings: [setting, group] bool, which groups were on. losses: [setting, position] float32, nats, with those on.
    null: [row] float32, nats: the mean loss of each of `rows` where every head reads at random places: each row of its
        pattern is shuffled among the keys that it may see.
    """

    model: str
    layers: int
    terms: tuple[Term, ...]
    writes: Floats
    unembed: Floats
    offset: Floats
    next: Ints
    tokens: tuple[str, ...]
    next_tokens: tuple[str, ...]
    settings: Switches
    losses: Floats
    null: Floats

    def __post_init__(self) -> None:
        axes = {"term": len(self.terms), "position": len(self.tokens), "group": len(group_names(self.layers))}
        axes = checks.array("TermImportance.writes", self.writes, "term, position, d_model", axes)
        axes = checks.array("TermImportance.unembed", self.unembed, "d_model, d_vocab", axes)
        checks.array("TermImportance.offset", self.offset, "d_vocab", axes)
        checks.array("TermImportance.next", self.next, "position", axes, kind="whole")
        checks.labels("TermImportance.tokens", self.tokens, axes["position"], "position")
        checks.labels("TermImportance.next_tokens", self.next_tokens, axes["position"], "position")
        axes = checks.array("TermImportance.losses", self.losses, "setting, position", axes)
        checks.shape("TermImportance.settings", self.settings, (axes["setting"], axes["group"]), "setting, group")
        checks.array("TermImportance.null", self.null, "row", {"row": len(rows(self.layers))})
        for name in ("writes", "losses", "null"):
            check_finite(f"TermImportance.{name}", getattr(self, name))
        if not 0 <= self.next.min() <= self.next.max() < axes["d_vocab"]:
            raise ValueError(f"TermImportance.next: expected token ids below {axes['d_vocab']}, got {self.next.max()}")

    @property
    def uniform(self) -> float:
        """Nats: the loss with nothing on, the logarithm of the vocabulary's size."""
        return float(np.log(self.unembed.shape[1]))

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups' names, in the order of `settings`."""
        return group_names(self.layers)

    @property
    def group_of(self) -> Ints:
        """[term]: the group that each term belongs to."""
        return np.array([group_index(term, self.layers) for term in self.terms], np.int32)

    @property
    def order_loss(self) -> Floats:
        """[order], nats: the mean loss with all paths of at most so many heads; the last is the model's own."""
        return np.array([self._mean(on) for on in rows(self.layers)[: self.layers + 1]], np.float32)

    @cached_property
    def logits(self) -> Floats:
        """[term, position]: what each term adds to the logit of the token that follows, less the vocabulary's mean."""
        found: Floats = np.einsum("tpd,dp->tp", self.writes, self._directions, optimize=True)
        found[[term.kind == "bias" for term in self.terms]] += self.offset[self.next] - self.offset.mean()
        return found

    @property
    def _directions(self) -> Floats:
        found: Floats = self.unembed[:, self.next] - self.unembed.mean(1, keepdims=True)
        return found

    def on(self, off: Collection[str]) -> Switches:
        """[term]: which are left on. off: labels of terms, such as "0.3" or "embedding", or names of groups, such as
        "heads of layer 0". Errors: ValueError for a name that is none of them.
        """
        labels = [term.label for term in self.terms]
        for name in checks.items("off", off, "a list of names of terms or groups"):
            checks.choice("off", name, (*self.groups, *labels))
        groups = [self.groups[group] for group in self.group_of]
        return np.array([not {*pair} & {*off} for pair in zip(labels, groups, strict=True)])

    def losses_without(self, off: Collection[str] = ()) -> Floats:
        """[position], nats: the loss at every position with some paths switched off, named as in `on`."""
        return self.losses_of(self.on(off))

    def losses_of(self, on: Switches) -> Floats:
        """[position], nats: the loss at every position with the terms that are on, [term] bool, and no others."""
        checks.shape("on", on, (len(self.terms),), "term")
        on = np.asarray(on, bool)
        offset = self.offset * any(is_on and term.kind == "bias" for is_on, term in zip(on, self.terms, strict=True))
        stream = self.writes[on].sum(0)
        found = np.empty(len(self.next), np.float32)
        step = max(1, _NUMBERS // len(self.offset))
        for start in range(0, len(found), step):
            chosen = slice(start, start + step)
            logits = stream[chosen] @ self.unembed + offset
            logits -= logits.max(1, keepdims=True)
            true = logits[np.arange(len(logits)), self.next[chosen]]
            found[chosen] = np.log(np.exp(logits).sum(1)) - true
        return found

    def _mean(self, on: Switches) -> float:
        setting = (self.settings == on).all(1).argmax()
        return float(self.losses[setting].mean(dtype=np.float64))

    def __repr__(self) -> str:
        orders = ", ".join(f"{loss:.3g}" for loss in self.order_loss[:4])
        more = ", …" if self.layers > 3 else ""
        return (
            f"TermImportance of {self.model} over {len(self.next):,} tokens: {self.uniform:.3g} nats if uniform,"
            f" by order {orders}{more}"
        )

    def records(self) -> list[dict[str, Any]]:
        """One record a row of the table: paths; given, what they are added to; loss, with both, nats; lower, by how
        much less than without the paths; null, the same of the null (None for the direct path, which has no head).
        """
        losses = [self._mean(on) for on in rows(self.layers)]
        return [
            {
                "paths": paths,
                "given": given,
                "loss": losses[at],
                "lower": (self.uniform if before is None else losses[before]) - losses[at],
                "null": None if before is None else float(self.null[before] - self.null[at]),
            }
            for paths, given, at, before in _comparisons(self.layers)
        ]

    def table(self) -> Table:
        """By how much each kind of path lowers the loss, beside the null."""
        cells = [tuple(record.values()) for record in self.records()]
        return Table(
            ("paths", "added to", "loss, nats", "lower by", "null"), cells, caption=repr(self), most=len(cells)
        )


def group_names(layers: int) -> tuple[str, ...]:
    heads = [f"heads of layer {layer}" for layer in range(layers)]
    return ("direct path", *heads, *(f"virtual heads of {order}" for order in range(2, layers + 1)))


def group_index(term: Term, layers: int) -> int:
    """Where a term's group stands among `group_names`."""
    if term.layer is not None and term.order == 1:
        return 1 + term.layer
    return layers + term.order - 1 if term.order else 0


def rows(layers: int) -> Switches:
    """[row, group]: what is on for order 0, 1, ...; then for the direct path with one layer's heads alone, each layer
    in turn; then for all of order 0 and 1 but one layer's heads.
    """
    groups = np.arange(len(group_names(layers)))
    orders = [groups < (layers + order if order else 1) for order in range(layers + 1)]
    alone = [(groups == 0) | (groups == 1 + layer) for layer in range(layers)]
    given = [(groups <= layers) & (groups != 1 + layer) for layer in range(layers)]
    return np.array([*orders, *alone, *given])


def _comparisons(layers: int) -> list[tuple[str, str, int, int | None]]:
    """Paths, what they are added to, and the rows with and without them."""
    found: list[tuple[str, str, int, int | None]] = [("direct path", "nothing", 0, None)]
    if layers:
        found.append(("all heads", "direct path", 1, 0))
    found += [(f"virtual heads of {order}", f"order {order - 1}", order, order - 1) for order in range(2, layers + 1)]
    for layer in range(layers) if layers > 1 else ():
        heads, alone = f"heads of layer {layer}", layers + 1 + layer
        found.append((heads, "direct path", alone, 0))
        found.append((heads, "direct path and other layers", 1, alone + layers))
    return found
