"""The logits of a one-layer model, from its weights."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake
from headstream.exercises.small_models import random_ids, random_model

# Models in which one stage after the other begins to count: the first that fails names its stage.
STAGES = (
    (
        r"attn.o.weight|head.bias",
        4,
        "It is the stream or the last line: with heads that write nothing (W_O = 0) and without b_U, the logits are "
        "(W_E[ids] + W_pos[: len(ids)] + b_O) @ W_U.",
    ),
    (
        r"attn.[qk]|head.bias",
        1,
        "The stream is right; what the heads write is not. A single token can only attend to itself, so every head "
        "writes its v @ W_O, and all of them are added up.",
    ),
    (
        r"attn.[qk]|head.bias",
        4,
        "The stream and the values are right; the attention pattern is not. Here all scores are 0, so every token "
        "attends equally to itself and to all before it.",
    ),
    (r"head.bias", 4, "The stream, the mask and the values are right; the attention scores are not."),
    (r"^$", 4, "All is right up to the stream's end; the logits are not. Here b_U is not 0."),
)


def cases(rng: np.random.Generator) -> Iterator[Case]:
    words = "Your array of logits"
    for zero, length, stage in STAGES:
        model = random_model(rng, zero=zero)
        ids = random_ids(rng, model, length)
        yield Case((model, ids), model(ids[None])[0], words, stage)
    larger = random_model(rng, n_heads=3, d_head=4, d_model=8, d_vocab=11, n_ctx=9)
    ids = random_ids(rng, larger, 9)
    ids[2:5] = ids[2]
    stage = "Right on smaller models; not on one of other sizes, with a token that repeats."
    yield Case((larger, ids), larger(ids[None])[0], words, stage)


EXERCISE = Exercise(
    name="forward_pass",
    number=1,
    difficulty=2,
    minutes=15,
    hints=(
        "Start with the stream: model.W_E[ids] + model.W_pos[: len(ids)], of shape [position, d_model]. Then "
        "do for every head what the lesson did for one, and add up. W_Q[0, head] is one head's query matrix, "
        "b_Q[0, head] its bias.",
        "For one head: q = stream @ W_Q + b_Q, k and v likewise; scores = q @ k.T / √d_head; -inf above the "
        "diagonal; softmax over the last axis; then pattern @ v @ W_O. Start from written = model.b_O[0] and "
        "add each head to it.",
        "The last line is: return (stream + written) @ model.W_U + model.b_U. For the mask: "
        "scores.masked_fill(torch.ones_like(scores).triu(1).bool(), -torch.inf).",
    ),
    solution="""\
def forward(model, ids):
    stream = model.W_E[ids] + model.W_pos[: len(ids)]
    written = model.b_O[0]
    for head in range(model.cfg.n_heads):
        q = stream @ model.W_Q[0, head] + model.b_Q[0, head]
        k = stream @ model.W_K[0, head] + model.b_K[0, head]
        v = stream @ model.W_V[0, head] + model.b_V[0, head]
        scores = q @ k.T / model.cfg.d_head**0.5
        future = torch.ones_like(scores).triu(1).bool()
        pattern = scores.masked_fill(future, -torch.inf).softmax(-1)
        written = written + pattern @ v @ model.W_O[0, head]
    return (stream + written) @ model.W_U + model.b_U


forward_checked = hs.check("forward_pass", forward)""",
    cases=cases,
    mistakes=(
        Mistake("Your attention scores are not divided by √d_head.", {" / model.cfg.d_head**0.5": ""}),
        Mistake("You divided the scores by d_head. Divide by its square root, √d_head.", {"d_head**0.5": "d_head"}),
        Mistake(
            "You divided the scores by √d_model. A head's queries and keys have d_head numbers: divide by √d_head.",
            {"d_head**0.5": "d_model**0.5"},
        ),
        Mistake(
            "The causal mask is missing: your positions attend to tokens that come after them.",
            {".masked_fill(future, -torch.inf)": ""},
        ),
        Mistake(
            "You masked after the softmax, so the rows no longer sum to 1. Set the scores above the diagonal to -inf "
            "before the softmax.",
            {".masked_fill(future, -torch.inf).softmax(-1)": ".softmax(-1) * ~future"},
        ),
        Mistake("Your mask is the wrong way round: it hides the past and shows the future.", {".triu(1)": ".tril(-1)"}),
        Mistake(
            "Your softmax runs over the queries. Each query shares out its attention over the keys: the last axis.",
            {".softmax(-1)": ".softmax(0)"},
        ),
        Mistake("Queries and keys are exchanged: scores[i, j] must be query i times key j.", {"q @ k.T": "k @ q.T"}),
        Mistake(
            "You left out the position embedding W_pos. Your model cannot tell the order of its tokens.",
            {" + model.W_pos[: len(ids)]": ""},
        ),
        Mistake(
            "Your positions are off by one: the first token takes row 0 of W_pos.",
            {"model.W_pos[: len(ids)]": "model.W_pos[1 : len(ids) + 1]"},
        ),
        Mistake(
            "Your heads' output replaces the stream. It must be added to it: stream + what the heads write.",
            {"(stream + written)": "written"},
        ),
        Mistake(
            "You averaged the heads. Each head adds to the stream: sum them.",
            {"@ model.W_O[0, head]": "@ model.W_O[0, head] / model.cfg.n_heads"},
        ),
        Mistake(
            "You change the stream inside the loop over heads, so later heads read what earlier ones wrote. All heads "
            "of a layer read the same stream: add up what they write, and add it to the stream after the loop.",
            {
                "written = model.b_O[0]": "stream = stream + model.b_O[0]",
                "written = written +": "stream = stream +",
                "(stream + written)": "stream",
            },
        ),
        Mistake(
            "You change the stream inside the loop over heads: later heads read what earlier ones wrote. Add up what "
            "the heads write first.",
            {"written = written +": "stream = stream +"},
        ),
        Mistake(
            "You hide each token from itself, and leave the first one nothing to attend to. The diagonal stays: "
            "triu(1), not triu(0).",
            {".triu(1)": ".triu(0)"},
        ),
        Mistake("Only the first head is there. Add what every head writes.", {"range(model.cfg.n_heads)": "range(1)"}),
        Mistake("The queries' bias b_Q is missing.", {" + model.b_Q[0, head]": ""}),
        Mistake("The values' bias b_V is missing.", {" + model.b_V[0, head]": ""}),
        Mistake("The bias b_O is missing: the attention layer adds it once, after the heads.", {"model.b_O[0]": "0"}),
        Mistake("The unembedding's bias b_U is missing: it is added to the logits.", {" + model.b_U": ""}),
        Mistake(
            "The biases are missing. They are all zero in attn-only-1l, but not in these random models: b_Q, b_K, b_V, "
            "b_O and b_U.",
            {
                " + model.b_Q[0, head]": "",
                " + model.b_K[0, head]": "",
                " + model.b_V[0, head]": "",
                "model.b_O[0]": "0",
                " + model.b_U": "",
            },
        ),
        Mistake(
            "You added b_O once for each head. The layer adds it once.",
            {"written = model.b_O[0]": "written = 0", "@ model.W_O[0, head]": "@ model.W_O[0, head] + model.b_O[0]"},
        ),
        Mistake(
            "The first token is gone. BOS is a token like the others: keep its position.",
            {"    stream =": "    ids = ids[1:]\n    stream ="},
        ),
        Mistake(
            "You returned probabilities. The logits are what stands before the softmax.",
            {"(stream + written) @ model.W_U + model.b_U": "((stream + written) @ model.W_U + model.b_U).softmax(-1)"},
        ),
    ),
    passed="Your logits are the model's own, on random models of several sizes with biases that are not zero.",
)
