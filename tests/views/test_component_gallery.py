"""ComponentGallery in Python: what it sends, what it keeps, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

import headstream as hs
from tests.views.parameter_decompositions import random_decomposition

RESULT = random_decomposition(identity=True)


def test_it_sends_the_numbers_of_the_decomposition() -> None:
    view = hs.ComponentGallery(RESULT)
    assert (view.method, view.model, view.matrices) == ("SPD", RESULT.model, ["W", "I", "Wᵀ"])
    assert [axis["labels"] for axis in view.axes] == [list("abcde"), ["h0", "h1"], ["h0", "h1"], list("abcde")]
    np.testing.assert_array_equal(view.weights, np.concatenate([weights.ravel() for weights in RESULT.weights]))
    v, u = view.reads[:40].reshape(8, 1, 5), view.writes[:16].reshape(8, 1, 2)
    np.testing.assert_allclose(np.einsum("cri,cro->cio", v, u), RESULT.parts("W"), rtol=1e-6)
    np.testing.assert_array_equal(view.importance, RESULT.importance)
    assert (view.component, view.off, view.input, view.show_all) == (None, [], None, False)


def test_what_is_off_and_pinned_is_checked_and_counted_from_the_end() -> None:
    view = hs.ComponentGallery(RESULT, component=(-1, 0), off=[(0, 1), (0, 1), (2, -1)], input=-1)
    assert (view.component, view.off, view.input) == ([2, 0], [[0, 1], [2, 7]], 4)
    view.off = []
    view.component = view.input = None
    assert (view.component, view.off, view.input) == (None, [], None)


def test_what_has_no_meaning_any_more_goes() -> None:
    view = hs.ComponentGallery(RESULT, component=(2, 0), off=[(0, 1), (2, 3), (1, 7)], input=4)
    view.show(random_decomposition(("a", "b"), spare=1))
    assert (view.component, view.off, view.input) == (None, [[0, 1]], None)


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"component": (3, 0)}, IndexError, "component: matrix: expected -3 to 2, got 3"),
        ({"component": 2}, ValueError, r"component: expected a pair \(matrix, component\), got 2"),
        ({"off": [(0, 8)]}, IndexError, "off: component: expected -8 to 7, got 8"),
        ({"off": 3}, TypeError, r"off: expected a list of pairs \(matrix, component\), got int"),
        ({"input": 5}, IndexError, "input: expected -5 to 4, got 5"),
        ({"input": 0.5}, TypeError, "input: expected a whole number, got 0.5"),
        ({"show_all": 1}, TypeError, "show_all: expected True or False, got 1"),
    ],
)
def test_what_is_wrong_is_told(settings: dict[str, object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        hs.ComponentGallery(RESULT, **settings)


def test_it_is_small() -> None:
    view = hs.ComponentGallery(random_decomposition(spare=15))
    sent = sum(array.nbytes for array in view.get_state().values() if isinstance(array, np.ndarray))
    sent += sum(
        len(value["data"]) for value in view.get_state().values() if isinstance(value, dict) and "data" in value
    )
    assert sent < 6000
