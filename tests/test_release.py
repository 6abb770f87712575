"""A release says the same of itself everywhere: version, repository, changes, and how it is cited."""

import json
import re
from pathlib import Path

import pytest
import yaml

import headstream as hs
from names import named

ROOT = Path(__file__).parents[1]


def test_version_and_repository_are_set_in_one_place():
    written = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CITATION.cff")}
    assert named() == written, "python names.py writes them"
    assert not re.findall(r"^version =", (ROOT / "pyproject.toml").read_text(), re.M)


def test_names_follow_the_two_settings(tmp_path):
    for name in ("README.md", "CITATION.cff", "pyproject.toml"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    package = tmp_path / "widgets" / "headstream" / "__init__.py"
    package.parent.mkdir(parents=True)
    package.write_text('__version__ = "7.8.9"\n')
    project = tmp_path / "pyproject.toml"
    project.write_text(project.read_text().replace("github.com/headstream/headstream", "github.com/someone/fork"))
    texts = named(tmp_path)
    readme = texts["README.md"]
    assert "/gh/someone/fork/HEAD?" in readme
    assert "headstream/headstream/HEAD" not in readme
    cited = yaml.safe_load(texts["CITATION.cff"])
    assert (cited["version"], cited["repository-code"]) == ("7.8.9", "https://github.com/someone/fork")


@pytest.mark.slow
def test_the_citation_file_is_one():
    """By the schema of the Citation File Format 1.2.0 (CC BY 4.0, doi 10.5281/zenodo.5171937)."""
    import jsonschema  # seconds, which no other test is to wait for

    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    schema = json.loads((ROOT / "tests" / "cff-1.2.0.schema.json").read_text())
    jsonschema.validate(cited, schema, jsonschema.Draft7Validator)
    assert cited["version"] == hs.__version__


def test_the_changes_begin_with_this_version():
    first = re.findall(r"^## (\S+?),? ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)[0]
    assert first == hs.__version__
