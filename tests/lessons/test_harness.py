"""The harness itself: it catches what it is there to catch."""

import pytest

from tests.lessons import harness

pytestmark = pytest.mark.slow


def notebook(*cells):
    return harness.made(*map(harness.code_cell, cells))


def printed(outcome):
    return ["".join(output["text"]) for cell in harness.code(outcome.notebook) for output in cell["outputs"]]


def test_a_good_notebook_passes_and_is_measured_and_has_no_network_though_it_hides_that_it_asks(tmp_path):
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
    outcome = harness.run(notebook(memory, local, *hidden), tmp_path)
    assert outcome.passed, outcome.log
    total, *told = printed(outcome)
    assert total == "3.0\n"
    assert [text.count("a lesson has no network") for text in told] == [1, 1, 1]
    assert [line.split()[0] for line in outcome.refused] == ["socket.getaddrinfo", "socket.connect", "socket.sendto"]
    assert outcome.seconds > 0
    assert 400 < outcome.megabytes < 800, "the peak, though the array of 400 MB is gone at the end"


def test_a_failing_cell_fails(tmp_path):
    outcome = harness.run(notebook("x = 1", "assert x == 2, 'x is not 2'"), tmp_path)
    assert not outcome.passed
    assert "x is not 2" in outcome.log


def test_a_cell_that_never_ends_fails(tmp_path):
    outcome = harness.run(notebook("while True: pass"), tmp_path, cell_timeout=3)
    assert not outcome.passed
    assert "timed out" in outcome.log.lower()


def test_solutions_follow_the_notebook_and_with_them_what_reads_their_names():
    name = next(iter(harness.exercises.all_exercises()))
    solution = harness.exercises.solution_source(name)
    (function,) = harness.names_bound(solution)
    by_name = f"def again():\n    return {function}"
    asked = notebook("before = 1", "...", "apart = before", by_name, "last = again()", "print(apart)")
    asked["cells"][1]["metadata"] = {"tags": ["exercise"], "headstream": {"exercise": name}}
    cells = harness.with_solutions(asked)["cells"]
    assert cells[:6] == asked["cells"], "the notebook itself is left as it is"
    assert [cell["source"] for cell in cells[6:]] == [solution, by_name, "last = again()"]
    assert len({cell["id"] for cell in cells}) == len(cells)


def test_the_names_that_a_cell_reads_and_binds():
    source = "import a\nfor b in a.c:\n    d = [e + f for e in b]\ndef g(h):\n    i = j + h"
    assert harness.names_read(source) == {"f", "j"}
    assert harness.names_bound(source) == {"a", "b", "d", "g"}


def test_the_statuses_of_each_check_are_read_from_what_was_printed_or_stands_beside_what_was_drawn():
    text = "✓ passed: one\nall of it\n… unanswered: two\n✗ not yet: three\nit is\n✓ passed: three\n"
    ran = notebook("")
    drawn = {"output_type": "display_data", "data": {"text/plain": "✗ not yet: two\nit is", "image/png": "…"}}
    ran["cells"][0]["outputs"] = [harness.printed(text), drawn]
    outcome = harness.Outcome(True, "", ran, [], 0.0, 0.0)
    assert outcome.checks == {"one": ["passed"], "two": ["unanswered", "not yet"], "three": ["not yet", "passed"]}
