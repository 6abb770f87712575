"""Every lesson runs from top to bottom, as it is and with its exercises solved, with no network and little memory."""

import pytest

from tests.lessons import harness

pytestmark = pytest.mark.slow


def test_the_course_has_lessons():
    assert [path.stem for path in harness.LESSONS]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("answers", ["blank", "solved"])
@pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
def test_lesson_runs(path, answers, tmp_path, record_property):
    notebook = harness.load(path)
    outcome = harness.run(harness.solved(notebook) if answers == "solved" else notebook, tmp_path)
    record_property("lesson", (path.stem, answers, outcome.seconds, outcome.megabytes))

    assert outcome.passed, outcome.log
    assert outcome.refused == []
    names = [name for cell in harness.code(notebook) if (name := harness.exercise(cell))]
    status = "passed" if answers == "solved" else "unanswered"
    assert outcome.checks == dict.fromkeys(names, status)
    assert outcome.megabytes < 1024
