"""The edges from features to the features of a later layer, at another position: all of it by heads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    swap, double = np.array([[0.0, 1], [1, 0]]), np.array([[2.0, 0], [0, 2]])
    by_hand = (
        np.array([3.0]),
        np.array([[1.0, 0]]),
        np.array([[1.0, 0], [0, 1]]),
        np.array([0.5, 0.25]),
        np.array([swap, double]),
        np.array([1.0, 1.0]),
    )
    yield Case(by_hand, np.array([[1.5, 1.5]]), "In a small example, your edges")
    for source, target, head, d_model, scales in (
        (3, 4, 2, 5, (0.6, 2.5)),
        (5, 2, 3, 4, (3, 0.4)),
        (2, 3, 1, 6, (2, 5)),
    ):
        activations, pattern = rng.uniform(0.5, 3, source), np.append(rng.uniform(0.1, 0.9, head - 1), 0.8)
        decoder, encoder = rng.normal(size=(source, d_model)), rng.normal(size=(target, d_model))
        W_OV = rng.normal(size=(head, d_model, d_model))
        arguments = (activations, decoder, encoder, pattern, W_OV, np.array(scales, float))
        yield Case(arguments, _summed(*arguments), "Your edges")


def _summed(
    activations: np.ndarray,
    decoder: np.ndarray,
    encoder: np.ndarray,
    pattern: np.ndarray,
    W_OV: np.ndarray,
    scales: np.ndarray,
) -> np.ndarray:
    """Edge by edge and head by head."""
    found = np.zeros((len(decoder), len(encoder)))
    for source, target in np.ndindex(found.shape):
        for head in range(len(pattern)):
            moved = activations[source] * decoder[source] / scales[0] @ W_OV[head]
            found[source, target] += pattern[head] * moved @ (encoder[target] / scales[1])
    return found


EXERCISE = Exercise(
    name="edge_weights",
    number=1,
    difficulty=2,
    minutes=10,
    hints=(
        "Follow the write: activation times decoder, divided by the first scale, through each head's W_OV times its "
        "pattern, summed over heads; then read it with the encoder, divided by the second scale.",
        "One matrix does what all heads do from this position to that: (pattern[:, None, None] * W_OV).sum(0).",
        "return activations[:, None] * decoder @ heads @ encoder.T / (scales[0] * scales[1]), with that matrix.",
    ),
    solution="""\
def edge_weights(activations, decoder, encoder, pattern, W_OV, scales):
    heads = (pattern[:, None, None] * W_OV).sum(0)
    written = activations[:, None] * decoder / scales[0]
    return written @ heads @ encoder.T / scales[1]


edges_checked = hs.check("edge_weights", edge_weights)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Your edges do not know how strongly each source fires: multiply by its activation.",
            {"activations[:, None] * decoder": "decoder"},
        ),
        Mistake(
            "The pattern is missing: a head moves A times what it reads, not all of it.",
            {"pattern[:, None, None] * W_OV": "W_OV"},
        ),
        Mistake("You took the mean over the heads. They all write into the stream: sum them.", {".sum(0)": ".mean(0)"}),
        Mistake(
            "You divided by the second norm's scale only. What heads read went through a norm too.",
            {"decoder / scales[0]": "decoder"},
        ),
        Mistake(
            "You divided by the first norm's scale only. What the encoder reads went through a norm too.",
            {"encoder.T / scales[1]": "encoder.T"},
        ),
        Mistake(
            "You divided by the first norm's scale twice. The encoder reads behind the second.",
            {"encoder.T / scales[1]": "encoder.T / scales[0]"},
        ),
        Mistake(
            "You multiplied by W_OV from the wrong side. Rows are vectors: write @ W_OV.",
            {"@ heads @": "@ heads.T @"},
        ),
        Mistake(
            "You added the skip. It carries a write to its own position only, and the target is at another.",
            {"(pattern[:, None, None] * W_OV).sum(0)": "(pattern[:, None, None] * W_OV).sum(0) + "
             "__import__('torch').eye(W_OV.shape[1]).to(W_OV)"},
        ),
        Mistake(
            "Your edges are turned: rows are sources, columns targets.",
            {"written @ heads @ encoder.T / scales[1]": "(written @ heads @ encoder.T / scales[1]).T"},
        ),
    ),
    passed="Your edges are right, for one head and for several: a product of what is written, moved and read.",
)  # fmt: skip
