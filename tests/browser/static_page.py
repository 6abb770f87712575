"""An executed notebook as a page by nbconvert, with its JavaScript beside it: no kernel, no network."""

from __future__ import annotations

import shutil
from pathlib import Path

import anywidget

NODE_MODULES = Path(__file__).resolve().parents[2] / "widgets" / "node_modules"
SCRIPTS = {
    "require.js": NODE_MODULES / "requirejs" / "require.js",
    "embed-amd.js": NODE_MODULES / "@jupyter-widgets" / "html-manager" / "dist" / "embed-amd.js",
    "anywidget.js": Path(anywidget.__file__).parent / "nbextension" / "index.js",
}


def write_static_page(notebook: Path, folder: Path) -> Path:
    """Writes page.html and its scripts into `folder`; formulas stay as they are typed."""
    from nbconvert import HTMLExporter  # seconds, which no other test is to wait for

    for name, source in SCRIPTS.items():
        shutil.copy(source, folder / name)
    (folder / "no-mathjax.js").write_text("")
    exporter = HTMLExporter(
        require_js_url="require.js",
        widget_renderer_url="embed-amd.js",
        mathjax_url="no-mathjax.js",
        template_name="lab",
    )
    html, _ = exporter.from_filename(str(notebook))
    # html-manager asks require.js for "anywidget", and only then a CDN.
    local = '<script>require.config({ paths: { anywidget: "./anywidget" } });</script>'
    script = '<script src="require.js"></script>'
    assert script in html
    page = folder / "page.html"
    page.write_text(html.replace(script, script + local), encoding="utf-8")
    return page
