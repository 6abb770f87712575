"""A text on which one head moves the top token from unlikely to likely."""

from __future__ import annotations

from typing import Any

from headstream import demos
from headstream.exercises.exercise import Exercise
from headstream.framework.interventions import without_head
from headstream.models import load, run

SHIPPED = (demos.skip_trigram, demos.skip_trigram_code, demos.skip_trigram_phrase)
LEAST, MOST = 0.5, 0.05


def verify(text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        return "Your answer is to be a text, in quotes."
    if text in [demo.text for demo in SHIPPED]:
        return "That is a prompt of this course. Find one of your own."
    found = run(load(demos.skip_trigram.model), text)
    top = int(found.logits[-1].argmax())
    p = float(found.logits[-1].softmax(-1)[top])
    heads = range(found.model.cfg.n_heads)
    least = min(float(without_head(found, 0, head).logits[-1].softmax(-1)[top]) for head in heads)
    token = found.model.tokenizer.decode([top])
    given = f"The top token after it is {token!r} with p = {p:.2f}, and {least:.2f} without the head that matters most"
    if p <= LEAST:
        return f"{given}: the first is to be above {LEAST}."
    if least >= MOST:
        return f"{given}: the second is to be below {MOST}."
    return ""


EXERCISE = Exercise(
    name="moved_token",
    number=3,
    difficulty=2,
    minutes=10,
    hints=(
        "A name of two tokens or more that has been in the text, and its first token at the end: one head may look "
        "back and bring the rest.",
        'Names from old books are known best. "Dorothy and the lion. "Dor" is the pattern: a name, some words, its '
        "beginning.",
        "In Python: loop over names and over where to cut them, and keep the first text that hs.check takes.",
    ),
    solution="""\
names = "Dorothy Napoleon Caterpillar Natasha Jonathan Gryphon Elizabeth Matthew Hermione Dursley".split()
texts = [f'{name} {words} "{name[:cut]}' for name in names for words in ("was there.", "and the lion.", "was gone.")
         for cut in range(1, len(name))]
moved_token = None
for text in texts:
    tried = hs.run(model, text)
    top = int(tried.logits[-1].argmax())
    without = [without_head(tried, 0, h).logits[-1].softmax(-1)[top] for h in range(model.cfg.n_heads)]
    if tried.logits[-1].softmax(-1)[top] > 0.5 and min(without) < 0.05:
        moved_token = text
        break


hs.check("moved_token", moved_token)""",
    verify=verify,
    passed="One head moves the token from below .05 to above .5.",
)
