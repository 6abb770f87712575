"""Token values: one number a token, as the colour of the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headstream import checks
from headstream.views.shared.traits import Array, Text
from headstream.views.shared.view import TokenView, bundle, token_traits


class TokenValues(TokenView):
    """Draws one number a token: the text in their colours, from paper to deep blue, or orange to blue around 0.

    values: [position], finite numbers, such as the loss at every token.
    tokens: one label a position. quantity: what the number is, in words, with its unit.
    position: the token to show first.

    Raises ValueError for a wrong shape and for numbers that are not finite.
    """

    _esm = bundle("token_values", "js")
    _css = bundle("token_values", "css")

    values = Array("float32", help="[position]")
    quantity = Text(read_only=True, help="what the number is").tag(sync=True)

    def __init__(
        self,
        values: Any,
        tokens: Sequence[str] | None = None,
        *,
        quantity: str = "value",
        position: int | None = None,
        **traits: Any,
    ) -> None:
        drawn = self._drawn(values, tokens, quantity=quantity)
        place = checks.optional_index("position", position, len(drawn["tokens"]))
        super().__init__(drawn, {"position": place}, **traits)

    @classmethod
    def _drawn(cls, values: Any, tokens: Sequence[str] | None = None, *, quantity: str = "value") -> dict[str, Any]:
        numbers = checks.finite("values", values, "one number a token")
        if numbers.ndim != 1 or not numbers.size:
            raise ValueError(f"values: expected [position] with at least one, got shape {list(numbers.shape)}")
        return {**token_traits(tokens, None, len(numbers)), "values": numbers, "quantity": quantity}
