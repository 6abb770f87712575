"""Transcoders: how much of gelu-4l is left where features take its MLPs' place, and how few of them a path needs."""

from __future__ import annotations

from functools import cache

import numpy as np

from headstream.claims.claim import Found, claim
from headstream.claims.given import model
from headstream.features.dictionaries import Dictionary
from headstream.features.files import dictionary, facts
from headstream.features.scores import Scores, dictionary_scores
from headstream.features.transcoding import Parts, carriers, mlp_parts, replace_mlps, shuffled_decoder
from headstream.models import Run
from headstream.models.pages import pages

LESSON = "19-transcoders"
NAME = "gelu-4l"
AIM, MOST = 0.9, 64  # of the loss recovered, at this L0
EVERY = 16


@cache
def _page() -> Run:
    return pages(model(NAME), count=1, book="oz")[0]


@cache
def _transcoders(shuffled: bool = False) -> tuple[Dictionary, ...]:
    found = tuple(dictionary(f"{NAME}-transcoder-{layer}") for layer in range(model(NAME).cfg.n_layers))
    return tuple(map(shuffled_decoder, found)) if shuffled else found


@cache
def _scores(shuffled: bool = False) -> tuple[Scores, ...]:
    """On a page of each of two books that nothing here was trained on."""
    books = [_page(), *pages(model(NAME), count=1, book="hound")]
    return tuple(dictionary_scores(one, books) for one in _transcoders(shuffled))


@cache
def _parts(shuffled: bool = False) -> tuple[Parts, ...]:
    places = range(EVERY - 1, len(_page().tokens), EVERY)
    return tuple(mlp_parts(_page(), one, position=at) for one in _transcoders(shuffled) for at in places)


@claim(
    "TC-recovered",
    LESSON,
    "A transcoder with few active features does most of what an MLP does for the loss.",
    measured="mean share of the loss recovered over layers, one MLP replaced at a time, on pages of two books that "
    "were not trained on; null: shuffled decoders",
    paper="no number for this model; this project's aim is .9 at an L0 of 64",
)
def loss_is_recovered() -> Found:
    scores = _scores()
    ours, null = (float(np.mean([each.recovered for each in found])) for found in (scores, _scores(True)))
    told = ", ".join(f"{each.recovered:.2f} at L0 {each.l0:.0f}" for each in scores)
    trained = ", ".join(f"{facts(one.name)['scores']['recovered']:.2f}" for one in _transcoders())
    few = max(each.l0 for each in scores) <= MOST
    note = f"By layer: {told}; on held-out text of the kind that they were trained on, {trained}."
    why = f"The aim of {AIM} is not reached in every layer: these dictionaries are small, 1,024 features."
    return Found(ours, null, few and min(each.recovered for each in scores) >= AIM, note, why)


@claim(
    "TC-sparse",
    LESSON,
    "What an MLP brings to a logit is dense in neurons and sparse in features.",
    measured="median number of features that hold 90 % of the sizes of all features' parts, over layers and positions; "
    "null: of neurons",
    paper="neurons are many and hard to read, features few",
)
def paths_are_sparse() -> Found:
    ours, null = (float(np.median([carriers(getattr(p, of)) for p in _parts()])) for of in ("features", "neurons"))
    left, shuffled = (sum(abs(p.error) for p in found) / sum(abs(p.total) for p in found) for found in (
        _parts(), _parts(True)
    ))  # fmt: skip
    note = f"The error is {left:.0%} of the MLPs' parts; with shuffled decoders, as sparse, {shuffled:.0%}."
    return Found(ours, null, ours < null / 5 and left < 0.5 < shuffled, note, "Features leave half of it out.")


@claim(
    "TC-top1",
    LESSON,
    "With all MLPs replaced at once, the model often has the same top token.",
    measured="share of positions of a held-out page with the model's top token; null: shuffled decoders",
    paper="a replacement model is to say what the model says",
)
def top_token_stays() -> Found:
    own = _page().logits[1:].argmax(-1)
    ours, null = (
        float((replace_mlps(_page(), *_transcoders(shuffled)).logits[1:].argmax(-1) == own).float().mean())
        for shuffled in (False, True)
    )
    return Found(ours, null, ours > 0.5 and ours > 2 * null, why="Errors of four layers add up.")
