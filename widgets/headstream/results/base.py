"""What all results can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.checks import Floats
from headstream.tables import Table, shortened

Ints = npt.NDArray[np.int32]
TokenIds = npt.NDArray[np.integer[Any]]

__all__ = ["Floats", "Ints", "Result", "TokenIds", "check_finite", "check_tokens", "quoted"]


class Result:
    """A result says what it is in one line, shows a table, and gives its records.

    `records()` is one dict of plain Python values for each observation: `pandas.DataFrame(result.records())` and
    `polars.DataFrame(result.records())` are tidy tables. The docstring of each says what its observations are.
    """

    def __repr__(self) -> str:
        raise NotImplementedError

    def records(self) -> list[dict[str, Any]]:
        raise NotImplementedError

    def table(self) -> Table:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return self.table().html


def check_tokens(kind: str, tokens: Sequence[str], token_ids: TokenIds | None) -> int:
    """How many tokens there are. Raises for labels that are no strings and for ids that are not one a token."""
    checks.labels(f"{kind}.tokens", tokens, len(tokens), "position")
    if not len(tokens):
        raise ValueError(f"{kind}.tokens: expected at least one, got none")
    if token_ids is not None:
        checks.array(f"{kind}.token_ids", token_ids, "position", {"position": len(tokens)}, kind="whole")
    return len(tokens)


def check_finite(name: str, array: npt.NDArray[Any]) -> None:
    if not np.isfinite(array).all():
        checks.finite(name, array)  # says where


def quoted(token: str) -> str:
    """A token as a table shows it: in quotes, so that spaces are seen, and cut where it is long."""
    return repr(shortened(token, 24))
