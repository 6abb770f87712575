"""The checks of arguments: one phrasing and one kind of error each, and no torch behind them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from headstream import checks


def array(values: Any, axes: str, **kind: Any) -> dict[str, int]:
    return checks.array("x", values, axes, {"head": 2}, **kind)


def test_the_axes_of_an_array_are_found() -> None:
    assert array(np.ones((5, 2)), "key, head") == {"head": 2, "key": 5}
    assert array(np.ones(0, np.uint8), "key", kind="whole") == {"head": 2, "key": 0}


@given(st.integers(1, 50), st.integers(-60, 60))
def test_an_index_counts_from_either_end(size: int, value: int) -> None:
    if -size <= value < size:
        assert checks.index("x", value, size) == range(size)[value]
    else:
        with pytest.raises(IndexError, match=f"^x: expected {-size} to {size - 1}, got {value}$"):
            checks.index("x", value, size)


@pytest.mark.parametrize(
    ("check", "error", "message"),
    [
        (lambda: checks.whole("n", 1.0), TypeError, "n: expected a whole number, got 1.0"),
        (lambda: checks.whole("n", True), TypeError, "n: expected a whole number, got True"),
        (lambda: checks.whole("n", np.bool_(True)), TypeError, "n: expected a whole number, got .*True"),
        (lambda: checks.whole("n", "x" * 99), TypeError, "n: expected a whole number, got one str"),
        (lambda: checks.whole("n", 0, 1), ValueError, "n: expected 1 or more, got 0"),
        (lambda: checks.whole("n", 9, 1, 5), ValueError, "n: expected 1 to 5, got 9"),
        (lambda: checks.whole("n", 9, None, 5), ValueError, "n: expected at most 5, got 9"),
        (lambda: checks.index("n", 0, 0), IndexError, "n: there is none to choose from, got 0"),
        (lambda: checks.number("p", float("nan"), 0, 1), ValueError, "p: expected a number from 0 to 1, got nan"),
        (lambda: checks.number("p", 2, 0, 1), ValueError, "p: expected a number from 0 to 1, got 2"),
        (lambda: checks.number("p", "half", 0, 1), TypeError, "p: expected a number from 0 to 1, got 'half'"),
        (lambda: checks.number("p", True, 0, 1), TypeError, "p: expected a number from 0 to 1, got True"),
        (lambda: checks.choice("c", "x", ("a", "b")), ValueError, "c: expected 'a' or 'b', got 'x'"),
        (lambda: checks.choice("c", np.ones(3), ("a", "b")), ValueError, "c: expected 'a' or 'b', got array"),
        (lambda: checks.items("i", "ab", "a list"), TypeError, "i: expected a list, got a single str"),
        (lambda: checks.items("i", 5, "a list"), TypeError, "i: expected a list, got int"),
        (lambda: checks.labels("l", ["a", 3], 2, "head"), TypeError, "l: expected strings, got int at head 1"),
        (lambda: checks.labels("l", ["a"], 2, "head"), ValueError, "l: expected 2, one a head, got 1"),
        (lambda: checks.floats("x", None), TypeError, "x: expected an array of numbers, got None"),
        (lambda: checks.floats("x", {"a": 1}), TypeError, "x: expected an array of numbers, got dict$"),
        (lambda: checks.floats("x", "abc"), ValueError, "x: expected an array of numbers, got str$"),
        (lambda: checks.floats("x", [[1], [1, 2]]), ValueError, r"got list \(.*inhomogeneous"),
        (lambda: checks.floats("x", [1j]), TypeError, "x: expected an array of numbers, got complex numbers"),
        (lambda: checks.floats("x", torch.tensor([1j])), TypeError, "got complex numbers"),
        (lambda: checks.finite("x", [[0, np.inf]]), ValueError, r"expected finite numbers, got inf at index \[0, 1\]"),
        (lambda: checks.whole_numbers("x", [0.5]), ValueError, "x: expected whole numbers, got float64"),
        (lambda: checks.shape("x", np.ones(3), (2, 3)), ValueError, r"x: expected shape \[2, 3\], got \[3\]"),
        (lambda: checks.shape("x", np.ones(3), (2,), "head"), ValueError, r"x: expected \[head\] = \[2\], got \[3\]"),
        (lambda: array([1.0], "head"), TypeError, "x: expected a numpy array, got list"),
        (lambda: array(np.ones(2, int), "head"), ValueError, "x: expected floating-point numbers, got int64"),
        (lambda: array(np.ones(2), "head", kind="whole"), ValueError, "x: expected whole numbers, got float64"),
        (lambda: array(np.ones(3), "head"), ValueError, r"x: expected \[head\] = \[2\], got \[3\]"),
        (lambda: array(np.ones(3), "key, head"), ValueError, r"x: expected \[key, head\] = \[key, 2\], got \[3\]"),
        (lambda: array(np.ones(3), "row, key"), ValueError, r"x: expected \[row, key\], got \[3\]"),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_told_in_one_phrasing(check: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^{message}" if message[1:2] == ":" else message):
        check()


@pytest.mark.parametrize("value", [0.5, np.float32(0.5), np.float64(0.5), np.array(0.5), np.float16(0.5)])
def test_every_kind_of_number_is_one(value: Any) -> None:
    assert checks.number("p", value, 0, 1) == 0.5
    assert type(checks.number("p", value, 0, 1)) is float


def test_arrays_from_any_library_are_copies() -> None:
    nested = [[1.0, 0.0], [0.5, 0.5]]
    kinds = (list, np.array, lambda x: torch.tensor(x, requires_grad=True), lambda x: torch.tensor(x).bfloat16())
    for values in (kind(nested) for kind in kinds):
        array = checks.finite("x", values)
        np.testing.assert_array_equal(array, np.array(nested, np.float32))
    own = np.ones(3, np.float32)
    checks.floats("x", own)[:] = 7
    assert (own == 1).all()


def test_they_import_neither_torch_nor_anywidget() -> None:
    source = "import sys, headstream.checks; print({'torch', 'anywidget'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", source], capture_output=True, text=True).stdout == "set()\n"
