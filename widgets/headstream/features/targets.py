"""Toys whose mechanisms are known: more features than dimensions, and the same with an identity in the middle."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.training import fit
from headstream.models.toys import one_thread

with needs_lessons():
    import torch
    from torch import Tensor, nn

PRESENT = 0.05  # the probability of a feature in an input
STEPS, BATCH, LR, DECAY = 5000, 1024, 5e-3, 0.01
READ, MIDDLE, WRITE = "W", "I", "Wᵀ"  # the matrices, in the order in which an input goes through them

Through = Mapping[str, Callable[[Tensor], Tensor]]


class ToyTarget(nn.Module):
    """The toy model of superposition, x̂ = ReLU(Wᵀ W x + b), or with a fixed identity in it, ReLU(Wᵀ I W x + b).

    Rows are vectors here: x̂ = ReLU(x W Wᵀ + b), so that W is [feature, hidden], and a feature's row is what the papers
    call its column. It is trained to give back inputs in which each of `features` is present with a probability of .05,
    and is then uniform from 0 to 1.

    features: how many. hidden: the dimensions that they share. identity: whether I [hidden, hidden] is there.
    seed: of the first weights and of the inputs.
    """

    def __init__(self, features: int = 5, hidden: int = 2, *, identity: bool = False, seed: int = 0) -> None:
        super().__init__()
        self.features, self.hidden = checks.whole("features", features, 1), checks.whole("hidden", hidden, 1)
        self.identity = bool(checks.choice("identity", identity, (False, True)))
        self.seed = checks.whole("seed", seed, 0)
        random = torch.Generator().manual_seed(seed)
        self.W = nn.Parameter(torch.empty(features, hidden))
        nn.init.xavier_normal_(self.W, generator=random)
        self.b = nn.Parameter(torch.zeros(features))

    @property
    def matrices(self) -> dict[str, Tensor]:
        """Each weight matrix [d_in, d_out] by its name, in the order in which an input goes through them."""
        middle = {MIDDLE: torch.eye(self.hidden, device=self.W.device)} if self.identity else {}
        return {READ: self.W, **middle, WRITE: self.W.T}

    def forward(self, x: Tensor, through: Through | None = None) -> Tensor:
        """x̂ [input, feature] for x [input, feature]. through: what stands in the place of a matrix, by its name."""
        for name, matrix in self.matrices.items():
            x = through[name](x) if through and name in through else x @ matrix
        return torch.relu(x + self.b)

    def read(self, x: Tensor) -> dict[str, Tensor]:
        """What each matrix reads: [input, d_in] by the matrix' name."""
        found = {}
        for name, matrix in self.matrices.items():
            found[name], x = x, x @ matrix
        return found


def inputs(random: np.random.Generator, count: int, features: int, present: float = PRESENT) -> Tensor:
    """[count, feature]: each feature present with that probability, and then uniform from 0 to 1."""
    drawn = random.random((2, count, features), np.float32)
    return torch.from_numpy(drawn[0] * (drawn[1] < present))


def weighed(x: Tensor) -> tuple[Tensor, Tensor]:
    """The inputs that are not all zeros and one that is, and each one's share of all inputs [input], which sum to 1.

    Most sparse inputs are zeros, and all of these give the same: they are computed once, and nothing is lost.
    """
    some = x[(x != 0).any(1)]
    share = torch.full((len(some) + 1,), 1 / len(x), device=x.device)
    share[-1] = 1 - len(some) / len(x)
    return torch.cat([some, x.new_zeros(1, x.shape[1])]), share


def trained_target(
    features: int = 5,
    hidden: int = 2,
    *,
    identity: bool = False,
    seed: int = 0,
    steps: int = STEPS,
    quiet: bool = False,
) -> ToyTarget:
    """A `ToyTarget` that has learnt to give back its inputs, as the papers train it: AdamW, 5,000 steps of 1,024
    inputs, a learning rate of .005 and a weight decay of .01. Some 4 seconds. Its weights need no gradient afterwards.
    """
    target = ToyTarget(features, hidden, identity=identity, seed=seed)

    def loss(step: int) -> Tensor:
        x = inputs(np.random.default_rng((seed, step)), BATCH, features)
        error: Tensor = target(x) - x
        return error.pow(2).mean()

    with one_thread():
        fit(target, loss, steps, lr=LR, weight_decay=DECAY, name="the target", quiet=quiet)
    target.requires_grad_(False)
    return target
