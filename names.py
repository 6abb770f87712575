"""python names.py: the package's version and the repository of pyproject.toml, written where they stand again.

The version is set in widgets/headstream/__init__.py alone, the repository in pyproject.toml alone. A test tells where
README.md or CITATION.cff say something else.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def named(root: Path = ROOT) -> dict[str, str]:
    """The texts of the files that repeat the version or the repository, as they should be."""
    package = (root / "widgets" / "headstream" / "__init__.py").read_text(encoding="utf-8")
    (version,) = re.findall(r'^__version__ = "(.+)"', package, re.M)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    repository = project["urls"]["Repository"]
    changes = {
        "README.md": [(r"(mybinder\.org/v2/gh/)[^/]+/[^/]+", repository.removeprefix("https://github.com/"))],
        "CITATION.cff": [(r"(?m)^(version: ).+", version), (r"(?m)^(repository-code: ).+", repository)],
    }
    texts = {name: (root / name).read_text(encoding="utf-8") for name in changes}
    for name, pairs in changes.items():
        for pattern, value in pairs:
            texts[name] = re.sub(pattern, rf"\g<1>{value}", texts[name])
    return texts


if __name__ == "__main__":
    for name, text in named().items():
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
