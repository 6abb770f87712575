"""The stream after an attention layer in which one head's write is replaced by its mean over a text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    stream, z = np.array([[0.0, 0], [5, 6]]), np.array([[[1.0], [0]], [[2], [0]]])
    text, W_O = np.array([[[3.0], [0]], [[4], [0]], [[8], [0]]]), np.array([[[1.0, 0]], [[0, 1]]])
    yield Case((stream, z, text, W_O, 0), np.array([[4.0, 0], [8, 6]]), "In a small example, your stream")
    for size, head, length, width, d_head, d_model in ((4, 1, 7, 3, 2, 5), (3, 3, 5, 4, 6, 2), (1, 0, 2, 2, 3, 4)):
        stream = 2 * rng.normal(size=(size, d_model))
        z, text = (rng.normal(size=(n, width, d_head)) + rng.normal(size=(width, d_head)) for n in (size, length))
        W_O = rng.normal(size=(width, d_head, d_model))
        yield Case((stream, z, text, W_O, head), _summed(stream, z, text, W_O, head), "Your stream")


def _summed(stream: np.ndarray, z: np.ndarray, text: np.ndarray, W_O: np.ndarray, head: int) -> np.ndarray:
    """Number by number: what the head wrote is taken away, and a share of each of its writes in the text is added."""
    found = stream.copy()
    for position in range(len(stream)):
        for k in range(W_O.shape[1]):
            found[position] -= z[position, head, k] * W_O[head, k]
            for other in text:
                found[position] += other[head, k] * W_O[head, k] / len(text)
    return found


EXERCISE = Exercise(
    name="mean_ablated",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "What the head writes is z[:, head] @ W_O[head], at each position of its own. Take it out of the stream.",
        "The mean over the text is one vector, text[:, head].mean(0) @ W_O[head]. It goes in at every position.",
        "In one step: stream + (text[:, head].mean(0) - z[:, head]) @ W_O[head].",
    ),
    solution="""\
def mean_ablated(stream, z, text, W_O, head):
    usual = text[:, head].mean(0)
    return stream + (usual - z[:, head]) @ W_O[head]


mean_checked = hs.check("mean_ablated", mean_ablated)""",
    cases=cases,
    mistakes=(
        Mistake("You set the head to zero. Its mean over the text is to stand there instead.", {"usual - z": "-z"}),
        Mistake(
            "You took the mean over this prompt. Then the prompt still speaks; take it over the text.",
            {"text[:, head].mean(0)": "z[:, head].mean(0)"},
        ),
        Mistake(
            "You added the mean and left what the head wrote in the stream. Take that out.",
            {"(usual - z[:, head])": "(usual - 0 * z[:, head])"},
        ),
        Mistake("Your sign is turned: the write goes out, the mean comes in.", {"stream + ": "stream - "}),
        Mistake(
            "You changed all heads. Only the one that is asked for is to change.",
            {"(usual - z[:, head]) @ W_O[head]": '__import__("torch").einsum("phd,hdm->pm", text.mean(0) - z, W_O)'},
        ),
        Mistake(
            "You replaced what the head writes by a sum over the text. Divide by how many positions it has.",
            {".mean(0)": ".sum(0)"},
        ),
        Mistake(
            "You took the mean over the heads as well. Every head has its own.",
            {"text[:, head].mean(0)": "text.mean((0, 1))"},
        ),
        Mistake(
            "That is the change alone. The stream with the change is wanted.",
            {"stream + (usual": "(usual"},
        ),
    ),
    passed="Your stream is right: what the head always writes stays, and what it said of this prompt is gone.",
)
