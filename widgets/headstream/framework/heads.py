"""Heads found by what they do: scores of every head, [layer, head], each with its null."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from headstream import checks
from headstream.extras import require
from headstream.models.runs import Run, checked_model, checked_run, to_numpy
from headstream.results import Floats, Roles

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

# How far above its null a score by each of `headstream.results.roles.DETECTORS` is no habit any more.
THRESHOLD = (0.3, 0.3, 0.2, 0.5)


def previous_token_scores(run: Run) -> Floats:
    """[layer, head] float32: mean attention from a position to the one before it, from 0 to 1.

    Queries from position 2 on are counted: at position 1 the token before is the first one, where idle heads rest.
    The null is `previous_token_null(run)`.
    """
    return back_scores(run, 1)[..., 1]


def previous_token_null(run: Run) -> float:
    """The previous-token score of a head that attends evenly to all it can see."""
    return float(back_null(run, 1)[1])


def back_scores(run: Run, most: int = 4) -> Floats:
    """[layer, head, back] float32: mean attention from a position to the one 0 (itself), 1, ..., `most` before it.

    The first token, where idle heads rest, is not counted as one of those before. The null is `back_null(run, most)`.
    On real text a score can come from what stands there; on shuffled tokens, from their places alone.
    """
    _at_least(run, checks.whole("most", most, 0) + 2)
    pattern = run.attention.pattern
    return np.stack([np.diagonal(pattern, -back, 2, 3)[..., 1:].mean(-1) for back in range(most + 1)], -1)


def back_null(run: Run, most: int = 4) -> Floats:
    """[back] float32: `back_scores` of a head that attends evenly to all it can see."""
    _at_least(run, checks.whole("most", most, 0) + 2)
    return np.array([_even(len(run.tokens), back) for back in range(most + 1)], np.float32)


def present_token_scores(run: Run) -> Floats:
    """[layer, head] float32: mean attention from a position to itself, from 0 to 1.

    The first position, which sees nothing else, is left out. The null is `present_token_null(run)`.
    """
    _at_least(run, 2)
    scores: Floats = np.diagonal(run.attention.pattern, axis1=2, axis2=3)[..., 1:].mean(-1)
    return scores


def present_token_null(run: Run) -> float:
    """The present-token score of a head that attends evenly to all it can see."""
    _at_least(run, 2)
    return float((1 / np.arange(2, len(run.tokens) + 1)).mean())


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
    return _seen(_random_patterns(model, length, copies, examples, seed, null), length, ahead=1)


def duplicate_token_scores(
    model: TransformerBridge,
    *,
    length: int = 25,
    copies: int = 4,
    examples: int = 10,
    seed: int = 0,
    null: bool = False,
) -> Floats:
    """[layer, head] float32: how much a head attends to the earlier copies of the token it is at, from 0 to 1.

    On the prompts of `prefix_matching_scores`, from every token of the second copy and later; `null` is as there.
    """
    return _seen(_random_patterns(model, length, copies, examples, seed, null), length, ahead=0)


def roles(model: TransformerBridge) -> Roles:
    """What every head does, by four detectors with their nulls: a table, and names such as "1.6 induction".

    "previous token": mean attention to the token before, on random tokens that do not repeat; the null attends evenly.
    "duplicate token" and "prefix matching": `duplicate_token_scores` and `prefix_matching_scores`; the null, a head's
        attention to the same places where nothing repeats.
    "copying": Σλ / Σ|λ| of the OV circuit (`copying_scores`), not the share of raised logits of "In-context Learning
        and Induction Heads", for it depends on weights alone; the null, the mean of `copying_null`.

    A head is named if attention is `THRESHOLD` above the null, which keeps out heads that do a thing a little. Takes
    prompts as long as the model reads, 101 tokens at most.

    Raises ValueError for a model without heads, of fewer than 9 positions, or whose OV circuits are no products of its
    matrices.
    """
    from headstream.framework.spectra import copying_null, copying_scores  # needs torch, which `demos` does not

    cfg = checked_model(model).cfg
    if not cfg.n_layers:
        raise ValueError("model: expected one with heads, got one without layers")
    copying, drawn = copying_scores(model), copying_null(model)
    copies = 4
    length = min(25, (cfg.n_ctx - 1) // copies)
    repeated, other = (_random_patterns(model, length, copies, 10, 0, null) for null in (False, True))
    previous = np.diagonal(other, -1, 3, 4)[..., 1:].mean((1, 3))
    even = np.full_like(previous, _even(other.shape[-1]))
    found = [(_seen(repeated, length, ahead), _seen(other, length, ahead)) for ahead in (0, 1)]
    pairs = [(previous, even), *found, (copying, np.full_like(copying, drawn.mean()))]
    scores, null = (np.stack([pair[side] for pair in pairs]).astype(np.float32) for side in (0, 1))
    return Roles(scores, null, np.array(THRESHOLD, np.float32))


def top_head(scores: Floats) -> tuple[int, int]:
    """(layer, head) of the highest score."""
    if not scores.size:
        raise ValueError("scores: expected at least one head, got none (a model without layers has no head)")
    layer, head = np.unravel_index(int(scores.argmax()), scores.shape)
    return int(layer), int(head)


def _random_patterns(
    model: TransformerBridge, length: int, copies: int, examples: int, seed: int, null: bool
) -> Floats:
    """[layer, example, head, query, key]: attention on random tokens, in copies or (null) without them."""
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
        drawn = total if null else length
        tokens = random.choice(middle, drawn, replace=drawn > len(middle))
        prompts.append([start, *(tokens if null else np.tile(tokens, copies))])
    with torch.no_grad():
        _, cache = model.run_with_cache(
            torch.tensor(np.array(prompts), device=model.cfg.device),
            names_filter=lambda name: name.endswith("attn.hook_pattern"),
        )
    found = np.zeros((model.cfg.n_layers, examples, model.cfg.n_heads, total + 1, total + 1), np.float32)
    for layer, pattern in enumerate(found):
        pattern[:] = to_numpy(cache[f"blocks.{layer}.attn.hook_pattern"])
    return found


def _seen(patterns: Floats, length: int, ahead: int) -> Floats:
    """[layer, head]: attention from each token after the first `length` to what is `ahead` of its earlier copies."""
    queries, keys = np.indices(patterns.shape[3:])
    behind = queries - (keys - ahead)
    sees = (queries > length) & (keys > ahead) & (behind > 0) & (behind % length == 0)
    found: Floats = (patterns * sees).sum(-1)[..., length + 1 :].mean((1, 3))
    return found


def _even(size: int, back: int = 1) -> float:
    """Mean attention to the token `back` before, not counting the first, of a head that attends evenly to all it can
    see.
    """
    return float((1 / np.arange(back + 2, size + 1)).mean())


def _at_least(run: Run, n: int) -> None:
    if len(checked_run(run).tokens) < n:
        raise ValueError(f"run: expected at least {n} tokens, got {len(run.tokens)}")
