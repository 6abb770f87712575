"""F12, F13, F20 and the scores of the 2022 paper: the induction circuit of the two-layer model, found and tested."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from headstream.claims.claim import Found, claim
from headstream.claims.given import found_composition, found_roles, induction_pair, model, page
from headstream.extras import needs_lessons
from headstream.framework.heads import (
    prefix_matching_scores,
    previous_token_null,
    previous_token_scores,
)
from headstream.framework.induction import qk_traces, raised_copying_scores
from headstream.framework.interventions import without_head
from headstream.framework.spectra import copying_null, copying_scores
from headstream.framework.weights import LowRank, head_weights
from headstream.models import Run, run
from headstream.results import Floats

with needs_lessons():
    import torch

LESSON = "10-induction"
NAME = "attn-only-2l"
CORNER = 0.9


@claim(
    "F12",
    LESSON,
    "An induction head copies, and its QK matches the token that the earlier head moved: both eigenvalue scores are in "
    "the corner.",
    measured="the lesser of the two Σλ / Σ|λ|, the least of all heads found by prefix matching; null: the highest of "
    "random heads",
    paper="all induction heads in an extreme right hand corner",
)
def corner() -> Found:
    found = found_composition(NAME)
    earlier, _ = induction_pair()
    heads = found_roles(NAME).heads("induction")
    row = found.matching[found.heads.index(earlier)]
    both = [min(float(row[found.heads.index(head)]), float(copying_scores(model(NAME))[head])) for head in heads]
    null = max(float(copying_null(model(NAME)).max()), _random_matching(earlier))
    note = f"{len(heads)} head{'s' * (len(heads) > 1)} found."
    return Found(min(both), null, min(both) > CORNER > null, note)


@claim(
    "F13a",
    LESSON,
    "On random tokens three times over, the second and third copies are foreseen.",
    measured="loss on copies two and three, nats, tokens drawn evenly from the vocabulary; null: on the first copy",
    paper="far below the first",
)
def uniform_tokens() -> Found:
    return _copies(np.arange(1, model(NAME).cfg.d_vocab))


@claim(
    "F13b",
    LESSON,
    "On tokens of a page, drawn at random and three times over, the second and third copies are foreseen.",
    measured="loss on copies two and three, nats; null: on the first copy",
    paper="far below the first",
)
def page_tokens() -> Found:
    return _copies(page(NAME).token_ids[1:])


@claim(
    "F20",
    LESSON,
    "An induction head that finds nothing rests on the first token, whose value is small.",
    measured="attention to the first token where the present one is new; null: an even head",
    paper="induction heads rest on the first token; weighted by value they do not",
)
def rest() -> Found:
    book, (_, later) = page(NAME), induction_pair()
    pattern, norm, ids = book.attention.pattern[later], book.attention.value_norm[later], book.token_ids
    rows = np.array([i for i in range(1, len(ids)) if ids[i] not in ids[:i]])
    by_value = float((pattern[rows] * norm / (pattern[rows] @ norm)[:, None])[:, 0].mean())
    ours, null = float(pattern[rows, 0].mean()), float((1 / (rows + 1)).mean())
    why = "It does rest there, but the value is not small: weighted by it, the share is no less."
    return Found(ours, null, ours > 2 * null and by_value < ours, f"Weighted by value it is {by_value:.3f}.", why)


@claim(
    "ICL-prefix",
    LESSON,
    "Some head of two layers matches prefixes on random tokens.",
    measured="best prefix-matching score; null: the same head at the same places, where nothing repeats",
    paper="its measure of induction heads: 25 random tokens, four times over",
)
def prefix_matching() -> Found:
    scores, without = (prefix_matching_scores(model(NAME), null=null) for null in (False, True))
    best = np.unravel_index(int(scores.argmax()), scores.shape)
    one = float(prefix_matching_scores(model("attn-only-1l")).max())
    note = f"In one layer the best is {one:.2f}."
    return Found(scores[best], without[best], scores[best] > without[best] + 0.2, note, "No head matches prefixes.")


@claim(
    "ICL-previous",
    LESSON,
    "A head of the first layer attends to the previous token.",
    measured="best previous-token score of the first layer, on a page; null: an even head",
    paper="mean attention from i to i - 1 on real text",
)
def previous_token() -> Found:
    ours, null = float(previous_token_scores(page(NAME))[0].max()), previous_token_null(page(NAME))
    return Found(ours, null, ours > null + 0.3)


@claim(
    "ICL-copying",
    LESSON,
    "Heads that match prefixes raise the logit of the token they attend to.",
    measured="share of what the induction head raises among 25 random tokens that is the attended one's, from -1 to 1; "
    "null: the next token of the list in its place",
    paper="its copying score, near 1 for induction heads",
)
def raised() -> Found:
    _, later = induction_pair()
    scores, null = raised_copying_scores(model(NAME)), raised_copying_scores(model(NAME), null=True)
    ours, chance = float(scores[later]), float(null[later])
    share = (ours + 1) / 2
    note = (
        f"That is {share:.0%} of all that it raises, where chance is 4%, and the {_rank(scores, later)} of all heads."
    )
    why = "It raises the attended token far above chance, but others, mostly like it, with it."
    return Found(ours, chance, ours > 0, note, why)


@claim(
    "ICL-trace",
    LESSON,
    "Induction heads are told by weights alone: their queries match keys that earlier heads made of the token before.",
    measured="least trace of the heads found by prefix matching, over the sizes of its factors; null: the most of any "
    "head with keys of another token",
    paper="its QK-trace measure",
)
def traces() -> Found:
    previous = previous_token_scores(page(NAME))
    found, null = qk_traces(model(NAME), previous), qk_traces(model(NAME), previous, null=True)
    heads = found_roles(NAME).heads("induction")
    ours = min(float(found[head]) for head in heads)
    others = max(float(value) for head, value in np.ndenumerate(found) if head not in heads)
    note = f"The highest of the other heads has {others:.2f}."
    return Found(ours, float(np.abs(null).max()), ours > others and ours > 2 * np.abs(null).max(), note)


def _rank(scores: Floats, head: tuple[int, int]) -> str:
    above = int((scores > scores[head]).sum())
    return "highest" if not above else f"highest but {above}"


def _random_matching(earlier: tuple[int, int]) -> float:
    """The highest Σλ / Σ|λ| of 20 random QK whose keys are read through the earlier head."""
    source, w_e = head_weights(model(NAME), *earlier), model(NAME).W_E.detach().float()
    through = source.ov.T @ (w_e.T @ w_e)  # the first W_E turned to the end
    generator = torch.Generator().manual_seed(0)
    found = []
    for w_q, w_k in torch.randn(20, 2, *source.W_Q.shape, generator=generator):
        values = (LowRank(w_q, w_k.T) @ through).eigenvalues()
        found.append(float(values.real.sum() / values.abs().sum()))
    return max(found)


def _copies(pool: npt.NDArray[np.integer]) -> Found:
    """F13, with tokens of this pool: the paper's test, and what the induction head has to do with it."""
    random = np.random.default_rng(0)
    start, (_, later), evenly = page(NAME).token_ids[0], induction_pair(), np.log(model(NAME).cfg.d_vocab)
    prompts = [np.tile(random.choice(pool, 20, replace=False), 3) for _ in range(8)]
    runs = [run(model(NAME), [int(start), *prompt.tolist()]) for prompt in prompts]
    first, *others = np.mean([_losses(each) for each in runs], 0).reshape(3, 20).mean(1)
    alone = np.mean([_losses(without_head(each, *later)) for each in runs], 0).reshape(3, 20).mean(1)
    ours = float(np.mean(others))
    saved = float(alone[1:].mean() - ours)
    note = f"Guessing evenly costs {evenly:.1f}; without the induction head copies two and three cost {saved:.1f} more."
    why = "Such tokens are mostly rare, and a small model is sure of wrong things: it stays above even guessing."
    return Found(ours, first, ours < first - 1 and ours < evenly and saved > 0.3, note, why)


def _losses(given: Run) -> Floats:
    scores = given.logits[:-1].log_softmax(-1)
    found: Floats = -scores.gather(1, torch.from_numpy(given.token_ids[1:, None]))[:, 0].numpy()
    return found
