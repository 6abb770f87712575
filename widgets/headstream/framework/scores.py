"""A head's attention scores as a sum of terms: each path that wrote the query times each path that wrote the key."""

from __future__ import annotations

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.paths import written_by_paths
from headstream.framework.stream import attention_norm, pattern, tolerance
from headstream.framework.weights import checked_circuits, head_weights
from headstream.models.runs import Run, checked_run, to_numpy, ungrouped
from headstream.results import ScoreTerms

with needs_lessons():
    import torch

_MOST = 2**24  # numbers in a result, 67 MB
_EXACT = 1e-3  # of the largest score; rounding stays far below, another kind of score far above


@torch.no_grad()
def expand_scores(run: Run, layer: int, head: int, *, position: int = -1, order: int | None = None) -> ScoreTerms:
    """Split the scores of one query, at every key that it sees, over the paths that wrote query and key.

    The stream that the head reads is a sum of paths x_a (those of `expand_logit`, as far as this layer):

        score[key] = sum over a, b of (x_a[query] W_Q) · (x_b[key] W_K) / √d_head

    in the paper's words the path expansion of the QK circuit, with positions as their own paths. Earlier patterns and
    every LayerNorm's scale are frozen at what the model used; all biases are one path.

    order: the most heads of a path that is told apart. Raises ValueError for more terms than 16 million, and for scores
    that are no such product (rotary positions, ALiBi, normed queries, capped scores); IndexError for a position, layer
    or head out of range.
    """
    cfg = checked_circuits(checked_run(run).model, "qk").cfg
    layer, head = checks.index("layer", layer, cfg.n_layers), checks.index("head", head, cfg.n_heads)
    position = checks.index("position", position, len(run.tokens))
    if cfg.positional_embedding_type == "rotary":
        raise ValueError(
            "model: expected one whose queries and keys are read off its stream, got one that turns them by their"
            " position (rotary): its scores are no sum over who wrote the stream alone"
        )
    parts = written_by_paths(run, order, before=layer)
    seen = position + 1
    if len(parts) ** 2 * seen > _MOST:
        raise ValueError(
            f"order: expected at most {_MOST:,} terms, got {len(parts) ** 2 * seen:,};"
            " a lower order joins the longer paths"
        )
    norm, weights = attention_norm(run, layer), head_weights(run.model, layer, head)
    streams = torch.stack([x for _, x in parts])
    read = norm.centre(streams) / norm.scale * norm.weight
    queries, keys = read[:, position] @ weights.W_Q, read[:, :seen] @ weights.W_K
    queries[-1] += norm.bias @ weights.W_Q + weights.b_Q  # the last part is "bias"
    keys[-1] += norm.bias @ weights.W_K + weights.b_K
    values = torch.einsum("qd,kpd->qkp", queries, keys) / cfg.d_head**0.5
    total = _scores(run, layer, head, position)
    error = (values.sum((0, 1)) - total).abs().max() / total.abs().max().clamp(min=1)
    if not error <= tolerance(run, _EXACT, 16):
        raise ValueError(f"model: expected a stream that is the sum of its paths, got another (off by {error:.2g})")
    return ScoreTerms(
        layer=layer,
        head=head,
        values=to_numpy(values),
        total=to_numpy(total),
        paths=tuple(component for component, _ in parts),
        tokens=run.tokens,
        token_ids=run.token_ids,
    )


def _scores(run: Run, layer: int, head: int, position: int) -> torch.Tensor:
    """[key]: the model's own scores from one query. The softmax of them must be its pattern."""
    query = run.cache[f"blocks.{layer}.attn.hook_q"][position, head].float()
    keys = ungrouped(run.cache[f"blocks.{layer}.attn.hook_k"].float(), run.model.cfg.n_heads, 1)[: position + 1, head]
    scores: torch.Tensor = keys @ query / run.model.cfg.d_head**0.5
    error = (scores.softmax(0) - pattern(run, layer)[head, position, : position + 1]).abs().max()
    if not error <= tolerance(run, _EXACT, 16):
        raise ValueError(
            "model: expected one whose attention is the softmax of queries times keys over √d_head, got one that adds"
            f" to its scores or scales them otherwise (off by {error:.2g})"
        )
    return scores
