"""A run: tokens, exact labels, logits and cache; and every prompt that is refused."""

import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from headstream import models
from headstream.models import labels, run, token_id


@pytest.fixture(scope="module")
def model():
    return models.load("attn-only-2l")


def joined(tokens):
    """The bytes that labels stand for."""
    parts = [part for label in tokens for part in re.split(r"(<0x[0-9A-F]{2}>)", label)]
    return b"".join(bytes.fromhex(p[3:5]) if re.fullmatch(r"<0x[0-9A-F]{2}>", p) else p.encode() for p in parts)


def test_a_run_of_a_text(model):
    result = run(model, "Alice was")
    assert result.token_ids.dtype == np.int64
    assert result.tokens == ("<|endoftext|>", "Al", "ice", " was")
    assert result.logits.shape == (4, 8192)
    assert result.logits.dtype == torch.float32
    assert not result.logits.requires_grad
    assert result.cache["blocks.1.attn.hook_pattern"].shape == (8, 4, 4)
    assert (result.name, result.text) == ("attn-only-2l", "Alice was")
    assert "attn-only-2l" in repr(result)
    assert len(repr(run(model, "word " * 100))) < 150
    torch.testing.assert_close(result.logits, model("Alice was")[0])


def test_token_ids_are_used_as_they_are(model):
    result = run(model, [5, 6, 7])
    assert result.token_ids.tolist() == [5, 6, 7]
    assert result.text is None
    for same in (np.array([5, 6, 7], np.uint16), torch.tensor([5, 6, 7]), torch.tensor([[5, 6, 7]]), (5, 6, 7)):
        assert torch.equal(run(model, same).logits, result.logits)


def test_attention_holds_every_head(model):
    result = run(model, "The Queen of Hearts, she made some tarts")
    attention = result.attention
    n = len(result.tokens)
    assert attention.pattern.shape == (2, 8, n, n)
    assert attention.pattern.dtype == attention.value_norm.dtype == np.float32
    np.testing.assert_allclose(attention.pattern.sum(-1), 1, atol=1e-5)
    assert np.all(np.triu(attention.pattern, 1) == 0)
    x = result.cache["blocks.1.hook_resid_pre"]
    np.testing.assert_allclose(attention.value_norm[1, 3], (x @ model.W_V[1, 3]).norm(dim=-1), rtol=1e-4)


def test_a_model_without_layers_has_no_attention():
    attention = run(models.load("attn-only-0l"), "Alice").attention
    assert attention.pattern.shape == (0, 8, 3, 3)


def test_a_typed_start_token_is_text(model):
    result = run(model, "<|endoftext|>")
    assert result.token_ids[0] == 0
    assert 0 not in result.token_ids[1:]
    assert "".join(result.tokens[1:]) == "<|endoftext|>"
    assert model.to_tokens("<|endoftext|>")[0].tolist() == result.token_ids.tolist()


AWKWARD = [
    "<img src=x onerror=alert(1)>",
    "\x00\x07\x1b[31m",
    "\u202eright to left",
    "שלום",
    "a\r\n\tb  \n\n",
    "👩‍👩‍👧",
    "<0xF0>",
    "é\u0301",
    "\ufffd",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_labels_lose_nothing_of_awkward_texts(model, text):
    result = run(model, text)
    # "<0xF0>" typed is several tokens, none of them the label of a byte.
    assert all(not re.fullmatch(r"<0x..>", t) for t in result.tokens) or not text.isascii()
    assert joined(result.tokens[1:]) == text.encode()
    assert np.isfinite(result.logits.numpy()).all()


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_labels_rejoin_to_the_text(model, text):
    ids = model.tokenizer(text, add_special_tokens=False)["input_ids"]
    assert joined(labels(model.tokenizer, ids)) == text.encode()


def test_every_token_has_its_own_label(model):
    everything = labels(model.tokenizer, range(8192))
    assert everything[0] == "<|endoftext|>"
    assert len(set(everything)) == 8192
    # A label that reads as a byte is a byte.
    for label in everything[1:]:
        if "<0x" in label:
            with pytest.raises(UnicodeDecodeError):
                joined([label]).decode()


def test_a_tokenizer_that_is_not_byte_level_and_a_model_without_one():
    class SentencePiece:
        def __init__(self):
            self.added_tokens_decoder = {0: "<s>"}

        def __len__(self):
            return 3

        def convert_ids_to_tokens(self, i):
            return ["<s>", "\u2581the", "<0x0A>"][i]

    assert labels(SentencePiece(), [0, 1, 2, 7]) == ("<s>", " the", "<0x0A>", "7")
    assert labels(None, [4, 5]) == ("4", "5")


def test_a_token_that_a_byte_level_tokenizer_does_not_spell_in_bytes():
    from tokenizers import Tokenizer, decoders
    from tokenizers import models as tokenizer_models
    from transformers import PreTrainedTokenizerFast

    backend = Tokenizer(tokenizer_models.BPE({"a": 0, "Ġb": 1, "<mask> 日本": 2}, []))
    backend.decoder = decoders.ByteLevel()
    assert labels(PreTrainedTokenizerFast(tokenizer_object=backend), [0, 1, 2]) == ("a", " b", "<mask> 日本")


def test_one_token_by_its_text_or_id(model):
    assert model.tokenizer.decode([token_id(model, " on")]) == " on"
    assert token_id(model, 17) == token_id(model, np.int64(17)) == 17
    assert token_id(model, "<|endoftext|>") == 0


@pytest.mark.parametrize(
    ("token", "error", "words"),
    [
        (
            "pardon",
            ValueError,
            r"token: expected one token, got 'pardon', which is 'p' \+ 'ardon' \(did you mean ' pardon'\?\)",
        ),
        ("", ValueError, "token: expected one token, got '', which is nothing"),
        (-1, ValueError, "token: expected 0 to 8191, got -1"),
        (8192, ValueError, "token: expected 0 to 8191, got 8192"),
        (1.5, TypeError, "token: expected the text or the id of one token, got 1.5"),
        (True, TypeError, "the id of one token, got True"),
        ("\ud800", ValueError, "text: expected Unicode, got half a surrogate pair at character 0"),
    ],
)
def test_what_is_not_one_token_is_refused(model, token, error, words):
    with pytest.raises(error, match=words):
        token_id(model, token)


@pytest.mark.parametrize(
    ("prompt", "error", "words"),
    [
        ("", ValueError, "text_or_ids: expected at least one character, got an empty text"),
        ([], ValueError, "text_or_ids: expected at least one token id, got an empty list"),
        (
            " word" * 1099,
            ValueError,
            "expected at most 512 tokens with the start token, which is all that attn-only-2l reads, got 1100",
        ),
        ([1] * 513, ValueError, "expected at most 512 tokens, which is all that attn-only-2l reads, got 513"),
        ([1, 8192], ValueError, "token id at position 1: expected 0 to 8191, got 8192"),
        ([-1], ValueError, "token id at position 0: expected 0 to 8191, got -1"),
        ([10**30], ValueError, "token id at position 0: expected 0 to 8191, got 1000"),
        ([1.0], TypeError, "token id at position 0: expected a whole number, got 1.0"),
        ([True], TypeError, "position 0: expected a whole number, got True"),
        (["Alice"], TypeError, "position 0: expected a whole number, got 'Alice'"),
        (np.array([1.5, np.nan]), TypeError, "position 0: expected a whole number, got 1.5"),
        ([[1, 2], [3]], ValueError, "text_or_ids: .* lists that differ in length"),
        ([[1, 2], [3, 4]], ValueError, r"text_or_ids: .* got shape \[2, 2\]"),
        (None, TypeError, "text_or_ids: expected a text or a list of token ids, got NoneType"),
        (b"Alice", TypeError, "got bytes"),
        (7, TypeError, "got int"),
        ("\ud83d", ValueError, "text: expected Unicode"),
    ],
)
def test_what_is_no_prompt_is_refused(model, prompt, error, words):
    with pytest.raises(error, match=words):
        run(model, prompt)


def test_the_longest_prompt_is_read(model):
    assert run(model, [1] * 512).logits.shape == (512, 8192)


def test_run_wants_a_model_first(model):
    for no_model in ("attn-only-2l", type(model)):
        with pytest.raises(TypeError, match=r"model: expected a model \(pass hs\.load"):
            run(no_model, "Alice")
