"""F5, F6 and F21: what eigenvalues say of heads, and how they are computed."""

from __future__ import annotations

import numpy as np

from headstream.claims.claim import Found, claim
from headstream.claims.given import model
from headstream.extras import needs_lessons
from headstream.framework.spectra import copying_null, copying_scores
from headstream.framework.weights import LowRank, full_ov

with needs_lessons():
    import torch

LESSON = "08-spectra"
NAME = "attn-only-1l"
COPIES = 0.5  # a score above it is called copying
PART = 400  # of the vocabulary: where the large matrix is still small enough


@claim(
    "F5",
    LESSON,
    "Most heads of one layer copy.",
    measured=f"share of heads with Σλ / Σ|λ| above {COPIES}; null: of random heads between the same W_E and W_U",
    paper="10 of 12 heads are significantly copying",
)
def heads_copy() -> Found:
    scores, drawn = copying_scores(model(NAME)), copying_null(model(NAME))
    ours, null = (float((found > COPIES).mean()) for found in (scores, drawn))
    above = int((scores > np.quantile(drawn, 0.95)).sum())
    return Found(
        ours, null, ours > 0.5 > null,
        note=f"{above} of {scores.size} heads are above 95 % of random ones.",
        why="With a small vocabulary heads have to finish words, too, which is no copying.",
    )  # fmt: skip


@claim(
    "F6",
    LESSON,
    "Positive eigenvalues are no proof of copying.",
    measured="share of tokens whose own logit the clearest copier lowers; null: a random head",
    paper='"pathological examples" exist',
)
def copier_lowers() -> Found:
    scores = copying_scores(model(NAME))[0]
    best = int(scores.argmax())
    like = full_ov(model(NAME), 0, best)
    generator = torch.Generator().manual_seed(0)
    w_e, w_u = (getattr(model(NAME), name).detach().float() for name in ("W_E", "W_U"))
    d_head = like.left.shape[1]
    drawn = [torch.randn(w_e.shape[1], d_head, generator=generator) for _ in range(2)]
    ours, null = lowered(like), lowered(LowRank(w_e @ drawn[0], drawn[1].T @ w_u))
    note = f"Its score is {scores[best]:.2f}."
    return Found(ours, null, 0 < ours < null and scores[best] > 0.9, note, "No head's eigenvalues are positive enough.")


@claim(
    "F21",
    LESSON,
    "The eigenvalues of a large low-rank matrix AB are those of the small BA.",
    measured=f"largest difference of |λ| over the largest, on {PART} tokens; null: BA of another head",
    paper="eigenvalues of AB = eigenvalues of BA",
)
def turned_eigenvalues() -> Found:
    one, other = (_part(head) for head in (0, 1))
    size = one.left.shape[1]
    large = torch.linalg.eigvals(one.left.double() @ one.right.double()).abs().sort(descending=True).values[:size]
    ours, null = (float((large - each.eigenvalues().abs()).abs().max() / large.max()) for each in (one, other))
    return Found(ours, null, ours < 1e-5 < null)


def lowered(ov: LowRank) -> float:
    """The share of tokens that lower their own logit, less the mean over the vocabulary, when they are attended to."""
    own = (ov.left * (ov.right - ov.right.mean(1, keepdim=True)).T).sum(1)
    return float((own < 0).float().mean())


def _part(head: int) -> LowRank:
    whole = full_ov(model(NAME), 0, head)
    return LowRank(whole.left[:PART], whole.right[:, :PART])
