"""Predict before you run: a reader's guess, kept until the answer is revealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LETTERS = "abcdefghij"


@dataclass
class Prediction:
    """A question, the options if there are any, and the reader's answer (`...`: none given)."""

    question: str
    answer: Any
    options: tuple[str, ...] = ()

    def _ipython_display_(self) -> None:
        """`predict` has printed everything."""

    def reveal(self, truth: Any, why: str = "") -> None:
        """Print what the reader predicted beside what is true. With options, `truth` is one of their letters "
        "or texts."""
        if self.options:
            truth = _option(truth, self.options, "truth")
        if self.answer is ...:
            print(f"You made no prediction. The answer: {_show(truth)}")
        elif self.options:
            print(
                f"You predicted: {self.answer}\n{'Right.' if self.answer == truth else 'Not so.'} The answer: {truth}"
            )
        else:
            print(f"You predicted: {_show(self.answer)}\nThe answer: {_show(truth)}")
        if why:
            print(why)


def predict(question: str, answer: Any = ..., *, options: Sequence[str] = ()) -> Prediction:
    """Record the reader's answer to a question before the lesson reveals it.

    In the notebook `answer` stands as `...`: the reader replaces it and runs the cell; left alone, the lesson runs on.
    With `options`, the answer is the letter (a, b, ...) or the text of one; without, anything, such as a number.
    Keep what it returns, and call its `reveal(truth)` where the answer is known.

    Raises ValueError if the answer is none of the options or there are more than 10, TypeError for options that are
    one text.
    """
    if isinstance(options, str):
        raise TypeError(f"options: expected a list of texts, got the one text {options!r}")
    options = tuple(options)
    if len(options) > len(LETTERS):
        raise ValueError(f"options: expected at most {len(LETTERS)}, got {len(options)}")
    print(question)
    for letter, option in zip(LETTERS, options, strict=False):
        print(f"  {letter}) {option}")
    if answer is ...:
        example = ', in quotes ("a")' if options else ""
        print(f"Put your answer{example} where the ... stands, and run this cell again. Then read on.")
        return Prediction(question, answer, options)
    if options:
        answer = _option(answer, options, "answer")
    print(f"Recorded: {_show(answer)}")
    return Prediction(question, answer, options)


def _option(answer: Any, options: tuple[str, ...], argument: str) -> str:
    """The option that a letter or a text means."""
    letters = LETTERS[: len(options)]
    if isinstance(answer, str) and answer in options:
        return answer
    if isinstance(answer, str) and len(answer) == 1 and answer.lower() in letters:
        return options[letters.index(answer.lower())]
    raise ValueError(f"{argument}: expected one of the letters {', '.join(letters)}, got {answer!r}")


def _show(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
