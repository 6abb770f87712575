"""The loss of a model that sees one token, and the least that it can be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake

WORDS = ("Your best loss", "Your loss of the logits")


def cases(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(np.array([[0.0, 6, 2]]), np.array([[-9.0, 0, 0]]), "In the example")
    yield _case(np.array([[4.0, 4, 1], [1, 1, 30]]), rng.normal(size=(2, 3)), "With every count above 0")
    for rows, d_vocab in ((3, 5), (6, 4)):
        counts = rng.integers(0, 9, (rows, d_vocab)) * rng.integers(0, 2, (rows, d_vocab)).astype(float)
        counts[:, 0] += 1
        counts[0] *= 20
        yield _case(counts, rng.normal(size=counts.shape) * 3 - 5, "With followers that never came")
    yield _case(
        np.array([[0.0, 3, 0], [5, 0, 0]]), np.zeros((2, 3)), "With rows of one follower, so that nothing is left"
    )


def _case(counts: npt.NDArray[np.float64], logits: npt.NDArray[np.float64], words: str) -> Case:
    best = loss = 0.0
    for row, of in zip(counts, logits, strict=True):
        for count, logit in zip(row, of, strict=True):
            if count:
                best -= count / counts.sum() * np.log(count / row.sum())
                loss -= count / counts.sum() * (logit - np.log(np.exp(of).sum()))
    return Case((counts, logits), (best, loss), tuple(f"{words}, {word[0].lower()}{word[1:]}" for word in WORDS))


EXERCISE = Exercise(
    name="bigram_loss",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "Both are means over pairs, and a pair's weight is counts / counts.sum(). What is averaged is -ln p of the "
        "follower: once with the row's own shares, once with those that the logits give.",
        "A row's own shares are counts / counts.sum(-1, keepdim=True); those of the logits are "
        "logits.log_softmax(-1), logarithms already. torch.xlogy(x, y) is x ln y, and 0 where x is 0.",
        "weight = counts / counts.sum()\n  best = -torch.xlogy(weight, counts / counts.sum(-1, keepdim=True)).sum()",
    ),
    solution="""\
def bigram_loss(counts, logits):
    weight = counts / counts.sum()
    shares = counts / counts.sum(-1, keepdim=True)
    best = -torch.xlogy(weight, shares).sum()
    loss = -(weight * logits.log_softmax(-1)).sum()
    return best, loss


bigram_checked = hs.check("bigram_loss", bigram_loss)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Every row counts the same in yours. A row that occurs more often counts more: weigh each pair by counts / "
            "counts.sum().",
            {"weight = counts / counts.sum()": "weight = counts / counts.sum(-1, keepdim=True) / len(counts)"},
        ),
        Mistake(
            "You summed over the rows' losses. Take their mean, weighed by how often each row occurs.",
            {"weight = counts / counts.sum()": "weight = counts / counts.sum(-1, keepdim=True)"},
        ),
        Mistake(
            "Your shares are of all pairs. In the logarithm stands the share of one row: "
            "counts / counts.sum(-1, keepdim=True).",
            {"shares = counts / counts.sum(-1, keepdim=True)": "shares = counts / counts.sum()"},
        ),
        Mistake(
            "Logits are no logarithms of shares yet: log_softmax(-1) makes them so.",
            {"logits.log_softmax(-1)": "logits"},
        ),
        Mistake(
            "That is the entropy of what the model says. The loss asks what it said of the pairs that came: weigh by "
            "the counts.",
            {"(weight * logits.log_softmax(-1))": "(logits.softmax(-1) * logits.log_softmax(-1)).mean(0)"},
        ),
        Mistake(
            "You took the plain mean over all entries, also of pairs that never came.",
            {"(weight * logits.log_softmax(-1)).sum()": "logits.log_softmax(-1).mean()"},
        ),
        Mistake("A loss is not negative: minus the logarithm.", {"best = -": "best = ", "loss = -": "loss = "}),
        Mistake(
            "That is in bits. A nat takes the natural logarithm.",
            {
                "shares).sum()": "shares).sum() / math.log(2)",
                "_softmax(-1)).sum()": "_softmax(-1)).sum() / math.log(2)",
            },
        ),
        Mistake(
            "That is the KL divergence, loss less best. Return the loss itself.",
            {"return best, loss": "return best, loss - best"},
        ),
        Mistake("You returned them the other way round: best first.", {"return best, loss": "return loss, best"}),
    ),
    passed="Both losses are right, with rows of different weight and followers that never came.",
)
