"""LENS: what the logit lens reads in the rows before the last, and how far that is the model's answer."""

from __future__ import annotations

from functools import cache

import numpy as np

from headstream.claims.bigrams import kl
from headstream.claims.claim import Found, claim
from headstream.claims.given import model, passages
from headstream.extras import needs_lessons
from headstream.framework.bases import random_rotation
from headstream.framework.lens import lens_ranks, logit_lens
from headstream.framework.stream import final_norm, final_stream
from headstream.framework.weights import unembedding
from headstream.results import Floats, LogitLens

with needs_lessons():
    import torch
    from torch import Tensor

LESSON = "04-logit-lens"
NAME = "gelu-4l"
EXACT = 1e-3  # nats, of log probabilities as low as -30
TURNS = 2


@claim(
    "LENS-last",
    LESSON,
    "The last row is the model's own output.",
    measured="largest error of a log probability, nats; null: the least error where a step, the scale or the bias, is "
    "left out",
    paper="a linear function of the final activations",
)
def last_row() -> Found:
    (w_u, b_u), found = unembedding(model(NAME)), []
    for each in passages(NAME):
        norm = final_norm(each)
        centred = norm.centre(final_stream(each))
        ways = (centred / norm.scale @ w_u + b_u, centred @ w_u + b_u, centred / norm.scale @ w_u)
        own = each.logits.log_softmax(-1)
        found.append([float((way.log_softmax(-1) - own).abs().max()) for way in ways])
    ours, *without = np.max(found, 0)
    return Found(ours, min(without), ours < EXACT < min(without))


@claim(
    "LENS-nearer",
    LESSON,
    "Row by row the prediction comes nearer to the model's, and it is near long before the end.",
    measured="KL from the last row to that after half of the layers, nats, mean over places; null: the least of "
    f"{TURNS}, both read through a W_U turned at random",
    paper='"gradually converge to the final distribution", "often getting close" long before the end',
)
def nearer() -> Found:
    ours = _divergence()
    turned = [_divergence(seed) for seed in range(TURNS)]
    middle, steps = len(ours) // 2, len(ours) - 1
    falls, by_chance = (int((np.diff(each) < 0).sum()) for each in (ours, np.mean(turned, 0)))
    null = min(float(each[middle]) for each in turned)
    note = f"After the embedding it is {ours[0]:.2f}. It falls at {falls} of {steps} steps, turned at {by_chance}."
    return Found(ours[middle], null, ours[middle] < 0.9 * null and falls > steps / 2, note)


@claim(
    "LENS-answer",
    LESSON,
    "After half of the layers, the model's answer can be read.",
    measured="median rank of the model's own answer there; null: read from another place's stream, of the same row",
    paper='"a pretty good guess" in the middle',
)
def answer_in_the_middle() -> Found:
    here, elsewhere = _ranks(), _ranks(away=True)
    middle = len(here) // 2
    ours, null = (float(np.median(each[middle])) for each in (here, elsewhere))
    note = f"After the embedding it is {np.median(here[0]):,.0f}, and {np.median(elsewhere[0]):,.0f} at another place."
    return Found(ours, null, ours < null / 4 and ours < 10, note, "It is far down the list.")


@claim(
    "LENS-first",
    LESSON,
    "The embedding's row misleads: its prediction is worse than one that sees no stream.",
    measured="KL from the last row to the embedding's, each read with its own scale, nats; null: to the softmax of b_U",
    paper='"often brittle" (the tuned lens, 2023)',
)
def first_row() -> Found:
    _, b_u = unembedding(model(NAME))
    blind = b_u.log_softmax(-1)
    null = np.concatenate([kl(each.logits[1:].softmax(-1), blind).numpy() for each in passages(NAME)]).mean()
    own, final = (np.concatenate([lens.kl[scale, 0, 1:] for lens in _lenses()]).mean() for scale in (0, 1))
    note = f"With the last row's scale it is {final:.2f}: what is short is shouted by its own."
    return Found(own, null, own > 1.2 * null, note, "It is no worse.")


@claim(
    "LENS-back",
    LESSON,
    "A row is no draft of the next: at most places some row sets the model's answer back.",
    measured="share of places at which the answer's rank rises at least once; null: 0, where each row refines the last",
    paper='"gradually converge"',
)
def sets_back() -> Found:
    ranks = _ranks()
    worse = np.diff(ranks, axis=0) > 0
    ours = float(worse.any(0).mean())
    return Found(
        ours, 0, ours > 0.5, f"It is set back at {worse.mean():.0%} of all steps.", "At most places it only falls."
    )


@cache
def _lenses() -> tuple[LogitLens, ...]:
    return tuple(map(logit_lens, passages(NAME)))


def _rows() -> list[Tensor]:
    """[row, position, d_model] of each passage, without the start token."""
    return [each.cache.accumulated_resid(incl_mid=True)[:, 1:] for each in passages(NAME)]


@cache
def _ranks(away: bool = False) -> Floats:
    """[row, place]: the rank of the answer; away: in the stream of a place half a passage away."""
    found = []
    for each, rows in zip(passages(NAME), _rows(), strict=True):
        streams = rows.roll(rows.shape[1] // 2, dims=1) if away else rows
        found.append(lens_ranks(model(NAME), streams, each.logits[1:].argmax(-1)).float().numpy())
    ranks: Floats = np.concatenate(found, 1)
    return ranks


def _divergence(seed: int | None = None) -> Floats:
    """[row]: KL from the last row, nats, mean over places; with a seed, both read through a W_U turned at random."""
    if seed is None:
        own: Floats = np.concatenate([lens.kl[0, :, 1:] for lens in _lenses()], 1).mean(1)
        return own
    w_u, b_u = unembedding(model(NAME))
    turned = random_rotation(len(w_u), seed) @ w_u
    found = []
    for rows in _rows():
        log_p = (model(NAME).ln_final(rows) @ turned + b_u).log_softmax(-1)
        found.append(torch.stack([kl(log_p[-1].exp(), row) for row in log_p]).numpy())
    mean: Floats = np.concatenate(found, 1).mean(1)
    return mean
