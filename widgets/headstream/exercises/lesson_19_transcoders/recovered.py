"""How much of the loss that an MLP saves is left with its transcoder in its place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for positions, d_vocab in ((4, 5), (9, 3), (6, 8)):
        ids = rng.integers(0, d_vocab, positions)
        ids[-1] = d_vocab - 1
        logits = rng.normal(size=(3, positions, d_vocab))
        following = np.arange(positions - 1), ids[1:]
        logits[0][following] += 4
        logits[1][following] += 2.5
        losses = []
        for each in logits:
            p = np.exp(each[:-1]) / np.exp(each[:-1]).sum(-1, keepdims=True)
            losses.append(-np.log(p[following]).mean())
        yield Case((*logits, ids), float((losses[2] - losses[1]) / (losses[2] - losses[0])), "Your share")


EXERCISE = Exercise(
    name="recovered",
    number=4,
    difficulty=2,
    minutes=8,
    hints=(
        "First the loss of each of the three: the mean of minus the log probability of the token that comes next.",
        "Position i predicts token i + 1: logits[:-1].log_softmax(-1) at ids[1:]. The share is of the gap between the "
        "mean and the model that the transcoder closes.",
        "loss = lambda x: -x[:-1].log_softmax(-1).gather(1, ids[1:, None]).mean(); return (loss(mean) - loss(with_it)) "
        "/ (loss(mean) - loss(model)).",
    ),
    solution="""\
def recovered(logits, logits_with, logits_mean, ids):
    def loss(x):
        return -x[:-1].log_softmax(-1).gather(1, ids[1:, None]).mean()

    gap, closed = loss(logits_mean) - loss(logits), loss(logits_mean) - loss(logits_with)
    return closed / gap


recovered_checked = hs.check("recovered", recovered)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Each position is asked for its own token. Position i predicts token i + 1.",
            {"x[:-1]": "x", "ids[1:, None]": "ids[:, None]"},
        ),
        Mistake("You gave the share that is lost. Recovered is 1 less that.", {"closed / gap": "1 - closed / gap"}),
        Mistake(
            "That is a ratio of losses. A share of the gap: 0 where the transcoder is no better than the mean.",
            {"closed / gap": "loss(logits) / loss(logits_with)"},
        ),
        Mistake(
            "Your quotient is turned around: what the transcoder saves stands above, what the model saves below.",
            {"closed / gap": "gap / closed"},
        ),
        Mistake(
            "You took the logit of the next token. A loss needs its log probability: log_softmax first.",
            {"x[:-1].log_softmax(-1).gather": "x[:-1].gather"},
        ),
    ),
    passed="1 is as good as the model, 0 no better than the mean.",
)
