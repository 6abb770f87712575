"""The bigrams of the text that the shipped models were trained on: which token follows which of the frequent ones.

`python -m headstream.models.bigrams TOKENS.npz` counts them again, from the array `train` of token ids that the models
are trained on (see `headstream.models.training`), and writes the file that `bigrams` reads.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream.models.labels import labels
from headstream.models.runs import checked_model
from headstream.results import Bigrams

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

Counts = npt.NDArray[np.int64]
FILE = Path(__file__).with_suffix(".npz")
ROWS = 200  # the most frequent tokens
BETWEEN_DOCUMENTS = 0


def bigrams(model: TransformerBridge) -> Bigrams:
    """What follows each of the 200 most frequent tokens in the shipped models' training text, which is not shipped.

    model: one that has these models' tokens; else ValueError.
    """
    with np.load(FILE) as stored:
        token_ids, unigram = stored["token_ids"].astype(np.int64), stored["unigram"].astype(np.int64)
        counts = np.zeros((len(token_ids), len(unigram)), np.int64)
        counts[stored["row"], stored["follower"]] = stored["count"]
    if checked_model(model).cfg.d_vocab != len(unigram):
        of = f"{model.cfg.model_name}, which has {model.cfg.d_vocab:,}"
        raise ValueError(f"model: expected one with the shipped models' {len(unigram):,} tokens, got {of}")
    return Bigrams(token_ids, counts, unigram, labels(model.tokenizer, range(len(unigram))))


def count(tokens: npt.NDArray[Any], d_vocab: int, rows: int = ROWS) -> tuple[Counts, Counts, Counts]:
    """The most frequent tokens [row], their followers' counts [row, d_vocab], and every token's [d_vocab].

    What follows the last token of a document is the token between documents; what follows that one is not asked.
    """
    unigram = np.bincount(tokens, minlength=d_vocab)
    frequent = np.argsort(-unigram, kind="stable")
    frequent = frequent[frequent != BETWEEN_DOCUMENTS][:rows]
    row_of = np.full(d_vocab, -1)
    row_of[frequent] = np.arange(rows)
    row, follower = row_of[tokens[:-1]], tokens[1:].astype(np.int64)
    counted = np.bincount(row[row >= 0] * d_vocab + follower[row >= 0], minlength=rows * d_vocab)
    return frequent, counted.reshape(rows, d_vocab), unigram


def main(source: str) -> None:
    with np.load(source) as stored:
        token_ids, counts, unigram = count(stored["train"], int(stored["d_vocab"]))
    row, follower = counts.nonzero()
    np.savez_compressed(
        FILE,
        token_ids=token_ids.astype(np.uint16),
        row=row.astype(np.uint8),
        follower=follower.astype(np.uint16),
        count=counts[row, follower].astype(np.uint32),
        unigram=unigram.astype(np.uint32),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
