"""A Hugging Face decoder as it is: read by hooks while a prompt passes, on whatever devices it lies."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch
from transformers import AttentionInterface, PreTrainedModel
from transformers.masking_utils import AttentionMaskInterface, eager_mask

from headstream.models.run_sources import Found, Reduce, Shape
from headstream.models.run_sources.layouts import (
    activation,
    layout_of,
    shape_of,
    steps,
    stored,
    wanted_steps,
    weight_place,
    with_scale,
)

if TYPE_CHECKING:
    from headstream.models.run_sources import Activations

_ATTENTION = "headstream"
_see: ContextVar[Callable[[Any, list[torch.Tensor]], None]] = ContextVar("see")


class HuggingFaceSource:
    """See `headstream.models.run_sources`. Each result is one pass, of which only what it asks for is kept.

    Errors: TypeError for something else than a model of transformers'; ValueError for a type that is not in
    `layouts.LAYOUTS`.
    """

    travels = False

    def __init__(self, model: PreTrainedModel, tokenizer: Any = None) -> None:
        self.model, self.tokenizer = model, tokenizer
        self._layout = layout_of(model)
        self.shape: Shape = shape_of(model, self._layout)
        self._steps = steps(self._layout, self.shape.layers)

    @property
    def name(self) -> str:
        return str(self.model.name_or_path or type(self.model).__name__)

    @cached_property
    def names(self) -> set[str]:
        return {"ln_final.hook_scale", *(name for *_, given in self._steps for name in given)}

    def read(self, token_ids: npt.NDArray[np.int64], names: Sequence[str], reduce: Reduce[Found]) -> Found:
        found: Activations = {}
        wanted = wanted_steps(self._steps, names)
        device = self.model.device
        ids = torch.from_numpy(token_ids)[None].to("cpu" if device.type == "meta" else device)  # meta: on a disk
        with torch.no_grad(), _evaluating(self.model), ExitStack() as hooks:
            for path, what, given in wanted:
                if what not in ("attention", "logits"):
                    module = self.model.get_submodule(path)
                    hooks.callback(_hook(module, what, partial(self._keep, found, what, given[0])).remove)
            if seen := {path: given for path, what, given in wanted if what == "attention"}:
                hooks.enter_context(_attention_seen(self.model, seen, found))
            logits = self.model(ids, use_cache=False).logits
            if "logits" in names:
                found["logits"] = logits[0]
            return reduce(with_scale(found, names, self.shape), self._weight, self.shape)

    def _keep(self, found: Activations, what: str, name: str, value: Any) -> None:
        found[name] = activation(what, value, self.shape.heads)

    def _weight(self, name: str) -> Any:
        path, kind = weight_place(self._layout._asdict(), name)
        module = self.model.get_submodule(path)
        if not hasattr(module, "_hf_hook"):
            return stored(module, kind, self.shape.heads)
        from accelerate.utils import align_module_device

        with align_module_device(module):  # from a disk or the CPU, for as long as it is used
            return stored(module, kind, self.shape.heads)


def _hook(module: torch.nn.Module, what: str, keep: Callable[[Any], None]) -> Any:
    """A hook that keeps a module's output, or the first of what goes in."""
    if what == "output":
        return module.register_forward_hook(lambda _, given, output: keep(output))

    def before(_: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
        keep(given[0] if given else named["hidden_states"])

    return module.register_forward_pre_hook(before, with_kwargs=True)


@contextmanager
def _evaluating(model: PreTrainedModel) -> Iterator[None]:
    """While it lasts, nothing is dropped out."""
    training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(training)


@contextmanager
def _attention_seen(model: PreTrainedModel, names: dict[str, tuple[str, ...]], found: Activations) -> Iterator[None]:
    """While it lasts, the model attends in plain arithmetic, and what the attention of these paths sees is kept."""
    of_module = {model.get_submodule(path): given for path, given in names.items()}

    def see(module: Any, seen: list[torch.Tensor]) -> None:
        for name in of_module.get(module, ()):
            found[name] = seen[name.endswith("hook_v")]

    before, token = model.config._attn_implementation, _see.set(see)
    _register()
    model.set_attn_implementation(_ATTENTION)
    try:
        yield
    finally:
        model.set_attn_implementation(before)
        _see.reset(token)


@cache
def _register() -> None:
    """Make transformers know our attention: the model's own plain one, whose pattern and values are shown."""
    AttentionInterface.register(_ATTENTION, _attend)
    AttentionMaskInterface.register(_ATTENTION, eager_mask)


def _attend(
    module: Any, query: Any, key: Any, value: Any, attention_mask: Any, **options: Any
) -> tuple[torch.Tensor, torch.Tensor]:
    eager = sys.modules[type(module).__module__].eager_attention_forward
    output, pattern = eager(module, query, key, value, attention_mask, **options)
    _see.get()(module, [pattern[0], value[0].transpose(0, 1)])
    return output, pattern
