"""Dictionaries: activations as sparse sums of features. Autoencoders, transcoders and crosscoders are one module.

    f = act(sum over the sites read of x_s W_enc,s + b_enc),    ŷ_s = f W_dec,s + b_dec,s

A sparse autoencoder reads one site and writes it again (ŷ = x̂); a transcoder reads what an MLP reads and writes what it
writes; a crosscoder reads several sites and writes the same ones. A site is a hook's name.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence

from headstream import checks
from headstream.extras import needs_lessons

with needs_lessons():
    import torch
    from torch import Tensor, nn

ACTIVATIONS = ("relu", "topk", "batchtopk")


class Dictionary(nn.Module):
    """A dictionary of features, in float32.

    W_enc [read site, d_in, feature], b_enc [feature]; W_dec [feature, written site, d_out], b_dec [that site, d_out].
    threshold [feature]: a feature whose pre-activation is not above it is silent; 0 or more.

    reads, writes: the sites. activation: "relu"; "topk", where the k largest of a position stay; or "batchtopk", which
        is trained with the k largest a position on average, and used with the threshold that amounts to.
    k: of the last two. seed: of the first weights: random directions, and where a dictionary writes what it reads, its
        encoder is its decoder transposed.

    Raises ValueError and TypeError for arguments out of range.
    """

    def __init__(
        self,
        name: str,
        reads: Sequence[str],
        writes: Sequence[str],
        d_in: int,
        d_out: int,
        features: int,
        *,
        activation: str = "batchtopk",
        k: int | None = None,
        seed: int = 0,
    ) -> None:
        super().__init__()
        self.name = checks.text("name", name)
        self.reads, self.writes = (tuple(checks.items(which, given, "names of hooks")) for which, given in (
            ("reads", reads), ("writes", writes)
        ))  # fmt: skip
        if not self.reads or not self.writes:
            raise ValueError("reads, writes: expected at least one site each, got none")
        d_in, d_out = checks.whole("d_in", d_in, 1), checks.whole("d_out", d_out, 1)
        features = checks.whole("features", features, 1)
        self.activation = checks.choice("activation", activation, ACTIVATIONS)
        # A "batchtopk" that was trained elsewhere is used by its threshold alone.
        self.k = checks.whole("k", k, 1, features) if activation == "topk" or k is not None else None
        random = torch.Generator().manual_seed(checks.whole("seed", seed, 0))
        decoder = torch.randn(features, len(self.writes), d_out, generator=random)
        decoder /= decoder.flatten(1).norm(dim=1)[:, None, None]
        if self.reads == self.writes and d_in == d_out:
            encoder = decoder.permute(1, 2, 0).contiguous()
        else:
            encoder = torch.randn(len(self.reads), d_in, features, generator=random) / d_in**0.5
        self.W_enc, self.W_dec = nn.Parameter(encoder), nn.Parameter(decoder)
        self.b_enc, self.b_dec = nn.Parameter(torch.zeros(features)), nn.Parameter(torch.zeros(len(self.writes), d_out))
        self.threshold: Tensor
        self.register_buffer("threshold", torch.zeros(features))

    @property
    def features(self) -> int:
        """How many features it has."""
        return len(self.b_enc)

    def pre(self, x: Tensor) -> Tensor:
        """Pre-activations [..., feature] of x [..., d_in], or [..., site, d_in] where several sites are read."""
        return self._sites(x, self.W_enc.shape[:2], "x").flatten(-2) @ self.W_enc.flatten(0, 1) + self.b_enc

    def encode(self, x: Tensor) -> Tensor:
        """Activations [..., feature] of x, which is as in `pre`: 0 where a feature is silent."""
        f = self.pre(x).relu()
        f = f * (f > self.threshold)
        if self.activation == "topk":
            assert self.k is not None
            f = f * (f >= f.topk(self.k, -1).values[..., -1:])
        return f

    def strongest(self, k: int) -> Dictionary:
        """The same features, where of those that speak at a position only the k strongest do. Weights are shared.

        It is no dictionary that was trained for so few, which may recover more with them.
        """
        other = copy.copy(self)
        other.activation, other.k = "topk", checks.whole("k", k, 1, self.features)
        return other

    def read(self, seen: Mapping[str, Tensor]) -> Tensor:
        """x as `pre` takes it, in float32, of activations [..., d_in] by site."""
        sites = [seen[site].float() for site in self.reads]
        return torch.stack(sites, -2) if len(sites) > 1 else sites[0]

    def decode(self, f: Tensor) -> Tensor:
        """ŷ [..., d_out], or [..., site, d_out] where several sites are written, of activations [..., feature]."""
        y: Tensor = (f @ self.W_dec.flatten(1)).reshape(*f.shape[:-1], *self.W_dec.shape[1:]) + self.b_dec
        return y if len(self.writes) > 1 else y[..., 0, :]

    def forward(self, x: Tensor) -> Tensor:
        return self.decode(self.encode(x))

    __call__: Callable[[Tensor], Tensor]

    def _sites(self, x: Tensor, shape: Sequence[int], name: str) -> Tensor:
        """[..., site, d] of x, which has no axis for a single site."""
        wanted = tuple(shape) if shape[0] > 1 else (shape[1],)
        if tuple(x.shape[-len(wanted) :]) != wanted:
            raise ValueError(f"{name}: expected [..., {', '.join(map(str, wanted))}], got {list(x.shape)}")
        return x if shape[0] > 1 else x[..., None, :]

    def __repr__(self) -> str:
        kind = "autoencoder" if self.reads == self.writes and len(self.reads) == 1 else (
            "crosscoder" if self.reads == self.writes else "transcoder"
        )  # fmt: skip
        sites = ", ".join(self.reads) + ("" if self.reads == self.writes else " -> " + ", ".join(self.writes))
        return f"Dictionary {self.name!r}: {kind} of {self.features:,} features, {sites}"
