"""What passes between a student's kernel and the judge, with no kernel: every exercise's solution comes through."""

import json
import socket
import threading
import time

import numpy as np
import pytest
import torch

import headstream as hs
from headstream.exercises import all_exercises, find, small_models
from headstream.exercises.calling import Wrong
from headstream.exercises.exercise import function
from headstream.exercises.grading import answering, lesson
from headstream.exercises.grading.judging import MOST_CHECKS, Judge
from headstream.exercises.grading.wire import done_in_views, has_view, plain, read, restored
from headstream.models.sealed import answers
from headstream.models.sealed_weights import ALL_HEADS, LETTERS
from tests.lessons import harness
from tests.views.geometries import random_geometry

FUNCTIONS = [name for name, exercise in all_exercises().items() if exercise.cases]


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """ask(judge, name, answer): what the judge says to a kernel's check, over a socket as in a kernel."""
    monkeypatch.setenv("HEADSTREAM_JUDGE", str(tmp_path / "judge"))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "judge"))
        server.listen()

        def asked(judge: Judge, name: str, answer: object) -> str:
            kernel = threading.Thread(target=lambda: said.append(answering.ask(find(name), answer).status))
            said: list[str] = []
            kernel.start()
            with server.accept()[0] as connection:
                judge.hear(connection, time.monotonic() + 120)
            kernel.join()
            return said[0]

        yield asked


def solved(name):
    return function(find(name).solution_function)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_solution_passes_on_cases_of_any_seed_and_a_mistake_does_not(name, ask):
    judge = Judge(2**61, lambda _: None)
    mistake = function(find(name).mistakes[0].source(find(name).solution_function))
    assert ask(judge, name, mistake) == "not yet"
    assert judge.found == {name: "not yet"}
    assert ask(judge, name, solved(name)) == "passed"
    assert judge.found == {name: "passed"}


def test_no_answer_is_no_answer_to_the_judge_either(ask):
    judge = Judge(7, lambda _: None)
    for answer, status in ((..., "unanswered"), (lambda *_: ..., "unanswered"), (3, "not yet"), (print, "not yet")):
        assert ask(judge, "rank_of", answer) == status


def test_who_checks_too_often_is_not_judged_any_more(ask):
    judge = Judge(1, lambda _: None)
    for _ in range(MOST_CHECKS):
        assert ask(judge, "loss_in_nats", ...) == "unanswered"
    assert ask(judge, "loss_in_nats", solved("loss_in_nats")) == "not yet"


@pytest.mark.parametrize("name", ["sly_matrix", "fooled_score", "neuron_order", "pair_appears", "by_hand"])
def test_numbers_and_weights_that_were_found_are_judged_where_they_are_rebuilt(name, ask):
    made = {"torch": torch, "np": np, "blank_model": small_models.blank_model}
    exec(find(name).solution_function, made)
    answer = made[{"neuron_order": "M", "by_hand": "toy"}.get(name, name)]
    judge = Judge(1, lambda _: None)
    assert ask(judge, name, answer) == "passed"
    assert ask(judge, name, "text") == "not yet"
    if name == "by_hand":
        answer.W_E.zero_()
        assert ask(judge, name, answer) == "not yet"


def test_a_claim_about_a_sealed_model_is_tried_on_the_judges_own(ask):
    judge = Judge(1, lambda _: None)
    assert ask(judge, "another_seal", (hs.sealed(6), lambda text, off: text[-1])) == "not yet"
    made = {"hs": hs, "alphabet": LETTERS, "answers": answers, "heads": ALL_HEADS}
    exec(find("another_seal").solution_function, made)
    assert ask(judge, "another_seal", made["third_claim"]) == "passed"


TOKENS = ["<s>", " a", " b", ".", " C", " d"]


def values_with(*, highest):
    return hs.TokenValues(np.eye(6)[highest], TOKENS)


def test_what_is_found_in_a_view_is_judged_in_the_lessons_own(ask):
    lessons, forged = values_with(highest=1), values_with(highest=4)
    judge = Judge(1, {"fooled_direction": lessons}.get)
    for view, place, status in ((forged, 4, "not yet"), (forged, 400, "not yet"), (forged, 1, "passed")):
        view.selection.position = place
        told = {"exercise": "fooled_direction", "answer": json.loads(json.dumps(done_in_views(view)))}
        assert judge.judged(told) == status
        assert ask(judge, "fooled_direction", view) == "not yet"  # judged when the notebook has run
    assert len(judge.in_views) == 3
    assert judge.judged({"exercise": "fooled_direction", "answer": plain(values_with(highest=1))}) == "unanswered"
    assert Judge(1, lambda _: None).judged(told) == "not judged"


def test_settings_are_set_as_far_as_they_mean_something():
    shown = hs.FeatureGeometry(random_geometry("abc", dims=3, toys=2))
    columns = shown.columns.copy()
    told = {"view": "FeatureGeometry", "state": {"settings": {"toy": 1, "columns": "forged"}, "selection": {}}}
    assert restored(told, None, shown).toy == 1
    assert (shown.columns == columns).all()
    for settings, selection in (({"toy": 7}, {}), ({"toy": "a"}, {}), ({}, {"feature": -1}), ({}, {"feature": "a"})):
        told["state"] = {"settings": settings, "selection": selection}
        with pytest.raises(Wrong, match="means nothing in the lesson's"):
            restored(told, None, shown)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"shape": [2], "float64": "AAAAAAAA8D8="},
        {"shape": [10**9, 10**9], "float64": ""},
        {"shape": [-1], "float64": ""},
        {"weights": {"embed.weight": {"shape": [1], "float64": "AAAAAAAA8D8="}}},
        {"list": [0] * 10_001},
        "a" * 2001,
    ],
)
def test_what_is_no_answer_is_refused(data):
    with pytest.raises(Wrong):
        restored(data, None)


def test_what_was_made_to_break_the_judge_is_refused():
    nested = 1
    for _ in range(900):
        nested = {"tuple": [nested]}
    judge = Judge(1, lambda _: None)
    for answer in (nested, {"sealed": -1}, {"sealed": 10**30}, {"shape": 3, "float64": 3}, {"view": 1}, 10**300):
        assert judge.judged({"exercise": "foretold", "answer": answer}) == "not yet"
    for message in (b"[" * 100_000, b"[]", b"\xff", b"1" * 5000):
        with pytest.raises(ValueError, match=r".*"):
            read(message)


def test_a_view_among_texts_is_kept_by_the_check_and_saved_with_it():
    view = values_with(highest=1)
    view.selection.position = 2
    kept = hs.check("fooled_direction", view).get_state()["answer"]
    assert has_view(kept)
    assert kept["state"]["selection"]["position"] == 2
    assert hs.check("one_token", (view, " the")).answer["tuple"][1] == " the"
    for answer in (3, " text", (view, 3), (" a", " b"), lambda: view):
        assert done_in_views(answer) is None


def test_a_lesson_shows_its_views_whatever_the_student_made_of_them():
    folder = harness.LESSONS[0].parent
    shown = lesson.shown_in(folder)
    view = shown("hardest_against")
    assert isinstance(view, hs.ResidualBars)
    assert shown("hardest_against") is view
    told = {"exercise": "hardest_against", "answer": plain(view)}
    assert Judge(1, shown).judged(told) == "passed"  # the solution's own pins
    told["answer"]["state"]["selection"]["head"] = (view.selection.head + 1) % 8
    assert Judge(1, shown).judged(told) == "not yet"
    assert lesson.shown_in(folder.parent)("hardest_against") is None
