"""What results take from a run, made small where the model is.

Each function is handed to `Run.read` and gets `activations`, `weight` and `shape` (see
`headstream.models.run_sources`). Where the source travels, its text is sent: it uses torch and other functions of this
module, and nothing else. What it returns, a dict of tensors, is all that comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from headstream.extras import needs_lessons

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from headstream.models.run_sources import Activations, Shape, Weight

    Blocks = Iterator[tuple[slice, Tensor]]


def product(x: Tensor, w: Tensor, out: Tensor | None = None) -> Tensor:
    """x @ w in float32, [n, m], some columns at a time: no matrix in half precision is float32 as a whole, and those of
    a CPU's block stay in its cache (all 50,257 at once took 1.7 times as long).
    """
    out = x.new_empty(len(x), w.shape[1], dtype=torch.float32) if out is None else out
    x, step = x.to(w.device).float(), 2048 if w.device.type == "cpu" else 8192
    for start in range(0, w.shape[1], step):
        out[:, start : start + step] = x @ w[:, start : start + step].float()
    return out


def summed(activations: Activations, names: Sequence[str], at: slice) -> Tensor:
    """The sum of some activations at some positions, float32."""
    found = activations[names[0]][at].float()
    for name in names[1:]:
        found = found + activations[name][at].float()
    return found


def rounded(numbers: Tensor) -> Tensor:
    """Numbers, float32, to 16 significant bits: a byte of each is 0, and packs to nothing."""
    return ((numbers.contiguous().view(torch.int32) + 128) & -256).view(torch.float32)


def capped(logits: Tensor, cap: float | None) -> Tensor:
    """cap · tanh(logits / cap)."""
    return logits if cap is None else cap * torch.tanh(logits / cap)


def lens_blocks(
    activations: Activations,
    weight: Weight,
    shape: Shape,
    rows: Sequence[Sequence[str]],
    positions: range,
    numbers: int,
) -> Blocks:
    """Log probabilities [norm, row, position, d_vocab] of a few of the positions at a time, with their places among
    these, whose numbers are at most `numbers` where one position's are; they are overwritten by the next.

    rows: the names whose sum each row of the stream is; the last is read as the logits are. norm: "own" and "final",
    or one, where the model has no last norm.

    Raises ValueError where that is not so: the model does something else with its stream.
    """
    w_u, b_u, exact = weight("unembed.W_U"), weight("unembed.b_U"), activations["logits"]
    w, b = weight("ln_final.w"), weight("ln_final.b")
    here, norms = w_u.device, 1 if shape.norm is None else 2
    exact = exact.to(here)
    constant = torch.zeros(shape.d_vocab, device=here) if b_u is None else b_u.to(here).float()
    if b is not None:
        constant = constant + product(b[None], w_u)[0]
    half = torch.finfo(activations["ln_final.hook_in"].dtype).eps / 2
    allowed = max(1e-4, 4 * half)
    step = min(len(positions), max(1, numbers // (norms * len(rows) * shape.d_vocab)))
    # One buffer for all blocks: fresh ones of this size would leave holes in the heap that add up to gigabytes.
    buffer = torch.empty(norms * len(rows) * step * shape.d_vocab, device=here)
    scaled = torch.empty(step, shape.d_vocab, device=here)
    for start in range(0, len(positions), step):
        some = positions[start : start + step]
        at = slice(some.start, some.stop)
        stream = torch.stack([summed(activations, row, at).to(here) for row in rows])
        scales = [torch.ones_like(stream[..., :1])]
        if shape.norm is not None:
            stream = stream - stream.mean(-1, keepdim=True) if shape.norm == "LN" else stream
            final = activations["ln_final.hook_scale"][at].to(here).float()
            scales = [(stream.square().mean(-1, keepdim=True) + shape.eps).sqrt(), final.expand_as(scales[0])]
        stream = stream if w is None else stream * w.to(here).float()
        found = (norms, *stream.shape[:2], shape.d_vocab)
        log_prob = buffer[: found[0] * found[1] * found[2] * found[3]].view(found)
        products = log_prob[0]
        product(stream.flatten(0, 1), w_u, products.flatten(0, 1))
        truth = exact[at].float()
        error = (capped(products[-1] / scales[-1][-1] + constant, shape.cap) - truth).abs().max()
        if not error <= allowed * truth.abs().max():
            raise ValueError(
                "the model's logits are not its final stream read through its last norm and W_U (off by"
                f" {float(error):.2g}): a model that rescales its logits, or caps them and does not say so, cannot be"
                " read with this lens."
            )
        # The norms differ by one number for each row and position, so one product serves both; the first norm comes
        # last, for it holds the products.
        for norm in reversed(range(norms)):
            for row in reversed(range(len(rows))):
                logits = truth
                if row < len(rows) - 1:
                    inverse = 1 / scales[norm][row]
                    logits = torch.addcmul(constant, products[row], inverse, out=scaled[: len(some)])
                torch.log_softmax(capped(logits, shape.cap), -1, out=log_prob[norm, row])
        yield slice(start, start + len(some)), log_prob


def best_ids(log_prob: Tensor, top: int) -> Tensor:
    """[..., top]: the ids of the largest of `log_prob` [..., d_vocab], the largest first. They are looked for in the
    `top` stretches of 128 ids with the largest maxima, which takes a quarter of the time.
    """
    size, d_vocab = 128, log_prob.shape[-1]
    whole, every = d_vocab - d_vocab % size, torch.arange(d_vocab, device=log_prob.device)
    maxima = log_prob[..., :whole].view(*log_prob.shape[:-1], -1, size).amax(-1)
    stretches = maxima.topk(min(top, maxima.shape[-1]), dim=-1).indices
    rest = every[whole:].expand(*log_prob.shape[:-1], -1)
    ids = torch.cat([(size * stretches[..., None] + every[:size]).flatten(-2), rest], -1)
    return ids.gather(-1, log_prob.gather(-1, ids).topk(top, dim=-1).indices)


def divergences(log_prob: Tensor) -> tuple[Tensor, Tensor]:
    """Entropy and KL(last row ‖ row), [norm, row, position], nats, of [norm, row, position, d_vocab]."""
    entropy = log_prob.new_empty(log_prob.shape[:3])
    kl, last = torch.empty_like(entropy), log_prob[0, -1]
    prob, terms = last.exp(), torch.empty_like(last)
    for norm in range(len(log_prob)):
        for row, here in enumerate(log_prob[norm]):
            entropy[norm, row] = -torch.exp(here, out=terms).mul_(here).sum(-1)
            # rounding can leave -1e-8
            kl[norm, row] = torch.sub(last, here, out=terms).mul_(prob).sum(-1).clamp(min=0)
    return entropy, kl


def lens_cells(
    activations: Activations,
    weight: Weight,
    shape: Shape,
    rows: Sequence[Sequence[str]],
    positions: range,
    numbers: int,
    top: int,
    wanted: Tensor,
) -> dict[str, Tensor]:
    """The best tokens of each cell of a lens, and some others: nothing of the vocabulary's size comes back.

    wanted: [position, token] ids, -1 for none. To them the top token of the last row is added, as the first.

    ids, log_prob: [norm, row, position, top]. entropy, kl: [norm, row, position]. wanted: [position, token], and
    wanted_log_prob, wanted_rank: [norm, row, position, token], where equal log probabilities have one rank.
    """
    parts: dict[str, list[Tensor]] = {}
    for at, log_prob in lens_blocks(activations, weight, shape, rows, positions, numbers):
        ids = best_ids(log_prob, top)
        best = log_prob.gather(-1, ids)
        ask = torch.cat([ids[0, -1, :, :1], wanted[at].to(ids.device)], 1)
        seen = log_prob.gather(-1, ask.clamp(min=0).expand(*log_prob.shape[:2], -1, -1))
        rank = torch.stack([(log_prob > one[..., None]).sum(-1) for one in seen.unbind(-1)], -1)
        entropy, kl = divergences(log_prob)
        found = {"ids": ids.int(), "log_prob": best, "entropy": entropy, "kl": kl}
        found |= {"wanted_log_prob": seen, "wanted_rank": rank.int()}
        for name, tensor in found.items():
            parts.setdefault(name, []).append(tensor.cpu())
        parts.setdefault("wanted", []).append(ask.int().cpu())
    return {name: torch.cat(blocks, 0 if name == "wanted" else 2) for name, blocks in parts.items()}


def guesses(activations: Activations, weight: Weight, shape: Shape, token_ids: Tensor, top: int) -> dict[str, Tensor]:
    """What is expected at each position from 1 on: ids and log_prob [position, top], best first, and next_log_prob
    [position], of the token that stands there.
    """
    logits = activations["logits"][:-1].float()
    whole = logits.logsumexp(1, keepdim=True)
    best, ids = logits.topk(top, dim=1)
    true = logits.gather(1, token_ids[1:, None].to(logits.device))
    return {"ids": ids.int().cpu(), "log_prob": (best - whole).cpu(), "next_log_prob": (true - whole)[:, 0].cpu()}


def logit_parts(
    activations: Activations,
    weight: Weight,
    shape: Shape,
    position: int,
    target: int | None,
    versus: int | None,
    by_layer: bool = False,
    short: bool = False,
) -> dict[str, Tensor]:
    """What each component adds to a token's logit, less the vocabulary's mean or that of `versus`.

    target: None for the top token at `position`. by_layer: a layer's heads are one component. short: values are
    `rounded`. values: [component, position]. total:
    [position], by the model. target: [1]. direction: [d_model], the column u of W_U. reader: [d_model], what to read
    off the raw stream for u after the last norm, but for its scale. largest: [1], of all |logit|. half: [1], how far
    off a rounding is in the stream's precision.
    """
    logits, w_u, b_u = activations["logits"], weight("unembed.W_U"), weight("unembed.b_U")
    chosen = int(logits[position].argmax()) if target is None else target

    def less(numbers: Tensor) -> Tensor:
        other = numbers.mean(-1, dtype=torch.float32) if versus is None else numbers[..., versus].float()
        return numbers[..., chosen].float() - other

    direction, total = less(w_u), less(logits)
    here, constant = direction.device, 0.0 if b_u is None else float(less(b_u))
    w, b = weight("ln_final.w"), weight("ln_final.b")
    reader = direction if w is None else direction * w.to(here).float()
    reader = reader - reader.mean() if shape.norm == "LN" else reader
    values = component_reads(activations, weight, shape, reader[:, None], by_layer)[..., 0]
    if shape.norm is not None:
        values = values / activations["ln_final.hook_scale"][:, 0].to(values.device).float()
    if b is not None:
        constant += float(b.to(here).float() @ direction)
    values[-1] += constant  # the last component is "bias"
    found = {"values": rounded(values) if short else values, "total": total, "direction": direction, "reader": reader}
    half = torch.finfo(activations["ln_final.hook_in"].dtype).eps / 2
    found |= {"target": torch.tensor([chosen]), "half": torch.tensor([half])}
    return found | {"largest": logits.abs().max().float()[None]}


def component_reads(
    activations: Activations, weight: Weight, shape: Shape, directions: Tensor, by_layer: bool = False
) -> Tensor:
    """[component, position, n] float32: every component's write · each direction, for directions [d_model, n].

    by_layer: the heads of a layer are one component. W_O is folded into the directions first, so no write of d_model
    numbers is formed for a head.
    """
    found, home = [], directions.device
    written = [activations[name] for name in ("hook_embed", "hook_pos_embed") if name in activations]
    found += [(x.float() @ directions.to(x.device))[None].to(home) for x in written]
    bias = torch.zeros_like(directions[:1])
    for layer in range(shape.layers):
        z, w_o = activations[f"blocks.{layer}.attn.hook_z"], weight(f"blocks.{layer}.attn.W_O")
        out = w_o.float() @ directions.to(w_o.device)  # [head, d_head, n]
        heads = (z.to(out.device).float().transpose(0, 1) @ out).to(home)
        found.append(heads.sum(0, keepdim=True) if by_layer else heads)
        b_o = weight(f"blocks.{layer}.attn.b_O")
        bias = bias if b_o is None else bias + b_o.to(home).float()[None] @ directions
        if (mlp := activations.get(f"blocks.{layer}.hook_mlp_out")) is not None:
            added = (mlp.float() @ directions.to(mlp.device))[None].to(home)
            b_out = weight(f"blocks.{layer}.mlp.b_out")
            given = torch.zeros_like(bias) if b_out is None else b_out.to(home).float()[None] @ directions
            found.append(added - given)
            bias = bias + given
    return torch.cat([*found, bias[None].expand(1, found[0].shape[1], -1)])
