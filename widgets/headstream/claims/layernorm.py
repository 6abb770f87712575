"""LN: what of LayerNorm can be folded away, and what holding its scale fixed misses."""

from __future__ import annotations

from headstream.claims.claim import Found, claim
from headstream.claims.given import Places, model, passages, places
from headstream.extras import needs_lessons
from headstream.framework.identities import logit_error
from headstream.framework.stream import components, final_norm, final_stream, read
from headstream.framework.weights import unembedding
from headstream.models import load, run

with needs_lessons():
    import torch
    from torch import Tensor

LESSON = "14-layernorm"
NAME = "gelu-4l"
EXACT = 1e-4  # float32 through a LayerNorm, relative to the largest number
PAPER = "folded into the weights, up to a variable scaling"


@claim(
    "LN-fold",
    LESSON,
    "Weights, bias and centring of every LayerNorm can be folded into the matrices after it: the model stays.",
    measured="largest change of a log probability over the largest; null: the last LayerNorm folded without its bias",
    paper=PAPER,
)
def folding() -> Found:
    folded, raw = passages(NAME)[0], load(NAME, fold=False)
    own = run(raw, folded.token_ids)
    norm, (w_u, b_u) = final_norm(own), unembedding(raw)
    without_bias = final_stream(own) / norm.scale @ norm.fold(w_u) + b_u
    before = own.logits.log_softmax(-1)
    ours, null = (
        float((logits.log_softmax(-1) - before).abs().max() / before.abs().max())
        for logits in (folded.logits, without_bias)
    )
    return Found(ours, null, ours < EXACT < null)


@claim(
    "LN-sum",
    LESSON,
    "With the scale as it was, what all components bring sums to every logit.",
    measured="largest error over the largest logit; null: each place read with the scale of the place before",
    paper="exact",
)
def frozen_sum() -> Found:
    one = passages(NAME)[0]
    norm, (w_u, b_u) = final_norm(one), unembedding(model(NAME))
    logits = read(one, norm.fold(w_u)).sum(0) / norm.scale.roll(1, 0) + norm.bias @ w_u + b_u
    ours, null = logit_error(one), float((logits - one.logits).abs().max() / one.logits.abs().max())
    return Found(ours, null, ours < EXACT < null)


@claim(
    "LN-bar",
    LESSON,
    "A bar is no what-if: without the component whose bars are the longest, the answer's logit loses less.",
    measured="share of these bars that the logit loses, the last scale computed anew; null: without random writes as "
    "long, with the same bars",
    paper="not told; the scale is held fixed",
)
def bar_overstates() -> Found:
    given, names = places(NAME), components(passages(NAME)[0])
    bars = given.bars(given.written).mean(1)
    longest = int(bars[:-1].argmax())  # without the biases
    written = given.written[longest]
    ours, null = (float(given.lost(each).mean() / bars[longest]) for each in (written, _like(given, written)))
    note = f"It is {names[longest].label}, with bars of {bars[longest]:.2f} in the mean."
    why = "It loses about as much."
    return Found(ours, null, ours < 0.8 and ours < 0.8 * null, note, why)


@claim(
    "LN-temperature",
    LESSON,
    "All that holding the last scale fixed gets wrong is one factor for each place, a temperature.",
    measured="without the last MLP, largest error over the largest logit of the frozen logits times the old scale over "
    "the new, b_U left out; null: without that factor",
    paper=PAPER,
)
def temperature() -> Found:
    given, (w_u, _) = places(NAME), unembedding(model(NAME))
    left = given.stream - given.written[-2]  # the biases come last
    frozen, true = left / given.scale[:, None] @ w_u, model(NAME).ln_final(left) @ w_u
    factor = given.scale / left.std(-1, correction=0)
    ours, null = (
        float((true - logits).abs().max() / true.abs().max()) for logits in (frozen * factor[:, None], frozen)
    )
    same = float((frozen.argmax(-1) == true.argmax(-1)).float().mean())
    return Found(ours, null, ours < EXACT < null and same == 1, f"The factor's median is {factor.median():.2f}.")


@claim(
    "LN-lens",
    LESSON,
    "The lens' two scales differ by a temperature, too, but for b_U, which no scale divides.",
    measured="share of the embedding row's places with the same token at the top by either scale, b_U left out; null: "
    "with b_U",
    paper=PAPER,
)
def scales_of_the_lens() -> Found:
    w_u, b_u = unembedding(model(NAME))
    rows = torch.cat([each.cache["blocks.0.hook_resid_pre"].float()[1:] for each in passages(NAME)])
    read_by = [rows / scale[:, None] @ w_u for scale in (rows.std(-1, correction=0), places(NAME).scale)]
    ours, null = (
        float((own.argmax(-1) == last.argmax(-1)).float().mean())
        for own, last in (read_by, [logits + b_u for logits in read_by])
    )
    return Found(ours, null, ours > 0.99 > null)


def _like(given: Places, written: Tensor) -> Tensor:
    """[place, d_model]: random writes of the same lengths that bring as much to the logit, the scale as it was."""
    along = given.reader / given.reader.norm(dim=-1, keepdim=True)
    coordinate = (written * along).sum(-1, keepdim=True)
    random = torch.randn(written.shape, generator=torch.Generator().manual_seed(0))
    random = random - random.mean(-1, keepdim=True)
    random = random - (random * along).sum(-1, keepdim=True) * along
    rest = (written - coordinate * along).norm(dim=-1, keepdim=True)
    like: Tensor = coordinate * along + random / random.norm(dim=-1, keepdim=True) * rest
    return like
