"""F17: the residual stream has no privileged basis; neurons have; and what marked the stream's axes all the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from headstream.claims.claim import Found, claim
from headstream.claims.given import model, page
from headstream.extras import needs_lessons
from headstream.framework.bases import change_basis, kurtosis, kurtosis_null, mix_neurons, random_rotation
from headstream.framework.identities import basis_error
from headstream.framework.stream import final_stream
from headstream.results import Floats

with needs_lessons():
    import torch
    from torch import Tensor

LESSON = "16-bases"
NAME, DEEP, BARE = "attn-only-2l", "gelu-4l", "attn-only-0l"
EXACT = 1e-5  # float32, relative to the largest logit
DRAWS = 20

Steps = Callable[[list[Tensor]], torch.optim.Optimizer]


@claim(
    "F17a",
    LESSON,
    "The residual stream can be rotated, with all that reads or writes it, and the model stays.",
    measured="largest change of a logit over the largest logit, by a random rotation; null: the same, the positions "
    "left",
    paper="without changing model behavior",
)
def stream_can_be_turned() -> Found:
    turned = change_basis(model(NAME), random_rotation(model(NAME).cfg.d_model))
    ours = basis_error(page(NAME), turned)
    with torch.no_grad():
        turned.W_pos.copy_(model(NAME).W_pos)
    null = basis_error(page(NAME), turned)
    deep = change_basis(model(DEEP), random_rotation(model(DEEP).cfg.d_model))
    note = f"With LayerNorm folded and its centring left out, in {DEEP}: {basis_error(page(DEEP), deep):.1e}."
    return Found(ours, null, ours < EXACT < null, note)


@claim(
    "F17b",
    LESSON,
    "The neurons of an MLP cannot be rotated: their basis is privileged.",
    measured="largest change of a logit over the largest logit, the neurons of the first MLP rotated; null: put in "
    "another order",
    paper="MLP activations are privileged",
)
def neurons_cannot_be_turned() -> Found:
    size = model(DEEP).cfg.d_mlp
    order = torch.eye(size)[np.random.default_rng(0).permutation(size)]
    ours, null = (
        basis_error(page(DEEP), mix_neurons(model(DEEP), 0, matrix)) for matrix in (random_rotation(size), order)
    )
    return Found(ours, null, ours > 1e-2 and null < EXACT)


@claim(
    "F17c",
    LESSON,
    "So neurons are peculiar along their own axes.",
    measured="mean kurtosis of the first MLP's activations on a page; null: the most in 20 random bases",
    paper="MLP activations are privileged",
)
def neurons_have_axes() -> Found:
    ours, null = _kurtosis(page(DEEP).cache["blocks.0.mlp.hook_post"])
    return Found(ours, null.max(), ours > 2 * null.max())


@claim(
    "F17d",
    LESSON,
    "So the stream is not peculiar along its axes.",
    measured="mean kurtosis of the last stream on a page; null: the most in 20 random bases",
    paper="no privileged basis",
)
def stream_has_no_axes() -> Found:
    ours, null = _kurtosis(final_stream(page(NAME)))
    others = {name: _kurtosis(final_stream(page(name)))[0] for name in (BARE, DEEP)}
    told = "; ".join(f"{value:.1f} in {name}" for name, value in others.items())
    why = (
        f"Training marked the axes ({told}), see F17e. The architecture does not: turned, the model stays and they go."
    )
    return Found(ours, null.max(), null.min() <= ours <= null.max(), why=why)


@claim(
    "F17e",
    LESSON,
    "It is the optimiser that can mark axes: gradient descent commutes with a rotation of the stream, Adam does not.",
    measured="how far Adam's W_E, trained from turned weights, is from its W_E turned, over the largest entry; null: "
    "the same of gradient descent",
    paper="Adam, provisionally (Privileged Bases in the Transformer Residual Stream, 2023)",
)
def the_optimiser_marks_axes() -> Found:
    turn, steps = random_rotation(_WIDTH), {"adam": _adam, "descent": _descent}
    found = {name: (_trained(make), _trained(make, turn)) for name, make in steps.items()}
    off = {name: float((b - a @ turn).abs().max() / a.abs().max()) for name, (a, b) in found.items()}
    marked = {name: (*_kurtosis(a, first=0), name) for name, (a, _) in found.items()}
    note = "Kurtosis of W_E: " + ", ".join(
        f"{value:.2f} by {name} (random bases {null.min():.2f} to {null.max():.2f})"
        for value, null, name in marked.values()
    )
    return Found(off["adam"], off["descent"], off["descent"] < 1e-3 and off["adam"] > 0.1, f"{note}.")


_WIDTH = 32


def _adam(weights: list[Tensor]) -> torch.optim.Optimizer:
    return torch.optim.Adam(weights, lr=0.02)


def _descent(weights: list[Tensor]) -> torch.optim.Optimizer:
    return torch.optim.SGD(weights, lr=3.0, momentum=0.9)


def _kurtosis(vectors: Tensor, first: int = 1) -> tuple[float, Floats]:
    """Their mean, and [draw] that in random bases; without the start token."""
    return float(kurtosis(vectors[first:]).mean()), kurtosis_null(vectors[first:], DRAWS).mean(1)


@cache
def _bigrams() -> Tensor:
    """[token, token] the share of each pair on the page."""
    ids, at = np.unique(page(BARE).token_ids, return_inverse=True)
    counts: Any = np.zeros((len(ids), len(ids)), np.float32)
    np.add.at(counts, (at[:-1], at[1:]), 1)
    return torch.from_numpy(counts / counts.sum())


@torch.enable_grad()
def _trained(make: Steps, turn: Tensor | None = None, steps: int = 150) -> Tensor:
    """W_E [token, _WIDTH] of a bigram model W_E W_U of the page, trained from random weights, or from these, turned."""
    shares, generator = _bigrams(), torch.Generator().manual_seed(0)
    start = [torch.randn(size, generator=generator) / 6 for size in ((len(shares), _WIDTH), (_WIDTH, len(shares)))]
    if turn is not None:
        start = [start[0] @ turn, turn.T @ start[1]]
    weights = [weight.requires_grad_() for weight in start]
    optimizer = make(weights)
    for _ in range(steps):
        loss = -(shares * (weights[0] @ weights[1]).log_softmax(-1)).sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return weights[0].detach()
