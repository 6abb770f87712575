"""One token of the prompt replaced, so that the induction head finds nothing."""

from __future__ import annotations

from typing import Any

from headstream import demos
from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.framework.heads import prefix_matching_scores, top_head
from headstream.models import load, run, token_id
from headstream.views.token_values import TokenValues

DEMO = demos.made_up_name
MOST = 0.1


def verify(given: Any) -> str:
    if not isinstance(given, tuple) or len(given) != 2 or not isinstance(given[0], TokenValues):
        return "Give the view itself and a token: hs.check('one_token', (page_seen, \" a\"))."
    view, text = given
    place = view.selection.position
    if place is None:
        raise Unanswered
    model = load(DEMO.model)
    before = run(model, DEMO.text)
    if tuple(view.tokens) != before.tokens:
        return "The view shows another text. Run the cell above again."
    if place in (0, len(before.tokens) - 1):
        return "Leave the start token and the last one, which is the question, as they are."
    try:
        ids = [*before.token_ids[:place], token_id(model, text), *before.token_ids[place + 1 :]]
    except (TypeError, ValueError) as error:
        return f"The new token is to be one token of the model: {error}."
    after = run(model, ids)
    layer, head = top_head(prefix_matching_scores(model))
    old, new = (found.attention.pattern[layer, head, -1] for found in (before, after))
    source = int(old.argmax())
    p = float(after.logits[-1].softmax(-1)[before.token_ids[source]])
    edit = f"With {text!r} for {before.tokens[place]!r}, {before.tokens[source]!r} has p = {p:.2f}"
    if place == source:
        return f"{edit}. But that is the token to be copied: the head still finds its place, with {new[source]:.2f}."
    if new[source] > old[source] / 2:
        return f"{edit}, and the head still attends to it with {new[source]:.2f}, {old[source]:.2f} before."
    if p > MOST:
        return f"{edit}. Make it less than {MOST}."
    return ""


EXERCISE = Exercise(
    name="one_token",
    number=3,
    difficulty=1,
    minutes=4,
    hints=(
        "The darkest token is the one that is copied. The head knows its place by something else.",
        "The earlier head has written into that place which token stands before it.",
        "Click the token just before the darkest one: almost any other token in its place will do.",
    ),
    solution="""\
page_seen.selection.position = int(seen.argmax()) - 1
edit = (page_seen, " the")

hs.check("one_token", edit)""",
    verify=verify,
    passed="The token to be copied is still there, and the head no longer finds it.",
)
