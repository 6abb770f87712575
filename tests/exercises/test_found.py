"""Exercises whose answer is something found: a text, or what is pinned in a view."""

from dataclasses import replace

import numpy as np
import pytest
import torch

import headstream as hs
from headstream import demos
from headstream.exercises import all_exercises, small_models
from headstream.framework import heads
from headstream.results import Component, Composition, Patching
from tests.views.importances import random_importance
from tests.views.lenses import random_lens
from tests.views.trainings import random_training

TOKENS = ["<|endoftext|>", " the", " cat", ".", " A", " dog", " sat"]


def told(name, answer):
    result = hs.check(name, answer)
    return result.status, result.message


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


@pytest.mark.slow
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


def test_the_head_that_pushes_hardest_against():
    values = np.array([[-9.0, 0.0], [1.0, -1.0], [-2.0, 0.5], [-3.0, -0.5]])
    view = hs.ResidualBars(values, ["embedding", "0.0", "0.1", "1.0"], ["a", "b"], position=0)
    view.selection.position = None
    view.set_trait("default_position", 0)
    assert told("hardest_against", view)[0] == "unanswered"
    for head, status, word in (((0, 0), "not yet", "pushes for"), ((0, 1), "not yet", "-3.00"), ((1, 0), "passed", "")):
        view.selection.layer, view.selection.head = head
        found, message = told("hardest_against", view)
        assert (found, word in message) == (status, True), message
    view.selection.position = 1
    assert told("hardest_against", view)[0] == "not yet"
    view.selection.layer, view.selection.head = 0, 0
    assert told("hardest_against", view)[0] == "passed"


def test_the_head_that_wrote_what_an_mlp_cleared():
    values = np.array([[1.0, 9.0], [4.0, 2.0], [3.0, 5.0], [-6.0, -8.0], [7.0, 1.0], [-1.0, -2.0]])
    names = ["embedding", "0.0", "0.1", "0.mlp", "1.0", "1.mlp"]
    view = hs.ResidualBars(values, names, ["a", "b"], position=0)
    assert told("cleared_writer", view)[0] == "unanswered"
    for place, pinned, status, word in (
        (0, (0, None), "not yet", "a single head"),
        (0, (1, 0), "not yet", "after the MLP that clears, 0.mlp"),
        (0, (0, 1), "not yet", "3.00 of it, but another one 4.00"),
        (0, (0, 0), "passed", ""),
        (1, (0, 0), "not yet", "another one 5.00"),
        (1, (0, 1), "passed", ""),
    ):
        view.selection.position, (view.selection.layer, view.selection.head) = place, pinned
        found, message = told("cleared_writer", view)
        assert (found, word in message) == (status, True), message
    view.show(-values, names, ["a", "b"])
    view.selection.layer, view.selection.head = 0, 0
    assert "no source" in told("cleared_writer", view)[1]


def test_the_step_by_which_a_head_was_born():
    training = random_training("abcd")
    prefix = np.full_like(training.prefix, 0.1)
    prefix[:, 1, 2] = np.linspace(0, 0.8, len(training.steps))
    view = hs.Film(replace(training, prefix=prefix))
    assert told("born", view)[0] == "unanswered"
    view.selection.step = int(training.steps[4])
    assert told("born", view)[1].startswith("Pin a head first")
    view.selection.layer, view.selection.head = 1, 2
    assert told("born", view)[0] == "passed"
    for step, words in ((training.steps[3], "look later"), (training.steps[6], "reached at an earlier step")):
        view.selection.step = int(step)
        assert words in told("born", view)[1]
    view.selection.step = None
    assert told("born", view)[1].startswith("The head is right.")


def test_the_edge_of_the_strongest_k_composition():
    heads = ((0, 0), (0, 1), (1, 0), (1, 1))
    earlier = np.array([[layer < other for other, _ in heads] for layer, _ in heads])
    scores = np.where(earlier, np.float32([[0.2], [0.3], [0.1]])[..., None], np.nan).astype(np.float32)
    scores[1, 1, 2], scores[0, 0, 3] = 0.5, 0.9
    null = np.where(earlier, np.float32(0.1), np.nan)
    view = hs.CompositionGraph(
        Composition(heads, scores, np.stack([null] * 3), np.stack([null] * 3), null, null), q=False
    )
    assert told("strongest_key", view)[0] == "unanswered"
    view.selection.layer, view.selection.head = 0, 1
    assert told("strongest_key", view)[1].startswith("A head is pinned")
    for edge, status, word in (
        ((0, 0, 1, 1), "not yet", "with +0.200 above the null, and another pair of heads has +0.400"),
        ((1, 0, 0, 1), "not yet", "in no earlier layer"),
        ((0, 1, 1, 0), "passed", ""),
    ):
        for name, index in zip(("layer", "head", "to_layer", "to_head"), edge, strict=True):
            setattr(view.selection, name, index)
        found, message = told("strongest_key", view)
        assert (found, word in message) == (status, True), message


def test_few_heads_that_bring_half_of_what_all_bring():
    """The logits are the losses' own here: one head brings nearly all, the others next to nothing."""
    result = random_importance(TOKENS)
    writes = np.zeros_like(result.writes)
    for term, share in ((0, 0.2), (4, 0.3), (7, 0.01)):  # embedding, 0.1 and 1.1
        writes[term] = share * result.unembed[:, result.next].T
    result = replace(result, writes=writes)
    losses = np.stack([result.losses_of(setting[result.group_of]) for setting in result.settings])
    view = hs.PathLadder(replace(result, losses=losses))
    virtual, heads = "virtual heads of 2", [term.label for term in result.terms if term.order == 1]
    assert told("few_heads", view)[0] == "unanswered"
    for off, status, word in (
        (heads[1:], "not yet", "Virtual heads are still on"),
        ([virtual, *heads, "position"], "not yet", "A part of the direct path is off"),
        ([virtual, "0.0"], "not yet", "5 heads are on"),
        ([virtual, "0.1", "0.2"], "not yet", "it is to be 50% at least"),
        ([virtual, "0.0", "1.1"], "passed", ""),
    ):
        view.off = off
        found, message = told("few_heads", view)
        assert (found, word in message) == (status, True), message


@pytest.mark.slow
def test_a_cell_of_the_lens_with_the_final_answer(shipped):
    view = hs.LogitLensGrid(hs.logit_lens(hs.run(shipped("gelu-4l"), demos.lens_early.text)))
    answer = view.rank[0, :, view.starts[-2] :].argmin(1)  # of the last position, in each row
    final, last = answer[-1], len(view.tokens) - 1
    early = [row for row in range(len(view.rows)) if view.rank[0, row, view.starts[-2] + final] == 0]
    assert told("early_answer", view)[0] == "unanswered"
    for row, place, status, word in (
        (1, 0, "not yet", "start token"),
        (len(view.rows) - 1, last, "not yet", "upper half"),
        (0, last, "not yet", "still has rank"),
        (early[0], last, "passed", ""),
    ):
        view.row, view.selection.position = row, place
        found, message = told("early_answer", view)
        assert (found, word in message) == (status, True), message


def test_a_cell_of_the_lens_where_the_scale_decides():
    lens, _ = random_lens(["a", "b", "c"], top=3)
    view = hs.LogitLensGrid(lens)
    assert told("two_scales", view)[0] == "unanswered"
    last, half = len(view.rows) - 1, (len(view.rows) + 1) // 2
    tops = (lens.rank == 0)[:, half:last]
    differ = (tops[0] != tops[1]).any(-1)  # [row, position]
    for row, place, word in ((half, 0, "start token"), (last, 1, "both scales are the same"), (0, 1, "lower half")):
        view.row, view.selection.position = row, place
        assert word in told("two_scales", view)[1]
    assert differ[:, 1:].any()
    for (row, place), found in np.ndenumerate(differ):
        if place:
            view.row, view.selection.position = half + row, place
            assert told("two_scales", view)[0] == ("passed" if found else "not yet")


def test_a_cell_that_restores_though_its_bar_is_short():
    tokens, clean = ["s", " C", "ot", " P"], ("s", " P", "ot", " P")
    heads = tuple(Component("head", layer, head) for layer in range(2) for head in range(2))
    effect = np.zeros((4, 4), np.float32)
    effect[1, 2], effect[3, 3], effect[0, 3] = 0.9, 0.8, 0.3
    patching = Patching(2 + 6 * effect, 8.0, 2.0, heads, tuple(tokens), clean, "logit of 'ot'", position=3)
    values = np.zeros((4, 4), np.float32)
    values[:, 3] = 0.05, -0.3, 0.1, 4
    bars = hs.ResidualBars(values, heads, clean)
    grid = hs.PatchGrid(patching)
    assert told("small_bar", (grid, bars))[0] == "unanswered"
    for cell, status, word in (
        ((0, 3), "not yet", "less than 0.5"),
        ((1, 1), "not yet", "restores 0.00 there. That is less"),
        ((3, 3), "not yet", "its bar is 4.00 long"),
        ((1, 2), "passed", ""),
    ):
        grid.cell = cell
        found, message = told("small_bar", (grid, bars))
        assert (found, word in message) == (status, True), message
    assert "another text" in told("small_bar", (grid, hs.ResidualBars(values, heads, tokens)))[1]
    assert told("small_bar", (grid, grid))[1].startswith("Give the view itself")


@pytest.mark.slow
def test_a_text_that_distracts_the_head():
    for text, status, word in (
        (demos.skip_trigram.text, "not yet", "not distracted"),
        ("She looked round. Matthew was gone.", "not yet", "End your text"),
        ('She looked round. Nobody was there. "M', "not yet", "must be there"),
        ('He looked round. Matthew was gone. Martha, Meg and Martha came. "M', "passed", ""),
    ):
        found, message = told("distracted_head", text)
        assert (found, word in message) == (status, True), message


@pytest.mark.slow
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


@pytest.mark.slow
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
