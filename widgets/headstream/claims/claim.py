"""A claim of the papers, as it comes out on our models; and how a function that computes one is entered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from headstream import checks

Compute = Callable[[], "Claim"]


@dataclass(frozen=True)
class Claim:
    """One claim and its verdict.

    id: as in the table of the page, "F1" and so on for the 2021 paper, "ICL-..." for the 2022 one; a letter after it
        tells the parts of a claim apart, and "-live" what is seen in models trained while one waits.
    words: the claim, a sentence. measured: what the two numbers are, and the null. paper: what the paper says, in text.
    ours: the number on our models. null: the same where there is nothing to find; None where there can be none.
    holds: whether the claim does on our models. note: the reason where it does not, or what else is to be known.
    lesson: the name of the lesson that teaches it, such as "03-bigrams".
    """

    id: str
    words: str
    measured: str
    paper: str
    ours: float
    null: float | None
    holds: bool
    lesson: str
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("id", "words", "measured", "paper", "lesson"):
            if not checks.text(f"Claim.{name}", getattr(self, name)):
                raise ValueError(f"Claim.{name}: expected a text, got an empty one")
        checks.text("Claim.note", self.note)
        for name in ("ours", "null"):
            value = getattr(self, name)
            if not (name == "null" and value is None):
                checks.number(f"Claim.{name}", value, float("-inf"), float("inf"))
        if not isinstance(self.holds, bool):
            raise TypeError(f"Claim.holds: expected True or False, got {self.holds!r}")
        if not self.holds and not self.note:
            raise ValueError(f"Claim.note: expected the reason why {self.id} fails, got none")

    @property
    def verdict(self) -> str:
        return "holds" if self.holds else "FAILS"


class Found(NamedTuple):
    """What a computation finds: `Claim`'s fields of the same names. note: shown with either verdict; why: where the
    claim fails.
    """

    ours: float
    null: float | None
    holds: bool
    note: str = ""
    why: str = "The reason is not known."


class Entry(NamedTuple):
    """A claim that can be computed. trained: whether models are trained for it, which takes minutes."""

    id: str
    trained: bool
    compute: Compute


ENTRIES: dict[str, Entry] = {}


def claim(
    id: str, lesson: str, words: str, *, measured: str, paper: str, trained: bool = False
) -> Callable[[Callable[[], Found]], Compute]:
    """Enter a function under the claim's id, and have it return the `Claim`."""

    def entered(compute: Callable[[], Found]) -> Compute:
        def whole() -> Claim:
            ours, null, holds, note, why = compute()
            note = " ".join(filter(None, [note, "" if holds else why]))
            nothing = None if null is None else float(null)
            return Claim(id, words, measured, paper, float(ours), nothing, bool(holds), lesson, note)

        ENTRIES[id] = Entry(id, trained, whole)
        return whole

    return entered


def chosen(names: list[str], quick: bool = False) -> Iterator[Entry]:
    """The entries of these names, or all, in order. A name is an id or its beginning: "F14" is all of F14's parts.

    quick: without those for which models are trained. Raises ValueError for a name that no claim has.
    """
    ordered = sorted(ENTRIES.values(), key=_place)
    for name in names:
        if not any(_begins(id, name) for id in ENTRIES):
            raise ValueError(f"names: expected ids among {', '.join(entry.id for entry in ordered)}, got {name!r}")
    for entry in ordered:
        if not (quick and entry.trained) and (not names or any(_begins(entry.id, name) for name in names)):
            yield entry


def _place(entry: Entry) -> tuple[bool, int, str]:
    """The 2021 paper's claims first, by number; then the others by name."""
    number = re.match(r"F(\d+)", entry.id)
    return number is None, int(number[1]) if number else 0, entry.id


def _begins(id: str, name: str) -> bool:
    return re.match(rf"{re.escape(name)}(?!\d)", id) is not None
