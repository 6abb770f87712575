"""A nonsense that a head must make likelier."""

from __future__ import annotations

from typing import Any

from headstream import demos
from headstream.exercises.exercise import Exercise
from headstream.framework.interventions import without_head
from headstream.models import load, run, token_id

TIMES, SELDOM = 20, 1e-4


def verify(given: Any) -> str:
    if not isinstance(given, tuple) or len(given) != 2 or not all(isinstance(text, str) and text for text in given):
        return 'Your answer is to be a text and a next token, both in quotes: ("said Dorothy but", " Land").'
    text, following = given
    if given == (demos.skip_trigram_bug.text, demos.skip_trigram_bug.target):
        return "That is this lesson's bug. Find one of your own."
    model = load(demos.skip_trigram_bug.model)
    try:
        token = token_id(model, following)
    except ValueError as error:
        return f"The next token is to be one token of the model: {error}."
    found, smallest = run(model, text), run(load("attn-only-0l"), text)
    p = float(found.logits[-1].softmax(-1)[token])
    least = min(float(without_head(found, 0, h).logits[-1].softmax(-1)[token]) for h in range(model.cfg.n_heads))
    usual = float(smallest.logits[-1].softmax(-1)[token])
    given_words = f"After {found.tokens[-1]!r}, {following!r}"
    if usual >= SELDOM:
        return f"{given_words} is no nonsense: the model without layers gives it {usual:.4f}, and {SELDOM} is the most."
    if p < TIMES * least:
        return f"{given_words} is {p / least:.1f} times likelier with the head that matters most; {TIMES} are wanted."
    return ""


EXERCISE = Exercise(
    name="found_bug",
    number=3,
    difficulty=2,
    minutes=8,
    hints=(
        "Keep the source and the next token of a good skip-trigram of the table, and change the present token.",
        "The present token must be one after which the next one never stands, and from which the head looks back all "
        "the same. Other small words often do.",
        "In Python: loop over small words w, and try (f'said Dorothy {w}', ' Land').",
    ),
    solution="""\
for w in "if or where when not with into and very".split():
    found_bug = (f"said Dorothy {w}", " Land")
    if hs.exercises.find("found_bug").verify(found_bug) == "":
        break


hs.check("found_bug", found_bug)""",
    verify=verify,
    passed="The head makes it at least 20 times likelier, and it is nonsense.",
)
