"""The style of figures: legible on light and on dark, as large as the views, small in the notebook."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

import headstream as hs
from headstream.views.shared.lecture import the_lecture


@pytest.fixture(autouse=True)
def styled() -> Iterator[None]:
    with matplotlib.rc_context():
        plt.switch_backend("agg")
        hs.figures()
        yield
        plt.close("all")
        hs.lecture(None)
        the_lecture().unobserve_all("font_size")


def luminance(color: object) -> float:
    channels = np.array(to_rgb(color))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: object, other: object) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", ["#ffffff", "#111417"])
def test_ink_and_every_colour_are_legible_on_light_and_on_dark(paper: str) -> None:
    inks = [f"{part}.color" for part in ("text", "xtick", "ytick")] + ["axes.edgecolor", "axes.labelcolor"]
    colors = [matplotlib.rcParams[ink] for ink in inks] + matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
    assert min(contrast(color, paper) for color in colors) >= 4


def drawn() -> tuple[float, float, float]:
    """Of a new figure: the type in CSS pixels, the line's width, the width in CSS pixels."""
    figure, axis = plt.subplots()
    (line,) = axis.plot([0, 1])
    return axis.xaxis.label.get_size() * 96 / 72, line.get_linewidth(), figure.get_size_inches()[0] * 96


def test_figures_made_after_a_change_of_lecture_size_are_of_the_new_size() -> None:
    normal = drawn()
    assert normal[0] == pytest.approx(13)
    hs.lecture()
    large = drawn()
    assert large[0] == pytest.approx(22)
    assert large[1] / normal[1] == pytest.approx(22 / 13)
    assert large[2] / normal[2] == pytest.approx(22 / 13)
    hs.lecture(None)
    assert drawn() == normal


def test_words_that_fit_beside_each_other_do_so_in_large_type_too() -> None:
    def apart() -> bool:
        figure, axis = plt.subplots(figsize=(9, 3.5))
        axis.plot(["embedding", *(f"{layer}.{part}" for layer in range(4) for part in ("attn", "mlp"))], range(9))
        figure.canvas.draw()
        boxes = [label.get_window_extent() for label in axis.get_xticklabels()]
        return all(left.x1 < right.x0 for left, right in itertools.pairwise(boxes))

    assert apart()
    hs.lecture()
    assert apart()


def test_no_figure_is_made_taller_than_a_window_and_none_smaller() -> None:
    hs.lecture()
    heights = [plt.figure(figsize=(5, height)).get_figheight() for height in (3, 4.5, 8)]
    assert heights == [pytest.approx(3 * 22 / 13), 6, 8]


def test_it_takes_the_size_that_is_set_already_and_may_be_called_again() -> None:
    hs.lecture(30)
    hs.figures()
    assert drawn()[0] == pytest.approx(30)
    assert len(the_lecture()._trait_notifiers["font_size"]["change"]) == 1


def test_smaller_type_than_normal_is_no_use_in_a_lecture() -> None:
    hs.lecture(8)
    assert drawn()[0] == pytest.approx(13)


def test_a_figure_has_no_background_and_its_words_are_text() -> None:
    figure, axis = plt.subplots()
    for shift in range(5):
        axis.plot(np.sin(np.arange(12) + shift), marker="o")
    axis.set_title("What each head adds")
    file = io.StringIO()
    figure.savefig(file, format="svg")
    assert (figure.get_facecolor()[3], axis.get_facecolor()[3]) == (0, 0)
    assert ">What each head adds</text>" in file.getvalue()
    assert len(file.getvalue()) < 40_000


def test_in_ipython_it_is_drawn_as_svg_even_where_the_backend_comes_later() -> None:
    source = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import headstream as hs
hs.figures(); hs.figures()
import matplotlib.pyplot as plt
plt.switch_backend("module://matplotlib_inline.backend_inline")
from matplotlib_inline.backend_inline import configure_inline_support
configure_inline_support(shell, "inline")
formats, _ = shell.display_formatter.format(plt.subplots()[0])
print(*sorted(formats))
"""
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    assert done.stdout.split() == ["image/svg+xml", "text/plain"], done.stderr


def test_without_matplotlib_it_says_what_to_install() -> None:
    source = "import sys; sys.modules['matplotlib'] = None; import headstream as hs; hs.figures()"
    told = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True).stderr
    assert told.splitlines()[-1].endswith(
        "this needs matplotlib, which is not installed here: pip install 'headstream[lessons]'"
    )
