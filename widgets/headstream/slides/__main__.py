"""python -m headstream.slides FOLDER [LESSON ...]: runs lessons and writes each as a page of slides.

LESSON: the beginning of a lesson's name, such as 04 or 02b; without one, all lessons, which takes some minutes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from headstream.slides.deck import deck
from headstream.slides.notebook import Notebook, executed, read
from headstream.slides.page import page
from headstream.slides.steps import steps_found, with_steps

ROOT = Path(__file__).parents[3]


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    folder, *names = arguments
    lessons = sorted((ROOT / "lessons").glob("*.ipynb"))
    for name in names:
        if not any(path.name.startswith(name) for path in lessons):
            print(f"no lesson's name begins with {name!r}")
            return 2
    write_assets(Path(folder))
    for path in lessons:
        if not names or path.name.startswith(tuple(names)):
            print(f"running {path.stem}", flush=True)
            print(write_slides(executed(with_steps(read(path))), path.stem, Path(folder)), flush=True)
    return 0


def write_slides(ran: Notebook, name: str, folder: Path) -> Path:
    """Writes the slides of a lesson that `with_steps` has prepared and that has run."""
    file = folder / f"{name}.html"
    file.write_text(page(deck(ran, steps_found(ran)), name), encoding="utf-8", newline="\n")
    return file


def write_assets(folder: Path) -> None:
    """Bundles the script and the style of all slides into the folder. Raises CalledProcessError where that fails."""
    folder.mkdir(parents=True, exist_ok=True)
    node = shutil.which("node")
    if node is None:
        raise FileNotFoundError("slides are bundled with Node: run `python make.py slides FOLDER`, which has it")
    subprocess.run([node, "slides.mjs", str(folder.resolve())], cwd=ROOT / "widgets", check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
