"""Attribution-based parameter decomposition, APD (Braun and others, 2025), in its top-k form, of the same toys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headstream.extras import needs_lessons
from headstream.features.components import Masked, Stack, random_generator
from headstream.features.targets import ToyTarget, inputs, weighed

with needs_lessons():
    import torch
    from torch import Tensor, nn

TINY = 1e-16  # under a root, whose slope at 0 is infinite


@dataclass(frozen=True)
class ApdSettings:
    """What APD is told: the paper's settings for its toy of 5 features in 2 dimensions, which it calls very brittle,
    but for fewer and smaller steps: the paper has 20,000, with batches of 2,048.

    components: in all, each a part of every matrix. top: of an input's components how many are used on average.
    minimality, simplicity, power: β, α and p of the loss. warm_up: the share of the steps in which lr rises.
    """

    components: int = 5
    top: float = 0.211
    minimality: float = 1.0
    simplicity: float = 0.7
    power: float = 1.0
    steps: int = 4000
    batch: int = 1024
    lr: float = 0.03
    warm_up: float = 0.05


class Apd(nn.Module):
    """Components for some targets of one shape, trained at once: all tensors begin with the target's axis.

    A component P_c is a part of every matrix, P_c,l = Σ_m V_c,l,m U_c,l,m, of any rank. Wᵀ has the transposed
    components of W, for its weights are the same. V[matrix]: [target, component, rank, d_in]; U: […, rank, d_out].
    """

    def __init__(self, targets: Sequence[ToyTarget], settings: ApdSettings | None = None, *, seed: int = 0) -> None:
        super().__init__()
        self.stack, self.settings, self.seed = Stack(targets), settings or ApdSettings(), seed
        random = random_generator(seed)

        def xavier(rank: int, size: int) -> nn.Parameter:
            shape = (len(targets), self.settings.components, rank, size)
            return nn.Parameter(torch.randn(shape, generator=random) * (2 / (rank + size)) ** 0.5)

        own = self.stack.matrices[:-1]  # the last is the first one's transpose
        ranks = [min(matrix.shape[1:]) for matrix in own]
        self.V = nn.ParameterList(xavier(rank, m.shape[1]) for rank, m in zip(ranks, own, strict=True))
        self.U = nn.ParameterList(xavier(rank, m.shape[2]) for rank, m in zip(ranks, own, strict=True))

    def parts(self) -> list[Tensor]:
        """[target, component, d_in, d_out] of every matrix."""
        own = [v.transpose(2, 3) @ u for v, u in zip(self.V, self.U, strict=True)]
        return [*own, own[0].transpose(2, 3)]

    @torch.no_grad()
    def attributions(self, x: Tensor) -> Tensor:
        """A_c(x) = √(1/d Σ_o (Σ_l,i,j ∂f_o/∂θ_l,ij P_c,l,ij)²), [target, input, component]: by how much the outputs
        move, to first order, along a component.

        For this toy the paper takes the slopes where the components' own sum is, not the target.
        """
        parts = self.parts()
        sums = [part.sum(1) for part in parts]
        here = x.expand(len(sums[0]), *x.shape)
        moved: Tensor | None = None  # [target, component, input, d]: the slope along each component of what is read
        for part, matrix in zip(parts, sums, strict=True):
            own = here[:, None] @ part
            moved = own if moved is None else own + moved @ matrix[:, None]
            here = here @ matrix
        assert moved is not None
        slopes = moved * (here + self.stack.get_buffer("b") > 0)[:, None]
        return slopes.pow(2).mean(3).sqrt().transpose(1, 2)

    def chosen(self, x: Tensor, count: int) -> Tensor:
        """s_c(x) [target, input, component], 0 or 1: the `count` largest attributions over all inputs (batch top-k)."""
        flat = self.attributions(x).flatten(1)
        used = torch.zeros_like(flat).scatter_(1, flat.topk(min(count, flat.shape[1]), 1).indices, 1.0)
        return used.view(len(flat), len(x), -1)

    def losses(self, x: Tensor, share: Tensor, count: int) -> dict[str, Tensor]:
        """Each [target], for inputs x [input, feature] with their shares of the batch [input].

        "faithfulness" = 1/N Σ_l,i,j (θ_l,ij − Σ_c P_c,l,ij)²;
        "minimality" = MSE(f(x | Σ_c s_c(x) P_c), f(x | θ));
        "simplicity" = 1/N Σ_c s_c(x) Σ_l,m (‖U_c,l,m‖² ‖V_c,l,m‖²)^(p/2), for Σ_c s_c(x) ‖P_c‖_p^p, the ranks.
        """
        parts, used = self.parts(), self.chosen(x, count)

        def through(part: Tensor) -> Masked:
            return lambda a: ((a[:, None] @ part) * used.transpose(1, 2)[..., None]).sum(1)

        error = (self.stack.output(x, [through(part) for part in parts]) - self.stack.output(x)).pow(2).mean(2)
        squared = [v.pow(2).sum(3) * u.pow(2).sum(3) for v, u in zip(self.V, self.U, strict=True)]
        sizes = [(square + TINY).pow(self.settings.power / 2).sum(2) for square in squared]
        simple = torch.stack([*sizes, sizes[0]]).sum(0)  # [target, component]
        weights = sum(matrix[0].numel() for matrix in self.stack.matrices)
        return {
            "faithfulness": self.stack.distance([part.sum(1) for part in parts]),
            "minimality": (share * error).sum(1),
            "simplicity": (share[:, None] * used * simple[:, None]).sum((1, 2)) / weights,
        }

    def loss(self, step: int) -> Tensor:
        """Of a step, summed over targets, each by itself."""
        return self.each(step).sum()

    def each(self, step: int) -> Tensor:
        """L [target] = L_faithfulness + β L_minimality + α L_simplicity on the inputs of a step."""
        s = self.settings
        x, share = weighed(inputs(np.random.default_rng((self.seed, step)), s.batch, self.stack.features))
        found = self.losses(x, share, round(s.top * s.batch))
        return found["faithfulness"] + s.minimality * found["minimality"] + s.simplicity * found["simplicity"]

    def importance(self, x: Tensor) -> Tensor:
        """[target, matrix, component, input]: each attribution as a share of the input's largest, for every matrix the
        same.
        """
        found = self.attributions(x).transpose(1, 2)
        share = found / found.amax(1, keepdim=True).clamp(min=1e-12)
        return share[:, None].expand(-1, len(self.stack.names), -1, -1)

    def factors(self) -> list[tuple[Tensor, Tensor]]:
        """V [target, component, rank, d_in] and U [target, component, rank, d_out] of each matrix."""
        own = [(v.detach(), u.detach()) for v, u in zip(self.V, self.U, strict=True)]
        v, u = own[0]
        return [*own, (u, v)]
