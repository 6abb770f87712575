"""The training text's bigrams: counted as they should be, and read by the models that were trained on it."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import headstream as hs
from headstream.models import bigrams


@given(st.lists(st.integers(0, 4), min_size=20, max_size=60))
def test_count_is_a_loop(tokens):
    token_ids, counts, unigram = bigrams.count(np.array(tokens, np.uint16), 5, rows=3)
    for row, token in enumerate(token_ids):
        for follower in range(5):
            assert counts[row, follower] == sum(pair == (token, follower) for pair in pairwise(tokens))
    assert unigram.tolist() == [tokens.count(token) for token in range(5)]
    assert bigrams.BETWEEN_DOCUMENTS not in token_ids
    assert sorted(unigram[1:], reverse=True)[:3] == [unigram[token] for token in token_ids]


def test_the_file_is_what_main_writes(tmp_path, monkeypatch):
    tokens = np.random.default_rng(0).integers(0, 300, 20_000).astype(np.uint16)
    np.savez(tmp_path / "tokens.npz", train=tokens, d_vocab=300)
    monkeypatch.setattr(bigrams, "FILE", tmp_path / "bigrams.npz")
    bigrams.main(str(tmp_path / "tokens.npz"))
    token_ids, counts, unigram = bigrams.count(tokens, 300)
    with np.load(tmp_path / "bigrams.npz") as stored:
        again = np.zeros_like(counts)
        again[stored["row"], stored["follower"]] = stored["count"]
        assert (again == counts).all()
        assert (stored["token_ids"] == token_ids).all()
        assert (stored["unigram"] == unigram).all()


def test_the_zero_layer_model_has_learnt_them(shipped):
    found = hs.bigrams(shipped("attn-only-0l"))
    assert found.counts.shape == (200, 8192)
    assert found.p.sum(-1) == pytest.approx(1, abs=1e-5)
    assert found.weight.sum() == pytest.approx(1, abs=1e-5)
    model = shipped("attn-only-0l")
    q = (model.W_E[found.token_ids] @ model.W_U).log_softmax(-1).numpy()
    log_p = np.log(found.p, where=found.p > 0, out=np.zeros_like(found.p))
    assert (found.p * (log_p - q)).sum(-1).mean() < 0.05
    assert (found.p * (log_p - np.roll(q, 1, 0))).sum(-1).mean() > 1  # another token's row does not do


def test_a_model_with_other_tokens_is_refused(shipped):
    class Other:
        cfg = type("cfg", (), {"d_vocab": 7, "model_name": "small", "attention_dir": "causal"})
        blocks = ()

        def run_with_cache(self):
            raise NotImplementedError

    with pytest.raises(ValueError, match="the shipped models' 8,192 tokens, got small, which has 7"):
        hs.bigrams(Other())
