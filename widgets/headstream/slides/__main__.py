"""`python -m headstream.slides FOLDER [LESSON ...]`: runs lessons and writes each as a page of slides."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from headstream.site.course import ROOT, lessons
from headstream.site.executing import executed
from headstream.site.notebook import Notebook
from headstream.slides.deck import deck
from headstream.slides.page import page
from headstream.slides.steps import steps_found, with_steps


def main() -> int:
    parser = argparse.ArgumentParser(prog="headstream.slides", description="lessons as pages of slides")
    parser.add_argument("folder", type=Path, help="where they are written")
    parser.add_argument("lessons", nargs="*", help="the beginnings of names, such as 04 or 02b; default: all lessons")
    parser.add_argument("--executed", type=Path, help="a folder of notebooks that have run, as `make site` takes it")
    asked = parser.parse_intermixed_args()  # lessons may follow an option
    course = lessons()
    for name in asked.lessons:
        if not any(lesson.name.startswith(name) for lesson in course):
            parser.error(f"no lesson's name begins with {name!r}")
    write_assets(asked.folder)
    with TemporaryDirectory() as folder:
        for lesson in course:
            if not asked.lessons or lesson.name.startswith(tuple(asked.lessons)):
                wanted = {lesson.name: with_steps(lesson.notebook)}
                ran = executed(wanted, asked.executed or Path(folder))
                print(write_slides(ran[lesson.name], lesson.name, asked.folder), flush=True)
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
    raise SystemExit(main())
