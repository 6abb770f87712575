"""A tokenizer of another size: byte-level BPE like the shipped one, so that any text round-trips."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream.models.labels import encode
from headstream.models.shipped import TOKENIZER

START = "<|endoftext|>"


def train_tokenizer(texts: Iterable[str], d_vocab: int, folder: str | Path) -> Any:
    """Train a tokenizer of exactly d_vocab tokens, save it to the folder and return it. Id 0 is ``<|endoftext|>``.

    It splits texts before merging as the shipped tokenizer does. Errors: ValueError if the texts are too short to make
    d_vocab tokens of.
    """
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import AutoTokenizer, PreTrainedTokenizerFast

    if d_vocab < 257:
        raise ValueError(f"d_vocab must be at least 257, one for each byte and the start token, not {d_vocab}.")
    shipped = Tokenizer.from_file(str(TOKENIZER / "tokenizer.json"))
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer, tokenizer.decoder = shipped.pre_tokenizer, shipped.decoder
    tokenizer.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=d_vocab,
            special_tokens=[START],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    if tokenizer.get_vocab_size() != d_vocab:
        raise ValueError(f"the texts give {tokenizer.get_vocab_size()} tokens and not {d_vocab}: give more text.")
    # A typed start token is text: only the code that puts it before a document makes one.
    whole = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token=START, split_special_tokens=True)
    whole.save_pretrained(str(folder))
    return AutoTokenizer.from_pretrained(str(folder))


def encode_documents(tokenizer: Any, texts: Iterable[str]) -> npt.NDArray[Any]:
    """Token ids of the documents in turn, each with the start token before it."""
    parts = [[tokenizer.bos_token_id, *encode(tokenizer, text)] for text in texts]
    return np.concatenate(parts or [[]]).astype(np.uint16 if len(tokenizer) <= 2**16 else np.uint32)
