"""Errors in a reader's function, and what its exercise lacks, are told in words that are true."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from headstream.exercises import check, find
from headstream.exercises.exercise import function


def solved(name):
    return function(find(name).solution_function)


class Speechless(Exception):  # noqa: N818
    def __str__(self):
        raise RuntimeError("no words")


def raises(error):
    raise error


def recursive(*arguments):
    return recursive(*arguments)


def test_an_error_without_words_is_told():
    assert "Speechless: (an error without a readable message)" in check("bpe", lambda *_: raises(Speechless())).message


@pytest.mark.parametrize(
    "error", [StopIteration, GeneratorExit, SystemExit, BaseException, MemoryError, ModuleNotFoundError]
)
def test_any_error_is_told_but_an_interrupt(error):
    assert f"Your function raised {error.__name__}" in check("bpe", lambda *_: raises(error("so"))).message
    with pytest.raises(KeyboardInterrupt):
        check("bpe", lambda *_: raises(KeyboardInterrupt()))


def test_recursion_without_end_is_told():
    assert "Your function raised RecursionError" in check("rank_of", recursive).message


def test_only_dots_that_stand_for_a_value_are_unanswered():
    def placeholder(r, a):
        middle = ...
        return middle / a, r

    def correct(r, a):
        r = r[..., :] * 1
        return solved("projection")(r[..., 0:], a)

    def two_ellipses(r, a):
        return np.asarray(r)[..., ..., 0]

    def ellipsis_in_words(r, a):
        raise TypeError(f"no ellipsis here: {r[..., 0].shape}, {r.ellipsis}")

    assert check("projection", placeholder).status == "unanswered"
    assert check("projection", correct).passed
    assert "IndexError" in check("projection", two_ellipses).message
    assert "AttributeError" in check("projection", ellipsis_in_words).message


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("tokens[i + 1]", ["`tokens` is a list of 9", "`i` is 8", "the last one stands at the length less 1"]),
        ("np.ones((3, 2))[:, i]", ["`i` is 8", "Axis 1 has 2 entries, so there is no index 8"]),
        ("torch.ones(3, 2)[i]", ["`i` is 8", "Axis 0 has 3 entries, so there is no index 8"]),
        ("torch.ones(3).sum(i)", ["Dimension out of range", "`i` is 8"]),
        ("np.ones(3)[i, i]", ["too many indices"]),
        ("tokens.index('none')", ["ValueError"]),
        ("{1: 2}[i]", ["KeyError: 8"]),
    ],
)
def test_of_an_error_only_what_is_sure_is_told(error, words, tmp_path):
    file = tmp_path / "cell.py"
    file.write_text(f"def answer(tokens):\n    tokens = list('abcdefghi')\n    i = 8\n    return {error}\n")
    names = {"np": np, "torch": torch}
    exec(compile(file.read_text(), str(file), "exec"), names)
    message = check("induction_rule", names["answer"]).message
    assert f"line 4: return {error}" in message
    for word in words:
        assert word in message
    assert "fixed" not in message
    assert ("entries" in message.lower()) == ("there is no index" in message or "length less 1" in message)


WITHOUT = """
import sys
for name in "torch transformer_lens tokenizers".split():
    sys.modules[name] = None
import headstream as hs
from headstream.exercises.exercise import function
without = {"induction_rule", "first_model", "bugs", "change_window", "count_paths"}
for name in without:
    assert hs.check(name, function(hs.exercises.find(name).solution_function)).passed
functions = {name for name, exercise in hs.exercises.all_exercises().items() if exercise.cases}
for name in functions - without:
    assert hs.check(name, ...).status == "unanswered"
    try:
        hs.check(name, lambda *_: 0)
    except ModuleNotFoundError as error:
        assert "pip install 'headstream[lessons]'" in str(error), error
    else:
        raise AssertionError(name)
"""


def test_an_exercise_without_tensors_needs_no_torch():
    subprocess.run([sys.executable, "-c", WITHOUT], check=True, capture_output=True)
    code = WITHOUT.replace("torch transformer_lens tokenizers", "torch").split("functions =")[0]
    code += "\nassert hs.check('bpe', function(hs.exercises.find('bpe').solution_function)).passed"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
