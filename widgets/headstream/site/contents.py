"""The pages that are no lessons: the front page; and what each lesson's page has that its notebook has not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from headstream.site.course import ROOT, Lesson
from headstream.site.notebook import Notebook, source

FRONT = """# Headstream

*Attention **head**s reading and writing a residual **stream**.*

A course on how transformers work inside, after [A Mathematical Framework for Transformer
Circuits](https://transformer-circuits.pub/2021/framework/index.html) (2021) and what grew from it, on real trained
models. Every view on these pages is alive: point at it, click, use the arrow keys. Nothing is installed, and nothing
leaves the page. Where a question has buttons, answer it before you read on.

To run or change the lessons, open them [on Binder]({binder}), or on your own machine with `make lab`.

## The course

{count} lessons, {hours} hours of core. {note}

{cards}

## Beside the lessons

- [Gallery](gallery.ipynb): every view on a model that comes with the course, with its call, its options and its keys.
- [Glossary](glossary.md): the paper's notation beside the names in the code.
- [The papers' claims](claims.md), computed on the course's models, each beside its null; some fail.

```{{toctree}}
:hidden:
:caption: Lessons

{lessons}
```

```{{toctree}}
:hidden:
:caption: Reference

gallery
glossary
claims
```
"""
NOTE = "Minutes are of the core; those *on your own* are of the exercises after it."


def front_page(course: Sequence[Lesson]) -> str:
    return FRONT.format(
        binder=binder("lessons/00-tour.ipynb"),
        count=len(course),
        hours=round(sum(lesson.minutes for lesson in course) / 60),
        note=NOTE,
        cards=_cards(course),
        lessons="\n".join(lesson.name for lesson in course),
    )


def _cards(course: Sequence[Lesson]) -> str:
    pages = {lesson.number: f"{lesson.name}.html" for lesson in course}
    return '<div class="hs-course">\n' + "\n".join(_card(lesson, pages) for lesson in course) + "\n</div>"


def _card(lesson: Lesson, pages: dict[str, str]) -> str:
    def linked(found: re.Match[str]) -> str:
        return f'<a href="{pages[found[0]]}">{found[0]}</a>' if found[0] in pages else found[0]

    needs = re.sub(r"\b\d\d[a-z]?\b", linked, _html(lesson.prerequisites))
    own = f" + {lesson.own_minutes} on your own" if lesson.own_minutes else ""
    return (
        f'<div class="hs-lesson" id="lesson-{lesson.number}">'
        f'<p class="hs-lesson-title"><a href="{pages[lesson.number]}">{lesson.number} · {_html(lesson.title)}</a></p>'
        f"<p>{_html(lesson.objective)}</p>"
        f'<p class="hs-lesson-needs">{needs}<br>{lesson.minutes} minutes{own}</p></div>'
    )


def _html(markdown: str) -> str:
    """One paragraph of text; of markdown it keeps the emphasis."""
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(markdown, quote=False))
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)


def binder(path: str) -> str:
    """The address that opens a file of the project on Binder: that of the README's badge, with another file."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"\((https://mybinder\.org/v2/[^)]*?urlpath=lab/tree/)[^)]*\)", readme)
    if not found:
        raise ValueError("README.md has no badge that opens Binder, which tells its address")
    return found[1] + path


def with_opening(lesson: Lesson, notebook: Notebook) -> Notebook:
    """The lesson's notebook with a box below its first cell that says how to run it.

    Whatever else a page of the site has and its notebook has not is put in here, too.
    """
    path = f"lessons/{lesson.name}.ipynb"
    text = f"""
:::{{admonition}} This page is alive; to run it, open its notebook
:class: hs-open
Views, predictions, hints and solutions work here as they are. To change the code, or to have your answers checked, open
this lesson [on Binder]({binder(path)}), or on your machine: `make lab` in the project's folder, then `{path}`.
{{download}}`Its notebook <downloads/{lesson.name}.ipynb>`.
:::"""
    first, *others = notebook["cells"]
    return {**notebook, "cells": [{**first, "source": source(first) + "\n" + text}, *others]}
