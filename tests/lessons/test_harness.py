"""What is made of a notebook before it runs, and read from it afterwards."""

from tests.lessons import harness


def notebook(*cells):
    return harness.made(*map(harness.code_cell, cells))


def test_every_cell_follows_in_reverse_and_then_solutions_and_with_them_what_reads_their_names():
    name = next(iter(harness.exercises.all_exercises()))
    solution = harness.exercises.solution_source(name)
    (function,) = harness.names_bound(solution)
    by_name = f"def again():\n    return {function}"
    asked = notebook("before = 1", "...", "apart = before", by_name, "last = again()", "print(apart)")
    asked["cells"][1]["metadata"] = {"tags": ["exercise"], "headstream": {"exercise": name}}
    cells = harness.three_times(asked)["cells"]
    assert cells[:6] == asked["cells"], "the notebook itself is left as it is"
    assert [cell["source"] for cell in cells[6:12]] == [cell["source"] for cell in asked["cells"][::-1]]
    assert [cell["source"] for cell in cells[12:]] == [solution, by_name, "last = again()"]
    assert len({cell["id"] for cell in cells}) == len(cells)


def test_what_trains_comes_once():
    asked = notebook("trained = 1", "print(trained)")
    asked["cells"][0]["metadata"] = {"tags": ["trains"]}
    assert [cell["source"] for cell in harness.three_times(asked)["cells"][2:]] == ["print(trained)"]


def test_the_names_that_a_cell_reads_and_binds():
    source = "import a\nfor b in a.c:\n    d = [e + f for e in b]\ndef g(h):\n    i = j + h"
    assert harness.names_read(source) == {"f", "j"}
    assert harness.names_bound(source) == {"a", "b", "d", "g"}
    assert harness.names_bound(source, imports=False) == {"b", "d", "g"}
    assert harness.names_told("a.b(c)\nd = e.f()\ng(h)\ni[0].j(k)") == {"a", "i"}


def test_the_statuses_of_each_check_are_read_from_what_was_printed_or_stands_beside_what_was_drawn():
    text = "✓ passed: one\nall of it\n… unanswered: two\n✗ not yet: three\nit is\n✓ passed: three\n"
    ran = notebook("")
    drawn = {"output_type": "display_data", "data": {"text/plain": "✗ not yet: two\nit is", "image/png": "…"}}
    ran["cells"][0]["outputs"] = [harness.printed(text), drawn]
    outcome = harness.Outcome(True, "", ran, [], 0.0, 0.0)
    assert outcome.checks == {"one": ["passed"], "two": ["unanswered", "not yet"], "three": ["not yet", "passed"]}
