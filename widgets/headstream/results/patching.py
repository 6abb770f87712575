"""What changes of a run do to one logit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Result, TokenIds, check_finite, check_tokens, quoted
from headstream.results.decomposition import Component
from headstream.tables import Table, shortened

MOST_CHARACTERS = 119  # of the one line


@dataclass(frozen=True, eq=False, repr=False)
class Patching(Result):
    """Activation patching: one logit of a corrupted run, with one write at one position taken from a clean run.

    patched: [component, position] float32, the number with that write patched.
    clean, corrupted: the number in either run.
    components: whose write; kinds "head", "attn", "mlp", "stream", "embed" and "pos_embed".
    tokens, token_ids: [position], of the corrupted run, into which is patched; ids None where they are not known.
    clean_tokens: [position], of the clean run. position: where the number is read.
    quantity: the number in words, such as "logit of ' on' less that of ' off'".
    """

    patched: Floats
    clean: float
    corrupted: float
    components: tuple[Component, ...]
    tokens: tuple[str, ...]
    clean_tokens: tuple[str, ...]
    quantity: str
    position: int
    token_ids: TokenIds | None = None

    def __post_init__(self) -> None:
        size = check_tokens("Patching", self.tokens, self.token_ids)
        checks.labels("Patching.clean_tokens", self.clean_tokens, size, "position")
        checks.index("Patching.position", self.position, size)
        checks.array(
            "Patching.patched",
            self.patched,
            "component, position",
            {"component": len(self.components), "position": size},
        )
        check_finite("Patching.patched", self.patched)
        check_finite("Patching.clean", np.array([self.clean, self.corrupted]))
        if self.clean == self.corrupted:
            raise ValueError(
                f"Patching.clean: expected another number than the corrupted run's, got {self.clean:g} twice"
            )

    @property
    def raw(self) -> Floats:
        """[component, position]: what the patch adds to the number, in its units."""
        return self.patched - np.float32(self.corrupted)

    @property
    def effect(self) -> Floats:
        """[component, position]: the same as a share of clean - corrupted: 0 is nothing, 1 is all restored."""
        return self.raw / np.float32(self.clean - self.corrupted)

    def __repr__(self) -> str:
        sizes = f": {len(self.components)} components × {len(self.tokens)} tokens"
        ends = f", {self.corrupted:.3g} in the corrupted run, {self.clean:.3g} in the clean one"
        return _line("Patching of the ", self.quantity, sizes + ends)

    def records(self) -> list[dict[str, Any]]:
        """One row for every component at every position: component, kind, layer, head, position, token, clean_token,
        patched, raw, effect.
        """
        raw, effect = self.raw, self.effect
        return [
            {
                "component": component.label,
                "kind": component.kind,
                "layer": component.layer,
                "head": component.head,
                "position": position,
                "token": token,
                "clean_token": self.clean_tokens[position],
                "patched": float(self.patched[row, position]),
                "raw": float(raw[row, position]),
                "effect": float(effect[row, position]),
            }
            for row, component in enumerate(self.components)
            for position, token in enumerate(self.tokens)
        ]

    def table(self) -> Table:
        """Component, position and effect, the largest first."""
        raw, effect = self.raw, self.effect
        order = np.argsort(-np.abs(effect), axis=None, kind="stable")
        rows = [
            (
                self.components[row].label,
                int(position),
                f"{quoted(self.clean_tokens[position])} for {quoted(self.tokens[position])}",
                float(raw[row, position]),
                float(effect[row, position]),
            )
            for row, position in np.transpose(np.unravel_index(order, effect.shape))
        ]
        return Table(("component", "position", "token", "raw", "effect"), rows, caption=repr(self))


@dataclass(frozen=True, eq=False, repr=False)
class Effects(Result):
    """What each of several changes, made alone, does to one logit, straight and in all.

    direct: [change] float32, what it adds to the number where only the write goes another way, and all parts after it
        write what they wrote before.
    total: [change] float32, what it adds where everything after it is computed anew.
    value: the number without any of them. quantity: the number in words.
    components: whose write is changed. changes: [change], in words, such as "1.6 set to zero".
    """

    direct: Floats
    total: Floats
    value: float
    components: tuple[Component, ...]
    changes: tuple[str, ...]
    quantity: str

    def __post_init__(self) -> None:
        size = len(self.components)
        checks.labels("Effects.changes", self.changes, size, "change")
        for name in ("direct", "total"):
            checks.array(f"Effects.{name}", getattr(self, name), "change", {"change": size})
            check_finite(f"Effects.{name}", getattr(self, name))
        check_finite("Effects.value", np.array([self.value]))

    @property
    def indirect(self) -> Floats:
        """[change]: total - direct, what the change does through the parts after it. Of the other sign than `direct`,
        they make good for it: backup.
        """
        return self.total - self.direct

    def __repr__(self) -> str:
        alone = f"{len(self.changes)} of them, each alone; {self.value:.3g} without"
        return _line("Effects of changes on the ", self.quantity, f": {alone}")

    def records(self) -> list[dict[str, Any]]:
        """One row a change: component, kind, layer, head, change, direct, indirect, total."""
        indirect = self.indirect
        return [
            {
                "component": component.label,
                "kind": component.kind,
                "layer": component.layer,
                "head": component.head,
                "change": self.changes[row],
                "direct": float(self.direct[row]),
                "indirect": float(indirect[row]),
                "total": float(self.total[row]),
            }
            for row, component in enumerate(self.components)
        ]

    def table(self) -> Table:
        """Each change with its effects, the largest total first."""
        columns = (self.direct, self.indirect, self.total)
        order = np.argsort(-np.abs(self.total), kind="stable")
        rows = [(self.changes[row], *(float(column[row]) for column in columns)) for row in order]
        return Table(("change", "direct", "indirect", "total"), rows, caption=repr(self))


def _line(what: str, quantity: str, rest: str) -> str:
    return what + shortened(" ".join(quantity.split()), MOST_CHARACTERS - len(what + rest)) + rest
