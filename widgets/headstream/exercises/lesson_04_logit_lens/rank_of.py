"""The rank of a token among the logits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    places = rng.permuted(np.tile(np.arange(12), (3, 4, 1)), axis=-1)
    for token in rng.choice(np.arange(1, 11), size=3, replace=False).tolist():
        yield Case((6.0 - places, token), places[..., token], "Your array of ranks")


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
            "argsort tells which token stands at each place. You want the place of one token: argsort the argsort, or "
            "count.",
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
        Mistake("You counted over all vectors at once. Give one rank for each.", {".sum(-1)": ".sum()"}),
    ),
    passed="Every rank is right, for three tokens and logits of both signs.",
)
