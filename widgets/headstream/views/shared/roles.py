"""What heads do, as views say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from headstream.results import Roles


def role_names(roles: Any, heads: Iterable[tuple[int, int]]) -> list[str]:
    """The role of each (layer, head), "" for a head without one; an empty list where no roles are given.

    Raises TypeError for what is no Roles, ValueError for roles of a model that lacks one of the heads.
    """
    if roles is None:
        return []
    if not isinstance(roles, Roles):
        raise TypeError(f"roles: expected Roles (pass hs.roles(model)), got {type(roles).__name__}")
    _, layers, count = roles.scores.shape
    names = []
    for layer, head in heads:
        if layer >= layers or head >= count:
            raise ValueError(
                f"roles: expected those of the same model, got {layers} × {count} heads without {layer}.{head}"
            )
        names.append(roles.role(int(layer), int(head)))
    return names
