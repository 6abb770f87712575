"""A cell of the lens where the scale decides which token is at the top."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.logit_lens_grid import LogitLensGrid


def verify(view: Any) -> str:
    if not isinstance(view, LogitLensGrid):
        return "Give the view itself: hs.check('two_scales', grid)."
    row, place = view.row, view.selection.position
    if row is None or place is None:
        raise Unanswered
    if len(view.norms) < 2:
        return "This grid has one scale only. Give the view of the lesson: hs.check('two_scales', grid)."
    if place == 0:
        return "The start token has read nothing. Click a cell of another column."
    if row == len(view.rows) - 1:
        return "In the last row both scales are the same. Click further down."
    if row < len(view.rows) / 2:
        return f"The row {view.rows[row]!r} is in the lower half. Click further up."
    ranks = view.rank[:, row, view.starts[place] : view.starts[place + 1]]  # [scale, candidate]
    if ranks[0].argmin() == ranks[1].argmin():
        return "There the same token is at the top with both scales."
    return ""


EXERCISE = Exercise(
    name="two_scales",
    number=3,
    difficulty=1,
    minutes=4,
    hints=(
        "The grid has a control for the scale. Switch it, and watch the upper half of the rows.",
        "Where a token changes when you switch, the scale decides. Look where the model is unsure: pale cells.",
        "Such cells are more frequent just above the middle. Click one, then run the cell.",
    ),
    solution="""\
upper = (len(lens.rows) + 1) // 2
top = lens.rank[:, upper:, 1:] == 0  # [scale, row, position, candidate]
row, place = np.argwhere((top[0] != top[1]).any(-1))[0]
grid.row, grid.selection.position = int(row) + upper, int(place) + 1

hs.check("two_scales", grid)""",
    verify=verify,
    passed="There one token is at the top with the row's own scale, another with the last row's.",
)
