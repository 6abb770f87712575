"""One text read by several models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from headstream import checks
from headstream.results.base import Floats, Ints, Result, TokenIds, check_tokens
from headstream.tables import Table

# Probabilities from a softmax in float32, or in bfloat16, exceed 1 by no more than this.
ABOVE_ONE = 0.01


@dataclass(frozen=True, eq=False, repr=False)
class Ladder(Result):
    """One text read by several models.

    models: their names, in the order they were given.
    next_prob: [model, position] float32, probability of the token at `position` given those before it
        (nan at position 0).
    guesses: [model, position, k] int32, the most probable tokens for that place, best first (-1 at position 0).
    guess_prob: the same shape, float32. vocabulary: label of every guessed token id.
    next_log_prob: [model, position] float32, ln of next_prob, nats: finite where float32 rounds the probability to 0.
        None takes the logarithm of next_prob.
    token_ids: [position], or None where they are not known.
    """

    models: tuple[str, ...]
    next_prob: Floats
    guesses: Ints
    guess_prob: Floats
    vocabulary: dict[int, str]
    tokens: tuple[str, ...]
    next_log_prob: Floats | None = None
    token_ids: TokenIds | None = None

    def __post_init__(self) -> None:
        axes = {"model": len(self.models), "position": check_tokens("Ladder", self.tokens, self.token_ids)}
        checks.labels("Ladder.models", self.models, len(self.models), "model")
        if not self.models:
            raise ValueError("Ladder.models: expected at least one, got none")
        checks.array("Ladder.next_prob", self.next_prob, "model, position", axes)
        axes = checks.array("Ladder.guesses", self.guesses, "model, position, guess", axes, kind="whole")
        checks.array("Ladder.guess_prob", self.guess_prob, "model, position, guess", axes)
        check_predictions("Ladder.next_prob", self.next_prob)
        check_predictions("Ladder.guess_prob", self.guess_prob)
        checks.labels("Ladder.vocabulary", self.vocabulary.values(), len(self.vocabulary), "token")
        unnamed = set(np.unique(self.guesses[:, 1:]).tolist()) - set(self.vocabulary)
        if unnamed:
            raise ValueError(f"Ladder.vocabulary: expected a label for every guess, got none for token {min(unnamed)}")
        if self.next_log_prob is not None:
            checks.array("Ladder.next_log_prob", self.next_log_prob, "model, position", axes)
            if not np.allclose(np.exp(self.next_log_prob[:, 1:]), self.next_prob[:, 1:], atol=1e-3):
                raise ValueError("Ladder.next_log_prob: expected the logarithm of next_prob, got other numbers")

    @property
    def log_prob(self) -> Floats:
        """[model, position]: ln of the probability of each token, nats; as exact as what was given."""
        if self.next_log_prob is not None:
            return self.next_log_prob
        return logarithm(self.next_prob)

    @property
    def loss(self) -> Floats:
        """[model]: mean of -ln probability over positions 1..., nats per token; nan for a text of one token."""
        return mean_loss(self.log_prob)

    def __repr__(self) -> str:
        loss = " to ".join(f"{loss:.3g}" for loss in dict.fromkeys([self.loss.max(), self.loss.min()]))
        models = f"{len(self.models)} model{'s' if len(self.models) > 1 else ''}"
        return f"Ladder of {models} over {len(self.tokens)} tokens: loss {loss} nats per token"

    def records(self) -> list[dict[str, Any]]:
        """One row for every model at every position from 1 on: model, position, token, its probability and its
        logarithm, the best guess and its probability.
        """
        log_prob = self.log_prob
        return [
            {
                "model": model,
                "position": position,
                "token": self.tokens[position],
                "probability": float(self.next_prob[row, position]),
                "log_probability": float(log_prob[row, position]),
                "guess": self.vocabulary[int(self.guesses[row, position, 0])],
                "guess_probability": float(self.guess_prob[row, position, 0]),
            }
            for row, model in enumerate(self.models)
            for position in range(1, len(self.tokens))
        ]

    def table(self) -> Table:
        """Each model's loss, and of how many tokens it was sure."""
        sure = (self.next_prob[:, 1:] > 0.5).sum(1)
        rows = [(model, float(self.loss[row]), int(sure[row])) for row, model in enumerate(self.models)]
        return Table(("model", "loss (nats per token)", "tokens with p > .5"), rows, caption=repr(self))


def logarithm(p: Floats) -> Floats:
    """ln of probabilities; -infinity for one of 0."""
    with np.errstate(divide="ignore"):
        found: Floats = np.log(p)
    return found


def mean_loss(log_prob: Floats) -> Floats:
    """[model]: nats per token for [model, position] log-probabilities; nan for one token, which nothing predicts."""
    if log_prob.shape[1] < 2:
        return np.full(len(log_prob), np.nan, np.float32)
    loss: Floats = np.asarray(-log_prob[:, 1:].mean(1, dtype=np.float64), np.float32)
    return loss


def check_predictions(name: str, p: Floats) -> None:
    """Whether all are probabilities, [model, position, ...]; nothing predicts position 0, where anything may stand."""
    wrong = ~((p >= 0) & (p <= 1 + ABOVE_ONE))  # nan is wrong too
    wrong[:, 0] = False
    if wrong.any():
        where = tuple(np.argwhere(wrong)[0])
        raise ValueError(
            f"{name}: expected probabilities from 0 to 1, got {p[where]:.3g} at model {where[0]}, position {where[1]}"
        )
