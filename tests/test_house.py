"""The house keeps its order: imports point one way, modules stay small, lock files name no registry."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "widgets" / "headstream"

# Arrows: lessons -> exercises, explorer -> views, features -> framework -> models; claims -> features; all see results.
ABOVE = [f"headstream.{name}" for name in ("framework", "features", "views", "exercises", "explorer", "claims")]
DRAWN_WITH = {"anywidget", "ipywidgets", "IPython"}
FORBIDDEN = {
    "models": {*ABOVE, *DRAWN_WITH},
    "framework": {*ABOVE, *DRAWN_WITH} - {"headstream.framework"},
    "features": {*ABOVE, *DRAWN_WITH} - {"headstream.framework", "headstream.features"},
    "views": {*ABOVE, "headstream.models", "torch", "transformer_lens"} - {"headstream.views"},
    "explorer": {"headstream.exercises", "headstream.claims"},
    "claims": {"headstream.views", "headstream.exercises", "headstream.explorer", *DRAWN_WITH},
}


def imported(file: Path) -> set[str]:
    """The full names of all modules that a module imports, also inside functions."""
    names = set()
    package = file.relative_to(PACKAGE.parent).parts[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("part", FORBIDDEN)
def test_imports_point_one_way(part):
    found = {
        f"{file.relative_to(PACKAGE)} imports {name}"
        for file in (PACKAGE / part).rglob("*.py")
        for name in imported(file)
        for forbidden in FORBIDDEN[part]
        if name == forbidden or name.startswith(f"{forbidden}.")
    }
    assert found == set()


def test_nothing_but_the_slides_imports_the_site():
    files = [file for file in PACKAGE.rglob("*.py") if not {PACKAGE / "site", PACKAGE / "slides"} & {*file.parents}]
    assert [file for file in files if any(name.startswith("headstream.site") for name in imported(file))] == []


def test_relative_imports_are_resolved(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_house.PACKAGE", tmp_path / "headstream")
    file = tmp_path / "headstream" / "views" / "one" / "widget.py"
    file.parent.mkdir(parents=True)
    file.write_text("from ...models import load\nfrom ..shared import view\nimport torch.nn\n")
    assert imported(file) >= {"headstream.models.load", "headstream.views.shared.view", "torch.nn"}


def test_modules_stay_under_300_lines():
    files = [
        ROOT / "make.py",
        *ROOT.glob("tests/**/*.py"),
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.ts"),
        *PACKAGE.rglob("*.css"),
    ]
    long = [
        str(file) for file in files if "static" not in file.parts and len(file.read_text("utf-8").splitlines()) > 300
    ]
    assert long == []


def test_the_lock_of_the_front_end_names_no_registry():
    assert '"resolved"' not in (ROOT / "widgets" / "package-lock.json").read_text()
