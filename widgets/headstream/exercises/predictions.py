"""Predict before you run: a reader's guess, kept until the answer is revealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headstream.views.prediction import Prediction


def predict(question: str, answer: Any = ..., *, options: Sequence[str] = ()) -> Prediction:
    """Ask the reader a question before the lesson answers it: by buttons for options, or a field to type in.

    Keep what it returns, and call its `reveal(truth, why)` where the answer is known; its `answer` is the text of what
    the reader has chosen so far, or None. The lesson runs on with no answer.

    answer: one given in Python: with `options` the letter (a, b, ...) or the text of one; without, anything, such as a
    number. `...` means none. In plain Python the question is printed, and this is the way to answer it.

    Raises ValueError if the answer is none of the options or there are more than 10, TypeError for options that are
    one text.
    """
    prediction = Prediction(question, options, answer=None if answer is ... else answer)
    prediction.tell()
    return prediction
