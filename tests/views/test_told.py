"""Where a prediction or a check is shown: once in the cell that made it, anew in a later one, else as text."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import headstream as hs

VIEW = "application/vnd.jupyter.widget-view+json"
Cell = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def cell() -> Iterator[Cell]:
    """Runs a cell of a notebook, and gives what it displays."""
    shell = InteractiveShell.instance()
    shell.user_ns["hs"] = hs

    def run(source: str) -> list[dict[str, Any]]:
        shell.execution_count += 1
        with capture_output() as captured:
            shell.run_cell(source).raise_error()
        assert re.fullmatch(r"(Out\[\d+\]: \s*)?", captured.stdout)
        return [output.data for output in captured.outputs]

    yield run
    InteractiveShell.clear_instance()


def test_a_cell_shows_it_once_and_a_later_one_draws_it_again(cell: Cell) -> None:
    for make in ("hs.predict('Which?', options=['yes', 'no'])", "hs.check('bpe', ...)"):
        (alone,) = cell(make)
        (named,) = cell(f"made = {make}\nmade")
        (again,) = cell("made")
        (more,) = cell("made")
        assert named[VIEW]["model_id"] == again[VIEW]["model_id"] == more[VIEW]["model_id"]
        assert alone[VIEW]["model_id"] != named[VIEW]["model_id"]


def test_a_reveal_draws_the_same_view_as_its_own_output(cell: Cell) -> None:
    (asked,) = cell("guess = hs.predict('Which?', options=['yes', 'no'])")
    (revealed,) = cell("guess.reveal('a', 'So it is.')\nguess")
    assert asked[VIEW] == revealed[VIEW]
    assert asked["text/plain"].splitlines()[:3] == ["Which?", "  a) yes", "  b) no"]
    assert revealed["text/plain"] == "You made no prediction. The answer: yes\nSo it is."


def test_the_text_beside_a_check_begins_with_its_status(cell: Cell) -> None:
    (shown,) = cell("hs.check('bpe', ...)")
    assert shown["text/plain"].startswith("… unanswered: bpe\n(difficulty ")


def test_a_closed_one_is_told_as_text(cell: Cell, capsys: pytest.CaptureFixture[str]) -> None:
    guess = hs.Prediction("Which?")
    guess.close()
    guess.tell()
    assert capsys.readouterr().out.startswith("Which?\n")


def test_plain_python_prints_it() -> None:
    code = (
        "import headstream as hs\n"
        "guess = hs.predict('Which?', 'b', options=['yes', 'no'])\n"
        "guess.reveal('a', ['It is.', 'It is not so.'])\n"
        "checked = hs.check('bpe', ...)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[:9] == [
        "Which?",
        "  a) yes",
        "  b) no",
        "Recorded: no",
        "You predicted: no",
        "Not so. The answer: yes",
        "no: It is not so.",
        "yes: It is.",
        "… unanswered: bpe",
    ]
