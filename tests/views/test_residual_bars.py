"""ResidualBars in Python: what it accepts, what it sends, what it says when an argument is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from headstream.results import Component
from headstream.views.residual_bars import ResidualBars
from headstream.views.shared.traits import from_wire
from tests.views.arrays import decomposition
from tests.views.compositions import random_roles


def sent_sources(view: ResidualBars) -> np.ndarray:
    """The sources as the page will read them: [head, query, key]."""
    length = len(view.tokens)
    square = np.zeros((len(view.sources), length, length), np.float32)
    rows, columns = np.tril_indices(length)
    square[:, rows, columns] = view.sources
    return square


def test_sends_what_a_decomposition_holds() -> None:
    result = decomposition(layers=2, heads=3, length=5)
    view = ResidualBars(result)
    np.testing.assert_array_equal(view.values, result.values)
    np.testing.assert_array_equal(view.total, result.total)
    assert view.sources.dtype == np.float16
    np.testing.assert_allclose(sent_sources(view), result.sources, rtol=2**-11, atol=1e-7)
    assert view.components[1] == {"label": "0.0", "kind": "head", "layer": 0, "head": 0}
    assert [component["label"] for component in view.components][-2:] == ["1.mlp", "bias"]
    assert (view.quantity, view.additive, view.tokens) == (result.quantity, True, list(result.tokens))
    assert (view.default_position, view.selection.position) == (result.position, None)


def test_heads_have_the_roles_of_their_model() -> None:
    result, roles = decomposition(), random_roles(2, 3)
    heads = [(c.layer, c.head) for c in result.components if c.kind == "head"]
    labels = [component["label"] for component in ResidualBars(result, roles=roles).components]
    expected = [roles.label(*head) for head in heads]
    assert [label for label, c in zip(labels, result.components, strict=True) if c.kind == "head"] == expected
    assert any(" " in label for label in expected)
    assert [c["label"] for c in ResidualBars(result).components] == [c.label for c in result.components]


def test_bytes_on_the_wire_are_the_numbers() -> None:
    result = decomposition(length=4)
    state = ResidualBars(result).get_state()
    for name, dtype, expected in [("values", "float32", result.values), ("total", "float32", result.total)]:
        assert (state[name]["dtype"], state[name]["shape"]) == (dtype, list(expected.shape))
        np.testing.assert_array_equal(from_wire(state[name], None), expected)
    assert (state["sources"]["dtype"], state["sources"]["shape"]) == ("float16", [len(result.sources), 10])


def test_what_is_shown_first() -> None:
    view = ResidualBars(decomposition(length=6), position=-3, layer=-1, head=0)
    assert (view.selection.position, view.selection.layer, view.selection.head) == (3, 1, 0)
    assert view.default_position == 3


@pytest.mark.parametrize(("layers", "grouped"), [(2, False), (12, True)])
def test_many_components_are_grouped(layers: int, grouped: bool) -> None:
    result = decomposition(layers=layers, heads=8)
    assert ResidualBars(result).grouped is grouped
    assert ResidualBars(result, grouped=not grouped).grouped is not grouped


@pytest.mark.parametrize("scale", [1e-5, 1e4])
def test_sources_out_of_the_range_of_float16_are_sent_as_float32(scale: float) -> None:
    result = decomposition()
    result = replace(result, sources=result.sources * np.float32(scale))
    view = ResidualBars(result)
    assert view.sources.dtype == np.float32
    np.testing.assert_array_equal(sent_sources(view), result.sources)


def test_sources_above_four_megabytes_stay_behind() -> None:
    size = 200
    heads = 144
    result = decomposition(layers=12, heads=12, length=size)
    view = ResidualBars(result)
    assert heads * size * (size + 1) > 4e6
    assert view.sources is None
    assert view.sources_note == (
        "What each of 144 heads brings from each of 200 tokens would take 5.8 MB, "
        "more than the 4 MB that are sent: a shorter text shows it."
    )
    assert ResidualBars(replace(result, sources=None)).sources_note == view.sources_note  # nor were they made
    assert (
        sum(len(value["data"]) for value in view.get_state().values() if isinstance(value, dict) and "data" in value)
        < 2e5
    )


def test_a_result_without_sources_or_heads() -> None:
    result = decomposition()
    view = ResidualBars(replace(result, sources=None))
    assert (view.sources, view.sources_note) == (None, "")
    bare = replace(
        result,
        values=result.values[[0]],
        components=(Component("embed"),),
        sources=np.zeros((0, *result.sources.shape[1:]), np.float32),
    )
    assert ResidualBars(bare).sources is None


def test_opened_layers_are_layers() -> None:
    view = ResidualBars(decomposition(layers=2), opened=[-1])
    assert view.opened == [1]
    with pytest.raises(IndexError, match="opened: expected -2 to 1, got 2"):
        view.opened = [0, 2]
    assert view.opened == [1]


def test_show_replaces_what_is_drawn_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    view = ResidualBars(decomposition(layers=3, length=6), position=2, opened=[0, 2], cumulative=True, order="size")
    messages: list[set[str]] = []
    monkeypatch.setattr(view, "send_state", lambda key=None: messages.append(set(key)))
    other = replace(decomposition(layers=2, length=4, seed=1), additive=False, token_ids=np.arange(4))
    view.show(other)
    assert len(messages) == 1
    assert messages[0] >= {"values", "total", "sources", "components", "tokens", "token_ids", "opened", "cumulative"}
    np.testing.assert_array_equal(view.values, other.values)
    assert (view.opened, view.cumulative, view.order) == ([0], False, "size")
    assert (view.default_position, view.selection.position) == (3, 2)


@pytest.mark.parametrize("wrong", [{"values": [[1.0, np.nan]]}, {"values": [1.0], "quantity": 5}, {"values": None}])
def test_wrong_data_leave_everything_as_it_was(wrong: dict[str, Any]) -> None:
    view = ResidualBars(decomposition(), opened=[1])
    before = view.get_state()
    with pytest.raises((TypeError, ValueError)):
        view.show(**wrong)
    assert view.get_state() == before


def test_the_callers_array_may_change_afterwards() -> None:
    values, total = np.ones((2, 3), np.float32), np.ones(3, np.float32)
    view = ResidualBars(values, total=total)
    values[:] = total[:] = 7
    assert (view.values == 1).all()
    assert (view.total == 1).all()


def test_lengths_are_not_added() -> None:
    result = replace(decomposition(), additive=False, total_name="‖r‖, the whole stream")
    view = ResidualBars(result)
    assert (view.additive, view.total_name) == (False, "‖r‖, the whole stream")
    with pytest.raises(ValueError, match="cumulative: these values do not add up"):
        view.cumulative = True
    with pytest.raises(ValueError, match="cumulative: these values do not add up"):
        ResidualBars(result, cumulative=True)


@pytest.mark.parametrize("kind", [np.asarray, np.ndarray.tolist, torch.tensor])
def test_takes_plain_arrays(kind: Any) -> None:
    values = np.arange(6.0).reshape(2, 3)
    view = ResidualBars(kind(values), ["here", Component("mlp", 4)], ["a", "b", "c"], total=kind(values.sum(0)))
    np.testing.assert_array_equal(view.values, values)
    np.testing.assert_array_equal(view.total, [3, 5, 7])
    assert view.components == [
        {"label": "here", "kind": "other", "layer": None, "head": None},
        {"label": "4.mlp", "kind": "mlp", "layer": 4, "head": None},
    ]
    assert (view.default_position, view.quantity, view.additive) == (2, "total", True)


def test_a_neuron_has_a_name_and_no_place_that_others_share() -> None:
    view = ResidualBars([1.0, 2.0], [Component("neuron", 3, neuron=17), Component("neurons", 3)])
    assert view.components == [
        {"label": "3.mlp.17", "kind": "neuron", "layer": None, "head": None},
        {"label": "other neurons", "kind": "neurons", "layer": None, "head": None},
    ]


def test_one_number_a_component_without_names() -> None:
    view = ResidualBars([3, -2, 0.5])
    assert view.values.shape == (3, 1)
    assert [component["label"] for component in view.components] == ["0", "1", "2"]
    assert (view.tokens, view.total, view.default_position) == (["0"], None, 0)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("1.6", ("1.6", "head", 1, 6)),
        ("L11H3", ("11.3", "head", 11, 3)),
        ("2.mlp", ("2.mlp", "mlp", 2, None)),
        ("2_mlp_out", ("2.mlp", "mlp", 2, None)),
        ("embed", ("embed", "other", None, None)),
        ("1.6 again", ("1.6 again", "other", None, None)),
        ("<b>\udc80", ("<b>?", "other", None, None)),
    ],
)
def test_labels_that_name_a_place_in_the_model(label: str, expected: tuple[Any, ...]) -> None:
    assert tuple(ResidualBars([1.0], [label]).components[0].values()) == expected


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"values": []}, ValueError, r"values: expected \[component, position\] or \[component\].* got shape \[0, 1\]"),
        ({"values": np.ones((1, 2, 3))}, ValueError, r"values: expected .* got shape \[1, 2, 3\]"),
        ({"values": [[1.0, np.nan]]}, ValueError, r"values: expected finite numbers, got nan at index \[0, 1\]"),
        ({"values": "bars"}, ValueError, "values: expected a Decomposition .* or an array of numbers, got str"),
        ({"labels": ["a"]}, ValueError, "labels: expected 2, one a component, got 1"),
        ({"labels": "ab"}, TypeError, "labels: expected a list of strings or Components"),
        ({"labels": 5}, TypeError, "labels: expected a list of strings or Components, one a component, got int"),
        ({"labels": ["a", 1]}, TypeError, "labels: expected a list of strings or Components, .* got 1 in it"),
        ({"tokens": ["a"]}, ValueError, "tokens: expected 3, one a position, got 1"),
        ({"total": [1, 2]}, ValueError, "total: expected 3, one a position, got 2"),
        ({"total": [1, 2, np.inf]}, ValueError, "total: expected finite numbers, got inf"),
        ({"position": 3}, IndexError, "position: expected -3 to 2, got 3"),
        ({"position": "last"}, TypeError, "position: expected a whole number, got 'last'"),
        ({"labels": ["0.0", "0.1"], "layer": 1}, IndexError, "layer: expected -1 to 0, got 1"),
        ({"labels": ["0.0", "0.1"], "head": 2}, IndexError, "head: expected -2 to 1, got 2"),
        ({"layer": 0}, IndexError, "layer: there is none to choose from, got 0"),
        ({"components": []}, TypeError, "ResidualBars has no argument 'components'"),
        ({"default_position": 0}, TypeError, "ResidualBars has no argument 'default_position'"),
        ({"labels": ["0.0", "1.0"], "opened": [7]}, IndexError, "opened: expected -2 to 1, got 7"),
        ({"opened": 5}, TypeError, "opened: expected a list of layers, got int"),
        ({"sorted": True}, TypeError, "ResidualBars has no argument 'sorted'"),
        ({"order": "name"}, ValueError, "order: expected 'stream' or 'size', got 'name'"),
        ({"grouped": 1}, TypeError, "grouped: expected True or False, got 1"),
        ({"quantity": 5}, TypeError, "quantity: expected a string, got int"),
        ({"additive": "no"}, TypeError, "additive: expected True or False, got str"),
    ],
)
def test_wrong_arguments(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ResidualBars(**{"values": np.ones((2, 3)), **arguments})


@pytest.mark.parametrize(
    "argument", [{"labels": ["a"]}, {"tokens": ["a"]}, {"total": [1.0]}, {"quantity": "x"}, {"additive": False}]
)
def test_a_decomposition_brings_its_own(argument: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=f"{next(iter(argument))}: a Decomposition brings its own"):
        ResidualBars(decomposition(), **argument)
