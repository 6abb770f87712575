"""`make.py new-view` writes a view that draws, is linked and passes the contract, in a copy of the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import make


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the repository holds, with its large files by reference, and make.py at work in it."""
    home = tmp_path / "headstream"
    large = shutil.ignore_patterns("weights", "tokenizer", "node_modules", "__pycache__")
    for folder in ("widgets", "tests"):
        shutil.copytree(make.ROOT / folder, home / folder, ignore=large)
    for file in ("make.py", "names.py", "pyproject.toml"):
        shutil.copy(make.ROOT / file, home)
    models = Path("widgets", "headstream", "models")
    for folder in (models / "weights", models / "tokenizer", Path("widgets", "node_modules")):
        (home / folder).symlink_to((make.ROOT / folder).resolve(), target_is_directory=True)
    environment = make.node_environment()
    # npm would empty the folder that the link leads to.
    monkeypatch.setattr(make, "node_environment", lambda: environment)
    monkeypatch.setattr(make, "ROOT", home)
    monkeypatch.setattr(make, "WIDGETS", home / "widgets")
    monkeypatch.setattr(make, "install", lambda: None)
    return home


def test_a_new_view_passes_every_check(copy: Path) -> None:
    assert make.new_view(["sketch"])
    environment = {**make.node_environment(), "PYTHONPATH": os.pathsep.join([str(copy / "widgets"), str(copy)])}
    # The view that it copies passes the rest of the contract as itself.
    chosen = "Sketch and (keyboard or overflows or show) or exported or every_option"
    tests = ["tests/browser/test_contract.py", "tests/views/test_contract.py", "tests/site", "-k", chosen]
    for command, folder in (
        ([sys.executable, "-m", "ruff", "check", "widgets", "tests"], copy),
        ([sys.executable, "-m", "ruff", "format", "--check", "widgets", "tests"], copy),
        (make.npm("run", "check"), copy / "widgets"),
        (make.npm("run", "types"), copy / "widgets"),
        (make.npm("run", "test", "--", "sketch"), copy / "widgets"),
        ([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests], copy),
    ):
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    with pytest.raises(SystemExit, match="there is a view called sketch already"):
        make.new_view(["sketch"])


@pytest.mark.parametrize("name", [[], ["Circuit"], ["../x"], ["a b"], ["one", "two"]])
def test_a_name_that_cannot_be_a_folder_is_refused(
    name: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "ROOT", tmp_path)
    monkeypatch.setattr(make, "WIDGETS", tmp_path / "widgets")
    with pytest.raises(SystemExit, match="takes one name in small letters"):
        make.new_view(name)
