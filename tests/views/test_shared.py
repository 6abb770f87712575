"""What all views have in common: arrays on the wire, the selection, linking, arguments."""

from __future__ import annotations

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import headstream as hs
from headstream.results import Attention
from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.shared.arrays import is_causal, pack_causal, quantised
from headstream.views.shared.selection import FIELDS
from headstream.views.shared.traits import from_wire, to_wire
from headstream.views.shared.view import View
from tests.views.arrays import attention_pattern


@given(
    hnp.arrays(st.sampled_from([np.uint8, np.uint16, np.int32, np.float16, np.float32]), hnp.array_shapes(min_side=0))
)
def test_wire_round_trip(array: np.ndarray) -> None:
    wire = to_wire(array, None)
    assert wire["shape"] == list(array.shape)
    assert wire["scale"] == ("sqrt" if array.dtype == np.uint8 else "linear")
    assert len(wire["data"]) < array.nbytes if wire["deflated"] else len(wire["data"]) == array.nbytes
    np.testing.assert_array_equal(from_wire(wire, None), array)


def test_an_array_is_deflated_where_that_pays() -> None:
    random = np.random.default_rng(0)
    noise, steps = random.normal(size=40_000).astype(np.float32), np.repeat(np.arange(400, dtype=np.int32), 100)
    assert [to_wire(array, None)["deflated"] for array in (noise, steps, steps[:0])] == [False, True, False]
    assert len(to_wire(steps, None)["data"]) < steps.nbytes / 20


def test_wire_of_a_transposed_array_is_contiguous() -> None:
    array = np.arange(6, dtype=np.float32).reshape(2, 3).T
    np.testing.assert_array_equal(from_wire(to_wire(array, None), None), array)


@given(hnp.arrays(np.float32, st.integers(1, 40), elements=st.floats(0, 1, width=32)))
def test_quantised_is_within_a_two_hundredth(p: np.ndarray) -> None:
    assert np.abs((quantised(p) / 255.0) ** 2 - p).max() <= 0.004


def test_quantised_keeps_the_sum_of_small_weights() -> None:
    row = np.full(512, 1 / 512, np.float32)
    assert abs(((quantised(row) / 255.0) ** 2).sum() - 1) < 0.05
    assert (np.rint(255 * row) == 0).all()  # what 255·p would send


def test_pack_causal_keeps_the_lower_triangle() -> None:
    square = np.arange(9).reshape(1, 3, 3)
    assert pack_causal(square).tolist() == [[0, 3, 4, 6, 7, 8]]
    assert is_causal(np.tril(square))
    assert not is_causal(square)


def test_selection_is_observed_and_cleared() -> None:
    selection = hs.Selection(layer=1)
    seen = []
    selection.observe(lambda change: seen.append(change["new"]), "position")
    selection.position = 4
    assert seen == [4]
    assert repr(selection) == "Selection(layer=1, position=4)"
    selection.clear()
    assert repr(selection) == "Selection()"
    with pytest.raises(TypeError, match="no field 'query'"):
        hs.Selection(query=1)
    with pytest.raises(ValueError, match="layer: expected 0 or more, got -1"):
        selection.layer = -1


def test_the_selections_fields_stand_in_one_list_with_their_meaning() -> None:
    assert {"layer", "head", "position", "key", "token", "feature", "step", "to_layer", "to_head"} == set(FIELDS)
    selection = hs.Selection(**dict.fromkeys(FIELDS, 3))
    assert all(f"{field}: {meaning}." in hs.Selection.__doc__ for field, meaning in FIELDS.items())
    assert {field: value for field, value in selection.get_state().items() if value == 3}.keys() == set(FIELDS)


def view(length: int = 4, **arguments: object) -> AttentionHeatmap:
    return AttentionHeatmap(attention_pattern(2, 3, length), [f"t{i}" for i in range(length)], **arguments)


def test_every_view_has_its_own_selection_until_linked() -> None:
    first, second, third = view(), view(), view()
    assert len({first.selection, second.selection, third.selection}) == 3
    assert hs.link(first, second) is first.selection is second.selection
    first.selection.head = 2
    assert second.selection.head == 2
    assert third.selection.head is None


def test_link_refuses_different_tokens_and_says_where() -> None:
    with pytest.raises(ValueError, match="has 4, AttentionHeatmap has 5, and they part at position 4"):
        hs.link(view(4), view(5))
    with pytest.raises(ValueError, match="expected two views or more, got 1"):
        hs.link(view())
    with pytest.raises(TypeError, match="expected headstream views, got str"):
        hs.link(view(), "view")


def ids(*numbers: int) -> Attention:
    size = len(numbers)
    norms = np.ones((1, 2, size), np.float32)
    return Attention(attention_pattern(1, 2, size), norms, ("same",) * size, token_ids=np.array(numbers))


def test_link_compares_token_ids_where_both_views_know_them() -> None:
    first, other = AttentionHeatmap(ids(1, 2, 3)), AttentionHeatmap(ids(1, 2, 4))
    with pytest.raises(ValueError, match="AttentionHeatmap has 3, AttentionHeatmap has 3, and they part at position 2"):
        hs.link(first, other)
    # One that was made of plain arrays knows labels alone.
    hs.link(first, AttentionHeatmap(attention_pattern(1, 1, 3), ["same"] * 3))


def test_a_view_without_tokens_is_linked_with_any() -> None:
    class Spectrum(View):
        """A view of a model, not of a text."""

        _esm = "export default {};"

        def __init__(self) -> None:
            super().__init__({}, {})

    spectrum, first, other = Spectrum(), view(3), view(4)
    hs.link(spectrum, first)
    assert spectrum.selection is first.selection
    with pytest.raises(ValueError, match="AttentionHeatmap has 3, AttentionHeatmap has 4"):
        hs.link(spectrum, first, other)


def test_selection_can_be_replaced_only_by_a_selection() -> None:
    first = view()
    with pytest.raises(traitlets.TraitError, match="'selection' trait of an AttentionHeatmap"):
        first.selection = "mine"
    with pytest.raises(TypeError, match="expected a headstream Selection, got NoneType"):
        first.selection = None


def test_selection_is_sent_as_a_reference() -> None:
    first = view()
    assert first.get_state("selection") == {"selection": f"anywidget:{first.selection.model_id}"}


def test_unknown_keyword_raises() -> None:
    with pytest.raises(TypeError, match="AttentionHeatmap has no argument 'colour'"):
        view(colour="red")
    with pytest.raises(TypeError, match="has no argument '_esm'"):
        view(_esm="alert(1)")
    with pytest.raises(TypeError, match="AttentionHeatmap has no argument 'traits'"):
        view(traits=1)


@pytest.mark.parametrize(
    ("tokens", "error", "message"),
    [
        (["a", "b"], ValueError, "tokens: expected 3, one a position, got 2"),
        ("abc", TypeError, "tokens: expected a list with one string a position, got a single str"),
        (5, TypeError, "tokens: expected a list with one string a position, got int"),
        (["a", "b", 3], TypeError, "tokens: expected strings, got int at position 2"),
    ],
)
def test_tokens_are_checked(tokens: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        AttentionHeatmap(attention_pattern(1, 1, 3), tokens)


def test_a_lone_surrogate_can_be_sent() -> None:
    sent = AttentionHeatmap(attention_pattern(1, 1, 2), ["\udcf0", "ok"]).tokens
    assert sent == ["?", "ok"]


def test_instances_do_not_outlive_their_use() -> None:
    import gc
    import weakref

    one = view()
    gone = weakref.ref(one)
    one.selection.close()
    one.close()
    del one
    gc.collect()
    assert gone() is None
