"""A model of nnsight's: read in the order in which its modules run, here or on NDIF's cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import nnsight
import numpy as np
import numpy.typing as npt
import torch

from headstream.models.run_sources import Found, Reduce, Shape
from headstream.models.run_sources.layouts import (
    activation,
    layout_of,
    pattern_and_values,
    shape_of,
    steps,
    stored,
    wanted_steps,
    weight_place,
    with_scale,
)


class NnsightSource:
    """See `headstream.models.run_sources`. Each result is one pass: elsewhere, one request.

    remote: False; True for NDIF's cluster; "local" for nnsight's own simulation of it.
    Errors: ValueError for a type of model that is not in `layouts.LAYOUTS`, and for one that cannot be elsewhere.
    """

    def __init__(self, model: Any, *, remote: bool | str = False) -> None:
        if remote and not hasattr(model, "to_model_key"):
            raise ValueError(
                f"remote: expected a model that nnsight can name to a server (nnsight.TransformersModel), got a"
                f" {type(model).__name__}"
            )
        self.model, self.remote = model, remote
        self._layout = layout_of(model._module)
        self.shape: Shape = shape_of(model._module, self._layout)
        self._steps = steps(self._layout, self.shape.layers)

    @property
    def name(self) -> str:
        return str(getattr(self.model, "repo_id", None) or type(self.model._module).__name__)

    @property
    def tokenizer(self) -> Any:
        return getattr(self.model, "tokenizer", None)

    @property
    def travels(self) -> bool:
        return bool(self.remote)

    @cached_property
    def names(self) -> set[str]:
        return {"ln_final.hook_scale", *(name for *_, given in self._steps for name in given)}

    def read(self, token_ids: npt.NDArray[np.int64], names: Sequence[str], reduce: Reduce[Found]) -> Found:
        # Plain values: what the block names is sent with it.
        model, ids = self.model, torch.from_numpy(token_ids)[None]
        where = {"remote": self.remote} if self.travels else {}
        layout, shape, wanted = self._layout._asdict(), self.shape._asdict(), list(names)
        plan, travels = wanted_steps(self._steps, names), self.travels
        if travels:
            nnsight.register("headstream")  # which no server has
        with torch.no_grad(), model.trace(ids, **where):
            found = nnsight.save(read_in_order(model, plan, layout, shape, wanted, reduce, travels))
        result: Found = unpacked(found) if travels else found
        return result


def unpacked(found: dict[str, torch.Tensor]) -> Any:
    """What `packed` packed."""
    for name, tensor in found.items():
        if tensor.dtype == torch.uint8:
            found[name] = tensor.movedim(0, -1).contiguous().view(torch.float32)[..., 0]
    return found


# What follows is sent to where the model runs: torch, and functions of `headstream` that use nothing else.


def read_in_order(
    model: Any,
    plan: Any,
    layout: dict[str, Any],
    shape: dict[str, Any],
    names: Sequence[str],
    reduce: Callable[..., Any],
    travels: bool,
) -> Any:
    """What `reduce` makes of the activations that the plan names (see `layouts.steps`)."""
    from types import SimpleNamespace

    import torch

    heads, found = shape["heads"], {}
    for path, what, given in plan:
        if what == "logits":
            found[given[0]] = model.output.logits.detach()[0]
        elif what == "attention":
            module = model.get(path)
            (_, query, key, value, mask), options = module.source.attention_interface_1.inputs
            seen = pattern_and_values(module._module, query, key, value, mask, options)
            for name in given:
                found[name] = seen[name.endswith("hook_v")]
        else:
            module = model.get(path)
            found[given[0]] = activation(what, module.output if what == "output" else module.input, heads)

    def weight(name: str) -> Any:
        place, kind = weight_place(layout, name)
        return stored(model.get(place)._module, kind, heads)

    sizes = SimpleNamespace(**shape)
    with torch.no_grad():
        result = reduce(with_scale(found, names, sizes), weight, sizes)
    return packed(result) if travels else result


def packed(found: dict[str, Any]) -> dict[str, Any]:
    """The same on the CPU, float32 as planes of its four bytes, [4, ...] uint8: signs and exponents, which are alike,
    then stand together and pack well.
    """
    import torch

    for name, tensor in found.items():
        tensor = tensor.detach().cpu()
        if tensor.is_floating_point():
            tensor = tensor.float()[..., None].contiguous().view(torch.uint8).movedim(-1, 0).contiguous()
        found[name] = tensor
    return found
