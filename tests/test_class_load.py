"""The load test's own: it finds what a page loads, fetches all of it for every client, and fails at what is missing."""

import subprocess
import sys
from pathlib import Path

from tests.class_load import all_loaded

PAGE = """<link rel="stylesheet" href="../style.css?v=1"><link rel="next" href="next.html"><a href="other.html">b</a>
<script src="../a%20b.js"></script><script src="https://example.org/far.js"></script><img src="picture.svg">"""


def test_what_a_page_loads_is_fetched_by_every_client(tmp_path):
    (tmp_path / "pages").mkdir()
    files = {
        "pages/one.html": PAGE,
        "pages/other.html": "other",
        "pages/next.html": "next",
        "pages/picture.svg": "<svg/>",
        "style.css": "@font-face { src: url(font.woff2) } a { background: url(data:image/png;base64,AA) }",
        "font.woff2": "f" * 100_000,
        "a b.js": "1",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    expected = ["pages/one.html", "style.css", "a%20b.js", "pages/picture.svg", "font.woff2"]
    assert all_loaded(tmp_path, "pages/one.html") == expected
    script = Path(__file__).with_name("class_load.py")
    done = subprocess.run(
        [sys.executable, script, tmp_path, "pages/one.html", "--clients", "9"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "5 files, 0.10 MB\n9 clients at once: 1 MB in" in done.stdout
    missing = subprocess.run([sys.executable, script, tmp_path, "none.html"], capture_output=True, text=True)
    assert "page: expected a file in" in missing.stderr
