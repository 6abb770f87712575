"""Every lesson runs, as it is and with its exercises solved, with no network and little memory."""

import pytest

from tests.lessons import harness

pytestmark = pytest.mark.slow


def test_the_course_has_lessons():
    assert [path.stem for path in harness.LESSONS]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
def test_lesson_runs_as_it_is_and_then_solved(path, tmp_path, record_property):
    notebook = harness.load(path)
    outcome = harness.run(harness.with_solutions(notebook), tmp_path)
    record_property("lesson", (path.stem, outcome.seconds, outcome.megabytes))

    assert outcome.passed, outcome.log
    assert outcome.refused == []
    names = [name for cell in harness.code(notebook) if (name := harness.exercise(cell))]
    assert outcome.checks == {name: ["unanswered", "passed"] for name in names}
    assert outcome.megabytes < 1024
