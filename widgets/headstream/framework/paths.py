"""A logit as the sum of the paths that lead to it from the embeddings, with patterns and norms' scales frozen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.residual import check_sum, logit_of
from headstream.framework.stream import attention_norm, components, final_norm, final_stream, mlp_write, pattern
from headstream.framework.weights import LowRank, head_weights, heads_weight
from headstream.models.runs import Run, checked_run, to_numpy
from headstream.results import Component, Decomposition

with needs_lessons():
    import torch
    from torch import Tensor

MOST_PATHS = 1000


@torch.no_grad()
def expand_logit(
    run: Run,
    *,
    target: str | int | None = None,
    versus: str | int | None = None,
    position: int = -1,
    order: int | None = None,
) -> Decomposition:
    """Split one token's logit over the paths from the embeddings to it, at every position.

    A path starts at the token embedding or the position embedding and passes through no head (the direct path), one, or
    several of ever later layers (a virtual head). Every pattern and every LayerNorm's scale is frozen at what the model
    used, so each head is linear; all biases, and what heads make of them, are one component. An MLP is not linear: what
    it writes starts paths of its own. order: the most heads of a path that is told apart; all longer ones are one
    component. target, versus, position, total and errors are those of `attribute_logit`; also raises ValueError for
    more than 1,000 paths.
    """
    position = checks.index("position", position, len(checked_run(run).tokens))
    direction, offset, total, quantity = logit_of(run, target, versus, position)
    found = written_by_paths(run, order)
    norm = final_norm(run)
    folded = norm.fold(direction[:, None])[:, 0]
    values = torch.stack([x @ folded for _, x in found]) / norm.scale[:, 0]
    values[-1] += norm.bias @ direction + offset
    check_sum(run, quantity, (values.sum(0) - total).abs().max(), run.logits.abs().max())
    return Decomposition(
        values=to_numpy(values),
        total=to_numpy(total),
        sources=None,
        components=tuple(component for component, _ in found),
        tokens=run.tokens,
        quantity=quantity,
        additive=True,
        position=position,
        total_name="the model's own value",
        token_ids=run.token_ids,
    )


@torch.no_grad()
def written_by_paths(
    run: Run, order: int | None = None, *, before: int | None = None
) -> list[tuple[Component, Tensor]]:
    """What each path of `expand_logit` leaves in the residual stream, [position, d_model] float32: at its end, or where
    the heads of the layer `before` read it.
    """
    layers, heads = checked_run(run).model.cfg.n_layers, run.model.cfg.n_heads
    if before is not None:
        layers = checks.index("before", before, layers)
    order = layers if order is None else checks.whole("order", order, 0)
    starts = [
        component
        for component in components(run)
        if component.kind in ("embed", "pos_embed") or (component.kind == "mlp" and (component.layer or 0) < layers)
    ]
    _check_count(starts, layers, heads, order)
    found = [
        (Component("path", start=start), run.cache[f"hook_{start.kind}"].float())
        for start in starts
        if start.layer is None
    ]
    bias = torch.zeros_like(final_stream(run))
    longer = torch.zeros_like(bias)
    for layer in range(layers):
        block = run.model.blocks[layer]
        through, constant = carried(run, layer)
        moved = []
        grown = through(longer).sum(0)
        for path, x in found:
            if len(path.heads) < order:
                for head, y in enumerate(through(x)):
                    moved.append((Component("path", start=path.start, heads=(*path.heads, (layer, head))), y))
            else:
                grown = grown + through(x).sum(0)
        bias = bias + through(bias).sum(0) + constant.sum(0)
        if block.attn.b_O is not None:
            bias = bias + block.attn.b_O.float()
        longer = longer + grown
        found += moved
        if f"blocks.{layer}.hook_mlp_out" in run.cache:
            found.append((Component("path", start=Component("mlp", layer)), mlp_write(run, layer)))
            b_out = getattr(block.mlp, "b_out", None)
            bias = bias if b_out is None else bias + b_out.float()
    found.sort(key=lambda item: len(item[0].heads))
    if order < layers:
        found.append((Component("longer"), longer))
    found.append((Component("bias"), bias))
    return found


class VirtualHead(NamedTuple):
    """Heads one after the other, each reading what the one before wrote: again a routing ⊗ a transport.

    routing: [query, key], the product of the patterns, A₂ A₁ (rows sum to 1). Where a LayerNorm stands before a head,
        its frozen scale, one number a position, divides what is read there.
    ov: [d_model, d_model], W_OV¹ W_OV², held low rank; the weights and the centring of LayerNorms are in it.

    From the embeddings x it writes routing @ x @ ov, but for biases. The paper's (A₂ ⊗ W₂)(A₁ ⊗ W₁) = (A₂A₁) ⊗ (W₂W₁).
    """

    routing: Tensor
    ov: LowRank


@torch.no_grad()
def virtual_head(run: Run, *heads: tuple[int, int]) -> VirtualHead:
    """The virtual head of two or more (layer, head), in the order in which they run.

    Raises ValueError for fewer than two, or heads that do not stand in ever later layers; IndexError for no such head.
    """
    cfg = checked_run(run).model.cfg
    found = [
        (checks.index("layer", layer, cfg.n_layers), checks.index("head", head, cfg.n_heads)) for layer, head in heads
    ]
    if len(found) < 2 or any(a >= b for (a, _), (b, _) in pairwise(found)):
        got = ", ".join(f"{layer}.{head}" for layer, head in found) or "none"
        raise ValueError(f"heads: expected two or more in ever later layers, got {got}")
    routing, ov = torch.eye(len(run.tokens), device=run.logits.device), None
    for layer, head in found:
        norm, weights = attention_norm(run, layer), head_weights(run.model, layer, head)
        routing = pattern(run, layer)[head] / norm.scale[:, 0] @ routing
        written = LowRank(norm.fold(weights.W_V), weights.W_O)
        ov = written if ov is None else ov @ written
    assert ov is not None
    return VirtualHead(routing, ov)


def carried(run: Run, layer: int, a: Tensor | None = None) -> tuple[Callable[[Tensor], Tensor], Tensor]:
    """What each head of a layer makes of a part of the stream, [position, d_model] -> [head, position, d_model], and
    what it adds whatever it reads, [head, d_model]: every row of a pattern sums to 1.

    a: the patterns, [head, query, key]; None takes the run's own.
    """
    norm, a = attention_norm(run, layer), pattern(run, layer) if a is None else a
    w_v, b_v, w_o = (heads_weight(run.model, layer, name) for name in ("W_V", "b_V", "W_O"))

    def through(x: Tensor) -> Tensor:
        moved: Tensor = a @ ((norm.centre(x) / norm.scale * norm.weight) @ w_v) @ w_o
        return moved

    return through, ((norm.bias @ w_v + b_v)[:, None] @ w_o)[:, 0]


def _check_count(starts: list[Component], layers: int, heads: int, order: int) -> None:
    count = 0
    for start in starts:
        by_order = [1]
        for _ in range(layers if start.layer is None else layers - 1 - start.layer):
            by_order = [a + heads * b for a, b in zip([*by_order, 0], [0, *by_order], strict=True)]
        count += sum(by_order[: order + 1])
    if count > MOST_PATHS:
        raise ValueError(
            f"order: expected at most {MOST_PATHS:,} paths, got {count:,} of up to {order} heads;"
            " a lower order joins the longer ones"
        )
