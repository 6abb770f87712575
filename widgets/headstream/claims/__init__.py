"""The papers' claims that lessons 03 to 19 teach, each computed on our models beside its null.

`python -m headstream.claims` computes them all and prints the table; `--help` tells more. The modules, one a theme,
hold one small function a claim, and importing this package enters them all.
"""

from headstream.claims import (
    bases,
    bigrams,
    compositions,
    induction,
    mlps,
    one_layer,
    records,
    spectra,
    terms,
    toys,
    transcoders,
)
from headstream.claims.claim import ENTRIES, Claim, Entry, chosen

__all__ = [
    "ENTRIES", "Claim", "Entry", "bases", "bigrams", "chosen", "compositions", "induction", "mlps", "one_layer",
    "records", "spectra", "terms", "toys", "transcoders",
]  # fmt: skip
