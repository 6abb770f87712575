"""Every lesson keeps the rules, and each rule catches what it is there to catch."""

import copy

import pytest

import make
from tests.lessons import harness, rules


@pytest.mark.parametrize("path", harness.LESSONS, ids=lambda path: path.stem)
def test_lesson_keeps_the_rules(path):
    assert rules.broken(harness.load(path)) == []


QUESTION = {"minutes": 2, "question": "Why?", "expected": "Because.", "misconceptions": "It is magic."}


def good():
    core, view = (next(e for e in rules.all_exercises().values() if bool(e.verify) is done) for done in (False, True))
    table = "| name | shape |\n|---|---|"
    return make.stripped(
        harness.made(
            harness.prose_cell(
                f"The core takes {core.minutes + 11} minutes. "
                "The previous-token head of layer 1 has [a paper](https://example.org). " + "word " * 600
            ),
            harness.code_cell("import headstream as hs"),
            *(harness.code_cell(f"x_{n} = {n}") for n in range(6)),
            harness.code_cell("guess = hs.predict('How many?')"),
            harness.prose_cell(f"Difficulty 1 of 3, {core.minutes} minutes.\n\n{table}"),
            _exercise(core.name, f"answer = ...\nhs.check({core.name!r}, answer)"),
            {**harness.prose_cell("**For the class.** Why?"), "metadata": _metadata("class-question", QUESTION)},
            harness.prose_cell(f"## Your turn\n\nDifficulty 1 of 3, {view.minutes} minutes."),
            _exercise(view.name, f"hs.check({view.name!r}, x_5)"),
            harness.code_cell("your_text = 'Alice'"),
        )
    )


def _exercise(name, source):
    return {**harness.code_cell(source), "metadata": _metadata("exercise", name)}


def _metadata(tag, content):
    return {"tags": [tag], "headstream": {tag.replace("-", "_"): content}}


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
        (changed(0, source="few words"), "600 to 1,300"),
        (changed(0, source="word " * 1400), "600 to 1,300"),
        (changed(0, source="word " * 600), "it says no minutes"),
        (changed(0, source="The core takes 60 minutes. " + "word " * 600), "it says 60 minutes: counted"),
        (changed(0, attachments={"a.png": {}}), "an attachment"),
        ({**good(), "cells": good()["cells"][:2] + good()["cells"][-1:]}, "2 code cells besides the exercises"),
        (changed(2, source="x = 1\n" * 26), "26 lines"),
        (changed(2, source="%pip install x"), "not plain Python"),
        (changed(2, source="!ls"), "not plain Python"),
        (changed(2, source="import os"), "after the set-up cell"),
        (changed(2, source="x_5 = 1"), "reads 'x_5', which two cells bind"),
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
        (changed(10, metadata=_metadata("exercise", "nothing")), "no exercise is called"),
        (changed(8, source="x = 1"), "no prediction"),
        (changed(12, source="## My turn"), "no section 'Your turn'"),
        (changed(14, source="text = 'Alice'"), "no section 'Your turn'"),
        (changed(11, metadata={}), "0 questions for the class"),
        (changed(11, metadata=_metadata("class-question", {**QUESTION, "expected": ""})), "other parts"),
        (changed(11, metadata=_metadata("class-question", {"minutes": 2})), "other parts"),
        (changed(9, source="Difficulty 1 of 3, 6 minutes."), "no table of shapes"),
        (changed(13, source="x = 1", metadata={}), "no exercise is done in a view"),
    ],
)
def test_a_broken_rule_is_told(notebook, told):
    assert any(told in problem for problem in rules.broken(notebook)), rules.broken(notebook)


def test_long_cells_are_told():
    notebook = good()
    for cell in notebook["cells"][2:7]:
        cell["source"] = "x = 1\n" * 9
    assert rules.broken(notebook) == ["fewer than half of its code cells have 8 lines or fewer"]
