"""A missing browser is a failure in CI, and a skip that says what to install elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("ci", "code", "word"), [("true", 1, "error"), ("", 0, "skipped")])
def test_a_missing_browser_is_told(ci: str, code: int, word: str, tmp_path: Path) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**inherited, "PATH": str(tmp_path), "CHROMIUM": "", "CI": ci}
    test = "tests/browser/test_attention_heatmap_page.py::test_keyboard_alone"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", test],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == code, done.stdout
    assert f"1 {word}" in done.stdout
    assert "no Chromium found: install Debian's 'chromium' or Chrome" in done.stdout
