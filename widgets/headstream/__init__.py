"""Headstream: views and lessons on what transformers do inside.

The public names are loaded when they are first used: drawing a view imports no torch.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headstream import demos, exercises, models
    from headstream.exercises import check, hint, predict, solution
    from headstream.framework.ladder import ladder
    from headstream.framework.lens import logit_lens
    from headstream.framework.residual import attribute_direction, attribute_logit, project, write_norms
    from headstream.models import load, run
    from headstream.views.attention_heatmap import AttentionHeatmap
    from headstream.views.logit_lens_grid import LogitLensGrid
    from headstream.views.model_ladder import ModelLadder
    from headstream.views.residual_bars import ResidualBars
    from headstream.views.shared.selection import Selection
    from headstream.views.shared.view import link

_WHERE = {
    "load": "models",
    "run": "models",
    "attribute_logit": "framework.residual",
    "attribute_direction": "framework.residual",
    "write_norms": "framework.residual",
    "project": "framework.residual",
    "logit_lens": "framework.lens",
    "ladder": "framework.ladder",
    "AttentionHeatmap": "views.attention_heatmap",
    "ResidualBars": "views.residual_bars",
    "LogitLensGrid": "views.logit_lens_grid",
    "ModelLadder": "views.model_ladder",
    "Selection": "views.shared.selection",
    "link": "views.shared.view",
    "check": "exercises",
    "hint": "exercises",
    "solution": "exercises",
    "predict": "exercises",
}
_MODULES = ("models", "demos", "exercises")

__version__ = "0.1.0"
__all__ = [
    "AttentionHeatmap",
    "LogitLensGrid",
    "ModelLadder",
    "ResidualBars",
    "Selection",
    "attribute_direction",
    "attribute_logit",
    "check",
    "demos",
    "exercises",
    "hint",
    "ladder",
    "link",
    "load",
    "logit_lens",
    "models",
    "predict",
    "project",
    "run",
    "solution",
    "write_norms",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"headstream.{name}")
    if name not in _WHERE:
        raise AttributeError(f"headstream has no {name!r}; it has {', '.join(sorted(__all__))}")
    value = getattr(import_module(f"headstream.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
