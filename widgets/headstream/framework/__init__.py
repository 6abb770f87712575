"""The mathematics: functions of a model's weights and of a run, which return the dataclasses of `headstream.results`.

Vectors are rows and weights stand on their right, as in TransformerLens: a head writes A x W_V W_O. The paper writes
columns, W_O W_V x. Importing this package imports no torch; its names are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_MODULES = {
    "attribute_direction": "residual",
    "attribute_logit": "residual",
    "components": "stream",
    "head_error": "identities",
    "ladder": "ladder",
    "logit_error": "identities",
    "logit_lens": "lens",
    "project": "residual",
    "stream_error": "identities",
    "write_norms": "residual",
    "writes": "stream",
}


def __dir__() -> list[str]:
    return sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
