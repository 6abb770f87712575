"""A text that makes the lesson's head fail."""

from __future__ import annotations

from typing import Any

from headstream import demos
from headstream.exercises.exercise import Exercise
from headstream.models import load, run

HALF = 0.5


def verify(text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        return "Your answer is to be a text, in quotes."
    model = load(demos.skip_trigram.model)
    shipped, yours = run(model, demos.skip_trigram.text), run(model, text)
    looks = shipped.attention.pattern[0, :, -1, 1:]  # [head, key], BOS aside
    head, source = divmod(int(looks.argmax()), looks.shape[1])
    name, end = shipped.tokens[source + 1], shipped.tokens[-2:]
    if yours.tokens[-2:] != end:
        return f"End your text as the lesson's does, with the tokens {end[0]!r} and {end[1]!r}; yours ends with " + (
            " and ".join(map(repr, yours.tokens[-2:])) + "."
        )
    places = [position for position, token in enumerate(yours.tokens) if token == name]
    if not places:
        return f"The token {name!r} is not in your text. It must be there to be overlooked."
    look = float(yours.attention.pattern[0, head, -1, places].sum())
    if look >= HALF:
        return f"The head is not distracted: it gives {name!r} {look:.2f} of its attention."
    return ""


EXERCISE = Exercise(
    name="distracted_head",
    number=2,
    difficulty=2,
    minutes=8,
    hints=(
        "Put your tries into Your turn, and look where this head looks from the last token. Distance alone does not "
        "help: the softmax compares keys, wherever they stand.",
        "The head asks for words that may go on after M. A softmax shares out one unit of attention: give it other "
        "keys that score as high.",
        "Put other names that begin with M between the two: some of them win.",
    ),
    solution="""\
distracting_text = 'She looked round. Matthew was gone. Martha, Meg, Major Mel and Martha were there. "M'

hs.check("distracted_head", distracting_text)""",
    verify=verify,
    passed="The name is there, and the head gives it less than half of its attention.",
)
