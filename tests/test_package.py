"""The package as it is installed: quick to import, small in what it needs, whole in what it carries."""

import ast
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import headstream as hs

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "widgets" / "headstream"

# The core depends on anywidget and numpy; all else that lessons use is refused here.
CORE_ONLY = """
import sys
for name in "torch transformers transformer_lens tokenizers safetensors matplotlib jupyterlab tqdm".split():
    sys.modules[name] = None
import numpy as np
import headstream as hs
pattern = np.tril(np.ones((2, 3, 4, 4), "float32"))
view = hs.AttentionHeatmap(pattern / pattern.sum(-1, keepdims=True), tokens=["a", "b", "c", "d"])
print(len(view._esm))
print(hs.__file__)
"""


def python(source: str, **options) -> str:
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, **options)
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
    size, _ = python(CORE_ONLY).splitlines()
    assert int(size) > 1000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_carries_what_runs_and_no_more(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = {path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    sources = {name for name in files if name.endswith(".ts") or (name.endswith(".css") and "/static/" not in name)}
    unwanted = sources | {name for name in files if "__pycache__" in name or name.startswith("headstream/site/")}
    assert names == files - unwanted

    manifest = json.loads((PACKAGE / "models" / "weights" / "manifest.json").read_text())
    assert all(f"headstream/models/weights/{file}" in names for file in manifest)
    assert {"headstream/py.typed", "headstream/__init__.pyi", "headstream/models/tokenizer/tokenizer.json"} <= names
    assert {"headstream/views/static/attention_heatmap.js", "headstream/views/static/attention_heatmap.css"} <= names


@pytest.mark.slow
def test_the_wheel_is_under_95_megabytes(wheel):
    assert wheel.stat().st_size < 95e6


@pytest.mark.slow
def test_the_wheel_works_where_it_is_unpacked(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    _, file = python(f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{CORE_ONLY}", cwd=tmp_path).splitlines()
    assert Path(file).is_relative_to(tmp_path)


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
