"""The rank of a token among the logits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    # Every token has every rank once among the rows.
    for size, tokens in ((4, (1, 0)), (12, (5, 11, 0))):
        places = rng.permutation((np.arange(size) + np.arange(size)[:, None]) % size)
        for token in tokens:
            yield Case((0.3 * (size / 2 - places), token), places[:, token], "Your array of ranks")
    blocks = places.reshape(3, 4, 12)
    yield Case((-1.0 - blocks, 3), blocks[..., 3], "With logits that are all negative, your array of ranks")
    yield Case((2.5 - places[0], 2), places[0, 2], "Of one vector of logits, the rank")
    ties = np.array([[2.0, 2, 1, 1], [1, 2, 2, 2], [2, 1, 2, 0], [0, 0, 0, 0]])
    for token, ranks in ((0, [0, 3, 0, 0]), (3, [2, 0, 3, 0])):
        yield Case((ties, token), np.array(ranks), "With logits that are equal, your array of ranks")


def reason(got: Any, logits: Any, token: int) -> str:
    equal = (logits == logits[..., token : token + 1]).sum(-1)
    return "Tokens with the same logit have the same rank: count those above only." if (equal > 1).any() else ""


EXERCISE = Exercise(
    name="rank_of",
    number=3,
    difficulty=1,
    minutes=5,
    hints=(
        "A rank is a count: how many tokens have a larger logit than this one?",
        "logits[..., token] has one axis fewer than logits. logits[..., token : token + 1] keeps it, so the two can be "
        "compared.",
        "return (logits > logits[..., token : token + 1]).sum(-1)",
    ),
    solution="""\
def rank_of(logits, token):
    return (logits > logits[..., token : token + 1]).sum(-1)


hs.check("rank_of", rank_of)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Your ranks start at 1. The top token has rank 0: count only the larger logits.",
            {"logits > logits": "logits >= logits"},
        ),
        Mistake(
            "You counted the tokens with a smaller logit. The top token must get rank 0.",
            {"logits > logits": "logits < logits"},
        ),
        Mistake(
            "argsort tells which token stands at each place. You want the place of one token: count the larger logits.",
            {
                "(logits > logits[..., token : token + 1]).sum(-1)": (
                    "logits.argsort(dim=-1, descending=True)[..., token]"
                )
            },
        ),
        Mistake(
            "That is the token's logit. Count how many are larger.",
            {"(logits > logits[..., token : token + 1]).sum(-1)": "logits[..., token]"},
        ),
        Mistake("That is still one answer for each token. Sum over the vocabulary, the last axis.", {".sum(-1)": ""}),
        Mistake(
            "That is the top token itself. Return the place of the token asked for.",
            {"(logits > logits[..., token : token + 1]).sum(-1)": "logits.argmax(-1)"},
        ),
        Mistake(
            "That is a share of the vocabulary. A rank is a count: sum, not mean.", {".sum(-1)": ".double().mean(-1)"}
        ),
        Mistake(
            "That counts from the smallest logit. The top token must get rank 0.",
            {"(logits > logits[..., token : token + 1]).sum(-1)": "logits.argsort(dim=-1).argsort(dim=-1)[..., token]"},
        ),
        Mistake(
            "You compared tokens with each other, not their logits: token is an id.",
            {"logits[..., token : token + 1]": "token"},
        ),
        Mistake("You counted over all vectors at once. Give one rank for each.", {".sum(-1)": ".sum()"}),
    ),
    passed="Every rank is right, for logits of both signs, equal ones, and one vector or many.",
    reason=reason,
)
