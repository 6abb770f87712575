"""The README's picture: a board of three views of one prompt, the induction head pinned."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import headstream as hs
from headstream.framework.heads import prefix_matching_scores, top_head
from tests.browser.conftest import OpenPage


def test_the_picture_in_the_readme(open_page: OpenPage, shipped: Callable[[str], Any], tmp_path: Path) -> None:
    """Takes it anew; with HEADSTREAM_PICTURE set, into the repository."""
    model = shipped(hs.demos.induction.model)
    text = hs.demos.induction.text
    run, roles = hs.run(model, text[: text.rindex("otter")]), hs.roles(model)
    layer, head = top_head(prefix_matching_scores(model))
    board = hs.Board(
        hs.AttentionHeatmap(run.attention, layer=layer, head=head, position=-1, roles=roles),
        hs.ResidualBars(hs.attribute_logit(run, target="ot"), order="size", roles=roles),
        hs.LogitLensGrid(hs.logit_lens(run)),
    )
    page = open_page([board], width=1500, height=640)
    assert [item.get_attribute("data-theme") for item in page.locator(".headstream").all()] == ["light"] * 4
    for name in ("attention_heatmap", "residual_bars", "logit_lens_grid"):
        assert page.locator(f".hs-{name} .hs-current").count() > 0
    folder = Path(__file__).parent if "HEADSTREAM_PICTURE" in os.environ else tmp_path
    page.screenshot(path=folder / "views.png", full_page=True)
