"""Exercises whose answer is what is pinned or switched in a view."""

from dataclasses import replace

import numpy as np

import headstream as hs
from headstream import demos
from headstream.results import Component, Composition, GraphNode, Patching
from tests.views.geometries import random_geometry
from tests.views.graphs import graph_of
from tests.views.importances import random_importance
from tests.views.lenses import random_lens
from tests.views.parameter_decompositions import random_decomposition
from tests.views.summaries import random_summary
from tests.views.trainings import random_training

from .told import TOKENS, told


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


def test_the_head_that_brings_most_to_a_feature():
    values = np.array([[9.0, 1.0], [2.0, 4.0], [3.0, -5.0], [8.0, 8.0], [-1.0, 6.0], [5.0, 5.0]])
    view = hs.ResidualBars(values, ["embedding", "0.0", "0.1", "0.mlp", "1.0", "bias"], ["a", "b"], position=0)
    assert told("feature_source", view)[0] == "unanswered"
    for place, pinned, status, word in (
        (0, (0, None), "not yet", "a single head"),
        (0, (0, 0), "not yet", "brings 2.00, but another one 3.00"),
        (0, (1, 0), "not yet", "speaks against"),
        (0, (1, 3), "not yet", "writes after"),
        (0, (0, 1), "passed", ""),
        (1, (0, 1), "not yet", "speaks against"),
        (1, (1, 0), "passed", ""),
    ):
        view.selection.position = place
        view.selection.layer, view.selection.head = pinned
        found, message = told("feature_source", view)
        assert (found, word in message) == (status, True), message


def test_the_densest_toy_with_a_pair():
    alone, pair = np.eye(3), np.array([[1.0, 0, 0], [-1, 0, 0], [0, 1, 0]])
    made = random_geometry("abc", dims=3, toys=3)
    view = hs.FeatureGeometry(replace(made, columns=np.stack([alone, pair, pair]).astype(np.float32)))
    assert told("first_pair", view)[0] == "unanswered"
    for toy, feature, status, words in (
        (0, 0, "not yet", "no feature has half a dimension"),
        (1, 2, "not yet", "Feature 2 has 1.00 dimensions"),
        (2, 0, "not yet", "a denser toy with a pair: one with features that are there in 16%"),
        (1, 7, "not yet", "no feature 7"),
        (1, 1, "passed", ""),
    ):
        view.toy, view.selection.feature = toy, feature
        found, message = told("first_pair", view)
        assert (found, words in message) == (status, True), message


def test_components_that_can_go_for_one_input():
    view = hs.ComponentGallery(random_decomposition(spare=2))
    assert told("free_to_go", view)[0] == "unanswered"
    assert told("free_to_go", random_decomposition())[0] == "not yet"
    others = [(matrix, c) for matrix in (0, 1) for c in range(5) if c != 3]
    for given, off, status, word in (
        (None, others, "not yet", "Choose an input"),
        (3, [(0, 3)], "not yet", "changes by"),
        (3, others[:3], "not yet", "components of W are on: more can go"),
        (3, others[:4], "not yet", "5 components of Wᵀ are on"),
        (2, others, "not yet", "changes by"),
        (3, others, "passed", ""),
        (3, [*others, (0, 5), (1, 6)], "passed", ""),
    ):
        view.input, view.off = given, off
        found_status, message = told("free_to_go", view)
        assert (found_status, word in message) == (status, True), (given, message)
    spanning = hs.ComponentGallery(random_decomposition(spare=2, method="APD"), input=4, off=[(0, c) for c in range(4)])
    assert told("free_to_go", spanning)[0] == "passed"  # switched in one matrix, it is off in both


def test_the_feature_that_a_head_moves_to_the_answer():
    nodes = [
        GraphNode("embed", None, 0, label="a"),
        GraphNode("embed", None, 1, label="b"),
        GraphNode("feature", 0, 0, 7),
        GraphNode("feature", 0, 1, 9),
        GraphNode("error", 0, 0),
        GraphNode("feature", 1, 0, 5),
        GraphNode("logit", None, 1, token=1, activation=0.2),
        GraphNode("logit", None, 1, token=2, activation=0.7),
    ]
    edges = [(0, 2, 1.0), (1, 3, 1.0), (0, 7, 9.0), (2, 7, 2.0), (3, 7, 8.0), (4, 7, 5.0), (5, 7, -3.0), (5, 6, 4.0)]
    view = hs.AttributionGraph(graph_of(nodes, edges, ["a", "b"]))
    assert told("moved_feature", view)[0] == "unanswered"
    for pinned, status, word in (
        ((None, 0, None), "not yet", "A feature is wanted"),
        ((0, 0, None), "not yet", "A feature is wanted"),
        ((0, 1, 9), "not yet", "needs no head"),
        ((1, 0, 5), "not yet", "it adds -3.00; another feature at an earlier position adds +2.00"),
        ((0, 0, 7), "passed", ""),
    ):
        for name, value in zip(("layer", "position", "feature"), pinned, strict=True):
            setattr(view.selection, name, value)
        found, message = told("moved_feature", view)
        assert (found, word in message) == (status, True), message
    view.show(graph_of(nodes, [(1, 3, 1.0), (3, 7, 8.0), (5, 7, -3.0)], ["a", "b"]))
    for name, value in (("layer", 1), ("position", 0), ("feature", 5)):
        setattr(view.selection, name, value)
    assert "no feature at an earlier position" in told("moved_feature", view)[1]


def test_a_feature_that_is_at_one_word():
    words = (" but", "But", " and", " a", ".", " king")
    summary = random_summary(words)
    ids, at = summary.top.token_ids.copy(), summary.top.at

    def at_words(feature, *tokens):
        for example, token in enumerate(tokens):
            ids[feature, example, at[feature, example]] = token

    at_words(1, 0, 1, 0)
    at_words(2, 0, 2, 5)
    at_words(3, 3, 3, 3)
    at_words(4, 4, 4, 4)
    view = hs.FeatureCard(replace(summary, top=replace(summary.top, token_ids=ids)))
    assert told("one_word", view)[0] == "unanswered"
    for feature, status, word in (
        (0, "not yet", "fires nowhere"),
        (2, "not yet", "'but', 'and', 'king': more than one"),
        (3, "not yet", "no word of 3 letters"),
        (4, "not yet", "no word of 3 letters"),
        (99, "not yet", "none of this dictionary"),
        (1, "passed", ""),
    ):
        view.selection.feature = feature
        found, message = told("one_word", view)
        assert (found, word in message) == (status, True), message
