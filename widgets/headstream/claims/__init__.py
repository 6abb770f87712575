"""The papers' claims that lessons 03 to 15 teach, each computed on our models beside its null.

`python -m headstream.claims` computes them all and prints the table; `--help` tells more. The modules, one a theme, hold
one small function a claim; importing this package enters them all, in the order of the table.
"""

from headstream.claims import bigrams, one_layer, spectra, compositions, induction, terms, mlps, records, toys  # isort: skip
from headstream.claims.claim import ENTRIES, Claim, Entry, chosen

__all__ = [
    "ENTRIES", "Claim", "Entry", "bigrams", "chosen", "compositions", "induction", "mlps", "one_layer", "records",
    "spectra", "terms", "toys",
]  # fmt: skip
