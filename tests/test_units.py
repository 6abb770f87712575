"""What pytest-xdist's workers are given, and when."""

import pytest

from tests import units


@pytest.mark.parametrize(
    ("test", "unit"),
    [
        ("tests/models/test_load.py::test_a[x-y]", "tests/models/test_load.py"),
        ("tests/browser/test_contract.py::test_a[Board]", "tests/browser/test_contract.py[Board]"),
        ("tests/browser/test_contract.py::test_b[Board]", "tests/browser/test_contract.py[Board]"),
        ("tests/browser/test_contract.py::test_a", "tests/browser/test_contract.py"),
        ("tests/lessons/test_lessons.py::test_a[02b-directions]", "tests/lessons/test_lessons.py[02b-directions]"),
        ("tests/browser/test_lab.py::test_a", "tests/browser/test_*lab.py"),
        ("tests/browser/test_film_lab.py::test_a", "tests/browser/test_*lab.py"),
        ("tests/claims/test_graphs.py::test_a[x-y]", "tests/claims/*"),
    ],
)
def test_a_unit_is_a_file_or_several_or_a_lesson_or_a_view(test, unit):
    assert units.unit(test) == unit


def test_every_file_that_is_named_is_there(request):
    for name in (*units.LONGEST, *units.SLOW):
        assert list(request.config.rootpath.glob(name.rstrip("/"))), name


def test_the_longest_come_first(request):
    places = [units.place(item.nodeid) for item in request.session.items]
    assert places == sorted(places)
