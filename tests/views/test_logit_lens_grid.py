"""LogitLensGrid in Python: what it accepts, what it sends, what it says when an argument is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.results import LogitLens
from headstream.views.logit_lens_grid import LogitLensGrid
from headstream.views.shared.traits import from_wire
from tests.views.lenses import random_lens

TOKENS = ["<|endoftext|>", "I", " beg", " your"]


@pytest.fixture(scope="module")
def lens() -> LogitLens:
    return random_lens(TOKENS)[0]


def test_what_is_sent_is_the_lens_at_its_candidates() -> None:
    lens, log_prob = random_lens(TOKENS)
    view = LogitLensGrid(lens)
    assert view.tokens == TOKENS
    assert (view.rows, view.norms, view.row_layer) == (list(lens.rows), ["own", "final"], [-1, 0, 0, 1, 1])
    assert (view.log_prob.dtype, view.rank.dtype) == (np.float16, np.uint16)
    rank = (log_prob[..., None, :] > log_prob[..., :, None]).sum(-1)
    for position in range(len(TOKENS)):
        mine = slice(view.starts[position], view.starts[position + 1])
        ids = view.ids[mine]
        assert (ids >= 0).all()
        assert set(ids) == set(lens.candidates[position]) - {-1}
        # Half a unit of float16 between 4 and 8 nats is .002.
        np.testing.assert_allclose(view.log_prob[..., mine], log_prob[:, :, position, ids], atol=0.004, rtol=0.0005)
        np.testing.assert_array_equal(view.rank[..., mine], rank[:, :, position, ids])
        assert all(view.vocabulary[str(token)] == f" w{token}" for token in ids)
    np.testing.assert_array_equal(view.entropy, lens.entropy)
    np.testing.assert_array_equal(view.kl, lens.kl)
    np.testing.assert_array_equal(view.next_token, lens.next_token)
    assert set(view.vocabulary) == {str(token) for token in view.ids}


def test_probabilities_keep_two_decimals_on_the_wire() -> None:
    lens, log_prob = random_lens(TOKENS)
    view = LogitLensGrid(lens)
    read = from_wire(view.get_state()["log_prob"], view).astype(float)
    positions = np.repeat(np.arange(len(TOKENS)), np.diff(view.starts))
    error = np.abs(np.exp(read) - np.exp(log_prob[:, :, positions, view.ids]))
    assert error.max() < 0.001


def test_ranks_of_a_large_vocabulary_travel_as_int32(lens: LogitLens) -> None:
    rank = np.where(lens.rank == lens.rank.max(), 70_000, lens.rank)
    view = LogitLensGrid(replace(lens, rank=rank))
    assert view.rank.dtype == np.int32
    assert view.rank.max() == 70_000


def test_the_lens_of_300_tokens_is_below_a_megabyte() -> None:
    lens, _ = random_lens([f" w{i}" for i in range(300)], layers=4, top=5, vocabulary=100)
    state = LogitLensGrid(lens).get_state()
    assert sum(len(value["data"]) for value in state.values() if isinstance(value, dict) and "data" in value) < 1e6


def test_settings(lens: LogitLens) -> None:
    token = int(lens.candidates[-1, 0])
    view = LogitLensGrid(
        lens, color="kl", norm="final", trajectory="probability", row=-2, position=-1, pins=[(-1, token)], title="t"
    )
    assert (view.color, view.norm, view.trajectory, view.title) == ("kl", "final", "probability", "t")
    assert (view.row, view.selection.layer, view.selection.position) == (3, 1, 3)
    assert view.pins == [[3, token]]
    assert LogitLensGrid(lens, row=0, position=1).selection.layer is None


def test_the_embedding_alone_and_no_layer_norm() -> None:
    lens, _ = random_lens(["a"], layers=0, norms=("none",))
    view = LogitLensGrid(lens)
    assert (view.norm, view.rows, view.next_token.tolist()) == ("none", ["embedding"], [-1])


def test_a_real_model(shipped: Any) -> None:
    run = hs.run(shipped("gelu-4l"), "I beg your")
    lens = hs.logit_lens(run)
    view = LogitLensGrid(lens)
    last = slice(view.starts[-2], view.starts[-1])
    best = view.ids[last][view.rank[0, -1, last].argmin()]
    assert best == int(run.logits[-1].argmax())


@pytest.mark.parametrize("wrong", [None, np.zeros((2, 3)), "lens", {"rows": 3}])
def test_only_a_logit_lens(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"lens: expected a LogitLens \(pass hs.logit_lens\(run\)\), got"):
        LogitLensGrid(wrong)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"colour": "kl"}, TypeError, "LogitLensGrid has no argument 'colour'"),
        ({"color": "blue"}, ValueError, "color: expected 'final_rank' or .* got 'blue'"),
        ({"norm": "none"}, ValueError, "norm: expected 'own' or 'final', got 'none'"),
        ({"trajectory": "logit"}, ValueError, "trajectory: expected 'rank' or 'probability', got 'logit'"),
        ({"row": 5}, IndexError, "row: expected -5 to 4, got 5"),
        ({"position": 4}, IndexError, "position: expected -4 to 3, got 4"),
        ({"position": "last"}, TypeError, "position: expected a whole number, got 'last'"),
        ({"layer": 0}, TypeError, "LogitLensGrid has no argument 'layer'"),
        ({"rows": ["embedding"]}, TypeError, "LogitLensGrid has no argument 'rows'"),
        ({"position": True}, TypeError, "position: expected a whole number, got True"),
        ({"pins": 5}, TypeError, r"pins: expected pairs \(position, token id\), got int"),
        ({"pins": [3]}, ValueError, r"pins: expected pairs \(position, token id\), got 3"),
        ({"pins": [(9, 0)]}, IndexError, "pins: position: expected -4 to 3, got 9"),
        ({"pins": [(0, 10**6)]}, ValueError, "pins: expected a token among the top 3 .* position 0, .* got 1000000"),
    ],
)
def test_wrong_arguments(lens: LogitLens, arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        LogitLensGrid(lens, **arguments)


def test_show_sends_another_lens_in_one_message(lens: LogitLens) -> None:
    token = int(lens.candidates[0, 0])
    view = LogitLensGrid(lens, norm="final", row=4, position=2, pins=[(0, token), (3, int(lens.candidates[3, 0]))])
    sent: list[dict[str, Any]] = []
    view.comm.send = lambda data, **_: sent.append(data["state"])
    other, _ = random_lens(TOKENS, seed=1)
    view.show(other)
    assert len(sent) == 1
    np.testing.assert_array_equal(view.kl, other.kl)
    kept = [[p, t] for p, t in [(0, token), (3, int(lens.candidates[3, 0]))] if t in other.candidates[p]]
    assert (view.norm, view.row, view.pins, view.selection.position) == ("final", 4, kept, 2)
    view.show(random_lens(["a"], layers=1, norms=("none",))[0])
    assert (view.norm, view.row, view.tokens) == ("none", None, ["a"])


def test_token_ids_come_with_the_lens(lens: LogitLens) -> None:
    assert LogitLensGrid(lens).token_ids is None
    assert LogitLensGrid(replace(lens, token_ids=np.array([5, 6, 7, 8]))).token_ids.tolist() == [5, 6, 7, 8]


def test_settings_are_checked_later_too(lens: LogitLens) -> None:
    view = LogitLensGrid(lens)
    token = int(lens.candidates[0, 0])
    view.pins = [(0, token)]
    assert view.pins == [[0, token]]
    with pytest.raises(ValueError, match="pins: expected at most 5, got 6"):
        view.pins = [(0, token)] * 6
    with pytest.raises(ValueError, match="norm: expected 'own' or 'final', got 'none'"):
        view.norm = "none"
    with pytest.raises(IndexError, match="row: expected -5 to 4, got 7"):
        view.row = 7


def test_a_change_is_the_colour_where_there_is_one() -> None:
    lens, _ = random_lens(["a", "b", "c"])
    changed = replace(lens, change=np.ones_like(lens.kl))
    view = hs.LogitLensGrid(changed)
    assert view.color == "change"
    assert hs.LogitLensGrid(changed, color="kl").color == "kl"
    view.show(lens)
    assert view.color == "final_rank"
    with pytest.raises(ValueError, match="color: 'change' needs a lens that has one"):
        view.color = "change"
    with pytest.raises(ValueError, match="change"):
        replace(lens, change=np.ones(3, np.float32))
