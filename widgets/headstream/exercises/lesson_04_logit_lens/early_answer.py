"""A cell of the lens, low in the stack, that shows the model's final answer already."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.logit_lens_grid import LogitLensGrid


def verify(view: Any) -> str:
    if not isinstance(view, LogitLensGrid):
        return "Give the view itself: hs.check('early_answer', passage_grid)."
    row, place = view.row, view.selection.position
    if row is None or place is None:
        raise Unanswered
    if place == 0:
        return "The start token has read nothing. Click a cell of another column."
    if row >= len(view.rows) / 2:
        return f"The row {view.rows[row]!r} is in the upper half. Click further down."
    candidates = slice(view.starts[place], view.starts[place + 1])
    ranks = view.rank[view.norms.index(view.norm), :, candidates]  # [row, candidate]
    answer = int(ranks[-1].argmin())  # the model's own: rank 0 in the last row
    if ranks[row, answer] > 0:
        return f"There the final answer still has rank {ranks[row, answer]}: another token is at the top."
    return ""


EXERCISE = Exercise(
    name="early_answer",
    number=2,
    difficulty=1,
    minutes=3,
    hints=(
        "A cell's colour is the rank, there, of what the model says in the end. Where that is 0, the token is bold.",
        "Follow a column from its top down while its tokens are bold. Few columns stay so below the middle.",
        "Easy answers come after the first half of a fixed phrase, or inside a long word.",
    ),
    solution="""\
found = lens_ranks(model, rows, answers)  # [row, position]; the start token is left out
row, place = next((r, i) for r in range(1, len(names) // 2) for i in range(rows.shape[1]) if found[r, i] == 0)
passage_grid.row, passage_grid.selection.position = row, place + 1

hs.check("early_answer", passage_grid)""",
    verify=verify,
    passed="The final answer is at the top there already, in the lower half of the rows.",
)
