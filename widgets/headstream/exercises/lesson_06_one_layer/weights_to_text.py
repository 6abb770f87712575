"""A text on which a head does what its circuits say."""

from __future__ import annotations

from typing import Any

from headstream import demos
from headstream.exercises.exercise import Exercise
from headstream.models import load, run

LEAST = 0.5


def verify(text: Any) -> str:
    from headstream.framework.weights import full_ov  # needs torch, which a list of the exercises does not

    if not isinstance(text, str) or not text.strip():
        return "Your answer is to be a text, in quotes."
    if text == demos.skip_trigram.text:
        return "That is this lesson's prompt. Find one of your own."
    found = run(load(demos.skip_trigram.model), text)
    top = int(found.logits[-1].argmax())
    decode = found.model.tokenizer.decode
    said = f"The model says {decode([top])!r}"
    told = f"{said}. No head gives more than half of its attention from the last token to an earlier one."
    for head, pattern in enumerate(found.attention.pattern[0, :, -1]):
        place = int(pattern.argmax())
        if not 0 < place < len(pattern) - 1 or pattern[place] <= LEAST:
            continue
        ov = full_ov(found.model, 0, head)
        gives = int((ov.left[int(found.token_ids[place])] @ ov.right).argmax())
        if gives == top:
            return ""
        told = f"{said}, and a head that looks at {found.tokens[place]!r} gives {decode([gives])!r}."
    return told


EXERCISE = Exercise(
    name="weights_to_text",
    number=3,
    difficulty=3,
    minutes=10,
    hints=(
        "Begin with the OV table on text: lines in which the written token goes on from something. What present token "
        "would have to stand before it?",
        "A name that is cut in two works for more than one name: the whole name first, some words, its beginning last.",
        "In Python: loop over names and cuts, run each text, and compare for each head the top of the OV row with the "
        "model's top token.",
    ),
    solution="""\
names = "Matthew Natasha Dorothy Jonathan Caterpillar Napoleon Gryphon Elizabeth Alexandra Margaret".split()
texts = [f'He saw {name} {words} "{name[:cut]}' for name in names for words in ("there.", "again. Then he said:", "go.")
         for cut in range(1, len(name))]


def does_what_it_says(text):
    tried = hs.run(model, text)
    for h, weights in enumerate(tried.attention.pattern[0, :, -1]):
        place = int(weights.argmax())
        ov = full_ov(model, 0, h)
        gives = int((ov.left[tried.token_ids[place]] @ ov.right).argmax())
        if 0 < place < len(weights) - 1 and weights[place] > 0.5 and gives == int(tried.logits[-1].argmax()):
            return True
    return False


weights_to_text = next(filter(does_what_it_says, texts), None)


hs.check("weights_to_text", weights_to_text)""",
    verify=verify,
    passed="A head looks where you said, and what it gives is what the model says.",
)
