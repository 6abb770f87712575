"""Models by name, and one run of one prompt through a model.

`headstream.models()` is the table of shipped models. Importing this package imports no torch.
"""

from __future__ import annotations

import sys
from types import ModuleType

from headstream.models.labels import labels, token_id
from headstream.models.runs import Run, run
from headstream.models.shipped import ModelTable, load, table

__all__ = ["ModelTable", "Run", "labels", "load", "run", "table", "token_id"]


class _CallableModule(ModuleType):
    # `hs.models()` reads best for a table of the models, and `headstream.models` is also the folder with their code:
    # a module is callable only if its class is.
    def __call__(self, *columns: str) -> ModelTable:
        return table(*columns)


sys.modules[__name__].__class__ = _CallableModule
