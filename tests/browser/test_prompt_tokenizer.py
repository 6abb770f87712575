"""The page's tokenizer is the package's: on strings of all kinds, and on every code point after 's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from headstream.models.labels import encode
from headstream.models.served import CLASSES, classes
from headstream.models.shipped import WEIGHTS, tokenizer_of

STRINGS = 30_000
LOAD = """async (base) => {
  window.engine = new Engine();
  await engine.load(base, "attn-only-0l", () => {});
}"""
ENCODE = "(texts) => engine.probe('encode', texts)"
# Where the piece 's stands by itself before a character, and where the character is a space before a sign; as ranges.
EVERY = """async () => {
  const codes = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => code < 0xd800 || code > 0xdfff);
  const [apart] = await engine.probe("encode", JSON.stringify(["'s"]));
  const found = await engine.probe("encode", JSON.stringify(codes.map((code) => "'s" + String.fromCodePoint(code))));
  const ranges = [];
  codes.forEach((code, at) => {
    if (apart.every((token, index) => found[at][index] === token)) return;
    if (ranges.at(-1) === code - 1) ranges[ranges.length - 1] = code;
    else ranges.push(code, code);
  });
  return ranges;
}"""
PARTS = [
    "'s",
    "'ll",
    "'ve",
    "'t",
    "’s",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\u00a0",
    "\u0085",
    "\ufeff",
    "\u200d",
    "<|endoftext|>",
]
WORDS = [
    "the",
    "Alice",
    "def",
    "return",
    "x1",
    "0",
    "42",
    "!",
    "...",
    "_",
    "é",
    "ß",
    "ʼ",
    "日本",
    "😀",
    "🇩🇪",
    "ﬁ",
    "\u0301",
    "\u3000",
]


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tokenizer_of(WEIGHTS)


@pytest.fixture(scope="module")
def page(engine_page: tuple[Page, str]) -> Iterator[Page]:
    found, base = engine_page
    found.evaluate(LOAD, base)
    yield found
    found.evaluate("engine.close()")


def strings(count: int) -> Iterator[str]:
    """Parts that meet in any order, characters of all planes, and runs of one character."""
    random = np.random.default_rng(0)
    for index in range(count):
        size = int(random.integers(1, 12))
        if index % 3 == 0:
            yield "".join(random.choice(PARTS + WORDS, size))
        elif index % 3 == 1:
            codes = random.integers(1, [0x80, 0x250, 0x3000, 0x10FFFF][index % 4], size)
            yield "".join(chr(code) for code in codes if not 0xD800 <= code <= 0xDFFF)
        else:
            yield str(random.choice(WORDS)) * size + str(random.choice(PARTS)) * int(random.integers(3))


def test_it_splits_texts_into_the_same_tokens(page: Page, tokenizer: Any) -> None:
    texts = list(strings(STRINGS))
    found = page.evaluate(ENCODE, json.dumps(texts))
    expected = tokenizer(texts, add_special_tokens=False, split_special_tokens=True, verbose=False)["input_ids"]
    different = [(text, got, want) for text, got, want in zip(texts, found, expected, strict=True) if got != want]
    assert different == []


def test_every_code_point_after_s(page: Page) -> None:
    word = json.loads(CLASSES.read_bytes())["word"]
    assert len(word) == 2 * 797
    assert page.evaluate(EVERY) == word


def test_the_classes_of_characters_are_the_tokenizers_own(tokenizer: Any) -> None:
    assert json.loads(CLASSES.read_bytes()) == classes(tokenizer)


def test_half_a_surrogate_pair_is_refused_in_the_same_words(page: Page, tokenizer: Any) -> None:
    for text in ("a\ud83d", "😀\udc00b", "\ud800"):
        with pytest.raises(ValueError, match="half a surrogate pair") as error:
            encode(tokenizer, text)
        escaped = json.dumps([text])  # as \ud83d, for no such text can be sent
        assert page.evaluate(ENCODE, escaped) == [str(error.value)]
