"""The pages of the books that statistics are measured on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.models.labels import encode
from headstream.models.pages import BOOKS, TEXTS
from tests.framework.zoo import native


@pytest.mark.parametrize("book", BOOKS)
def test_pages_are_the_book_cut_up_with_a_start_token_before_each(shipped: Callable[[str], Any], book: str) -> None:
    model = shipped("attn-only-1l")
    found = hs.pages(model, count=3, length=40, book=book)
    assert [len(run.tokens) for run in found] == [40] * 3
    assert {run.tokens[0] for run in found} == {"<|endoftext|>"}
    assert all(run.model is model for run in found)
    whole = encode(model.tokenizer, (TEXTS / f"{book}.txt").read_text(encoding="ascii"))
    assert np.concatenate([run.token_ids[1:] for run in found]).tolist() == whole[: 3 * 39]


def test_a_book_has_pages_enough_for_statistics(shipped: Callable[[str], Any]) -> None:
    model = shipped("attn-only-0l")
    for book in BOOKS:
        text = (TEXTS / f"{book}.txt").read_text(encoding="ascii")
        assert 45_000 < len(text) <= 50_001
        assert len(encode(model.tokenizer, text)) > 40 * 256


def test_pages_that_are_not_there_are_refused(shipped: Callable[[str], Any]) -> None:
    model = shipped("attn-only-0l")
    for arguments, words in (
        ({"book": "bible"}, "book: expected 'alice' or 'oz' or 'hound', got 'bible'"),
        ({"length": 1}, "length: expected 2 to 512, got 1"),
        ({"length": 513}, "length: expected 2 to 512, got 513"),
        ({"count": 1000}, r"count: expected 1 to \d+, got 1000"),
    ):
        with pytest.raises(ValueError, match=words):
            hs.pages(model, **arguments)
    with pytest.raises(ValueError, match="model: expected one with a tokenizer"):
        hs.pages(native("native 1l"))
