"""Free exploration: every state shows what the framework gives, the script does the same, and errors change nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import headstream as hs
from headstream.explorer import Explorer
from headstream.explorer.state import State, state_from
from headstream.models.labels import token_id
from headstream.results import Switch

TEXT = "Harry Potter met Mr. Dursley. Harry P"
SECOND = "Tom Sawyer met Mr. Granger. Then H"


@pytest.fixture(scope="module")
def model() -> Any:
    return hs.load("attn-only-2l")


@pytest.fixture(scope="module")
def roles(model: Any) -> Any:
    return hs.roles(model)


@pytest.fixture
def explorer(model: Any, roles: Any) -> Explorer:
    return hs.explore(model, TEXT, roles=roles)


def same_length(model: Any) -> str:
    """A second prompt of as many tokens as the first."""
    ids = hs.run(model, TEXT).token_ids
    words = hs.run(model, SECOND * 3).token_ids[1 : len(ids)]
    text = model.tokenizer.decode(words)
    assert len(hs.run(model, text).token_ids) == len(ids)
    return str(text)


STATES = {
    "prompt": lambda second: State(TEXT),
    "zero": lambda second: State(TEXT, "", (Switch("1.6", "zero"), Switch("0.2", "zero", 3))),
    "mean": lambda second: State(TEXT, "", (Switch("1.6", "mean"), Switch("embedding", "mean", 2))),
    "resample": lambda second: State(TEXT, SECOND, (Switch("0.2", "resample"),)),
    "patch": lambda second: State(TEXT, second, (Switch("0.2", "patch", 4), Switch("1.1", "zero", on=False))),
    "second": lambda second: State(TEXT, SECOND, (), "second prompt"),
    "less": lambda second: State(TEXT, second, (), "second prompt − prompt"),
}


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("difference", [False, True])
def test_the_script_makes_what_is_shown(
    model: Any, explorer: Explorer, name: str, difference: bool, monkeypatch: pytest.MonkeyPatch, roles: Any
) -> None:
    explorer.ask(STATES[name](same_length(model)))
    if difference and "changed" in explorer.panel.runs:
        explorer.ask(State(**{**vars(explorer.state), "shown": "changed − prompt"}))
    monkeypatch.setattr(hs, "load", lambda name: model)
    monkeypatch.setattr(hs, "roles", lambda model: roles)
    made: list[Any] = []
    monkeypatch.setattr(hs, "Board", lambda *views: made.extend(views))
    exec(explorer.code, {})
    for ours, theirs in zip((explorer.heatmap, explorer.bars, explorer.lens), made, strict=True):
        assert type(ours).__name__ == type(theirs).__name__
        assert ours.tokens == theirs.tokens
        for trait, value in ours.trait_values(sync=True).items():
            if isinstance(value, np.ndarray):
                np.testing.assert_allclose(value, getattr(theirs, trait), atol=1e-5, err_msg=trait)
    assert explorer.bars.quantity == made[1].quantity
    assert explorer.lens.color == made[2].color
    assert explorer.bars.components == made[1].components


def test_what_comes_next_is_the_models(model: Any, explorer: Explorer) -> None:
    explorer.ask(State(TEXT, SECOND, (Switch("1.6", "zero"),)))
    panel = explorer.panel
    assert list(panel.runs) == ["prompt", "changed", "second prompt"]
    runs = [hs.run(model, TEXT), hs.intervene(hs.run(model, TEXT), hs.ablate("1.6")), hs.run(model, SECOND)]
    for row, run in zip(panel.next_prob, runs, strict=True):
        p = run.logits[-1].softmax(-1)
        ids = [token_id(model, word) for word in panel.next_tokens]
        np.testing.assert_allclose(row, p[ids].numpy(), atol=1e-6)
        assert int(p.argmax()) in ids
    explorer.selection.position = 4
    assert panel.position == 4
    np.testing.assert_allclose(panel.next_prob[1], runs[1].logits[4].softmax(-1)[
        [token_id(model, word) for word in panel.next_tokens]
    ].numpy(), atol=1e-6)  # fmt: skip
    assert explorer.bars.default_position == 4


def test_another_position_computes_no_attention_and_no_lens(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer.ask(State(TEXT, "", (Switch("1.6", "zero"),)))
    pattern, ranks = explorer.heatmap.pattern, explorer.lens.rank
    for name in ("intervene", "lens_steps", "run"):
        monkeypatch.delattr(f"headstream.explorer.{name}")
    explorer.selection.position = 3
    assert explorer.bars.default_position == 3
    assert explorer.heatmap.pattern is pattern
    assert explorer.lens.rank is ranks


def test_a_first_switch_is_shown_and_a_last_one_leaves_the_prompt(explorer: Explorer) -> None:
    explorer.ask(State(TEXT, "", (Switch("1.6", "zero"),)))
    assert explorer.state.shown == "changed"
    assert explorer.panel.choices == ["prompt", "changed", "changed − prompt"]
    explorer.ask(State(TEXT, "", (Switch("1.6", "zero", on=False),), "changed"))
    assert explorer.state.shown == "prompt"
    assert "intervene" not in explorer.code


def test_steps_back_and_forward(explorer: Explorer) -> None:
    first = explorer.state
    for size in range(5, len(TEXT)):  # typed, letter by letter
        explorer.ask(State(TEXT[:size]))
    typed = explorer.state
    explorer.ask(State(typed.text, "", (Switch("0.1", "zero"),)))
    switched = explorer.state
    explorer.undo()
    assert explorer.state == typed
    assert (explorer.panel.undo, explorer.panel.redo) == (True, True)
    explorer.undo()
    assert explorer.state == first
    assert (explorer.panel.undo, explorer.panel.text) == (False, TEXT)
    explorer.undo()
    assert explorer.state == first
    explorer.redo()
    explorer.redo()
    assert explorer.state == switched
    explorer.redo()
    assert explorer.state == switched
    explorer.undo()
    explorer.ask(State("Another one"))
    assert explorer.panel.redo is False


@pytest.mark.parametrize(
    ("state", "error", "said"),
    [
        (State(""), ValueError, "prompt: expected at least one character"),
        (State("word " * 600), ValueError, "expected at most 512 tokens"),
        (State(TEXT, "", (Switch("7.1", "zero"),)), IndexError, "layer"),
        (State(TEXT, "", (Switch("0.1", "zero", 99),)), IndexError, "position"),
        (State(TEXT, "", (Switch("0.mlp", "zero"),)), ValueError, "part: expected one that attn-only-2l has"),
        (State(TEXT, "", (Switch("0.1", "patch"),)), ValueError, "second prompt: expected one, for 0.1 is patched"),
        (State(TEXT, "Tom", (Switch("0.1", "patch"),)), ValueError, "expected a run of as many tokens"),
    ],
)
def test_what_cannot_be_leaves_all_as_it_was(
    explorer: Explorer, state: State, error: type[Exception], said: str
) -> None:
    explorer.ask(State("Alice", "", (Switch("0.1", "zero"),)))
    before, code, pattern = explorer.state, explorer.code, explorer.heatmap.pattern
    with pytest.raises(error, match=said):
        explorer.ask(state)
    assert (explorer.state, explorer.code) == (before, code)
    assert explorer.heatmap.pattern is pattern
    explorer.undo()
    assert explorer.state.text == TEXT


def test_an_error_in_the_model_is_a_sentence(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any) -> Any:
        raise RuntimeError("out of memory")

    monkeypatch.setattr("headstream.explorer.run", stopped)
    told: list[Any] = []
    monkeypatch.setattr(explorer.panel, "send", lambda content, buffers: told.append(content))
    state = {"text": "Alice", "second": "", "switches": [], "shown": "prompt"}
    explorer.panel._asked(explorer.panel, {"ask": 3, "question": {"state": state}}, [])
    assert told[-1] == {"asked": 3, "error": "the model stopped with RuntimeError: out of memory"}
    assert explorer.state.text == TEXT


def test_the_page_asks_for_states_and_steps(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(explorer.panel, "send", lambda content, buffers: told.append(content))

    def ask(question: Any) -> Any:
        explorer.panel._asked(explorer.panel, {"ask": 1, "question": question}, [])
        return told[-1].get("error", "")

    switch = {"part": "1.6", "by": "zero", "position": None, "on": True}
    assert ask({"state": {"text": "Alice", "second": "", "switches": [switch], "shown": "prompt"}}) == ""
    assert explorer.state == State("Alice", "", (Switch("1.6", "zero"),), "changed")
    assert ask({"step": -1}) == ""
    assert explorer.state.text == TEXT
    assert ask({"step": 1}) == ""
    assert ask({"step": 2}).startswith("question: expected a state or a step")
    assert ask({"state": {"text": "x"}}).startswith("state: expected text, second")
    for wrong in (
        {"part": 3, "by": "zero"},
        {"part": "1.6", "by": "off"},
        {"part": "1.6", "by": "zero", "x": 1},
        "1.6",
    ):
        assert ask({"state": {"text": "x", "second": "", "switches": [wrong], "shown": "prompt"}})
    assert explorer.state.text == "Alice"


def test_states_are_read_strictly() -> None:
    with pytest.raises(TypeError, match="text: expected a text"):
        state_from({"text": 3, "second": "", "switches": [], "shown": "prompt"})


def test_wrong_models(model: Any) -> None:
    with pytest.raises(TypeError, match="model: expected a model"):
        hs.explore("attn-only-2l", "a")
    with pytest.raises(ValueError, match="prompt: expected at least one character"):
        hs.explore(model, "")
