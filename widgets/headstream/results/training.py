"""A training as it was recorded, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.results.base import Floats, Ints, Result, TokenIds, check_finite
from headstream.tables import Table

# An induction head has formed where a prefix-matching score is so far above its null, and a second copy of random
# tokens costs so much less than the first, nats a token.
MATCHED = 0.2
SAVED = 1.0
SHOWN = 12  # steps in a table


@dataclass(frozen=True, eq=False, repr=False)
class Training(Result):
    """What a model could do, and what its heads attended to, at some steps of its training.

    name: the model's. steps: [step] int32, rising; every other array has this axis first.
    loss: [step] float32, nats a token, on texts that were not trained on.
    early_loss, late_loss: the same near an early position of these texts and near a late one. bands: what the two are
        called, such as "near position 50". Each is a mean over some positions on both sides, for single ones are noisy.
    first_copy, second_copy: [step] float32, nats a token, on random tokens and on their repetition.
    prefix: [step, layer, head] float32, attention from a token of that second copy to the token after its first copy.
        prefix_null: that of a head which attends evenly to all it can see.
    previous: [step, layer, head] float32, attention to the token before. previous_null: that of an even head.
    patterns: [step, text, layer, head, query, key] uint8, 255 times the attention. tokens: for every text, one label a
        position. token_ids: [text, position].
    note: how the record came about, where that is to be said.
    """

    name: str
    steps: Ints
    loss: Floats
    early_loss: Floats
    late_loss: Floats
    first_copy: Floats
    second_copy: Floats
    prefix: Floats
    previous: Floats
    patterns: npt.NDArray[np.uint8]
    tokens: tuple[tuple[str, ...], ...]
    token_ids: TokenIds
    bands: tuple[str, str] = ("near position 50", "near position 500")
    prefix_null: float = 0.0
    previous_null: float = 0.0
    note: str = ""

    def __post_init__(self) -> None:
        axes = checks.array("Training.steps", self.steps, "step", {}, kind="whole")
        if not axes["step"] or (np.diff(self.steps) <= 0).any():
            raise ValueError("Training.steps: expected at least one, each greater than the one before")
        for name in ("loss", "early_loss", "late_loss", "first_copy", "second_copy"):
            checks.array(f"Training.{name}", getattr(self, name), "step", axes)
        axes |= {"text": len(self.tokens)}
        for name in ("prefix", "previous"):
            axes = checks.array(f"Training.{name}", getattr(self, name), "step, layer, head", axes)
        axes = checks.array("Training.token_ids", self.token_ids, "text, position", axes, kind="whole")
        axes |= {"query": axes["position"], "key": axes["position"]}
        form = "step, text, layer, head, query, key"
        axes = checks.array("Training.patterns", self.patterns, form, axes, kind="whole")
        if self.patterns.dtype != np.uint8:
            raise ValueError(f"Training.patterns: expected uint8, 255 times the attention, got {self.patterns.dtype}")
        if not all(axes.values()):
            raise ValueError(f"Training.patterns: expected at least one of every axis, got {list(self.patterns.shape)}")
        for text in self.tokens:
            checks.labels("Training.tokens", text, axes["position"], "position")
        for name in ("loss", "early_loss", "late_loss", "first_copy", "second_copy", "prefix", "previous"):
            check_finite(f"Training.{name}", getattr(self, name))

    @property
    def in_context(self) -> Floats:
        """[step]: the 2022 paper's in-context learning score, late loss minus early loss, nats: the lower, the more a
        model makes of what it has read.
        """
        return self.late_loss - self.early_loss

    def attention(self, at: int = -1, text: int = 0) -> Floats:
        """[layer, head, query, key] float32, the patterns at the at-th recorded step, every row scaled to sum to 1."""
        at = checks.index("at", at, len(self.steps))
        text = checks.index("text", text, len(self.tokens))
        pattern = self.patterns[at, text].astype(np.float32)
        scaled: Floats = pattern / pattern.sum(-1, keepdims=True)
        return scaled

    @property
    def induced(self) -> bool:
        """Whether, at the last step, a head attends to what came next the last time and a second copy costs less."""
        saved = self.first_copy[-1] - self.second_copy[-1]
        return bool(self.prefix[-1].max() - self.prefix_null >= MATCHED and saved >= SAVED)

    @property
    def verdict(self) -> str:
        """Whether an induction head has formed by the last step, in words with the numbers, and the note."""
        layer, head = np.unravel_index(int(self.prefix[-1].argmax()), self.prefix.shape[1:])
        found = f"After {self.steps[-1]:,} steps of {self.name}, "
        found += "an induction head has formed" if self.induced else "no induction head has formed"
        score = f"the highest prefix-matching score is head {layer}.{head}'s, {self.prefix[-1].max():.2f}"
        copies = f"a second copy costs {self.second_copy[-1]:.2f} nats a token and the first {self.first_copy[-1]:.2f}"
        note = f" {self.note}" if self.note else ""
        return f"{found}: {score}, where even attention gives {self.prefix_null:.2f}; {copies}.{note}"

    def __repr__(self) -> str:
        _, layers, heads = self.prefix.shape
        recorded = f"{len(self.steps)} of its steps, the last {self.steps[-1]:,}"
        return f"Training of {self.name}, {layers} layers × {heads} heads: {recorded}, loss {self.loss[-1]:.3g}"

    def records(self) -> list[dict[str, Any]]:
        """One record for every step and head: step, the losses there, layer, head and the head's two scores."""
        return [
            {
                "step": int(self.steps[at]),
                "loss": float(self.loss[at]),
                "in_context": float(self.in_context[at]),
                "first_copy": float(self.first_copy[at]),
                "second_copy": float(self.second_copy[at]),
                "layer": layer,
                "head": head,
                "prefix": float(self.prefix[at, layer, head]),
                "previous": float(self.previous[at, layer, head]),
            }
            for at, layer, head in np.ndindex(self.prefix.shape)
        ]

    def table(self) -> Table:
        """The losses and the highest scores, at some of the steps."""
        some = np.unique(np.linspace(0, len(self.steps) - 1, min(SHOWN, len(self.steps))).round().astype(int))
        rows = [
            (
                int(self.steps[at]),
                *(float(losses[at]) for losses in (self.loss, self.in_context, self.first_copy, self.second_copy)),
                *(float(scores[at].max()) for scores in (self.prefix, self.previous)),
            )
            for at in some
        ]
        best = ("best prefix matching", "best previous token")
        return Table(("step", "loss", "in-context", "first copy", "second copy", *best), rows, caption=repr(self))
