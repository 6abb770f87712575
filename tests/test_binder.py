"""Binder's files are read as they are meant, and give the environment that the tests run in."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PINS = [line for line in (ROOT / "binder" / "requirements.txt").read_text().splitlines() if not line.startswith("#")]


def test_the_pins_are_the_versions_that_the_tests_run_with():
    requirements = [Requirement(line) for line in PINS if not line.startswith("-")]
    assert len(requirements) > 100
    assert {str(requirement.specifier)[:2] for requirement in requirements} == {"=="}
    here = [r for r in requirements if r.marker is None or r.marker.evaluate()]
    # A local label tells the build, not the version: 2.13.0+cpu.
    differ = {r.name: version(r.name) for r in here if str(r.specifier) != f"=={version(r.name).split('+')[0]}"}
    assert differ == {}


def test_the_pins_are_for_the_cpu():
    (option,) = (line for line in PINS if line.startswith("-"))
    assert re.fullmatch(r"--extra-index-url https://\S+/whl/cpu", option)
    assert [line for line in PINS if re.match("nvidia|cuda|triton", line)] == []


def test_all_that_the_project_asks_for_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    pinned = {Requirement(line).name: Requirement(line).specifier for line in PINS if not line.startswith("-")}
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(str(pinned[requirement.name])[2:])


def test_repo2docker_reads_the_files_as_meant():
    pytest.importorskip("repo2docker", reason="repo2docker does not run on Windows")
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--no-run", "."]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    dockerfile = done.stdout + done.stderr
    assert "python=3.11" in dockerfile
    assert 'pip install --no-cache-dir -r "binder/requirements.txt"' in dockerfile
    assert "RUN ./binder/postBuild" in dockerfile
    assert "binder/start" in dockerfile
    for script in ("postBuild", "start"):
        assert os.access(ROOT / "binder" / script, os.X_OK)


def test_every_setting_is_one_that_jupyterlab_knows():
    schemas = Path(sys.prefix) / "share" / "jupyter"
    overrides = json.loads((ROOT / "binder" / "overrides.json").read_text())
    for plugin, settings in overrides.items():
        package, name = plugin.split(":")
        (schema,) = [
            *schemas.glob(f"lab/schemas/{package}/{name}.json"),
            *schemas.rglob(f"schemas/{package}/{name}.json"),
        ][:1]
        known = json.loads(schema.read_text())["properties"]
        types = {bool: "boolean", str: "string"}
        assert {key: types[type(value)] for key, value in settings.items()} == {
            key: known[key]["type"] for key in settings
        }
    assert overrides["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": True}
    assert overrides["@jupyterlab/notebook-extension:tracker"] == {"kernelShutdown": True}
