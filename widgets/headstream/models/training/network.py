"""The network that is trained: plain torch, fast, with the parameter names of TransformerLens' native bridge."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from headstream.models.training.recipes import TrainingConfig


class Attention(nn.Module):
    def __init__(self, config: TrainingConfig) -> None:
        super().__init__()
        self.n_heads, self.d_head = config.n_heads, config.d_head
        self.q, self.k, self.v = (nn.Linear(config.d_model, config.n_heads * config.d_head) for _ in range(3))
        self.o = nn.Linear(config.n_heads * config.d_head, config.d_model)

    def keys(self, x: Tensor) -> Tensor:
        keys: Tensor = self.k(x)
        return keys

    def forward(self, x: Tensor, patterns: list[Tensor] | None) -> Tensor:
        q, k, v = (f(x).unflatten(-1, (self.n_heads, self.d_head)).transpose(1, 2) for f in (self.q, self.keys, self.v))
        if patterns is not None:
            scores = q @ k.mT / math.sqrt(self.d_head)
            future = torch.ones(scores.shape[-2:], dtype=torch.bool, device=x.device).triu(1)
            patterns.append(scores.masked_fill(future, -math.inf).softmax(-1))
        z = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        out: Tensor = self.o(z.transpose(1, 2).flatten(-2))
        return out


class Block(nn.Module):
    def __init__(self, config: TrainingConfig) -> None:
        super().__init__()
        self.ln1 = nn.LayerNorm(config.d_model) if config.ln else nn.Identity()
        self.attn = Attention(config)
        self.mlp: nn.ModuleDict | None = None
        if config.d_mlp:
            self.ln2 = nn.LayerNorm(config.d_model) if config.ln else nn.Identity()
            self.mlp = nn.ModuleDict(
                {"in": nn.Linear(config.d_model, config.d_mlp), "out": nn.Linear(config.d_mlp, config.d_model)}
            )

    def forward(self, x: Tensor, patterns: list[Tensor] | None) -> Tensor:
        x = x + self.attn(self.ln1(x), patterns)
        if self.mlp is not None:
            x = x + self.mlp["out"](nn.functional.gelu(self.mlp["in"](self.ln2(x)), approximate="tanh"))
        return x


class Network(nn.Module):
    """Logits [batch, position, d_vocab] of token ids [batch, position]; its initial weights depend only on the seed."""

    def __init__(self, config: TrainingConfig) -> None:
        super().__init__()
        self.embed = nn.Embedding(config.d_vocab, config.d_model)
        self.pos_embed = nn.Embedding(config.n_ctx, config.d_model)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.n_layers))
        self.ln_final = nn.LayerNorm(config.d_model) if config.ln else nn.Identity()
        self.unembed = nn.Linear(config.d_model, config.d_vocab)
        self._initialise(config)

    def forward(self, ids: Tensor, patterns: list[Tensor] | None = None) -> Tensor:
        """If a list is given as `patterns`, every layer appends its attention, [batch, head, query, key]."""
        x = self.embed(ids) + self.pos_embed.weight[: ids.shape[1]]
        for block in self.blocks:
            x = block(x, patterns)
        logits: Tensor = self.unembed(self.ln_final(x))
        return logits

    def decayed(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """(the trained parameters that weight decay is for, the others): matrices but no embedding."""
        groups: tuple[list[nn.Parameter], list[nn.Parameter]] = ([], [])
        for name, p in self.named_parameters():
            if p.requires_grad:
                groups[p.ndim < 2 or name in ("embed.weight", "pos_embed.weight")].append(p)
        return groups

    @torch.no_grad()
    def _initialise(self, config: TrainingConfig) -> None:
        random = torch.Generator().manual_seed(config.seed)
        d_model, heads = config.d_model, config.n_heads * config.d_head
        # What a block writes into the stream shrinks with the number of writes.
        shrink = 1 / math.sqrt(2 * max(1, config.n_layers))
        deviations = {
            "unembed": 0.02,
            "pos_embed": config.pos_scale,
            "embed": 0.02 if config.ln else 8 * d_model**-0.5,
            "q": d_model**-0.5,
            "k": d_model**-0.5,
            "v": d_model**-0.5,
            "o": heads**-0.5 * shrink,
            "in": d_model**-0.5,
            "out": max(1, config.d_mlp) ** -0.5 * shrink,
        }
        for name, module in self.named_modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                module.weight.normal_(0, deviations[name.rpartition(".")[2]], generator=random)
            if isinstance(module, nn.Linear):
                module.bias.zero_()
                module.bias.requires_grad_(config.bias)
        positions = self.pos_embed.weight
        if config.pos_init == "sin":
            positions.copy_(config.pos_scale * sinusoids(config.n_ctx, d_model))
        elif config.pos_init == "none":
            positions.zero_()
            positions.requires_grad_(False)


def sinusoids(n_ctx: int, d_model: int) -> Tensor:
    """[n_ctx, d_model]: sine and cosine in turn, of wavelengths from 2π to 20,000π positions."""
    frequency = 10_000 ** -(torch.arange(0, d_model, 2) / d_model)
    angle = torch.arange(n_ctx)[:, None] * frequency
    return torch.stack([angle.sin(), angle.cos()], -1).flatten(1)[:, :d_model]
