"""The exercises of lesson 01: a transformer in forty lines."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from headstream.exercises.answers import Wrong, agree, call, describe
from headstream.exercises.engine import Exercise
from headstream.exercises.small_models import MISTAKES, logits, mistaken_logits, random_ids, random_model


def _forward_pass(answer: Any) -> str:
    for length in (8, 1):
        model = random_model()
        ids = random_ids(model, length)
        mistakes = ((mistaken_logits(model, ids, mistake), message) for mistake, message in MISTAKES.items())
        agree(call(answer, model, ids), logits(model, ids), mistakes, what="Your array of logits")
    return "Your logits are the model's own, on two random models with biases that are not zero."


FORWARD_PASS = Exercise(
    name="forward_pass",
    difficulty=2,
    minutes=12,
    hints=(
        "Start with the stream: model.W_E[ids] + model.W_pos[: len(ids)], of shape [position, d_model]. Then "
        "do for every head what the lesson did for one, and add up. W_Q[0, head] is one head's query matrix, "
        "b_Q[0, head] its bias.",
        "For one head: q = stream @ W_Q + b_Q, k and v likewise; scores = q @ k.T / √d_head; -inf above the "
        "diagonal; softmax over the last axis; then pattern @ v @ W_O. Start from written = model.b_O[0] and "
        "add each head to it.",
        "The last line is: return (stream + written) @ model.W_U + model.b_U. For the mask: "
        "scores.masked_fill(torch.ones_like(scores).triu(1).bool(), -torch.inf).",
    ),
    solution="""\
def forward(model, ids):
    stream = model.W_E[ids] + model.W_pos[: len(ids)]
    written = model.b_O[0]
    for head in range(model.cfg.n_heads):
        q = stream @ model.W_Q[0, head] + model.b_Q[0, head]
        k = stream @ model.W_K[0, head] + model.b_K[0, head]
        v = stream @ model.W_V[0, head] + model.b_V[0, head]
        scores = q @ k.T / model.cfg.d_head**0.5
        future = torch.ones_like(scores).triu(1).bool()
        pattern = scores.masked_fill(future, -torch.inf).softmax(-1)
        written = written + pattern @ v @ model.W_O[0, head]
    return (stream + written) @ model.W_U + model.b_U


checked = hs.check("forward_pass", forward)""",
    test=_forward_pass,
)


def _loss_in_nats(answer: Any) -> str:
    import torch

    rng = np.random.default_rng()
    count, vocabulary = 6, 11
    ids = torch.from_numpy(rng.permutation(vocabulary)[:count])
    logits = torch.from_numpy(rng.normal(size=(count, vocabulary)) * 2)
    log_prob = logits.log_softmax(-1)
    at = torch.arange(count - 1)
    nats = -log_prob[at, ids[1:]]
    mistakes = [
        (
            -log_prob[torch.arange(count), ids].mean(),
            "Off by one position: you scored each row of logits on its own token. Row t predicts token t + 1.",
        ),
        (
            -log_prob[at, ids[:-1]].mean(),
            "Off by one position: you scored row t on token t. Row t predicts token t + 1.",
        ),
        (
            -log_prob[at + 1, ids[:-1]].mean(),
            "Off by one position, the other way: you scored row t + 1 on token t.",
        ),
        (nats.mean() / np.log(2), "That is in bits. A loss in nats takes the natural logarithm."),
        (-nats.mean(), "The sign is wrong: a loss is minus the logarithm of a probability."),
        (nats.sum(), "That is the sum over the predictions. The loss is their mean."),
        (nats, "That is one loss for each prediction. The loss is their mean: one number."),
        (
            nats.sum() / count,
            "You divided by the number of positions. One fewer of them predict a token that is there.",
        ),
        (nats.mean().exp(), "That is exp of the loss, the perplexity."),
        (
            -nats.neg().exp().mean().log(),
            "That is the logarithm of a mean probability. Take the mean of the logarithms.",
        ),
        (nats.neg().exp().mean(), "You averaged probabilities. Take minus the logarithm of each first."),
        (-logits[at, ids[1:]].mean(), "There is no softmax: these are raw logits."),
        (
            -logits.log_softmax(0)[at, ids[1:]].mean(),
            "Your softmax runs over the positions. It must run over the vocabulary: the last axis.",
        ),
        (nats[1:].mean(), "You left out the first prediction. BOS predicts the first real token, and that counts."),
    ]
    agree(call(answer, logits, ids), nats.mean(), mistakes, what="The loss")
    even = call(answer, torch.zeros(count, vocabulary), ids)
    agree(even, np.log(vocabulary), what="The loss of a model that finds every token equally likely")
    return "Right on random logits, and on a model that finds all tokens equally likely."


LOSS_IN_NATS = Exercise(
    name="loss_in_nats",
    difficulty=1,
    minutes=6,
    hints=(
        "Row t of the logits predicts token t + 1. So the last row predicts nothing, and nothing predicts BOS.",
        "logits.log_softmax(-1) has every token's log-probability. From rows 0 to n - 2, pick the entries of ids[1:].",
        "log_prob[torch.arange(len(ids) - 1), ids[1:]] is what the tokens that came had. Then take minus the mean.",
    ),
    solution="""\
def loss(logits, ids):
    log_prob = logits.log_softmax(-1)
    return -log_prob[torch.arange(len(ids) - 1), ids[1:]].mean()


hs.check("loss_in_nats", loss)""",
    test=_loss_in_nats,
)


def _real_bpe(text: str, merges: list[tuple[str, str]]) -> list[str]:
    """What the tokenizers library makes of a text."""
    from tokenizers import Tokenizer
    from tokenizers.models import BPE

    pieces = sorted(set(text).union(*merges, (left + right for left, right in merges)))
    tokenizer = Tokenizer(BPE(vocab={piece: i for i, piece in enumerate(pieces)}, merges=merges))
    tokens: list[str] = tokenizer.encode(text).tokens
    return tokens


def _random_merges(count: int) -> list[tuple[str, str]]:
    """Merges over the letters a and b, each of pieces made before it."""
    rng = np.random.default_rng()
    pieces = ["a", "b"]
    merges: list[tuple[str, str]] = []
    while len(merges) < count:
        left, right = (pieces[i] for i in rng.integers(len(pieces), size=2))
        if left + right not in pieces:
            merges.append((left, right))
            pieces.append(left + right)
    return merges


def _longest_match(text: str, merges: list[tuple[str, str]]) -> list[str]:
    pieces = []
    while text:
        known = [left + right for left, right in merges if text.startswith(left + right)]
        pieces.append(max(known, key=len, default=text[0]))
        text = text[len(pieces[-1]) :]
    return pieces


def _bpe(answer: Any) -> str:
    cases = [
        ("the", [("h", "e"), ("t", "h"), ("th", "e")]),
        ("aaa", [("a", "a")]),
        ("banana", [("a", "n"), ("an", "an")]),
        *(("".join(np.random.default_rng().choice(["a", "b"], size=14)), _random_merges(5)) for _ in range(20)),
    ]
    for text, merges in cases:
        got, want = call(answer, text, list(merges)), _real_bpe(text, merges)
        case = f"bpe({text!r}, {merges})"
        if not isinstance(got, list | tuple) or not all(isinstance(piece, str) for piece in got):
            raise Wrong(f"{case}: expected a list of strings, got {describe(got)}.")
        if list(got) == want:
            continue
        if "".join(got) != text:
            raise Wrong(
                f"{case}: your pieces {list(got)} joined do not give the text back. After a merge, go on behind it."
            )
        if list(got) == list(text):
            raise Wrong(f"{case}: nothing was merged; expected {want}.")
        reason = ""
        if list(got) == _longest_match(text, merges):
            reason = (
                " You took the longest known piece each time. BPE applies its merges in the order they were learned."
            )
        elif list(got) == _real_bpe(text[::-1], [(right[::-1], left[::-1]) for left, right in merges])[::-1]:
            reason = " You went from right to left. Go from left to right."
        elif any(pair in merges for pair in pairwise(got)):
            reason = " A pair that a merge joins still stands: apply each merge in its turn, wherever its pair occurs."
        raise Wrong(f"{case}: expected {want}, got {list(got)}.{reason}")
    return "Your pieces are those of the tokenizers library, on three known texts and twenty random ones."


BPE = Exercise(
    name="bpe",
    difficulty=2,
    minutes=10,
    hints=(
        "Start from single characters: pieces = list(text). Then take the merges one by one, in their order.",
        "For one merge (left, right), walk through pieces from the left. Where left is followed by right, put"
        " left + right in their place.",
        "pieces[i : i + 2] = [left + right] replaces two pieces by one. A while loop copes with a list that "
        "gets shorter.",
    ),
    solution="""\
def bpe(text, merges):
    pieces = list(text)
    for left, right in merges:
        i = 0
        while i < len(pieces) - 1:
            if pieces[i] == left and pieces[i + 1] == right:
                pieces[i : i + 2] = [left + right]
            i += 1
    return pieces


checked = hs.check("bpe", bpe)""",
    test=_bpe,
)

EXERCISES = (FORWARD_PASS, LOSS_IN_NATS, BPE)
