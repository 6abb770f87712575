"""Four models told apart by what surprises them."""

from __future__ import annotations

from typing import Any

import numpy as np

import headstream as hs
from headstream import demos
from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.models import load, run
from headstream.views.token_values import TokenValues

LETTERS = "ABCD"


def verify(given: Any) -> str:
    names = demos.ladder.models
    if (
        not isinstance(given, tuple)
        or len(given) != 2
        or not isinstance(given[0], list)
        or [isinstance(page, TokenValues) for page in given[0]] != [True] * len(names)
    ):
        return "Give the four views and your answer: hs.check('name_the_model', (pages, [...]))."
    pages, answer = given
    if answer is ...:
        raise Unanswered
    if not isinstance(answer, (list, tuple)) or sorted(map(str, answer)) != sorted(names):
        return f"Your answer is to be a list of all four names in your order: {', '.join(names)}."
    # One at a time, for the lesson holds all four already.
    losses = np.stack([-hs.ladder([run(load(name), demos.ladder.text)]).log_prob[0, 1:] for name in names])
    truth = [names[int(np.abs(losses - page.values).max(1).argmin())] for page in pages]
    wrong = [letter for letter, name, right in zip(LETTERS, answer, truth, strict=True) if name != right]
    if not wrong:
        return ""
    right = len(names) - len(wrong)
    return f"{right} of {len(names)} are right. Look again at names and set phrases that come a second time."


EXERCISE = Exercise(
    name="name_the_model",
    number=2,
    difficulty=2,
    minutes=6,
    hints=(
        "The model without layers knows one token. It is the darkest page, and pale only inside words and fixed pairs.",
        "Two layers of attention finish a name that stood on the page before; one layer does not. Compare the second "
        "syllable of a long name at its later mentions. The model with MLPs is the palest on the whole.",
        "The mean loss of a page orders them: pages[0].values.mean() and so on. More layers, smaller loss.",
    ),
    solution="""\
order = np.argsort([-page.values.mean() for page in pages])
answer = pages, [names[order.tolist().index(page)] for page in range(len(pages))]


hs.check("name_the_model", answer)""",
    verify=verify,
    passed="All four models are told apart.",
)
