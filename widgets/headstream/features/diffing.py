"""Two models read by one crosscoder: which features both have, and which only one ("Sparse crosscoders", 2024).

    f = act(x_before W_enc,1 + x_after W_enc,2 + b_enc),    x̂_before = f W_dec,1 + b_1,    x̂_after = f W_dec,2 + b_2
    r = ‖W_dec,2‖ / (‖W_dec,1‖ + ‖W_dec,2‖)

A feature with r near 0 is the first model's alone, one near 1 the second's, one near 1/2 is shared. Its places are
called "before" and "after".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.activations import activations
from headstream.features.dictionaries import Dictionary
from headstream.features.learning import train_dictionaries
from headstream.models.runs import checked_model

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

PLACES = ("before", "after")
Texts = Callable[[int], npt.NDArray[np.int64]]  # token ids [text, position] of a step
SITE = "ln_final.hook_in"
TOGETHER = 8  # steps whose texts are read at once: a small model takes longer to be called than to read them


@torch.no_grad()
def both(before: TransformerBridge, after: TransformerBridge, texts: npt.ArrayLike, site: str = SITE) -> Tensor:
    """What two models hold at one hook, on the same texts: [text, position, 2, d].

    texts: token ids [text, position]. Raises ValueError for models of other widths, and a hook that is not there.
    """
    ids = torch.from_numpy(np.asarray(texts, np.int64))
    seen = [activations(checked_model(model), ids, [site])[site] for model in (before, after)]
    if seen[0].shape != seen[1].shape:
        raise ValueError(f"after: expected a model as wide as the first, {seen[0].shape[-1]}, got {seen[1].shape[-1]}")
    return torch.stack(seen, 2)


def diff(
    before: TransformerBridge,
    after: TransformerBridge,
    texts: Texts,
    *,
    features: int = 128,
    k: int = 8,
    site: str = SITE,
    steps: int = 600,
    lr: float = 3e-3,
    seed: int = 0,
    **settings: Any,
) -> Dictionary:
    """A crosscoder of two models, trained on texts that both read.

    texts: token ids [text, position] of a step's number, as many at every step.

    The first position of each text is left out: it is the same in all. settings: of `fit`, such as quiet= and show=.
    Raises as `both` and `headstream.train_dictionaries`.
    """

    held: dict[int, Tensor] = {}

    def draw(step: int) -> dict[str, Tensor]:
        first = step - step % TOGETHER
        if first not in held:
            asked = [np.asarray(texts(each), np.int64) for each in range(first, first + TOGETHER)]
            for each in asked:
                checks.shape("texts", each, asked[0].shape, "text, position")
            seen = both(before, after, np.concatenate(asked), site)[:, 1:]
            held.clear()
            held[first] = seen.unflatten(0, (len(asked), -1)).flatten(1, 2)
        return dict(zip(PLACES, held[first][step - first].unbind(1), strict=True))

    d = draw(0)[PLACES[0]].shape[1]
    made = Dictionary("before and after", PLACES, PLACES, d, d, features, k=k, seed=seed)
    train_dictionaries([made], draw, steps, lr=lr, **settings)
    return made.requires_grad_(False)


@torch.no_grad()
def loss_without(
    model: TransformerBridge, crosscoder: Dictionary, seen: Tensor, texts: npt.ArrayLike, features: npt.ArrayLike
) -> npt.NDArray[np.float32]:
    """The second model's loss [text, position - 2] of each token from the third on, nats, where what some features
    write into it is taken out of its stream.

    seen: `both` of the texts. features: their numbers; none of them leaves the model as it is. The stream is at
    `SITE`, so that a feature's write f W_dec,2 is simply subtracted there.
    """
    ids, chosen = torch.from_numpy(np.asarray(texts, np.int64)), checks.whole_numbers("features", features)
    taken = crosscoder.encode(seen)[..., chosen] @ crosscoder.W_dec[chosen, 1]
    taken[:, 0] = 0
    logits = model.run_with_hooks(ids, fwd_hooks=[(SITE, lambda x, hook: x - taken)])[:, 1:-1].float()
    found = torch.nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, 2:].flatten(), reduction="none")
    loss: npt.NDArray[np.float32] = found.view(len(ids), -1).numpy()
    return loss


@dataclass(frozen=True)
class Planted:
    """Sparse features in two made-up models, of which it is known whose they are.

    directions: [feature, 2, d]: what each writes in either, of length `lengths` [feature, 2]. Each is on at a place
    with probability `probability`, at a size from 1/2 to 3/2, in both models at once.
    """

    directions: npt.NDArray[np.float32]
    lengths: npt.NDArray[np.float32]
    probability: float = 0.05
    seed: int = 0

    def draw(self, step: int, rows: int = 512) -> dict[str, Tensor]:
        """Activations [row, d] in both, by the number of a step."""
        random = np.random.default_rng((self.seed, step))
        count = len(self.directions)
        f = random.uniform(0.5, 1.5, (rows, count)) * (random.uniform(size=(rows, count)) < self.probability)
        seen = torch.from_numpy(np.einsum("rf,fsd->srd", f, self.directions)).float()
        return dict(zip(PLACES, seen, strict=True))

    @property
    def shares(self) -> npt.NDArray[np.float32]:
        """r [feature], as it is."""
        found: npt.NDArray[np.float32] = self.lengths[:, 1] / self.lengths.sum(1)
        return found

    def found(self, crosscoder: Dictionary) -> npt.NDArray[np.float32]:
        """r [feature] of the decoder that points most nearly where each planted one does, in both models together."""
        decoders = crosscoder.W_dec.detach().numpy()
        flat, true = decoders.reshape(len(decoders), -1), self.directions.reshape(len(self.directions), -1)
        cosines = true @ flat.T / np.linalg.norm(flat, axis=1)
        norms = np.linalg.norm(decoders, axis=2)[cosines.argmax(1)]
        shares: npt.NDArray[np.float32] = norms[:, 1] / norms.sum(1)
        return shares


def planted(
    shared: int = 12, exclusive: int = 4, weak: int = 0, *, weak_length: float = 0.25, d: int = 24, seed: int = 0
) -> Planted:
    """Features of two made-up models: `shared` in both, `exclusive` of either alone, and `weak` ones that are in both,
    in the first at `weak_length` of the second's. Directions are random, and other ones in either model.
    """
    random = np.random.default_rng(seed)
    lengths = np.ones((shared + 2 * exclusive + weak, 2), np.float32)
    lengths[shared : shared + exclusive, 1] = lengths[shared + exclusive : shared + 2 * exclusive, 0] = 0
    lengths[len(lengths) - weak :, 0] = weak_length
    directions = random.normal(size=(len(lengths), 2, d))
    directions *= (lengths / np.linalg.norm(directions, axis=2))[..., None]
    return Planted(directions.astype(np.float32), lengths, seed=seed)
