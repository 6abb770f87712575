"""Parameter decomposition: its formulas against sums written out, and what a training must and must not do."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from headstream.features import parameters
from headstream.features.apd import Apd, ApdSettings
from headstream.features.components import canonical
from headstream.features.parameter_scores import chance, faithfulness, ml2r, mmcs, on_inputs, recovery, removal_effects
from headstream.features.parameters import decompose, record, recorded_decomposition, recorded_scores
from headstream.features.spd import LEAK, Spd, SpdSettings
from headstream.features.targets import ToyTarget, inputs, shared_dimension, trained_target, weighed
from tests.views.parameter_decompositions import random_decomposition

SMALL = SpdSettings(components=6, gate=3, steps=5, batch=64)


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def x():
    return inputs(np.random.default_rng(3), 200, 5, 0.3)


def spd(identity=False, settings=SMALL, count=2):
    return Spd([ToyTarget(identity=identity, seed=seed) for seed in range(count)], settings, seed=1)


def apd(identity=False, **settings):
    return Apd(
        [ToyTarget(identity=identity, seed=s) for s in range(2)], replace(ApdSettings(steps=5, batch=64), **settings)
    )


def test_a_target_is_the_papers_formula_with_rows_for_columns(x):
    target = ToyTarget(seed=2)
    W, b = target.W.detach().T, target.b.detach()  # as in the paper, [m, n]
    expected = torch.stack([(W.T @ W @ one + b).relu() for one in x])
    torch.testing.assert_close(target(x).detach(), expected)
    torch.testing.assert_close(ToyTarget(identity=True, seed=2)(x), target(x))
    assert list(ToyTarget(identity=True).matrices) == ["W", "I", "Wᵀ"]


def test_a_trained_target_gives_back_its_inputs_and_is_the_same_again():
    target = trained_target(seed=0, steps=400, quiet=True)
    x = inputs(np.random.default_rng(1), 500, 5)
    assert (target(x) - x).square().mean() < 0.5 * (x.square()).mean()
    assert not target.W.requires_grad
    torch.testing.assert_close(trained_target(seed=0, steps=400, quiet=True).W, target.W, rtol=0, atol=0)


def test_inputs_of_zeros_are_computed_once_and_nothing_is_lost():
    x = inputs(np.random.default_rng(0), 300, 5)
    rows, share = weighed(x)
    assert len(rows) < 120
    assert float(share.sum()) == pytest.approx(1)
    value = torch.rand(5) + 0.1
    both = (x @ value).exp().mean(), (share * (rows @ value).exp()).sum()
    assert float(both[0]) == pytest.approx(float(both[1]), rel=1e-6)


@pytest.mark.parametrize("identity", [False, True])
def test_with_masks_of_one_the_components_are_their_sum(x, identity):
    module = spd(identity)
    masks = torch.ones(2, len(x), 6 * len(module.V))
    sums = [torch.einsum("tci,tco->tio", v, u) for v, u in zip(module.V, module.U, strict=True)]
    through = [lambda a, total=total: a @ total for total in sums]
    torch.testing.assert_close(module.stack.output(x, module.masked(masks)), module.stack.output(x, through))
    squared = [(w - total).square().sum((1, 2)) for w, total in zip(module.stack.matrices, sums, strict=True)]
    count = 24 if identity else 20
    torch.testing.assert_close(module.faithfulness(), sum(squared) / count)


def test_masks_and_gates_are_the_papers(x):
    module = spd(count=1)
    target, c, place = module.stack, 4, 7
    name = dict(enumerate(target.read(x)))[1]  # what the second matrix reads
    h = name[0, place] @ module.V[1][0, c]
    gate = 6 + c  # the second matrix' gates follow the first one's
    hidden = torch.nn.functional.gelu(module.w_in[0, gate] * h + module.b_in[0, gate])
    expected = hidden @ module.w_out[0, gate] + module.b_out[0, gate]
    torch.testing.assert_close(module.gates(x)[0, place, gate], expected)
    torch.testing.assert_close(module.importance(x)[0, 1, c, place], expected.clamp(0, 1))
    masks = torch.rand(1, len(x), 12)
    a = target.read(x)[0]
    by_hand = sum(masks[0, place, k] * (a[0, place] @ module.V[0][0, k]) * module.U[0][0, k] for k in range(6))
    torch.testing.assert_close(module.masked(masks)[0](a)[0, place], by_hand)


def test_the_losses_are_the_papers(x):
    module = spd(count=1)
    rows, share = weighed(x)
    draws = [torch.rand(1, len(rows), 12) for _ in range(2)]
    found = module.losses(rows, share, iter(draws).__next__)
    gates = module.gates(x)
    upper = torch.where(gates > 1, 1 + LEAK * (gates - 1), gates.clamp(min=0))
    torch.testing.assert_close(found["minimality"], upper.sum(2).mean(1))
    lower = module.gates(rows)
    lower = torch.where(lower > 0, lower.clamp(max=1), LEAK * lower)
    want, errors = module.stack.output(rows), []
    one, two = module.masked(lower + (1 - lower) * draws[1])
    whole = module.stack.output(rows, module.masked(lower + (1 - lower) * draws[0]))
    for out in (whole, module.stack.output(rows, [one, None]), module.stack.output(rows, [None, two])):
        errors.append((share * (out - want).square().mean(2)[0]).sum())
    torch.testing.assert_close(found["recon"][0], errors[0])
    torch.testing.assert_close(found["layerwise"][0], (errors[1] + errors[2]) / 2)


def test_an_importance_of_one_leaves_no_chance_to_the_mask(x):
    module = spd()
    with torch.no_grad():
        module.b_out.fill_(5)
        module.w_out.zero_()
    one, two = (
        module.losses(x, torch.full((len(x),), 1 / len(x)), lambda: torch.rand(2, len(x), 12)) for _ in range(2)
    )
    torch.testing.assert_close(one["recon"], two["recon"])
    with torch.no_grad():
        module.b_out.fill_(0.5)
    one, two = (
        module.losses(x, torch.full((len(x),), 1 / len(x)), lambda: torch.rand(2, len(x), 12)) for _ in range(2)
    )
    assert (one["recon"] != two["recon"]).all()


@pytest.mark.parametrize("identity", [False, True])
def test_attributions_are_slopes_along_components(x, identity):
    module, place = apd(identity).requires_grad_(False), 11
    parts, found = module.parts(), module.attributions(x)
    assert all(torch.equal(part, parts[0].transpose(2, 3)) for part in parts[-1:])
    for target in range(2):
        sums = [part[target].sum(0).detach().requires_grad_() for part in parts]

        def output(*matrices, target=target):
            now = x[place]
            for matrix in matrices:
                now = now @ matrix
            return torch.relu(now + module.stack.b[target, 0])

        slopes = torch.autograd.functional.jacobian(output, tuple(sums))
        for c in range(5):
            moved = sum((slope * part[target, c]).sum((1, 2)) for slope, part in zip(slopes, parts, strict=True))
            assert float(found[target, place, c]) == pytest.approx(float(moved.square().mean().sqrt()), abs=1e-6)


def test_batch_top_k_takes_the_largest_of_all_and_no_more(x):
    module = apd()
    used, found = module.chosen(x, 37), module.attributions(x)
    assert used.sum((1, 2)).tolist() == [37, 37]
    assert (found[used == 1].min() >= found[0][used[0] == 0].max()) or (found[1][used[1] == 1].min() >= 0)
    for own, which in zip(found, used, strict=True):
        assert own[which == 1].min() >= own[which == 0].max()


def test_apds_simplicity_is_the_sum_of_singular_values_where_factors_are_singular_vectors(x):
    module = apd(power=1.0)
    with torch.no_grad():
        left, values, right = torch.linalg.svd(module.V[0].transpose(2, 3) @ module.U[0], full_matrices=False)
        module.V[0].copy_((left * values[..., None, :].sqrt()).transpose(2, 3))
        module.U[0].copy_(values.sqrt()[..., None] * right)
    share = torch.full((len(x),), 1 / len(x))
    found = module.losses(x, share, 50)["simplicity"]
    used = module.chosen(x, 50).mean(1)
    torch.testing.assert_close(found, (used * 2 * values.sum(2)).sum(1) / 20, rtol=1e-4, atol=1e-6)


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
    assert decompose(target, seconds=0, quiet=True).components == 10  # what there is


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
        np.testing.assert_allclose(shared_dimension(found.weights[0]), 0.4, atol=0.03)
        assert len(found.found("W")) == 5
    text = recorded_scores().text
    assert "SPD, 5-2" in text
    assert "0.893 ± 0.004" in text
