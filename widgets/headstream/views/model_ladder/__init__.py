"""The model ladder: one text, each token marked by the first of several models that predicts it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from headstream.results import Ladder
from headstream.views.shared.arrays import Array, as_floats
from headstream.views.shared.view import Text, View, bundle, checked_index, checked_labels, checked_tokens

# Probabilities from a softmax in float32, or in bfloat16, exceed 1 by no more than this.
ABOVE_ONE = 0.01


class ModelLadder(View):
    """Draws a text in which each token is marked by the first model that gives it p > threshold.

    ladder: a `Ladder` result (as `hs.ladder(runs)`), or an array [model, position]: the probability that each model
        gives to the token at each position after reading those before it. Nothing predicts position 0: what stands
        there is ignored.
    tokens, models: one label a position, one name a model, in the order of the ladder; a `Ladder` brings its own.
    threshold: a model predicts a token when it gives it a probability above this. The reader drags it.
    only: the name of one model: the tokens of the others are left plain. None shows all.
    position: the token to show first. Its prediction was read one position earlier.

    A `Ladder` also brings each model's guesses for every place, which an array does not.
    Raises ValueError for a wrong shape, for what is no probability, and for names that are missing or not different.
    """

    _esm = bundle("model_ladder", "js")
    _css = bundle("model_ladder", "css")

    models = traitlets.List(Text(), read_only=True, help="one name a model").tag(sync=True)
    next_prob = Array("float32", help="[model, position]; nan at position 0")
    guesses = Array("int32", help="token ids, [model, position, guess], best first, or None")
    guess_prob = Array("float32", help="their probabilities, the same shape, or None")
    vocabulary = traitlets.Dict(Text(), read_only=True, help="label of every guessed token id").tag(sync=True)
    threshold = traitlets.Float(0.5, min=0, max=1, help="a token is predicted with p above this").tag(sync=True)
    only = Text(None, allow_none=True, help="the one model that is marked, or None").tag(sync=True)

    def __init__(
        self,
        ladder: Any,
        tokens: Sequence[str] | None = None,
        *,
        models: Sequence[str] | None = None,
        threshold: float = 0.5,
        only: str | None = None,
        position: int | None = None,
        **traits: Any,
    ) -> None:
        guessed: dict[str, Any] = {}
        if isinstance(ladder, Ladder):
            next_prob = _checked_probabilities(ladder.next_prob, "ladder")
            tokens = ladder.tokens if tokens is None else tokens
            models = ladder.models if models is None else models
            guessed = _checked_guesses(ladder, next_prob.shape)
        else:
            given = as_floats(ladder, "ladder", "a Ladder (pass hs.ladder([run, ...])) or an array of numbers")
            next_prob = _checked_probabilities(given, "ladder")
        super().__init__(
            position=checked_index(position, next_prob.shape[1], "position"),
            tokens=checked_tokens(tokens, next_prob.shape[1]),
            models=_checked_models(models, len(next_prob)),
            next_prob=next_prob,
            threshold=_checked_threshold(threshold),
            only=only,
            **guessed,
            **traits,
        )

    @traitlets.validate("only")
    def _only_is_a_model(self, proposal: Any) -> str | None:
        name: str | None = proposal["value"]
        if name is not None and name not in self.models:
            raise ValueError(f"only: expected one of the models {', '.join(self.models)}, got {name!r}")
        return name


def _checked_probabilities(values: Any, name: str, axes: str = "model, position") -> npt.NDArray[np.float32]:
    p = as_floats(values, name)
    if p.ndim != len(axes.split(", ")) or 0 in p.shape:
        raise ValueError(f"{name}: expected probabilities [{axes}], got shape {list(p.shape)}")
    bad = ~((p >= 0) & (p <= 1 + ABOVE_ONE))
    bad[:, 0] = False
    if bad.any():
        where = tuple(np.argwhere(bad)[0])
        raise ValueError(
            f"{name}: expected probabilities from 0 to 1, got {p[where]:.3g} at model {where[0]}, position {where[1]}"
        )
    p = np.minimum(p, 1)
    p[:, 0] = np.nan
    return p


def _checked_guesses(ladder: Ladder, shape: tuple[int, ...]) -> dict[str, Any]:
    ids = np.array(ladder.guesses, np.int32)
    p = _checked_probabilities(ladder.guess_prob, "guess_prob", "model, position, guess")
    if p.shape[:2] != shape or ids.shape != p.shape:
        raise ValueError(
            f"guesses: expected [model, position, guess] for {shape[0]} models and {shape[1]} positions, "
            f"got shape {list(ids.shape)}, and {list(p.shape)} for guess_prob"
        )
    nameless = sorted(set(ids[:, 1:].ravel().tolist()) - set(ladder.vocabulary))
    if nameless:
        raise ValueError(f"vocabulary: expected a label for every guess, got none for token id {nameless[0]}")
    labels = checked_labels(ladder.vocabulary.values(), len(ladder.vocabulary), "vocabulary", "token")
    return {
        "guesses": ids,
        "guess_prob": p,
        # JSON's keys are strings.
        "vocabulary": {str(token): label for token, label in zip(ladder.vocabulary, labels, strict=True)},
    }


def _checked_models(models: Sequence[str] | None, count: int) -> list[str]:
    if models is None:
        return [f"model {number}" for number in range(1, count + 1)]
    names = checked_labels(models, count, "models", "model")
    if len(set(names)) < count:
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"models: expected different names, got {twice!r} twice")
    return names


def _checked_threshold(threshold: float) -> float:
    if not isinstance(threshold, Real) or isinstance(threshold, bool):
        raise TypeError(f"threshold: expected a number from 0 to 1, got {threshold!r}")
    if not 0 <= threshold <= 1 or math.isnan(threshold):
        raise ValueError(f"threshold: expected a probability from 0 to 1, got {threshold}")
    return float(threshold)
