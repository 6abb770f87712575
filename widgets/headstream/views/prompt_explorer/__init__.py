"""A prompt to type, read by a model in the reader's browser, with no kernel."""

from __future__ import annotations

from typing import Any

from headstream import checks
from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.board import Board
from headstream.views.logit_lens_grid import LogitLensGrid
from headstream.views.residual_bars import ResidualBars
from headstream.views.shared.traits import Text
from headstream.views.shared.view import View, bundle, link

KINDS = (AttentionHeatmap, ResidualBars, LogitLensGrid)


class PromptExplorer(Board):
    """A text field above three views of what a model makes of the text: the page runs the model itself, with no kernel.

    `hs.prompt_explorer(model, text)` makes it. At the first key the page fetches the model's weights (15 MB for
    attn-only-2l) from the folder that `headstream.models.served` wrote, and from then on every key is read at once; the
    views are given the same traits as by Python. The bars are of the model's own top token at the position that is
    pinned, or of the token that is chosen among what comes next.

    text: what the views show to begin with. heatmap, bars, lens: an AttentionHeatmap, ResidualBars and a LogitLensGrid
        of this text, in this order; they share one selection.
    model: a shipped model's name. weights: the address of the folder with its files, as the page resolves it
        ("models/", or "/files/models/" in JupyterLab); "": the page itself says it, in its head:
        `<link rel="headstream-models" href="models/">`. Where neither does, and in a page that is opened as a file, the
        view says that the text stays as it is.

    Raises TypeError for what is no text or no such view, ValueError when the views show different tokens.
    """

    _esm = bundle("prompt_explorer", "js")
    _css = bundle("prompt_explorer", "css")

    text = Text(read_only=True, help="what is typed, as the views show it").tag(sync=True)
    model = Text(read_only=True, help="the shipped model that reads it").tag(sync=True)
    weights = Text(help="the address of the folder with its files").tag(sync=True)

    def __init__(self, text: str, *views: View, model: str = "attn-only-2l", weights: str = "", **traits: Any) -> None:
        drawn = {**self._drawn(text, *views), "model": checks.text("model", model)}
        View.__init__(self, drawn, {}, selection=views[0].selection, weights=weights, **traits)
        link(*views)

    @classmethod
    def _drawn(cls, *data: Any) -> dict[str, Any]:
        text, *views = data
        checks.text("text", text)
        if len(views) != len(KINDS) or not all(map(isinstance, views, KINDS)):
            expected = ", ".join(kind.__name__ for kind in KINDS)
            got = ", ".join(type(view).__name__ for view in views) or "none"
            raise TypeError(f"views: expected {expected}, got {got}")
        return {"text": text, **super()._drawn(*views)}

    def show(self, *data: Any) -> None:
        """Draw another text with its three views, in place of these: the same arguments as the class' own."""
        View.show(self, *data)
        self.selection = link(*data[1:])
