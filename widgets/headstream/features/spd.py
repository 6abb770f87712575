"""Stochastic parameter decomposition, SPD (Bushnaq, Braun and Sharkey, 2025), of toys whose mechanisms are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from headstream.extras import needs_lessons
from headstream.features.components import Masked, Stack, random_generator
from headstream.features.targets import ToyTarget, inputs, weighed

with needs_lessons():
    import torch
    from torch import Tensor, nn

LEAK = 0.01  # the slope of the gates' sigmoids where a hard one is flat
TINY = 1e-12  # added before a power, whose slope at 0 may be infinite
RISEN = 0.6  # of the steps, after which the minimality has its whole weight


@dataclass(frozen=True)
class SpdSettings:
    """What SPD is told, with the paper's loss on its toy of 5 features in 2 dimensions, but less training.

    components: of each matrix, the paper's 20. gate: hidden neurons of each gate; the paper has 16.
    recon, layerwise, minimality, power: β₁, β₂, β₃ and p of the loss. The paper's β₃ is .003; with more, components
        that share a feature become one sooner.
    gentle: the share of `minimality` at the first step, from which it rises until `RISEN` of the steps are done.
        Without it, two features get stuck in one component at more seeds.
    steps, batch, lr: the paper trains for 40,000 steps of 4,096 inputs with a learning rate of .001.
    """

    components: int = 20
    gate: int = 6
    recon: float = 1.0
    layerwise: float = 1.0
    minimality: float = 1e-2
    gentle: float = 0.4
    power: float = 1.0
    steps: int = 16_000
    batch: int = 256
    lr: float = 2e-3


class Spd(nn.Module):
    """Components and gates for some targets of one shape, trained at once: all tensors begin with the target's axis.

    V[matrix]: [target, component, d_in]; U[matrix]: [target, component, d_out]. A component is the rank-one matrix
    V_c U_c (the paper's U_c V_cᵀ, for its vectors are columns), W_l ≈ Σ_c V_c U_c.

    Its causal importance for an input is predicted by a gate of its own, an MLP of one number, what it reads:
        g_c(x) = σ_H(w_out · GELU(w_in h_c(x) + b_in) + b_out),  h_c(x) = V_c · a(x),
    with a(x) the activation that the target's matrix reads, and σ_H the hard sigmoid, 0 below 0, 1 above 1.
    """

    def __init__(self, targets: Sequence[ToyTarget], settings: SpdSettings | None = None, *, seed: int = 0) -> None:
        super().__init__()
        self.stack, self.settings, self.seed = Stack(targets), settings or SpdSettings(), seed
        random, (count, components) = random_generator(seed), (len(targets), self.settings.components)

        def normal(*shape: int, std: float) -> nn.Parameter:
            return nn.Parameter(torch.randn(count, *shape, generator=random) * std)

        matrices = self.stack.matrices
        self.V = nn.ParameterList(normal(components, m.shape[1], std=m.shape[2] ** -0.5) for m in matrices)
        self.U = nn.ParameterList(normal(components, m.shape[2], std=components**-0.5) for m in matrices)
        gates, width = components * len(matrices), self.settings.gate
        self.w_in, self.w_out = normal(gates, width, std=2**0.5), normal(gates, width, std=width**-0.5)
        self.b_in = nn.Parameter(torch.zeros(count, gates, width))
        self.b_out = nn.Parameter(torch.zeros(count, gates))

    def gates(self, x: Tensor) -> Tensor:
        """[target, input, matrix · component]: what goes into the sigmoids, for x [input, feature]."""
        read = self.stack.read(x)
        h = torch.cat([a @ v.transpose(1, 2) for a, v in zip(read, self.V, strict=True)], 2)
        hidden = nn.functional.gelu(h[..., None] * self.w_in[:, None] + self.b_in[:, None])
        return (hidden * self.w_out[:, None]).sum(-1) + self.b_out[:, None]

    @torch.no_grad()
    def importance(self, x: Tensor) -> Tensor:
        """[target, matrix, component, input]: the causal importances, 0 to 1."""
        gates = self.gates(x).clamp(0, 1)
        each = gates.view(*gates.shape[:2], len(self.V), self.settings.components)
        return each.permute(0, 2, 3, 1)

    def masked(self, masks: Tensor) -> list[Masked]:
        """What stands in the place of each matrix where its components are multiplied with masks [target, input,
        matrix · component]: W'_l = Σ_c m_c V_c U_c, another one for each input.
        """

        def through(v: Tensor, u: Tensor, mask: Tensor) -> Masked:
            return lambda a: ((a @ v.transpose(1, 2)) * mask) @ u

        each = torch.split(masks, self.settings.components, 2)
        return [through(v, u, mask) for v, u, mask in zip(self.V, self.U, each, strict=True)]

    def faithfulness(self) -> Tensor:
        """[target]: L_faithfulness = 1/N Σ_l Σ_ij (W_l − Σ_c V_c U_c)²_ij, N being the number of all weights."""
        return self.stack.distance([v.transpose(1, 2) @ u for v, u in zip(self.V, self.U, strict=True)])

    def losses(self, x: Tensor, share: Tensor, uniform: Callable[[], Tensor]) -> dict[str, Tensor]:
        """Each [target], for inputs x [input, feature] with their shares of the batch [input].

        uniform: draws r of U(0, 1), [target, input, matrix · component]. The masks are m = g + (1 − g) r: what does not
        matter may be there in any amount. Under masks,
            "recon":     L_stochastic-recon = MSE(f(x | W'_1 … W'_L), f(x | W)),
            "layerwise": L_stochastic-recon-layerwise, the mean of MSE(f(x | W_1 … W'_l … W_L), f(x | W)) over l,
        and "minimality" is L_importance-minimality = Σ_l Σ_c |g_c(x)|^p, a mean over inputs. Where a hard sigmoid is
        flat these leak, with a slope of .01: below 0 in masks, above 1 in the minimality.
        """
        gates, want = self.gates(x), self.stack.output(x)
        below = torch.where(gates > 0, gates.clamp(max=1), LEAK * gates)
        above = torch.where(gates > 1, 1 + LEAK * (gates - 1), gates.clamp(min=0))

        def error(through: Sequence[Masked | None]) -> Tensor:
            return (share * (self.stack.output(x, through) - want).pow(2).mean(2)).sum(1)

        whole = error(self.masked(below + (1 - below) * uniform()))
        each = self.masked(below + (1 - below) * uniform())
        alone = [error([one if at == own else None for at in range(len(each))]) for own, one in enumerate(each)]
        return {
            "faithfulness": self.faithfulness(),
            "recon": whole,
            "layerwise": torch.stack(alone).mean(0),
            "minimality": (share * (above + TINY).pow(self.settings.power).sum(2)).sum(1),
        }

    def loss(self, step: int) -> Tensor:
        """Of a step, summed over targets, each by itself."""
        return self.each(step).sum()

    def each(self, step: int) -> Tensor:
        """L [target] = L_faithfulness + β₁ L_recon + β₂ L_layerwise + β₃ L_minimality on the inputs of a step."""
        random = np.random.default_rng((self.seed, step))
        x, share = weighed(inputs(random, self.settings.batch, self.stack.features))
        shape = (len(self.b_out), len(x), self.b_out.shape[1])
        found = self.losses(x, share, lambda: torch.from_numpy(random.random(shape, np.float32)))
        s = self.settings
        risen = min(1.0, s.gentle + (1 - s.gentle) * step / (RISEN * s.steps))
        return (
            found["faithfulness"]
            + s.recon * found["recon"]
            + s.layerwise * found["layerwise"]
            + s.minimality * risen * found["minimality"]
        )

    def factors(self) -> list[tuple[Tensor, Tensor]]:
        """V [target, component, rank 1, d_in] and U [target, component, rank 1, d_out] of each matrix."""
        return [(v.detach()[:, :, None], u.detach()[:, :, None]) for v, u in zip(self.V, self.U, strict=True)]
