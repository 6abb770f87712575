"""What all views have in common: arrays on the wire, the selection, linking, arguments."""

from __future__ import annotations

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import headstream as hs
from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.shared.arrays import _from_wire, _to_wire, as_numpy, is_causal, pack_causal, quantised
from tests.views.arrays import attention_pattern


@given(
    hnp.arrays(st.sampled_from([np.uint8, np.uint16, np.int32, np.float16, np.float32]), hnp.array_shapes(min_side=0))
)
def test_wire_round_trip(array: np.ndarray) -> None:
    wire = _to_wire(array, None)
    assert wire["shape"] == list(array.shape)
    assert wire["scale"] == ("sqrt" if array.dtype == np.uint8 else "linear")
    assert len(wire["data"]) == array.nbytes
    np.testing.assert_array_equal(_from_wire(wire, None), array)


def test_wire_of_a_transposed_array_is_contiguous() -> None:
    array = np.arange(6, dtype=np.float32).reshape(2, 3).T
    np.testing.assert_array_equal(_from_wire(_to_wire(array, None), None), array)


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


def test_arrays_from_any_library() -> None:
    torch = pytest.importorskip("torch")
    nested = [[1.0, 0.0], [0.5, 0.5]]
    for values in (
        nested,
        np.array(nested),
        torch.tensor(nested, requires_grad=True),
        torch.tensor(nested, dtype=torch.bfloat16),
    ):
        np.testing.assert_array_equal(as_numpy(values, "x"), np.array(nested, np.float32))


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ([[1, 2], [3]], ValueError, r"x: expected an array of numbers, got list \(.*inhomogeneous"),
        ("abc", ValueError, "x: expected an array of numbers, got str$"),
        (None, TypeError, "x: expected an array of numbers, got None"),
        ({"a": 1}, TypeError, "x: expected an array of numbers, got dict$"),
        ([[0.5, np.nan]], ValueError, r"x: expected finite numbers, got nan at index \[0, 1\]"),
        ([np.inf], ValueError, r"x: expected finite numbers, got inf at index \[0\]"),
    ],
)
def test_as_numpy_says_what_is_wrong(values: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        as_numpy(values, "x")


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
    with pytest.raises(traitlets.TraitError, match="layer"):
        selection.layer = -1


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
