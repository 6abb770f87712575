"""The one training loop of this package: of toys, dictionaries and parameter components alike."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.models.toys import one_thread

with needs_lessons():
    import torch
    from torch import Tensor, nn
    from tqdm.auto import tqdm  # type: ignore[import-untyped]

DECAYS = ("constant", "linear", "cosine")
SMALL = 200_000  # parameters; with less to compute, threads wait for each other for most of it


@dataclass(frozen=True)
class Fit:
    """How a training went. steps: [entry] int; losses: [entry] float32, before each of these steps. seconds: of
    training, those before a checkpoint included. stopped: whether an interrupt ended it.
    """

    steps: npt.NDArray[np.int64]
    losses: npt.NDArray[np.float32]
    seconds: float
    stopped: bool = False

    def __repr__(self) -> str:
        ended = "stopped" if self.stopped else "trained"
        first, last = (f"{loss:.4g}" for loss in (self.losses[0], self.losses[-1]))
        return f"Fit: {ended} for {self.steps[-1] + 1} steps in {self.seconds:.1f} s; loss {first} -> {last}"


def fit(
    module: nn.Module,
    loss: Callable[[int], Tensor],
    steps: int,
    *,
    lr: float = 1e-3,
    weight_decay: float = 0.0,
    betas: tuple[float, float] = (0.9, 0.999),
    warm_up: int = 0,
    decay: str = "constant",
    clip: float | None = None,
    after: Callable[[int], object] | None = None,
    show: Callable[[int, float], object] | None = None,
    every: int = 10,
    checkpoint: Path | None = None,
    checkpoint_every: int = 500,
    name: str = "training",
    quiet: bool = False,
) -> Fit:
    """Train a module where it is, on its own device, with AdamW.

    loss: of a step, by its number; it draws its own data by that number (`numpy.random.default_rng((seed, step))`), so
        that the same seed gives the same training, and a resumed one ends where a whole one does.
    warm_up: steps in which the learning rate rises from 0. decay: how it falls after them: "constant", "linear" (to 0)
        or "cosine" (to 0). clip: the largest norm of the gradient, or None.
    after: called with the step's number when the step is done; what it does to the weights stays, such as making
        vectors of length 1 again. show: called with the step's number and its loss at every `every`-th step and at
        the last.
    checkpoint: a file from which an unfinished training goes on, and which is written every `checkpoint_every` steps.
    quiet: whether no progress bar is drawn.

    An interrupt (the kernel's stop button) ends the training and keeps what there is. Errors: FloatingPointError for a
    loss that is NaN or infinite, before it changes a weight; OSError for a checkpoint that cannot be read; ValueError
    for one of another module.
    """
    steps, every = checks.whole("steps", steps, 1), checks.whole("every", every, 1)
    checks.choice("decay", decay, DECAYS)
    optimizer = torch.optim.AdamW(module.parameters(), lr, betas, weight_decay=weight_decay)
    told: list[tuple[int, float]] = []
    step, seconds, stopped = 0, 0.0, False
    if checkpoint is not None and checkpoint.is_file():
        step, seconds, told = _restored(checkpoint, module, optimizer)
    small = sum(parameter.numel() for parameter in module.parameters()) < SMALL
    with (
        one_thread() if small else nullcontext(),
        tqdm(total=steps, initial=step, desc=name, unit="step", disable=quiet, leave=False) as bar,
    ):
        try:
            while step < steps:
                started = time.perf_counter()
                for group in optimizer.param_groups:
                    group["lr"] = lr * rate(step, steps, warm_up, decay)
                value = loss(step)
                number = float(value.detach())
                if not np.isfinite(number):
                    raise FloatingPointError(f"{name}: the loss of step {step} is {number}: try a lower learning rate.")
                optimizer.zero_grad(set_to_none=True)
                value.backward()  # type: ignore[no-untyped-call]
                if clip is not None:
                    nn.utils.clip_grad_norm_(module.parameters(), clip)
                optimizer.step()
                if after:
                    after(step)
                seconds += time.perf_counter() - started
                if step % every == 0 or step == steps - 1:
                    told.append((step, number))
                    bar.set_postfix(loss=f"{number:.4g}", refresh=False)
                    if show:
                        show(step, number)
                step += 1
                bar.update()
                if checkpoint is not None and (step % checkpoint_every == 0 or step == steps):
                    _save(checkpoint, module, optimizer, step, seconds, told)
        except KeyboardInterrupt:
            stopped = True
    if not told:
        raise KeyboardInterrupt  # before there was anything to keep
    at, losses = zip(*told, strict=True)
    return Fit(np.array(at), np.array(losses, np.float32), seconds, stopped)


def rate(step: int, steps: int, warm_up: int, decay: str) -> float:
    """The learning rate of a step as a share of its largest."""
    if step < warm_up:
        return (step + 1) / (warm_up + 1)
    done = (step - warm_up) / max(1, steps - warm_up)
    return {"constant": 1.0, "linear": 1 - done, "cosine": (1 + float(np.cos(np.pi * done))) / 2}[decay]


def _save(
    file: Path,
    module: nn.Module,
    optimizer: torch.optim.Optimizer,
    step: int,
    seconds: float,
    told: list[tuple[int, float]],
) -> None:
    state = {"module": module.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "seconds": seconds}
    unfinished = file.with_suffix(".tmp")
    torch.save({**state, "told": told}, unfinished)
    os.replace(unfinished, file)  # a checkpoint is whole or it is the one before


def _restored(
    file: Path, module: nn.Module, optimizer: torch.optim.Optimizer
) -> tuple[int, float, list[tuple[int, float]]]:
    try:
        state: dict[str, Any] = torch.load(file, weights_only=True)
        weights, step, seconds, told = state["module"], state["step"], state["seconds"], state["told"]
    except Exception as error:  # torch.load has another error for each way in which a file can be damaged
        raise OSError(f"{file} is no checkpoint that can be read: take it away to start anew.") from error
    own = {key: tensor.shape for key, tensor in module.state_dict().items()}
    if {key: tensor.shape for key, tensor in weights.items()} != own:
        raise ValueError(f"{file} is of another training: take it away, or name another file.")
    module.load_state_dict(weights)
    optimizer.load_state_dict(state["optimizer"])
    return int(step), float(seconds), [(int(at), float(loss)) for at, loss in told]
