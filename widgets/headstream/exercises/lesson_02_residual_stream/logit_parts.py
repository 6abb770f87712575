"""What each write adds to one token's logit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    # the token is a row of W_U too: an answer that takes one is told so
    for components, d_model, d_vocab, token in ((4, 5, 7, 2), (5, 8, 17, 0), (3, 6, 5, 4), (1, 8, 17, 7)):
        W_U = rng.normal(size=(d_model, d_vocab)) + rng.normal(size=(d_model, 1))
        direction = W_U[:, token] - W_U.mean(1)
        for writes in (rng.normal(size=(components, d_model)), np.stack([direction, 0 * direction, -2 * direction])):
            logits = writes @ W_U
            yield Case((writes, W_U, token), logits[:, token] - logits.mean(1), "Your array of parts")


EXERCISE = Exercise(
    name="logit_parts",
    number=3,
    difficulty=2,
    minutes=8,
    hints=(
        "A logit is the dot product of the final stream with one column of W_U. The stream is a sum, so the "
        "dot product is one too.",
        "The vocabulary's mean logit is the dot product with the mean column, W_U.mean(1). So use W_U[:, "
        "token] - W_U.mean(1).",
        "writes is [component, d_model]: one matrix times one vector, writes @ (W_U[:, token] - W_U.mean(1)).",
    ),
    solution="""\
def logit_parts(writes, W_U, token):
    return writes @ (W_U[:, token] - W_U.mean(1))


hs.check("logit_parts", logit_parts)""",
    cases=cases,
    mistakes=(
        Mistake(
            "These are raw logits. Take away the vocabulary's mean: subtract the mean column of W_U.",
            {" - W_U.mean(1)": ""},
        ),
        Mistake(
            "You subtracted the mean over d_model. The mean to take away is the one over the vocabulary, W_U.mean(1).",
            {"W_U.mean(1)": "W_U[:, token].mean()"},
        ),
        Mistake(
            "You subtracted the mean of all of W_U, one number. The mean over the vocabulary is a vector, W_U.mean(1).",
            {"W_U.mean(1)": "W_U.mean()"},
        ),
        Mistake(
            "You subtracted the mean over d_model, W_U.mean(0). The vocabulary is the other axis: W_U.mean(1).",
            {"writes @ (W_U[:, token] - W_U.mean(1))": "writes @ W_U[:, token] - W_U.mean(0)[token]"},
        ),
        Mistake(
            "These are the mean logits alone. Take them away from the token's.",
            {"W_U[:, token] - W_U.mean(1)": "W_U.mean(1)"},
        ),
        Mistake(
            "You added the mean column. Take it away.",
            {" - W_U.mean(1)": " + W_U.mean(1)"},
        ),
        Mistake(
            "A log-probability does not split into parts: each write's own softmax is taken away. Stay with logits.",
            {"writes @ (W_U[:, token] - W_U.mean(1))": "(writes @ W_U).log_softmax(-1)[:, token]"},
        ),
        Mistake(
            "You subtracted the mean of your parts from them. Subtract from each part its own mean over the "
            "vocabulary.",
            {"writes @ (W_U[:, token] - W_U.mean(1))": "(writes - writes.mean(0)) @ W_U[:, token]"},
        ),
        Mistake(
            "These are running sums. Return what each component adds alone.",
            {"return writes": "return writes.cumsum(0)"},
        ),
        Mistake(
            "You return only the sum. Return one number for each component.", {"return writes": "return writes.sum(0)"}
        ),
        Mistake(
            "The parts are divided by the length of the direction. A logit is a plain dot product.",
            {"(W_U[:, token] - W_U.mean(1))": "torch.nn.functional.normalize(W_U[:, token] - W_U.mean(1), dim=0)"},
        ),
        Mistake(
            "You took every token's logit. Pick the column of the one token.",
            {"W_U[:, token] - W_U.mean(1)": "W_U - W_U.mean(1, keepdim=True)"},
        ),
        Mistake(
            "A softmax does not split into parts. Stay with logits.",
            {"writes @ (W_U[:, token] - W_U.mean(1))": "(writes @ W_U).softmax(-1)[:, token]"},
        ),
    ),
    passed="Right on random writes, and on writes made along the token's own direction.",
)
