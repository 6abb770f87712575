"""The paper's algorithm: runs with frozen patterns, each with what the heads wrote in the run before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt

from headstream.exercises.exercise import Case, Exercise, Mistake

Floats = npt.NDArray[np.float64]


def cases(rng: np.random.Generator) -> Iterator[Case]:
    x = np.array([[1.0, 2.0]])
    one = np.ones((2, 1, 1, 1))  # two layers of one head, which attends to the only token
    double = np.broadcast_to(2 * np.eye(2), (2, 1, 2, 2))
    stage = "One token, two layers of one head that writes twice what it reads: the streams are 1, 5 and 9 times x."
    yield Case((x, one, double), _streams(x, one, double), "Your streams", stage)
    for layers, heads, positions, d_model in ((1, 3, 3, 4), (2, 1, 4, 3), (2, 3, 3, 5), (3, 2, 4, 2), (4, 2, 3, 3)):
        x = rng.normal(size=(positions, d_model))
        patterns = np.tril(rng.uniform(0.1, 1, (layers, heads, positions, positions)))
        patterns /= patterns.sum(-1, keepdims=True)
        w_ov = 0.7 * rng.normal(size=(layers, heads, d_model, d_model))
        yield Case((x, patterns, w_ov), _streams(x, patterns, w_ov), "Your streams")


def _streams(x: Floats, patterns: Floats, w_ov: Floats) -> Floats:
    """Path by path: every choice of layers in turn, with all heads of each."""
    layers = len(patterns)
    found = np.zeros((layers + 1, *x.shape))
    for order in range(layers + 1):
        for chosen in combinations(range(layers), order):
            moved = x
            for layer in chosen:
                moved = np.einsum("hqk,kd,hde->qe", patterns[layer], moved, w_ov[layer])
            found[order:] += moved
    return found


EXERCISE = Exercise(
    name="streams_by_order",
    number=1,
    difficulty=3,
    minutes=12,
    hints=(
        "Two loops: over runs, and in each over layers. Before a run, keep what the run before it saved: at first a "
        "zero for every layer.",
        "In a layer, first save what its heads write from the stream as it is, (A[layer] @ stream @ W[layer]).sum(0). "
        "Then add to the stream what the run before saved for this layer.",
        "After the last layer append the stream, and let the outputs of this run take the place of those of the run "
        "before. There are len(A) + 1 runs.",
    ),
    solution="""\
def streams_by_order(x, A, W):
    saved = [torch.zeros_like(x)] * len(A)
    streams = []
    for order in range(len(A) + 1):
        stream, outputs = x, []
        for layer in range(len(A)):
            outputs.append((A[layer] @ stream @ W[layer]).sum(0))
            stream = stream + saved[layer]
        saved = outputs
        streams.append(stream)
    return torch.stack(streams)


streams_checked = hs.check("streams_by_order", streams_by_order)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Your heads write in the same run what they have just computed. That is the whole model in every run: add "
            "what the run before saved.",
            {"stream + saved[layer]": "stream + outputs[layer]"},
        ),
        Mistake(
            "What a run computes is not used by the next one: every run has zeros. After its layers, saved = outputs.",
            {"saved = outputs": "saved = saved"},
        ),
        Mistake(
            "Your heads read the embeddings, not the stream, so that no head reads another: the orders above 1 are "
            "missing.",
            {"A[layer] @ stream @ W[layer]": "A[layer] @ x @ W[layer]"},
        ),
        Mistake(
            "A layer's heads read the stream before they write. You add their saved write first, and they read it.",
            {
                "            outputs.append((A[layer] @ stream @ W[layer]).sum(0))\n"
                "            stream = stream + saved[layer]\n": "            stream = stream + saved[layer]\n"
                "            outputs.append((A[layer] @ stream @ W[layer]).sum(0))\n"
            },
        ),
        Mistake("A layer's heads are added up; you took their mean.", {".sum(0)": ".mean(0)"}),
        Mistake(
            "Pattern and keys are turned around: A[query, key] stands on the left of the stream, untransposed.",
            {"A[layer] @ stream": "A[layer].mT @ stream"},
        ),
        Mistake(
            "W_OV is transposed. Rows are vectors, so it stands on the right of the stream as it is.",
            {"@ W[layer]": "@ W[layer].mT"},
        ),
        Mistake(
            "The last run is missing: with len(A) layers the orders go from 0 to len(A).",
            {"range(len(A) + 1)": "range(len(A))"},
        ),
        Mistake(
            "You return the heads' part alone. The stream begins with x, the direct path.",
            {"streams.append(stream)": "streams.append(stream - x)"},
        ),
        Mistake(
            "You return what each order adds. The stream of an order holds all lower ones too.",
            {
                "return torch.stack(streams)": "whole = torch.stack(streams)\n"
                "    return torch.cat([whole[:1], whole[1:] - whole[:-1]])"
            },
        ),
    ),
    passed="Your streams hold the paths of each order, for models of 1 to 4 layers; the last is the whole model's.",
)
