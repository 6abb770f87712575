"""What is measured while a model trains: losses, and what every head does."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from headstream.models.training.network import Network
from headstream.models.training.recipes import TrainingConfig

WINDOWS = 64  # sequences of the validation text that a record is measured on
REPEATED = 50  # random tokens in a sequence that comes twice
FILM = 64  # tokens of each of the two texts whose attention is filmed


def schedule(steps: int) -> list[int]:
    """The steps that are recorded: the first, 40 from 10 on in equal ratios, and every fifth of the training."""
    ratio = np.geomspace(min(10, steps), steps, 40)
    return sorted({0, *np.round(ratio).astype(int).tolist(), *np.round(np.linspace(0, steps, 6)).astype(int).tolist()})


class Recorder:
    """Measures a network on fixed texts, the same at every step."""

    def __init__(self, config: TrainingConfig, valid_tokens: npt.NDArray[Any], device: torch.device) -> None:
        n = config.n_ctx
        starts = np.linspace(0, len(valid_tokens) - n - 1, min(WINDOWS, (len(valid_tokens) - 1) // n)).astype(int)
        windows = np.stack([valid_tokens[s : s + n + 1] for s in starts]).astype(np.int64)
        self.windows = torch.from_numpy(windows).to(device)
        # Positions near 50 and near 500, as the in-context learning score is defined; in a shorter one, as far along.
        scale = min(1, n / 512)
        self.early, self.late = (slice(round((at - 10) * scale), round((at + 10) * scale)) for at in (50, 500))
        random = np.random.default_rng(config.seed)
        self.length = min(REPEATED, (n - 1) // 2)
        once = random.integers(1, config.d_vocab, (16, self.length))
        self.repeated = torch.from_numpy(np.concatenate([np.zeros((16, 1), int), once, once], 1)).to(device)

        size = min(FILM, n, len(valid_tokens))
        half = random.integers(1, config.d_vocab, size // 2)
        opening = int(np.flatnonzero(np.append(valid_tokens[: len(valid_tokens) - size + 1], 0) == 0)[0])
        opening = min(opening, len(valid_tokens) - size)
        self.film = np.stack([np.resize(half, size), valid_tokens[opening : opening + size].astype(np.int64)])

    @torch.no_grad()
    def measure(self, network: Network, step: int, tokens: int, seconds: float) -> dict[str, Any]:
        """One entry of the model's record; "prefix" and "prev" are [layer][head].

        prefix: attention from a token of the second copy of random tokens to the one after its first copy (induction).
        prev: attention to the token before, on the validation text.
        """
        loss = torch.cat([_losses(network, some) for some in torch.split(self.windows, 8)])
        early, late = float(loss[:, self.early].mean()), float(loss[:, self.late].mean())
        entry: dict[str, Any] = {
            "step": step,
            "tokens": tokens,
            "seconds": seconds,
            "valid_loss": float(loss.mean()),
            "loss_at_50": early,
            "loss_at_500": late,
            "icl_score": late - early,
        }
        if len(network.blocks):
            copies = _losses(network, self.repeated)
            entry |= {"rep_first": float(copies[:, : self.length].mean())}
            entry |= {"rep_second": float(copies[:, self.length :].mean())}
            entry["prefix"] = self._diagonal(network, self.repeated, 1 - self.length, self.length + 1)
            entry["prev"] = self._diagonal(network, self.windows[:8, : min(128, self.windows.shape[1] - 1)], -1, 2)
        return entry

    @torch.no_grad()
    def frame(self, network: Network) -> npt.NDArray[np.uint8]:
        """[text, layer, head, query, key] uint8: 255 times the attention on the two filmed texts."""
        patterns: list[Tensor] = []
        network(torch.from_numpy(self.film).to(self.windows.device), patterns)
        filmed: npt.NDArray[np.uint8] = (torch.stack(patterns, 1) * 255).round().byte().numpy(force=True)
        return filmed

    def _diagonal(self, network: Network, ids: Tensor, offset: int, first: int) -> list[list[float]]:
        """Mean attention from every query from `first` on to the key `offset` away from it, [layer][head]."""
        patterns: list[Tensor] = []
        network(ids, patterns)
        means = [p.diagonal(offset, -2, -1)[..., first + offset :].mean((0, 2)) for p in patterns]
        return [layer.tolist() for layer in means]


def _losses(network: Network, ids: Tensor) -> Tensor:
    """[batch, position] -log p of every next token, nats."""
    logits = network(ids[:, :-1])
    return nn.functional.cross_entropy(logits.flatten(0, 1).float(), ids[:, 1:].flatten(), reduction="none").view(
        len(ids), -1
    )
