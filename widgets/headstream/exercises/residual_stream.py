"""The exercises of lesson 02: the residual stream."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.answers import Wrong, agree, call, describe
from headstream.exercises.engine import Exercise
from headstream.exercises.small_models import random_ids, random_model


def _stream_writes(answer: Any) -> str:
    import torch

    model = random_model(n_layers=2)
    _, cache = model.run_with_cache(random_ids(model)[None], remove_batch_dim=True)
    returned = call(answer, model, cache)
    if isinstance(returned, list | tuple):
        raise Wrong("Return one array, not a list: torch.stack(parts) has the shape [component, position, d_model].")

    def writes(heads: Any, bias: Any) -> Any:
        """The right order: embedding, position, every head of every layer, the biases."""
        return torch.cat([embeddings, heads, bias.expand_as(embeddings[0])[None]])

    with torch.no_grad():
        embeddings = torch.stack([cache["hook_embed"], cache["hook_pos_embed"]])
        z = torch.stack([cache["z", 0], cache["z", 1]]).transpose(1, 2)  # [layer, head, position, d_head]
        v = torch.stack([cache["v", 0], cache["v", 1]]).transpose(1, 2)
        each = z @ model.W_O
        heads, bias, nothing = each.flatten(0, 1), model.b_O.sum(0), torch.zeros(())
        right = writes(heads, bias)
        mistakes = [
            (
                writes(heads, nothing),
                "The biases are missing: the last row is zero. Each attention layer adds its b_O once, at every "
                "position.",
            ),
            (
                torch.cat([embeddings, heads]),
                "The biases are missing. They are all zero in attn-only-2l but not here: the last row is model.b_O "
                "summed over layers.",
            ),
            (
                writes(heads, model.b_O[0]),
                "Only the first layer's bias is there. Every layer has its own: sum b_O over the layers.",
            ),
            (
                writes((v @ model.W_O).flatten(0, 1), bias),
                "You used the values v. A head writes z @ W_O, and z is v mixed by the attention pattern.",
            ),
            (writes((z @ model.W_O[0]).flatten(0, 1), bias), "You used the W_O of layer 0 in both layers."),
            (
                writes(each.transpose(0, 1).flatten(0, 1), bias),
                "Your heads come in the wrong order: all heads of layer 0, then all of layer 1.",
            ),
            (
                right.cumsum(0),
                "You return the stream after each write. Return each write alone: the reader of your array adds up.",
            ),
            (right.sum(0), "You return only the sum. Return every write: [component, position, d_model]."),
            (right[2:], "The embedding and the position are missing. They are the first two writes."),
            (right[[0, *range(2, len(right))]], "The position embedding is missing. It is the second write."),
            (writes(each.sum(1), bias), "You return one row for each layer. Return one for each head."),
        ]
        agree(returned, right, mistakes, what="Your array of writes")
        agree(returned.sum(0), cache["resid_post", 1], what="The sum of your writes")
    return (
        "Every write is right, and together they are the final stream of a random model with biases that are not zero."
    )


STREAM_WRITES = Exercise(
    name="stream_writes",
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


checked = hs.check("stream_writes", writes_by_hand)""",
    test=_stream_writes,
)


def _logit_parts(answer: Any) -> str:
    import torch

    rng = np.random.default_rng()
    W_U = torch.from_numpy(rng.normal(size=(8, 17)) + rng.normal(size=(8, 1)))
    token = int(rng.integers(8))  # a row of W_U too: an answer that takes one is told so
    centred = W_U - W_U.mean(1, keepdim=True)
    known = torch.stack([centred[:, token], torch.zeros(8, dtype=W_U.dtype), -2 * centred[:, token]])
    for parts in (torch.from_numpy(rng.normal(size=(5, 8))), known):
        right = parts @ centred[:, token]
        mistakes = [
            (
                parts @ W_U[:, token],
                "These are raw logits. Take away the vocabulary's mean: subtract the mean column of W_U.",
            ),
            (
                parts @ (W_U[:, token] - W_U[:, token].mean()),
                "You subtracted the mean over d_model. The mean to take away is the one over the vocabulary, "
                "W_U.mean(1).",
            ),
            (
                parts @ W_U[:, token] - (parts @ W_U[:, token]).mean(),
                "You subtracted the mean of your parts from them. Subtract from each part its own mean over the "
                "vocabulary.",
            ),
            (right.cumsum(0), "These are running sums. Return what each component adds alone."),
            (right.sum(), "You return only the sum. Return one number for each component."),
            (
                right / centred[:, token].norm(),
                "The parts are divided by the length of the direction. A logit is a plain dot product.",
            ),
            (parts @ centred, "You took every token's logit. Pick the column of the one token."),
            ((parts @ W_U).softmax(-1)[:, token], "A softmax does not split into parts. Stay with logits."),
        ]
        agree(call(answer, parts, W_U, token), right, mistakes, what="Your array of parts")
    return "Right on random writes, and on writes made along the token's own direction."


LOGIT_PARTS = Exercise(
    name="logit_parts",
    difficulty=2,
    minutes=8,
    hints=(
        "A logit is the dot product of the final stream with one column of W_U. The stream is a sum, so the "
        "dot product is one too.",
        "The vocabulary's mean logit is the dot product with the mean column, W_U.mean(1). So use W_U[:, "
        "token] - W_U.mean(1).",
        "writes is [component, d_model]: one matrix times one vector, writes @ (W_U[:, token] - W_U.mean(1)).",
    ),
    solution="""\
def logit_parts(writes, W_U, token):
    return writes @ (W_U[:, token] - W_U.mean(1))


hs.check("logit_parts", logit_parts)""",
    test=_logit_parts,
)


def _projection(answer: Any) -> str:
    import torch

    rng = np.random.default_rng()
    r, a = torch.from_numpy(rng.normal(size=(4, 7))), torch.from_numpy(rng.normal(size=7) * 3)
    returned = call(answer, r, a)
    if not isinstance(returned, tuple | list) or len(returned) != 2:
        raise Wrong(
            f"Return two things, the coordinate and the vector: `return coordinate, vector`. Got {describe(returned)}."
        )
    dot, length = r @ a, a.norm()
    agree(
        returned[0],
        dot / length,
        [
            (dot, "Your coordinate is the plain dot product. It doubles when a doubles: divide by the length of a."),
            (
                dot / length**2,
                "You divided the coordinate by the squared length. That is how many copies of a there are; divide by "
                "‖a‖ once.",
            ),
            (
                dot / length / r.norm(dim=-1),
                "Your coordinate is a cosine. Do not divide by the length of r: a longer r has more of a in it.",
            ),
        ],
        what="Your coordinate",
    )
    vector = dot[:, None] / length**2 * a
    agree(
        returned[1],
        vector,
        [
            (dot[:, None] * a, "Your vector is (a·r) a. Divide by a·a, or it grows with the length of a."),
            (
                dot[:, None] / length * a,
                "Your vector is the coordinate times a. The coordinate goes with the unit vector a/‖a‖.",
            ),
            (
                dot[:, None] / (r * r).sum(-1, keepdim=True) * r,
                "You projected a onto r. It is r that is projected onto a.",
            ),
            (r - vector, "That is what is left of r when its part along a is taken away. Return the part along a."),
        ],
        what="Your vector",
    )
    return "Right for four random vectors and a direction that is not of length 1."


PROJECTION = Exercise(
    name="projection",
    difficulty=1,
    minutes=6,
    hints=(
        "r @ a is one dot product for each position. Both answers start from it.",
        "The coordinate is r @ a / a.norm(). The vector has that length along the unit vector a / a.norm().",
        "(r @ a)[:, None] makes a column, so that it can multiply the row a: vector = (r @ a)[:, None] / (a @ a) * a.",
    ),
    solution="""\
def projection(r, a):
    coordinate = r @ a / a.norm()
    vector = coordinate[:, None] * a / a.norm()
    return coordinate, vector


hs.check("projection", projection)""",
    test=_projection,
)


def _two_updates(answer: Any) -> str:
    import torch

    rng = np.random.default_rng()
    r, P, Q = (torch.from_numpy(rng.normal(size=size)) for size in ((4, 6), (6, 6), (6, 6)))

    def attn(x: Any) -> Any:
        return x.cumsum(0) @ P

    def mlp(x: Any) -> Any:
        return (x @ Q).relu() + 1

    returned = call(answer, r, attn, mlp)
    if not isinstance(returned, tuple | list) or len(returned) != 2:
        raise Wrong(f"Return two arrays: `return sequential, parallel`. Got {describe(returned)}.")
    middle = r + attn(r)
    sequential, parallel = middle + mlp(middle), middle + mlp(r)
    agree(
        returned[0],
        sequential,
        [
            (
                parallel,
                "Your sequential block is the parallel one: its MLP must read the stream after attention has written.",
            ),
            (mlp(middle), "In your sequential block the MLP replaces the stream. Add what it writes to what it read."),
            (
                r + mlp(middle),
                "Your sequential block has lost what attention wrote. The MLP adds to r + attn(r), not to r.",
            ),
            (middle + mlp(attn(r)), "Your MLP reads what attention wrote, not the stream: it must read r + attn(r)."),
            (attn(r) + mlp(attn(r)), "Your sequential block has no stream: nothing adds r."),
        ],
        what="Your sequential update",
    )
    agree(
        returned[1],
        parallel,
        [
            (sequential, "Your parallel block is the sequential one: attention and MLP must both read r."),
            (attn(r) + mlp(r), "Your parallel block has lost r: r + attn(r) + mlp(r)."),
            (r + middle + mlp(r), "You added r twice in the parallel block."),
        ],
        what="Your parallel update",
    )
    return "Both right, for a random attention and a random MLP."


TWO_UPDATES = Exercise(
    name="two_updates",
    difficulty=1,
    minutes=5,
    hints=(
        "Each block adds two writes to r. The two kinds differ only in what the MLP reads.",
        "Parallel: both read r. Sequential: the MLP reads the stream after attention has written, r + attn(r).",
        "middle = r + attn(r); sequential = middle + mlp(middle); parallel = middle + mlp(r).",
    ),
    solution="""\
def two_updates(r, attn, mlp):
    middle = r + attn(r)
    sequential = middle + mlp(middle)
    parallel = middle + mlp(r)
    return sequential, parallel


hs.check("two_updates", two_updates)""",
    test=_two_updates,
)

EXERCISES = (STREAM_WRITES, LOGIT_PARTS, PROJECTION, TWO_UPDATES)
