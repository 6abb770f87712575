"""What a page is made of: notebooks that ran, what was saved of their views, and what lessons tell of themselves."""

import base64
import json
import re
import zlib

import numpy as np
import pytest

import headstream as hs
from headstream.site import contents, course, executing, gallery, pages
from headstream.site.notebook import STATE, VIEW, states
from headstream.views.shared.view import View
from tests.lessons import harness


@pytest.fixture(scope="module")
def lessons():
    return course.lessons()


def test_every_lesson_tells_its_objective_minutes_and_what_it_needs(lessons):
    numbers = [lesson.number for lesson in lessons]
    for place, lesson in enumerate(lessons):
        assert lesson.title
        assert lesson.objective.startswith("You will ")
        assert 20 <= lesson.minutes <= 60
        assert lesson.own_minutes >= 0
        assert set(lesson.needs) <= set(numbers[:place]), "only lessons before it"
    assert [lesson.needs for lesson in lessons[:5]] == [(), (), ("01",), ("02",), ("01", "02")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A tour", "its title"),
        ("# 00 · A tour", "its objective"),
        ("# 00 · A tour\n\n**Objective.** You will.\n\nThe tour takes 5 minutes.", "what it needs"),
        ("# 00 · A tour\n\n**Objective.** You will.\n\nLesson 01 tells.", "its minutes"),
    ],
)
def test_a_lesson_that_does_not_is_told(text, told):
    lesson = course.Lesson("00-tour", harness.made(harness.prose_cell(text)))
    with pytest.raises(ValueError, match=f"lesson 00-tour: its first cell does not tell {told}"):
        _ = (lesson.title, lesson.objective, lesson.prerequisites, lesson.minutes)


def test_the_front_page_links_every_lesson_and_what_it_needs(lessons):
    text = contents.front_page(lessons)
    for lesson in lessons:
        card = re.search(rf'<div class="hs-lesson" id="lesson-{lesson.number}">(.*?)</div>', text)[1]
        own = f" + {lesson.own_minutes} on your own" if lesson.own_minutes else ""
        assert f">{lesson.minutes} minutes{own}</p>" in card
        linked = re.findall(r'href="([^"]+)"', card)
        assert [f"{name}.html" for name in (lesson.name,)] == linked[:1]
        assert set(lesson.needs) <= {name.partition("-")[0] for name in linked[1:]}


def test_a_page_says_how_to_run_its_lesson(lessons):
    first = contents.with_opening(lessons[2], lessons[2].notebook)["cells"][0]["source"]
    assert "https://mybinder.org/v2/gh/headstream/headstream/HEAD?urlpath=lab/tree/lessons/02-residual-stream" in first
    assert "make lab" in first
    assert "<downloads/02-residual-stream.ipynb>" in first


DRAWS = """import headstream as hs
pattern = [[[1.0, 0.0], [0.25, 0.75]]]
one, two = (hs.AttentionHeatmap(pattern, tokens=["<b>", "anywidget:b"]) for _ in range(2))
hs.link(one, two)
hs.Board(one, two)"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ran")
    notebook = harness.made(harness.code_cell(DRAWS))
    return notebook, executing.executed({"one": notebook}, folder)["one"], folder


def unpacked(script):
    """What host.ts reads: the models and the arrays."""
    data = zlib.decompress(base64.b64decode(re.fullmatch(r'headstream\.page\("(.*)"\);\n', script)[1]))
    begin = 4 + int.from_bytes(data[:4], "little")
    return json.loads(data[4:begin]), data[begin:]


def test_what_was_saved_has_all_models_no_code_and_no_array_twice(ran):
    models, arrays = unpacked(pages.script(ran[1]))
    views = sorted(str(model["view"]) for model in models.values())
    assert views == ["None", "None", "attention_heatmap", "attention_heatmap", "board"], "a selection, and the lecture"
    heatmaps = [model for model in models.values() if model["view"] == "attention_heatmap"]
    places = [{tuple(path): (start, length) for path, start, length in model["arrays"]} for model in heatmaps]
    assert places[0] == places[1]
    assert len(arrays) == sum(length for _, length in set(places[0].values()))
    start, length = places[0]["pattern", "data"]
    p = (np.frombuffer(arrays[start : start + length], np.uint8) / 255.0) ** 2
    np.testing.assert_allclose(p, [1, 0.25, 0.75], atol=0.004)
    assert heatmaps[0]["state"]["tokens"] == ["<b>", "anywidget:b"]
    assert "export default" not in json.dumps(models)
    assert not {name for model in models.values() for name in model["state"] if name.startswith("_")}


def test_a_place_stands_where_a_view_was_shown_and_progress_bars_are_left_out(ran):
    cell = ran[1]["cells"][0]
    (output,) = pages.with_places({**ran[1], "cells": [cell]})["cells"][0]["outputs"]
    model = cell["outputs"][0]["data"][VIEW]["model_id"]
    assert f'data-hs-view="{model}"' in output["data"]["text/html"]
    bar = {"model_module": "@jupyter-widgets/controls", "state": {}}
    with_one = {"state": {**states(ran[1]), "bar": bar}}
    shown = {"output_type": "display_data", "data": {VIEW: {"model_id": "bar"}, "text/plain": "0%"}}
    with_bar = {
        **ran[1],
        "cells": [{**cell, "outputs": [shown, *cell["outputs"]]}],
        "metadata": {"widgets": {STATE: with_one}},
    }
    assert pages.with_places(with_bar)["cells"][0]["outputs"] == [output]
    assert pages.script(with_bar) == pages.script(ran[1])


def test_a_widget_of_others_is_told(ran):
    notebook = json.loads(json.dumps(ran[1]))
    for model in states(notebook).values():
        model["state"]["_esm"] = "export default { render() {} }"
    with pytest.raises(ValueError, match="a page hosts headstream's own views, got a widget headstream"):
        pages.script(notebook)


def test_what_ran_is_not_run_again_unless_its_code_has_changed_or_it_failed(ran, monkeypatch):
    notebook, first, folder = ran
    asked = []
    monkeypatch.setattr(executing, "_run", lambda notebook: asked.append(notebook) or first)
    tests_ran = {**first, "cells": [*first["cells"], harness.code_cell("more")]}
    (folder / "more.ipynb").write_text(json.dumps(tests_ran), encoding="utf-8")
    found = executing.executed({"one": notebook, "more": notebook}, folder)
    for notebook_found in found.values():
        assert [cell["outputs"] for cell in notebook_found["cells"]] == [cell["outputs"] for cell in first["cells"]]
    assert asked == []
    changed = {**notebook, "cells": [{**notebook["cells"][0], "source": "1"}]}
    failed = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
    (folder / "failed.ipynb").write_text(
        json.dumps({**first, "cells": [{**first["cells"][0], "outputs": [failed]}]}), encoding="utf-8"
    )
    executing.executed({"one": changed, "failed": notebook}, folder)
    assert asked == [changed, notebook]


def test_a_cell_that_fails_ends_it(tmp_path):
    from nbclient.exceptions import CellExecutionError  # seconds, which no other test is to wait for

    with pytest.raises(CellExecutionError, match="no page of this"):
        executing.executed({"bad": harness.made(harness.code_cell("raise ValueError('no page of this')"))}, tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_gallery_tells_every_option():
    for name, view in gallery.views().items():
        told = {option for option, _, meaning in gallery._options(view) if meaning}
        shared = {"selection", "lecture", "layout", "tabbable", "tooltip"}
        own = {trait for trait, value in view.class_traits(sync=True).items() if not value.read_only}
        left = {trait for trait in own if not trait.startswith("_")} - told - shared
        assert left == set(), f"{name}: an option has no help"
        assert set(View.own_keys) == set()


def test_the_gallery_is_told_of_a_view_without_a_call(monkeypatch):
    monkeypatch.delitem(gallery.CALLS, "Film")
    with pytest.raises(ValueError, match="differ: Film"):
        gallery.views()


def test_the_glossary_names_what_is_there(lessons):
    text = (course.LESSONS / "glossary.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`hs\.(\w+)", text))
    assert len(names) > 25
    assert names <= set(dir(hs))
    assert set(re.findall(r"\]\(([\w-]+)\.ipynb\)", text)) <= {lesson.name for lesson in lessons}


def test_an_array_that_a_view_holds_no_longer_is_left_out() -> None:
    kept = {"model_name": "AnyModel", "state": {"held": {"dtype": "uint8"}, "gone": None}}
    arrays = [{"path": [name, "data"], "encoding": "base64", "data": ""} for name in kept["state"]]
    saved = {STATE: {"state": {"view": {**kept, "buffers": arrays}}}}
    assert states({"metadata": {"widgets": saved}})["view"] == {**kept, "buffers": arrays[:1]}
