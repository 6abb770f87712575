"""A model's weights as the framework reads them: one head's matrices, its QK and OV, embedding and unembedding.

All are float32. Vectors are rows, so a head reads x W_V and writes x W_V W_O; the paper's columns turn every product
around: its W_O W_V is the transpose of our W_V W_O. Heads that share keys and values are unpacked: every head has its
own W_K and W_V, equal within a group. What a norm or a multiplier does before or after a matrix is not in it (load a
model with `fold=True` to have the LayerNorms' weights in the matrices).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from headstream import checks
from headstream.extras import needs_lessons
from headstream.models.runs import checked_model, ungrouped

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


@dataclass(frozen=True, eq=False)
class LowRank:
    """A matrix [n, m] held as the product of its factors; nothing of n x m numbers is formed unless asked for.

    left: [n, rank]. right: [rank, m]. `@` with a matrix or another LowRank stays low rank.
    """

    left: Tensor
    right: Tensor

    def __post_init__(self) -> None:
        shapes = (tuple(self.left.shape), tuple(self.right.shape))
        if self.left.ndim != 2 or self.right.ndim != 2 or shapes[0][1] != shapes[1][0]:
            raise ValueError(f"LowRank: expected factors [n, rank] and [rank, m], got {shapes[0]} and {shapes[1]}")

    def __repr__(self) -> str:
        return f"LowRank matrix {list(self.shape)} of rank at most {self.left.shape[1]}"

    @property
    def shape(self) -> tuple[int, int]:
        return self.left.shape[0], self.right.shape[1]

    @property
    def T(self) -> LowRank:
        """The transpose."""
        return LowRank(self.right.T, self.left.T)

    def __matmul__(self, other: Tensor | LowRank) -> LowRank:
        if not isinstance(other, LowRank):
            return LowRank(self.left, self.right @ other)
        middle = self.right @ other.left
        if middle.shape[0] < middle.shape[1]:  # the smaller of the two ranks
            return LowRank(self.left, middle @ other.right)
        return LowRank(self.left @ middle, other.right)

    def __rmatmul__(self, other: Tensor) -> LowRank:
        return LowRank(other @ self.left, self.right)

    def matrix(self) -> Tensor:
        """[n, m]: the product, formed."""
        return self.left @ self.right

    def trace(self) -> float:
        """The sum of the diagonal, and of the eigenvalues: tr(AB) = tr(BA). Raises ValueError if not square."""
        return float(self._turned().trace())

    def eigenvalues(self) -> Tensor:
        """[rank] complex128, largest first: those of the small BA, which are AB's own but for zeros.

        Raises ValueError for a matrix that is not square.
        """
        found: Tensor = torch.linalg.eigvals(self._turned())
        return found[found.abs().argsort(descending=True)]

    def norm(self) -> float:
        """The Frobenius norm: √tr((AᵀA)(BBᵀ))."""
        left, right = self.left.double(), self.right.double()
        return float(((left.T @ left) * (right @ right.T)).sum().clamp(min=0).sqrt())

    def svd(self) -> tuple[Tensor, Tensor, Tensor]:
        """U [n, rank], S [rank] (largest first), Vh [rank, m], with U diag(S) Vh the matrix; float32.

        By the QR of each factor, so that only a matrix of rank x rank is decomposed.
        """
        left, inner_left = torch.linalg.qr(self.left.double())
        right, inner_right = torch.linalg.qr(self.right.double().T)
        u, s, vh = torch.linalg.svd(inner_left @ inner_right.T, full_matrices=False)
        return (left @ u).float(), s.float(), (vh @ right.T).float()

    def _turned(self) -> Tensor:
        """BA [rank, rank], float64."""
        if self.shape[0] != self.shape[1]:
            raise ValueError(f"LowRank: expected a square matrix, got {list(self.shape)}")
        return self.right.double() @ self.left.double()


class Head(NamedTuple):
    """One head. W_Q, W_K, W_V: [d_model, d_head]. W_O: [d_head, d_model]. b_Q, b_K, b_V: [d_head], 0 without biases."""

    W_Q: Tensor
    W_K: Tensor
    W_V: Tensor
    W_O: Tensor
    b_Q: Tensor
    b_K: Tensor
    b_V: Tensor

    @property
    def qk(self) -> LowRank:
        """W_Q W_Kᵀ [d_model, d_model]: x qk yᵀ is how much x looks for y, without biases and the division by √d_head.

        The paper's W_QK = W_Qᵀ W_K in columns. Where positions are rotary the head turns queries and keys first, by
        angles that grow with their distance: this is the matrix at distance 0.
        """
        return LowRank(self.W_Q, self.W_K.T)

    @property
    def ov(self) -> LowRank:
        """W_V W_O [d_model, d_model]: x ov is what the head writes when it attends to x, but for b_V W_O.

        The paper's W_OV = W_O W_V in columns, the transpose of this one.
        """
        return LowRank(self.W_V, self.W_O)


def head_weights(model: TransformerBridge, layer: int, head: int) -> Head:
    """The weights of one head. Raises IndexError for a layer or head that the model does not have."""
    layer = checks.index("layer", layer, checked_model(model).cfg.n_layers)
    head = checks.index("head", head, model.cfg.n_heads)
    return Head(*(heads_weight(model, layer, name)[head] for name in Head._fields))


@torch.no_grad()
def heads_weight(model: TransformerBridge, layer: int, name: str) -> Tensor:
    """One of `Head`'s weights for all heads of a layer, [head, ...]."""
    attention: Any = model.blocks[layer].attn
    weight = getattr(attention, name)
    if weight is None:  # a bias that the model does without
        return torch.zeros_like(attention.W_O[:, :, 0], dtype=torch.float32)
    return ungrouped(weight.detach().float(), model.cfg.n_heads)


def checked_circuits(model: TransformerBridge, kind: str) -> Any:
    """The model itself, if its heads' circuits ("ov" or "qk") are products of its matrices.

    Errors: ValueError for a model that norms, scales or caps something on the way (a LayerNorm before a block is none
    of these: it is left out, see above).
    """
    cfg = checked_model(model).cfg
    expected = f"model: expected one whose {kind.upper()} circuits are products of its matrices, got one that"
    if kind == "ov":
        scales = {float(getattr(block, "residual_contribution_scale", None) or 1) for block in model.blocks}
        if scales - {1.0} or any(hasattr(block, "ln1_post") for block in model.blocks):
            raise ValueError(f"{expected} norms or scales what its heads write")
        if not hasattr(model, "ln_final"):
            raise ValueError(f"{expected} norms its stream after every block")
    elif any(hasattr(block.attn, "q_norm") for block in model.blocks):
        raise ValueError(f"{expected} norms its queries and keys")
    cap, what = {"ov": ("output_logits_soft_cap", "logits"), "qk": ("attn_scores_soft_cap", "attention scores")}[kind]
    if (getattr(cfg, cap, None) or -1) > 0:
        raise ValueError(f"{expected} caps its {what}")
    return model


def full_qk(model: TransformerBridge, layer: int, head: int) -> LowRank:
    """W_E W_Q W_Kᵀ W_Eᵀ [d_vocab, d_vocab]: how much the token of a row, as query, looks for that of a column, as key.

    The paper's W_Eᵀ W_QK W_E, the query on the left in both. Positions, biases and the division by √d_head are not in
    it.
    """
    w_e = embedding(model)
    return w_e @ head_weights(model, layer, head).qk @ w_e.T


def full_ov(model: TransformerBridge, layer: int, head: int) -> LowRank:
    """W_E W_V W_O W_U [d_vocab, d_vocab]: what attending to the token of a row adds to the logit of that of a column.

    The paper's W_U W_OV W_E in columns, the transpose: there the token attended to is the column.
    """
    return embedding(model) @ head_weights(model, layer, head).ov @ unembedding(model)[0]


@torch.no_grad()
def embedding(model: TransformerBridge) -> Tensor:
    """W_E [d_vocab, d_model]: a token's row is what it writes into the stream, in a model that does not scale it."""
    found: Tensor = checked_model(model).W_E.detach().float()
    return found


@torch.no_grad()
def positions(model: TransformerBridge) -> Tensor | None:
    """W_pos [n_ctx, d_model], or None in a model that writes no positions into its stream (rotary, ALiBi)."""
    if getattr(checked_model(model).cfg, "positional_embedding_type", None) != "standard":
        return None
    found: Tensor = model.W_pos.detach().float()
    return found


@torch.no_grad()
def unembedding(model: TransformerBridge) -> tuple[Tensor, Tensor]:
    """W_U [d_model, d_vocab] and b_U [d_vocab]."""
    return checked_model(model).W_U.detach().float(), model.b_U.detach().float()
