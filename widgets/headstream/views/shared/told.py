"""A view that is shown where it is made, and told as text where nothing is drawn."""

from __future__ import annotations

from typing import Any

from IPython import get_ipython
from IPython.display import display

from headstream.views.shared.view import View


class ToldView(View):
    """A view that a function of a lesson shows by itself: drawn in a notebook, printed in plain Python.

    `_told` says in plain text what is drawn; a notebook keeps it beside the picture.
    """

    _cell: int | None = None  # the notebook's cell, by its count, that has shown it last

    def _told(self) -> str:
        raise NotImplementedError

    def tell(self) -> None:
        """Show it here and now."""
        shell = get_ipython()
        if shell is None or self.comm is None:  # closed
            print(self._told())
            return
        self._cell = shell.execution_count
        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)  # type: ignore[misc]
        return {**data, "text/plain": self._told()}, metadata

    def _ipython_display_(self) -> None:
        """As the last line of the cell that has shown it, it is not shown a second time."""
        shell = get_ipython()
        if shell is None or shell.execution_count != self._cell:
            self.tell()
