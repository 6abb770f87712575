"""A model's weights set by hand, so that its two heads do induction."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.models import Run, run

LEAST = 0.9


def verify(model: Any) -> str:
    if not hasattr(model, "blocks") or (model.cfg.n_layers, model.cfg.n_heads, model.cfg.d_vocab) != (2, 1, 27):
        return "Your answer is to be the small model itself: hs.check('by_hand', toy)."
    first, second = (block.attn for block in model.blocks)
    if not any(weights.any() for head in (first, second) for weights in (head.W_Q, head.W_V, head.W_O)):
        raise Unanswered
    random = np.random.default_rng(0)
    for length in (5, 8, 19):
        letters = 1 + random.permutation(26)[:length]
        if told := _first_head(found := run(model, [0, *letters, *letters])) or _second_head(found, length):
            return told
    return ""


def _first_head(found: Run) -> str:
    pattern = found.attention.pattern[0, 0]
    before = np.diagonal(pattern, -1)
    if before.min() >= LEAST:
        return ""
    place = 1 + int(before.argmin())
    there = f"At place {place} the head of layer 0 attends to the place before with {before[place - 1]:.2f}"
    if int(pattern[place].argmax()) == place - 1:
        return f"{there}: that is the right place, and not sharp enough. Make W_Q larger, until it is above {LEAST}."
    return f"{there}, and most to place {int(pattern[place].argmax())}. Its query is to ask for the place before."


def _second_head(found: Run, length: int) -> str:
    pattern = found.attention.pattern[1, 0]
    for place in range(length + 1, 2 * length + 1):
        right, most = place - length + 1, int(pattern[place].argmax())
        there = (
            f"The letter of place {place} stood at place {place - length} before, so the head of layer 1 is to attend"
        )
        there = f"{there} to place {right}. It does so with {pattern[place, right]:.2f}"
        if pattern[place, right] < LEAST:
            if np.ptp(pattern[place, : place + 1]) < 1e-3:
                return f"{there}, and with as much to all: its query or its key reads a part that says nothing."
            if most == right:
                return f"{there}, which is not above {LEAST}. Make its W_Q larger."
            if most == place - length:
                return f"{there}, and most to the letter itself: its key is to read what the first head wrote."
            return f"{there}, and most to place {most}."
        top, next_letter = int(found.logits[place].argmax()), int(found.token_ids[right])
        if top != next_letter:
            own = "is the present one, which the direct path raises by 1: " if top == found.token_ids[place] else "is "
            copied = f"its W_O is to raise the copied letter, {next_letter}, above it."
            return f"Both patterns are right, but the top token at place {place} {own}{top}; {copied}"
    return ""


EXERCISE = Exercise(
    name="by_hand",
    number=1,
    difficulty=3,
    minutes=15,
    hints=(
        "The first head: its query turns place i into place i - 1, its key gives the place as it is. Its value reads "
        "the part `token`, and W_O writes that into the part `before`.",
        "The second head: its query reads `token`, its key `before`, both as letters. It moves `token` to `token`. "
        "Scores are divided by √d_head, about 10, so make both W_Q 100 times as large.",
        "torch.eye(places).roll(-1, 1) has a 1 in row i, column i - 1. second.W_K[0, before, token] is of letters. "
        "The present letter has a logit of 1 already, so the second W_O needs more than 1.",
    ),
    solution="""\
toy = blank_model()  # all weights of its two heads are 0
first, second = (block.attn for block in toy.blocks)
tokens, places = toy.cfg.d_vocab, toy.cfg.n_ctx
token, place, before = slice(0, tokens), slice(tokens, tokens + places), slice(tokens + places, None)
letter = torch.eye(tokens)
first.W_K[0, place, place] = torch.eye(places)
first.W_Q[0, place, place] = 100 * torch.eye(places).roll(-1, 1)
first.W_V[0, token, token] = first.W_O[0, token, before] = letter
second.W_Q[0, token, token] = 100 * letter
second.W_K[0, before, token] = second.W_V[0, token, token] = letter
second.W_O[0, token, token] = 5 * letter

by_hand_checked = hs.check("by_hand", toy)""",
    verify=verify,
    passed="Both heads attend where they are to, and every letter of a second copy is foreseen, in three random texts.",
)
