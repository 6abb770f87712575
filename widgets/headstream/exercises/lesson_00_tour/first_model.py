"""The marks of the ladder: the first model that foresees a token."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for _ in range(20):
        models, positions = rng.integers(3, 7, 2)
        next_prob = rng.random((models, positions + 4)).astype(np.float32)
        # Every case in every table: nothing before the first token, no model, all models, the last model alone, and p
        # just at the threshold.
        threshold = float(rng.choice([0.25, 0.5, 0.75]))
        next_prob[:, 0], next_prob[:, 1], next_prob[:, 2] = np.nan, 0.1, 0.9
        next_prob[:, 3], next_prob[-1, 3] = 0.1, 0.95
        next_prob[:, 4], next_prob[1:, 4] = threshold, 0.8
        first = [next((model for model, p in enumerate(column) if p > threshold), -1) for column in next_prob.T]
        yield Case((next_prob, threshold), np.array(first), "Your array of the first models, [position],")


EXERCISE = Exercise(
    name="first_model",
    number=3,
    difficulty=2,
    minutes=6,
    hints=(
        "next_prob > threshold is an array of True and False, [model, position]. Rows are models.",
        "argmax over an axis of True and False gives the index of the first True, and 0 if there is none.",
        "Find the places without any True by .any(0), and put -1 there with np.where.",
    ),
    solution="""\
def first_model(next_prob, threshold):
    above = next_prob > threshold
    return np.where(above.any(0), above.argmax(0), -1)


hs.check("first_model", first_model)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Where no model is above the threshold the answer is -1. argmax of all False is 0.",
            {"np.where(above.any(0), above.argmax(0), -1)": "above.argmax(0)"},
        ),
        Mistake(
            "Models are counted from 0, and -1 stands for none.", {"above.argmax(0), -1": "above.argmax(0) + 1, 0"}
        ),
        Mistake(
            "That is the last model above the threshold. Return the first.",
            {"above.argmax(0), -1": "len(above) - 1 - above[::-1].argmax(0), -1"},
        ),
        Mistake(
            "That is the model with the largest p. Return the first one that is above the threshold.",
            {"above.argmax(0), -1": "np.nan_to_num(next_prob).argmax(0), -1"},
        ),
        Mistake(
            "A p just at the threshold does not count: above means >.",
            {"next_prob > threshold": "next_prob >= threshold"},
        ),
        Mistake(
            "That counts the models above the threshold. Return the index of the first one.",
            {"np.where(above.any(0), above.argmax(0), -1)": "above.sum(0)"},
        ),
        Mistake(
            "That says whether any model is above. Return the index of the first one.",
            {"np.where(above.any(0), above.argmax(0), -1)": "above.any(0)"},
        ),
    ),
    passed="Your marks are the ladder's, with models that tie, tokens that none foresees and a first token without "
    "a p.",
    tensors=False,
)
