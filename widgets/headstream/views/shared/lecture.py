"""The size of type of a whole notebook, for a lecture hall."""

from __future__ import annotations

from functools import cache

from headstream.views.shared.hidden import Hidden
from headstream.views.shared.traits import Whole


class Lecture(Hidden):
    """What `lecture` sets, as `view.lecture`: there is one in a kernel, and every view refers to it.

    font_size: in CSS pixels, the least that any view has; None: each has its own.
    """

    font_size = Whole(None, least=8, most=48, allow_none=True, help="in CSS pixels, the least that any view has")

    def __repr__(self) -> str:
        return f"Lecture(font_size={self.font_size})"


_only = cache(Lecture)


def the_lecture() -> Lecture:
    """The one of this kernel; opened again after all widgets were closed."""
    lecture = _only()
    lecture.layout.open()
    lecture.open()
    return lecture


def lecture(font_size: int | None = 22) -> None:
    """Set this notebook in large type: its views, those drawn already and those to come, and its figures to come.

    In JupyterLab and Notebook its text and what it prints follow, as far as a hundred characters fit on a line;
    a longer line of code goes on below.

    font_size: in CSS pixels; a view that is larger by itself stays so. None goes back to each view's own size.
    Figures follow where `figures` was called. "Lecture size" in the menu of a view is the same for the reader.
    Raises TypeError for what is no whole number, ValueError for one that is not from 8 to 48.
    """
    the_lecture().font_size = font_size
