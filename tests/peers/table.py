"""What was measured, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

OURS = "headstream"


@dataclass(frozen=True)
class Measured:
    """One view: bytes that reach the page; seconds to make them, from opening the page until it is painted, and from
    one place of the pointer to the next; None where the limit was passed. away: requests that left the machine, None
    where the page was not opened.
    """

    size: int
    made: float
    painted: float | None
    hover: float | None
    away: int | None


def best(runs: Iterable[Measured]) -> Measured:
    """The least of each number: what disturbs a run only adds to it. One that passed the limit in every run is None."""
    some = list(runs)

    def least(values: Iterable[float | None]) -> float | None:
        return min((value for value in values if value is not None), default=None)

    return Measured(
        size=min(run.size for run in some),
        made=min(run.made for run in some),
        painted=least(run.painted for run in some),
        hover=least(run.hover for run in some),
        away=max((run.away for run in some if run.away is not None), default=None),
    )


def table(found: Mapping[tuple[int, str], Measured], names: Sequence[str], limit: float) -> str:
    """Markdown: for every length a row a library, with ratios to ours. `found` is by length and library."""
    lines = [
        "| tokens | library | bytes | made | painted | hover | requests |",
        "|---|---|---|---|---|---|---|",
    ]
    for length in sorted({length for length, _ in found}):
        ours = found[length, OURS]
        for name in names:
            one = found[length, name]
            cells = (
                f"{one.size / 1e6:.2f} MB{_times(one.size, ours.size, name)}",
                f"{one.made:.2f} s",
                _seconds(one.painted, limit) + _times(one.painted or limit, ours.painted, name, one.painted is None),
                "–" if one.painted is None else _seconds(one.hover, limit),
                "–" if one.away is None else str(one.away),
            )
            lines.append(f"| {length:,} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _seconds(value: float | None, limit: float) -> str:
    if value is None:
        return f"over {limit:.0f} s"
    return f"{1000 * value:.0f} ms" if value < 0.1 else f"{value:.2f} s"


def _times(value: float, ours: float | None, name: str, is_more: bool = False) -> str:
    if name == OURS or not ours:
        return ""
    return f" ({'over ' if is_more else ''}{value / ours:.1f} ×)"
