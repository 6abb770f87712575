"""One text read by several models."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.reductions import guesses
from headstream.framework.stream import vocabulary
from headstream.models.runs import Run, checked_run
from headstream.results import Ladder

with needs_lessons():
    import torch


@torch.no_grad()
def ladder(runs: Sequence[Run], *, top: int = 5) -> Ladder:
    """What each of several models expects at every place of the same text.

    runs: one run a model, all of the same token ids with the same vocabulary. top: how many guesses to keep.
    At position t stands what the model gives for token t after reading tokens 0 to t - 1.
    Raises ValueError for no runs, runs of one token, runs that differ in tokens or vocabulary, and a `top` below 1 or
    above the vocabulary.
    """
    runs = [checked_run(run) for run in checks.items("runs", runs, "a list of runs, one a model")]
    _check_same_text(runs)
    top, size = checks.whole("top", top, 1, runs[0].source.shape.d_vocab), len(runs[0].tokens)
    next_log_prob = np.full((len(runs), size), np.nan, np.float32)
    guess_prob = np.full((len(runs), size, top), np.nan, np.float32)
    best = np.full((len(runs), size, top), -1, np.int32)
    for row, run in enumerate(runs):
        found = run.read(["logits"], partial(guesses, token_ids=torch.from_numpy(run.token_ids), top=top))
        best[row, 1:] = found["ids"].numpy()
        guess_prob[row, 1:] = found["log_prob"].exp().numpy()
        next_log_prob[row, 1:] = found["next_log_prob"].numpy()
    return Ladder(
        models=tuple(run.name for run in runs),
        next_prob=np.exp(next_log_prob),
        guesses=best,
        guess_prob=guess_prob,
        vocabulary=vocabulary(runs[0], best),
        tokens=runs[0].tokens,
        next_log_prob=next_log_prob,
        token_ids=runs[0].token_ids,
    )


def _check_same_text(runs: Sequence[Run]) -> None:
    if not runs:
        raise ValueError("runs: expected at least one run, got none")
    first = runs[0]
    if len(first.tokens) < 2:
        raise ValueError("runs: expected at least 2 tokens, for the first is predicted by nothing, got 1")
    for number, other in enumerate(runs[1:], 1):
        for position, (a, b) in enumerate(zip(first.tokens, other.tokens, strict=False)):
            here, there = first.token_ids[position], other.token_ids[position]
            if (here, a) != (there, b):
                raise ValueError(
                    f"runs: expected the same tokens in all, got at position {position} in run 0 ({first.name})"
                    f" {a!r} (id {here}) and in run {number} ({other.name}) {b!r} (id {there})"
                )
        if len(first.tokens) != len(other.tokens):
            raise ValueError(
                f"runs: expected the same tokens in all, got {len(first.tokens)} in run 0 ({first.name}) and"
                f" {len(other.tokens)} in run {number} ({other.name})"
            )
        here, there = first.source.shape.d_vocab, other.source.shape.d_vocab
        if here != there:
            raise ValueError(
                f"runs: expected models of one vocabulary, got {here} tokens in run 0 ({first.name})"
                f" and {there} in run {number} ({other.name})"
            )
