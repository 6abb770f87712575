"""Attributions: mistakes in the code show in the error, mistakes of the caller in a message."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from headstream.framework import residual
from headstream.framework.heads import previous_token_scores
from headstream.framework.identities import head_error, logit_error, stream_error
from headstream.framework.ladder import ladder
from headstream.framework.lens import logit_lens
from headstream.framework.residual import attribute_direction, attribute_logit, project, write_norms
from headstream.framework.stream import components
from headstream.models.runs import Run
from tests.framework.zoo import FOREIGN, NATIVE, SHIPPED, altered, tolerance, with_logits

Runs = Callable[..., Run]
EVERY = SHIPPED + NATIVE + FOREIGN


def largest(run: Run) -> float:
    return float(run.logits.abs().max())


# Mistakes that must show


def transposed(activations: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Every head's mixture of values by the transpose of its pattern."""
    return {
        name: torch.einsum("hqk,qhd->khd", activations[name.replace("_z", "_pattern")], activations[name[:-1] + "v"])
        for name in activations
        if name.endswith("hook_z")
    }


MISTAKES = {
    "no centring": lambda run: {"shape": {"norm": "RMS"}},
    "no LayerNorm weight": lambda run: {"weights": {"ln_final.w": None}},
    "no LayerNorm bias": lambda run: {"weights": {"ln_final.b": None}},
    "another row's scale": lambda run: {
        "activations": {"ln_final.hook_scale": run.cache["hook_embed"].std(-1, keepdim=True)}
    },
    "pattern transposed": lambda run: {"activations": transposed(dict(run.cache.items()))},
}


@pytest.mark.parametrize("name", ["gpt2", "native 2l LN"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_shows_in_the_error(
    random_run: Runs, monkeypatch: pytest.MonkeyPatch, name: str, mistake: str
) -> None:
    prompt = random_run(name)
    monkeypatch.setattr(residual, "_EXACT", np.inf)
    result = attribute_logit(altered(prompt, **MISTAKES[mistake](prompt)), target=7)
    assert result.error.max() > 10 * tolerance(prompt) * largest(prompt)


@pytest.mark.parametrize("name", ["gpt2", "native 2l LN", "native 1l"])
def test_a_forgotten_output_bias_shows(random_run: Runs, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(residual, "_EXACT", np.inf)
    prompt = random_run(name)
    forgotten = altered(prompt, weights={f"blocks.{layer}.attn.b_O": None for layer in range(2)})
    assert attribute_logit(forgotten, target=7).error.max() > 10 * tolerance(prompt) * largest(prompt)


def test_a_forgotten_unembedding_bias_shows(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residual, "_EXACT", np.inf)
    prompt = random_run("native 1l")
    forgotten = altered(prompt, weights={"unembed.b_U": None})
    assert attribute_logit(forgotten, target=7).error.max() > 1e-3 * largest(prompt)


def test_capped_logits_are_refused(random_run: Runs) -> None:
    prompt = random_run("native 2l LN")
    capped = with_logits(prompt, torch.tanh(prompt.logits / 3) * 3)
    with pytest.raises(ValueError, match=r"is not the sum of what the components write"):
        attribute_logit(capped)


# Wrong arguments


def test_wrong_positions(random_run: Runs) -> None:
    prompt = random_run("attn-only-1l")
    for position in (12, -13):
        for call in (attribute_logit, write_norms):
            with pytest.raises(IndexError, match=f"position: expected -12 to 11, got {position}"):
                call(prompt, position=position)
    with pytest.raises(IndexError, match="position: expected"):
        attribute_direction(prompt, np.ones(384), position=99)
    for position in ("a", 1.5, None):
        with pytest.raises(TypeError, match=f"position: expected a whole number, got {position!r}"):
            attribute_logit(prompt, position=position)


def test_what_is_no_run() -> None:
    of_a_run = (logit_lens, attribute_logit, write_norms, components, residual.writes, previous_token_scores)
    errors = (stream_error, logit_error, lambda given: head_error(given, 0, 0))
    direction = (lambda given: attribute_direction(given, np.ones(384)), lambda given: ladder([given]))
    for call in (*of_a_run, *errors, *direction):
        with pytest.raises(TypeError, match=r"run: expected a run \(pass hs\.run\(model, text\)\), got str"):
            call("x")


def test_a_ladder_of_what_is_no_list(random_run: Runs) -> None:
    for given, name in ((random_run("attn-only-1l"), "Run"), (3, "int")):
        with pytest.raises(TypeError, match=f"runs: expected a list of runs, one a model, got {name}"):
            ladder(given)


def test_a_top_that_is_no_number(random_run: Runs) -> None:
    prompt = random_run("attn-only-1l")
    for call in (lambda top: logit_lens(prompt, top=top), lambda top: ladder([prompt], top=top)):
        with pytest.raises(TypeError, match="top: expected a whole number, got 'a'"):
            call("a")


def test_wrong_targets(random_run: Runs) -> None:
    prompt = random_run("attn-only-1l")
    with pytest.raises(ValueError, match="target: expected one token, got ' supercalifragilistic', which is"):
        attribute_logit(prompt, target=" supercalifragilistic")
    with pytest.raises(ValueError, match="target: expected 0 to 8191, got 8192"):
        attribute_logit(prompt, target=8192)
    with pytest.raises(ValueError, match="expected Unicode"):
        attribute_logit(prompt, target="\ud800")
    with pytest.raises(ValueError, match="versus: expected another token"):
        attribute_logit(prompt, target=5, versus=5)


@pytest.mark.parametrize(
    ("direction", "message"),
    [
        (np.zeros(384), "direction: .* got zero"),
        (np.full(384, np.nan), "direction: expected finite numbers, got nan"),
        (np.full(384, np.inf), "direction: expected finite numbers, got inf"),
        (np.ones(383), r"direction: expected \[d_model\] = \[384\], got \[383\]"),
        (np.ones((1, 384)), r"direction: expected \[d_model\] = \[384\], got \[1, 384\]"),
    ],
)
def test_wrong_directions(random_run: Runs, direction: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        attribute_direction(random_run("attn-only-1l"), direction)
    with pytest.raises(ValueError, match=message):
        project(np.ones((2, 384)), direction)


def test_bfloat16_is_read_and_complex_refused(random_run: Runs) -> None:
    prompt, half = random_run("attn-only-1l"), torch.arange(384).bfloat16()
    expected = attribute_direction(prompt, half.float()).values
    np.testing.assert_array_equal(attribute_direction(prompt, half).values, expected)
    np.testing.assert_array_equal(project(half[None], half), project(half[None].float(), half.float()))
    for given in (half.float() * 1j, half.float().numpy() * 1j, [1j] * 384):
        with pytest.raises(TypeError, match=r"direction: .* got complex"):
            attribute_direction(prompt, given)
        with pytest.raises(TypeError, match=r"stream: .* got complex"):
            project(given, np.ones(384))


def test_project_needs_a_vector() -> None:
    with pytest.raises(ValueError, match="single number"):
        project(3.0, [1.0])
