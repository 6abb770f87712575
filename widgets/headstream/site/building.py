"""Builds the site with Sphinx, from notebooks that have run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx.application import Sphinx

from headstream.models.served import write_models
from headstream.site import contents, pages, prompt
from headstream.site.course import LESSONS, ROOT, Lesson
from headstream.site.notebook import Notebook

WIDGETS = ROOT / "widgets"
KATEX = WIDGETS / "node_modules" / "katex" / "dist"


def build(out: Path, course: list[Lesson], executed: Mapping[str, Notebook]) -> None:
    """Write the site into the folder `out`, which is made anew.

    executed: by name, the lessons, "gallery" and "prompt"; a lesson that has not run is a page with no outputs.
    """
    with TemporaryDirectory() as folder:
        sources, static, trees, made = (Path(folder) / name for name in ("sources", "static", "trees", "made"))
        for needed in (sources / "downloads", static / "katex", static / "saved"):
            needed.mkdir(parents=True)
        for lesson in course:
            shutil.copy(LESSONS / f"{lesson.name}.ipynb", sources / "downloads")
            notebook = executed[lesson.name]
            if lesson.name == prompt.PAGE:
                notebook = prompt.with_prompt(notebook, executed["prompt"])
            _write(sources, static, lesson.name, contents.with_opening(lesson, notebook))
        _write(sources, static, "gallery", executed["gallery"])
        write_models(static / "models", [prompt.MODEL])
        for name in ("claims.md", "glossary.md"):
            shutil.copy(LESSONS / name, sources)
        (sources / "index.md").write_text(contents.front_page(course), encoding="utf-8")
        subprocess.run(["node", "site.mjs", static], cwd=WIDGETS, check=True)
        _copy_katex(static / "katex")
        _sphinx(sources, static, made, trees)
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(made, out)  # myst-nb leaves a folder beside what is made


def _write(sources: Path, static: Path, name: str, notebook: Notebook) -> None:
    (sources / f"{name}.ipynb").write_text(json.dumps(pages.with_places(notebook)), encoding="utf-8")
    if script := pages.script(notebook):
        (static / "saved" / f"{name}.js").write_text(script, encoding="utf-8")


def _copy_katex(folder: Path) -> None:
    """Its style and fonts, in the one format that every browser reads."""
    style = (KATEX / "katex.min.css").read_text(encoding="utf-8")
    others = r',url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)'
    (folder / "katex.min.css").write_text(re.sub(others, "", style), encoding="utf-8")
    shutil.copytree(KATEX / "fonts", folder / "fonts", ignore=shutil.ignore_patterns("*.ttf", "*.woff"))


def _sphinx(sources: Path, static: Path, out: Path, trees: Path) -> None:
    settings = {"html_static_path": [str(static)], "headstream_prompts": [prompt.PAGE, "gallery"]}
    here = Path(__file__).parent  # of conf.py
    app = Sphinx(sources, here, out, trees, "html", confoverrides=settings, status=None, warningiserror=True)
    app.build()
    if app.statuscode:
        raise RuntimeError("Sphinx could not build the site; its messages above say why")
    for style in out.glob("_static/mystnb.*.css"):  # four fifths of it are the 256 colours of terminals
        text = style.read_text(encoding="utf-8")
        style.write_text(re.sub(r"[^{}]*\.-Color\[class[^{}]*\{[^{}]*\}", "", text), encoding="utf-8")
