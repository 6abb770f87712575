"""Prediction: a question that the reader answers before the lesson does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets

from headstream import checks
from headstream.views.shared.told import ToldView
from headstream.views.shared.traits import Flag, Text
from headstream.views.shared.view import bundle

LETTERS = "abcdefghij"


class Prediction(ToldView):
    """Asks a question: a button for each option, or a field to type in where there are none.

    question: one text. options: up to 10 different texts.
    answer: what the reader has chosen or typed, as a text, or None; it may be given as an option's letter (a, b, ...).
    asked: whether the reader, with no answer, has asked for the right one.
    truth, why: what `reveal` was told, as texts: the right option or answer, or None; the reasons, one an option, or
    one for all, or none.

    Raises ValueError for an answer that is no option, TypeError for what is no text.
    """

    _esm = bundle("prediction", "js")
    _css = bundle("prediction", "css")

    question = Text(read_only=True).tag(sync=True)
    options: Any = traitlets.List(Text(), read_only=True).tag(sync=True)
    truth: Any = Text(None, allow_none=True, read_only=True).tag(sync=True)
    why: Any = traitlets.List(Text(), read_only=True).tag(sync=True)
    answer: Any = Text(None, allow_none=True, help="the option chosen, or what was typed").tag(sync=True)
    asked = Flag(False, help="whether the reader has asked for the right answer")

    def __init__(self, question: str, options: Sequence[str] = (), *, answer: Any = None, **traits: Any) -> None:
        drawn = self._drawn(question, options)
        super().__init__(drawn, {}, answer=_meant(answer, drawn["options"], "answer"), **traits)

    @classmethod
    def _drawn(cls, question: str, options: Sequence[str] = ()) -> dict[str, Any]:
        return {"question": checks.text("question", question), "options": _options(options), "truth": None, "why": []}

    def _settled(self) -> dict[str, Any]:
        return {"answer": None, "asked": False}  # another question is asked anew

    @traitlets.validate("answer")
    def _answer_is_an_option(self, proposal: Any) -> str | None:
        return _meant(proposal["value"], self.options, "answer")

    def reveal(self, truth: Any, why: str | Sequence[str] | Mapping[str, str] = "") -> None:
        """Tell what is true, in every place where the question is drawn, and show it once more here.

        truth: the letter or the text of an option; anything where there are none.
        why: one text, or with options a reason for each: in their order, or by their letters or texts.

        A reader who has answered sees it at once; another one after choosing, or asking for it.
        """
        told = _meant(truth, self.options, "truth")
        reasons = _reasons(why, self.options)
        with self.hold_sync():
            self.set_trait("truth", told)
            self.set_trait("why", reasons)
        self.tell()

    def _told(self) -> str:
        if self.truth is None:
            lettered = zip(LETTERS, self.options, strict=False)
            lines = [self.question, *(f"  {letter}) {option}" for letter, option in lettered)]
            example = '"a"' if self.options else "your answer"
            request = f"Give your answer after the question, hs.predict(question, {example}, ...), and run this again."
            return "\n".join([*lines, request if self.answer is None else f"Recorded: {self.answer}"])
        if self.answer is None:
            lines = [f"You made no prediction. The answer: {self.truth}"]
        else:
            verdict = ("Right. " if self.answer == self.truth else "Not so. ") if self.options else ""
            lines = [f"You predicted: {self.answer}", f"{verdict}The answer: {self.truth}"]
        if len(self.why) > 1:
            by_option = dict(zip(self.options, self.why, strict=True))
            named = dict.fromkeys(option for option in (self.answer, self.truth) if option is not None)
            lines += [f"{option}: {by_option[option]}" for option in named if by_option[option]]
        return "\n".join([*lines, *(self.why if len(self.why) == 1 else [])])


def _options(options: Sequence[str]) -> list[str]:
    if isinstance(options, str):
        raise TypeError(f"options: expected a list of texts, got the one text {options!r}")
    found = [
        checks.text(f"options[{place}]", option)
        for place, option in enumerate(checks.items("options", options, "a list of texts"))
    ]
    if len(found) > len(LETTERS):
        raise ValueError(f"options: expected at most {len(LETTERS)}, got {len(found)}")
    for option in found:
        if found.count(option) > 1:
            raise ValueError(f"options: expected different texts, got {option!r} twice")
    return found


def _meant(answer: Any, options: Sequence[str], argument: str) -> str | None:
    """The text of an answer: where there are options, of the one that its letter or its text means."""
    if answer is None:
        return None
    if not options:
        return f"{answer:.3g}" if isinstance(answer, float) else str(answer)
    letters = LETTERS[: len(options)]
    if isinstance(answer, str) and answer in options:
        return answer
    if isinstance(answer, str) and len(answer) == 1 and answer.lower() in letters:
        return options[letters.index(answer.lower())]
    raise ValueError(f"{argument}: expected one of the letters {', '.join(letters)}, got {answer!r}")


def _reasons(why: str | Sequence[str] | Mapping[str, str], options: Sequence[str]) -> list[str]:
    """One text, or one an option."""
    if isinstance(why, str):
        return [why] if why else []
    if not options:
        raise TypeError(f"why: expected a text, for there are no options, got {type(why).__name__}")
    if isinstance(why, Mapping):
        by_option = {_meant(option, options, "why"): reason for option, reason in why.items()}
        why = [by_option.get(option, "") for option in options]
    given = checks.items("why", why, "a text, or a reason for each option")
    if len(given) != len(options):
        raise ValueError(f"why: expected a reason for each of the {len(options)} options, got {len(given)}")
    return [checks.text(f"why[{place}]", reason) for place, reason in enumerate(given)]
