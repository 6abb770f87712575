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
from headstream.features.targets import ToyTarget, one_thread, trained_target
from headstream.features.training import fit
from headstream.models.shipped import verified, write_manifest
from headstream.results import ParameterDecomposition
from headstream.results.parameters import METHODS
from headstream.tables import Table

with needs_lessons():
    from safetensors.numpy import load, save_file

RECORDED = Path(__file__).parent / "recorded"
SEEDS = 5
LIVE: dict[str, SpdSettings | ApdSettings] = {
    "SPD": SpdSettings(components=10, steps=8000, lr=3e-3, minimality=1e-2),
    "APD": ApdSettings(),
}
NAMES = {"SPD": "causal importance", "APD": "attribution, share of the largest"}


def decompose(
    target: ToyTarget,
    method: str = "SPD",
    *,
    components: int | None = None,
    steps: int | None = None,
    seed: int = 0,
    seconds: float = 3600,
    show: Callable[[ParameterDecomposition], object] | None = None,
    every: int = 500,
    quiet: bool = False,
) -> ParameterDecomposition:
    """Split the weights of a toy into components, by training; some 25 seconds.

    target: a `ToyTarget`, as `trained_target` gives it. method: "SPD" or "APD" (see headstream.features.spd and .apd).
    components: how many at most: SPD, of each matrix; APD, in all. steps: of training, each with a new batch.
    seed: of the first components, the batches and the masks. seconds: when they are up, the training ends.
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
    limit = checks.number("seconds", seconds, 0, 1e6)
    _train(module, quiet, every, show and (lambda step, _: show(_results(module)[0])), ending=_ending(limit))
    return _results(module)[0]


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
    """MMCS and ML2R of what was recorded, means and standard deviations over five seeds, beside the papers' numbers."""
    rows = []
    for method, identity, paper in PAPERS:
        scores = np.array(
            [recovery(recorded_decomposition(method, identity=identity, seed=s, folder=folder)) for s in range(SEEDS)]
        )
        mean, spread = scores.mean(0), scores.std(0)
        toy = "5-2 with identity" if identity else "5-2"
        rows.append((f"{method}, {toy}", *(f"{m:.3f} ± {s:.3f}" for m, s in zip(mean, spread, strict=True)), *paper))
    head = ("", "MMCS", "ML2R", "paper's MMCS", "paper's ML2R")
    return Table(head, rows, caption=f"{SEEDS} seeds each; mean ± standard deviation")


PAPERS = (
    ("SPD", False, ("1.000 ± 0.000", "0.993 ± 0.002")),
    ("APD", False, ("0.998 ± 0.000", "0.893 ± 0.004")),
    ("SPD", True, ("1.000 ± 0.000", "0.992 ± 0.010")),
    ("APD", True, ("fails", "fails")),
)


def record(
    method: str, identity: bool, folder: Path = RECORDED, settings: SpdSettings | ApdSettings | None = None
) -> list[ParameterDecomposition]:
    """Train targets and components of five seeds, side by side, and write them with their scores; some minutes."""
    folder.mkdir(exist_ok=True)
    targets = [trained_target(identity=identity, seed=seed, quiet=True) for seed in range(SEEDS)]
    settings = settings or (SpdSettings() if method == "SPD" else ApdSettings())
    started = time.process_time()
    module = _module(targets, settings, 0)
    file = folder / f"{_name(method, identity)}.safetensors"
    checkpoint = file.with_suffix(".checkpoint")
    _train(module, quiet=False, every=500, show=None, checkpoint=checkpoint)
    found = _results(module)
    tensors: dict[str, Any] = {
        f"{part}.{at}": np.stack([getattr(one, part)[at] for one in found])
        for part in ("weights", "reads", "writes")
        for at in range(len(found[0].matrices))
    }
    tensors |= {part: np.stack([getattr(one, part) for one in found]) for part in ("bias", "importance")}
    # Of an array that is not contiguous, safetensors would write the memory in its own order.
    save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, file)
    told = {
        "command": f"python -m headstream.features.parameters {method} {'identity' if identity else 'plain'}",
        "settings": asdict(settings),
        "seconds": round(time.process_time() - started),
        "scores": [_scores(one) for one in found],
    }
    file.with_suffix(".json").write_text(json.dumps(told, indent=1) + "\n")
    checkpoint.unlink(missing_ok=True)
    write_manifest(folder)
    return found


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


def _ending(seconds: float) -> Callable[[int], object]:
    """What ends a training when the seconds are up, as the stop button does."""
    started = time.perf_counter()

    def after(step: int) -> None:
        if step and time.perf_counter() - started > seconds:
            raise KeyboardInterrupt

    return after


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
