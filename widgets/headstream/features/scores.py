"""How much of a model survives where a dictionary's reconstruction takes the place of what it reads off.

    loss recovered = (loss_mean - loss_with) / (loss_mean - loss)

loss_mean is the loss where the site is replaced by its mean over the text. 1 is as good as the model, 0 no better than
the mean. Every number is over all positions but the first of a window, which is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.activations import activations
from headstream.features.dictionaries import Dictionary
from headstream.models.runs import Run, checked_model, checked_run

with needs_lessons():
    import torch
    from torch import Tensor, nn

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


@dataclass(frozen=True)
class Scores:
    """What a dictionary reaches on a text.

    loss: the model's, nats a token. loss_with: with the reconstruction in the place of what is written at a site;
    loss_mean: with the mean there. Where a dictionary writes several sites, each is replaced alone, and these two are
    means over them. recovered: as above. l0: features that speak at a position, on average. dead: the share of features
    that never do. explained: 1 - ‖y - ŷ‖² / ‖y - mean(y)‖², the mean over written sites. tokens: that were predicted.
    """

    loss: float
    loss_with: float
    loss_mean: float
    l0: float
    dead: float
    explained: float
    tokens: int

    @property
    def recovered(self) -> float:
        return (self.loss_mean - self.loss_with) / (self.loss_mean - self.loss)

    def as_json(self) -> dict[str, float]:
        return {**asdict(self), "recovered": self.recovered}


def dictionary_scores(dictionary: Dictionary, runs: Sequence[Run]) -> Scores:
    """What a dictionary reaches on runs of one model, such as `headstream.pages(model)`.

    Raises TypeError for anything but runs, ValueError for none, for ones of a single token and for a dictionary whose
    sites the model does not have.
    """
    given = [checked_run(run) for run in checks.items("runs", runs, "a list of runs")]
    if not given or min(len(run.tokens) for run in given) < 3:
        raise ValueError("runs: expected at least one, and three tokens in each, got less")
    return score(dictionary, given[0].model, [torch.from_numpy(run.token_ids)[None] for run in given])


@torch.no_grad()
def score(dictionary: Dictionary, model: TransformerBridge, batches: Sequence[Tensor]) -> Scores:
    """The same on batches of token ids [batch, position]."""
    model = checked_model(model)
    rows = sum(ids.shape[0] * (ids.shape[1] - 1) for ids in batches)
    mean = torch.stack([written(dictionary, model, ids)[0].sum((0, 1)) for ids in batches]).sum(0) / rows
    fired, (missed, spread), losses = torch.zeros_like(dictionary.b_enc), torch.zeros(2, len(mean)), torch.zeros(3)
    for ids in batches:
        y, f = written(dictionary, model, ids)
        said = dictionary.decode(f).reshape(y.shape)
        fired += (f > 0).sum((0, 1))
        missed += (y - said).square().sum((0, 1, 3)).cpu()
        spread += (y - mean).square().sum((0, 1, 3)).cpu()
        losses[0] += _loss(model, ids)
        for at, site in enumerate(dictionary.writes):
            losses[1] += _loss(model, ids, site, said[:, :, at]) / len(dictionary.writes)
            losses[2] += _loss(model, ids, site, mean[at].expand_as(said[:, :, at])) / len(dictionary.writes)
    tokens = rows - sum(len(ids) for ids in batches)
    loss, loss_with, loss_mean = (losses / tokens).tolist()
    return Scores(
        loss,
        loss_with,
        loss_mean,
        l0=float(fired.sum() / rows),
        dead=float((fired == 0).float().mean()),
        explained=float((1 - missed / spread).mean()),
        tokens=tokens,
    )


def written(dictionary: Dictionary, model: TransformerBridge, ids: Tensor) -> tuple[Tensor, Tensor]:
    """What the model writes [batch, position, site, d_out] at the dictionary's sites, and the features' activations
    [batch, position, feature], at all positions but the first, of token ids [batch, position].
    """
    seen = activations(model, ids, tuple(dict.fromkeys((*dictionary.reads, *dictionary.writes))))
    seen = {site: each[:, 1:] for site, each in seen.items()}
    written = torch.stack([seen[site].float() for site in dictionary.writes], 2)
    return written, dictionary.encode(dictionary.read(seen))


def _loss(model: TransformerBridge, ids: Tensor, site: str | None = None, instead: Tensor | None = None) -> float:
    """The summed loss, nats, of all tokens from the third on; `instead` [batch, position - 1, d] stands at a site."""

    def put(value: Tensor, hook: Any) -> Tensor:
        assert instead is not None
        return torch.cat([value[:, :1], instead.to(value)], 1)

    hooks: list[tuple[str, Callable[..., Any]]] = [] if site is None else [(site, put)]
    logits = model.run_with_hooks(ids, return_type="logits", fwd_hooks=hooks)[:, 1:-1].float()
    return float(nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, 2:].flatten(), reduction="sum"))
