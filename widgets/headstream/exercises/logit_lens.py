"""The exercises of lesson 04: the logit lens."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.answers import Wrong, agree, call, describe, numbers
from headstream.exercises.engine import Exercise


def _stream(rows: int = 4, positions: int = 3, d_model: int = 9) -> Any:
    """[row, position, d_model] float64: a random stream that grows from row to row, and whose mean is not zero."""
    import torch

    rng = np.random.default_rng()
    writes = rng.normal(size=(rows, positions, d_model)) + rng.normal(size=(rows, positions, 1))
    return torch.from_numpy(writes.cumsum(0) * rng.uniform(0.5, 2))


def _unembedding(d_model: int, d_vocab: int = 13) -> tuple[Any, Any]:
    import torch

    rng = np.random.default_rng()
    W_U = rng.normal(size=(d_model, d_vocab)) + rng.normal(size=d_vocab)
    return torch.from_numpy(W_U), torch.from_numpy(rng.normal(size=d_vocab))


def _lens(answer: Any) -> str:
    import torch

    rows = _stream()
    W_U, b_U = _unembedding(rows.shape[-1])
    centred = rows - rows.mean(-1, keepdim=True)
    scale = centred.square().mean(-1, keepdim=True).sqrt()
    logits = centred / scale @ W_U + b_U
    across = (rows - rows.mean(1, keepdim=True)) / rows.std(1, correction=0, keepdim=True)
    mistakes = [
        (logits, "These are logits. Take log_softmax over the vocabulary."),
        (logits.softmax(-1), "These are probabilities. Return their logarithms: log_softmax."),
        (
            logits.log_softmax(1),
            "Your softmax runs over the positions. It must run over the vocabulary, the last axis.",
        ),
        (logits.log_softmax(0), "Your softmax runs over the rows. It must run over the vocabulary, the last axis."),
        (
            (rows @ W_U + b_U).log_softmax(-1),
            "The LayerNorm is missing: W_U was trained to read centred, scaled vectors.",
        ),
        ((centred @ W_U + b_U).log_softmax(-1), "You centred the rows but did not divide them by their scale."),
        (
            (rows / scale @ W_U + b_U).log_softmax(-1),
            "You did not take away each vector's mean before you divided by its scale.",
        ),
        (
            (rows / rows.square().mean(-1, keepdim=True).sqrt() @ W_U + b_U).log_softmax(-1),
            "That is RMSNorm: the mean is not taken away. LayerNorm centres first.",
        ),
        (
            (centred / rows.std(-1, keepdim=True) @ W_U + b_U).log_softmax(-1),
            "torch's std divides by d_model - 1. LayerNorm divides by d_model: std(-1, correction=0, keepdim=True).",
        ),
        (
            (centred / centred.norm(dim=-1, keepdim=True) @ W_U + b_U).log_softmax(-1),
            "You divided by the length ‖x‖. LayerNorm divides by the root of the mean square, ‖x‖ / √d_model.",
        ),
        (
            (centred / scale.square() @ W_U + b_U).log_softmax(-1),
            "You divided by the variance. LayerNorm divides by its square root.",
        ),
        (
            (centred / scale[-1] @ W_U + b_U).log_softmax(-1),
            "Every row is divided by the last row's scale. Here each row is divided by its own.",
        ),
        (
            (across @ W_U + b_U).log_softmax(-1),
            "You normalised over the positions. LayerNorm treats each vector alone.",
        ),
        ((centred / scale @ W_U).log_softmax(-1), "The bias b_U is missing."),
        (logits[-1].log_softmax(-1), "You read the last row only. Return every row: [row, position, d_vocab]."),
    ]
    agree(call(answer, rows, W_U, b_U), logits.log_softmax(-1), mistakes, what="Your array of log probabilities")
    longer = rows * torch.from_numpy(np.random.default_rng().uniform(2, 3, size=(*rows.shape[:2], 1)))
    agree(call(answer, longer, W_U, b_U), logits.log_softmax(-1), what="With longer vectors, your array")
    return "Right on a random stream, and unchanged when its vectors are made longer: each row has its own scale."


LENS = Exercise(
    name="lens",
    difficulty=2,
    minutes=8,
    hints=(
        "The three steps are those of the cell above: centre, divide by the scale, multiply by W_U and add b_U. Only "
        "the axes are new: the last axis of `rows` is d_model, and every vector along it is treated alone.",
        "keepdim=True keeps an axis of length 1, so that the subtraction and the division fit: "
        "centred = rows - rows.mean(-1, keepdim=True).",
        "scale = centred.square().mean(-1, keepdim=True).sqrt(); then "
        "return (centred / scale @ W_U + b_U).log_softmax(-1).",
    ),
    solution="""\
def lens(rows, W_U, b_U):
    centred = rows - rows.mean(-1, keepdim=True)
    scale = centred.square().mean(-1, keepdim=True).sqrt()
    return (centred / scale @ W_U + b_U).log_softmax(-1)


hs.check("lens", lens)""",
    test=_lens,
)


def _rank_of(answer: Any) -> str:
    import torch

    rng = np.random.default_rng()
    logits = torch.from_numpy(rng.permuted(np.tile(np.arange(12.0), (3, 4, 1)), axis=-1) - 5)
    for token in rng.choice(np.arange(1, 11), size=3, replace=False).tolist():
        chosen = logits[..., token : token + 1]
        right = (logits > chosen).sum(-1)
        mistakes = [
            (
                (logits >= chosen).sum(-1),
                "Your ranks start at 1. The top token has rank 0: count only the larger logits.",
            ),
            ((logits < chosen).sum(-1), "You counted the tokens with a smaller logit. The top token must get rank 0."),
            (
                logits.argsort(dim=-1, descending=True)[..., token],
                "argsort tells which token stands at each place. You want the place of one token: argsort the argsort, "
                "or count.",
            ),
            (logits[..., token], "That is the token's logit. Count how many are larger."),
            (logits > chosen, "That is still one answer for each token. Sum over the vocabulary, the last axis."),
            (logits.argmax(-1), "That is the top token itself. Return the place of the token asked for."),
            (
                (logits > chosen).double().mean(-1),
                "That is a share of the vocabulary. A rank is a count: sum, not mean.",
            ),
            ((logits > chosen).sum(), "You counted over all vectors at once. Give one rank for each."),
        ]
        agree(call(answer, logits, token), right, mistakes, what="Your array of ranks")
    return "Every rank is right, for three tokens and logits of both signs."


RANK_OF = Exercise(
    name="rank_of",
    difficulty=1,
    minutes=5,
    hints=(
        "A rank is a count: how many tokens have a larger logit than this one?",
        "logits[..., token] has one axis fewer than logits. logits[..., token : token + 1] keeps it, so the two can be "
        "compared.",
        "return (logits > logits[..., token : token + 1]).sum(-1)",
    ),
    solution="""\
def rank_of(logits, token):
    return (logits > logits[..., token : token + 1]).sum(-1)


hs.check("rank_of", rank_of)""",
    test=_rank_of,
)


def _kl_to_last(answer: Any) -> str:
    import torch

    log_prob = torch.from_numpy(np.random.default_rng().normal(size=(4, 3, 11)) * 2).log_softmax(-1)
    last = log_prob[-1]
    terms = last.exp() * (last - log_prob)
    right, cross = terms.sum(-1), -(last.exp() * log_prob).sum(-1)
    mistakes = [
        (
            (log_prob.exp() * (log_prob - last)).sum(-1),
            "That is KL(row ‖ last). The average is taken under the last row: last.exp() stands in front.",
        ),
        (-right, "Every number is negative, and a KL divergence never is. Exchange the two logarithms."),
        (right / np.log(2), "These are bits. Nats use the natural logarithm."),
        (terms.mean(-1), "You took the mean over the vocabulary. The weights are probabilities already: sum."),
        (terms, "Sum over the vocabulary, the last axis."),
        (
            cross,
            "That is the cross-entropy. The KL divergence is what it has above the last row's own entropy: it is 0 "
            "where the two agree.",
        ),
        (
            (last - log_prob).sum(-1),
            "The weights are missing: each difference counts with its probability, last.exp().",
        ),
        ((last.exp() * (last - log_prob).abs()).sum(-1), "Keep the signs: a token can take away as well as add."),
        (right.mean(-1), "You averaged over the positions. Return [row, position]."),
        (right[:-1], "The last row is missing. It is 0 there: a good check."),
        (
            (log_prob[0].exp() * (log_prob[0] - log_prob)).sum(-1),
            "You compared with the first row. Compare with the last.",
        ),
    ]
    agree(call(answer, log_prob), right, mistakes, what="Your array of divergences")
    return "Right on random predictions, and 0 for the last row, which agrees with itself."


KL_TO_LAST = Exercise(
    name="kl_to_last",
    difficulty=1,
    minutes=6,
    hints=(
        "KL(p ‖ q) = Σ p (log p - log q), the sum over the vocabulary. p is the last row, q each row in turn.",
        "log_prob[-1] is log p, [position, d_vocab]. It can be subtracted from all rows at once.",
        "last = log_prob[-1]; return (last.exp() * (last - log_prob)).sum(-1)",
    ),
    solution="""\
def kl_to_last(log_prob):
    last = log_prob[-1]
    return (last.exp() * (last - log_prob)).sum(-1)


hs.check("kl_to_last", kl_to_last)""",
    test=_kl_to_last,
)


def _added(answer: Any) -> str:
    import torch

    rows = _stream()
    W_U, _ = _unembedding(rows.shape[-1])
    token = int(np.random.default_rng().integers(W_U.shape[1]))
    centred = rows - rows.mean(-1, keepdim=True)
    scale = centred.square().mean(-1).sqrt()
    reader = W_U[:, token] - W_U.mean(1)
    start = torch.zeros_like(rows[:1, :, 0])
    read = centred @ reader / scale[-1]
    right = read.diff(dim=0, prepend=start)
    own = (centred @ reader / scale).diff(dim=0, prepend=start)
    mistakes = [
        (
            own,
            "Each row is divided by its own scale, so your steps mix what was written with a change of scale. Divide "
            "every row by the last row's.",
        ),
        (read, "These are running totals. Return what each row adds to the one before it."),
        (right[1:], "The first row is missing. What it adds is all that it holds."),
        (
            (centred @ W_U[:, token] / scale[-1]).diff(dim=0, prepend=start),
            "These are raw logits. Take away the vocabulary's mean: read along W_U[:, token] - W_U.mean(1).",
        ),
        (
            (rows @ reader / scale[-1]).diff(dim=0, prepend=start),
            "You did not centre the rows. LayerNorm takes away each vector's mean first.",
        ),
        ((centred @ reader).diff(dim=0, prepend=start), "You did not divide by the last row's scale."),
        (
            (centred @ reader / scale[0]).diff(dim=0, prepend=start),
            "You divided by the first row's scale, not the last's.",
        ),
        (right.sum(0), "You return only the sum. Return one number for each row and position."),
        (
            read.diff(dim=0, append=start),
            "Your rows are one too early, and the last is minus the whole. Put zeros before the first row, not after "
            "the last.",
        ),
    ]
    returned = call(answer, rows, W_U, token)
    if isinstance(returned, list | tuple):
        raise Wrong(f"Return one array, [row, position], not {describe(returned)}.")
    agree(returned, right, mistakes, what="Your array of additions")
    agree(numbers(returned).sum(0), read[-1], what="The sum of your additions")
    return "Right on a random stream; added up, they are the last row's logit less the vocabulary's mean."


ADDED = Exercise(
    name="added",
    difficulty=3,
    minutes=10,
    hints=(
        "Centre every row. Divide all of them by one scale: the last row's, [position]. Then reading is linear.",
        "Read along W_U[:, token] - W_U.mean(1), as in lesson 02: that is the logit less the vocabulary's mean. Now "
        "you have running totals, [row, position].",
        "torch.diff(totals, dim=0, prepend=torch.zeros_like(totals[:1])) takes each row from the next, and keeps "
        "the first.",
    ),
    solution="""\
def added(rows, W_U, token):
    centred = rows - rows.mean(-1, keepdim=True)
    scale = centred[-1].square().mean(-1).sqrt()
    totals = centred @ (W_U[:, token] - W_U.mean(1)) / scale
    return torch.diff(totals, dim=0, prepend=torch.zeros_like(totals[:1]))


hs.check("added", added)""",
    test=_added,
)

EXERCISES = (LENS, RANK_OF, KL_TO_LAST, ADDED)
