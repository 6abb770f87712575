"""The contract of all views in Python, over the table of examples; what is drawn: tests/browser/test_contract.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import traitlets

import headstream as hs
from headstream.results import Result
from headstream.views.shared.view import View
from tests.views.examples import EXAMPLES, SHORT

ROOT = Path(__file__).parents[2]
every_view = pytest.mark.parametrize("name", EXAMPLES)


def made(name: str, **settings: Any) -> Any:
    return EXAMPLES[name].make(name, SHORT, **settings)


def test_every_exported_view_is_in_the_table() -> None:
    exported = {name for name in dir(hs) if isinstance(getattr(hs, name), type) and issubclass(getattr(hs, name), View)}
    assert set(EXAMPLES) == exported
    folders = {path.parent.name for path in (ROOT / "widgets" / "headstream" / "views").glob("*/index.ts")}
    assert folders == {getattr(hs, name).__module__.rsplit(".", 1)[1] for name in EXAMPLES}


@every_view
def test_anything_but_its_result_is_named_with_what_to_pass(name: str) -> None:
    class Run:
        """As in headstream.models, without torch."""

    data = [EXAMPLES[other].data(SHORT, 0)[0] for other in EXAMPLES if other != name]
    for given in (Run(), [Run()], None, *(other for other in data if isinstance(other, Result))):
        with pytest.raises(TypeError, match=f"{EXAMPLES[name].wrong}, got (None|{type(given).__name__})"):
            getattr(hs, name)(given)


@every_view
def test_a_run_is_named_with_what_to_pass(name: str, shipped: Any) -> None:
    run = hs.run(shipped("attn-only-1l"), "I beg")
    for given, kind in ((run, "Run"), ([run], "list"), (run.model, type(run.model).__name__)):
        with pytest.raises(TypeError, match=f"{EXAMPLES[name].wrong}, got {kind}"):
            getattr(hs, name)(given)


@every_view
def test_what_is_drawn_is_replaced_only_as_a_whole(name: str) -> None:
    view = made(name)
    drawn = view._drawn(*EXAMPLES[name].data(SHORT, 0))
    assert drawn
    for trait in drawn:
        with pytest.raises(traitlets.TraitError, match=f'"{trait}" trait is read-only'):
            setattr(view, trait, getattr(view, trait))
    view.title, view.font_size = "later", 22
    assert (view.title, view.font_size) == ("later", 22)


@every_view
def test_show_replaces_it_in_one_message(name: str) -> None:
    view = made(name)
    sent: list[set[str]] = []
    view.send_state = lambda key=None: sent.append({key} if isinstance(key, str) else set(key))
    data = EXAMPLES[name].data(SHORT, 1)
    view.show(*data)
    # A board also points at its new views' selection.
    assert [keys - {"selection"} for keys in sent if keys != {"selection"}] == [sent[0] - {"selection"}]
    for trait, value in view._drawn(*data).items():
        np.testing.assert_array_equal(getattr(view, trait), value)


@every_view
def test_show_leaves_everything_as_it_was_when_it_refuses(name: str) -> None:
    view = made(name)
    before = {trait: getattr(view, trait) for trait in view._drawn(*EXAMPLES[name].data(SHORT, 0))}
    with pytest.raises((TypeError, ValueError)):
        view.show(None)
    assert all(getattr(view, trait) is value for trait, value in before.items())


@every_view
def test_no_keyword_names_a_trait_that_the_view_computes(name: str) -> None:
    for trait in ("packed", "pattern", "components", "default_position", "rows", "top", "next_prob", "selection"):
        with pytest.raises(TypeError, match=f"^{name} has no argument '{trait}'$"):
            made(name, **{trait: 1})


@every_view
@pytest.mark.parametrize(
    ("setting", "value", "error", "message"),
    [
        ("title", 5, TypeError, "title: expected a text, got 5"),
        ("font_size", 1.5, TypeError, "font_size: expected a whole number, got 1.5"),
        ("font_size", 3, ValueError, "font_size: expected 8 to 48, got 3"),
        ("whole", 1, TypeError, "whole: expected True or False, got 1"),
        ("selection", None, TypeError, "selection: expected a headstream Selection, got NoneType"),
    ],
)
def test_a_wrong_setting_is_told(name: str, setting: str, value: Any, error: type[Exception], message: str) -> None:
    view = made(name)
    with pytest.raises(error, match=f"^{message}$"):
        setattr(view, setting, value)


@every_view
def test_every_text_can_be_sent(name: str) -> None:
    bad = "\udc80"
    tokens = (bad, *SHORT[1:])
    view = EXAMPLES[name].make(name, tokens, title=bad)
    assert view.title == "?"
    if hasattr(view, "tokens"):
        assert view.tokens[0] == "?"
    view.title = f"later {bad}"
    # As jupyter_client sends it: encoding a lone surrogate raises.
    assert json.dumps(view.get_state(), ensure_ascii=False, default=repr).encode()


@every_view
def test_closing_a_view_closes_what_only_it_has(name: str) -> None:
    view, other = made(name), hs.ModelLadder([[0, 0.5]])
    parts = [view, view.layout, view.selection, view.selection.layout]
    view.close()
    assert [part.comm for part in parts] == (
        [None] * 4 if not isinstance(view, hs.Board) else [None, None, *(p.comm for p in parts[2:])]
    )
    view = other
    shared, second = view.selection, hs.ModelLadder([[0, 0.5]])
    hs.link(view, second)
    view.close()
    assert shared.comm is not None
    second.close()
    assert shared.comm is None
