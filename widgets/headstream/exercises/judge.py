"""Whether a reader's function passes an exercise's cases, and if not, why."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from headstream.exercises.answers import Mistaken, agree, agree_text, fits, numbers
from headstream.exercises.calling import Wrong, call, describe
from headstream.exercises.exercise import Exercise, function
from headstream.extras import require


def judge(exercise: Exercise, answer: Any) -> None:
    """Raise `Wrong` or `Unanswered` at the first case that an answer fails.

    The answer is given copies: it may change them in place, and neither what is expected nor the mistakes see it.
    """
    if exercise.verify is not None:
        if sentence := exercise.verify(answer):
            raise Wrong(sentence)
        return
    for case in (exercise.cases or _none)(np.random.default_rng()):
        arguments = tuple(_given(argument, exercise.tensors) for argument in case.arguments)
        returned = call(answer, *copy.deepcopy(arguments))
        mistaken = partial(_mistaken, exercise, arguments, returned)
        if isinstance(case.words, tuple):
            _agree_parts(returned, case.expected, mistaken, case.words)
        elif isinstance(case.expected, str | list):
            shown = f"{exercise.name}({', '.join(map(repr, arguments))})"
            agree_text(returned, case.expected, mistaken(), what=shown)
        else:
            agree(returned, case.expected, mistaken(), what=case.words)


def _none(_: np.random.Generator) -> Iterator[Any]:
    return iter(())


def _given(argument: Any, tensors: bool) -> Any:
    """An argument as the reader's function takes it."""
    if tensors and isinstance(argument, np.ndarray):
        return require("torch").from_numpy(argument.copy())
    return argument


def _mistaken(exercise: Exercise, arguments: tuple[Any, ...], returned: Any) -> Iterator[tuple[Any, str]]:
    """What each mistake returns for the same arguments, with its message; last the reader's own, with its reason."""
    for mistake in exercise.mistakes:
        mistaken = function(mistake.source(exercise.solution_function))
        try:
            with warnings.catch_warnings(action="ignore"):  # the reader has not written this
                wrong = mistaken(*arguments)
        except Exception:  # not every mistake runs on every case: some only where sizes happen to fit
            continue
        yield wrong, mistake.message
    if reason := exercise.reason(returned, *arguments):
        yield returned, reason


def _agree_parts(
    returned: Any, expected: tuple[Any, ...], mistaken: Callable[[], Mistaken], words: tuple[str, ...]
) -> None:
    """`agree` for each part of a tuple in turn."""
    count = len(words)
    if not _has_parts(returned, count):
        names = " and ".join(name[0].lower() + name[1:] for name in words)
        number = {2: "two", 3: "three"}.get(count, count)
        raise Wrong(f"Return {number} things with commas between them: {names}. Got {describe(returned)}.")
    for place, what in enumerate(words):
        agree(returned[place], expected[place], _parts(place, expected, mistaken()), what=what)


def _parts(place: int, expected: tuple[Any, ...], mistaken: Mistaken) -> Mistaken:
    """One part of what each mistake returns that has the parts before it right, as the reader's answer has."""
    for wrong, message in mistaken:
        if _has_parts(wrong, len(expected)) and all(map(fits, wrong[:place], map(numbers, expected))):
            yield wrong[place], message


def _has_parts(value: Any, count: int) -> bool:
    return isinstance(value, tuple | list) and len(value) == count
