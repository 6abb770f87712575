"""The row of a lens from which on the model's answer stays on top."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.logit_lens_grid import LogitLensGrid


def verify(view: Any) -> str:
    if not isinstance(view, LogitLensGrid):
        return "Give the view itself: hs.check('settled_row', lens_view)."
    row, place = view.row, view.selection.position
    if row is None or place is None:
        raise Unanswered
    last = len(view.tokens) - 1
    if place != last:
        return f"That is the column of position {place}. Click in the last one, {last}."
    candidates = slice(view.starts[last], view.starts[last + 1])
    ranks = view.rank[view.norms.index(view.norm), :, candidates]  # [row, candidate]
    answer = int((ranks[-1] == 0).argmax())
    on_top = ranks[:, answer] == 0
    if not on_top[row]:
        return f"In the row {view.rows[row]!r} another token is on top."
    if not on_top[row:].all():
        return f"In the row {view.rows[row]!r} the answer is on top, but further up it is lost again."
    if row > 0 and on_top[row - 1]:
        return f"The answer is on top in the row below, {view.rows[row - 1]!r}, already."
    return ""


EXERCISE = Exercise(
    name="settled_row",
    number=1,
    difficulty=1,
    minutes=3,
    hints=(
        "The last column's top cell is the model's answer. The token there is bold wherever it is on top.",
        "Begin at the top of the last column and go down while the token is bold.",
        "Click the lowest bold cell of the unbroken run that begins at the top.",
    ),
    solution="""\
lens = hs.logit_lens(run, top=3)
on_top = lens.rank[0, :, -1, 0] == 0  # [row], of the model's own answer
lens_view.row = int(np.flatnonzero(~np.append(False, on_top))[-1])
lens_view.selection.position = len(run.tokens) - 1

hs.check("settled_row", lens_view)""",
    verify=verify,
    passed="From there on to the output the answer stays on top.",
)
