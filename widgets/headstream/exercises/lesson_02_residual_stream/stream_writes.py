"""Everything that writes to the residual stream, each write alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake
from headstream.exercises.small_models import random_ids, random_model


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for length, layers, heads in ((4, 2, 2), (6, 3, 4), (1, 1, 2)):
        model = random_model(rng, n_layers=layers, n_heads=heads)
        _, cache = model.run_with_cache(random_ids(rng, model, length)[None], remove_batch_dim=True)
        z = np.stack([cache["z", layer] for layer in range(model.cfg.n_layers)])  # [layer, position, head, d_head]
        embeddings = np.stack([cache["hook_embed"], cache["hook_pos_embed"]])
        heads = np.einsum("lphd,lhdm->lhpm", z, model.W_O)
        biases = np.broadcast_to(model.b_O.sum(0), embeddings[:1].shape)
        expected = np.concatenate([embeddings, *heads, biases])
        yield Case((model, cache), expected, "Your array of writes")


EXERCISE = Exercise(
    name="stream_writes",
    number=1,
    difficulty=2,
    minutes=12,
    hints=(
        'Start with parts = [cache["hook_embed"], cache["hook_pos_embed"]]. Append what each head writes; '
        "torch.stack(parts) at the end.",
        'cache["z", layer] is [position, head, d_head]: for every head, the values mixed by its attention. A '
        "head writes z[:, head] @ model.W_O[layer, head].",
        "The last row is model.b_O.sum(0), the same at every position: model.b_O.sum(0).expand_as(parts[0]).",
    ),
    solution="""\
def writes_by_hand(model, cache):
    parts = [cache["hook_embed"], cache["hook_pos_embed"]]
    for layer in range(model.cfg.n_layers):
        z = cache["z", layer]
        for head in range(model.cfg.n_heads):
            parts.append(z[:, head] @ model.W_O[layer, head])
    parts.append(model.b_O.sum(0).expand_as(parts[0]))
    return torch.stack(parts)


writes_checked = hs.check("stream_writes", writes_by_hand)""",
    cases=cases,
    mistakes=(
        Mistake(
            "The biases are missing: the last row is zero. Each attention layer adds its b_O once, at every position.",
            {"model.b_O.sum(0).expand_as(parts[0])": "torch.zeros_like(parts[0])"},
        ),
        Mistake(
            "The biases are missing. They are all zero in attn-only-2l but not here: the last row is model.b_O summed "
            "over layers.",
            {"    parts.append(model.b_O.sum(0).expand_as(parts[0]))\n": ""},
        ),
        Mistake(
            "Only the first layer's bias is there. Every layer has its own: sum b_O over the layers.",
            {"model.b_O.sum(0)": "model.b_O[0]"},
        ),
        Mistake(
            "You used the values v. A head writes z @ W_O, and z is v mixed by the attention pattern.",
            {'cache["z", layer]': 'cache["v", layer]'},
        ),
        Mistake(
            "Your biases come first. They are the last row.",
            {"torch.stack(parts)": "torch.stack([*parts[:2], parts[-1], *parts[2:-1]])"},
        ),
        Mistake(
            "Each head has a share of the biases. They are a row of their own, the last.",
            {
                "z[:, head] @ model.W_O[layer, head]": (
                    "z[:, head] @ model.W_O[layer, head] + model.b_O[layer] / model.cfg.n_heads"
                ),
                "    parts.append(model.b_O.sum(0).expand_as(parts[0]))\n": "",
            },
        ),
        Mistake(
            "Every head has its layer's bias b_O. The layer adds it once: it belongs in the last row alone.",
            {"z[:, head] @ model.W_O[layer, head]": "z[:, head] @ model.W_O[layer, head] + model.b_O[layer]"},
        ),
        Mistake(
            "Only the last layer's bias is there. Every layer has its own: add up b_O over the layers.",
            {"model.b_O.sum(0)": "model.b_O[-1]"},
        ),
        Mistake("You used the W_O of layer 0 in both layers.", {"model.W_O[layer, head]": "model.W_O[0, head]"}),
        Mistake(
            "Your heads come in the wrong order: all heads of layer 0, then all of layer 1.",
            {
                "for layer in range(model.cfg.n_layers):": "for head in range(model.cfg.n_heads):",
                '    z = cache["z", layer]\n        for head in range(model.cfg.n_heads):': (
                    '    for layer in range(model.cfg.n_layers):\n            z = cache["z", layer]'
                ),
            },
        ),
        Mistake(
            "You return the stream after each write. Return each write alone: the reader of your array adds up.",
            {"torch.stack(parts)": "torch.stack(parts).cumsum(0)"},
        ),
        Mistake(
            "You return only the sum. Return every write: [component, position, d_model].",
            {"torch.stack(parts)": "sum(parts)"},
        ),
        Mistake(
            "The embedding and the position are missing. They are the first two writes.",
            {"torch.stack(parts)": "torch.stack(parts[2:])"},
        ),
        Mistake("The position embedding is missing. It is the second write.", {', cache["hook_pos_embed"]]': "]"}),
        Mistake(
            "You return one row for each layer. Return one for each head.",
            {
                "for head in range(model.cfg.n_heads):\n            ": "",
                "z[:, head] @ model.W_O[layer, head]": 'torch.einsum("phd,hdm->pm", z, model.W_O[layer])',
            },
        ),
    ),
    passed="Every write is right, and together they are the final stream of a random model with biases that are not "
    "zero.",
)
