"""Builds the site with Sphinx, from notebooks that have run."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sphinx.application import Sphinx

from headstream import __version__
from headstream.site import contents, pages
from headstream.site.course import LESSONS, ROOT, Lesson, Notebook

WIDGETS = ROOT / "widgets"
KATEX = WIDGETS / "node_modules" / "katex" / "dist"

SETTINGS: dict[str, Any] = {
    "project": "Headstream",
    "version": __version__,
    "extensions": ["furo", "myst_nb", "headstream.site.extension"],
    "html_theme": "furo",
    "html_title": "Headstream",
    "html_copy_source": False,
    "html_use_index": False,
    "html_permalinks": True,
    "templates_path": [],
    "exclude_patterns": ["downloads"],
    "nb_execution_mode": "off",
    "nb_ipywidgets_js": {},
    "nb_merge_streams": True,
    "myst_enable_extensions": ["dollarmath", "amsmath", "colon_fence"],
    "myst_heading_anchors": 3,
    "pygments_style": "friendly",
    "pygments_dark_style": "github-dark",
    "html_math_renderer": "katex",
}


def build(out: Path, course: list[Lesson], executed: Mapping[str, Notebook], gallery: Notebook) -> None:
    """Write the site into the folder `out`, which is made anew. executed: by lesson's name. gallery: executed."""
    shutil.rmtree(out, ignore_errors=True)
    with TemporaryDirectory() as folder:
        sources, static, trees = (Path(folder) / name for name in ("sources", "static", "trees"))
        for made in (sources / "downloads", static / "katex", static / "saved"):
            made.mkdir(parents=True)
        for lesson in course:
            shutil.copy(LESSONS / f"{lesson.name}.ipynb", sources / "downloads")
            notebook = executed[lesson.name]
            _write(sources, static, lesson.name, contents.with_opening(lesson, notebook))
        _write(sources, static, "gallery", gallery)
        for name in ("claims.md", "glossary.md"):
            shutil.copy(LESSONS / name, sources)
        (sources / "index.md").write_text(contents.front_page(course), encoding="utf-8")
        subprocess.run(["node", "site.mjs", static], cwd=WIDGETS, check=True)
        shutil.copy(KATEX / "katex.min.css", static / "katex")
        shutil.copytree(KATEX / "fonts", static / "katex" / "fonts", ignore=shutil.ignore_patterns("*.ttf", "*.woff"))
        _sphinx(sources, static, out, trees)


def _write(sources: Path, static: Path, name: str, notebook: Notebook) -> None:
    (sources / f"{name}.ipynb").write_text(json.dumps(pages.with_places(notebook)), encoding="utf-8")
    if script := pages.script(notebook):
        (static / "saved" / f"{name}.js").write_text(script, encoding="utf-8")


def _sphinx(sources: Path, static: Path, out: Path, trees: Path) -> None:
    settings = {**SETTINGS, "html_static_path": [str(static)]}
    app = Sphinx(sources, None, out, trees, "html", confoverrides=settings, status=None, warningiserror=True)
    app.build()
    if app.statuscode:
        raise RuntimeError("Sphinx could not build the site; its messages above say why")
