"""Prediction in Python: what is asked, chosen and revealed, and the text of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import headstream as hs

OPTIONS = ["the first", "the second", "the third"]
REASONS = ["It comes first.", "It comes later.", "It comes last."]


def test_the_readers_choice_reaches_python_and_may_change() -> None:
    guess = hs.predict("Which?", options=OPTIONS)
    assert guess.answer is None
    guess.set_state({"answer": "the second"})  # as the page sends it
    assert guess.answer == "the second"
    guess.answer = "C"
    assert guess.answer == "the third"
    guess.answer = None
    assert guess.answer is None


def test_a_typed_answer_is_kept_as_its_text() -> None:
    assert hs.predict("How many?", 3).answer == "3"
    assert hs.predict("How many?", np.log(8192)).answer == "9.01"
    assert hs.predict("How many?", ...).answer is None
    assert hs.predict("Which?", "a").answer == "a"


@pytest.mark.parametrize(
    ("why", "kept"),
    [
        ("", []),
        ("So it is.", ["So it is."]),
        (REASONS, REASONS),
        ({"c": "Last.", "the first": "First."}, ["First.", "", "Last."]),
    ],
)
def test_reveal_tells_every_place_where_it_is_drawn_in_one_message(why: Any, kept: list[str]) -> None:
    guess = hs.predict("Which?", options=OPTIONS)
    sent: list[Any] = []
    guess.send_state = lambda key=None: sent.append(set(key))
    guess.reveal("b", why)
    assert sent == [{"truth", "why"} if kept else {"truth"}]
    assert (guess.truth, guess.why, guess.answer) == ("the second", kept, None)


def test_another_question_is_asked_anew() -> None:
    guess = hs.Prediction("Which?", OPTIONS, answer="a")
    guess.reveal("b", REASONS)
    guess.show("And now?", OPTIONS[:2])
    assert (guess.answer, guess.truth, guess.why, guess.options) == (None, None, [], OPTIONS[:2])


def test_the_text_has_the_reasons_for_what_is_right_and_what_was_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    for answer, reasons in (("a", [0, 1]), ("b", [1]), (..., [1])):
        guess = hs.predict("Which?", answer, options=OPTIONS)
        capsys.readouterr()
        guess.reveal("b", REASONS)
        shown = capsys.readouterr().out.splitlines()
        assert shown[-len(reasons) :] == [f"{OPTIONS[index]}: {REASONS[index]}" for index in reasons]
        assert len(shown) == len(reasons) + (1 if answer is ... else 2)


@pytest.mark.parametrize(
    ("act", "error", "message"),
    [
        (lambda: hs.predict("Which?", options=5), TypeError, "options: expected a list of texts, got int"),
        (lambda: hs.predict("Which?", options=["a", 2]), TypeError, r"options\[1\]: expected a text, got int"),
        (
            lambda: hs.predict("Which?", options=["yes", "yes"]),
            ValueError,
            "options: expected different texts, got 'yes' twice",
        ),
        (lambda: hs.predict(5), TypeError, "question: expected a text, got int"),
        (
            lambda: hs.Prediction("Which?", OPTIONS).reveal("d"),
            ValueError,
            "truth: expected one of the letters a, b, c, got 'd'",
        ),
        (
            lambda: hs.Prediction("Which?", OPTIONS).reveal("a", REASONS[:2]),
            ValueError,
            "why: expected a reason for each of the 3 options, got 2",
        ),
        (
            lambda: hs.Prediction("Which?", OPTIONS).reveal("a", {"d": "No."}),
            ValueError,
            "why: expected one of the letters a, b, c, got 'd'",
        ),
        (
            lambda: hs.Prediction("Which?", OPTIONS).reveal("a", [1, 2, 3]),
            TypeError,
            r"why\[0\]: expected a text, got int",
        ),
        (
            lambda: hs.Prediction("Which?").reveal("a", REASONS),
            TypeError,
            "why: expected a text, for there are no options, got list",
        ),
        (
            lambda: setattr(hs.Prediction("Which?", OPTIONS), "answer", "d"),
            ValueError,
            "answer: expected one of the letters a, b, c, got 'd'",
        ),
    ],
)
def test_what_it_cannot_ask_or_reveal_is_told(act: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{message}$"):
        act()


def test_a_reveal_that_is_refused_reveals_nothing() -> None:
    guess = hs.Prediction("Which?", OPTIONS)
    with pytest.raises(ValueError, match="why"):
        guess.reveal("a", REASONS[:2])
    assert (guess.truth, guess.why) == (None, [])
