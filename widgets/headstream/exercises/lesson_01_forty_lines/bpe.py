"""Byte-pair encoding: a text cut into tokens by merges."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake
from headstream.extras import require

Merges = list[tuple[str, str]]


def cases(rng: np.random.Generator) -> Iterator[Case]:
    known: list[tuple[str, Merges]] = [
        ("the", [("h", "e")]),
        ("the", [("h", "e"), ("t", "h"), ("th", "e")]),
        ("aaa", [("a", "a")]),
        ("aaaaaaa", [("a", "a"), ("aa", "aa")]),
        ("banana", [("a", "n"), ("an", "an")]),
        ("abc", [("b", "c"), ("a", "b")]),
        ("ab ab", [("a", "b")]),
        ("abcb", []),
        ("a", [("a", "a")]),
        ("Aaa", [("a", "a"), ("A", "aa")]),
        ("abcdefghijklmnopqrstuvwxyz", [(left, right) for left, right in pairwise("abcdefghijklmnopqrstuvwxyz")]),
    ]
    random = [("".join(rng.choice(["a", "b"], size=14)), _random_merges(rng, 5)) for _ in range(20)]
    for text, merges in (*known, *random):
        yield Case((text, merges), _real_bpe(text, merges))


def _real_bpe(text: str, merges: Merges) -> list[str]:
    """What the tokenizers library makes of a text."""
    pieces = sorted(set(text).union(*merges, (left + right for left, right in merges)))
    model = require("tokenizers.models").BPE(vocab={piece: i for i, piece in enumerate(pieces)}, merges=merges)
    tokens: list[str] = require("tokenizers").Tokenizer(model).encode(text).tokens
    return tokens


def _random_merges(rng: np.random.Generator, count: int) -> Merges:
    """Merges over the letters a and b, each of pieces made before it."""
    pieces = ["a", "b"]
    merges: Merges = []
    while len(merges) < count:
        left, right = (pieces[i] for i in rng.integers(len(pieces), size=2))
        if left + right not in pieces:
            merges.append((left, right))
            pieces.append(left + right)
    return merges


def reason(got: Any, text: str, merges: Merges) -> str:
    if not isinstance(got, list | tuple) or not all(isinstance(piece, str) for piece in got):
        return "Return a list of strings."
    if "".join(got) != text:
        return "Your pieces joined do not give the text back. After a merge, go on behind it."
    if any(pair in merges for pair in pairwise(got)):
        return "A pair that a merge joins still stands: apply each merge in its turn, wherever its pair occurs."
    return ""


EXERCISE = Exercise(
    name="bpe",
    number=4,
    difficulty=2,
    minutes=10,
    hints=(
        "Start from single characters: pieces = list(text). Then take the merges one by one, in their order.",
        "For one merge (left, right), walk through pieces from the left. Where left is followed by right, put"
        " left + right in their place.",
        "pieces[i : i + 2] = [left + right] replaces two pieces by one. A while loop copes with a list that "
        "gets shorter.",
    ),
    solution="""\
def bpe(text, merges):
    pieces = list(text)
    for left, right in merges:
        i = 0
        while i < len(pieces) - 1:
            if pieces[i] == left and pieces[i + 1] == right:
                pieces[i : i + 2] = [left + right]
            i += 1
    return pieces


bpe_checked = hs.check("bpe", bpe)""",
    cases=cases,
    mistakes=(
        Mistake("Nothing was merged.", {"= [left + right]": "= [left, right]"}),
        Mistake(
            "You took the longest known piece each time. BPE applies its merges in the order they were learned.",
            """\
def longest_match(text, merges):
    pieces = []
    while text:
        known = [left + right for left, right in merges if text.startswith(left + right)]
        pieces.append(max(known, key=len, default=text[0]))
        text = text[len(pieces[-1]) :]
    return pieces""",
        ),
        Mistake(
            "Only the first place of each pair is merged. Merge wherever the pair occurs.",
            {"[left + right]\n": "[left + right]\n                break\n"},
        ),
        Mistake(
            "Only the first merge is applied. Go on with the others, in their order.",
            {"in merges:": "in merges[:1]:"},
        ),
        Mistake(
            "You compare the text of two pieces together. Compare each: pieces[i] == left and pieces[i + 1] == right.",
            {
                "pieces[i] == left and pieces[i + 1] == right": "pieces[i] + pieces[i + 1] == left + right",
            },
        ),
        Mistake(
            "A pair is merged again with what its own merge has just made. Go on behind the new piece.",
            """\
def overlapping(text, merges):
    pieces = list(text)
    for left, right in merges:
        pieces = [a + b if (a, b) == (left, right) else a for a, b in zip(pieces, pieces[1:] + [""], strict=True)]
    return pieces""",
        ),
        Mistake(
            "You went from right to left. Go from left to right.",
            """\
def from_the_right(text, merges):
    pieces = list(text)
    for left, right in merges:
        for i in reversed(range(len(pieces) - 1)):
            if pieces[i : i + 2] == [left, right]:
                pieces[i : i + 2] = [left + right]
    return pieces""",
        ),
    ),
    passed="Your pieces are those of the tokenizers library, on known texts and twenty random ones.",
    reason=reason,
)
