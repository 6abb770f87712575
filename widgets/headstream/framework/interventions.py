"""Changing a run on the way and letting the model go on: what a part is needed for, not what it writes.

A part is named as everywhere: "1.6" a head, "1.attn" and "1.mlp" all that a layer's attention or MLP writes, its output
bias included, "embedding", "position". "1.stream" is what layer 1 reads: the sum of all that was written before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from headstream import checks
from headstream.extras import require
from headstream.models import Run
from headstream.models import run as run_model
from headstream.models.runs import checked_model, checked_run
from headstream.results import Component

if TYPE_CHECKING:
    import torch
    from transformer_lens.model_bridge import TransformerBridge

Part = str | tuple[int, int] | Component
Position = int | Sequence[int] | None
Hook = tuple[str, Callable[..., "torch.Tensor"]]

_KINDS = {"embedding": "embed", "position": "pos_embed"}
_HOOKS = {
    "embed": "hook_embed",
    "pos_embed": "hook_pos_embed",
    "head": "blocks.{}.attn.hook_z",  # what each head has read, before W_O
    "attn": "blocks.{}.hook_attn_out",
    "mlp": "blocks.{}.hook_mlp_out",
    "stream": "blocks.{}.hook_resid_pre",
}


@dataclass(frozen=True, repr=False)
class Change:
    """One part's write replaced, as `ablate` and `patch` make it.

    by: "zero", "mean", "resample" or "patch". runs: where the new write comes from. positions: None for all.
    """

    part: Component
    by: str
    runs: tuple[Run, ...] = ()
    positions: tuple[int, ...] | None = None
    seed: int = 0

    def __repr__(self) -> str:
        how = {"zero": "set to zero", "mean": "set to its mean", "resample": "resampled", "patch": "patched"}[self.by]
        places = "" if self.positions is None else f" at {', '.join(map(str, self.positions))}"
        return f"{self.part.label} {how}{places}"


def ablate(
    part: Part,
    by: Literal["zero", "mean", "resample"] = "zero",
    *,
    over: Run | Iterable[Run] = (),
    position: Position = None,
    seed: int = 0,
) -> Change:
    """What a part writes, replaced by something that knows nothing of the prompt: a change for `intervene`.

    by: "zero"; "mean", the mean of the part's writes over all positions of the runs `over`, in which what is always
        written stays; or "resample", its writes at positions drawn at random from those runs, in which its usual size
        stays too. Zero is no neutral value: the rest of the model was never trained without the part.
    part: a name such as "1.6", a `Component`, or (layer, head). over: a run or several of the same model, for mean and
        resample. position: where, one or several, or None for all; negative ones count from the end.

    Errors: ValueError for a part or a `by` that is none, and where `over` is missing or not used; TypeError for
    anything in it that is no run.
    """
    checks.choice("by", by, ("zero", "mean", "resample"))
    runs = tuple(map(checked_run, [over] if isinstance(over, Run) else checks.items("over", over, "runs")))
    if (by == "zero") == bool(runs):
        expected = "no runs where a write is set to zero" if runs else f"the runs to take the {by} from"
        raise ValueError(f"over: expected {expected}, got {len(runs) or 'none'}")
    return Change(component(part), by, runs, _positions(position), checks.whole("seed", seed, 0))


def patch(part: Part, source: Run, *, position: Position = None) -> Change:
    """What a part writes, replaced by what it writes in another run, position by position: a change for `intervene`.

    source: a run of the same model with as many tokens; it may be one that was itself changed. part, position: as for
    `ablate`.
    """
    return Change(component(part), "patch", (checked_run(source),), _positions(position))


def intervene(run: Run, *changes: Change) -> Run:
    """The same prompt through the same model with some writes replaced; everything after them is computed anew.

    A run that was changed is changed further. The order of the changes does not matter: each replaces a write by one
    from elsewhere, whatever else is changed. The result's `changes` and its text tell what was changed.

    Errors: IndexError for a layer, head or position that is not there; ValueError for a part that the model does
    without, a part changed twice at a position (a layer's attention holds its heads), or runs of another model or, in a
    patch, of another length; TypeError for what is no change.
    """
    changed = (*checked_run(run).changes, *changes)
    hooks = hooks_of(run, changed)
    if not changes:
        return run
    with run.model.hooks(fwd_hooks=hooks):
        return replace(run_model(run.model, run.token_ids), text=run.text, changes=changed)


def without_head(run: Run, layer: int, head: int) -> Run:
    """The same prompt through the same model with one head's write set to zero: everything after it is computed anew.

    Zero is no neutral value: the rest was never trained without this head. Errors: IndexError if there is no such head.
    """
    cfg = run.model.cfg
    layer, head = checks.index("layer", layer, cfg.n_layers), checks.index("head", head, cfg.n_heads)
    return intervene(run, ablate((layer, head)))


def with_patterns(run: Run, source: Run) -> Run:
    """The same prompt through the same model, every head attending where it attends in another run; what heads move is
    computed anew.

    source: a run of the same model with as many tokens. Where it differs in one thing, this tells apart what the thing
    does to *where* heads look from what it does to *what* they find. Errors: ValueError for another run.
    """
    check_source(checked_run(run), source)
    names = [f"blocks.{layer}.attn.hook_pattern" for layer in range(run.model.cfg.n_layers)]
    hooks = [(name, lambda x, hook: source.cache[hook.name].expand_as(x)) for name in names]
    with run.model.hooks(fwd_hooks=[*hooks_of(run, run.changes), *hooks]):
        return replace(run_model(run.model, run.token_ids), text=run.text, changes=run.changes)


def parts(model: TransformerBridge, kind: str = "heads") -> tuple[str, ...]:
    """The names of a model's parts: "heads", "layers" (their attention and MLP) or "stream" (what each reads)."""
    checks.choice("kind", kind, ("heads", "layers", "stream"))
    cfg, found = checked_model(model).cfg, []
    for layer, block in enumerate(model.blocks):
        if kind == "heads":
            found += [f"{layer}.{head}" for head in range(cfg.n_heads)]
        elif kind == "stream":
            found.append(f"{layer}.stream")
        else:
            found += [f"{layer}.{name}" for name in ("attn", "mlp") if hasattr(block, name)]
    return tuple(found)


def hooks_of(run: Run, changes: Sequence[Change]) -> list[Hook]:
    """The hooks that make these changes, one each. Errors as in `intervene`."""
    found: list[Hook] = []
    for change in changes:
        if not isinstance(change, Change):
            raise TypeError(f"changes: expected hs.ablate(...) or hs.patch(...), got {type(change).__name__}")
    _check_apart(changes, len(run.tokens))
    for change in changes:
        name, at = hook_name(run, change.part), _places(change, len(run.tokens))
        found.append((name, _replacing(change.part.head, at, _new_write(run, change, at))))
    return found


def hook_name(run: Run, part: Component) -> str:
    """Where the model holds what a part writes. Errors: IndexError and ValueError for a part that it does not have."""
    checks.optional_index("layer", part.layer, run.model.cfg.n_layers)
    checks.optional_index("head", part.head, run.model.cfg.n_heads)
    name = _HOOKS[part.kind].format(part.layer)
    if name not in run.cache:
        raise ValueError(f"part: expected one that {run.name} has, got {part.label}")
    return name


def write(run: Run, part: Component) -> torch.Tensor:
    """[position, ...]: what a part writes; of a head its z [position, d_head], before W_O."""
    found: torch.Tensor = run.cache[hook_name(run, part)]
    return found if part.head is None else found[:, part.head]


def check_source(run: Run, source: Run) -> Run:
    """The source itself. Errors: ValueError for a run of another model or another number of tokens."""
    if len(checked_run(source).tokens) != len(run.tokens):
        raise ValueError(f"source: expected a run of as many tokens, {len(run.tokens)}, got {len(source.tokens)}")
    return _same_model(run, source)


def component(part: Part) -> Component:
    """The part that is named. Errors: TypeError and ValueError for anything that is no part."""
    if isinstance(part, Component):
        label = part.label
    elif isinstance(part, tuple) and len(part) == 2:
        label = "{}.{}".format(*(checks.whole(name, at, 0) for name, at in zip(("layer", "head"), part, strict=True)))
    else:
        label = checks.text("part", part)
    if label in _KINDS:
        return Component(_KINDS[label])
    if found := re.fullmatch(r"(\d+)\.(?:(\d+)|(attn|mlp|stream))", label):
        layer, head, kind = found.groups()
        return Component(kind or "head", int(layer), None if head is None else int(head))
    raise ValueError(
        "part: expected a head such as '1.6', a layer's '1.attn', '1.mlp' or '1.stream', 'embedding' or 'position',"
        f" got {label!r}"
    )


def _same_model(run: Run, source: Run) -> Run:
    if source.model is not run.model:
        other = source.name if source.name != run.name else f"another {source.name}"
        raise ValueError(f"source: expected a run of the same model, {run.name}, got one of {other}")
    return source


def _positions(given: Position) -> tuple[int, ...] | None:
    if given is None:
        return None
    several = [given] if np.ndim(given) == 0 else checks.items("position", given, "a position or several")
    return tuple(checks.whole("position", at) for at in several)


def _places(change: Change, size: int) -> list[int]:
    if change.positions is None:
        return list(range(size))
    return [checks.index("position", at, size) for at in change.positions]


def _new_write(run: Run, change: Change, at: list[int]) -> torch.Tensor:
    """[position, ...]: what stands at these positions instead."""
    if change.by == "patch":
        return write(check_source(run, change.runs[0]), change.part)[at]
    sources = [_same_model(run, source) for source in change.runs] or [run]
    writes: torch.Tensor = require("torch").cat([write(source, change.part) for source in sources])
    if change.by == "resample":
        drawn = np.random.default_rng(change.seed).integers(0, len(writes), len(run.tokens))
        return writes[drawn[at].tolist()]
    mean = writes.float().mean(0).expand(len(at), -1)
    return mean if change.by == "mean" else mean.new_zeros(mean.shape)


def _replacing(head: int | None, at: list[int], new: torch.Tensor) -> Callable[..., torch.Tensor]:
    def replaced(x: torch.Tensor, hook: object) -> torch.Tensor:
        x = x.clone()
        x[(slice(None), at) if head is None else (slice(None), at, head)] = new.to(x)
        return x

    return replaced


def _check_apart(changes: Sequence[Change], size: int) -> None:
    for first, second in combinations(changes, 2):
        one, other = first.part, second.part
        held = one.layer == other.layer and {one.kind, other.kind} == {"head", "attn"}
        both = {*_places(first, size)} & {*_places(second, size)}
        if both and (one == other or held):
            raise ValueError(
                f"changes: expected a part to be changed once at a position, got two at {min(both)}: {first}; {second}"
            )
