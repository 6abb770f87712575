"""Taking a head out."""

import numpy as np
import pytest
import torch

import headstream as hs
from headstream.framework.interventions import without_head


def test_a_head_of_the_last_layer_takes_its_own_bar_with_it_and_nothing_else(shipped):
    """Nobody reads after it, and there is no LayerNorm: what is lost of a logit is what the head wrote to it."""
    run = hs.run(shipped("attn-only-2l"), "Alice was beginning to get very tired")
    layer = run.model.cfg.n_layers - 1
    for head in range(run.model.cfg.n_heads):
        write = run.cache["z", layer][:, head] @ run.model.W_O[layer, head]
        lost = run.logits - without_head(run, layer, head).logits
        assert (lost - write @ run.model.W_U).abs().max() < 1e-5 * run.logits.abs().max()


def test_what_comes_after_is_computed_anew_and_the_model_is_left_as_it_was(shipped):
    run = hs.run(shipped("attn-only-2l"), "Alice was beginning to get very tired")
    changed = without_head(run, 0, 3)
    assert not changed.cache["z", 0][:, 3].any()
    assert torch.equal(changed.cache["z", 0][:, 2], run.cache["z", 0][:, 2])
    assert (changed.cache["pattern", 1] - run.cache["pattern", 1]).abs().max() > 0.01
    assert changed.text == run.text
    assert hs.attribute_logit(changed).error.max() < 1e-4
    assert torch.equal(hs.run(run.model, run.text).logits, run.logits)


def test_another_head_is_another_thing_and_no_head_is_an_error(shipped):
    run = hs.run(shipped("attn-only-1l"), "Alice was beginning")
    heads = range(run.model.cfg.n_heads)
    assert len({float(without_head(run, 0, head).logits[-1].max()) for head in heads}) == len(heads)
    assert torch.equal(without_head(run, -1, -1).logits, without_head(run, 0, heads[-1]).logits)
    for place in ((1, 0), (0, len(heads)), (np.int64(0), -99)):
        with pytest.raises(IndexError):
            without_head(run, *place)
