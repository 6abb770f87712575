"""What several claims are computed on, loaded once: the shipped models, pages and what their heads do."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from headstream import demos
from headstream.extras import needs_lessons
from headstream.framework.composition import composition
from headstream.framework.heads import roles
from headstream.framework.stream import final_norm, final_stream, writes
from headstream.framework.weights import unembedding
from headstream.models import Run, load, run
from headstream.models.pages import BOOKS, pages
from headstream.results import Composition, Roles

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


@cache
def model(name: str) -> TransformerBridge:
    return load(name)


@cache
def page(name: str) -> Run:
    """The first page of Alice, 256 tokens."""
    return pages(model(name), count=1)[0]


@cache
def passages(name: str) -> tuple[Run, ...]:
    """The first 64 tokens of each book."""
    return tuple(pages(model(name), count=1, length=64, book=book)[0] for book in BOOKS)


class Places(NamedTuple):
    """Every place of the passages but the start tokens, and how the model's own answer there is read.

    written: [component, place, d_model]. stream: [place, d_model], before the last LayerNorm, whose scale is `scale`
    [place]. reader: [place, d_model]: what reads the answer's logit less the mean of all off the stream over the scale.
    """

    written: Tensor
    stream: Tensor
    scale: Tensor
    reader: Tensor

    def bars(self, written: Tensor) -> Tensor:
        """[..., place]: what writes [..., place, d_model] bring to the logit, the scale as it was."""
        return (written * self.reader).sum(-1) / self.scale

    def lost(self, written: Tensor) -> Tensor:
        """[..., place]: what the logit loses where they are taken out of the last stream, the scale computed anew."""
        left = self.stream - written
        after = (left * self.reader).sum(-1) / left.std(-1, correction=0)
        return self.bars(self.stream) - after


@cache
def places(name: str) -> Places:
    found = []
    for each in passages(name):
        norm, (w_u, _) = final_norm(each), unembedding(each.model)
        reader = norm.fold(w_u[:, each.logits.argmax(-1)] - w_u.mean(1, keepdim=True)).T
        found.append((writes(each)[:, 1:], final_stream(each)[1:], norm.scale[1:, 0], reader[1:]))
    return Places(*(torch.cat(parts, dim=-2 if parts[0].ndim > 1 else 0) for parts in zip(*found, strict=True)))


@cache
def demo_run(demo: demos.Demo, name: str | None = None) -> Run:
    return run(model(name or demo.model), demo.text)


@cache
def found_roles(name: str) -> Roles:
    return roles(model(name))


@cache
def found_composition(name: str) -> Composition:
    return composition(model(name))


def induction_pair(name: str = "attn-only-2l") -> tuple[tuple[int, int], tuple[int, int]]:
    """The previous-token head and the induction head, found by what they do."""
    found = found_roles(name)
    return found.heads("previous token")[0], found.heads("induction")[0]
