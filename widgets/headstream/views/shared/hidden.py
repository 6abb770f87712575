"""Models that views refer to and that draw nothing."""

from __future__ import annotations

from typing import Any

import anywidget


class Hidden(anywidget.AnyWidget):
    """What several views share on the page. Shown as the words of its `repr`."""

    _esm = "export default {};"

    def close(self) -> None:
        super().close()
        self.layout.close()

    def _repr_mimebundle_(self, **_kwargs: Any) -> tuple[dict[str, str], dict[str, str]]:
        return {"text/plain": repr(self)}, {}
