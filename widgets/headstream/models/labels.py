"""Tokens as text: exact labels of token ids, and the id of one token."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from functools import cache
from typing import Any

from headstream import checks


def labels(tokenizer: Any, ids: Iterable[int]) -> tuple[str, ...]:
    """Exact text of each token, one label an id; nothing is lost.

    A byte that is not part of a whole character within its token stands as ``<0xF0>``: the labels' bytes, joined,
    are the text's UTF-8. The start token keeps its name (``<|endoftext|>``), as does every token that a byte-level
    tokenizer does not spell in bytes. Without a tokenizer (None), and for ids
    that the tokenizer does not name, the label is the number.
    """
    ids = [int(i) for i in ids]
    if tokenizer is None:
        return tuple(str(i) for i in ids)
    backend = getattr(tokenizer, "backend_tokenizer", None)
    byte_level = backend is not None and "ByteLevel" in str(backend.decoder)
    added = tokenizer.added_tokens_decoder

    def label(i: int) -> str:
        # A model may hold more ids than its tokenizer names (a vocabulary padded to a round number).
        name = tokenizer.convert_ids_to_tokens(i) if 0 <= i < len(tokenizer) else None
        if name is None:
            return str(i)
        if byte_level and i not in added and byte_of().keys() >= set(name):
            return bytes(byte_of()[c] for c in name).decode("utf-8", errors="headstream.bytes")
        return str(name).replace("\u2581", " ")  # SentencePiece writes a space as this block

    return tuple(label(i) for i in ids)


def token_id(model: Any, token: str | int, *, name: str = "token") -> int:
    """The id of one token of a model, given as its text or as its id; see `token_of`."""
    return token_of(model.tokenizer, model.cfg.d_vocab, token, name)


def token_of(tokenizer: Any, d_vocab: int, token: str | int, name: str) -> int:
    """The id of one token, given as its text or as its id; `name` is what messages call it.

    Errors: ValueError if the text is not exactly one token (it says how the text splits) or the id is not in the
    vocabulary; TypeError for anything else.
    """
    if isinstance(token, str):
        if tokenizer is None:
            raise ValueError(f"{name}: expected an id, for this model has no tokenizer, got {token!r}")
        start = tokenizer.bos_token
        if start is not None and token == start:
            return int(tokenizer.bos_token_id)
        ids = encode(tokenizer, token)
        if len(ids) != 1:
            parts = " + ".join(repr(part) for part in labels(tokenizer, ids)) or "nothing"
            spaced = encode(tokenizer, " " + token) if token else []
            hint = f" (did you mean {' ' + token!r}?)" if len(spaced) == 1 else ""
            raise ValueError(f"{name}: expected one token, got {token!r}, which is {parts}{hint}")
        return ids[0]
    if isinstance(token, bool) or not hasattr(token, "__index__"):
        raise TypeError(f"{name}: expected the text or the id of one token, got {token!r}")
    return checks.whole(name, token, 0, d_vocab - 1)


def encode(tokenizer: Any, text: str) -> list[int]:
    """Token ids of a text and of nothing else: no start token is added, and a typed ``<|endoftext|>`` is text.

    Errors: ValueError for half a surrogate pair.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"text: expected Unicode, got half a surrogate pair at character {error.start}") from None
    return list(tokenizer(text, add_special_tokens=False, split_special_tokens=True, verbose=False)["input_ids"])


@cache
def byte_of() -> dict[str, int]:
    """The byte that each character of a byte-level BPE's vocabulary stands for.

    GPT-2's convention: printable Latin-1 bytes stand for themselves, the others for characters from U+0100 on.
    """
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [b for b in range(256) if b not in printable]
    return {chr(b): b for b in printable} | {chr(0x100 + n): b for n, b in enumerate(others)}


def _hexadecimal(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(f"<0x{b:02X}>" for b in error.object[error.start : error.end]), error.end


codecs.register_error("headstream.bytes", _hexadecimal)
