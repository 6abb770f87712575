"""F18 and F19: bandwidth of the stream, and what clears it."""

from __future__ import annotations

from headstream.claims.claim import Found, claim
from headstream.claims.given import model, page
from headstream.framework.heads import present_token_null, present_token_scores
from headstream.framework.memory import neuron_cosines, ov_signs, ov_signs_null

LESSON = "13-mlps"
NAME = "gelu-4l"


@claim(
    "F18",
    LESSON,
    "Far more neurons write before the middle of a model than the stream has dimensions.",
    measured="neurons for each dimension before the middle layer of our model; null: 1, a dimension for each",
    paper="100 times at layer 25 of 50; an MLP has 4 times",
)
def bandwidth() -> Found:
    cfg = model(NAME).cfg
    ratio = cfg.d_mlp / cfg.d_model
    note = f"With 50 layers of this shape it were {25 * ratio:.0f}."
    return Found(cfg.n_layers // 2 * ratio, 1, cfg.n_layers // 2 * ratio > 1, note)


@claim(
    "F19a",
    LESSON,
    "Some neurons clear what they read.",
    measured="the least cosine of a neuron's key and value; null: the least of shuffled pairs",
    paper="some neurons have very negative cosines",
)
def clearing_neurons() -> Found:
    cosines, shuffled = neuron_cosines(model(NAME)), neuron_cosines(model(NAME), shuffled=True)
    below = int((cosines < shuffled.min(1, keepdims=True)).sum())
    note = f"{below} of {cosines.size} neurons are below all shuffled pairs of their layer."
    ours, null = float(cosines.min()), float(shuffled.min())
    return Found(ours, null, ours < 2 * null, note, "No cosine is twice as negative as those of shuffled pairs.")


@claim(
    "F19b",
    LESSON,
    "Some heads clear what they read: negative eigenvalues, and attention to the present token.",
    measured="most attention to the present token of the heads whose Σλ / Σ|λ| of W_V W_O is below all shuffled pairs; "
    "null: an even head",
    paper="some heads do both",
)
def clearing_heads() -> Found:
    signs, shuffled, present = ov_signs(model(NAME)), ov_signs_null(model(NAME)), present_token_scores(page(NAME))
    negative = signs < shuffled.min()
    ours, null = float(present[negative].max(initial=0)), present_token_null(page(NAME))
    why = "Such heads clear mostly what they read elsewhere; the two halves of the claim come apart."
    return Found(ours, null, ours > 0.5 > null, f"{negative.sum()} of {signs.size} heads are that negative.", why)
