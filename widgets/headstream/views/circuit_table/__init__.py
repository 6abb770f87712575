"""The circuit table: one head's QK or OV circuit in token space."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import traitlets

from headstream import checks
from headstream.results import Circuit
from headstream.results.circuit import KINDS
from headstream.views.circuit_table.queries import found, part, ranks, top_and_bottom
from headstream.views.shared.asking import AnsweringView
from headstream.views.shared.traits import Array, Choice, Text, sendable
from headstream.views.shared.view import bundle

RANKED = ("on text", "by weights")


class CircuitTable(AnsweringView):
    """Draws a `Circuit`: its top entries as a table, any token's row and column, and the whole matrix in blocks.

    circuit: a `Circuit`, as `hs.circuit(model, layer, head, kind)` returns.
    ranked: "on text" (where the circuit has a text: the default there) or "by weights".

    A row of the table that is pinned sets `selection.token`, to the token of its column. The circuit is of one head: a
    layer or head that is pinned elsewhere changes nothing here.
    The entries, the blocks and the scores by distance are sent. What depends on a token that is searched for, and
    finer blocks, are computed from the factors when the page asks; with no kernel the entries that were sent answer.

    Raises TypeError when `circuit` is not a Circuit, ValueError for "on text" where there is none.
    """

    _esm = bundle("circuit_table", "js")
    _css = bundle("circuit_table", "css")

    circuit = traitlets.Instance(Circuit, read_only=True, help="what is drawn; it stays in Python")
    kind = Text(read_only=True, help=" or ".join(KINDS)).tag(sync=True)
    layer = traitlets.Int(read_only=True).tag(sync=True)
    head = traitlets.Int(read_only=True).tag(sync=True)
    text = Text(read_only=True, help="what the text is, in words").tag(sync=True)
    size = traitlets.Int(read_only=True, help="tokens in the vocabulary").tag(sync=True)
    vocabulary = traitlets.Dict(Text(), read_only=True, help="label of every token in an entry, by its id").tag(
        sync=True
    )
    weight_ids = Array("int32", help="[entry, 3]: row, column, rank in its row from the end of its sign, from 1")
    weight_numbers = Array("float32", help="[entry, 2]: value, score")
    text_ids = Array("int32", help="as weight_ids, ranked on text; None without one")
    text_numbers = Array("float32", help="as weight_numbers, ranked on text; None without one")
    blocks = Array("float32", help="[block, block], the entry of largest |value| in each")
    by_distance = Array("float32", help="[distance], the mean score of the position terms, or None")

    ranked = Choice(RANKED, "by weights", help="what the entries are ranked by")

    def __init__(
        self,
        circuit: Circuit,
        *,
        ranked: Literal["on text", "by weights"] | None = None,
        token: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(circuit)
        place = checks.optional_index("token", token, drawn["size"])
        default = "by weights" if circuit.on_text is None else "on text"
        super().__init__(drawn, {"token": place}, ranked=default if ranked is None else ranked, **traits)

    @classmethod
    def _drawn(cls, circuit: Circuit) -> dict[str, Any]:
        if not isinstance(circuit, Circuit):
            kind = type(circuit).__name__
            raise TypeError(f"circuit: expected a Circuit (pass hs.circuit(model, layer, head, kind)), got {kind}")
        entries = {"weight": circuit.by_weights, "text": circuit.on_text}
        drawn: dict[str, Any] = {}
        tokens: set[int] = set()
        for name, some in entries.items():
            if some is None:
                drawn |= {f"{name}_ids": None, f"{name}_numbers": None}
                continue
            ids = np.stack([some.row, some.column, ranks(circuit, some)], 1).astype(np.int32)
            numbers = np.stack([some.value, some.score], 1).astype(np.float32)
            drawn |= {f"{name}_ids": ids, f"{name}_numbers": numbers}
            tokens |= set(ids[:, :2].ravel().tolist())
        return {
            **drawn,
            "circuit": circuit,
            "kind": circuit.kind,
            "layer": int(circuit.layer),
            "head": int(circuit.head),
            "text": circuit.text,
            "size": len(circuit.vocabulary),
            "vocabulary": {str(token): circuit.vocabulary[token] for token in sorted(tokens)},
            "blocks": circuit.blocks.astype(np.float32),
            "by_distance": None if circuit.by_distance is None else circuit.by_distance.astype(np.float32),
        }

    def _settled(self) -> dict[str, Any]:
        return {"ranked": "by weights" if self.text_ids is None else self.ranked}

    @traitlets.validate("ranked")
    def _ranked_is_there(self, proposal: Any) -> Any:
        return checks.choice("ranked", proposal["value"], RANKED if self.text_ids is not None else RANKED[1:])

    def _answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        circuit = self.circuit
        match question:
            case {"search": str(text)}:
                answer: dict[str, Any] = {"ids": found(circuit.vocabulary, text)}
                tokens = answer["ids"]
            case {"token": token}:
                row, row_values = top_and_bottom(circuit.row(token))
                column, column_values = top_and_bottom(circuit.column(token))
                answer = {"row": row, "row_values": row_values, "column": column, "column_values": column_values}
                tokens = np.concatenate([[token], row, column])
            case {"part": [*bounds]}:
                rows, columns, values = part(circuit, bounds)
                answer = {"rows": rows, "columns": columns, "blocks": values}
                tokens = np.concatenate([edges[:-1][np.diff(edges) == 1] for edges in (rows, columns)])
            case _:
                raise ValueError(f"question: expected a search, a token or a part, got {dict(question)!r}")
        labels = {str(token): sendable(circuit.vocabulary[token]) for token in set(tokens.astype(int).tolist())}
        return {**answer, "labels": labels}
