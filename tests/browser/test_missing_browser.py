"""A missing browser is a failure in CI, and a skip that says what to install elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser import conftest

MISSING = "no Chromium found: install Debian's 'chromium' or Chrome"


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_browser_is_told(ci: str, outcome: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "CHROMIUM", None)
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match=MISSING):
        next(conftest.launched())


def test_no_browser_is_found_where_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", "")
    assert conftest.chromium() is None
