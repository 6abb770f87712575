"""Toy models of superposition: more features than dimensions, trained in seconds, many toys at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.training import fit
from headstream.models.toys import one_thread
from headstream.results import Floats, Geometry

with needs_lessons():
    import torch
    from torch import Tensor, nn

STEPS = 2000
BATCH = 1024
RATE = 0.01
EVERY = 10  # steps from one note of the loss to the next
SHOWN = 0.05  # seconds from one picture to the next: as often as an eye follows
MOST = 4_000_000  # numbers that a step draws
FRESH = 1_000_003  # in the seed of examples that no training draws


class Superposition:
    """The toy model of "Toy Models of Superposition" (2022): features that are seldom there, in fewer dimensions.

    An example x has n features; each is there with its probability (the paper's 1 - S), and then even between 0 and 1.
    The toy squeezes x into m dimensions and tries to read it back:

        h = x W,  x' = ReLU(h Wᵀ + b),  loss = Σ_i I_i (x_i - x'_i)²

    with W [feature, dim]; the paper writes x' = ReLU(WᵀW x + b) for columns, so its W is the transpose of this one, and
    its column W_i is the row i here. Where a row is 0, a feature is not represented.

    features, dims: n and m. probability, importance: a number; one a feature, [feature]; or one for every toy, [toy, 1]
        or [toy, feature]. labels: one a feature, else their numbers.
    toys: how many are trained at once, each with its own first weights and examples; they do not touch each other.
    neurons: whether h is a layer of neurons, h = ReLU(x W), which makes its dimensions a privileged basis.
    seed: of the first weights and of the examples.

    Errors: ValueError for shapes that do not fit, probabilities outside 0 to 1 and importances below 0.
    """

    def __init__(
        self,
        features: int = 5,
        dims: int = 2,
        probability: Any = 0.05,
        importance: Any = 1.0,
        *,
        labels: Sequence[str] | None = None,
        toys: int = 1,
        neurons: bool = False,
        seed: int = 0,
    ) -> None:
        features, dims = checks.whole("features", features, 1), checks.whole("dims", dims, 1)
        self.toys, self.seed = checks.whole("toys", toys, 1), checks.whole("seed", seed, 0)
        self.neurons = bool(checks.choice("neurons", neurons, (False, True)))
        shape = (self.toys, features)
        self.probability = _spread("probability", probability, shape, 1)
        self.importance = _spread("importance", importance, shape, np.inf)
        if not (self.probability > 0).any(1).all():
            raise ValueError("probability: expected a feature that is there in every toy, got only zeros")
        names = map(str, range(features)) if labels is None else labels
        self.labels = tuple(checks.labels("labels", names, features, "feature"))
        self.network = _Network(self.toys, features, dims, self.neurons, self.seed)
        self._steps: list[int] = []
        self._losses: list[npt.NDArray[Any]] = []
        self._seen: list[Tensor] = []

    @property
    def geometry(self) -> Geometry:
        """Where the features are now, and the losses so far."""
        toys = self.toys
        losses = np.stack(self._losses, 1) if self._losses else np.zeros((toys, 0))
        return Geometry(
            columns=self.network.W.detach().cpu().numpy().copy(),
            bias=self.network.b.detach().cpu().numpy().copy(),
            steps=np.array(self._steps, np.int32),
            loss=losses.astype(np.float32),
            probability=self.probability,
            importance=self.importance,
            labels=self.labels,
            neurons=self.neurons,
        )

    def train(
        self,
        steps: int = STEPS,
        *,
        lr: float = RATE,
        batch: int = BATCH,
        show: Callable[[Geometry], object] | None = None,
        quiet: bool = False,
    ) -> Geometry:
        """Train for so many steps more, and return where the features are.

        lr: the learning rate at first; it falls to 0 as a cosine. batch: examples a step, for each toy.
        show: called with the geometry so far some twenty times a second and at the end, such as the `show` of a
            `FeatureGeometry`. quiet: whether no progress bar is drawn.

        An interrupt (the kernel's stop button) ends the training and keeps what there is. Errors: FloatingPointError
        for a training that diverges; ValueError for a batch too large to be held.
        """
        steps, batch = checks.whole("steps", steps, 1), checks.whole("batch", batch, 1)
        lr = checks.number("lr", lr, 0, 10)
        numbers = batch * self.probability.size
        if numbers > MOST:
            most = max(1, MOST // self.probability.size)
            raise ValueError(f"batch: expected {most} or less for so many features and toys, got {batch}")
        done = self._steps[-1] + 1 if self._steps else 0
        shown = time.perf_counter()

        def note(step: int, _total: float) -> None:
            nonlocal shown
            self._steps.append(done + step)
            self._losses.append(torch.stack(self._seen).mean(0).numpy())
            self._seen = []
            if show and (time.perf_counter() - shown > SHOWN or step == steps - 1):
                show(self.geometry)
                shown = time.perf_counter()

        self._seen = []
        with one_thread():
            ended = fit(
                self.network, lambda step: self._loss(done + step, batch), steps,
                lr=lr, decay="cosine", show=note, every=EVERY, name="toys" if self.toys > 1 else "toy", quiet=quiet,
            )  # fmt: skip
        if show and ended.stopped:
            show(self.geometry)
        return self.geometry

    def examples(self, count: int, seed: Any = 0, *, shared: bool = False) -> Floats:
        """[toy, example, feature] float32, as the toys are trained on. shared: whether one draw is behind every toy's,
        so that toys with the same probabilities see the same.
        """
        toys = 1 if shared else self.toys
        drawn = np.random.default_rng(seed).random((toys, count, self.probability.shape[1]), np.float32)
        p = self.probability[:, None]
        # One draw says whether a feature is there and, if so, is even between 0 and 1 once it is divided by p.
        there: Floats = np.divide(drawn, p, out=np.zeros((self.toys, *drawn.shape[1:]), np.float32), where=drawn < p)
        return there

    def measure(self, count: int = 20_000, seed: int = 0) -> Floats:
        """[toy]: the mean loss on so many fresh examples, none of which the toys were trained on.

        They are drawn once for all toys, so that the toys can be compared.
        """
        count, seed = checks.whole("count", count, 1), checks.whole("seed", seed, 0)
        each = max(1, MOST // self.probability.size)
        sizes = [min(each, count - at) for at in range(0, count, each)]
        with one_thread(), torch.no_grad():
            sums = [
                self._losses_on(self.examples(size, (seed, at, FRESH), shared=True)).numpy() * size
                for at, size in enumerate(sizes)
            ]
        found: Floats = (np.sum(sums, 0) / count).astype(np.float32)
        return found

    def hidden(self, x: Any) -> Floats:
        """[toy, example, dim]: h for given examples, [example, feature] or [toy, example, feature]."""
        given = torch.from_numpy(checks.finite("x", x))
        if given.ndim not in (2, 3) or given.shape[-1] != self.probability.shape[1]:
            raise ValueError(
                f"x: expected [example, feature] = [example, {self.probability.shape[1]}], got {list(given.shape)}"
            )
        with torch.no_grad():
            found: Floats = self.network.hidden(given).numpy()
        return found

    def __repr__(self) -> str:
        return f"Superposition: {self.geometry!r}"

    def _loss(self, step: int, batch: int) -> Tensor:
        losses = self._losses_on(self.examples(batch, (self.seed, step)))
        self._seen.append(losses.detach())
        return losses.sum()  # each toy has its own weights: the sum's gradient is each one's own

    def _losses_on(self, examples: Floats) -> Tensor:
        x = torch.from_numpy(examples)
        error = (self.network(x) - x) ** 2
        return torch.einsum("tbf,tf->t", error, torch.from_numpy(self.importance)) / x.shape[1]


class _Network(nn.Module):
    """Toys side by side. W [toy, feature, dim], b [toy, feature]."""

    def __init__(self, toys: int, features: int, dims: int, neurons: bool, seed: int) -> None:
        super().__init__()
        random = np.random.default_rng(seed).normal(size=(toys, features, dims)) / np.sqrt(features)
        self.W = nn.Parameter(torch.from_numpy(random.astype(np.float32)))
        self.b = nn.Parameter(torch.zeros(toys, features))
        self.neurons = neurons

    def hidden(self, x: Tensor) -> Tensor:
        h = x @ self.W
        return h.relu() if self.neurons else h

    def forward(self, x: Tensor) -> Tensor:
        """[toy, example, feature] -> the same."""
        read: Tensor = self.hidden(x) @ self.W.transpose(1, 2) + self.b[:, None]
        return read.relu()


def _spread(name: str, values: Any, shape: tuple[int, int], most: float) -> Floats:
    """[toy, feature], from what is given for all, for every feature or for every toy."""
    given = checks.finite(name, values, "a number, or one a feature, or one a toy and feature")
    try:
        whole: Floats = np.broadcast_to(given, shape).copy()
    except ValueError:
        expected = f"a number, [feature] = [{shape[1]}] or [toy, feature] = {list(shape)}"
        raise ValueError(f"{name}: expected {expected}, got {list(given.shape)}") from None
    if (whole < 0).any() or (whole > most).any():
        ends = "0 or more" if most == np.inf else f"0 to {most:g}"
        raise ValueError(f"{name}: expected {ends}, got {whole.min() if (whole < 0).any() else whole.max():g}")
    return whole
