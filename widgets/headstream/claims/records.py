"""The 2022 paper's rows on in-context learning, in the recorded trainings of the shipped models."""

from __future__ import annotations

import numpy as np

from headstream.claims.claim import Found, claim
from headstream.models.trainings import training_record
from headstream.results import Floats, Ints, Training

LESSON = "11-born-in-training"
TWO, ONE = "attn-only-2l", "attn-only-1l"


@claim(
    "ICL-score",
    LESSON,
    "After the change, a model of two layers makes more of what it has read.",
    measured="in-context learning score after the change less before, nats, medians; null: one layer, the same steps",
    paper="less than 0.15 nats before, roughly 0.4 after (of the opposite sign); one layer never",
)
def in_context() -> Found:
    after, before = medians(training_record(TWO))
    one = medians(training_record(ONE))
    ours, null = float(after - before), float(one[0] - one[1])
    note = f"Two layers go from {before:+.2f} to {after:+.2f}, one layer from {one[1]:+.2f} to {one[0]:+.2f}."
    return Found(ours, null, ours < -0.05 and ours < 2 * min(null, 0), note, "One layer gains about as much.")


@claim(
    "ICL-window",
    LESSON,
    "Induction heads appear abruptly, in a narrow window of training.",
    measured="steps from a tenth to nine tenths of the best prefix-matching score's way, as a share of all; null: a "
    "curve that rises evenly",
    paper="from 2.5 to 5 billion tokens",
)
def window_is_narrow() -> Found:
    record = training_record(TWO)
    before, after = change(record)
    ours, best = float((after - before) / record.steps[-1]), record.prefix.max((1, 2))
    half = record.steps[(best >= best[-1] / 2).argmax()]
    note = f"Steps {before:,} to {after:,} of {record.steps[-1]:,}; half of the score is there at step {half:,}."
    return Found(ours, 0.8, ours < 0.2, note, "It begins suddenly, and then goes on slowly.")


@claim(
    "ICL-never",
    LESSON,
    "With one layer, no head ever matches prefixes.",
    measured="best prefix-matching score at any step of one layer, above an even head; null: of two layers",
    paper="one layer never",
)
def one_layer_never() -> Found:
    ours, null = (float(record.prefix.max() - record.prefix_null) for record in map(training_record, (ONE, TWO)))
    return Found(ours, null, ours < 0.1 < null)


@claim(
    "ICL-bump",
    LESSON,
    "The change is the only place where the loss is not convex.",
    measured="most by which the loss stands out above both neighbours within the window of the change, nats; null: "
    "elsewhere, from step 100 on",
    paper="the only place",
)
def bump() -> Found:
    record = training_record(TWO)
    before, after = change(record)
    late = np.flatnonzero(record.steps > 100)[:-1]
    above = record.loss[late] - np.maximum(record.loss[late - 1], record.loss[late + 1])
    inside = (record.steps[late] >= before) & (record.steps[late] <= after)
    most = record.steps[late[~inside][above[~inside].argmax()]]
    note = f"The window is from step {before:,} to {after:,}; elsewhere the loss stands out most at {most:,}."
    why = "That one is an accident of the optimiser, with a large learning rate: after it the loss is what it was."
    ours, null = float(above[inside].max()), float(above[~inside].max())
    return Found(ours, null, ours > max(null, 0), note, why)


def change(record: Training) -> tuple[int, int]:
    """The window of the change in the head that matches prefixes best in the end."""
    scores = record.prefix.reshape(len(record.steps), -1)
    return window(record.steps, scores[:, scores[-1].argmax()])


def window(steps: Ints, values: Floats) -> tuple[int, int]:
    """The last step before a tenth of the way, and the first from which on nine tenths are kept."""
    done = (values - values[0]) / (values[-1] - values[0])
    return int(steps[np.flatnonzero(done < 0.1)[-1]]), int(steps[np.flatnonzero(done < 0.9)[-1] + 1])


def medians(record: Training) -> tuple[float, float]:
    """The in-context score after the two-layer model's change and before it: medians, which forget an accident."""
    before, after = change(training_record(TWO))
    scores = record.in_context
    return float(np.median(scores[record.steps >= after])), float(np.median(scores[record.steps <= before][-5:]))
