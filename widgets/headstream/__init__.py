"""Headstream: views and lessons on what transformers do inside.

The public names stand in __init__.pyi and are loaded when they are first used: drawing a view imports no torch.
"""

from typing import Any

import lazy_loader

__version__ = "0.1.0"

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"headstream has no {name!r}; it has {', '.join(__all__)}")
    return _load(name)
