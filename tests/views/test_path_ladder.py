"""PathLadder in Python: what it sends, what it answers, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.views import path_ladder
from tests.views.importances import random_importance
from tests.views.spectrums import some_roles
from tests.views.test_circuit_table import asked

WORDS = tuple(f" w{i}" for i in range(12))


def test_it_sends_the_numbers_of_the_importance() -> None:
    result = random_importance(WORDS)
    view = hs.PathLadder(result, some_roles(2, 3))
    assert (view.model, view.groups) == ("a random model", list(result.groups))
    assert [term["label"] for term in view.terms] == [term.label for term in result.terms]
    assert [term["group"] for term in view.terms] == result.group_of.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3]
    assert [view.terms[at]["role"] for at in (3, 4, 8)] == ["previous token", "", "induction"]
    np.testing.assert_array_equal(view.settings, result.settings)
    np.testing.assert_allclose(view.losses, result.losses.mean(1), rtol=1e-6)
    np.testing.assert_allclose(view.token_losses, result.losses, rtol=1e-3)
    np.testing.assert_array_equal(view.logits, result.logits)
    assert (view.tokens, view.next_tokens) == (list(WORDS[:-1]), list(WORDS[1:]))
    records = result.records()
    assert view.steps == [{"paths": record["paths"], "given": record["given"]} for record in records]
    np.testing.assert_allclose(view.step_numbers[:, :2], [[r["loss"], r["lower"]] for r in records], rtol=1e-6)
    assert np.isnan(view.step_numbers[0, 2])
    np.testing.assert_allclose(view.step_numbers[1:, 2], [record["null"] for record in records[1:]], rtol=1e-6)


def test_what_is_off_is_named_by_term_or_group() -> None:
    result = random_importance(WORDS)
    view = hs.PathLadder(result, off=["1.2", "heads of layer 0", "position"], position=-1)
    assert view.off == ["position", "0.0", "0.1", "0.2", "1.2"]
    assert view.selection.position == 10
    view.off = ["direct path"]
    assert view.off == ["embedding", "position", "biases"]
    view.off = ["1.2", "position"]
    view.show(random_importance(WORDS, layers=1))
    assert view.off == ["position"]


def test_losses_of_single_heads_are_answered() -> None:
    result = random_importance(WORDS)
    reply = asked(hs.PathLadder(result), {"off": ["0.1", "position"]})
    np.testing.assert_array_equal(reply["answer"]["losses"], result.losses_without(["0.1", "position"]))


def test_single_tokens_losses_above_a_megabyte_are_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    result = random_importance(WORDS)
    monkeypatch.setattr(path_ladder, "MOST_NUMBERS", result.losses.size - 1)
    assert hs.PathLadder(result).token_losses is None
    monkeypatch.setattr(path_ladder, "MOST_NUMBERS", result.losses.size)
    assert hs.PathLadder(result).token_losses is not None


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"off": ["0.3"]}, ValueError, "off: expected 'direct path' or .*, got '0.3'"),
        ({"off": "0.1"}, TypeError, "off: expected a list of names of terms or groups, got a single str"),
        ({"position": 11}, IndexError, "position: expected -11 to 10, got 11"),
        ({"roles": some_roles(1, 3)}, ValueError, r"roles: .* got 1 × 3 heads without 1\.0"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{message}"):
        hs.PathLadder(random_importance(WORDS), **given)


@pytest.mark.parametrize(
    ("question", "error"),
    [
        ({}, "question: expected what is off, got {}"),
        ({"off": "0.1"}, "question: expected what is off, got {'off': '0.1'}"),
        ({"off": ["9.9"]}, "off: expected 'direct path' or"),
        ({"off": [[]]}, "off: expected 'direct path' or"),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence(question: Any, error: str) -> None:
    reply = asked(hs.PathLadder(random_importance(WORDS)), question)
    assert "answer" not in reply
    assert reply["error"].startswith(error)
