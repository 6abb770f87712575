"""XC: what "Sparse Crosscoders" (2024), and later work on its penalty, say of two models read by one dictionary."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from headstream.claims.claim import Found, claim
from headstream.features.dictionaries import Dictionary
from headstream.features.diffing import PLACES, both, diff, loss_without, planted
from headstream.features.learning import train_dictionaries
from headstream.features.summary import decoder_shares
from headstream.models.toys import Toy, repeated

LESSON = "21-crosscoders"
FEW = 5  # features that are taken out


@claim(
    "XC-planted-live",
    LESSON,
    "Features that only one of two models has are found by their relative decoder norms.",
    measured="largest error of r over planted exclusive features, BatchTopK; null: a crosscoder before training",
    paper="three groups by relative decoder norm",
    trained=True,
)
def exclusive_found() -> Found:
    truth = planted(weak=0)
    only = np.isin(truth.shares, (0, 1))
    made = Dictionary("planted", PLACES, PLACES, 24, 24, 40, k=2)
    null = float(np.abs(truth.found(made) - truth.shares)[only].max())
    train_dictionaries([made], truth.draw, 1500, lr=5e-3, quiet=True)
    ours = float(np.abs(truth.found(made) - truth.shares)[only].max())
    return Found(ours, null, ours < 0.1 < null, why="A feature of one model shares a decoder with one of both.")


@claim(
    "XC-shrinkage-live",
    LESSON,
    "An L1 penalty makes features that are weak in one model look exclusive to the other.",
    measured="median r of planted features with r = .8, trained with L1; null: with BatchTopK",
    paper="complete shrinkage under L1, which BatchTopK mends (later work)",
    trained=True,
)
def shrinkage() -> Found:
    truth = planted(weak=4)
    weak = (truth.shares > 0.5) & (truth.shares < 1)
    found = []
    for activation, k in (("relu", None), ("batchtopk", 2)):
        made = Dictionary("planted", PLACES, PLACES, 24, 24, 40, activation=activation, k=k)
        train_dictionaries([made], truth.draw, 800, lr=5e-3, sparsity=3, quiet=True)
        found.append(float(np.median(truth.found(made)[weak])))
    ours, null = found
    return Found(ours, null, ours > 0.95 and null < 0.9, why="Both find the short vectors, or neither does.")


class Change(NamedTuple):
    """A toy's phase change, read by a crosscoder. shares, null: r [feature] before against after, and late against
    after; cost: the second copy's loss, nats, that the features of largest r save, and as many of a middling r.
    """

    shares: npt.NDArray[np.float32]
    null: npt.NDArray[np.float32]
    cost: tuple[float, float]


@cache
def phase_change() -> Change:
    toy = Toy(layers=2)
    snapshots = []
    for steps in (100, 250, 50):
        toy.train(steps, seconds=3600)
        snapshots.append(toy.model())
    before, late, after = snapshots

    def texts(step: int) -> npt.NDArray[np.int64]:
        return repeated(np.random.default_rng((7, step)), 16)[:, :-1]

    crosscoder = diff(before, after, texts, quiet=True)
    shares = decoder_shares(crosscoder).share[:, 1]
    null = decoder_shares(diff(late, after, texts, quiet=True)).share[:, 1]
    copies = repeated(np.random.default_rng(99), 128, 16)[:, :-1]
    seen = both(before, after, copies)
    chosen = (np.argsort(-shares)[:FEW], np.argsort(np.abs(shares - np.median(shares)))[:FEW])
    whole, largest, middle = (
        float(loss_without(after, crosscoder, seen, copies, few)[:, 15:].mean()) for few in (chosen[0][:0], *chosen)
    )
    return Change(shares, null, (largest - whole, middle - whole))


@claim(
    "XC-born-live",
    LESSON,
    "The features that a later model has more of carry what it learnt in between.",
    measured=f"what the {FEW} features of largest r save of the second copy's loss, nats a token; null: {FEW} of a "
    "middling r",
    paper="features of a fine-tuned model alone, part of which are interpretable",
    trained=True,
)
def born() -> Found:
    ours, null = phase_change().cost
    return Found(ours, null, ours > 0.1 and ours > 3 * abs(null), why="What was learnt is spread over all features.")


@claim(
    "XC-groups-live",
    LESSON,
    "Two models' features fall into three groups: the first's, the second's and shared ones.",
    measured="share of features with r below .1 or above .9, before and after the phase change; null: late and after",
    paper="three groups; of a million, four to five thousand in each model alone",
    trained=True,
)
def groups() -> Found:
    ours, null = (float(((r < 0.1) | (r > 0.9)).mean()) for r in phase_change()[:2])
    note = f"r is from {phase_change().shares.min():.2f} to {phase_change().shares.max():.2f}."
    why = "Two snapshots of one training share their first weights: what is new grows on what was there."
    return Found(ours, null, ours > 0.003 > null, note, why)
