"""Steering: a feature's decoder is added to what a model writes, and the model goes on from there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.summary import checked_dictionary
from headstream.models import Run
from headstream.models import run as run_model
from headstream.models.runs import checked_run

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from headstream.features.dictionaries import Dictionary


def steer(run: Run, dictionary: Dictionary, feature: int, amount: float) -> Run:
    """The same prompt through the same model, with `amount` times a feature's decoder added at every position but the
    first, wherever the dictionary writes: x + amount · W_dec. All after that place is computed anew.

    amount: in the units of the feature's activation; negative amounts take it away.
    Errors: IndexError for a feature that is not there; ValueError for a dictionary of another model's places.
    """
    dictionary = checked_dictionary(dictionary)
    feature = checks.index("feature", feature, dictionary.features)
    amount = checks.number("amount", amount, -1e6, 1e6)
    return push(run, dict(zip(dictionary.writes, amount * dictionary.W_dec[feature].detach(), strict=True)))


@torch.no_grad()
def push(run: Run, directions: dict[str, Tensor]) -> Run:
    """The same with any directions [d], by the hooks that they are added at: the null of steering is a random one."""
    hooks = checked_run(run).model.hook_dict
    missing = [name for name in directions if name not in hooks]
    if missing:
        raise ValueError(f"dictionary: expected one that writes where {run.name} has a place, got {missing[0]}")

    def adding(value: Tensor, hook: Any) -> Tensor:
        return torch.cat([value[:, :1], value[:, 1:] + directions[hook.name].to(value)], 1)

    with run.model.hooks(fwd_hooks=[(name, adding) for name in directions]):
        return replace(run_model(run.model, run.token_ids), text=run.text)
