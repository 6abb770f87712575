"""One style for the figures of a notebook, that of the views: legible on light paper and on dark."""

from __future__ import annotations

import sys
from typing import Any

from headstream.extras import require
from headstream.views.shared.lecture import the_lecture

# A figure does not hear of the theme: its ink and colours are of a middle tone, contrast 4 on white and on #111417.
INK = "#777c84"
# The views' blue, orange, accent and grey, then the same dashed.
COLORS = ("#3a7abf", "#c4620c", "#cf3d8c", INK)
STYLE: dict[str, Any] = {
    **dict.fromkeys(("figure.facecolor", "axes.facecolor", "savefig.facecolor"), "none"),
    **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "figure.constrained_layout.use": True,
    # An inch has as many pixels as on the page, in a file twice as many.
    "figure.dpi": 96,
    "figure.figsize": (7, 3.15),
    "figure.hooks": ["headstream.plots:_enlarged"],
    "savefig.dpi": 192,
    "grid.color": INK,
    "grid.alpha": 0.3,
    "image.cmap": "Blues",
    "legend.frameon": False,
    # Words stay words: ten kilobytes less, and in the reader's own font.
    "svg.fonttype": "none",
}
# CSS pixels, of which an inch has 96; points, of which it has 72.
NORMAL = 13
POINTS = 72 / 96
# The tallest figure that a window of 720 pixels shows, in inches.
TALLEST = 6


def figures() -> None:
    """Set matplotlib, for this notebook, to the style of the views. Once, in the set-up cell, before the first figure.

    Figures have no background and are legible in light and dark; in a notebook they are drawn as SVG. They follow
    `lecture`, with type and lines, if made after it. Raises ModuleNotFoundError where matplotlib is not installed.
    """
    matplotlib = require("matplotlib")
    cycles = matplotlib.cycler(linestyle=["-", "--"]) * matplotlib.cycler(color=COLORS)
    matplotlib.rcParams.update({**STYLE, "axes.prop_cycle": cycles})
    the_lecture().observe(_sized, "font_size")
    _sized()
    if "IPython" in sys.modules and (shell := require("IPython").get_ipython()):
        require("matplotlib_inline.config").InlineBackend.instance(parent=shell).figure_formats = {"svg"}


def _sized(_change: Any = None) -> None:
    """Everything in the size of the type."""
    larger = _larger()
    points = POINTS * NORMAL * larger
    sizes: dict[str, Any] = {"font.size": points, "axes.titlesize": 1.08 * points}
    sizes |= {"lines.linewidth": 1.5 * larger, "lines.markersize": 4.5 * larger}
    sizes |= dict.fromkeys(("axes.linewidth", "xtick.major.width", "ytick.major.width"), 0.75 * larger)
    sizes |= dict.fromkeys(("xtick.major.size", "ytick.major.size"), 3 * larger)
    require("matplotlib").rcParams.update(sizes)


def _larger() -> float:
    """How many times its normal size the type is."""
    return max(NORMAL, the_lecture().font_size or 0) / NORMAL


def _enlarged(figure: Any) -> None:
    """A new figure is as much larger as its type, whatever size it was given: words that had room in it have room."""
    height = figure.get_figheight()
    figure.set_size_inches(figure.get_size_inches() * max(1, min(_larger(), TALLEST / height)))
