"""What Sphinx is told beside its settings: which scripts a page loads, and how formulas are set."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

WIDGETS = Path(__file__).parents[2]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("headstream_prompts", [], "html")  # the pages on which a prompt is typed
    app.add_css_file("headstream.css")
    app.connect("html-page-context", _scripts)
    app.add_html_math_renderer("katex", inline_renderers=(_math("span"), None), block_renderers=(_math("div"), None))
    app.connect("build-finished", lambda *_: _end())
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def _scripts(app: Sphinx, page: str, _template: str, _context: dict[str, Any], tree: nodes.document | None) -> None:
    """The host and what was saved of the page's views, where it has any; KaTeX's style where it has formulas."""
    saved = f"saved/{page}.js"
    if any((Path(folder) / saved).exists() for folder in app.config.html_static_path):
        app.add_js_file("headstream.js", loading_method="defer")
        if page in app.config.headstream_prompts:
            app.add_js_file("prompt_explorer.js", loading_method="defer")
        app.add_js_file(saved, loading_method="defer")
    if tree is not None and any(tree.findall(lambda node: isinstance(node, nodes.math | nodes.math_block))):
        app.add_css_file("katex/katex.min.css")


def _math(tag: str) -> Callable[[Any, nodes.Element], None]:
    def visit(translator: Any, node: nodes.Element) -> None:
        html = _rendered(node.astext(), display=tag == "div")
        translator.body.append(f'<{tag} class="math">{html}</{tag}>')
        raise nodes.SkipNode

    return visit


@cache
def _renderer() -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["node", "katex.mjs"], cwd=WIDGETS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )


def _rendered(latex: str, *, display: bool) -> str:
    """The formula as HTML and MathML. Raises ValueError for what KaTeX cannot read."""
    process = _renderer()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps({"latex": latex, "display": display}) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    if "error" in answer:
        raise ValueError(f"{latex!r}: {answer['error']}")
    return str(answer["html"])


def _end() -> None:
    if _renderer.cache_info().currsize:
        _renderer().communicate()  # closes its input, and with it it ends
        _renderer.cache_clear()
