"""Slides are derived from a lesson's own structure, and its steps are found by what it computed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import headstream as hs
from headstream.site.executing import executed
from headstream.site.notebook import STATE, VIEW, noted, read, source
from headstream.slides import __main__, instructor
from headstream.slides.deck import deck, pages, words
from headstream.slides.page import saved
from headstream.slides.steps import head_of, steps_found, with_steps
from headstream.tables import Table
from tests.lessons import harness


def shown(model: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {VIEW: {"model_id": model}, "text/plain": "a view"}, "metadata": {}}


FIGURE = {"output_type": "display_data", "data": {"image/svg+xml": "<svg/>"}, "metadata": {}}


def code(source: str, *outputs: dict[str, Any], **metadata: Any) -> harness.Notebook:
    return {**harness.code_cell(source), "outputs": list(outputs), "metadata": metadata}


def lesson(*cells: harness.Notebook) -> harness.Notebook:
    names = {"q": "headstream.views.prediction.Prediction", "v": "headstream.views.film.Film"}
    state = {
        name: {
            "model_module": "anywidget",
            "state": {"_anywidget_id": kind, "_esm": "x", "_css": "y", "a": 1},
            "buffers": [],
        }
        for name, kind in names.items()
    }
    state["bar"] = {"model_module": "@jupyter-widgets/controls", "state": {"value": 1.0}}
    return {**harness.made(*cells), "metadata": {"widgets": {STATE: {"state": state}}}}


def kinds(notebook: harness.Notebook, **steps: list[dict[str, int]]) -> list[tuple[str, int]]:
    return [
        (cell["metadata"]["slide"]["kind"], len(cell.get("outputs", []))) for cell in deck(notebook, steps)["cells"]
    ]


def test_a_view_and_a_figure_stand_alone_and_a_question_with_what_is_printed() -> None:
    cell = code(
        "draw()", harness.printed("1"), shown("q"), harness.printed("2"), shown("v"), FIGURE, harness.printed("3")
    )
    assert kinds(lesson(cell)) == [("output", 3), ("view", 1), ("figure", 1), ("output", 1)]


def test_code_is_open_where_it_is_short_and_all_there_is() -> None:
    cells = [
        code("print(1)", harness.printed("1")),
        code("import a\nprint(1)", harness.printed("1")),
        code("\n".join(["x = 1"] * 20), harness.printed("1")),
        code("draw()", shown("v")),
        code("ask()", shown("q")),
        code("def f(): ...", shown("q"), tags=["exercise"], headstream={"exercise": "f"}),
    ]
    slides = deck(lesson(*cells), {})["cells"]
    assert [cell["metadata"]["slide"]["open"] for cell in slides] == [True, False, False, False, False, True]


def test_what_draws_nothing_has_a_slide_only_where_it_can_be_read() -> None:
    assert kinds(lesson(code("def f(): ..."), code("\n".join(["x = 1"] * 20)))) == [("output", 0)]


def test_what_is_printed_in_pieces_is_one_text() -> None:
    cell = code("print()", harness.printed("a"), harness.printed(" b\n"), shown("q"), harness.printed("c"))
    (slide,) = deck(lesson(cell), {})["cells"]
    assert [output.get("text") for output in slide["outputs"]] == ["a b\n", None, "c"]


def test_what_is_printed_is_cut_into_what_slides_hold() -> None:
    printed = "".join(f"{line}\n" for line in range(50))
    slides = deck(lesson(code("print()", harness.printed(printed))), {})["cells"]
    assert [len(slide["outputs"][0]["text"].splitlines()) for slide in slides] == [22, 22, 6]
    assert "".join(slide["outputs"][0]["text"] for slide in slides) == printed
    assert [slide["metadata"]["slide"]["open"] for slide in slides] == [True, False, False]


def test_a_long_table_stands_alone_and_is_cut_between_its_rows() -> None:
    table = Table(("a", "b"), [(f"row {n}", n) for n in range(40)], foot=("sum", 780), caption="numbers")
    shown_table = {"output_type": "execute_result", "data": {"text/html": table.html}, "metadata": {}}
    slides = deck(lesson(code("table", shown("q"), harness.printed("1"), shown_table)), {})["cells"]
    assert [len(slide["outputs"]) for slide in slides] == [2, 1, 1]
    texts = [slide["outputs"][0]["data"]["text/html"] for slide in slides[1:]]
    whole = table.html
    for text in texts:
        assert text.startswith(whole[: whole.index("<tbody>")])
        assert text.count("</table>") == 1
    assert "".join(text.partition("<tbody>")[2].partition("</tbody>")[0] for text in texts) in whole
    assert [text.count("</tr>") - 1 for text in texts] == [11, 10]
    assert ["and 20 more" in text for text in texts] == [False, True]


def test_links_go_to_other_lessons_slides() -> None:
    (slide,) = deck(lesson(harness.prose_cell("See [02](02-residual-stream.ipynb).")), {})["cells"]
    assert slide["source"] == "See [02](02-residual-stream.html)."


def test_a_tag_leaves_a_cell_out() -> None:
    assert kinds(lesson(code("draw()", shown("v"), tags=["slide-skip"]))) == []


def test_text_is_cut_at_headings_and_between_paragraphs_never_inside_code_or_formulas() -> None:
    long = " ".join(["word"] * 60)
    text = f"## One\n\n{long}\n\n{long}\n\n## Two\n\n```\na\n\nb\n```\n\n$$\na\n\nb\n$$"
    assert pages(text) == [f"## One\n\n{long}", long, "## Two\n\n```\na\n\nb\n```\n\n$$\na\n\nb\n$$"]


def test_every_slide_says_under_which_heading_it_stands() -> None:
    slides = deck(lesson(harness.prose_cell("# Title"), code("draw()", shown("v")), harness.prose_cell("On.")), {})
    assert [cell["metadata"]["slide"]["part"] for cell in slides["cells"]] == ["", "Title", "Title"]


def test_a_long_list_is_cut_between_its_items_and_a_short_one_is_not() -> None:
    items = [f"- {'word ' * 40}{number}" for number in range(4)]
    assert pages("\n".join(items)) == ["\n\n".join(items[:2]), "\n\n".join(items[2:])]
    assert pages("- one\n- two") == ["- one\n- two"]


def test_progress_bars_have_no_slide() -> None:
    assert kinds(lesson(code("train()", shown("bar"), shown("v")))) == [("view", 1)]


def test_modules_are_saved_once_and_other_widgets_not_at_all() -> None:
    kept = saved(lesson())
    assert (kept["modules"], kept["styles"]) == (["x"], ["y"])
    assert kept["models"]["v"] == {
        "module": 0,
        "state": {"_anywidget_id": "headstream.views.film.Film", "a": 1},
        "buffers": [],
    }
    assert set(kept["models"]) == {"q", "v"}


@pytest.mark.slow
def test_steps_are_what_the_lesson_computed(tmp_path: Path) -> None:
    steps = [{"say": "here", "select": "dict(position=place)"}, {"say": "there", "select": "dict(layer=np.int64(1))"}]
    cell = {**code("import numpy as np\nplace = 2", headstream={"steps": steps}), "id": "found"}
    ran = executed({"one": with_steps({**lesson(cell, code("place = 3")), "metadata": {}})}, tmp_path)
    assert steps_found(ran["one"]) == {"found": [{"position": 3}, {"layer": 1}]}


def test_steps_set_fields_of_the_selection_and_traits_of_their_view_and_nothing_else() -> None:
    view = {**code("draw()", shown("v")), "id": "found"}
    steps = [{**code("", harness.printed(f'[{{"step": 1, "{name}": 1}}]')), "id": "found-steps"} for name in "ab"]
    assert steps_found(lesson(view, steps[0])) == {"found": [{"step": 1, "a": 1}]}
    told = "steps of found: expected the selection's fields or traits of its view, got "
    for cells, name in (((view, steps[1]), "b"), ((steps[0],), "a")):
        with pytest.raises(ValueError, match=f"{told}'{name}'"):
            steps_found(lesson(*cells))


@pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
def test_lessons_say_what_each_step_is(path: Any) -> None:
    for cell in read(path)["cells"]:
        for step in noted(cell, "steps") or []:
            assert set(step) == {"say", "select"}
            assert len(step["say"].split()) <= 14
            assert re.search(r"\b(dict|head_of)\(", step["select"])


@pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
def test_the_text_of_every_slide_is_little(path: Path) -> None:
    """All of its text has its place on some slide; what is printed is cut, see above."""
    for cell in read(path)["cells"]:
        assert set(cell["metadata"].get("tags", [])) <= {"exercise", "class-question", "slide-skip", "trains"}
        texts = pages(source(cell)) if cell["cell_type"] == "markdown" else []
        for text in texts:
            assert words(text) <= 120, (cell["id"], text)
        assert " ".join(texts).split() == (source(cell).split() if texts else [])


def test_a_lesson_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["slides", str(tmp_path), "99"])
    with pytest.raises(SystemExit):
        __main__.main()
    assert "no lesson's name begins with '99'" in capsys.readouterr().err


def test_the_head_of_a_longest_bar(shipped: Any) -> None:
    run = hs.run(shipped("attn-only-2l"), "Alice was beginning to")
    bars = hs.attribute_logit(run)
    for place, least in ((-1, False), (2, True)):
        chosen = head_of(bars, place, least=least)
        assert chosen["position"] == range(len(bars.tokens))[place]
        values = {
            (part.layer, part.head): bars.values[at, place]
            for at, part in enumerate(bars.components)
            if part.kind == "head"
        }
        assert values[chosen["layer"], chosen["head"]] == (min if least else max)(values.values())


def test_the_instructors_lessons_have_solutions_hints_minutes_and_notes(tmp_path: Any) -> None:
    assert instructor.main([str(tmp_path / "notes")]) == 0
    for path in harness.LESSONS:
        lesson, theirs = read(path), json.loads((tmp_path / "notes" / path.name).read_text(encoding="utf-8"))
        notes = {cell["id"]: source(cell) for cell in theirs["cells"] if cell["id"].endswith("-notes")}
        for cell, their in (
            (cell, their) for cell in lesson["cells"] for their in theirs["cells"] if cell["id"] == their["id"]
        ):
            if name := noted(cell, "exercise"):
                exercise = instructor.find(name)
                assert source(their) == exercise.solution
                told = notes[f"{cell['id']}-notes"]
                assert all(hint in told for hint in exercise.hints)
                assert f"**Minutes** · {exercise.minutes}, difficulty {exercise.difficulty} of 3" in told
            else:
                assert their == cell
            if question := noted(cell, "class_question"):
                assert all(str(note) in notes[f"{cell['id']}-notes"] for note in question.values())
        assert len({cell["id"] for cell in theirs["cells"]}) == len(theirs["cells"])
        assert "misconceptions" not in str([source(cell) for cell in lesson["cells"]]).lower()


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["lessons"]])
def test_the_instructors_lessons_do_not_overwrite_the_readers(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(instructor.LESSONS.parent)
    assert instructor.main(arguments) == 2
    assert "instructor takes one folder" in capsys.readouterr().out
