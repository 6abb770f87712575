"""make.py: what can be tested without installing everything once more."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import make


def test_it_needs_nothing_but_python():
    nodes = list(ast.walk(ast.parse(Path(make.__file__).read_text())))
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert modules - sys.stdlib_module_names == set()


def test_no_command_prints_the_commands():
    done = subprocess.run([sys.executable, make.__file__], capture_output=True, text=True)
    assert done.returncode != 0
    for command in ("lab", "test", "bundles", "strip", "lock"):
        assert f"python make.py {command}" in done.stderr


def test_an_older_python_is_told(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    monkeypatch.setattr(sys, "argv", ["make.py", "lab"])
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer"):
        make.main()


def test_nothing_is_installed_again_while_its_list_is_the_same(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(make, "VENV", tmp_path)
    monkeypatch.setattr(make, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(make, "call", lambda *command, **_: asked.append(command) or True)
    make.install()
    # torch, all else, the package itself, compiling.
    assert len(asked) == 4
    assert (tmp_path / "share" / "jupyter" / "lab" / "settings" / "overrides.json").exists()
    make.install()
    assert len(asked) == 4
    (tmp_path / "headstream.stamp").write_text("another list")
    make.install()
    assert len(asked) == 8


def test_stripping_leaves_only_what_is_committed():
    code = {"cell_type": "code", "source": "1", "id": "a", "outputs": [{}], "execution_count": 3}
    code["metadata"] = {"tags": ["exercise"], "headstream": {"exercise": "x"}, "collapsed": True, "execution": {}}
    text = {"cell_type": "markdown", "source": "words", "id": "b", "metadata": {"editable": False}}
    notebook = {"cells": [code, text], "metadata": {"widgets": {}, "language_info": {"version": "3.13.1"}}}
    stripped = make.stripped(notebook)
    assert stripped["cells"][0]["outputs"] == []
    assert stripped["cells"][0]["execution_count"] is None
    assert stripped["cells"][0]["metadata"] == {"tags": ["exercise"], "headstream": {"exercise": "x"}}
    assert stripped["cells"][1] == {**text, "metadata": {}}
    assert stripped["metadata"].keys() == {"kernelspec", "language_info"}
    assert stripped["metadata"]["language_info"] == {"name": "python"}
    assert make.stripped(stripped) == stripped
