"""Film: a training scrubbed or played: curves above, the patterns of the heads below."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt
import traitlets

from headstream import checks
from headstream.results import Roles, Training
from headstream.results.base import Ints
from headstream.views.shared.arrays import is_causal, pack_causal, quantised
from headstream.views.shared.roles import role_names
from headstream.views.shared.traits import Array, Choice, Text
from headstream.views.shared.view import TokenView, bundle, token_traits

CURVES = ("loss", "in context", "two copies")
SCORES = ("prefix matching", "previous token")
BYTES = 600_000  # of patterns: with what else is sent, a saved notebook's output stays under a megabyte


class Film(TokenView):
    """Draws a `Training`: its losses and every head's score as curves, and the patterns at the step that is pointed at.

    training: a `Training`, as `hs.training_record(name)` or the `training` of an `hs.Toy` returns.
    text: which of its texts is filmed.
    roles: the `Roles` of the trained model (as `hs.roles(model)`), so that a head is called "1.6 induction".
    curves: "loss"; "in context", late loss minus early loss; or "two copies", the loss on random tokens and on their
        repetition. scores: "prefix matching" or "previous token". The reader changes both.
    step: the step to pin at first, the nearest that was recorded; while none is pinned, the last one is shown.
    layer, head: the head to pin at first; while none is pinned, that with the highest prefix-matching score.

    The slider, the curves and linked films move one step, `view.selection.step`. `show` takes a training that has gone
    on, as often as there is one: `hs.Toy().train(show=film.show)`.
    Curves have every step. Patterns are sent as √p in one byte, at as many steps as go into 600 kB; where that is not
    all, the first, the last, and those between which about as much changes.
    """

    _esm = bundle("film", "js")
    _css = bundle("film", "css")
    own_keys: ClassVar = {"+ - 0": "in the large pattern: zooms in, out, and back to the whole"}

    name = Text(read_only=True, help="the model's").tag(sync=True)
    steps = Array("int32", help="[step], rising")
    losses = Array("float32", help="[5, step]: loss, early, late, first copy, second copy; nats a token")
    scores_of_heads = Array("float32", help="[2, step, layer, head]: prefix matching, previous token")
    nulls = Array("float32", help="[2], the same of a head that attends evenly")
    frames = Array("int32", help="[frame], at which of the steps the patterns are")
    pattern = Array("uint8", help="the weights, [frame, layer, head, weight], row after row up to the diagonal")
    bands = traitlets.List(Text(), read_only=True, help="what the early and the late loss are called").tag(sync=True)
    roles = traitlets.List(Text(), read_only=True, help="one a head, '' for none; or empty").tag(sync=True)
    verdict = Text(read_only=True, help="what became of the training").tag(sync=True)
    curves = Choice(CURVES, "loss", help="which losses are drawn")
    scores = Choice(SCORES, "prefix matching", help="which scores are drawn")

    def __init__(
        self,
        training: Training,
        text: int = 0,
        *,
        roles: Roles | None = None,
        curves: Literal["loss", "in context", "two copies"] = "loss",
        scores: Literal["prefix matching", "previous token"] = "prefix matching",
        step: int | None = None,
        layer: int | None = None,
        head: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(training, text, roles=roles)
        _, _, layers, heads = drawn["scores_of_heads"].shape
        pinned = {
            "step": None if step is None else checks.whole("step", step, 0, int(drawn["steps"][-1])),
            "layer": checks.optional_index("layer", layer, layers),
            "head": checks.optional_index("head", head, heads),
        }
        super().__init__(drawn, pinned, curves=curves, scores=scores, **traits)

    @classmethod
    def _drawn(cls, training: Training, text: int = 0, *, roles: Roles | None = None) -> dict[str, Any]:
        if not isinstance(training, Training):
            given = type(training).__name__
            raise TypeError(f"training: expected a Training (pass hs.training_record(name)), got {given}")
        text = checks.index("text", text, len(training.tokens))
        patterns = training.patterns[:, text]
        if not is_causal(patterns):
            raise ValueError("training: expected patterns of a model that reads from left to right, got others")
        packed = pack_causal(patterns)
        frames = _frames(packed, max(2, BYTES // packed[0].size))
        losses = (training.loss, training.early_loss, training.late_loss, training.first_copy, training.second_copy)
        return {
            **token_traits(training.tokens[text], training.token_ids[text], patterns.shape[-1]),
            "name": training.name,
            "steps": training.steps.astype(np.int32),
            "losses": np.stack(losses).astype(np.float32),
            "scores_of_heads": np.stack([training.prefix, training.previous]).astype(np.float32),
            "nulls": np.array([training.prefix_null, training.previous_null], np.float32),
            "frames": frames,
            "pattern": quantised((packed[frames] / 255).astype(np.float32)),
            "bands": list(training.bands),
            "roles": role_names(roles, np.ndindex(training.prefix.shape[1:])),
            "verdict": training.verdict,
        }


def _frames(packed: npt.NDArray[np.uint8], most: int) -> Ints:
    """[frame]: at most so many of the steps, half of them spread evenly and half by how much changes."""
    steps = len(packed)
    if steps <= most:
        return np.arange(steps, dtype=np.int32)
    change = np.abs(np.diff(packed.astype(np.int16), axis=0)).mean((1, 2, 3), dtype=float)
    passed = np.append(0, np.cumsum(change / max(change.sum(), 1e-9) + 1 / len(change)))
    wanted = np.linspace(0, passed[-1], most)
    return np.unique(np.abs(passed[:, None] - wanted).argmin(0)).astype(np.int32)
