"""Every lesson keeps the rules, and each rule catches what it is there to catch."""

import copy

import pytest

import make
from tests.lessons import harness, rules


@pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
def test_lesson_keeps_the_rules(path):
    assert rules.broken(harness.load(path)) == []


def good():
    exercise = next(iter(rules.all_exercises().values()))
    asked = harness.code_cell(f"answer = ...\nhs.check({exercise.name!r}, answer)")
    asked["metadata"] = {"tags": ["exercise"], "headstream": {"exercise": exercise.name}}
    cells = [harness.code_cell("import headstream as hs"), *(harness.code_cell(f"x = {n}") for n in range(7))]
    text = f"Difficulty {exercise.difficulty} of 3, {exercise.minutes} minutes."
    prose = harness.prose_cell(
        "The previous-token head of layer 1 has [a paper](https://example.org). " + "word " * 600
    )
    return make.stripped(harness.made(prose, *cells, harness.prose_cell(text), asked))


def test_a_good_lesson_breaks_no_rule():
    assert rules.broken(good()) == []


def changed(where, **fields):
    notebook = copy.deepcopy(good())
    notebook["cells"][where].update(fields)
    return notebook


@pytest.mark.parametrize(
    ("notebook", "told"),
    [
        (changed(2, outputs=[harness.printed("1")]), "has outputs"),
        (changed(2, execution_count=3), "has outputs"),
        (changed(2, metadata={"collapsed": True}), "has outputs"),
        ({**good(), "metadata": {**good()["metadata"], "widgets": {}}}, "has outputs"),
        (changed(0, source="few words"), "600 to 1,200"),
        (changed(0, source="word " * 1300), "600 to 1,200"),
        (changed(0, attachments={"a.png": {}}), "an attachment"),
        ({**good(), "cells": good()["cells"][:3] + good()["cells"][-2:]}, "2 code cells besides the exercises"),
        (changed(2, source="x = 1\n" * 26), "26 lines"),
        (changed(2, source="%pip install x"), "not plain Python"),
        (changed(2, source="!ls"), "not plain Python"),
        (changed(2, source="import os"), "after the set-up cell"),
        (changed(2, source="x = 'https://example.org'"), "a web address"),
        (changed(2, source="model.W_Q[1, 6]"), "by its index"),
        (changed(2, source="hs.AttentionHeatmap(run.attention, head=6)"), "by its index"),
        (changed(2, source="# head 1.6 copies"), "by its index"),
        (changed(2, source="run.attention.pattern[1, 6]"), "by its index"),
        (changed(0, source="word " * 600 + "layer 1, head 6"), "by its index"),
        (changed(0, source="word " * 600 + "so L1H6 copies"), "by its index"),
        (changed(2, source="open('/tmp/x')"), "absolute path"),
        (changed(2, source=r"open('C:\\x')"), "absolute path"),
        (changed(0, source="word " * 600 + "![a](https://example.org/a.png)"), "fetches"),
        (changed(2, source="hs.check('x', 1)"), "not tagged"),
        (changed(9, source="Try it."), "does not say its"),
        (changed(10, source="answer = 1"), "has no ..."),
        (changed(10, source="answer = ..."), "does not check it"),
        (changed(10, metadata={"tags": ["exercise"], "headstream": {"exercise": "nothing"}}), "no exercise is called"),
    ],
)
def test_a_broken_rule_is_told(notebook, told):
    assert any(told in problem for problem in rules.broken(notebook)), rules.broken(notebook)


def test_long_cells_are_told():
    notebook = good()
    for cell in notebook["cells"][2:7]:
        cell["source"] = "x = 1\n" * 9
    assert rules.broken(notebook) == ["fewer than half of its code cells have 8 lines or fewer"]
