"""What framework functions return: small frozen dataclasses of numpy arrays with labels.

A result can be printed, tabulated, tested without a browser, and drawn by a view. Nothing here imports torch.
Token labels are exact: a byte that is not a whole character stands as ``<0xF0>``; views make spaces and
newlines visible and join such bytes when they show running text.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Attention:
    """The attention patterns of one run.

    pattern: [layer, head, query, key] float32, every row sums to 1.
    value_norm: [layer, head, key] float32, ‖v‖ of each head's value vector at each source position.
    tokens: one label a position.
    """

    pattern: Floats
    value_norm: Floats
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Component:
    """One writer into the residual stream.

    kind: "embed", "pos_embed", "head", "mlp" or "bias" (all biases together).
    layer: the block it stands in, None for the embeddings and the bias. head: only for kind "head".
    """

    kind: str
    layer: int | None = None
    head: int | None = None

    @property
    def label(self) -> str:
        if self.kind == "head":
            return f"{self.layer}.{self.head}"
        if self.kind == "mlp":
            return f"{self.layer}.mlp"
        return {"embed": "embedding", "pos_embed": "position"}.get(self.kind, self.kind)


@dataclass(frozen=True, eq=False)
class Decomposition:
    """One number read off the residual stream at every position, split over the components that wrote it.

    values: [component, position] float32, what each component adds to the number.
    total: [position] float32, the number itself, computed by the model and not by adding up.
    sources: [head, query, key] float32 or None: what each component of kind "head", in the order of `components`,
        brings from each source position (0 where key > query); summed over keys it is the head's row of `values`
        (where not additive, it is the number for that source alone).
    quantity: the number in words, such as "logit of ' on' less the vocabulary's mean".
    additive: whether the values sum to the total (norms do not).
    position: the position to show first.
    """

    values: Floats
    total: Floats
    sources: Floats | None
    components: tuple[Component, ...]
    tokens: tuple[str, ...]
    quantity: str
    additive: bool
    position: int

    @property
    def error(self) -> Floats:
        """[position]: |sum of the values - total|."""
        difference: Floats = np.abs(self.values.sum(0) - self.total)
        return difference


@dataclass(frozen=True, eq=False)
class LogitLens:
    """The next-token prediction read off the residual stream after every write.

    Rows are the stream after the embedding, after each attention and after each MLP; the last row is the model's own
    output. Of every distribution only some tokens are held: at each position, all that are among the top `top` of any
    row, with the true next token. A cell's top k are the candidates whose rank there is below k.

    norms: how the final LayerNorm is applied, one name for each entry of the leading axis: "own" (each row scaled by
        its own standard deviation), "final" (each row scaled by the last row's: then rows differ by what was written);
        or ("none",) for a model without LayerNorm.
    rows: labels such as "embedding", "0.attn", "0.mlp". row_layer: [row] int32, the block that wrote last (-1: none).
    candidates: [position, candidate] int32 token ids in the order of the last row, best first, padded with -1.
    log_prob: [norm, row, position, candidate] float32, nats (padding: nan). rank: the same shape, int32; 0 is the top
        token (padding: -1). Of equally probable candidates the lower id ranks higher.
    entropy: [norm, row, position] float32, nats. kl: the same shape: KL(last row ‖ this row), nats.
    next_token: [position] int32, the token that follows in the text (-1 at the last position).
    vocabulary: label of every token id among the candidates.
    """

    norms: tuple[str, ...]
    rows: tuple[str, ...]
    row_layer: Ints
    candidates: Ints
    log_prob: Floats
    rank: Ints
    entropy: Floats
    kl: Floats
    next_token: Ints
    vocabulary: dict[int, str]
    tokens: tuple[str, ...]
    top: int


@dataclass(frozen=True, eq=False)
class Ladder:
    """One text read by several models.

    models: their names, in the order they were given.
    next_prob: [model, position] float32, probability of the token at `position` given those before it
        (nan at position 0).
    guesses: [model, position, k] int32, the most probable tokens for that place, best first (-1 at position 0).
    guess_prob: the same shape, float32. vocabulary: label of every guessed token id.
    """

    models: tuple[str, ...]
    next_prob: Floats
    guesses: Ints
    guess_prob: Floats
    vocabulary: dict[int, str]
    tokens: tuple[str, ...]

    @property
    def loss(self) -> Floats:
        """[model]: mean of -log probability over positions 1..., nats per token."""
        loss: Floats = np.asarray(-np.log(self.next_prob[:, 1:]).mean(1), np.float32)
        return loss
