"""Parameter decomposition: weights as sums of components, each used for few inputs.

`python -m headstream.features.parameters` trains all that is recorded, five seeds of each kind, and writes it into the
package, where `recorded_decomposition` finds it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.apd import Apd, ApdSettings
from headstream.features.components import alone, named, result
from headstream.features.parameter_scores import faithfulness, recovery
from headstream.features.spd import Spd, SpdSettings
from headstream.features.targets import ToyTarget, trained_target
from headstream.features.training import fit
from headstream.models.shipped import verified, write_manifest
from headstream.models.toys import one_thread
from headstream.results import ParameterDecomposition
from headstream.results.parameters import METHODS
from headstream.tables import Table

with needs_lessons():
    from safetensors.numpy import load, save_file

RECORDED = Path(__file__).parent / "recorded"
SEEDS = 5
STARTS, STUCK, UNSEEN = 3, 1.03, 50  # of a seed at most; loss over the lowest one; batches on which it is measured
LIVE: dict[str, SpdSettings | ApdSettings] = {
    "SPD": SpdSettings(components=14, steps=8000, lr=2.5e-3),
    "APD": ApdSettings(),
}
NAMES = {"SPD": "causal importance", "APD": "relative attribution"}


def decompose(
    target: ToyTarget,
    method: str = "SPD",
    *,
    components: int | None = None,
    steps: int | None = None,
    seed: int = 0,
    seconds: float = 3600,
    otherwise: ParameterDecomposition | None = None,
    show: Callable[[ParameterDecomposition], object] | None = None,
    every: int = 500,
    quiet: bool = False,
) -> ParameterDecomposition:
    """Split the weights of a toy into components, by training; some 25 seconds.

    target: a `ToyTarget`, as `trained_target` gives it. method: "SPD" or "APD" (see headstream.features.spd and .apd).
    components: how many at most: SPD, of each matrix; APD, in all. steps: of training, each with a new batch.
    seed: of the first components, the batches and the masks. seconds: when they are up, the training ends, and
        `otherwise`, if there is one, takes its place: a decomposition of this target that was recorded.
    show: called with the components so far at every `every`-th step, such as the `show` of a `ComponentGallery`.
    quiet: whether no progress bar is drawn.

    An interrupt ends the training and keeps what there is, as the end of the seconds does. Errors: TypeError for what
    is no ToyTarget; FloatingPointError for a training that diverges.
    """
    if not isinstance(target, ToyTarget):
        raise TypeError(f"target: expected a ToyTarget (pass hs.trained_target()), got {type(target).__name__}")
    checks.choice("method", method, METHODS)
    settings = LIVE[method]
    settings = replace(
        settings,
        components=settings.components if components is None else checks.whole("components", components, 1),
        steps=settings.steps if steps is None else checks.whole("steps", steps, 1),
    )
    module = _module([target], settings, checks.whole("seed", seed, 0))
    if otherwise is not None and not isinstance(otherwise, ParameterDecomposition):
        raise TypeError(f"otherwise: expected a ParameterDecomposition or None, got {type(otherwise).__name__}")
    limit = _Limit(checks.number("seconds", seconds, 0, 1e6))
    _train(module, quiet, every, show and (lambda step, _: show(_results(module)[0])), ending=limit)
    found = otherwise if otherwise is not None and limit.up else _results(module)[0]
    if show:
        show(found)
    return found


def recorded_decomposition(
    method: str = "SPD", *, identity: bool = False, seed: int = 0, folder: Path = RECORDED
) -> ParameterDecomposition:
    """A decomposition that was recorded with the package: of five features in two dimensions, or with an identity.

    method: "SPD" or "APD". seed: 0 to 4, of the target and of the components. Errors: OSError for damaged files.
    """
    name = _name(checks.choice("method", method, METHODS), checks.choice("identity", identity, (False, True)))
    tensors = load(verified(folder, f"{name}.safetensors"))
    seed = checks.whole("seed", seed, 0, len(tensors["bias"]) - 1)
    count = 3 if identity else 2
    return named(
        method,
        identity,
        tuple(tensors[f"weights.{at}"][seed] for at in range(count)),
        tensors["bias"][seed],
        tuple(tensors[f"reads.{at}"][seed] for at in range(count)),
        tuple(tensors[f"writes.{at}"][seed] for at in range(count)),
        tensors["importance"][seed],
        NAMES[method],
    )


def recorded_scores(folder: Path = RECORDED) -> Table:
    """MMCS and ML2R of what was recorded, means and standard deviations over five seeds, beside the papers' numbers;
    and how many starts each seed took (see `record`).
    """
    rows = []
    for method, identity, paper in PAPERS:
        scores = np.array(
            [recovery(recorded_decomposition(method, identity=identity, seed=s, folder=folder)) for s in range(SEEDS)]
        )
        mean, spread = scores.mean(0), scores.std(0)
        toy = "5-2 with identity" if identity else "5-2"
        starts = ", ".join(map(str, recorded_starts(method, identity=identity, folder=folder)))
        shown = (f"{m:.3f} ± {s:.3f}" for m, s in zip(mean, spread, strict=True))
        rows.append((f"{method}, {toy}", *shown, *paper, starts))
    head = ("", "MMCS", "ML2R", "paper's MMCS", "paper's ML2R", "starts")
    return Table(head, rows, caption=f"{SEEDS} seeds each; mean ± standard deviation")


def recorded_starts(method: str = "SPD", *, identity: bool = False, folder: Path = RECORDED) -> list[int]:
    """How many starts each recorded seed took until none was stuck."""
    told = json.loads(verified(folder, f"{_name(method, identity)}.json"))
    return [int(score["starts"]) for score in told["scores"]]


PAPERS = (
    ("SPD", False, ("1.000 ± 0.000", "0.993 ± 0.002")),
    ("APD", False, ("0.998 ± 0.000", "0.893 ± 0.004")),
    ("SPD", True, ("1.000 ± 0.000", "0.992 ± 0.010")),
    ("APD", True, ("fails", "fails")),
)


def record(
    method: str, identity: bool, folder: Path = RECORDED, settings: SpdSettings | ApdSettings | None = None
) -> list[ParameterDecomposition]:
    """Train targets and components of five seeds, side by side, and write them with their scores; some minutes.

    A training of SPD can get stuck, with a feature that two components share. Its loss is then above the other seeds',
    for their targets are all alike; it is started again from other components, and the lower loss is kept. What is
    right is not asked for. The file says how many starts each took.
    """
    folder.mkdir(exist_ok=True)
    file = folder / f"{_name(method, identity)}.safetensors"
    targets = [trained_target(identity=identity, seed=seed, quiet=True) for seed in range(SEEDS)]
    settings = settings or (SpdSettings() if method == "SPD" else ApdSettings())
    began = time.process_time()
    found, losses = _started(targets, settings, 0, file)
    starts = [1] * len(found)
    for start in range(1, STARTS if method == "SPD" else 1):
        stuck = [at for at, loss in enumerate(losses) if loss > STUCK * min(losses)]
        again = _started([targets[at] for at in stuck], settings, start, file) if stuck else ([], [])
        for at, other, loss in zip(stuck, *again, strict=True):
            starts[at] += 1
            if loss < losses[at]:
                found[at], losses[at] = other, loss
    told = {
        "command": f"python -m headstream.features.parameters {method} {'identity' if identity else 'plain'}",
        "settings": asdict(settings),
        "seconds": round(time.process_time() - began),
        "scores": [_scores(one) | {"starts": count} for one, count in zip(found, starts, strict=True)],
    }
    _save(file, found, told)
    return found


def _started(
    targets: Sequence[ToyTarget], settings: SpdSettings | ApdSettings, seed: int, file: Path
) -> tuple[list[ParameterDecomposition], list[float]]:
    """What a training from the seed's first components finds, and its loss on inputs that it has not seen."""
    module, checkpoint = _module(targets, settings, seed), file.with_suffix(".checkpoint")
    _train(module, quiet=False, every=500, show=None, checkpoint=checkpoint)
    checkpoint.unlink(missing_ok=True)
    unseen = range(settings.steps, settings.steps + UNSEEN)
    losses = np.mean([module.each(step).detach().numpy() for step in unseen], 0)
    return _results(module), losses.tolist()


def _save(file: Path, found: Sequence[ParameterDecomposition], told: dict[str, Any]) -> None:
    tensors: dict[str, Any] = {
        f"{part}.{at}": np.stack([getattr(one, part)[at] for one in found])
        for part in ("weights", "reads", "writes")
        for at in range(len(found[0].matrices))
    }
    tensors |= {part: np.stack([getattr(one, part) for one in found]) for part in ("bias", "importance")}
    # Of an array that is not contiguous, safetensors would write the memory in its own order.
    save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, file)
    file.with_suffix(".json").write_text(json.dumps(told, indent=1) + "\n")
    write_manifest(file.parent)


def _scores(found: ParameterDecomposition) -> dict[str, Any]:
    (cosine, length), error = recovery(found), faithfulness(found)
    sizes = {name: len(found.found(name)) for name in found.matrices}
    return {"mmcs": round(cosine, 4), "ml2r": round(length, 4), "faithfulness": float(f"{error:.2g}"), "found": sizes}


def _module(targets: Sequence[ToyTarget], settings: SpdSettings | ApdSettings, seed: int) -> Spd | Apd:
    return Spd(targets, settings, seed=seed) if isinstance(settings, SpdSettings) else Apd(targets, settings, seed=seed)


def _train(
    module: Spd | Apd,
    quiet: bool,
    every: int,
    show: Callable[[int, float], object] | None,
    checkpoint: Path | None = None,
    ending: Callable[[int], object] | None = None,
) -> None:
    s = module.settings
    spd = isinstance(s, SpdSettings)
    warm_up = 0 if isinstance(s, SpdSettings) else round(s.warm_up * s.steps)
    with one_thread():
        fit(
            module, module.loss, s.steps, lr=s.lr, warm_up=warm_up, decay="cosine" if spd else "constant",
            show=show, every=every, name="SPD" if spd else "APD", quiet=quiet, checkpoint=checkpoint,
            after=ending,
        )  # fmt: skip


class _Limit:
    """Ends a training when the seconds are up, as the stop button does. up: whether they were."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.started, self.up = seconds, time.perf_counter(), False

    def __call__(self, step: int) -> None:
        if step and time.perf_counter() - self.started > self.seconds:
            self.up = True
            raise KeyboardInterrupt


def _results(module: Spd | Apd) -> list[ParameterDecomposition]:
    method = "SPD" if isinstance(module, Spd) else "APD"
    stack, factors = module.stack, module.factors()
    importance = module.importance(alone(stack.features))
    count = len(stack.matrices[0])
    return [result(method, stack, at, factors, importance, NAMES[method]) for at in range(count)]


def _name(method: str, identity: bool) -> str:
    return f"{method.lower()}-5-2{'-identity' if identity else ''}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m headstream.features.parameters", description=record.__doc__)
    parser.add_argument("method", nargs="?", choices=METHODS, help="one method alone")
    parser.add_argument("toy", nargs="?", choices=("plain", "identity"), help="one toy alone")
    parser.add_argument("--folder", type=Path, default=RECORDED, help="where to write; the package's own by default")
    options = parser.parse_args()
    for method, identity, _ in PAPERS:
        if options.method in (None, method) and options.toy in (None, "identity" if identity else "plain"):
            for seed, one in enumerate(record(method, identity, options.folder)):
                print(one, f"seed {seed}", _scores(one))


if __name__ == "__main__":
    main()
