"""The exercise of lesson 90: a cell pinned in a lens."""

import numpy as np

import headstream as hs
from tests.views.lenses import random_lens

from .told import told


def test_the_row_from_which_on_the_answer_stays():
    lens, _ = random_lens(["a", "b", "c"], top=3)
    view = hs.LogitLensGrid(lens)
    assert told("settled_row", view)[0] == "unanswered"
    on_top = lens.rank[0, :, 2, 0] == 0
    settled = int(np.flatnonzero(~np.append(False, on_top))[-1])
    for row, place, status, word in (
        (settled, 1, "not yet", "position 1"),
        (settled, 2, "passed", ""),
        *((row, 2, "not yet", "below") for row in range(settled + 1, len(view.rows))),
        *((row, 2, "not yet", "lost" if on_top[row] else "another token") for row in range(settled)),
    ):
        view.row, view.selection.position = row, place
        found, message = told("settled_row", view)
        assert (found, word in message) == (status, True), message
