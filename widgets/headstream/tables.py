"""Small tables, as text and as HTML in which everything is text and nothing is markup."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Cell = str | int | float | None


@dataclass(frozen=True, eq=False)
class Table:
    """head: the columns' names. rows: their cells. foot: a last row, such as a total. caption: a line above.

    At most `most` rows are shown, and a line says how many more there are.
    """

    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    foot: tuple[Cell, ...] | None = None
    caption: str = ""
    most: int = 20

    @property
    def text(self) -> str:
        lines = [self.head, *(tuple(map(shown, row)) for row in self._body())]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        cells = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines]
        return "\n".join([*filter(None, [self.caption]), *cells, *filter(None, [self._more()])])

    @property
    def html(self) -> str:
        first = self.rows[0] if self.rows else self.head
        sides = ["left" if isinstance(cell, str) else "right" for cell in first]  # numbers to the right

        def line(cells: Sequence[Cell], tag: str) -> str:
            each = zip(sides, cells, strict=True)
            row = (f'<{tag} style="text-align:{side}">{html.escape(shown(cell))}</{tag}>' for side, cell in each)
            return f"<tr>{''.join(row)}</tr>"

        body = "".join(line(row, "td") for row in self._body())
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        more = f"<p>{self._more()}</p>" if self._more() else ""
        table = f"<table>{caption}<thead>{line(self.head, 'th')}</thead><tbody>{body}</tbody></table>{more}"
        return table.encode(errors="replace").decode()  # half a surrogate pair cannot be sent

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html

    def _body(self) -> list[tuple[Cell, ...]]:
        return [*self.rows[: self.most], *([self.foot] if self.foot else [])]

    def _more(self) -> str:
        left = len(self.rows) - self.most
        return f"… and {left:,} more" if left > 0 else ""


def shown(cell: Cell) -> str:
    """A cell as text: whole numbers with their thousands marked, others with three digits."""
    if cell is None:
        return ""
    if isinstance(cell, (int, np.integer)):
        return f"{cell:,}"
    return f"{cell:.3g}" if isinstance(cell, (float, np.floating)) else cell


def shortened(text: str, most: int) -> str:
    """At most so many characters, the last an ellipsis where some are left out."""
    return text if len(text) <= most else text[: most - 1] + "…"
