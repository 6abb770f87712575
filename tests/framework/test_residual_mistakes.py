"""Attributions: mistakes in the code show in the error, mistakes of the caller in a message."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
import torch

from headstream.framework import residual
from headstream.framework.residual import attribute_direction, attribute_logit, project, write_norms
from headstream.framework.stream import FinalNorm, components, final_norm, pattern, read, values, w_o
from headstream.models.runs import Run
from tests.framework.zoo import FOREIGN, NATIVE, SHIPPED, tolerance

Runs = Callable[..., Run]
EVERY = SHIPPED + NATIVE + FOREIGN


def largest(run: Run) -> float:
    return float(run.logits.abs().max())


# Mistakes that must show


def wrong_norm(**changes: object) -> Callable[[Run], FinalNorm]:
    return lambda prompt: final_norm(prompt)._replace(**changes)


def scaled_by_the_embedding(prompt: Run) -> FinalNorm:
    return final_norm(prompt)._replace(scale=prompt.cache["hook_embed"].std(-1, keepdim=True))


def transposed(prompt: Run, directions: torch.Tensor) -> torch.Tensor:
    parts = read(prompt, directions)
    for row, component in enumerate(components(prompt)):
        if component.kind == "head":
            layer, head = component.layer, component.head
            moved = pattern(prompt, layer)[head].T @ values(prompt, layer)[:, head]
            parts[row] = moved @ w_o(prompt, layer)[head] @ directions
    return parts


MISTAKES = {
    "no centring": ("final_norm", wrong_norm(centred=False)),
    "no LayerNorm weight": ("final_norm", wrong_norm(weight=torch.ones(32))),
    "no LayerNorm bias": ("final_norm", wrong_norm(bias=torch.zeros(32))),
    "another row's scale": ("final_norm", scaled_by_the_embedding),
    "pattern transposed": ("read", transposed),
}


@pytest.mark.parametrize("name", ["gpt2", "native 2l LN"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_shows_in_the_error(
    random_run: Runs, monkeypatch: pytest.MonkeyPatch, name: str, mistake: str
) -> None:
    prompt = random_run(name)
    monkeypatch.setattr(residual, *MISTAKES[mistake])
    monkeypatch.setattr(residual, "_NOT_A_SUM", np.inf)
    result = attribute_logit(prompt, target=7)
    assert result.error.max() > 10 * tolerance(prompt) * largest(prompt)


@pytest.mark.parametrize("name", ["gpt2", "native 2l LN", "native 1l"])
def test_a_forgotten_output_bias_shows(random_run: Runs, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("headstream.framework.stream.output_bias", lambda prompt: torch.zeros(32))
    monkeypatch.setattr(residual, "_NOT_A_SUM", np.inf)
    prompt = random_run(name)
    assert attribute_logit(prompt, target=7).error.max() > 10 * tolerance(prompt) * largest(prompt)


def test_a_forgotten_unembedding_bias_shows(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residual, "unembedding", lambda prompt: (prompt.model.W_U, torch.zeros(97)))
    monkeypatch.setattr(residual, "_NOT_A_SUM", np.inf)
    prompt = random_run("native 1l")
    assert attribute_logit(prompt, target=7).error.max() > 1e-3 * largest(prompt)


def test_capped_logits_are_refused(random_run: Runs) -> None:
    prompt = random_run("native 2l LN")
    capped = dataclasses.replace(prompt, logits=torch.tanh(prompt.logits / 3) * 3)
    with pytest.raises(ValueError, match=r"is not the sum of what the components write"):
        attribute_logit(capped)


# Wrong arguments


def test_wrong_positions(random_run: Runs) -> None:
    prompt = random_run("attn-only-1l")
    for position in (12, -13):
        for call in (attribute_logit, write_norms):
            with pytest.raises(ValueError, match=rf"position must be from -12 to 11.*{position} came"):
                call(prompt, position=position)
    with pytest.raises(ValueError, match="position must be"):
        attribute_direction(prompt, np.ones(384), position=99)
    with pytest.raises(TypeError):
        attribute_logit(prompt, position=1.5)


def test_wrong_targets(random_run: Runs) -> None:
    prompt = random_run("attn-only-1l")
    with pytest.raises(ValueError, match="is not one token but"):
        attribute_logit(prompt, target=" supercalifragilistic")
    with pytest.raises(ValueError, match="vocabulary"):
        attribute_logit(prompt, target=8192)
    with pytest.raises(ValueError, match="different tokens"):
        attribute_logit(prompt, target=5, versus=5)


@pytest.mark.parametrize(
    ("direction", "message"),
    [
        (np.zeros(384), "must not be zero"),
        (np.full(384, np.nan), "NaN"),
        (np.full(384, np.inf), "NaN or infinity"),
        (np.ones(383), r"must have the shape \(384,\).*\(383,\) came"),
        (np.ones((1, 384)), r"must have the shape \(384,\)"),
    ],
)
def test_wrong_directions(random_run: Runs, direction: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        attribute_direction(random_run("attn-only-1l"), direction)
    with pytest.raises(ValueError, match=message):
        project(np.ones((2, 384)), direction)


def test_project_needs_a_vector() -> None:
    with pytest.raises(ValueError, match="single number"):
        project(3.0, [1.0])
