"""`python -m headstream.site FOLDER`: runs the lessons and builds the site."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from headstream.site import prompt
from headstream.site.building import build
from headstream.site.course import lessons
from headstream.site.executing import executed
from headstream.site.gallery import notebook as gallery
from headstream.site.sizes import report


def main() -> int:
    parser = argparse.ArgumentParser(prog="headstream.site", description="the course as a folder of static pages")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("dist/site"), help="made anew; default: dist/site")
    parser.add_argument(
        "--executed",
        type=Path,
        help="a folder of notebooks that have run: those with a lesson's code are taken, others are run and kept there",
    )
    parser.add_argument("--jobs", type=int, default=1, help="so many notebooks run at a time")
    asked = parser.parse_args()
    course = lessons()
    wanted = {"gallery": gallery(), "prompt": prompt.notebook(), **{lesson.name: lesson.notebook for lesson in course}}
    with TemporaryDirectory() as folder:
        ran = executed(wanted, asked.executed or Path(folder), asked.jobs)
    build(asked.folder, course, ran)
    print(f"{asked.folder}/index.html")
    return report(asked.folder, [lesson.name for lesson in course])


if __name__ == "__main__":
    raise SystemExit(main())
