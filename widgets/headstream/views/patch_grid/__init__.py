"""The patch grid: what patching each part at each position does to a logit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import traitlets

from headstream import checks
from headstream.results import Patching, Roles
from headstream.views.shared.roles import role_names
from headstream.views.shared.traits import Array, Choice, Text
from headstream.views.shared.view import TokenView, bundle, token_traits

UNITS = ("share", "logit")


class PatchGrid(TokenView):
    """Draws a `Patching`: rows are parts, layer 0 on top; columns are positions, under both prompts' tokens.

    A cell's colour is what patching that write restores: 0 nothing, 1 all, blue towards the clean run's answer and
    orange away from it. Where the prompts differ, their tokens are bold and boxed.

    patching: a `Patching`, as `hs.patch_effects(clean, corrupted)` returns.
    roles: the `Roles` of the same model (as `hs.roles(model)`), so that a head is called "1.6 induction".
    unit: "share", of the clean run's logit less the corrupted run's, or "logit", what is added to the corrupted run's.
    cell: the cell to pin first, (row, position); negative numbers count from the end.

    A pin in the view sets `selection.layer`, `.head` (None for what is no head), `.position` and `cell`. The tokens
    are the corrupted run's, into which is patched. The view has no model: `on_pick` says which cell is pinned, for
    whoever makes the patched run and shows it in linked views.

    Raises TypeError when `patching` is no Patching, or `roles` no Roles; ValueError for roles of another model.
    """

    _esm = bundle("patch_grid", "js")
    _css = bundle("patch_grid", "css")

    clean_tokens = traitlets.List(Text(), read_only=True, help="one label a position").tag(sync=True)
    components: list[Any] = traitlets.List(read_only=True, help="label, name, layer and head of every row").tag(sync=True)
    patched = Array("float32", help="[row, position], the number with that write patched")
    clean = traitlets.Float(read_only=True, help="the number in the clean run").tag(sync=True)
    corrupted = traitlets.Float(read_only=True, help="the number in the corrupted run").tag(sync=True)
    quantity = Text(read_only=True, help="what the number is, in words").tag(sync=True)
    read_at = traitlets.Int(read_only=True, help="the position where the number is read").tag(sync=True)

    unit = Choice(UNITS, "share", help="what the cells' colour stands for")
    cell: Any = traitlets.Any(None, help="(row, position) of the pinned cell").tag(sync=True)

    def __init__(
        self,
        patching: Patching,
        *,
        roles: Roles | None = None,
        unit: Literal["share", "logit"] = "share",
        cell: tuple[int, int] | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(patching, roles=roles)
        pinned: dict[str, Any] = {}
        if cell is not None:
            row, position = self._place(cell, len(drawn["components"]), len(drawn["tokens"]))
            pinned = {name: drawn["components"][row][name] for name in ("layer", "head")} | {"position": position}
        super().__init__(drawn, pinned, unit=unit, cell=cell, **traits)

    @classmethod
    def _drawn(cls, patching: Patching, *, roles: Roles | None = None) -> dict[str, Any]:
        if not isinstance(patching, Patching):
            kind = type(patching).__name__
            raise TypeError(f"patching: expected a Patching (pass hs.patch_effects(clean, corrupted)), got {kind}")
        heads = [(part.layer, part.head) for part in patching.components if part.kind == "head"]
        names = dict(zip(heads, role_names(roles, heads), strict=False))  # type: ignore[arg-type]
        return {
            **token_traits(patching.tokens, patching.token_ids, len(patching.tokens)),
            "clean_tokens": list(patching.clean_tokens),
            "components": [
                {
                    "label": part.label,
                    "name": _name(part.kind, part.layer, part.head, names.get((part.layer, part.head), "")),
                    "layer": part.layer,
                    "head": part.head,
                }
                for part in patching.components
            ],
            "patched": patching.patched.astype(np.float32),
            "clean": float(patching.clean),
            "corrupted": float(patching.corrupted),
            "quantity": patching.quantity,
            "read_at": patching.position,
        }

    def on_pick(self, run: Callable[[str | None, int | None], Any]) -> None:
        """Call `run(part, position)` for every cell that is pinned in the view, run(None, None) when it is let go.

        part: the name that `hs.patch` takes. So a linked view can show the patched run:

            grid.on_pick(lambda part, at: heatmap.show(
                (hs.intervene(corrupted, hs.patch(part, clean, position=at)) if part else corrupted).attention))
        """

        def picked(change: Any) -> None:
            row, position = change["new"] or (None, None)
            run(None if row is None else self.components[row]["label"], position)

        self.observe(picked, "cell")

    def _settled(self) -> dict[str, Any]:
        inside = self.cell and self.cell[0] < len(self.components) and self.cell[1] < len(self.tokens)
        return {"cell": self.cell if inside else None}

    @traitlets.validate("cell")
    def _cell_is_there(self, proposal: Any) -> list[int] | None:
        if proposal["value"] is None:
            return None
        return self._place(proposal["value"], len(self.components), len(self.tokens))

    @staticmethod
    def _place(cell: Any, rows: int, positions: int) -> list[int]:
        if not isinstance(cell, (list, tuple)) or len(cell) != 2:
            raise ValueError(f"cell: expected a pair (row, position), got {cell!r}")
        return [checks.index("cell: row", cell[0], rows), checks.index("cell: position", cell[1], positions)]


def _name(kind: str, layer: int | None, head: int | None, role: str) -> str:
    """A part as a sentence calls it."""
    if kind == "head":
        return f"head {layer}.{head}" + (f" ({role})" if role else "")
    words = {
        "attn": f"layer {layer}'s attention",
        "mlp": f"layer {layer}'s MLP",
        "stream": f"the stream into layer {layer}",
    }
    return words.get(kind) or {"embed": "the embedding", "pos_embed": "the position"}[kind]
