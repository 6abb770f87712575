"""A prompt to type on a page with no kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headstream import checks
from headstream.framework.lens import logit_lens
from headstream.framework.residual import attribute_logit
from headstream.models import run
from headstream.models.runs import checked_model
from headstream.models.shipped import PURPOSE
from headstream.results import Roles
from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.logit_lens_grid import LogitLensGrid
from headstream.views.prompt_explorer import PromptExplorer
from headstream.views.residual_bars import ResidualBars

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


def prompt_explorer(
    model: TransformerBridge, text: str, *, weights: str = "", roles: Roles | None = None
) -> PromptExplorer:
    """A `PromptExplorer` that begins with a text: on a page with no kernel the reader types another one, and the page
    runs the model. With a kernel, `explore` does more.

    model: a shipped one, as `load` gives it. weights: the address of the folder that `python -m
    headstream.models.served FOLDER` wrote; "": the page says it. roles: its heads' roles, `roles(model)`.

    Raises ValueError for a model that is not shipped, and what `run` raises.
    """
    name = str(checked_model(model).cfg.model_name)
    checks.choice("model", name, tuple(PURPOSE))
    first = run(model, text)
    views = (
        AttentionHeatmap(first.attention, roles=roles),
        ResidualBars(attribute_logit(first), roles=roles),
        LogitLensGrid(logit_lens(first)),
    )
    return PromptExplorer(checks.text("text", text), *views, model=name, weights=weights)
