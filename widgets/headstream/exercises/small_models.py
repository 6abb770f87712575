"""Small models with random weights, and what each usual mistake makes of them."""

from __future__ import annotations

from typing import Any

import numpy as np

MISTAKES = {
    "unscaled": "Your attention scores are not divided by √d_head.",
    "scaled by d_head": "You divided the scores by d_head. Divide by its square root, √d_head.",
    "scaled by d_model": "You divided the scores by √d_model. A head's queries and keys have d_head numbers: divide by "
    "√d_head.",
    "no mask": "The causal mask is missing: your positions attend to tokens that come after them.",
    "mask after softmax": "You masked after the softmax, so the rows no longer sum to 1. Set the scores above the "
    "diagonal to -inf before the softmax.",
    "mask transposed": "Your mask is the wrong way round: it hides the past and shows the future.",
    "softmax over queries": "Your softmax runs over the queries. Each query shares out its attention over the keys: "
    "the last axis.",
    "queries and keys swapped": "Queries and keys are exchanged: scores[i, j] must be query i times key j.",
    "no positions": "You left out the position embedding W_pos. Your model cannot tell the order of its tokens.",
    "positions off by one": "Your positions are off by one: the first token takes row 0 of W_pos.",
    "no residual": "Your heads' output replaces the stream. It must be added to it: stream + what the heads write.",
    "mean of heads": "You averaged the heads. Each head adds to the stream: sum them.",
    "first head only": "Only the first head is there. Add what every head writes.",
    "no biases": "The biases are missing. They are all zero in attn-only-1l, but not in these random models: b_Q, "
    "b_K, b_V, b_O and b_U.",
    "no b_Q": "The queries' bias b_Q is missing.",
    "no b_V": "The values' bias b_V is missing.",
    "no b_O": "The bias b_O is missing: the attention layer adds it once, after the heads.",
    "no b_U": "The unembedding's bias b_U is missing: it is added to the logits.",
    "b_O in every head": "You added b_O once for each head. The layer adds it once.",
    "first token dropped": "The first token is gone. BOS is a token like the others: keep its position.",
    "probabilities": "You returned probabilities. The logits are what stands before the softmax.",
}


def random_model(**sizes: Any) -> Any:
    """A one-layer attention-only TransformerBridge without LayerNorm, its weights and biases all drawn anew.

    Its sizes are random and all different, so that an axis taken for another shows. `sizes` sets any of them.
    """
    import torch
    from transformer_lens.config import TransformerBridgeConfig
    from transformer_lens.model_bridge import TransformerBridge

    draw = np.random.default_rng().integers
    shape = {"n_layers": 1, "d_model": int(draw(12, 17)), "d_head": int(draw(5, 8)), "n_heads": int(draw(2, 5))}
    shape |= {"d_vocab": 29, "n_ctx": 20, **sizes}
    config = TransformerBridgeConfig(
        **shape, attn_only=True, normalization_type=None, act_fn="relu", positional_embedding_type="standard"
    )
    with torch.random.fork_rng(devices=[]), torch.no_grad():  # the reader's own random numbers stay as they were
        torch.seed()
        model = TransformerBridge.boot_native(config)
        for weights in model.parameters():
            weights.normal_(std=0.5)
        model.unembed.b_U.normal_(std=0.5)  # a buffer, not a parameter
    return model.eval()


def random_ids(model: Any, length: int = 8) -> Any:
    """[position] int64 tensor: tokens drawn without repetition."""
    import torch

    return torch.from_numpy(np.random.default_rng().permutation(model.cfg.d_vocab)[:length])


def logits(model: Any, ids: Any) -> Any:
    """[position, d_vocab]: the model's own logits."""
    import torch

    with torch.no_grad():
        return model(ids[None])[0]


def mistaken_logits(model: Any, ids: Any, mistake: str) -> Any:
    """[position, d_vocab]: the logits of a one-layer model computed with one of MISTAKES (with another word: "
    "with none)."""
    import torch

    if mistake == "first token dropped":
        return mistaken_logits(model, ids[1:], "")
    off = mistake == "positions off by one"
    place = torch.arange(len(ids)) + off
    stream = model.W_E[ids] + (0 if mistake == "no positions" else model.W_pos[place])
    bias = {
        name: (model.b_U if name == "b_U" else getattr(model, name)[0]) * (mistake not in ("no biases", f"no {name}"))
        for name in ("b_Q", "b_K", "b_V", "b_O", "b_U")
    }
    q, k, v = (
        stream @ getattr(model, f"W_{x}")[0] + bias[f"b_{x}"][:, None] for x in "QKV"
    )  # [head, position, d_head]
    if mistake == "queries and keys swapped":
        q, k = k, q
    scale = {"unscaled": 1, "scaled by d_head": q.shape[-1], "scaled by d_model": stream.shape[-1] ** 0.5}
    scores = q @ k.transpose(1, 2) / scale.get(mistake, q.shape[-1] ** 0.5)
    future = torch.ones_like(scores[0]).triu(1).bool()
    future = future.T if mistake == "mask transposed" else future
    if mistake not in ("no mask", "mask after softmax"):
        scores = scores.masked_fill(future, -torch.inf)
    pattern = scores.softmax(-2 if mistake == "softmax over queries" else -1)
    if mistake == "mask after softmax":
        pattern = pattern.masked_fill(future, 0)
    heads = pattern @ v @ model.W_O[0]
    written = {"mean of heads": heads.mean(0), "first head only": heads[0]}.get(mistake, heads.sum(0))
    written = written + bias["b_O"] * (len(heads) if mistake == "b_O in every head" else 1)
    final = written if mistake == "no residual" else stream + written
    result = final @ model.W_U + bias["b_U"]
    return result.softmax(-1) if mistake == "probabilities" else result
