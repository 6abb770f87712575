"""Training dictionaries on a model's activations, several at once: they share the model's forward passes.

Sites are brought to one size first: each is divided by its root mean square distance from its mean, so that no site of
a crosscoder counts for its length; what is saved is in the model's own units again.

    loss = sum over dictionaries of ‖y - ŷ‖² / ‖y - mean(y)‖² + ‖e - ê‖² / ‖e‖² / 32    ("topk", "batchtopk")
                                 or ‖y - ŷ‖² / ‖y - mean(y)‖² + λ Σ_i f_i Σ_s ‖W_dec,s,i‖   ("relu")

e = y - ŷ is what a dictionary misses and ê what its dead features say of it ("Scaling and evaluating sparse
autoencoders", 2024), which brings them back. "batchtopk" keeps the k largest a position on average over a batch
("BatchTopK sparse autoencoders", 2024); the L1 of decoder norms is that of "Sparse crosscoders" (2024).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.dictionaries import Dictionary
from headstream.features.training import Fit, fit

with needs_lessons():
    import torch
    from torch import Tensor, nn

Draw = Callable[[int], dict[str, Tensor]]  # activations [row, d] by site, of a step

DEAD_AFTER = 200_000  # rows in which a feature was silent
AUXILIARY = 1 / 32
SPEAKING = 4  # dead features that speak of what is missed at a position, for each of the k of the living
CALIBRATING = 4  # draws after the last step, on which the final threshold is measured


def train_dictionaries(
    dictionaries: Sequence[Dictionary],
    draw: Draw,
    steps: int,
    *,
    sparsity: float = 0.1,
    lr: float = 1e-3,
    bfloat16: bool = False,
    **settings: object,
) -> Fit:
    """Train dictionaries where they are, new ones or ones to be trained further.

    draw: activations [row, d] by site, of a step's number.

    sparsity: λ of the "relu" ones. bfloat16: whether products of matrices are computed in it, which is twice as fast on
    processors that know it. lr, and settings: of `fit`, such as checkpoint=, quiet= and show=.
    Raises as `fit`, and ValueError for a site that is not drawn.
    """
    for each in dictionaries:
        if each.activation != "relu" and each.k is None:
            raise ValueError(f"dictionaries: expected a k for each to train with, got {each.name} without one")
    made = [_Learner(each, sparsity) for each in dictionaries]
    learners = nn.ModuleList(made)
    first = draw(0)
    missing = [site for each in dictionaries for site in (*each.reads, *each.writes) if site not in first]
    if missing:
        raise ValueError(f"draw: expected activations at {missing[0]}, got {', '.join(first)}")
    for learner in made:
        learner.settle(first)

    def loss(step: int) -> Tensor:
        drawn = draw(step)
        with torch.autocast(next(iter(drawn.values())).device.type, torch.bfloat16, enabled=bfloat16):
            return torch.stack([learner(drawn) for learner in made]).sum()

    def after(step: int) -> None:
        for learner in made:
            learner.unit_decoders()

    options = {"warm_up": min(200, steps // 10), "decay": "linear", "clip": 1.0, "name": "dictionaries", **settings}
    done = fit(learners, loss, steps, lr=lr, after=after, **options)  # type: ignore[arg-type]
    for learner in made:
        learner.hand_over()
        learner.calibrate([draw(steps + extra) for extra in range(CALIBRATING)])
    return done


class _Learner(nn.Module):
    """A dictionary while it learns, in units in which every site is of one size."""

    def __init__(self, dictionary: Dictionary, sparsity: float) -> None:
        super().__init__()
        self.dictionary = dictionary
        self.sparsity = checks.number("sparsity", sparsity, 0, 1e6)
        self.sparse = dictionary.activation != "relu"
        for name in ("scale_in", "scale_out"):
            self.register_buffer(name, torch.ones(1))
        self.register_buffer("silent", torch.zeros(dictionary.features))  # rows since it spoke last
        self.scale_in: Tensor
        self.scale_out: Tensor
        self.silent: Tensor

    @torch.no_grad()
    def settle(self, drawn: dict[str, Tensor]) -> None:
        """Take the sizes of the first activations, and of a dictionary that is new their means too."""
        d = self.dictionary
        x, y = (torch.stack([drawn[site] for site in sites], 1) for sites in (d.reads, d.writes))
        self.scale_in, self.scale_out = ((v - v.mean(0)).square().mean((0, 2)).sqrt()[:, None] for v in (x, y))
        if not d.b_dec.any() and not d.b_enc.any():
            d.b_dec.copy_((y / self.scale_out).mean(0))
            d.b_enc.copy_(-(x / self.scale_in).mean(0).flatten() @ d.W_enc.flatten(0, 1))
            return
        d.W_enc.mul_(self.scale_in[:, :, None])
        d.W_dec.div_(self.scale_out)
        d.b_dec.div_(self.scale_out)
        if self.sparse:
            norms = d.W_dec.flatten(1).norm(dim=1).clamp_min(1e-8)
            d.W_dec.div_(norms[:, None, None])
            for encoder in (d.W_enc, d.b_enc, d.threshold):
                encoder.mul_(norms)

    def forward(self, drawn: dict[str, Tensor]) -> Tensor:
        d = self.dictionary
        x = torch.stack([drawn[site] for site in d.reads], 1) / self.scale_in
        y = torch.stack([drawn[site] for site in d.writes], 1) / self.scale_out
        pre = (x.flatten(1) @ d.W_enc.flatten(0, 1)).float() + d.b_enc
        f = self._sparse(pre.relu()) if self.sparse else pre.relu()
        missed = y.flatten(1) - (f @ d.W_dec.flatten(1)).float() - d.b_dec.flatten()
        loss: Tensor = missed.square().sum() / (y - y.mean(0)).square().sum()
        if not self.sparse:
            penalty: Tensor = (f @ d.W_dec.norm(dim=2).sum(1)).mean() / y[0].numel()
            return loss + self.sparsity * penalty
        with torch.no_grad():
            self.silent.add_(len(f)).masked_fill_((f > 0).any(0), 0)
            dead = self.silent >= DEAD_AFTER
        if dead.any():
            # The largest of them speak even below 0: where none is above it, nothing else would move them.
            most = pre[:, dead].topk(min(SPEAKING * (d.k or 1), int(dead.sum())), 1)
            said = torch.zeros_like(pre[:, dead]).scatter(1, most.indices, most.values) @ d.W_dec.flatten(1)[dead]
            loss = loss + AUXILIARY * (missed.detach() - said).square().sum() / missed.detach().square().sum()
        return loss

    def _sparse(self, f: Tensor) -> Tensor:
        """The k largest of each row, or k a row on average; the second also moves the threshold."""
        k = self.dictionary.k
        assert k is not None
        if self.dictionary.activation == "topk":
            return f * (f >= f.detach().topk(k, 1).values[:, -1:])
        least = f.detach().flatten().topk(k * len(f), sorted=False).values.min()
        with torch.no_grad():
            old = self.dictionary.threshold
            old.copy_(torch.where(old > 0, old.lerp(least.to(old).expand_as(old), 0.02), least.to(old)))
        return f * (f >= least)

    @torch.no_grad()
    def unit_decoders(self) -> None:
        if self.sparse:
            d = self.dictionary
            d.W_dec.div_(d.W_dec.flatten(1).norm(dim=1)[:, None, None].clamp_min(1e-8))

    @torch.no_grad()
    def hand_over(self) -> None:
        """Back to the model's units: x / s is read by W_enc / s, and s ŷ is what was written."""
        d = self.dictionary
        d.W_enc.div_(self.scale_in[:, :, None])
        d.W_dec.mul_(self.scale_out)
        d.b_dec.mul_(self.scale_out)

    @torch.no_grad()
    def calibrate(self, drawn: list[dict[str, Tensor]]) -> None:
        """Set the threshold to what lets k features a row speak, as the weights are in the end."""
        d = self.dictionary
        if d.activation != "batchtopk":
            return
        assert d.k is not None
        found = []
        for each in drawn:
            f = d.pre(d.read(each)).relu()
            found.append(f.flatten().topk(min(f.numel(), d.k * len(f)), sorted=False).values.min())
        d.threshold.fill_(float(torch.stack(found).mean()))
