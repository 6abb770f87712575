"""A text whose last token only the largest model foresees."""

from __future__ import annotations

from typing import Any

import headstream as hs
from headstream import demos
from headstream.exercises.exercise import Exercise
from headstream.models import load, run


def verify(text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        return "Your answer is to be a text, in quotes."
    p = []
    for name in demos.ladder.models:  # one at a time: the lesson holds all four already
        found = hs.ladder([run(load(name), text)])
        p.append(found.next_prob[0, -1])
    last = found.tokens[-1]
    given = ", ".join(f"{name} gives it {value:.2f}" for name, value in zip(demos.ladder.models, p, strict=True))
    if p[-1] <= 0.5:
        return f"The largest model does not foresee your last token, {last!r}: {given}."
    if max(p[:-1]) > 0.5:
        return f"A smaller model foresees your last token, {last!r}, too: {given}."
    return ""


EXERCISE = Exercise(
    name="only_the_largest",
    number=2,
    difficulty=1,
    minutes=6,
    hints=(
        "In the ladder, the largest model's colour marks what only it foresees. Press its name below the text to see "
        "those tokens alone.",
        "Copy the page from its beginning up to such a token, that token included: "
        "text = hs.demos.ladder.text; text[: text.index(...)] cuts it.",
        "In Python: a mark is at every position where ladder.next_prob of the last model is above 0.5 and all others "
        "are not. The tokens up to there, decoded, are an answer.",
    ),
    solution="""\
marks = (ladder.next_prob[-1] > 0.5) & ~(ladder.next_prob[:-1] > 0.5).any(0)
upto = int(np.flatnonzero(marks)[0])
only_the_largest = models[0].tokenizer.decode(ladder.token_ids[1 : upto + 1])


hs.check("only_the_largest", only_the_largest)""",
    verify=verify,
    passed="Only the largest of the four models gives your last token more than half.",
)
