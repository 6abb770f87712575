"""Parameter decomposition: its targets, losses, masks and attributions against the papers' formulas written out."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from headstream.features.apd import Apd, ApdSettings
from headstream.features.spd import LEAK, Spd, SpdSettings
from headstream.features.targets import ToyTarget, inputs, trained_target, weighed

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
