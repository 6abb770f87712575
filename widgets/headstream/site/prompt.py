"""A prompt to type on the tour's page, which runs the model itself: what that page has and its notebook has not."""

from __future__ import annotations

from headstream.site.notebook import STATE, Notebook, states

PAGE = "00-tour"
MODEL = "attn-only-2l"
FOLDER = "_static/models/"  # from the page

TEXT = """## Type your own prompt, here

Change the text below. At the first key this page fetches the weights of our two-layer model (15 MB, once); from then on
it runs the model itself, in your browser, at every key. Nothing that you type leaves the page. See the bars and the
patterns follow: make the model copy a name that stands twice, then spell the second one wrongly."""
CODE = f"""import headstream as hs

model = hs.load({MODEL!r})
text = "Harry Potter and Hermione Granger met Mr. Dursley. Then Harry P"
hs.prompt_explorer(model, text, weights={FOLDER!r}, roles=hs.roles(model))"""


def notebook() -> Notebook:
    """To be run beside the lessons."""
    text = {"cell_type": "markdown", "id": "prompt-text", "metadata": {}, "source": TEXT}
    code: Notebook = {
        "cell_type": "code",
        "id": "prompt",
        "metadata": {},
        "source": CODE,
        "execution_count": None,
        "outputs": [],
    }
    return {"cells": [text, code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def with_prompt(lesson: Notebook, ran: Notebook) -> Notebook:
    """The lesson with the cells and the views of `ran` at its end; both have run."""
    widgets = {STATE: {"state": {**states(lesson), **states(ran)}, "version_major": 2, "version_minor": 0}}
    metadata = {**lesson["metadata"], "widgets": widgets}
    return {**lesson, "cells": [*lesson["cells"], *ran["cells"]], "metadata": metadata}
