"""The logit lens on every row of a stream."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for sizes in ((2, 3, 4, 5), (4, 3, 9, 13), (1, 1, 6, 7)):
        row, position, d_model, d_vocab = sizes
        writes = rng.normal(size=(row, position, d_model)) + rng.normal(size=(row, position, 1))
        rows = writes.cumsum(0) * rng.uniform(0.5, 2)  # they grow from row to row, and their means are not 0
        W_U, b_U = rng.normal(size=(d_model, d_vocab)) + rng.normal(size=d_vocab), rng.normal(size=d_vocab)
        logits = (rows - rows.mean(-1, keepdims=True)) / rows.std(-1, keepdims=True) @ W_U + b_U
        log_prob = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
        yield Case((rows, W_U, b_U), log_prob, "Your array of log probabilities")
        longer = rows * rng.uniform(2, 3, size=(row, position, 1))
        yield Case((longer, W_U, b_U), log_prob, "With longer vectors, your array")


EXERCISE = Exercise(
    name="lens",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "The three steps are those of the cell above: centre, divide by the scale, multiply by W_U and add b_U. Only "
        "the axes are new: the last axis of `rows` is d_model, and every vector along it is treated alone.",
        "keepdim=True keeps an axis of length 1, so that the subtraction and the division fit: "
        "centred = rows - rows.mean(-1, keepdim=True).",
        "scale = centred.square().mean(-1, keepdim=True).sqrt(); then "
        "return (centred / scale @ W_U + b_U).log_softmax(-1).",
    ),
    solution="""\
def lens(rows, W_U, b_U):
    centred = rows - rows.mean(-1, keepdim=True)
    scale = centred.square().mean(-1, keepdim=True).sqrt()
    return (centred / scale @ W_U + b_U).log_softmax(-1)


lens_checked = hs.check("lens", lens)""",
    cases=cases,
    mistakes=(
        Mistake("These are logits. Take log_softmax over the vocabulary.", {".log_softmax(-1)": ""}),
        Mistake("These are probabilities. Return their logarithms: log_softmax.", {".log_softmax(-1)": ".softmax(-1)"}),
        Mistake(
            "Your softmax runs over the positions. It must run over the vocabulary, the last axis.",
            {".log_softmax(-1)": ".log_softmax(1)"},
        ),
        Mistake(
            "Your softmax runs over the rows. It must run over the vocabulary, the last axis.",
            {".log_softmax(-1)": ".log_softmax(0)"},
        ),
        Mistake(
            "The LayerNorm is missing: W_U was trained to read centred, scaled vectors.",
            {"centred / scale @": "rows @"},
        ),
        Mistake("You centred the rows but did not divide them by their scale.", {"centred / scale": "centred"}),
        Mistake(
            "You did not take away each vector's mean before you divided by its scale.",
            {"centred / scale @": "rows / scale @"},
        ),
        Mistake(
            "That is RMSNorm: the mean is not taken away. LayerNorm centres first.",
            {"rows - rows.mean(-1, keepdim=True)": "rows"},
        ),
        Mistake(
            "torch's std divides by d_model - 1. LayerNorm divides by d_model: std(-1, correction=0, keepdim=True).",
            {"centred.square().mean(-1, keepdim=True).sqrt()": "rows.std(-1, keepdim=True)"},
        ),
        Mistake(
            "You divided by the length ‖x‖. LayerNorm divides by the root of the mean square, ‖x‖ / √d_model.",
            {"centred.square().mean(-1, keepdim=True).sqrt()": "centred.norm(dim=-1, keepdim=True)"},
        ),
        Mistake("You divided by the variance. LayerNorm divides by its square root.", {".sqrt()": ""}),
        Mistake(
            "Every row is divided by the last row's scale. Here each row is divided by its own.",
            {"/ scale @": "/ scale[-1] @"},
        ),
        Mistake(
            "You normalised over the positions. LayerNorm treats each vector alone.",
            {"mean(-1, keepdim=True)": "mean(1, keepdim=True)"},
        ),
        Mistake("The bias b_U is missing.", {" + b_U": ""}),
        Mistake(
            "The bias b_U is divided by the scale too. Only the stream is: add b_U after W_U.",
            {"centred / scale @ W_U + b_U": "(centred @ W_U + b_U) / scale"},
        ),
        Mistake(
            "You took the softmax twice. log_softmax takes logits.",
            {".log_softmax(-1)": ".softmax(-1).log_softmax(-1)"},
        ),
        Mistake(
            "The scale of one whole stream divides all its vectors. Every vector has its own: mean(-1, keepdim=True).",
            {"centred.square().mean(-1, keepdim=True)": "centred.square().mean()"},
        ),
        Mistake("These are bits. Return the natural logarithm.", {"log_softmax(-1)": "log_softmax(-1) / math.log(2)"}),
        Mistake(
            "You read the last row only. Return every row: [row, position, d_vocab].",
            {"(centred / scale @": "((centred / scale)[-1] @"},
        ),
    ),
    passed="Right on a random stream, and unchanged when its vectors are made longer: each row has its own scale.",
)
