"""`python -m headstream.claims`: compute the claims, print the table, write the page."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from headstream.claims import chosen
from headstream.claims.page import page, table
from headstream.extras import needs_lessons

with needs_lessons():
    import torch

PAGE = Path("lessons") / "claims.md"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m headstream.claims", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="claims, such as F14a or all of F14; none for all")
    parser.add_argument("--quick", action="store_true", help="leave out the claims for which models are trained")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE}, where this folder has lessons")
    given = parser.parse_args(arguments)
    if given.write and not PAGE.parent.is_dir():
        parser.error(f"--write: expected a folder {PAGE.parent} here, in which {PAGE.name} is written")
    try:
        entries = list(chosen(given.names, given.quick))
    except ValueError as error:
        parser.error(str(error))
    torch.set_num_threads(1)  # so little at a time that threads would wait for each other
    claims = []
    for entry in entries:
        print(f"{entry.id} …", file=sys.stderr, flush=True)
        claims.append(entry.compute())
    print(table(claims).text)
    for each in claims:
        if not each.holds:
            print(f"{each.id} fails: {each.note}")
    if given.write:
        PAGE.write_text(page(claims, date.today()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
