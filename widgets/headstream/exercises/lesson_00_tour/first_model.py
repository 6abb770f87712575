"""The marks of the ladder: the first model that foresees a token."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    # What a table can hold, a position each, of three models: no p before the first token; none; all; the last alone;
    # a p just at the threshold; a middle one alone; the first and the last.
    held = np.array(
        [
            [np.nan, 0.1, 0.9, 0.1, 0.5, 0.2, 0.9],
            [np.nan, 0.1, 0.8, 0.2, 0.8, 0.6, 0.1],
            [np.nan, 0.1, 0.9, 0.95, 0.9, 0.4, 0.8],
        ]
    )
    tables = [(held, 0.5), (held[:, ::-1], 0.5), (held[:, 1:2], 0.5), (held[:1], 0.5), (held * 0.5, 0.25)]
    for threshold in rng.permutation([0.25, 0.5, 0.75] * 4).tolist():
        table = rng.random((rng.integers(3, 7), rng.integers(7, 11)))
        table[:, 0], table[:, 1], table[:, 2] = np.nan, 0.1, 0.9
        table[:, 3], table[-1, 3] = 0.1, 0.95
        table[:, 4], table[1:, 4] = threshold, 0.8
        tables.append((table, threshold))
    for table, threshold in tables:
        next_prob = table.astype(np.float32)
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
            "You looked for the first position of each model. Look down each column, along axis 0.",
            {"np.where(above.any(0), above.argmax(0), -1)": "np.where(above.any(1), above.argmax(1), -1)"},
        ),
        Mistake(
            "The first position is gone. It has no p, so its answer is -1, but it has one.",
            {"    above = next_prob > threshold": "    above = next_prob[:, 1:] > threshold"},
        ),
        Mistake(
            "You counted the models that are not above. That is the first one's index only where p grows from model to "
            "model.",
            {"above.argmax(0), -1": "(~above).sum(0), -1"},
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
