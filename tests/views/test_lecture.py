"""Lecture size in Python: one hidden model a kernel, to which every view refers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import traitlets

import headstream as hs
from headstream.views.shared.lecture import the_lecture
from tests.views.examples import EXAMPLES, SHORT


@pytest.fixture(autouse=True)
def normal() -> Iterator[None]:
    yield
    hs.lecture(None)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_view_refers_to_the_one_lecture(name: str) -> None:
    view = EXAMPLES[name].make(name, SHORT)
    assert view.lecture is the_lecture()
    assert view.get_state("lecture") == {"lecture": f"anywidget:{the_lecture().model_id}"}
    with pytest.raises(traitlets.TraitError, match='"lecture" trait is read-only'):
        view.lecture = None
    view.close()
    assert the_lecture().comm is not None


def test_it_is_large_with_no_argument_and_back_with_none() -> None:
    sizes: list[int | None] = []
    the_lecture().observe(lambda change: sizes.append(change["new"]), "font_size")
    hs.lecture()
    hs.lecture(font_size=30)
    hs.lecture(None)
    the_lecture().unobserve_all("font_size")
    assert sizes == [22, 30, None]


def test_it_outlives_the_closing_of_all_widgets() -> None:
    before = the_lecture()
    hs.lecture(20)
    for part in (before, before.layout):
        part.close()
    view = hs.ModelLadder([[0, 0.5]])
    assert view.lecture is before
    assert None not in (before.comm, before.layout.comm)
    assert repr(view.lecture) == "Lecture(font_size=20)"


@pytest.mark.parametrize(
    ("size", "error", "message"),
    [
        (1.5, TypeError, "font_size: expected a whole number, got 1.5"),
        ("22", TypeError, "font_size: expected a whole number, got '22'"),
        (True, TypeError, "font_size: expected a whole number, got True"),
        (7, ValueError, "font_size: expected 8 to 48, got 7"),
    ],
)
def test_a_wrong_size_is_told(size: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{message}$"):
        hs.lecture(size)
