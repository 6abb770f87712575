"""Check in Python: what `hs.check` found, what it says, and the case that failed."""

from __future__ import annotations

from typing import Any

import pytest

import headstream as hs
from headstream.exercises import judge
from headstream.exercises.calling import Wrong
from headstream.exercises.exercise import function


def test_it_carries_the_exercise_its_hints_and_a_solution() -> None:
    exercise = hs.exercises.find("bpe")
    checked = hs.check("bpe", function(exercise.solution_function))
    assert isinstance(checked, hs.Check)
    assert (checked.exercise, checked.status, checked.message) == ("bpe", "passed", exercise.passed)
    assert (checked.hints, checked.solution) == (list(exercise.hints), exercise.solution_function)
    assert (checked.difficulty, checked.minutes) == (exercise.difficulty, exercise.minutes)
    assert checked.passed
    assert (checked.args, checked.expected, checked.got) == (None, None, None)


def test_python_has_the_case_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def judged(*_: Any) -> None:
        wrong = Wrong("Not that.")
        wrong.arguments, wrong.expected, wrong.got = (1, "a"), 2, 3
        raise wrong

    monkeypatch.setattr(judge, "judge", judged)
    checked = hs.check("bpe", lambda *_: 3)
    assert not checked.passed
    assert (checked.args, checked.expected, checked.got) == ((1, "a"), 2, 3)
    assert not {"args", "expected", "got"} & set(checked.get_state())


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("passed", "✓ passed: bpe\nSo."),
        ("not yet", "✗ not yet: bpe\nSo.\nFor a hint: hs.hint('bpe')"),
        ("unanswered", "… unanswered: bpe\n(difficulty 2 of 3, about 9 minutes) So. For a hint: hs.hint('bpe')"),
    ],
)
def test_its_text(status: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    hs.Check("bpe", status, "So.", difficulty=2, minutes=9).tell()
    assert capsys.readouterr().out == f"{text}\n"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("bpe", "failed"), ValueError, "status: expected 'passed' or 'not yet' or 'unanswered', got 'failed'"),
        (("bpe", "passed", 5), TypeError, "message: expected a text, got int"),
        (("bpe", "passed", "", "one"), TypeError, "hints: expected a list of texts, got a single str"),
        (("bpe", "passed", "", [1]), TypeError, r"hints\[0\]: expected a text, got int"),
        (("bpe", "passed", "", [], None), TypeError, "solution: expected a text, got NoneType"),
    ],
)
def test_what_is_no_check_is_told(arguments: tuple[Any, ...], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{message}$"):
        hs.Check(*arguments)
