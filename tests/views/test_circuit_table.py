"""CircuitTable in Python: what it sends, what it answers, what it says when something is wrong."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.views.circuit_table.queries import edges, found, part, top_and_bottom
from headstream.views.shared.traits import from_wire
from tests.views.circuits import circuit, large

WORDS = tuple(f" word{token}" for token in range(200))


def asked(view: Any, question: Any) -> dict[str, Any]:
    """The reply to a message from the page, its arrays put together again."""
    sent: list[Any] = []
    view.send = lambda content, buffers: sent.append((content, buffers))
    view._asked(view, {"ask": 7, "question": question}, [])
    ((reply, buffers),) = sent
    assert reply["asked"] == 7
    json.dumps(reply)
    for name, value in reply.get("answer", {}).items():
        if isinstance(value, dict) and "dtype" in value:
            reply["answer"][name] = from_wire({**value, "data": buffers[value["data"]]}, None)
    return reply


def test_entries_cross_the_wire_with_their_ranks() -> None:
    drawn = circuit(WORDS)
    view = hs.CircuitTable(drawn)
    assert (view.ranked, view.kind, view.layer, view.head, view.size) == ("on text", "ov", 1, 2, 200)
    for name, entries in (("weight", drawn.by_weights), ("text", drawn.on_text)):
        assert entries is not None
        ids, numbers = getattr(view, f"{name}_ids"), getattr(view, f"{name}_numbers")
        np.testing.assert_array_equal(ids[:, :2], np.stack([entries.row, entries.column], 1))
        np.testing.assert_array_equal(numbers, np.stack([entries.value, entries.score], 1))
        for row, column, rank in ids:
            order = np.argsort(-drawn.row(row) * np.sign(drawn.row(row)[column]))
            assert order[rank - 1] == column


def test_ranked_on_a_text_needs_one() -> None:
    view = hs.CircuitTable(circuit(WORDS, text=False))
    assert view.ranked == "by weights"
    with pytest.raises(ValueError, match="ranked: expected"):
        hs.CircuitTable(circuit(WORDS, text=False), ranked="on text")
    with pytest.raises(ValueError, match="ranked: expected"):
        view.ranked = "on text"
    other = hs.CircuitTable(circuit(WORDS))
    other.show(circuit(WORDS, text=False))
    assert other.ranked == "by weights"


def test_a_token_is_pinned_first() -> None:
    assert hs.CircuitTable(circuit(WORDS), token=-1).selection.token == 199
    with pytest.raises(IndexError, match="token: "):
        hs.CircuitTable(circuit(WORDS), token=200)


def test_a_row_and_a_column_are_answered() -> None:
    drawn = circuit(WORDS)
    answer = asked(hs.CircuitTable(drawn), {"token": 17})["answer"]
    for end, values in (("row", drawn.row(17)), ("column", drawn.column(17))):
        order = np.argsort(-values)
        np.testing.assert_array_equal(answer[end], [*order[:5], *order[-5:]])
        np.testing.assert_array_equal(answer[f"{end}_values"], values[answer[end]])
        assert {answer["labels"][str(token)] for token in answer[end]} == {WORDS[token] for token in answer[end]}


def test_few_numbers_are_all_listed() -> None:
    ids, values = top_and_bottom(np.array([1, 3, 2], np.float32))
    assert (ids.tolist(), values.tolist()) == ([1, 2, 0], [3, 2, 1])


def test_whole_tokens_are_found_first() -> None:
    words = [" unbegin", " Beginning", "begin", "other"]
    assert found(words, " begin ").tolist() == [2, 1, 0]
    assert found(words, "  ").tolist() == []


@pytest.mark.parametrize("bounds", [[0, 200, 0, 200], [10, 140, 3, 60], [5, 6, 7, 8], [0, 70, 199, 200]])
def test_a_part_has_the_largest_entry_of_every_block(bounds: list[int]) -> None:
    drawn = circuit(WORDS)
    rows, columns, values = part(drawn, bounds)
    assert [rows[0], rows[-1], columns[0], columns[-1]] == bounds
    whole = drawn.left @ drawn.right
    for r in range(len(rows) - 1):
        for c in range(len(columns) - 1):
            block = whole[rows[r] : rows[r + 1], columns[c] : columns[c + 1]]
            assert abs(values[r, c] - max(block.flat, key=abs)) < 1e-5
    assert np.ptp(np.diff(edges(0, 130))) <= 1


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (None, "question: expected a record, got None"),
        ({}, "question: expected a search, a token or a part, got {}"),
        ({"token": 200}, "token: "),
        ({"token": "x"}, "token: expected"),
        ({"part": [0, 1]}, "part: expected two rows and two columns"),
        ({"part": [3, 3, 0, 1]}, "part: expected a row and a column at least"),
        ({"part": [0, 1, 0, 201]}, "part: expected 0 to 200, got 201"),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence(question: Any, error: str) -> None:
    reply = asked(hs.CircuitTable(circuit(WORDS)), question)
    assert "answer" not in reply
    assert reply["error"].startswith(error)


def test_a_message_of_another_kind_is_left_alone() -> None:
    view = hs.CircuitTable(circuit(WORDS))
    view.send = None
    view._asked(view, {"kind": "anywidget-command"}, [])


def test_gpt2s_shape_is_small_on_the_wire_and_answers() -> None:
    drawn = large()
    view = hs.CircuitTable(drawn)
    state = view.get_state()
    sent = sum(len(value["data"]) for value in state.values() if isinstance(value, dict) and "dtype" in value)
    assert sent + len(json.dumps(state["vocabulary"])) < 60_000
    answer = asked(view, {"token": 50_256})["answer"]
    assert answer["row"][0] == drawn.row(50_256).argmax()
    assert answer["column"][-1] == drawn.column(50_256).argmin()
    assert asked(view, {"search": "word50256"})["answer"]["ids"].tolist() == [50_256]
    blocks = asked(view, {"part": [0, 786, 786, 1572]})["answer"]["blocks"]
    assert blocks.shape == (64, 64)
    whole = drawn.part(slice(0, 786), slice(786, 1572))
    assert abs(abs(blocks).max() - abs(whole).max()) < 1e-3
