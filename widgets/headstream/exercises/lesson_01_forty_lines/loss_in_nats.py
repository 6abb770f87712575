"""The loss of a model on a text, from its logits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for length, d_vocab in ((3, 4), (7, 11), (2, 5)):
        ids = rng.permutation(d_vocab)[:length]
        yield _case(rng.normal(size=(length, d_vocab)) * 2, ids, "The loss")
    repeated = np.array([0, 3, 3, 0, 4, 4, 2])
    logits = rng.normal(size=(7, 5)) * 2
    logits[1] = logits[0]
    yield _case(logits, repeated, "With tokens that repeat, the loss")
    yield _case(rng.normal(size=(7, 5)) - 20, repeated, "With logits that are all negative, the loss")
    yield _case(np.zeros((6, 11)), rng.permutation(11)[:6], "The loss of a model that finds every token equally likely")


def _case(logits: npt.NDArray[np.float64], ids: npt.NDArray[np.int64], words: str) -> Case:
    nats = [np.log(np.exp(row).sum()) - row[token] for row, token in zip(logits[:-1], ids[1:], strict=True)]
    return Case((logits, ids), np.mean(nats), words)


EXERCISE = Exercise(
    name="loss_in_nats",
    number=3,
    difficulty=1,
    minutes=6,
    hints=(
        "Row t of the logits predicts token t + 1. So the last row predicts nothing, and nothing predicts BOS.",
        "logits.log_softmax(-1) has every token's log-probability. From rows 0 to n - 2, pick the entries of ids[1:].",
        "log_prob[torch.arange(len(ids) - 1), ids[1:]] is what the tokens that came had. Then take minus the mean.",
    ),
    solution="""\
def loss(logits, ids):
    log_prob = logits.log_softmax(-1)
    return -log_prob[torch.arange(len(ids) - 1), ids[1:]].mean()


hs.check("loss_in_nats", loss)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Off by one position: you scored each row of logits on its own token. Row t predicts token t + 1.",
            {"torch.arange(len(ids) - 1), ids[1:]": "torch.arange(len(ids)), ids"},
        ),
        Mistake(
            "Off by one position: you scored row t on token t. Row t predicts token t + 1.",
            {"ids[1:]]": "ids[:-1]]"},
        ),
        Mistake(
            "Off by one position, the other way: you scored row t + 1 on token t.",
            {"torch.arange(len(ids) - 1), ids[1:]": "torch.arange(1, len(ids)), ids[:-1]"},
        ),
        Mistake(
            "log_prob[:-1, ids[1:]] takes from every row all the tokens that came, a square. Take one from each row: "
            "log_prob[torch.arange(len(ids) - 1), ids[1:]].",
            {"torch.arange(len(ids) - 1), ids[1:]": ":-1, ids[1:]"},
        ),
        Mistake(
            "log_prob[:, ids] takes from every row all the tokens of the text, a square. Take from row t the one token "
            "t + 1.",
            {"torch.arange(len(ids) - 1), ids[1:]": ":, ids"},
        ),
        Mistake(
            "You picked rows by the tokens' ids. Rows are positions, columns are tokens.",
            {"torch.arange(len(ids) - 1), ids[1:]": "ids[1:] % len(ids), torch.arange(len(ids) - 1)"},
        ),
        Mistake(
            "You averaged over the whole vocabulary. Pick the log-probability of the token that came.",
            {"[torch.arange(len(ids) - 1), ids[1:]]": "[:-1]"},
        ),
        Mistake(
            "That is the loss of the likeliest tokens. Pick the log-probability of the token that came.",
            {"[torch.arange(len(ids) - 1), ids[1:]]": "[:-1].amax(-1)"},
        ),
        Mistake(
            "That is in base 10. A loss in nats takes the natural logarithm.", {".mean()": ".mean() / math.log(10)"}
        ),
        Mistake("That is in bits. A loss in nats takes the natural logarithm.", {".mean()": ".mean() / math.log(2)"}),
        Mistake("The sign is wrong: a loss is minus the logarithm of a probability.", {"return -": "return "}),
        Mistake("That is the sum over the predictions. The loss is their mean.", {".mean()": ".sum()"}),
        Mistake("That is one loss for each prediction. The loss is their mean: one number.", {".mean()": ""}),
        Mistake(
            "You divided by the number of positions. One fewer of them predict a token that is there.",
            {".mean()": ".sum() / len(ids)"},
        ),
        Mistake(
            "That is exp of the loss, the perplexity.",
            {"return -": "return torch.exp(-", ".mean()": ".mean())"},
        ),
        Mistake(
            "That is the logarithm of a mean probability. Take the mean of the logarithms.",
            {".mean()": ".exp().mean().log()"},
        ),
        Mistake(
            "You averaged probabilities. Take minus the logarithm of each first.",
            {"return -": "return ", ".mean()": ".exp().mean()"},
        ),
        Mistake("There is no softmax: these are raw logits.", {"logits.log_softmax(-1)": "logits"}),
        Mistake(
            "Your softmax runs over the positions. It must run over the vocabulary: the last axis.",
            {"log_softmax(-1)": "log_softmax(0)"},
        ),
        Mistake(
            "You left out the first prediction. BOS predicts the first real token, and that counts.",
            {".mean()": "[1:].mean()"},
        ),
    ),
    passed="Right on random logits, with tokens that repeat, and on a model that finds all tokens equally likely.",
)
