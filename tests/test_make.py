"""make.py: what can be tested without installing everything once more."""

import ast
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import make


def test_it_needs_nothing_but_python():
    nodes = list(ast.walk(ast.parse(Path(make.__file__).read_text())))
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {module.split(".")[0] for module in modules} - sys.stdlib_module_names == set()


def test_no_command_prints_the_commands():
    done = subprocess.run([sys.executable, make.__file__], capture_output=True, text=True)
    assert done.returncode != 0
    for command in ("lab", "test", "check", "bundles", "watch", "slides", "instructor", "strip", "lock"):
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


def print_and_exit(text: str, code: int) -> tuple[list[str | Path], Path]:
    return [sys.executable, "-c", f"print({text!r}); raise SystemExit({code})"], make.ROOT


def test_check_shows_what_failed_and_no_more(monkeypatch, capfdbinary):
    monkeypatch.setattr(make, "install", lambda: None)
    monkeypatch.setattr(make, "node_environment", lambda: None)
    monkeypatch.setattr(make, "tests", lambda *arguments: print_and_exit(f"asked for {arguments}", 1))
    monkeypatch.setattr(make, "quick_steps", lambda: {"lint": print_and_exit("all is well", 0)})
    assert not make.check(["-x"])
    printed = capfdbinary.readouterr().out.decode()
    assert "asked for (2, '-m', 'not slow', '-x')" in printed
    assert re.search(r"^FAILED +\d+\.\d s  tests$", printed, re.M)
    assert re.search(r"^passed +\d+\.\d s  lint$", printed, re.M)
    assert "all is well" not in printed
    monkeypatch.setattr(make, "tests", lambda *_: print_and_exit("", 0))
    assert make.check([])


def test_check_runs_two_steps_at_once(tmp_path):
    """Each of two steps ends only when the other has begun."""
    wait = "import pathlib, time\npathlib.Path({!r}).touch()\nwhile not pathlib.Path({!r}).exists(): time.sleep(.01)"
    sources = {"one": wait.format("a", "b"), "two": wait.format("b", "a")}
    steps = {name: ([sys.executable, "-c", source], tmp_path) for name, source in sources.items()}
    assert make.run_two_at_once(steps, dict(os.environ))


def test_watching_bundles_again_at_a_change(tmp_path):
    """In a copy of the folder that build.mjs stands in, with one view."""
    for script in ("build.mjs", "carried.mjs"):
        shutil.copy(make.WIDGETS / script, tmp_path)
    (tmp_path / "node_modules").symlink_to(make.WIDGETS / "node_modules", target_is_directory=True)
    view, static = tmp_path / "headstream" / "views" / "one", tmp_path / "headstream" / "views" / "static"
    view.mkdir(parents=True)
    (view / "index.ts").write_text("export default 'before'")
    (view / "style.css").write_text(".one { color: red }")
    node, *_ = make.npm()
    watching = subprocess.Popen([node, "build.mjs", "--watch"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        wait_for_text(static / "one.js", "before")
        wait_for_text(static / "one.css", "red")
        (view / "index.ts").write_text("export default 'after'")
        (view / "style.css").write_text(".one { color: green }")
        wait_for_text(static / "one.js", "after")
        wait_for_text(static / "one.css", "green")
    finally:
        watching.kill()
        watching.wait()


def wait_for_text(file: Path, text: str) -> None:
    deadline = time.monotonic() + 60
    while not (file.exists() and text in file.read_text()):
        assert time.monotonic() < deadline, f"{file.name} never held {text!r}"
        time.sleep(0.05)


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
