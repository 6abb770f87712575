"""Parameter decomposition: scores, what a training must and must not do, and what was recorded."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from headstream.features import parameters
from headstream.features.components import canonical
from headstream.features.parameter_scores import chance, faithfulness, ml2r, mmcs, on_inputs, recovery, removal_effects
from headstream.features.parameters import decompose, record, recorded_decomposition, recorded_scores
from headstream.features.spd import Spd, SpdSettings
from headstream.features.targets import ToyTarget
from headstream.results.superposition import dimensionality
from tests.views.parameter_decompositions import random_decomposition

SMALL = SpdSettings(components=6, gate=3, steps=5, batch=64)


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def spd(identity=False, settings=SMALL, count=2):
    return Spd([ToyTarget(identity=identity, seed=seed) for seed in range(count)], settings, seed=1)


def test_a_right_decomposition_has_perfect_scores_and_random_ones_have_not():
    w = np.random.default_rng(0).normal(size=(5, 2))
    parts = np.eye(5)[:, :, None] * w
    assert (mmcs(w, parts), ml2r(w, parts)) == (pytest.approx(1), pytest.approx(1))
    assert (mmcs(w, -parts), ml2r(w, 0.5 * parts)) == (pytest.approx(0), pytest.approx(0.5))
    halves = np.concatenate([parts / 2, parts / 2])
    assert (mmcs(w, halves), ml2r(w, halves)) == (pytest.approx(1), pytest.approx(0.5))
    few, many = (chance(w, count, draws=50) for count in (5, 40))
    assert few[0].mean() < many[0].mean()
    assert abs(many[1].mean() - 1) > 0.1


def test_components_keep_their_product_and_get_a_length_and_a_sign():
    reads, writes = torch.randn(4, 2, 5), torch.randn(4, 2, 3)
    v, u = canonical(reads, writes)
    before = torch.einsum("cri,cro->cio", reads, writes).numpy()
    np.testing.assert_allclose(np.einsum("cri,cro->cio", v, u), before, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(v, axis=2), 1, atol=1e-5)
    assert (np.take_along_axis(v, np.abs(v).argmax(2)[..., None], 2) > 0).all()
    sizes = np.linalg.norm(u, axis=2)
    assert (sizes[:, 0] >= sizes[:, 1]).all()


def test_a_decompositions_output_is_its_targets():
    target = ToyTarget(identity=True, seed=1).requires_grad_(False)
    found = decompose(target, steps=2, components=4, quiet=True)
    x = np.random.default_rng(0).random((7, 5), np.float32)
    np.testing.assert_allclose(found.output(x), target(torch.from_numpy(x)).numpy(), atol=1e-6)
    assert found.output(x, np.zeros((3, 4))).max() == 0
    assert "with an identity by SPD" in repr(found)


def test_what_is_taken_away_is_missed_where_it_matters():
    found = random_decomposition(spare=2)
    effects = removal_effects(found)
    assert effects.shape == (2, 7, 5)
    assert effects[:, 5:].max() < 0.1
    x = found.inputs[:1]
    on = np.ones((2, 7))
    on[1, 3] = 0
    by_hand = np.linalg.norm(found.output(x, on) - found.output(x, np.ones((2, 7)))) / np.linalg.norm(found.output(x))
    assert effects[1, 3, 0] == pytest.approx(by_hand, abs=1e-5)
    spanning = removal_effects(random_decomposition(method="APD", spare=0))
    np.testing.assert_array_equal(spanning[0], spanning[1])
    shown = on_inputs(found, [[1, 1, 0, 0, 0]], ["a and b"])
    assert shown.importance.shape == (2, 7, 1)
    assert shown.input_names == ("a and b",)


def test_a_training_lowers_its_loss_and_is_the_same_again():
    target = ToyTarget(seed=0).requires_grad_(False)
    shown = []
    for method in ("SPD", "APD"):
        first, second = (decompose(target, method, steps=40, quiet=True, show=shown.append, every=20) for _ in range(2))
        for name in first.matrices:
            np.testing.assert_array_equal(first.parts(name), second.parts(name))
        begun = decompose(target, method, steps=1, quiet=True)
        assert faithfulness(first) < faithfulness(begun)
    assert len(shown) == 2 * 2 * 4  # the first step, the twentieth, the last, and what is returned
    assert {one.method for one in shown} == {"SPD", "APD"}


def test_too_slow_a_machine_gets_what_was_recorded():
    target, shown, other = ToyTarget(seed=0).requires_grad_(False), [], random_decomposition()
    assert decompose(target, seconds=0, otherwise=other, show=shown.append, quiet=True) is other
    assert shown[-1] is other
    assert decompose(target, steps=3, otherwise=other, quiet=True) is not other
    assert decompose(target, seconds=0, quiet=True).components == 14  # what there is


def test_targets_are_trained_side_by_side_as_alone():
    # One seed draws the components of both, so only the second's can differ: the first target's training is its own.
    both, again = (spd(settings=replace(SMALL, steps=3)) for _ in range(2))
    other = Spd([ToyTarget(seed=0), ToyTarget(seed=5)], replace(SMALL, steps=3), seed=1)
    for module in (both, again, other):
        parameters._train(module, True, 10, None)
    torch.testing.assert_close(both.V[0], again.V[0], rtol=0, atol=0)
    torch.testing.assert_close(both.V[0][0], other.V[0][0])
    assert not torch.allclose(both.V[0][1], other.V[0][1])


def test_a_training_that_diverges_is_told_and_records_nothing(tmp_path, monkeypatch):
    target = ToyTarget(seed=0).requires_grad_(False)
    with torch.no_grad():
        target.W[0, 0] = torch.nan
    with pytest.raises(FloatingPointError, match="SPD: the loss of step 0 is nan: try a lower learning rate"):
        decompose(target, steps=3, quiet=True)
    monkeypatch.setattr(parameters, "trained_target", lambda **_: target)
    with pytest.raises(FloatingPointError):
        record("APD", False, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_recorded_is_read_again_and_damage_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(
        parameters, "trained_target", lambda *, identity, seed, quiet: ToyTarget(identity=identity, seed=seed)
    )
    found = record("SPD", True, tmp_path, replace(SMALL, steps=2))
    again = recorded_decomposition("SPD", identity=True, seed=3, folder=tmp_path)
    for name in again.matrices:
        np.testing.assert_array_equal(found[3].parts(name), again.parts(name))
    np.testing.assert_array_equal(found[3].importance, again.importance)
    file = tmp_path / "spd-5-2-identity.safetensors"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with pytest.raises(OSError, match=r"spd-5-2-identity.safetensors is damaged"):
        recorded_decomposition("SPD", identity=True, folder=tmp_path)


def test_a_start_that_is_stuck_is_taken_again_by_its_loss_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(
        parameters, "trained_target", lambda *, identity, seed, quiet: ToyTarget(identity=identity, seed=seed)
    )
    called = []
    right = [random_decomposition(seed=seed) for seed in range(5)]

    def started(targets, settings, seed, file):
        called.append((len(targets), seed))
        losses = {0: [1.0, 1.02, 2.0, 1.06, 1.0], 1: [1.5, 1.2], 2: [1.6, 1.01]}[seed]
        return [random_decomposition(seed=10 * seed + at) if seed else right[at] for at in range(len(targets))], losses

    monkeypatch.setattr(parameters, "_started", started)
    found = record("SPD", False, tmp_path, SMALL)
    assert called == [(5, 0), (2, 1), (2, 2)]  # seeds 2 and 3, twice
    same = [np.array_equal(one.parts("W"), other.parts("W")) for one, other in zip(found, right, strict=True)]
    assert same == [True, True, False, False, True]
    np.testing.assert_array_equal(found[2].parts("W"), random_decomposition(seed=10).parts("W"))  # 1.5, not 1.6
    np.testing.assert_array_equal(found[3].parts("W"), random_decomposition(seed=21).parts("W"))  # 1.01
    told = json.loads((tmp_path / "spd-5-2.json").read_text())
    assert [score["starts"] for score in told["scores"]] == [1, 1, 3, 3, 1]
    called.clear()
    record("APD", False, tmp_path)
    assert called == [(5, 0)]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: decompose(5), TypeError, r"target: expected a ToyTarget \(pass hs.trained_target\(\)\), got int"),
        (lambda: decompose(ToyTarget(), "PCA"), ValueError, "method: expected 'SPD' or 'APD', got 'PCA'"),
        (
            lambda: decompose(ToyTarget(), otherwise=5),
            TypeError,
            "otherwise: expected a ParameterDecomposition or None, got int",
        ),
        (lambda: decompose(ToyTarget(), steps=0), ValueError, "steps: expected 1 or more, got 0"),
        (lambda: ToyTarget(hidden=0), ValueError, "hidden: expected 1 or more, got 0"),
        (lambda: recorded_decomposition(seed=5), ValueError, "seed: expected 0 to 4, got 5"),
        (lambda: mmcs([1, 2], [[[1, 2]]]), ValueError, r"weights: expected \[vector, d\], got \[2\]"),
        (
            lambda: ml2r([[1, 2]], [[[1, 2, 3]]]),
            ValueError,
            r"parts: expected \[component, vector, d\] = \[component, 1, 2\]",
        ),
        (lambda: mmcs([[1, np.nan]], [[[1, 2]]]), ValueError, "weights: expected finite numbers, got nan"),
        (
            lambda: Spd([ToyTarget(), ToyTarget(4)]),
            ValueError,
            "targets: expected at least one, all of one shape, got 2",
        ),
        (lambda: random_decomposition().output([[1, 2]]), ValueError, r"x: expected \[input, d_in\] = \[input, 5\]"),
        (lambda: random_decomposition().parts("X"), ValueError, "matrix: expected 'W' or 'Wᵀ', got 'X'"),
    ],
)
def test_what_is_wrong_is_told(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_wrong_shapes_of_a_decomposition_are_told():
    right = random_decomposition()
    for change, message in (
        ({"weights": right.weights[:1]}, "weights: expected 2, one a matrix, got 1"),
        ({"reads": (right.reads[0][:, :, :4], right.reads[1])}, "reads of W: expected"),
        ({"writes": (right.writes[0], right.writes[1][:3])}, "writes of Wᵀ: expected"),
        ({"axes": right.axes[:2]}, "axes: expected 3 tuples of labels, got 2"),
        ({"importance": right.importance[:, :, :2]}, "importance: expected"),
        ({"bias": np.full(5, np.nan, np.float32)}, "bias: expected finite numbers"),
        ({"method": "PCA"}, "method: expected 'SPD' or 'APD'"),
    ):
        with pytest.raises(ValueError, match=f"ParameterDecomposition.{message}"):
            replace(right, **change)


def test_the_recorded_seeds_reach_what_is_claimed():
    scores = np.array([recovery(recorded_decomposition(seed=seed)) for seed in range(5)])
    assert (scores[:, 0] > 0.99).all()
    assert ((scores[:, 1] > 0.95) & (scores[:, 1] < 1.05)).all()
    for seed in range(5):
        found = recorded_decomposition(seed=seed)
        np.testing.assert_allclose(dimensionality(found.weights[0]), 0.4, atol=0.03)
        assert len(found.found("W")) == 5
    text = recorded_scores().text
    assert "SPD, 5-2" in text
    assert "0.893 ± 0.004" in text
