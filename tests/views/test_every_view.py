"""What holds for all four views: what they say of another's result, which traits stay, which text can be sent."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import traitlets

import headstream as hs
from headstream.results import Attention, Component
from tests.views.arrays import attention_pattern, decomposition
from tests.views.ladders import random_ladder
from tests.views.lenses import random_lens

RESULTS: dict[str, Any] = {
    "AttentionHeatmap": Attention(attention_pattern(1, 2, 3), np.ones((1, 2, 3), np.float32), ("a", "b", "c")),
    "ResidualBars": decomposition(length=3),
    "LogitLensGrid": random_lens(["a", "b", "c"])[0],
    "ModelLadder": random_ladder(3),
}
PASS = {
    "AttentionHeatmap": r"attention: expected an Attention \(pass run.attention\) or an array of numbers",
    "ResidualBars": r"values: expected a Decomposition \(pass hs.attribute_logit\(run\)\) or an array of numbers",
    "LogitLensGrid": r"lens: expected a LogitLens \(pass hs.logit_lens\(run\)\)",
    "ModelLadder": r"ladder: expected a Ladder \(pass hs.ladder\(\[run, ...\]\)\) or an array of numbers",
}
every_view = pytest.mark.parametrize("name", RESULTS)


def made(name: str, **keywords: Any) -> Any:
    return getattr(hs, name)(RESULTS[name], **keywords)


@every_view
def test_anything_but_its_result_is_named_with_what_to_pass(name: str) -> None:
    class Run:
        """As in headstream.models, without torch."""

    others = [result for other, result in RESULTS.items() if other != name]
    for given in (Run(), [Run()], *others, None):
        with pytest.raises(TypeError, match=f"{PASS[name]}, got {'None' if given is None else type(given).__name__}"):
            getattr(hs, name)(given)


@every_view
def test_a_run_is_named_with_what_to_pass(name: str, shipped: Any) -> None:
    run = hs.run(shipped("attn-only-1l"), "I beg")
    for given, kind in ((run, "Run"), ([run], "list"), (run.model, type(run.model).__name__)):
        with pytest.raises(TypeError, match=f"{PASS[name]}, got {kind}"):
            getattr(hs, name)(given)


def test_a_model_without_layers_has_no_attention_to_draw(shipped: Any) -> None:
    with pytest.raises(ValueError, match="attention: expected at least one layer, got none"):
        hs.AttentionHeatmap(hs.run(shipped("attn-only-0l"), "I beg").attention)


@every_view
def test_what_is_drawn_stays(name: str) -> None:
    view = made(name)
    arrays = {trait for trait in view.trait_names(sync=True) if isinstance(getattr(view, trait), np.ndarray)}
    assert arrays
    for trait in arrays | {"tokens"}:
        with pytest.raises(traitlets.TraitError, match=f'"{trait}" trait is read-only'):
            setattr(view, trait, getattr(view, trait))
    view.title, view.font_size = "later", 22
    assert (view.title, view.font_size) == ("later", 22)


@every_view
def test_no_keyword_names_a_trait_that_the_view_computes(name: str) -> None:
    for trait in ("packed", "pattern", "components", "default_position", "rows", "top", "next_prob", "selection"):
        with pytest.raises(TypeError, match=f"^{name} has no argument '{trait}'$"):
            made(name, **{trait: 1})


@every_view
def test_every_text_can_be_sent(name: str) -> None:
    bad = "\udc80"
    changes: dict[str, Any] = {"tokens": (bad, "b", "c")}
    if name == "ResidualBars":
        changes |= {"quantity": bad, "components": (Component(bad), *RESULTS[name].components[1:])}
    if name in ("LogitLensGrid", "ModelLadder"):
        changes |= {"vocabulary": dict.fromkeys(RESULTS[name].vocabulary, bad)}
    if name == "LogitLensGrid":
        changes |= {"rows": (bad, *RESULTS[name].rows[1:])}
    if name == "ModelLadder":
        changes |= {"models": (bad, *RESULTS[name].models[1:])}
    view = getattr(hs, name)(replace(RESULTS[name], **changes), title=bad)
    assert (view.title, view.tokens[0]) == ("?", "?")
    view.title = f"later {bad}"
    # As jupyter_client sends it: encoding a lone surrogate raises.
    assert json.dumps(view.get_state(), ensure_ascii=False, default=repr).encode()
