"""Heads found by what they do: scores of every head, [layer, head], each with its null."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from headstream import checks
from headstream.extras import require
from headstream.models.runs import Run, checked_model, checked_run, to_numpy
from headstream.results import Floats

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


def previous_token_scores(run: Run) -> Floats:
    """[layer, head] float32: mean attention from a position to the one before it, from 0 to 1.

    Queries from position 2 on are counted: at position 1 the token before is the first one, where idle heads rest.
    The null is `previous_token_null(run)`.
    """
    _at_least(run, 3)
    scores: Floats = np.diagonal(run.attention.pattern, offset=-1, axis1=2, axis2=3)[..., 1:].mean(-1)
    return scores


def previous_token_null(run: Run) -> float:
    """The previous-token score of a head that attends evenly to all it can see."""
    _at_least(run, 3)
    return float((1 / np.arange(3, len(run.tokens) + 1)).mean())


def prefix_matching_scores(
    model: TransformerBridge,
    *,
    length: int = 25,
    copies: int = 4,
    examples: int = 10,
    seed: int = 0,
    null: bool = False,
) -> Floats:
    """[layer, head] float32: how much a head attends to what came next the last times, from 0 to 1 (induction).

    A prompt is the start token and `length` different random tokens, `copies` times over. The score is the attention
    from every token of the second copy and later to the tokens right after its earlier copies, added up, and averaged
    over positions and `examples` prompts. As in "In-context Learning and Induction Heads" (2022), the most and the
    least common tokens are left out: the ids of a byte-pair encoding are nearly in order of frequency, and the
    middle 80 % are used.

    null: the same positions, in prompts where every copy is replaced by other tokens, so that nothing repeats: what a
        head's habits of position alone give.
    """
    torch = require("torch")
    copies, examples = checks.whole("copies", copies, 2), checks.whole("examples", examples, 1)
    length = checks.whole("length", length, 2)
    d_vocab, total = checked_model(model).cfg.d_vocab, length * copies
    if total + 1 > model.cfg.n_ctx:
        most = f"for {copies} copies and a start token in {model.cfg.n_ctx}"
        raise ValueError(f"length: expected at most {(model.cfg.n_ctx - 1) // copies} tokens, {most}, got {length}")
    random = np.random.default_rng(seed)
    middle = np.arange(d_vocab // 10, d_vocab - d_vocab // 10)
    start = model.tokenizer.bos_token_id if model.tokenizer is not None else 0
    prompts = []
    for _ in range(examples):
        tokens = random.choice(middle, total if null else length, replace=total > len(middle))
        prompts.append([start, *(tokens if null else np.tile(tokens, copies))])

    # sees[q, k]: the token before k is an earlier copy of the token at q.
    queries, keys = np.indices((total + 1, total + 1))
    behind = queries - (keys - 1)
    sees = (queries > length) & (keys > 1) & (behind > 0) & (behind % length == 0)

    with torch.no_grad():
        _, cache = model.run_with_cache(
            torch.tensor(np.array(prompts), device=model.cfg.device),
            names_filter=lambda name: name.endswith("attn.hook_pattern"),
        )
    scores = np.zeros((model.cfg.n_layers, model.cfg.n_heads), np.float32)
    for layer in range(model.cfg.n_layers):
        pattern = to_numpy(cache[f"blocks.{layer}.attn.hook_pattern"])
        scores[layer] = (pattern * sees).sum(-1)[..., length + 1 :].mean((0, 2))
    return scores


def top_head(scores: Floats) -> tuple[int, int]:
    """(layer, head) of the highest score."""
    if not scores.size:
        raise ValueError("scores: expected at least one head, got none (a model without layers has no head)")
    layer, head = np.unravel_index(int(scores.argmax()), scores.shape)
    return int(layer), int(head)


def _at_least(run: Run, n: int) -> None:
    if len(checked_run(run).tokens) < n:
        raise ValueError(f"run: expected at least {n} tokens, got {len(run.tokens)}")
