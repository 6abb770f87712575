"""The papers' claims that the lessons teach, each computed on our models beside its null.

`python -m headstream.claims` computes them all and prints the table; `--help` tells more. The modules, one a theme,
hold one small function a claim, and importing this package enters them all.
"""

from importlib import import_module
from pkgutil import iter_modules

from headstream.claims.claim import ENTRIES, Claim, Entry, chosen

__all__ = ["ENTRIES", "Claim", "Entry", "chosen"]

for _module in iter_modules(__path__):
    if _module.name != "__main__":
        import_module(f"{__name__}.{_module.name}")
