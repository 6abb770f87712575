"""What both ways of parameter decomposition have in common: targets side by side, and the result made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from headstream.checks import Floats
from headstream.extras import needs_lessons
from headstream.features.targets import ToyTarget
from headstream.results import ParameterDecomposition

with needs_lessons():
    import torch
    from torch import Tensor, nn

Masked = Callable[[Tensor], Tensor]
MAGNITUDE = 0.75  # of the feature in the inputs on which importances are told: each feature alone


class Stack(nn.Module):
    """Targets of one shape, computed at once: [target, …]. Their weights are fixed."""

    def __init__(self, targets: Sequence[ToyTarget]) -> None:
        super().__init__()
        shapes = {(target.features, target.hidden, target.identity) for target in targets}
        if len(shapes) != 1:
            raise ValueError(f"targets: expected at least one, all of one shape, got {len(shapes)} shapes")
        first = targets[0]
        self.names, self.features, self.identity = list(first.matrices), first.features, first.identity
        for name in self.names:
            self.register_buffer(name, torch.stack([target.matrices[name].detach() for target in targets]))
        self.register_buffer("b", torch.stack([target.b.detach() for target in targets])[:, None])

    @property
    def matrices(self) -> list[Tensor]:
        """Each [target, d_in, d_out]."""
        return [self.get_buffer(name) for name in self.names]

    def read(self, x: Tensor) -> list[Tensor]:
        """What each matrix reads, [target, input, d_in], for x [input, feature]."""
        found, now = [], x.expand(len(self.matrices[0]), *x.shape)
        for matrix in self.matrices:
            found.append(now)
            now = now @ matrix
        return found

    def output(self, x: Tensor, through: Sequence[Masked | None] | None = None) -> Tensor:
        """x̂ [target, input, feature]. through: what stands in the place of each matrix, or None for itself."""
        now = x.expand(len(self.matrices[0]), *x.shape)
        for matrix, other in zip(self.matrices, through or [None] * len(self.names), strict=True):
            now = other(now) if other else now @ matrix
        return torch.relu(now + self.get_buffer("b"))

    def distance(self, sums: Sequence[Tensor]) -> Tensor:
        """[target]: the mean squared difference of all weights from other matrices."""
        squared = [(one - other).pow(2).sum((1, 2)) for one, other in zip(self.matrices, sums, strict=True)]
        total: Tensor = torch.stack(squared).sum(0) / sum(matrix[0].numel() for matrix in self.matrices)
        return total


def random_generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def alone(features: int) -> Tensor:
    """[input, feature]: each feature alone, at .75, which is where importances are told."""
    return MAGNITUDE * torch.eye(features)


def canonical(reads: Tensor, writes: Tensor) -> tuple[Floats, Floats]:
    """The same components, V [component, rank, d_in] of length 1 and U [component, rank, d_out] with the sizes, as
    singular vectors, largest first, and V's largest entry positive: what the factors are is else a matter of chance.
    """
    parts = torch.einsum("cri,cro->cio", reads.double(), writes.double())
    left, values, right = torch.linalg.svd(parts, full_matrices=False)
    rank = reads.shape[1]
    v, u = left.transpose(1, 2)[:, :rank], (values[..., None] * right)[:, :rank]
    signs = torch.gather(v, 2, v.abs().argmax(2, keepdim=True)).sign()
    return (v * signs).float().numpy(), (u * signs).float().numpy()


def result(
    method: str,
    stack: Stack,
    target: int,
    factors: Sequence[tuple[Tensor, Tensor]],
    importance: Tensor,
    importance_name: str,
) -> ParameterDecomposition:
    """What was found of one of the targets. factors: V and U of each matrix, [target, component, rank, d]."""
    pairs = [canonical(v[target], u[target]) for v, u in factors]
    weights = tuple(_array(matrix[target]) for matrix in stack.matrices)
    return named(
        method,
        stack.identity,
        weights,
        _array(stack.get_buffer("b")[target, 0]),
        tuple(reads for reads, _ in pairs),
        tuple(writes for _, writes in pairs),
        _array(importance[target]),
        importance_name,
    )


def named(
    method: str,
    identity: bool,
    weights: tuple[Floats, ...],
    bias: Floats,
    reads: tuple[Floats, ...],
    writes: tuple[Floats, ...],
    importance: Floats,
    importance_name: str,
) -> ParameterDecomposition:
    """The result with the names of a toy's matrices, dimensions and inputs: f0, f1 … are features, h0, h1 … hidden."""
    features, hidden = weights[0].shape
    ends = tuple(f"f{i}" for i in range(features))
    middle = tuple(f"h{i}" for i in range(hidden))
    names = ("W", "I", "Wᵀ") if identity else ("W", "Wᵀ")
    return ParameterDecomposition(
        method=method,
        model=f"{features} features in {hidden} dimensions" + (", with an identity" if identity else ""),
        matrices=names,
        weights=weights,
        bias=bias,
        reads=reads,
        writes=writes,
        axes=(ends, *[middle] * (len(names) - 1), ends),
        inputs=_array(alone(features)),
        input_names=tuple(f"{name} alone" for name in ends),
        importance=importance,
        importance_name=importance_name,
    )


def _array(tensor: Tensor) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(tensor.detach().cpu().numpy(), np.float32)
