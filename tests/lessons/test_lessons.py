"""Every lesson runs, as it is, out of order and with its exercises solved, with no network and little memory.

What runs notebooks is tested here, too: the process that it is forked from takes 10 s to start.
"""

import os
import shutil
from pathlib import Path

import pytest

from headstream.slides.steps import steps_found, with_steps
from tests.lessons import harness


def test_the_course_has_lessons():
    assert [path.stem for path in harness.LESSONS]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
def test_lesson_runs_as_it_is_and_again_out_of_order_and_solved(path, python, tmp_path, record_property):
    notebook = harness.load(path)
    outcome = harness.run(with_steps(harness.three_times(notebook)), tmp_path, python)
    record_property("lesson", (path.stem, outcome.seconds, outcome.megabytes))

    assert outcome.passed, outcome.log
    if kept := os.environ.get("HEADSTREAM_EXECUTED"):
        Path(kept).mkdir(parents=True, exist_ok=True)
        shutil.copy(tmp_path / "lesson.ipynb", Path(kept) / path.name)
    assert outcome.refused == []
    assert outcome.told_otherwise == []
    assert all(steps_found(outcome.notebook).values())  # of a slide's view; it raises where one is of no field
    names = [name for cell in harness.code(notebook) if (name := harness.exercise(cell))]
    assert outcome.checks == {name: ["unanswered", "unanswered", "passed"] for name in names}
    assert outcome.megabytes < 1200  # of 2 GB that Binder gives; run once, as readers do, a lesson takes less than 1 GB


def notebook(*cells):
    return harness.made(*map(harness.code_cell, cells))


def printed(outcome):
    return ["".join(output["text"]) for cell in harness.code(outcome.notebook) for output in cell["outputs"]]


def test_a_good_notebook_passes_and_is_measured_and_has_no_network_though_it_hides_that_it_asks(python, tmp_path):
    empty = "import json, os\nprint(json.load(open(os.environ['HEADSTREAM_KERNEL_RECORD']))['megabytes'])"
    memory = "import numpy\nx = numpy.ones(50_000_000)\nprint(x[:3].sum())\ndel x"
    local = (
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "client = socket.create_connection(server.getsockname())"
    )
    calls = [
        "import urllib.request; urllib.request.urlopen('http://example.org', timeout=5)",
        "import socket; socket.socket().connect(('192.0.2.1', 80))",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
    ]
    hidden = [f"try:\n    {call}\nexcept OSError as e: print(e)" for call in calls]
    outcome = harness.run(notebook(empty, memory, local, *hidden), tmp_path, python)
    assert outcome.passed, outcome.log
    before, total, *told = printed(outcome)
    assert total == "3.0\n"
    assert [text.count("a lesson has no network") for text in told] == [1, 1, 1]
    assert [line.split()[0] for line in outcome.refused] == ["socket.getaddrinfo", "socket.connect", "socket.sendto"]
    assert outcome.seconds > 0
    assert 350 < outcome.megabytes - float(before) < 450, "the peak, though the array of 400 MB is gone at the end"


def test_a_failing_cell_fails(python, tmp_path):
    outcome = harness.run(notebook("x = 1", "assert x == 2, 'x is not 2'"), tmp_path, python)
    assert not outcome.passed
    assert "x is not 2" in outcome.log


def test_a_cell_that_never_ends_fails(python, tmp_path):
    outcome = harness.run(notebook("while True: pass"), tmp_path, python, cell_timeout=3)
    assert not outcome.passed
    assert "timed out" in outcome.log.lower()


def test_a_name_that_means_two_things_is_found(python, tmp_path):
    asked = harness.three_times(notebook("rows = 1", "print(rows)", "rows = 2"))
    outcome = harness.run(asked, tmp_path, python)
    assert outcome.passed, outcome.log
    assert outcome.told_otherwise == [asked["cells"][1]["id"]]
