"""What is kept of a text while it is read: where each feature fires how strongly, in a size that does not grow."""

from __future__ import annotations

from dataclasses import dataclass

from headstream.extras import needs_lessons
from headstream.results import Examples

with needs_lessons():
    import torch
    from torch import Tensor

# A stretch of a page gives a feature one example at most.
STRETCH = 64
# What stands before the token that an example was chosen for, as a share of its window.
BEFORE = 0.7
# Less than every activation.
NONE = -1.0


class Histogram:
    """Counts of activations above 0 in bins of equal width from 0 on. Where one is beyond the last bin the bins become
    twice as wide, two and two together: nothing need be known of the activations beforehand, and no count is lost.
    """

    def __init__(self, features: int, bins: int) -> None:
        self.counts = torch.zeros(features, bins, dtype=torch.long)
        self.reach, self.largest = torch.zeros(features), torch.zeros(features)

    def add(self, activations: Tensor) -> None:
        """activations: [position, feature]."""
        bins = self.counts.shape[1]
        largest = activations.amax(0).clamp(min=0)
        self.largest = torch.maximum(self.largest, largest)
        self.reach = torch.where(self.reach == 0, largest, self.reach)
        while bool((beyond := largest > self.reach).any()):
            halved = self.counts[beyond].view(-1, bins // 2, 2).sum(-1)
            self.counts[beyond] = torch.cat([halved, torch.zeros_like(halved)], 1)
            self.reach[beyond] *= 2
        position, feature = (activations > 0).nonzero(as_tuple=True)
        # The upper end of a bin belongs to it: the largest activation falls into the last bin.
        place = (activations[position, feature] / self.reach[feature] * bins).ceil().long().clamp(1, bins) - 1
        at = torch.bincount(feature * bins + place, minlength=self.counts.numel())
        self.counts += at.view_as(self.counts)


@dataclass
class Best:
    """For each feature the windows around the places of its largest keys, of every stretch the best at most."""

    features: int
    count: int
    window: int

    def __post_init__(self) -> None:
        shape = (self.features, self.count)
        self.keys, self.at = torch.zeros(shape), torch.full(shape, -1, dtype=torch.int32)
        self.start = torch.zeros(shape, dtype=torch.int32)
        self.length = 0  # of the text so far
        self.ids = torch.full((*shape, self.window), -1, dtype=torch.int32)
        self.activations = torch.zeros(*shape, self.window)

    def add(self, keys: Tensor, activations: Tensor, ids: Tensor) -> None:
        """The next page. keys, activations: [position, feature]; a key of 0 or less is no place. ids: [position]."""
        length = len(ids)
        stretches = -(-length // STRETCH)
        padded = torch.nn.functional.pad(keys, (0, 0, 0, stretches * STRETCH - length), value=NONE)
        best = padded.view(stretches, STRETCH, -1).max(1)
        key = best.values.T
        place = (best.indices + STRETCH * torch.arange(stretches)[:, None]).T.clamp(max=length - 1)
        start = (place - round(BEFORE * (self.window - 1))).clamp(max=length - self.window).clamp(min=0)
        where = start[..., None] + torch.arange(self.window)
        inside, where = where < length, where.clamp(max=length - 1)
        feature = torch.arange(self.features)[:, None, None]
        found = {
            "at": (place - start).int(),
            "start": (start + self.length).int(),
            "ids": torch.where(inside, ids[where], -1),
            "activations": torch.where(inside, activations[where, feature], 0.0),
        }
        fires = key > 0
        found["at"] = torch.where(fires, found["at"], -1)
        found["start"] = torch.where(fires, found["start"], 0)
        found["ids"] = torch.where(fires[..., None], found["ids"], -1)
        found["activations"] = torch.where(fires[..., None], found["activations"], 0.0)
        self.length += length + self.window
        keys = torch.cat([self.keys, key], 1)
        order = keys.sort(dim=1, descending=True, stable=True).indices[:, : self.count]
        self.keys = keys.gather(1, order)
        for name, value in found.items():
            whole = torch.cat([getattr(self, name), value], 1)
            index = order if whole.ndim == 2 else order[..., None].expand(-1, -1, self.window)
            setattr(self, name, whole.gather(1, index))

    def examples(self) -> Examples:
        return Examples(self.ids.numpy(), self.activations.numpy(), self.at.numpy(), self.start.numpy())
