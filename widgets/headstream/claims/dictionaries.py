"""What "Towards Monosemanticity" (2023) says of dictionaries, on the shipped one and on ones that are trained here."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from headstream.claims.claim import Found, claim
from headstream.claims.given import model
from headstream.extras import needs_lessons
from headstream.features.activations import activations
from headstream.features.controls import one_token, shuffled_weights
from headstream.features.dictionaries import Dictionary
from headstream.features.files import dictionary
from headstream.features.learning import train_dictionaries
from headstream.features.scores import Scores, score
from headstream.features.summary import book_pages, feature_summary
from headstream.results import FeatureSummary

with needs_lessons():
    import torch
    from torch import Tensor

LESSON = "18-dictionaries"
NAME, SAE = "gelu-4l", "gelu-4l-sae"
PAGES = 5  # of each held-out book
FOUND = 0.9  # the matched cosine from which on a true feature is found
RARE = 1e-4  # below which share of places the paper calls a feature's density ultralow
PAPER = 0.79


@claim(
    "TM-recovered",
    LESSON,
    "A dictionary of few active features keeps most of what a model does with the activations.",
    measured="share of the loss recovered, against the mean in that place, on pages of three held-out books; null: the "
    "dictionary's decoders in another order",
    paper="79 % of an MLP's (A/1, 4,096 features); 94.5 % with 131,072",
)
def recovered() -> Found:
    own, null = _scores(SAE), _scores(SAE, shuffled=True)
    missing = own.loss_with - own.loss
    note = (
        f"Of the whole stream in the middle of {NAME}, with {own.l0:.0f} features at once; {missing:.2f} nats a token"
        f" are missing to the model's own {own.loss:.2f}."
    )
    holds = own.recovered >= PAPER > null.recovered
    return Found(own.recovered, null.recovered, holds, note, "It recovers less than the paper's.")


@claim(
    "TM-dead",
    LESSON,
    "Some features of a dictionary never fire, or hardly ever.",
    measured=f"share of features that fire at fewer than one in {1 / RARE:,.0f} places of the pages; null: none, where "
    "all fire as often as the mean",
    paper="168 dead and 292 of ultralow density, of 4,096: 11 %",
)
def dead() -> Found:
    summary = _summary(SAE)
    ours = float((summary.density < RARE).mean())
    null = float((np.full_like(summary.density, summary.density.mean()) < RARE).mean())
    note = f"{summary.dead} of {len(summary.density):,} are dead on {summary.positions:,} places."
    why = "TopK training brings dead features back, which the paper's does by drawing them anew."
    return Found(ours, null, ours > max(null, 0.01), note, why)


@claim(
    "TM-control-live",
    LESSON,
    "That features fire on one thing is no property of the text alone: on a model that knows nothing they do not.",
    measured="share of features whose six strongest examples are all at one token, for a small dictionary of the "
    "trained model; null: of one with shuffled weight matrices",
    paper="its control: a dictionary of a model with random weights",
    trained=True,
)
def control() -> Found:
    ours, null = (_pure(net) for net in (model(NAME), shuffled_weights(NAME)))
    why = "Tokens are in the stream of any model, and by this measure most of what looks like one thing is a token."
    return Found(ours, null, ours > 2 * null, "", why)


@claim(
    "TM-recovery-live",
    LESSON,
    "Where the features are known, a sparse autoencoder finds them.",
    measured="share of 40 true features in 20 dimensions with a decoder of cosine above .9, least of 4 seeds; null: "
    "the most of the same before training",
    paper="found on toy data",
    trained=True,
)
def recovery() -> Found:
    found = [planted(seed) for seed in range(4)]
    ours, null = min(after for after, _ in found), max(before for _, before in found)
    return Found(ours, null, ours > 0.75 > null, "", "Some features are missed, or two are one decoder.")


def planted(seed: int, k: int = 2, steps: int = 600) -> tuple[float, float]:
    """The share of planted features that a dictionary finds, after its training and before."""
    random = torch.Generator().manual_seed(1000 + seed)
    true = torch.nn.functional.normalize(torch.randn(40, 20, generator=random), dim=1)

    def draw(step: int) -> dict[str, Tensor]:
        numbers = np.random.default_rng((seed, step))
        there = (numbers.random((256, 40)) < 1 / 20) * numbers.uniform(0.2, 1, (256, 40))
        return {"h": torch.from_numpy(there).float() @ true}

    def share() -> float:
        decoders = torch.nn.functional.normalize(made.W_dec[:, 0].detach(), dim=1)
        return float(((true @ decoders.T).amax(1) > FOUND).float().mean())

    made = Dictionary("planted", ["h"], ["h"], 20, 20, 60, activation="topk", k=k, seed=seed)
    before = share()
    train_dictionaries([made], draw, steps, lr=0.01, quiet=True)
    return share(), before


@cache
def _scores(name: str, shuffled: bool = False) -> Scores:
    made = dictionary(name)
    if shuffled:
        order = torch.randperm(made.features, generator=torch.Generator().manual_seed(0))
        made.W_dec.copy_(made.W_dec[order])
    return score(made, model(NAME), list(_ids()[::PAGES, None]))


@cache
def _summary(name: str) -> FeatureSummary:
    return feature_summary(model(NAME), dictionary(name), PAGES, examples=1, drawn=1)


@cache
def _ids() -> Tensor:
    """[page, position]"""
    return torch.tensor(list(book_pages(model(NAME), PAGES)))


def _pure(net: Any) -> float:
    """As lesson 18 measures it."""
    place = dictionary(SAE).reads[0]
    rows = activations(net, _ids(), (place,))[place][:, 1:].flatten(0, 1)
    small = Dictionary("small", [place], [place], rows.shape[1], rows.shape[1], 256, activation="topk", k=8, seed=1)
    train_dictionaries([small], lambda step: {place: rows[step * 97 % 3000 :][:256]}, 250, lr=0.003, quiet=True)
    return float((one_token(feature_summary(net, small, _ids().tolist()).top) == 1).mean())
