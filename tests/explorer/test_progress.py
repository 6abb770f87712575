"""While a lens takes long: all else is there, the newest request wins, shares are told, and no answer is lost."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
import torch

import headstream as hs
from headstream.explorer import Explorer
from headstream.explorer.state import State
from headstream.framework import lens
from headstream.results import Roles, Switch
from headstream.results.roles import DETECTORS

TEXT = "Alice was beginning to get"
OTHER = "The cat sat on the"


@pytest.fixture(scope="module")
def model() -> Any:
    return hs.load("attn-only-1l")


@pytest.fixture
def explorer(model: Any, monkeypatch: pytest.MonkeyPatch) -> Explorer:
    monkeypatch.setattr(lens, "_BLOCK", 1)  # a position at a time, as of a model that is a hundred times as large
    none = np.zeros((len(DETECTORS), 1, model.cfg.n_heads), np.float32)
    return hs.explore(model, TEXT, roles=Roles(none, none, np.ones(len(DETECTORS), np.float32)))


def asked(explorer: Explorer, text: str, **more: Any) -> Any:
    """The steps of what the page asks for."""
    return explorer._asked({"state": {"text": text, "second": "", "switches": [], "shown": "prompt", **more}})


def texts(explorer: Explorer) -> list[str]:
    """What the panel, the heatmap, the bars and the lens show."""
    views = (explorer.panel, explorer.heatmap, explorer.bars, explorer.lens)
    return ["".join(view.tokens[1:]) for view in views]


def test_all_but_the_lens_is_there_at_once_and_its_share_is_told(explorer: Explorer) -> None:
    steps = asked(explorer, OTHER)
    assert next(steps) == 0
    assert texts(explorer) == [OTHER, OTHER, OTHER, TEXT]
    shares = list(steps)
    assert len(shares) == len(explorer.lens.tokens)
    assert all(np.diff([0, *shares]) > 0)
    assert shares[-1] == 1
    assert texts(explorer) == [OTHER] * 4


def test_the_newest_wins(explorer: Explorer) -> None:
    older = asked(explorer, OTHER)
    next(older), next(older)
    newer = asked(explorer, "Once upon a time")
    next(newer)
    assert list(older) == []
    assert texts(explorer) == ["Once upon a time"] * 3 + [TEXT]
    list(newer)
    assert texts(explorer) == ["Once upon a time"] * 4
    explorer.undo()
    assert texts(explorer) == [TEXT] * 4  # what was typed is one step


def test_what_is_refused_ends_nothing(explorer: Explorer) -> None:
    steps = asked(explorer, OTHER)
    next(steps)
    with pytest.raises(ValueError, match="prompt: expected at least one character"):
        next(asked(explorer, ""))
    list(steps)
    assert texts(explorer) == [OTHER] * 4


def test_a_position_pinned_meanwhile_is_read(explorer: Explorer) -> None:
    steps = asked(explorer, OTHER)
    next(steps)
    explorer.selection.position = 2
    list(steps)
    assert (explorer.panel.position, explorer.bars.default_position) == (2, 2)
    assert texts(explorer) == [OTHER] * 4


def test_where_the_lens_fails_the_last_whole_answer_stands(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = asked(explorer, "Once upon a time")
    next(given_up)
    steps = asked(explorer, OTHER)
    next(steps), next(steps)
    monkeypatch.setattr(lens, "_candidates", lambda *_: 1 / 0)
    with pytest.raises(ValueError, match="the model stopped with ZeroDivisionError"):
        list(steps)
    assert texts(explorer) == [TEXT] * 4
    assert (explorer.state.text, explorer.panel.undo) == (TEXT, False)


def positions_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many positions are read for each lens from now on."""
    read: list[int] = []
    blocks = lens.lens_blocks

    def counted(activations: Any, weight: Any, shape: Any, rows: Any, positions: range, numbers: int) -> Any:
        read.append(len(positions))
        return blocks(activations, weight, shape, rows, positions, numbers)

    monkeypatch.setattr(lens, "lens_blocks", counted)
    return read


def test_typed_on_only_what_is_new_is_read(explorer: Explorer, model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read = positions_read(monkeypatch)
    switch = (Switch("0.3", "zero"),)
    for state, new in (
        (State(TEXT + " very tired"), 3),  # what stands at the last position has a next token now
        (State(TEXT), 1),
        (State("So " + TEXT), None),
        (State(TEXT, "", switch), None),
        (State(TEXT + " very", "", switch, "changed"), 2),
    ):
        explorer.ask(state)
        assert read == [new or len(explorer.lens.tokens)]
        run = hs.run(model, state.text)
        anew = hs.LogitLensGrid(hs.logit_lens(hs.intervene(run, hs.ablate("0.3")) if state.on else run))
        read.clear()
        for name in ("starts", "ids", "rank"):
            np.testing.assert_array_equal(getattr(explorer.lens, name), getattr(anew, name))
        for name in ("log_prob", "entropy", "kl"):
            np.testing.assert_allclose(getattr(explorer.lens, name), getattr(anew, name), atol=0.02)


def test_of_another_model_no_lens_is_kept(explorer: Explorer, model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read, bias = positions_read(monkeypatch), model.unembed.b_U
    before = bias.clone()
    bias.copy_(torch.linspace(0, 9, len(bias)))
    explorer.ask(State(TEXT + " very"))
    bias.copy_(before)
    assert read == [len(explorer.lens.tokens)]


def test_between_two_steps_the_kernel_hears_other_messages(monkeypatch: pytest.MonkeyPatch, explorer: Explorer) -> None:
    heard: list[Any] = []
    panel = explorer.panel

    async def main() -> None:
        ended = asyncio.Event()

        def send(content: Any, _buffers: Any) -> None:
            heard.append(content)
            if "done" not in content:
                ended.set()

        monkeypatch.setattr(panel, "send", send)
        question = {"state": {"text": OTHER, "second": "", "switches": [], "shown": "prompt"}}
        panel._asked(panel, {"ask": 1, "question": question}, [])
        heard.append("another message")
        await ended.wait()

    with ThreadPoolExecutor(1) as another:  # a browser of other tests may have its loop in this thread
        another.submit(asyncio.run, main()).result()
    assert heard[:3] == [{"asked": 1, "done": 0.0}] * 2 + ["another message"]
    assert [message["done"] for message in heard[3:-1]][-1] == 1
    assert heard[-1] == {"asked": 1, "answer": {}}
