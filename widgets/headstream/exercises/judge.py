"""Whether a reader's answer passes an exercise, and if not, why."""

from __future__ import annotations

import copy
import io
import warnings
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from headstream.exercises.answers import Plain, alike, fault, read, right, telling
from headstream.exercises.calling import Unanswered, Wrong, call, describe, is_unanswered
from headstream.exercises.causes import first_nan, notebook_objects
from headstream.exercises.exercise import Case, Exercise, function
from headstream.extras import require


class Verdict(NamedTuple):
    """What was found of an answer: "passed", "not yet" or "unanswered"; of "not yet", what is wrong."""

    status: str
    wrong: Wrong | None = None


def verdict(exercise: Exercise, answer: Any, seed: int = 0) -> Verdict:
    """Whether an answer passes an exercise; see `judge`."""
    try:
        if is_unanswered(answer):
            return Verdict("unanswered")
        judge(exercise, answer, seed)
    except Unanswered:
        return Verdict("unanswered")
    except Wrong as wrong:
        return Verdict("not yet", wrong)
    return Verdict("passed")


def judge(exercise: Exercise, answer: Any, seed: int = 0) -> None:
    """Raise `Wrong` or `Unanswered` at the first case that an answer fails.

    The cases are the same each time: what was refused once is refused again, at the case that the reader looked at.
    The answer is given copies: it may change them in place, and neither what is expected nor the mistakes see it.
    """
    if exercise.verify:
        _verify(exercise.verify, answer)
        return
    for case in _cases(exercise, seed):
        returned = None
        try:
            returned = call(answer, *copy.deepcopy(case.arguments))
            if told := _told(exercise, answer, seed, case, returned):
                raise Wrong(told)
        except Wrong as wrong:
            text = f"{wrong}\n{notebook_objects(answer)}".rstrip()
            expected = _given(case.expected, exercise.tensors)
            raise Wrong(text, copy.deepcopy(case.arguments), expected, returned) from wrong.__cause__


def _verify(verify: Callable[[Any], str], answer: Any) -> None:
    try:
        message = verify(answer)
    except (Wrong, Unanswered, ModuleNotFoundError):
        raise
    except Exception:  # each kind of thing that is no answer fails in its own way
        message = f"This is no answer to the exercise: {describe(answer)}. Its text says what to give."
    if message:
        raise Wrong(message, got=answer)


def _cases(exercise: Exercise, seed: int) -> list[Case]:
    return _made(exercise.cases, exercise.tensors, seed) if exercise.cases else []


@lru_cache(maxsize=20)
def _made(cases: Callable[..., Iterable[Case]], tensors: bool, seed: int) -> list[Case]:
    """Cases with arguments as the reader's function takes them. It is given copies."""
    return [
        case._replace(arguments=tuple(_given(argument, tensors) for argument in case.arguments))
        for case in cases(np.random.default_rng(seed))
    ]


def _given(value: Any, tensors: bool) -> Any:
    """A value as the reader's function takes or returns it: in single precision, like weights and caches."""
    if isinstance(value, tuple):
        return tuple(_given(part, tensors) for part in value)
    if isinstance(value, np.ndarray):
        value = value.astype(np.float32) if value.dtype == np.float64 else value.copy()
        return require("torch").from_numpy(value) if tensors else value
    return value


class _Answer(NamedTuple):
    """The parts of an answer up to the first that is wrong, and what is wrong with that one, or "".

    A part that cannot be read is not among them.
    """

    parts: list[Plain]
    fault: str
    is_read: bool = True


def _read(exercise: Exercise, case: Case, returned: Any) -> _Answer:
    words, expected, values = case.words, case.expected, _values(returned)
    if isinstance(words, str):
        words = (_call(exercise, case) if isinstance(expected, str | list) else words,)
        expected, values = (expected,), [returned]
    if len(values) != len(words):
        names = " and ".join(name[0].lower() + name[1:] for name in words)
        number = {2: "two", 3: "three"}.get(len(words), len(words))
        wrong = f"Return {number} things with commas between them: {names}. Got {describe(returned)}."
        return _Answer([], wrong, is_read=False)
    parts: list[Plain] = []
    for value, want, what in zip(values, expected, words, strict=True):
        try:
            parts.append(read(value, want, what))
        except Wrong as wrong:
            return _Answer(parts, str(wrong), is_read=False)
        if not right(parts[-1], want):
            return _Answer(parts, fault(parts[-1], want, what))
    return _Answer(parts, "")


def _values(returned: Any) -> list[Any]:
    """The parts of a returned tuple or list; none of anything else."""
    try:
        return list(returned) if issubclass(type(returned), tuple | list) else []
    except Exception:  # the reader's own kind of list
        return []


def _call(exercise: Exercise, case: Case) -> str:
    return f"{exercise.name}({', '.join(map(repr, case.arguments))})"


def _run(exercise: Exercise, case: Case, made: Any, arguments: tuple[Any, ...]) -> _Answer | None:
    """What a function answers in a case, silently; None if it raises: not every mistake runs where sizes differ."""
    try:
        with warnings.catch_warnings(action="ignore"), redirect_stdout(io.StringIO()):
            return _read(exercise, case, call(made, *arguments))
    except (Wrong, Unanswered):
        return None


def _same(one: _Answer | None, other: _Answer | None) -> bool:
    """Whether two functions answered the same, as far as the first wrong part."""
    if not one or not other or not one.fault or not other.fault:
        return (one and one.fault) == (other and other.fault)
    return (
        one.is_read and other.is_read and len(one.parts) == len(other.parts) and alike(one.parts[-1], other.parts[-1])
    )


def _told(exercise: Exercise, answer: Any, seed: int, case: Case, returned: Any) -> str:
    """What is wrong with what a reader's function returned, or "" if nothing is."""
    mine = _read(exercise, case, returned)
    if not mine.fault:
        return ""
    known = _mistake(exercise, answer, seed, case, mine) if mine.is_read else ""
    known = known or _reason(exercise, case, returned)
    if not mine.is_read or isinstance(mine.parts[-1], str | list):
        return f"{mine.fault} {known}".rstrip()
    told = known or mine.fault
    if exercise.tensors and np.isnan(mine.parts[-1]).any():
        return f"{told}\n{first_nan(answer, copy.deepcopy(case.arguments))}".rstrip()
    in_shape = case.stage and mine.parts[-1].shape == np.shape(case.expected)
    return f"{case.stage} {told}" if in_shape else told


def _mistake(exercise: Exercise, answer: Any, seed: int, case: Case, mine: _Answer) -> str:
    """The message of the mistake that a reader made, or ""."""
    made = {mistake.message: function(mistake.source(exercise.solution_function)) for mistake in exercise.mistakes}
    here = [message for message in made if _same(mine, _run(exercise, case, made[message], case.arguments))]
    sure = telling(mine.parts[-1])
    if sure and len(here) == 1:
        return here[0]
    for message in here:
        for each in _cases(exercise, seed):
            theirs = _run(exercise, each, answer, copy.deepcopy(each.arguments))
            if not _same(theirs, _run(exercise, each, made[message], each.arguments)):
                break
        else:
            return message
    return here[0] if sure and here else ""


def _reason(exercise: Exercise, case: Case, returned: Any) -> str:
    try:
        return exercise.reason(returned, *case.arguments)
    except Exception:  # the reader's own kind of object: it may fail at anything
        return ""
