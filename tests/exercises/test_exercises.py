"""Every exercise: its solution passes, every mistake is told by its own message, `...` is unanswered."""

import ast
import contextlib
import copy
import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from headstream import exercises
from headstream.exercises import all_exercises, check, find, solution_source
from headstream.exercises.exercise import Mistake, function
from headstream.exercises.judge import _cases
from tests.lessons import harness

from .general_words import GENERAL_WORDS

FOLDER = Path(exercises.__file__).parent
FUNCTIONS = [name for name, exercise in all_exercises().items() if exercise.cases]
MISTAKES = [
    pytest.param(name, mistake, id=f"{name}: {mistake.message[:60]}")
    for name, exercise in all_exercises().items()
    for mistake in exercise.mistakes
]
GENERAL = [
    pytest.param(name, change, word, id=f"{name}: {wrong}")
    for name, wrongs in GENERAL_WORDS.items()
    for wrong, change, word in wrongs
]


def solved(name):
    return function(find(name).solution_function)


def mistaken(name, change):
    return function(Mistake("", change).source(find(name).solution_function))


def test_every_file_in_a_lessons_folder_is_an_exercise():
    files = sorted(FOLDER.glob("lesson_*/[a-z]*.py"))
    assert sorted(all_exercises()) == sorted(file.stem for file in files)
    folders = [next(file.parent.name for file in files if file.stem == name) for name in all_exercises()]
    numbers = [exercise.number for exercise in all_exercises().values()]
    placed = list(zip(folders, numbers, strict=True))
    assert placed == sorted(set(placed)), "two exercises of a lesson have the same number"


def test_a_new_exercise_is_one_new_file(tmp_path, monkeypatch):
    folder = tmp_path / "lesson_99_last"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""The exercises of lesson 99."""\n')
    source = (FOLDER / "lesson_02b_directions" / "projection.py").read_text(encoding="utf-8")
    (folder / "copied.py").write_text(source.replace('"projection"', '"copied"'), encoding="utf-8")
    monkeypatch.setattr(exercises, "__path__", [*exercises.__path__, str(tmp_path)])
    found = all_exercises.__wrapped__()
    assert list(found) == [*all_exercises(), "copied"]


def test_no_module_beside_the_lessons_imports_one():
    for file in FOLDER.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not [name for name in names if ".lesson_" in name], file.name


@pytest.mark.parametrize("name", all_exercises())
def test_exercises_say_what_they_cost(name):
    exercise = find(name)
    assert exercise.difficulty in (1, 2, 3)
    assert 1 <= exercise.minutes <= 20
    assert len(exercise.hints) == 3
    assert exercise.verify or len(exercise.mistakes) >= 3
    assert len({mistake.message for mistake in exercise.mistakes}) == len(exercise.mistakes)


@pytest.mark.parametrize("name", all_exercises())
def test_solution_source_is_a_whole_cell(name):
    answer, call = find(name).solution_function, r'\n{2,3}(\w+ = )?hs.check\("name", \w+\)'
    assert answer
    assert re.fullmatch(call.replace("name", name), solution_source(name).removeprefix(answer))
    compile(solution_source(name), name, "exec")
    assert len(solution_source(name).splitlines()) <= 25


@pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
def test_a_solution_gives_a_lesson_all_that_its_cells_read(path):
    cells = harness.code(harness.load(path))
    for cell in cells:
        if name := harness.exercise(cell):
            lacking = harness.names_bound("".join(cell["source"])) - harness.names_bound(solution_source(name))
            others = [harness.names_read("".join(other["source"])) for other in cells if other is not cell]
            assert lacking & set().union(*others) == set(), name


@pytest.mark.parametrize("name", FUNCTIONS)
def test_solution_passes(name, capsys):
    assert check(name, solved(name)).passed
    assert f"✓ passed: {name}\n{find(name).passed}" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
@pytest.mark.filterwarnings("ignore:reduction")
def test_mistake_is_told_by_its_own_message(name, mistake, capsys):
    result = check(name, mistaken(name, mistake.change))
    assert result.status == "not yet"
    assert mistake.message in result.message
    assert "passed" not in capsys.readouterr().out


@pytest.mark.parametrize(("name", "change", "word"), GENERAL)
@pytest.mark.filterwarnings("ignore:The use of `x.T` on tensors of dimension other than 2")
def test_wrong_answer_is_told_in_general_words(name, change, word):
    result = check(name, mistaken(name, change))
    assert result.status == "not yet"
    assert word in result.message


def test_a_mistake_of_another_solution_is_an_error():
    with pytest.raises(ValueError, match="change: expected pieces of the solution, got 'no such piece'"):
        mistaken("bpe", {"no such piece": ""})


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.filterwarnings("ignore:reduction")
def test_no_mistake_changes_what_it_is_given(name):
    """Mistakes share their arguments: one that wrote into them would spoil the next."""
    exercise = find(name)
    for case in _cases(exercise, seed=0)[:3]:
        before = copy.deepcopy(case.arguments)
        for mistake in exercise.mistakes:
            with contextlib.suppress(Exception):  # not every mistake runs on every case
                mistaken(name, mistake.change)(*case.arguments)
        for then, now in zip(before, case.arguments, strict=True):
            assert numbers_in(then) == numbers_in(now)


def numbers_in(argument):
    """All that an argument holds, as text: of models and caches, their tensors; of a partial, what it was given."""
    if isinstance(argument, partial):
        return [numbers_in(given) for given in argument.args]
    if hasattr(argument, "state_dict"):
        argument = argument.state_dict()
    if hasattr(argument, "items"):
        return {key: numbers_in(value) for key, value in argument.items()}
    return argument.tolist().__repr__() if hasattr(argument, "tolist") else argument


def test_writes_add_up_to_the_final_stream():
    case = next(find("stream_writes").cases(np.random.default_rng(0)))
    _, cache = case.arguments
    np.testing.assert_allclose(case.expected.sum(0), cache["resid_post", 1], rtol=0, atol=1e-5)


def test_additions_add_up_to_the_last_rows_logit():
    case = next(find("added").cases(np.random.default_rng(0)))
    rows, W_U, token = case.arguments
    logits = torch.nn.functional.layer_norm(torch.from_numpy(rows[-1]), (4,), eps=0).numpy() @ W_U
    np.testing.assert_allclose(case.expected.sum(0), logits[:, token] - logits.mean(1), atol=1e-12)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_dots_are_unanswered(name, capsys):
    for answer in (..., lambda *_: ..., lambda *_: (..., ...), lambda *_: ... + 1):
        assert check(name, answer).status == "unanswered"
    assert capsys.readouterr().out.count(f"… unanswered: {name}\n") == 4


@pytest.mark.parametrize("name", FUNCTIONS)
def test_answers_that_are_no_answers(name):
    for answer in (3, "text", torch.zeros(3), lambda *_: None, lambda *_: "text", lambda *_: object(), lambda: 1):
        assert check(name, answer).status == "not yet"
