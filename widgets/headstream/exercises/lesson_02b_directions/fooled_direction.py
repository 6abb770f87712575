"""A place where a direction says that a capital comes next, and none does."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.token_values import TokenValues


def verify(view: Any) -> str:
    if not isinstance(view, TokenValues):
        return "Give the view itself: hs.check('fooled_direction', page)."
    place = view.selection.position
    if place is None:
        raise Unanswered
    if place == len(view.tokens) - 1:
        return "Nothing follows the last token. Click another one."
    here, following = view.tokens[place], view.tokens[place + 1]
    limit = float(np.quantile(view.values[1:], 0.8))  # without BOS
    if view.values[place] < limit:
        return f"After {here!r} the coordinate is {view.values[place]:.2f}; the highest fifth begins at {limit:.2f}."
    if not (following[:1] == " " and following[1:].isalpha() and following[1:].islower()):
        return f"After {here!r} comes {following!r}, which is no word in small letters."
    return ""


EXERCISE = Exercise(
    name="fooled_direction",
    number=2,
    difficulty=1,
    minutes=4,
    hints=(
        "The view shades a token by what the stream holds after it. Look for strong blue, and read the next token.",
        "Places after a full stop or a quotation mark are blue for good reason. Look for blue inside a sentence.",
        "In Python: the positions where coordinate is above its .8 quantile and run.tokens[position + 1] is a space "
        "and small letters.",
    ),
    solution="""\
limit = coordinate[1:].quantile(0.8)
small_follows = [i for i, t in enumerate(run.tokens[1:]) if t[:1] == " " and t[1:].isalpha() and t[1:].islower()]
page.selection.position = next(i for i in small_follows if coordinate[i] > limit)

hs.check("fooled_direction", page)""",
    verify=verify,
    passed="The direction says that a capital comes next, and a word in small letters does.",
)
