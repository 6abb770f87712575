"""F10, F11 and F16: which heads read what earlier heads write, the paper's erratum, and virtual heads."""

from __future__ import annotations

import numpy as np

from headstream import demos
from headstream.claims.claim import Found, claim
from headstream.claims.given import demo_run, found_composition, found_roles, induction_pair, model, page
from headstream.extras import needs_lessons
from headstream.framework.heads import back_null, back_scores
from headstream.framework.identities import virtual_head_error
from headstream.framework.paths import virtual_head
from headstream.framework.weights import head_weights

with needs_lessons():
    import torch

LESSON = "09-composition"
NAME = "attn-only-2l"
FAR = 1.5  # times the null: far above it
READS = {"Q": 0, "K": 1, "V": 2}


@claim(
    "F10a",
    LESSON,
    "The induction head reads the previous-token head as its key: K-composition.",
    measured="score of the pair; null: its mean where the stream between them is turned at random",
    paper="significant K-composition (figure with a bug)",
)
def key_composition() -> Found:
    found = found_composition(NAME)
    ours, null, sd = (float(array[READS["K"]][_pair()]) for array in (found.scores, found.null, found.null_sd))
    return Found(ours, null, ours > FAR * null, note=f"The null's standard deviation is {sd:.4f}.")


@claim(
    "F10b",
    LESSON,
    "Only K-composition is significant.",
    measured=f"pairs whose Q or V score is more than {FAR} times their null; null: pairs where chance comes so far in "
    "5 standard deviations",
    paper="only K (before the erratum)",
)
def only_keys() -> Found:
    found = found_composition(NAME)
    chance = (found.null + 5 * found.null_sd > FAR * found.null)[[READS["Q"], READS["V"]]].sum()
    many = {read: int(_far()[at].sum()) for read, at in READS.items()}
    note = f"Far above their null: Q {many['Q']}, K {many['K']}, V {many['V']}."
    why = (
        "Later heads read earlier ones as queries or values, too; the erratum says of the paper's model that more does."
    )
    return Found(many["Q"] + many["V"], int(chance), many["Q"] + many["V"] == 0, note, why)


@claim(
    "F10c",
    LESSON,
    "K-composition is with one head of the first layer only.",
    measured=f"heads of the first layer that some later head reads as key with more than {FAR} times the null",
    paper="only with one layer 0 head (before the erratum)",
)
def one_sender() -> Found:
    senders = int(_far()[READS["K"]].any(1).sum())
    why = "More heads of the first layer are read as keys; the erratum says so of the paper's model."
    return Found(senders, None, senders == 1, why=why)


@claim(
    "F11a",
    LESSON,
    "The bug of the figure, a product turned around, makes the induction pair stand out more.",
    measured="the pair's K score over the median of all pairs, with the bug; null: without it",
    paper="only one diagram affected; more composition than it seemed",
)
def turned_score() -> Found:
    size = model(NAME).cfg.n_heads
    earlier, later = ([head_weights(model(NAME), layer, head) for head in range(size)] for layer in (0, 1))
    (_, first), (_, second) = induction_pair()
    right = found_composition(NAME).scores[READS["K"], :size, size:]
    wrong = np.array(
        [
            [float((b.W_Q.T @ a.W_V @ a.W_O @ b.W_K).norm()) / (a.ov.norm() * b.qk.norm()) for b in later]
            for a in earlier
        ]
    )
    ours, null = (float(scores[first, second] / np.median(scores)) for scores in (wrong, right))
    return Found(ours, null, ours > 1.1 * null, why="With the bug our pair does not stand out more.")


@claim(
    "F11b",
    LESSON,
    "Induction heads also rely on a head that attends to the last several tokens.",
    measured="attention 2 to 4 tokens back on a page, the most of the three other heads that its key reads most; null: "
    "an even head",
    paper="two of the induction heads do",
)
def several_tokens() -> Found:
    earlier, later = induction_pair()
    found, run = found_composition(NAME), page(NAME)
    excess = found.excess[READS["K"], :, found.heads.index(later)].copy()
    excess[found.heads.index(earlier)] = np.nan
    most = [found.heads[at] for at in np.argsort(-np.nan_to_num(excess, nan=-np.inf))[:3]]
    attention = {head: float(back_scores(run)[head][2:].sum()) for head in most}
    best, ours = max(attention.items(), key=lambda item: item[1])
    null = float(back_null(run)[2:].sum())
    note = f"It is head {found_roles(NAME).label(*best)}."
    return Found(
        ours, null, ours > 2 * null, note, "None of these attends there more than twice as much as an even head."
    )


@claim(
    "F16",
    LESSON,
    "Two heads make a virtual head, (A2 ⊗ W2)(A1 ⊗ W1) = (A2 A1) ⊗ (W2 W1): as many as there are pairs.",
    measured="largest error over the largest number; null: the patterns in the other order",
    paper="exact; their number grows quadratically",
)
def virtual_heads() -> Found:
    run, pair = demo_run(demos.half_name), induction_pair()
    whole, start = virtual_head(run, *pair), run.cache["hook_embed"].float()
    first, second = (run.cache[f"blocks.{layer}.attn.hook_pattern"][head].float() for layer, head in pair)
    right, flipped = (routing @ start @ whole.ov.matrix() for routing in (whole.routing, first @ second))
    ours = virtual_head_error(run, *pair)
    null = float((right - flipped).abs().max() / right.abs().max())
    heads = model(NAME).cfg.n_heads
    pairs = int(torch.from_numpy(found_composition(NAME).scores[0]).isfinite().sum())
    return Found(ours, null, ours < 1e-5 < null and pairs == heads**2, note=f"{pairs} pairs of {heads} heads a layer.")


def _pair() -> tuple[int, int]:
    """Where the induction pair stands in a matrix of all heads."""
    earlier, later = map(found_composition(NAME).heads.index, induction_pair())
    return earlier, later


def _far() -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """[read, from, to]: whether a score is far above its null; nan, where there is no pair, is not."""
    found = found_composition(NAME)
    return np.asarray(found.scores > FAR * found.null)
