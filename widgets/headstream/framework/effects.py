"""What changes of a run do to a logit: activation patching, and direct against total effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.interventions import (
    Change,
    Hook,
    Part,
    check_source,
    component,
    hook_name,
    hooks_of,
    patch,
    write,
)
from headstream.framework.interventions import parts as parts_of
from headstream.framework.residual import logit_asked, logit_less
from headstream.models.runs import Run, checked_run
from headstream.results import Component, Effects, Patching

with needs_lessons():
    import torch
    from torch import Tensor

Cell = tuple[int, int]  # a row of the parts and a position

_NUMBERS = 2**24  # of one kind that a batch of passes holds at once: 67 MB


@torch.no_grad()
def patch_effects(
    clean: Run,
    corrupted: Run,
    *,
    target: str | int | None = None,
    versus: str | int | None = None,
    position: int = -1,
    parts: Literal["heads", "layers", "stream"] | Sequence[Part] = "heads",
    source: Run | None = None,
) -> Patching:
    """Activation patching: each part's write at each position of the corrupted run, one at a time, replaced by the one
    of the clean run; everything after it is computed anew.

    The number is the logit of `target` at `position` less that of `versus`, or less the vocabulary's mean, as in
    `attribute_logit`; target None takes the clean run's top token. `Patching.effect` is (patched - corrupted) /
    (clean - corrupted). This is denoising, which finds what is enough to restore the answer; with the two runs swapped
    and the same target it is noising, which finds what is needed for it.

    parts: "heads", "layers" (attention and MLP), "stream" (what each layer reads), or names as for `ablate`.
    source: the run that the writes come from, if it is not the clean one. The null: a run of an unrelated text.

    One pass a part and position at which the two writes differ and which the number can depend on, in batches that hold
    67 MB of logits, patterns or MLP activations. Errors: ValueError for runs of other models or lengths, runs with the
    same number, and what `attribute_logit` refuses; for parts as in `intervene`.
    """
    check_source(checked_run(corrupted), checked_run(clean))
    source = check_source(corrupted, clean if source is None else source)
    position = checks.index("position", position, len(clean.tokens))
    chosen, other, quantity = logit_asked(clean, target, versus, position)
    numbers = [float(logit_less(run.logits[position], chosen, other)) for run in (clean, corrupted)]
    if abs(numbers[0] - numbers[1]) <= 1e-5 * float(clean.logits[position].abs().max()):
        raise ValueError(f"clean, corrupted: expected runs that differ in the {quantity}, got {numbers[0]:.4g} in both")
    names = parts_of(clean.model, parts) if isinstance(parts, str) else checks.items("parts", parts, "names of parts")
    found = tuple(map(component, names))
    patched = np.full((len(found), len(clean.tokens)), numbers[1], np.float32)
    for cells, hook in _batches(corrupted, source, found, position):
        logits = _logits(corrupted, [*hooks_of(corrupted, corrupted.changes), hook], position, len(cells))
        patched[tuple(np.transpose(cells))] = logit_less(logits, chosen, other).numpy(force=True)
    return Patching(
        patched=patched,
        clean=numbers[0],
        corrupted=numbers[1],
        components=found,
        tokens=corrupted.tokens,
        clean_tokens=clean.tokens,
        quantity=quantity,
        position=position,
        token_ids=corrupted.token_ids,
    )


@torch.no_grad()
def effects(
    run: Run,
    *changes: Change,
    target: str | int | None = None,
    versus: str | int | None = None,
    position: int = -1,
) -> Effects:
    """What each change, made alone, adds to a logit: directly, and in all.

    The total effect is that of `intervene`. The direct effect is that of the path straight to the logits: every part
    after the changed one is patched from the run itself, so that it writes what it wrote; the final LayerNorm is
    computed anew. Where there is none, setting a part to zero takes its bar of `attribute_logit` (for a layer's MLP,
    its bias too), and nothing else, from the logit. A part of the last layer has no other path than the direct one.

    target, versus, position, the number and errors are those of `attribute_logit` and `intervene`. Two passes a change.
    """
    position = checks.index("position", position, len(checked_run(run).tokens))
    chosen, other, quantity = logit_asked(run, target, versus, position)
    value = float(logit_less(run.logits[position], chosen, other))
    before = hooks_of(run, run.changes)
    found = []
    for change in changes:
        hooks = hooks_of(run, (*run.changes, change))[len(before) :]
        frozen = hooks_of(run, [patch(part, run) for part in _after(run, change.part)])
        each = [_logits(run, [*before, *hooks, *more], position)[0] for more in (frozen, [])]
        found.append([float(logit_less(logits, chosen, other)) - value for logits in each])
    direct, total = np.array(found, np.float32).reshape(-1, 2).T
    return Effects(
        direct=direct,
        total=total,
        value=value,
        components=tuple(change.part for change in changes),
        changes=tuple(map(str, changes)),
        quantity=quantity,
    )


def _after(run: Run, part: Component) -> list[Component]:
    """The attentions and MLPs that come after a part."""

    def place(one: Component) -> tuple[int, int]:
        return (-1 if one.layer is None else one.layer, {"head": 1, "attn": 1, "mlp": 2}.get(one.kind, 0))

    return [each for each in map(component, parts_of(run.model, "layers")) if place(each) > place(part)]


def _batches(
    run: Run, source: Run, parts: Sequence[Component], last: int
) -> Iterator[tuple[list[tuple[int, int]], Hook]]:
    """Every write to replace, some of one hook at a time, with the hook that does it."""
    cfg, size = run.model.cfg, len(run.tokens)
    held = max(cfg.d_vocab, size * max(getattr(cfg, "d_mlp", None) or 0, 4 * cfg.d_model, cfg.n_heads * size))
    step = max(1, _NUMBERS // held)
    by_hook: dict[str, list[Cell]] = {}
    for row, part in enumerate(parts):
        differ = (write(run, part) != write(source, part)).any(-1)[: last + 1]
        if part.kind != "stream" and part.layer == cfg.n_layers - 1:  # nobody else reads it
            differ[:last] = False
        cells = by_hook.setdefault(hook_name(run, part), [])
        cells += [(row, at) for at in differ.nonzero().flatten().tolist()]
    for name, cells in by_hook.items():
        for some in (cells[start : start + step] for start in range(0, len(cells), step)):
            yield some, (name, _replacing_each(source.cache[name], parts, some))


def _replacing_each(new: Tensor, parts: Sequence[Component], cells: list[Cell]) -> Callable[..., Tensor]:
    """A hook that replaces in each pass of a batch one cell's write."""
    at, heads = [position for _, position in cells], [parts[row].head for row, _ in cells]
    where = (at,) if heads[0] is None else (at, heads)

    def replaced(x: Tensor, hook: object) -> Tensor:
        x = x.clone()
        x[(range(len(cells)), *where)] = new[where]
        return x

    return replaced


def _logits(run: Run, hooks: Sequence[Hook], position: int, passes: int = 1) -> Tensor:
    """[pass, d_vocab] float32: the logits at one position; the others are never unembedded."""
    ids = torch.from_numpy(run.token_ids).to(run.model.cfg.device).expand(passes, -1)
    with run.model.hooks(fwd_hooks=[*hooks, ("unembed.hook_in", lambda x, hook: x[:, [position]])]):
        logits: Tensor = run.model(ids, return_type="logits")
    return logits[:, 0].float()
