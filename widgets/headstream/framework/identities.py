"""The framework's identities, each a function that returns its error. In float32 an exact identity leaves rounding
only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headstream import checks
from headstream.extras import needs_lessons
from headstream.framework.mlps import activations, value_vectors
from headstream.framework.paths import virtual_head, written_by_paths
from headstream.framework.scores import expand_scores
from headstream.framework.stream import (
    attention_norm,
    each_write,
    final_norm,
    final_stream,
    mixture,
    mlp_write,
    pattern,
    read,
)
from headstream.framework.term_importance import written_by_terms
from headstream.framework.weights import head_weights, unembedding
from headstream.models.runs import Run, checked_run
from headstream.models.runs import run as run_model

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

_TOKENS = 256  # of the vocabulary at once


@torch.no_grad()
def stream_error(run: Run) -> float:
    """The writes of all components sum to the final residual stream.

    Returns the largest |sum - stream| over the largest |number| in the stream.
    """
    stream = final_stream(run)
    total = torch.zeros_like(stream)
    for write in each_write(run):
        total += write
    return _relative((total - stream).abs().max(), stream)


@torch.no_grad()
def logit_error(run: Run) -> float:
    """What the components bring to a logit sums to the logit, for every token of the vocabulary at every position.

    The final LayerNorm's scale is frozen. Returns the largest |sum - logit| over the largest |logit|.
    """
    norm = final_norm(run)
    w_u, b_u = unembedding(run.model)
    error = run.logits.new_zeros(())
    for start in range(0, w_u.shape[1], _TOKENS):
        chosen = slice(start, start + _TOKENS)
        total = read(run, norm.fold(w_u[:, chosen])).sum(0) / norm.scale + norm.bias @ w_u[:, chosen] + b_u[chosen]
        error = torch.maximum(error, (total - run.logits[:, chosen]).abs().max())  # a NaN stays
    return _relative(error, run.logits)


@torch.no_grad()
def path_error(run: Run, order: int | None = None) -> float:
    """All paths from the embeddings sum to the final residual stream, with patterns and LayerNorms' scales frozen.

    Returns the largest |sum - stream| over the largest |number| in the stream; `order` is as in `expand_logit`.
    """
    stream = final_stream(run)
    total = sum((written for _, written in written_by_paths(run, order)), torch.zeros_like(stream))
    return _relative((total - stream).abs().max(), stream)


@torch.no_grad()
def virtual_head_error(run: Run, *heads: tuple[int, int]) -> float:
    """A virtual head is the product of its heads: of the token embeddings it makes what one after the other makes.

    Patterns and LayerNorms' scales are frozen; biases are left out. Returns the largest |difference| over the largest
    |number|. Raises ValueError for fewer than two heads, or heads that do not stand in ever later layers.
    """
    whole = virtual_head(run, *heads)
    start: Tensor = run.cache["hook_embed"].float()
    stepwise = start
    for layer, head in heads:
        norm, weights = attention_norm(run, layer), head_weights(run.model, layer, head)
        read = norm.centre(stepwise) / norm.scale * norm.weight
        stepwise = pattern(run, layer)[head] @ read @ weights.W_V @ weights.W_O
    return _relative((whole.routing @ start @ whole.ov.left @ whole.ov.right - stepwise).abs().max(), stepwise)


@torch.no_grad()
def score_error(run: Run, layer: int, head: int, order: int | None = None) -> float:
    """The terms of a head's attention scores sum to the scores, at every query and every key that it sees.

    Returns the largest |sum - score| over the largest |score|; `order` and errors are those of `expand_scores`.
    """
    found, largest = 0.0, 0.0
    for position in range(len(checked_run(run).tokens)):
        terms = expand_scores(run, layer, head, position=position, order=order)
        found = max(found, float(terms.error.max()))
        largest = max(largest, float(abs(terms.total).max()))
    return found / largest if largest else found


def term_error(run: Run) -> float:
    """The terms of every order of `hs.term_importance` sum to the final residual stream.

    Returns the largest |sum - stream| over the largest |number| in the stream.
    """
    stream = final_stream(run)
    return _relative((written_by_terms(run).sum(0) - stream).abs().max(), stream)


@torch.no_grad()
def head_error(run: Run, layer: int, head: int) -> float:
    """A head is A ⊗ W_OV: it writes A R W_V W_O + b_V W_O.

    R [position, d_model] is what the block's attention reads, after its LayerNorm if it has one. The bias arrives
    whole, for every row of A sums to 1. In the paper's order this is (A ⊗ W_O W_V) · R, and the matrix that takes R's
    numbers, row by row, is kron(A, (W_V W_O)ᵀ); with its (position · d_model)² numbers it is applied and never formed.

    Returns the largest |A R W_V W_O + b_V W_O - write| over the largest |number| in the write. Raises IndexError for a
    layer or head that the model does not have.
    """
    weights = head_weights(checked_run(run).model, layer, head)
    stream = run.cache[f"blocks.{layer}.attn.hook_in"].float()
    moved = (pattern(run, layer)[head] @ stream @ weights.W_V + weights.b_V) @ weights.W_O
    written = mixture(run, layer)[:, head] @ weights.W_O
    return _relative((moved - written).abs().max(), written)


@torch.no_grad()
def mlp_error(run: Run, layer: int) -> float:
    """An MLP writes the sum of its neurons' values, each times the neuron's activation: a W_out, and its bias b_out.

    Returns the largest |a W_out - (output - b_out)| over the largest |number| in the latter. Raises as `activations`.
    """
    total = activations(run, layer) @ value_vectors(run.model, layer)
    written = mlp_write(run, layer)
    return _relative((total - written).abs().max(), written)


@torch.no_grad()
def basis_error(run: Run, model: TransformerBridge) -> float:
    """The same prompt gets the same logits from a model in another basis, as `change_basis` makes it.

    Returns the largest |difference| over the largest |logit|. Raises as `hs.run`, and ValueError for a model of another
    vocabulary.
    """
    other = run_model(model, checked_run(run).token_ids)
    checks.shape("model", other.logits, run.logits.shape, "position, d_vocab")
    return _relative((other.logits - run.logits).abs().max(), run.logits)


def _relative(error: Tensor, numbers: Tensor) -> float:
    """Over the largest of the numbers; no error is no error where all are zero, as in a head that is knocked out."""
    largest = float(numbers.abs().max())
    return float(error) / largest if largest else float(error)
