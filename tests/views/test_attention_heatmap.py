"""AttentionHeatmap in Python: what it accepts, what it sends, what it says when an argument is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from headstream.results import Attention
from headstream.views.attention_heatmap import AttentionHeatmap
from headstream.views.shared.arrays import pack_causal
from tests.views.arrays import attention_pattern
from tests.views.compositions import random_roles


def sent_pattern(view: AttentionHeatmap) -> np.ndarray:
    """The pattern as the page will read it: [layer, head, query, key]."""
    values = (view.pattern / 255.0) ** 2 if view.pattern.dtype == np.uint8 else view.pattern.astype(np.float32)
    length = len(view.tokens)
    if not view.packed:
        return values.reshape(*values.shape[:2], length, length)
    square = np.zeros((*values.shape[:2], length, length))
    rows, columns = np.tril_indices(length)
    square[..., rows, columns] = values
    return square


@pytest.mark.parametrize("drop", [0, 1, 2])
def test_takes_two_three_or_four_axes(drop: int) -> None:
    full = attention_pattern(2, 3, 5)
    pattern = full[(0,) * drop]
    view = AttentionHeatmap(pattern)
    assert view.tokens == list("01234")
    expected = pattern.reshape((1,) * drop + pattern.shape)
    np.testing.assert_allclose(sent_pattern(view), expected, atol=0.004)


def test_takes_a_result_with_its_tokens_and_norms() -> None:
    norms = np.random.default_rng(0).random((2, 3, 4)).astype(np.float32)
    attention = Attention(attention_pattern(2, 3, 4), norms, ("a", "b", "c", "d"))
    view = AttentionHeatmap(attention, weighting="value", layer=-1, head=2, position=-1)
    assert view.tokens == ["a", "b", "c", "d"]
    np.testing.assert_array_equal(view.value_norm, norms)
    assert (view.selection.layer, view.selection.head, view.selection.position) == (1, 2, 3)


def test_heads_have_the_roles_of_their_model() -> None:
    roles = random_roles(2, 3)
    view = AttentionHeatmap(attention_pattern(2, 3, 5), roles=roles)
    assert view.roles == [roles.role(layer, head) for layer in range(2) for head in range(3)]
    assert any(view.roles)
    assert AttentionHeatmap(attention_pattern(2, 3, 5)).roles == []
    view.show(attention_pattern(1, 2, 5))
    assert view.roles == []
    with pytest.raises(ValueError, match=r"roles: expected those of the same model, got 2 × 3 heads without 0\.3"):
        AttentionHeatmap(attention_pattern(1, 4, 5), roles=roles)
    with pytest.raises(TypeError, match=r"roles: expected Roles \(pass hs.roles\(model\)\), got dict"):
        AttentionHeatmap(attention_pattern(1, 4, 5), roles={})


def test_float16_sends_the_numbers_themselves() -> None:
    pattern = attention_pattern(1, 2, 6)
    np.testing.assert_allclose(sent_pattern(AttentionHeatmap(pattern, precision="float16")), pattern, atol=5e-4)


def test_a_pattern_that_looks_ahead_is_sent_whole() -> None:
    view = AttentionHeatmap(np.full((4, 4), 0.25))
    assert not view.packed
    assert view.pattern.shape == (1, 1, 16)
    np.testing.assert_allclose(sent_pattern(view), 0.25, atol=0.004)


def test_twelve_heads_of_512_tokens_take_less_than_1_7_megabytes() -> None:
    view = AttentionHeatmap(attention_pattern(1, 12, 512))
    assert view.packed
    assert view.pattern.nbytes == pack_causal(np.zeros((12, 512, 512), np.uint8)).nbytes < 1.7e6


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        (np.ones(3), r"expected \[layer, head, query, key\].* got shape \[3\]"),
        (np.ones((2, 3)), r"as many queries as keys, got shape \[2, 3\]"),
        (np.ones((1, 1, 1, 1, 1)), "expected"),
        (np.zeros((0, 2, 3, 3)), "attention: expected at least one layer, got none"),
        (np.zeros((0, 3, 3)), "attention: expected at least one head, got none"),
        (np.zeros((2, 0, 0)), "attention: expected at least one position, got none"),
        ([[1.5, -0.5], [0, 1]], "expected probabilities, got the negative weight -0.5"),
        ([[1, 0], [0.5, 0.2]], "every row to sum to 1 .* got 0.7 at layer 0, head 0, query 1"),
        ([[0.97]], "got 0.97 at layer 0, head 0, query 0"),
        ([[1, 0], [0.5, 0.53]], "got 1.03 at layer 0, head 0, query 1"),
        ([[1, 0], [np.nan, 1]], "attention: expected finite numbers"),
    ],
)
def test_wrong_patterns(pattern: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        AttentionHeatmap(pattern)


@pytest.mark.parametrize("total", [0.99, 1.01])
def test_rows_may_sum_to_1_as_nearly_as_bfloat16_does(total: float) -> None:
    assert AttentionHeatmap([[total]]).tokens == ["0"]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"layer": 2}, IndexError, "layer: expected -2 to 1, got 2"),
        ({"head": -4}, IndexError, "head: expected -3 to 2, got -4"),
        ({"position": 1.5}, TypeError, "position: expected a whole number, got 1.5"),
        ({"layer": True}, TypeError, "layer: expected a whole number, got True"),
        ({"packed": True}, TypeError, "AttentionHeatmap has no argument 'packed'"),
        ({"weighting": "norm"}, ValueError, "weighting: expected 'raw' or 'value', got 'norm'"),
        ({"weighting": "value"}, ValueError, "weighting: 'value' needs value_norm"),
        ({"precision": "int8"}, ValueError, "precision: expected 'uint8' or 'float16', got 'int8'"),
        (
            {"value_norm": np.ones((3, 4))},
            ValueError,
            r"value_norm: expected \[layer, head, key\] = \[2, 3, 4\], got \[3, 4\]",
        ),
        ({"value_norm": np.ones((2, 3, 5))}, ValueError, "value_norm: expected"),
        ({"value_norm": -np.ones((2, 3, 4))}, ValueError, "expected norms, got the negative number -1"),
    ],
)
def test_wrong_arguments(arguments: dict[str, object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        AttentionHeatmap(attention_pattern(2, 3, 4), **arguments)


def test_weighting_can_be_set_later_only_to_what_exists() -> None:
    view = AttentionHeatmap(attention_pattern(1, 1, 2), value_norm=np.ones((1, 1, 2)))
    view.weighting = "value"
    with pytest.raises(ValueError, match="weighting: expected 'raw' or 'value', got 'loud'"):
        view.weighting = "loud"
    bare = AttentionHeatmap(attention_pattern(1, 1, 2))
    with pytest.raises(ValueError, match="weighting: 'value' needs value_norm, and none was given"):
        bare.weighting = "value"


def attention(length: int, seed: int = 0) -> Attention:
    tokens = tuple(f"t{position}" for position in range(length))
    ids = np.arange(length, dtype=np.int32)
    return Attention(attention_pattern(2, 3, length, seed), np.ones((2, 3, length), np.float32), tokens, ids)


def test_a_result_brings_its_token_ids() -> None:
    np.testing.assert_array_equal(AttentionHeatmap(attention(4)).token_ids, [0, 1, 2, 3])
    assert AttentionHeatmap(attention_pattern(1, 1, 4)).token_ids is None


def test_show_replaces_the_numbers_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    view = AttentionHeatmap(attention(4), weighting="value", layer=1, position=3)
    messages: list[set[str]] = []
    monkeypatch.setattr(view, "send_state", lambda key=None: messages.append(set(key)))
    view.show(attention(4, seed=1))
    assert len(messages) == 1
    assert "pattern" in messages[0]
    assert "tokens" not in messages[0]
    np.testing.assert_allclose(sent_pattern(view), attention_pattern(2, 3, 4, seed=1), atol=0.004)
    assert (view.weighting, view.selection.layer, view.selection.position) == ("value", 1, 3)


def test_show_takes_a_weighting_back_that_has_lost_its_norms() -> None:
    view = AttentionHeatmap(attention(4), weighting="value")
    view.show(np.full((5, 5), 0.2), precision="float16")
    assert (view.weighting, view.value_norm, view.packed) == ("raw", None, False)
    assert view.tokens == list("01234")
    assert view.pattern.dtype == np.float16


def test_what_cannot_be_shown_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    view = AttentionHeatmap(attention(4), weighting="value")
    before = view.get_state()
    monkeypatch.setattr(view, "send_state", lambda key=None: pytest.fail("a message was sent"))
    with pytest.raises(ValueError, match="every row to sum to 1"):
        view.show(np.ones((3, 3)))
    with pytest.raises(ValueError, match="tokens: expected 4, one a position, got 1"):
        view.show(attention(4, seed=1), ["a"])
    with pytest.raises(ValueError, match="value_norm: expected"):
        view.show(attention(4, seed=1), value_norm=np.ones(3))
    after = view.get_state()
    assert after == before
