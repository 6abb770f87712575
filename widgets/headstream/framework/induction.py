"""Two measures of "In-context Learning and Induction Heads" (2022), both from weights alone, each with its null."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.weights import checked_circuits, embedding, full_ov, head_weights
from headstream.models.runs import to_numpy
from headstream.results import Floats

with needs_lessons():
    import torch

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


@torch.no_grad()
def raised_copying_scores(
    model: TransformerBridge, *, length: int = 25, examples: int = 10, seed: int = 0, null: bool = False
) -> Floats:
    """[layer, head] float32, from -1 to 1: the share of the logits that a head raises which is the attended token's.

    Of `length` different random tokens, a head that attends to one of them adds row t of W_E W_V W_O W_U to their
    logits (`full_ov`); less their mean, and negative ones set to 0, the attended token has a share s of the sum. The
    score is 2 s - 1, averaged over tokens and `examples` draws. The most and the least common tokens are left out, as
    in `prefix_matching_scores`. An OV circuit that says nothing of its own token is near 2 / length - 1.

    null: the share of the next token of the list in the attended one's place.

    Raises ValueError for fewer than two tokens or more than there are, and for a model whose OV circuits are no
    products of its matrices.
    """
    cfg = checked_circuits(model, "ov").cfg
    middle = np.arange(cfg.d_vocab // 10, cfg.d_vocab - cfg.d_vocab // 10)
    length, examples = checks.whole("length", length, 2, len(middle)), checks.whole("examples", examples, 1)
    random = np.random.default_rng(seed)
    ids = torch.from_numpy(np.stack([random.permutation(middle)[:length] for _ in range(examples)]))
    found = np.zeros((cfg.n_layers, cfg.n_heads), np.float32)
    for layer in range(cfg.n_layers):
        for head in range(cfg.n_heads):
            ov = full_ov(model, layer, head)
            logits = ov.left[ids] @ ov.right[:, ids].movedim(0, 1)  # [example, attended, token]
            raised = (logits - logits.mean(-1, keepdim=True)).relu()
            own = (raised.roll(-1, 2) if null else raised).diagonal(dim1=1, dim2=2)
            found[layer, head] = float((2 * own / raised.sum(-1).clamp_min(1e-12) - 1).mean())
    return found


@torch.no_grad()
def qk_traces(model: TransformerBridge, previous: npt.ArrayLike, *, null: bool = False) -> Floats:
    """[layer, head] float32, from -1 to 1: how well a head's queries match, token by token, the keys that earlier heads
    make of the token before.

        tr(A Bᵀ) / (‖A‖ ‖B‖),    A = W_E W_Q,    B = Σ over earlier heads of p W_E W_V W_O W_K

    p: `previous` [layer, head], how much each head attends to the token before (`previous_token_scores`). The paper's
    trace of Σ p W_Eᵀ W_QK W_OV W_E, divided by the sizes of its factors, so that heads and models can be compared. 0 in
    the first layer, which has no earlier heads.

    null: the keys are those of another token, the next of the vocabulary.

    Raises ValueError for scores of another shape, and for a model whose circuits are no products of its matrices.
    """
    cfg = checked_circuits(model, "qk").cfg
    checked_circuits(model, "ov")
    weights = checks.finite("previous", previous)
    checks.shape("previous", weights, (cfg.n_layers, cfg.n_heads), "layer, head")
    w_e = embedding(model)
    read = torch.zeros_like(w_e)  # Σ p W_E W_V W_O of all earlier layers
    found = torch.zeros(cfg.n_layers, cfg.n_heads)
    for layer in range(cfg.n_layers):
        heads = [head_weights(model, layer, head) for head in range(cfg.n_heads)]
        for head, own in enumerate(heads):
            asked, offered = w_e @ own.W_Q, (read.roll(1, 0) if null else read) @ own.W_K
            size = asked.norm() * offered.norm()
            found[layer, head] = (asked * offered).sum() / size if size > 0 else 0
        for head, own in enumerate(heads):
            read = read + float(weights[layer, head]) * (w_e @ own.W_V) @ own.W_O
    return to_numpy(found)
