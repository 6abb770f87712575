"""The cell of a patch grid that restores the answer, of a head whose own bar is short."""

from __future__ import annotations

from typing import Any

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.patch_grid import PatchGrid
from headstream.views.residual_bars import ResidualBars

LEAST = 0.5  # of the difference, restored
SHORT = 0.1  # of the longest bar of a head


def verify(given: Any) -> str:
    views = isinstance(given, tuple) and len(given) == 2
    if not (views and isinstance(given[0], PatchGrid) and isinstance(given[1], ResidualBars)):
        return "Give the view itself, and the bars of the clean run: views = (grid, bars)."
    grid, bars = given
    if grid.cell is None:
        raise Unanswered
    if list(bars.tokens) != list(grid.clean_tokens):
        return "The bars are of another text than the grid's clean run. Run the cells above again."
    row, place = grid.cell
    part = grid.components[row]
    lengths = {
        (one["layer"], one["head"]): abs(float(value))
        for one, value in zip(bars.components, bars.values[:, grid.read_at], strict=True)
        if one["kind"] == "head"
    }
    if part["head"] is None:
        return f"{part['label']} is no head."
    own, longest = lengths[part["layer"], part["head"]], max(lengths.values())
    share = float((grid.patched[row, place] - grid.corrupted) / (grid.clean - grid.corrupted))
    told = f"Head {part['label']} restores {share:.2f} there"
    if own > SHORT * longest:
        return f"{told}, and its bar is {own:.2f} long, where the longest is {longest:.2f}: no short one."
    if share < LEAST:
        return f"{told}. That is less than {LEAST}."
    return ""


EXERCISE = Exercise(
    name="small_bar",
    number=2,
    difficulty=1,
    minutes=4,
    hints=(
        "Look for the darkest blue cells, and read which head each belongs to.",
        "What a head writes at a position that is not the last reaches the answer only through later heads.",
        "Click the dark cell in the column after the token that differs, not one in the last column.",
    ),
    solution="""\
row, place = np.unravel_index(patching.effect.argmax(), patching.effect.shape)
grid.cell = (int(row), int(place))
views = (grid, bars)

hs.check("small_bar", views)""",
    verify=verify,
    passed="It restores most of the answer, and attribution hardly shows it: all that it does, it does through others.",
)
