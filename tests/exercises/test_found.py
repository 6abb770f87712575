"""Exercises whose answer is something found: a text, or what is pinned in a view."""

import numpy as np
import pytest
import torch

import headstream as hs
from headstream import demos
from headstream.exercises import all_exercises, small_models
from headstream.framework import heads

from .told import TOKENS, told


def test_what_was_found_is_no_function_with_cases():
    for exercise in all_exercises().values():
        assert (exercise.verify is None) == (exercise.cases is not None), exercise.name
        assert exercise.verify is None or exercise.mistakes == ()


@pytest.mark.parametrize("name", [name for name, exercise in all_exercises().items() if exercise.verify])
@pytest.mark.parametrize("answer", [None, 3, "", [1], object, np.zeros(3)])
def test_any_other_answer_gets_a_sentence(name, answer):
    status, message = told(name, answer)
    assert status == "not yet"
    assert message.startswith(
        (
            "Give the view itself",
            "Give the four views",
            "Your answer is to be a text",
            "Your answer is to be a square",
            "Your answer is to be two",
            "Your answer is to be a probability",
            "Your answer is to be the small model",
        )
    )
    assert told(name, ...)[0] == "unanswered"


def test_the_place_where_a_direction_is_fooled():
    view = hs.TokenValues([9.0, 0.1, 0.2, 0.3, 0.9, 1.0, 2.0], TOKENS)
    assert told("fooled_direction", view)[0] == "unanswered"
    for place, status, word in (
        (1, "not yet", "highest fifth"),
        (4, "not yet", "highest fifth begins"),
        (6, "not yet", "Nothing follows"),
        (5, "passed", ""),
    ):
        view.selection.position = place
        found, message = told("fooled_direction", view)
        assert (found, word in message) == (status, True), message
    view.show([9.0, 0.1, 0.2, 2.0, 0.9, 0.3, 0.4], TOKENS)
    view.selection.position = 3
    assert "no word in small letters" in told("fooled_direction", view)[1]


def test_models_are_told_apart_by_their_losses():
    names = list(demos.ladder.models)
    found = hs.ladder([hs.run(hs.load(name), demos.ladder.text) for name in names])
    pages = [hs.TokenValues(losses, found.tokens[1:]) for losses in -found.log_prob[[2, 0, 3, 1], 1:]]
    right = [names[i] for i in (2, 0, 3, 1)]
    assert told("name_the_model", (pages, ...))[0] == "unanswered"
    assert told("name_the_model", (pages, right))[0] == "passed"
    assert told("name_the_model", (pages, names))[1].startswith("0 of 4 are right")
    assert told("name_the_model", (pages, [*right[:2], *right[:1:-1]]))[1].startswith("2 of 4 are right")
    for answer in (right[:3], ["one"] * 4, "gelu-4l", 3):
        assert told("name_the_model", (pages, answer))[1].startswith("Your answer is to be a list of all four names")


def test_a_text_on_which_one_head_moves_the_answer():
    assert told("moved_token", demos.skip_trigram.text)[1] == "That is a prompt of this course. Find one of your own."
    assert "the first is to be above" in told("moved_token", "The cat sat on a mat")[1]
    assert "the second is to be below" in told("moved_token", "the United")[1]


def test_a_text_on_which_a_head_does_what_its_circuits_say():
    assert told("weights_to_text", demos.skip_trigram.text)[1].startswith("That is this lesson's prompt")
    status, message = told("weights_to_text", "The cat sat on a mat")
    assert (status, message.startswith("The model says")) == ("not yet", True)


def test_a_bug_of_a_head():
    bug = demos.skip_trigram_bug
    assert told("found_bug", (bug.text, bug.target))[1] == "That is this lesson's bug. Find one of your own."
    assert "is no nonsense" in told("found_bug", ("said Dorothy", ","))[1]
    assert "20 are wanted" in told("found_bug", ("The cat sat on a mat", " Land"))[1]
    assert told("found_bug", ("said Dorothy", " Land of Oz"))[1].startswith("The next token is to be one token")


def test_matrices_that_fool_the_copying_score():
    for matrix, words in (
        ([[0.0, 1.0], [-1.0, 0.0]], "not all real"),
        ([[1.0, 0.0], [0.0, -1.0]], "not all positive"),
        ([[2.0, 1.0], [1.0, 2.0]], "no token lowers its own logit"),
        ([[1.0, 2.0, 3.0]], "is to be a square matrix"),
        ([[np.nan, 1.0], [1.0, 1.0]], "is to be a square matrix"),
    ):
        assert words in told("sly_matrix", matrix)[1]
    copier = [[1, -10, -10], [-10, 1, -10], [-10, -10, 1]]
    for pair, words in (
        ((np.eye(3), np.ones((3, 3))), "The score of your copier is 1.00"),
        ((np.ones((3, 3)), copier), "token 0 does not raise itself"),
        ((copier, np.eye(3)), "3 tokens raise themselves"),
        ((copier, [[-1, 2, 3]] * 3), ""),
        ((copier, [[0, 1, 0], [0, 0, 1], [1, 0, 0]]), "it is to be above .9"),
        ((copier, copier[0]), "two square matrices"),
    ):
        assert words in told("fooled_score", pair)[1]


def test_a_text_that_distracts_the_head():
    for text, status, word in (
        (demos.skip_trigram.text, "not yet", "not distracted"),
        ("She looked round. Matthew was gone.", "not yet", "End your text"),
        ('She looked round. Nobody was there. "M', "not yet", "must be there"),
        ('He looked round. Matthew was gone. Martha, Meg and Martha came. "M', "passed", ""),
    ):
        found, message = told("distracted_head", text)
        assert (found, word in message) == (status, True), message


def test_a_text_that_only_the_largest_model_completes():
    for text, word in ((demos.half_name.text + "ot", "A smaller model"), ("xq zzk", "does not foresee")):
        status, message = told("only_the_largest", text)
        assert (status, word in message) == ("not yet", True), message


def test_a_model_set_by_hand():
    blank = small_models.blank_model()
    assert told("by_hand", blank)[0] == "unanswered"
    assert told("by_hand", small_models.random_model(np.random.default_rng(0)))[1].startswith(
        "Your answer is to be the"
    )
    solution = all_exercises()["by_hand"].solution_function
    for change, words in (
        ({}, ""),
        ({"100 * torch.eye(places)": "torch.eye(places)"}, "not sharp enough"),
        ({".roll(-1, 1)": ""}, "and most to place 10. Its query is to ask for the place before"),
        ({".roll(-1, 1)": ".roll(1, 1)"}, "Its query is to ask for the place before"),
        ({"first.W_O[0, token, before]": "first.W_O[0, token, token]"}, "with as much to all"),
        ({"second.W_K[0, before, token]": "second.W_K[0, token, token]"}, "most to the letter itself"),
        ({"100 * letter": "letter"}, "Make its W_Q larger"),
        ({"5 * letter": "letter / 2"}, "is the present one, which the direct path raises by 1"),
        ({"5 * letter": "5 * letter.roll(1, 1)"}, "its W_O is to raise the copied letter"),
    ):
        source = solution
        for right, wrong in change.items():
            assert right in source
            source = source.replace(right, wrong)
        made = {"torch": torch, "blank_model": small_models.blank_model}
        exec(source, made)
        status, message = told("by_hand", made["toy"])
        assert (status, words in message) == ("not yet" if words else "passed", True), message
        assert (heads.prefix_matching_scores(made["toy"], length=10)[1, 0] > 0.98) == (
            not words or "W_O" in message or "direct path" in message
        )


def test_a_token_without_which_the_head_finds_nothing():
    run = hs.run(hs.load(demos.made_up_name.model), demos.made_up_name.text)
    layer, head = heads.top_head(heads.prefix_matching_scores(run.model))
    seen = run.attention.pattern[layer, head, -1]
    source, last = int(seen.argmax()), len(seen) - 1
    view = hs.TokenValues(seen, run.tokens)
    assert told("one_token", (view, " the"))[0] == "unanswered"
    for place, token, status, words in (
        (0, " the", "not yet", "Leave the start token"),
        (last, " the", "not yet", "Leave the start token"),
        (source, " the", "not yet", "that is the token to be copied"),
        (source + 1, " the", "not yet", "still attends to it"),
        (source - 1, "no such token", "not yet", "one token of the model"),
        (source - 1, 1.5, "not yet", "one token of the model"),
        (source - 1, " the", "passed", ""),
    ):
        view.selection.position = place
        found, message = told("one_token", (view, token))
        assert (found, words in message) == (status, True), message
    other = hs.TokenValues([0.1, 0.2], ["a", "b"], position=1)
    assert told("one_token", (other, " the"))[1].startswith("The view shows another text")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (np.eye(3), "That is the identity"),
        (np.eye(4)[[1, 0, 2, 3]], "a row for each of three neurons"),
        (2 * np.eye(3)[[1, 0, 2]], "It is no rotation"),
        (-np.eye(3)[[1, 0, 2]], "a negative entry turns a neuron around"),
        ([[0.6, 0.8, 0], [-0.8, 0.6, 0], [0, 0, 1]], "a row with several entries mixes neurons"),
        (np.eye(3)[[1, 2, 0]], ""),
        (torch.eye(3)[[2, 1, 0]], ""),
    ],
)
def test_neurons_can_only_change_places(answer, words):
    status, message = told("neuron_order", answer)
    assert (status, words in message) == ("not yet" if words else "passed", True), message


def test_the_probability_at_which_a_pair_begins_to_pay():
    assert told("pair_appears", 4 / 7)[0] == "passed"
    assert told("pair_appears", np.float32(0.571))[0] == "passed"
    for answer, words in (
        (1.0, "It has a bias"),
        (0.0, "Look for the other crossing"),
        (0.5, "the pair is cheaper"),
        (0.64, "one alone is cheaper"),
        (4, "a number from 0 to 1"),
        (True, "a number from 0 to 1"),
    ):
        status, message = told("pair_appears", answer)
        assert (status, words in message) == ("not yet", True), message
