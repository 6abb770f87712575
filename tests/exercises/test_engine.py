"""The engine: statuses, hints, errors in the reader's code, predictions."""

import copy
import subprocess
import sys

import numpy as np
import pytest
import torch

from headstream.exercises import check, hint, predict, solution, solution_source
from headstream.exercises.small_models import random_model


def test_import_brings_no_torch():
    code = "import sys, headstream.exercises as e; e.all_exercises(); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_unknown_exercise_names_the_others():
    for act in (check, hint, solution, solution_source):
        with pytest.raises(ValueError, match=r"no exercise is called 'forward'; the exercises are .*forward_pass"):
            act("forward")


def test_hints_come_one_by_one_then_the_last_stays(capsys):
    hint("bpe")
    hint("bpe")
    hint("bpe")
    hint("bpe")
    shown = capsys.readouterr().out
    assert [shown.count(f"Hint {level} of 3") for level in (1, 2, 3)] == [1, 1, 2]
    assert "hs.solution('bpe')" in shown
    hint("bpe", 1)
    assert capsys.readouterr().out.startswith("Hint 1 of 3")
    for level in (4, True, 1.0):
        with pytest.raises(ValueError, match=f"level: expected 1, 2 or 3, got {level}"):
            hint("bpe", level)


def test_solution_is_printed(capsys):
    solution("bpe")
    assert capsys.readouterr().out == solution_source("bpe") + "\n"


def test_an_error_in_the_readers_code_is_shown_with_its_line():
    def mine(r, a):
        inner = r @ r
        return inner, a

    result = check("projection", mine)
    assert result.status == "not yet"
    assert "RuntimeError" in result.message
    assert "inner = r @ r" in result.message
    assert "There `r` is an array of shape [3, 4]." in result.message


def test_an_exit_in_the_readers_code_ends_nothing():
    result = check("projection", lambda r, a: sys.exit("enough"))
    assert result.status == "not yet"
    assert "SystemExit: enough" in result.message


def test_a_result_called_instead_of_a_function():
    assert "function itself" in check("projection", np.zeros(3)).message


def test_checking_leaves_the_readers_random_numbers_alone():
    torch.manual_seed(5)
    first = torch.rand(3)
    torch.manual_seed(5)
    random_model(np.random.default_rng())
    assert torch.equal(torch.rand(3), first)


def test_random_models_have_biases_and_sizes_of_their_own():
    model = random_model(np.random.default_rng())
    assert all(getattr(model, f"b_{x}").abs().min() > 0 for x in "QKVO")
    assert model.b_U.abs().min() > 0
    assert len({model.cfg.d_model, model.cfg.d_head, model.cfg.n_heads, model.cfg.d_vocab}) == 4


def test_random_models_are_drawn_from_the_generator_and_copied_whole():
    ids = torch.arange(5)[None]
    first, again, other = (random_model(np.random.default_rng(seed), d_model=13) for seed in (3, 3, 4))
    assert torch.equal(first(ids), again(ids))
    assert not torch.equal(first(ids), other(ids))
    copied = copy.deepcopy(first)
    copied.W_E.zero_()
    assert torch.equal(first(ids), again(ids))
    assert not torch.equal(first(ids), copied(ids))


@pytest.mark.parametrize("answer", ["b", "B", "the second"])
def test_prediction_with_options(answer, capsys):
    guess = predict("Which?", answer, options=["the first", "the second"])
    assert "Recorded: the second" in capsys.readouterr().out
    guess.reveal("a", "Because it comes first.")
    shown = capsys.readouterr().out
    assert "You predicted: the second" in shown
    assert "Not so. The answer: the first" in shown
    assert "Because it comes first." in shown
    guess.reveal("the second")
    assert "Right." in capsys.readouterr().out


def test_prediction_not_made_runs_on(capsys):
    guess = predict("Which?", ..., options=["the first", "the second"])
    assert "b) the second" in capsys.readouterr().out
    guess.reveal("a")
    assert "You made no prediction. The answer: the first" in capsys.readouterr().out


def test_prediction_of_a_number(capsys):
    predict("How many nats?", 3).reveal(np.log(8192))
    shown = capsys.readouterr().out
    assert "You predicted: 3" in shown
    assert "The answer: 9.01" in shown


def test_prediction_that_is_no_option():
    with pytest.raises(ValueError, match="answer: expected one of the letters a, b, got 'c'"):
        predict("Which?", "c", options=["the first", "the second"])


def test_options_that_cannot_be_lettered():
    with pytest.raises(ValueError, match="options: expected at most 10, got 11"):
        predict("Which?", options=[str(n) for n in range(11)])
    with pytest.raises(TypeError, match="options: expected a list of texts, got the one text 'yes'"):
        predict("Which?", options="yes")
