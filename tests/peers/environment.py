"""The peers, installed apart from this project: nothing of it depends on them."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from make import ROOT, node_environment, npm

CACHE = ROOT / ".peers"
PACKAGES = ("circuitsvis==1.43.3", "bertviz==1.4.1", "inspectus==0.2.0", "importlib_metadata==8.7.0", "zipp==3.23.0")
# What BertViz asks a CDN for, by the name of the file.
SCRIPTS = {
    "require.min.js": ("requirejs@2.3.6", "requirejs/require.js"),
    "d3.min.js": ("d3@5.7.0", "d3/dist/d3.min.js"),
    "jquery.min.js": ("jquery@2.2.4", "jquery/dist/jquery.min.js"),
}


def python() -> Path:
    """The interpreter that has the peers: made at the first call, with this environment's torch and numpy."""
    home = CACHE / "python"
    found = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if done(CACHE / "python.stamp", PACKAGES):
        return found
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([found, "-c", where], check=True, capture_output=True, text=True).stdout.strip()
    Path(site, "shared.pth").write_text(sysconfig.get_path("purelib"))
    pip = (found, "-m", "pip", "--disable-pip-version-check", "-q", "install", "--no-deps", "--ignore-installed")
    subprocess.run([*pip, *PACKAGES], check=True)
    finish(CACHE / "python.stamp", PACKAGES)
    return found


def scripts() -> dict[str, Path]:
    """The scripts that BertViz needs, from npm, by the names that it asks for."""
    wanted = [package for package, _ in SCRIPTS.values()]
    if not done(CACHE / "scripts.stamp", wanted):
        folder = CACHE / "scripts"
        folder.mkdir(parents=True, exist_ok=True)
        options = ("install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder)
        subprocess.run([*npm(*options), *wanted], check=True, env=node_environment())
        finish(CACHE / "scripts.stamp", wanted)
    return {name: CACHE / "scripts" / "node_modules" / path for name, (_, path) in SCRIPTS.items()}


def done(stamp: Path, wanted: object) -> bool:
    return stamp.exists() and stamp.read_text() == repr(wanted)


def finish(stamp: Path, wanted: object) -> None:
    stamp.write_text(repr(wanted))
