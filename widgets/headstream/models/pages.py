"""Pages of books that no shipped model was trained on: the real text that statistics of heads are measured on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from headstream import checks
from headstream.models.labels import encode
from headstream.models.runs import Run, checked_model, run

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

TEXTS = Path(__file__).with_name("texts")
# The first 50,000 characters of each, from its first chapter: in the public domain everywhere.
BOOKS = {
    "alice": "Lewis Carroll, Alice's Adventures in Wonderland (1865)",
    "oz": "L. Frank Baum, The Wonderful Wizard of Oz (1900)",
    "hound": "Arthur Conan Doyle, The Hound of the Baskervilles (1902)",
}


def pages(model: TransformerBridge, count: int = 8, length: int = 256, book: str = "alice") -> list[Run]:
    """Runs of the first pages of a book that no shipped model was trained on, each where the one before it ends.

    count: how many pages. length: tokens a page, the start token that stands before each included. book: "alice", "oz"
    or "hound" (`headstream.models.pages.BOOKS`).

    Every run is held with all its activations: 8 pages of 256 tokens take about 130 MB in the one-layer model and
    480 MB in the one of four.

    Errors: ValueError for more pages or longer ones than there are, and for a model without a tokenizer.
    """
    return [run(model, ids) for ids in page_ids(model, count, length, book)]


def page_ids(model: TransformerBridge, count: int = 8, length: int = 256, book: str = "alice") -> list[list[int]]:
    """The token ids of the same pages, of which nothing is run. Errors: as for `pages`."""
    tokenizer = checked_model(model).tokenizer
    if tokenizer is None:
        raise ValueError("model: expected one with a tokenizer, which turns a book into its tokens, got one without")
    checks.choice("book", book, tuple(BOOKS))
    start = [tokenizer.bos_token_id] if model.cfg.default_prepend_bos else []
    length = checks.whole("length", length, len(start) + 1, model.cfg.n_ctx)
    step = length - len(start)
    ids = encode(tokenizer, (TEXTS / f"{book}.txt").read_text(encoding="ascii"))
    count = checks.whole("count", count, 1, len(ids) // step)
    return [start + ids[at * step : (at + 1) * step] for at in range(count)]
