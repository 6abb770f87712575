"""A head's attention scores are the sum over who wrote the query and who wrote the key."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from headstream.framework import scores
from headstream.framework.identities import score_error
from headstream.framework.scores import expand_scores
from headstream.models.runs import Run
from headstream.results import ScoreTerms
from headstream.views.residual_bars import ResidualBars
from tests.framework.zoo import tolerance

Runs = Callable[..., Run]
SUMS = [
    "attn-only-1l",
    "attn-only-2l",
    "gelu-4l unfolded",
    "native 2l LN",
    "native 2l LN folded",
    "native 3l attn-only LN",
    "gpt2",
]


@pytest.mark.parametrize("name", SUMS)
@pytest.mark.parametrize("order", [0, 1])
def test_terms_sum_to_the_scores(random_run: Runs, name: str, order: int) -> None:
    prompt = random_run(name)
    cfg = prompt.model.cfg
    last = min(cfg.n_layers, 3) - 1  # a fourth layer's paths are many
    assert score_error(prompt, last, cfg.n_heads - 1, order) <= tolerance(prompt)


def test_a_term_is_its_matrices(random_run: Runs) -> None:
    prompt = random_run("attn-only-2l", 5)
    terms = expand_scores(prompt, 1, 6, position=3)
    assert len(terms.paths) == 2 * (1 + 8) + 1
    labels = [path.label for path in terms.paths]
    first, second = (prompt.model.blocks[layer].attn for layer in (0, 1))
    a = prompt.cache["blocks.0.attn.hook_pattern"][2].double()
    x, place = prompt.cache["hook_embed"].double(), prompt.cache["hook_pos_embed"].double()
    ov = first.W_V[2].double() @ first.W_O[2].double()
    with torch.no_grad():
        qk = second.W_Q[6].double() @ second.W_K[6].double().T / prompt.model.cfg.d_head**0.5
        want = place[3] @ qk @ (a @ x @ ov).T
    found = terms.values[labels.index("position"), labels.index("embedding → 0.2")]
    np.testing.assert_allclose(found, want[:4], atol=1e-5 * float(np.abs(terms.total).max()))


def test_one_side_alone(random_run: Runs) -> None:
    prompt = random_run("attn-only-2l", 6)
    terms = expand_scores(prompt, 1, 1, position=4)
    scale = 1e-5 * float(np.abs(terms.total).max())
    for axis, side in enumerate(("query", "key")):
        split = terms.by(side)
        np.testing.assert_allclose(split.values[:, :5], terms.values.sum(1 - axis), atol=scale)
        np.testing.assert_allclose(split.total[:5], terms.total)
        assert not split.values[:, 5:].any()
        assert not split.total[5:].any()
        assert split.error.max() <= scale
        assert [row["label"] for row in ResidualBars(split).components] == [path.label for path in terms.paths]
    with pytest.raises(ValueError, match="side: expected"):
        terms.by("value")


def test_what_a_softmax_notices_is_shown(random_run: Runs) -> None:
    terms = expand_scores(random_run("attn-only-2l", 6), 1, 1)
    rows = terms.table().rows
    assert len(rows) == 12
    largest = [abs(row[-1]) for row in rows]
    assert largest == sorted(largest, reverse=True)
    key = int(terms.total.argmax())
    assert largest[0] == pytest.approx(np.abs(terms.values[:, :, key] - terms.values.mean(2)).max())
    records = terms.records()
    assert len(records) == terms.values.size
    assert sum(record["value"] for record in records if record["key"] == 2) == pytest.approx(terms.total[2], abs=1e-3)
    assert repr(terms).startswith("ScoreTerms of head 1.1 from ")


@pytest.mark.parametrize(
    ("name", "said"),
    [("llama", "turns them by their position"), ("neox", "turns them"), ("gemma3", "norms its queries")],
)
def test_scores_that_are_no_such_product_are_refused(random_run: Runs, name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        expand_scores(random_run(name), 0, 0)


def test_wrong_arguments(random_run: Runs) -> None:
    prompt = random_run("attn-only-2l", 4)
    with pytest.raises(IndexError, match="layer"):
        expand_scores(prompt, 2, 0)
    with pytest.raises(IndexError, match="position"):
        expand_scores(prompt, 1, 0, position=4)
    terms = expand_scores(prompt, 1, 0)
    with pytest.raises(ValueError, match="key"):
        ScoreTerms(1, 0, terms.values[:, :, :2], terms.total, terms.paths, terms.tokens)


def test_too_many_terms_are_refused(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scores, "_MOST", 100)
    with pytest.raises(ValueError, match="order: expected at most 100 terms, got 1,444; a lower order"):
        expand_scores(random_run("attn-only-2l", 4), 1, 0)
    assert len(expand_scores(random_run("attn-only-2l", 4), 1, 0, order=0).paths) == 4


def test_a_wrong_scale_is_noticed(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = random_run("attn-only-2l", 4)
    right = scores.head_weights
    monkeypatch.setattr(scores, "head_weights", lambda *which: right(*which)._replace(W_K=2 * right(*which).W_K))
    with pytest.raises(ValueError, match="the sum of its paths, got another"):
        expand_scores(prompt, 1, 0)


def test_other_scores_are_noticed(random_run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = random_run("attn-only-2l", 4)
    monkeypatch.setattr(scores, "pattern", lambda run, layer: torch.roll(run.cache["pattern", layer], 1, 0))
    with pytest.raises(ValueError, match="adds to its scores or scales them otherwise"):
        expand_scores(prompt, 1, 0)
