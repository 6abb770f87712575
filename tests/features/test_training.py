"""The shared training loop: it finds a minimum, repeats itself, goes on where it was, and stops where it must."""

import numpy as np
import pytest
import torch
from torch import nn

from headstream.features.training import DECAYS, fit, rate

TARGET = torch.tensor([1.0, -2.0, 3.0])


class Vector(nn.Module):
    def __init__(self, size=3):
        super().__init__()
        self.x = nn.Parameter(torch.zeros(size))


def noisy(vector):
    """A loss that draws its noise by the number of the step."""

    def loss(step):
        noise = torch.from_numpy(np.random.default_rng((0, step)).normal(0, 0.1, 3)).float()
        return (vector.x - TARGET + noise).square().sum()

    return loss


def test_it_finds_the_minimum_and_tells_how():
    vector = Vector()
    done = fit(vector, noisy(vector), 400, lr=0.05, decay="cosine", quiet=True)
    assert torch.allclose(vector.x.detach(), TARGET, atol=0.05)
    assert done.steps[0] == 0
    assert done.steps[-1] == 399
    assert done.losses[-1] < done.losses[0] / 20
    assert "trained for 400 steps" in repr(done)


def test_a_training_goes_on_from_its_checkpoint_and_ends_in_the_same_weights(tmp_path):
    whole, halves, file = Vector(), Vector(), tmp_path / "checkpoint.pt"
    at_once = fit(whole, noisy(whole), 40, warm_up=5, decay="linear", quiet=True)

    def interrupted(step):
        if step == 25:
            raise KeyboardInterrupt
        return noisy(halves)(step)

    stopped = fit(halves, interrupted, 40, warm_up=5, decay="linear", checkpoint=file, checkpoint_every=10, quiet=True)
    assert stopped.stopped
    assert "stopped" in repr(stopped)
    again = Vector()
    rest = fit(again, noisy(again), 40, warm_up=5, decay="linear", checkpoint=file, checkpoint_every=10, quiet=True)
    assert torch.equal(again.x, whole.x)
    np.testing.assert_array_equal(rest.losses, at_once.losses)


def test_what_is_no_checkpoint_and_one_of_another_training_are_told(tmp_path):
    file, vector = tmp_path / "checkpoint.pt", Vector()
    fit(vector, noisy(vector), 2, checkpoint=file, quiet=True)
    other = Vector(5)
    with pytest.raises(ValueError, match="of another training"):
        fit(other, lambda step: other.x.sum(), 2, checkpoint=file, quiet=True)
    file.write_bytes(b"nothing")
    with pytest.raises(OSError, match="no checkpoint that can be read"):
        fit(vector, noisy(vector), 2, checkpoint=file, quiet=True)


def test_a_loss_that_is_not_finite_ends_the_training_before_it_changes_a_weight():
    vector = Vector()
    with pytest.raises(FloatingPointError, match="loss of step 0 is nan: try a lower learning rate"):
        fit(vector, lambda step: (vector.x / 0).sum(), 3, quiet=True)
    assert torch.equal(vector.x, torch.zeros(3))


def test_what_is_done_after_a_step_stays_and_what_is_shown_is_the_loss():
    vector, shown = Vector(), []
    clamp = lambda step: vector.x.data.clamp_(-1, 1)  # noqa: E731
    done = fit(
        vector, noisy(vector), 21, lr=0.5, after=clamp, show=lambda *told: shown.append(told), every=10, quiet=True
    )
    assert vector.x.abs().max() <= 1
    assert [step for step, _ in shown] == [0, 10, 20]
    assert [loss for _, loss in shown] == pytest.approx(done.losses.tolist())


@pytest.mark.parametrize("decay", DECAYS)
def test_the_learning_rate_rises_then_falls(decay):
    rates = [rate(step, 100, 10, decay) for step in range(100)]
    assert rates[:11] == sorted(rates[:11])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert max(rates) == rates[10] == 1
    assert (rates[-1] < 0.02) == (decay != "constant")


def test_wrong_settings_are_told():
    vector = Vector()
    with pytest.raises(ValueError, match="decay: expected 'constant' or 'linear' or 'cosine', got 'slow'"):
        fit(vector, noisy(vector), 3, decay="slow", quiet=True)
    with pytest.raises(ValueError, match="steps: expected 1 or more"):
        fit(vector, noisy(vector), 0, quiet=True)
