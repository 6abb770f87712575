"""The same for a sealed model that no text of the course is about."""

from __future__ import annotations

from typing import Any

from headstream.exercises.exercise import Exercise
from headstream.exercises.lesson_23_capstone.foretold import graded
from headstream.exercises.sealed_models import again, is_sealed

TOLD = ("sealed-1", "sealed-3")  # in the lesson and in its other exercises


def verify(given: Any) -> str:
    if not (isinstance(given, tuple) and len(given) == 2 and is_sealed(given[0]) and callable(given[1])):
        return "Your answer is to be two things, the sealed model and your function: (third, foretold_too)."
    if str(given[0].cfg.model_name) in TOLD:
        return "That is a model of this lesson. Take another seed: third = hs.sealed(11)."
    return graded(again(given[0]), given[1])


EXERCISE = Exercise(
    name="another_seal",
    number=3,
    difficulty=3,
    minutes=20,
    hints=(
        "Begin as with the others: the heads that matter, then where each attends, then what each calls for.",
        'A rule may move the letter that it sees on by some places in the alphabet, "?" being the last letter.',
        "Compare what the model says with all heads on, with those of the first rule off, and with all off. A head "
        "may ask for the letter after one special letter, whatever the present one is.",
    ),
    solution="""\
third = hs.sealed(6)
third_pairs = dict(zip(alphabet, answers(third, list(alphabet), heads)))

def foretold_too(text, off):
    *before, present = text
    if present in before and "0.0" not in off and not {"1.1", "1.2"} <= set(off):
        return text[text.rindex(present, 0, len(text) - 1) + 1]
    if "0.1" not in off and len(text) > 2:
        return alphabet[(alphabet.index(text[-3]) + 2) % len(alphabet)]
    return third_pairs[present]

third_claim = (third, foretold_too)

hs.check("another_seal", third_claim)""",
    verify=verify,
    passed="A model that nobody explained to you does what you say it does.",
)
