"""The package as it is installed: quick to import, small in what it needs, whole in what it carries."""

import ast
import filecmp
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import distribution, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import headstream as hs

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "widgets" / "headstream"

LESSONS_NEED = [
    "torch",
    "transformers",
    "transformer_lens",
    "tokenizers",
    "safetensors",
    "matplotlib",
    "jupyterlab",
    "tqdm",
]

# Views of arrays: of each its name, and the length of the module that draws it.
DRAW = """
import numpy as np
import headstream as hs
tokens = ["a", "b", "c", "d"]
pattern = np.tril(np.ones((2, 3, 4, 4), "float32"))
pattern /= pattern.sum(-1, keepdims=True)
bars = hs.ResidualBars(np.arange(8.0).reshape(2, 4), ["embedding", "0.0"], tokens)
views = [hs.AttentionHeatmap(pattern, tokens), hs.TokenValues(np.ones(4), tokens), bars, hs.FeatureGeometry(np.eye(3))]
for view in (*views, hs.Board(*views[:2])):
    print(type(view).__name__, len(view.get_state()["_esm"]))
print(hs.__file__)
"""
DRAWN = ["AttentionHeatmap", "TokenValues", "ResidualBars", "FeatureGeometry", "Board"]


def python(source: str, *command: str | Path, **options) -> str:
    done = subprocess.run([*(command or [sys.executable]), "-c", source], capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_import_is_fast_and_imports_no_torch():
    source = (
        "import sys, time; import anywidget, numpy; start = time.process_time(); import headstream as hs\n"
        "hs.AttentionHeatmap, hs.ResidualBars, hs.LogitLensGrid, hs.ModelLadder, hs.Selection, hs.link\n"
        "hs.exercises, hs.check, hs.predict, hs.demos\n"
        "print(time.process_time() - start, 'torch' in sys.modules)"
    )
    seconds, torch = zip(*(python(source).split() for _ in range(3)), strict=True)
    assert set(torch) == {"False"}
    assert min(map(float, seconds)) < 0.5


def public_names() -> list[str]:
    """The names that the stub imports, read as a type checker does: only `name as name` is public."""
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text())
    aliases = [alias for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    return [alias.name for alias in aliases if alias.name == alias.asname]


def test_the_stub_is_the_one_list_of_public_names():
    assert sorted(public_names()) == hs.__all__ == dir(hs)
    assert {"load", "run", "models", "AttentionHeatmap"} <= set(hs.__all__)


@pytest.mark.parametrize("name", public_names())
def test_every_public_name_is_there_and_documented(name):
    text = getattr(hs, name).__doc__ or ""
    assert text.strip() or re.search(rf"\bhs\.{name}\b", (ROOT / "README.md").read_text(encoding="utf-8"))


def test_the_module_of_models_is_also_their_table():
    assert hs.models is sys.modules["headstream.models"]
    assert "attn-only-2l" in repr(hs.models())


def test_an_unknown_name_is_an_error_that_tells_the_names():
    with pytest.raises(AttributeError, match="headstream has no 'Attention_heatmap'; it has AttentionHeatmap, "):
        _ = hs.Attention_heatmap


def test_views_need_only_anywidget_and_numpy():
    refused = "import sys\n" + "".join(f"sys.modules[{name!r}] = None\n" for name in LESSONS_NEED)
    assert drawn(python(refused + DRAW))[0] == DRAWN


def drawn(printed: str) -> tuple[list[str], Path]:
    """The names of the views that DRAW drew, each with a module of its own, and the package that they came from."""
    *views, file = printed.splitlines()
    assert all(int(line.split()[1]) > 1000 for line in views)
    return [line.split()[0] for line in views], Path(file)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The folder with the sdist and the wheel that is built from it, as `python -m build` makes them."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


@pytest.mark.slow
def test_the_wheel_carries_what_runs_and_no_more(unpacked):
    """It is built from the sdist, which therefore lacks nothing."""
    carried = [path for path in unpacked.rglob("*") if path.is_file() and ".dist-info" not in str(path)]
    names = {path.relative_to(unpacked).as_posix() for path in carried}
    files = {path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    sources = {name for name in files if name.endswith(".ts") or (name.endswith(".css") and "/static/" not in name)}
    made_of_lessons = {name for name in files if name.startswith(("headstream/site/", "headstream/slides/"))}
    assert names == {name for name in files - sources - made_of_lessons if "__pycache__" not in name}
    assert [name for name in names if not filecmp.cmp(unpacked / name, PACKAGE.parent / name, shallow=False)] == []

    manifest = json.loads((PACKAGE / "models" / "weights" / "manifest.json").read_text())
    assert all(f"headstream/models/weights/{file}" in names for file in manifest)
    assert {"headstream/py.typed", "headstream/__init__.pyi", "headstream/models/tokenizer/tokenizer.json"} <= names
    assert {"headstream/views/static/attention_heatmap.js", "headstream/views/static/attention_heatmap.css"} <= names


@pytest.mark.slow
def test_wheel_and_sdist_are_under_95_megabytes(built):
    sizes = {file.suffix: file.stat().st_size for file in built.iterdir() if file.name != ".gitignore"}
    assert set(sizes) == {".whl", ".gz"}
    assert max(sizes.values()) < 95e6


@pytest.mark.slow
def test_the_wheel_brings_the_models(unpacked):
    source = """
import headstream as hs
run = hs.run(hs.load("attn-only-2l"), "Alice was beginning")
print(run.logits.shape[0], len(hs.training_record("attn-only-2l").steps) > 1, hs.__file__)
"""
    positions, has_record, file = python(f"import sys; sys.path.insert(0, {str(unpacked)!r})\n{source}").split()
    assert (int(positions) > 3, has_record) == (True, "True")
    assert Path(file).is_relative_to(unpacked)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="packages are linked to, which Windows allows few users")
def test_the_wheel_installs_and_draws_with_nothing_but_anywidget_and_numpy(wheel, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path], check=True)
    fresh = tmp_path / "bin" / "python"
    site = Path(python("import sysconfig; print(sysconfig.get_path('purelib'))", fresh, "-I").strip())
    for name in needed("anywidget", "lazy-loader", "numpy"):
        found = distribution(name)
        for top in {file.parts[0] for file in found.files} - {"..", "__pycache__"}:
            (site / top).symlink_to(found.locate_file(top))
    pip = [sys.executable, "-m", "pip", "--python", fresh, "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-q", "--no-index", wheel], check=True)
    subprocess.run([*pip, "check"], check=True)
    there = f"from importlib.util import find_spec; print([name for name in {LESSONS_NEED} if find_spec(name)])"
    assert python(there, fresh, "-I") == "[]\n"
    names, file = drawn(python(DRAW, fresh, "-I"))
    assert (names, file.is_relative_to(tmp_path)) == (DRAWN, True)


def needed(*names: str) -> set[str]:
    """The packages, and what they need in turn, as they are installed here."""
    found: set[str] = set()
    left = list(names)
    while left:
        if (name := canonicalize_name(left.pop())) not in found:
            found.add(name)
            asked = map(Requirement, requires(name) or [])
            left += [r.name for r in asked if r.marker is None or r.marker.evaluate({"extra": ""})]
    return found


@pytest.mark.slow
def test_the_licence_and_the_extras_are_in_the_metadata(wheel):
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    lines = archive.read(metadata).decode().splitlines()
    required = [line.split(": ")[1] for line in lines if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert sorted(name.split(">")[0] for name in required) == ["anywidget", "lazy-loader", "numpy"]
    assert {"License-Expression: MIT", "Provides-Extra: lessons", "Provides-Extra: dev"} <= set(lines)
    assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())


@pytest.mark.parametrize(("name", "least"), [("README.md", 7), ("CONTRIBUTING.md", 5)])
def test_every_local_link_is_committed(name, least):
    text = (ROOT / name).read_text(encoding="utf-8")
    links = {link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")}
    committed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert len(links) >= least
    assert links - set(committed.splitlines()) == set()
