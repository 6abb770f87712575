"""The model ladder: one text, each token marked by the first of several models that predicts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import traitlets

from headstream import checks
from headstream.results.ladder import Ladder, check_predictions, logarithm, mean_loss
from headstream.views.shared.traits import Array, Number, Text
from headstream.views.shared.view import TokenView, bundle, token_traits


class ModelLadder(TokenView):
    """Draws a text in which each token is marked by the first model that gives it p > threshold.

    ladder: a `Ladder` result (as `hs.ladder(runs)`), or an array [model, position]: the probability that each model
        gives to the token at each position after reading those before it. Nothing predicts position 0: what stands
        there is ignored.
    tokens, models: one label a position, one name a model, in the order of the ladder; a `Ladder` brings its own.
    threshold: a model predicts a token when it gives it a probability above this. The reader drags it.
    only: the name of one model: the tokens of the others are left plain. None shows all.
    position: the place to show first, as in every view the one where the stream is read: what is marked is the token
        after it, which is predicted there.

    A `Ladder` also brings each model's guesses for every place, which an array does not.
    Raises ValueError for a wrong shape, for what is no probability, and for names that are missing or not different.
    """

    _esm = bundle("model_ladder", "js")
    _css = bundle("model_ladder", "css")
    own_keys: ClassVar = {"ArrowUp ArrowDown": "in the text: to the line above or below"}

    models = traitlets.List(Text(), read_only=True, help="one name a model").tag(sync=True)
    next_prob = Array("float32", help="[model, position]; nan at position 0")
    loss = Array("float32", help="[model], nats per token")
    guesses = Array("int32", help="token ids, [model, position, guess], best first, or None")
    guess_prob = Array("float32", help="their probabilities, the same shape, or None")
    vocabulary = traitlets.Dict(Text(), read_only=True, help="label of every guessed token id").tag(sync=True)
    threshold = Number(0.5, least=0, most=1, help="a token is predicted with p above this")
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
        drawn = self._drawn(ladder, tokens, models=models)
        # Nothing predicts the first token, so there is one place to read fewer than there are tokens.
        place = checks.optional_index("position", position, len(drawn["tokens"]) - 1)
        super().__init__(drawn, {"position": place}, threshold=threshold, only=only, **traits)

    @classmethod
    def _drawn(
        cls, ladder: Any, tokens: Sequence[str] | None = None, *, models: Sequence[str] | None = None
    ) -> dict[str, Any]:
        guessed: dict[str, Any] = {"guesses": None, "guess_prob": None, "vocabulary": {}}
        if isinstance(ladder, Ladder):
            next_prob, loss, token_ids = _drawable(ladder.next_prob), ladder.loss, ladder.token_ids
            tokens = ladder.tokens if tokens is None else tokens
            models = ladder.models if models is None else models
            guessed = {
                "guesses": ladder.guesses.astype(np.int32),
                "guess_prob": _drawable(ladder.guess_prob),
                # JSON's keys are strings.
                "vocabulary": {str(token): label for token, label in ladder.vocabulary.items()},
            }
        else:
            given = checks.floats("ladder", ladder, "a Ladder (pass hs.ladder([run, ...])) or an array of numbers")
            if given.ndim != 2 or 0 in given.shape:
                raise ValueError(f"ladder: expected probabilities [model, position], got shape {list(given.shape)}")
            check_predictions("ladder", given)
            next_prob, loss, token_ids = _drawable(given), mean_loss(logarithm(given)), None
        return {
            **token_traits(tokens, token_ids, next_prob.shape[1]),
            "models": _checked_models(models, len(next_prob)),
            "next_prob": next_prob,
            "loss": loss,
            **guessed,
        }

    def _settled(self) -> dict[str, Any]:
        return {"only": None} if self.only not in self.models else {}

    @traitlets.validate("only")
    def _only_is_a_model(self, proposal: Any) -> str | None:
        name: str | None = proposal["value"]
        if name is not None and name not in self.models:
            raise ValueError(f"only: expected one of the models {', '.join(self.models)}, got {name!r}")
        return name


def _drawable(p: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """A copy without what rounding left above 1, and nan at position 0, which nothing predicts."""
    drawable: npt.NDArray[np.float32] = np.minimum(p, 1).astype(np.float32)
    drawable[:, 0] = np.nan
    return drawable


def _checked_models(models: Sequence[str] | None, count: int) -> list[str]:
    if models is None:
        return [f"model {number}" for number in range(1, count + 1)]
    names = checks.labels("models", models, count, "model")
    if len(set(names)) < count:
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"models: expected different names, got {twice!r} twice")
    return names
