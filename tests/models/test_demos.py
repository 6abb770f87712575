"""Every opening prompt shows its effect on the shipped models."""

from functools import cache

import numpy as np
import pytest
import torch

import headstream as hs
from headstream import demos, models
from headstream.demo_measures import probability
from headstream.framework.effects import effects
from headstream.framework.heads import prefix_matching_scores, previous_token_scores, top_head
from headstream.framework.interventions import ablate, parts, without_head
from headstream.framework.residual import attribute_logit

pytestmark = pytest.mark.slow


@cache
def loaded(name):
    return models.load(name)


@pytest.mark.parametrize("demo", demos.ALL, ids=lambda demo: demo.name)
def test_the_effect_is_there(demo):
    value = demo.measure(*(models.run(loaded(name), demo.text) for name in demo.models))
    print(f"{demo.name}: {value:.3f} (at least {demo.threshold})")
    assert value >= demo.threshold, demo.effect


@cache
def shuffled(name, seed):
    model = models.load(name)
    W_U = model.W_U.clone()
    with torch.no_grad():
        model.W_U.copy_(W_U[:, torch.randperm(W_U.shape[1], generator=torch.manual_seed(seed))])
    assert not torch.equal(model.W_U, W_U)
    return model


@pytest.mark.parametrize("demo", demos.ALL, ids=lambda demo: demo.name)
def test_a_model_whose_outputs_are_shuffled_does_not_show_it(demo):
    """The null: no measure reaches its threshold by chance."""
    runs = [models.run(shuffled(name, seed), demo.text) for seed, name in enumerate(demo.models)]
    assert demo.measure(*runs) < demo.threshold


def test_what_the_tour_says_of_the_name_cut_short():
    """Its readers are sent to the longest bar, to the source of its push, and from a short bar to a large loss."""
    run = models.run(loaded("attn-only-2l"), demos.half_name.text)
    induction = top_head(prefix_matching_scores(run.model))
    previous = top_head(previous_token_scores(run))
    bars = attribute_logit(run, target="ot")
    pushes = zip(bars.components, bars.values[:, -1], strict=True)
    push = {(one.layer, one.head): float(value) for one, value in pushes if one.kind == "head"}

    assert induction == max(push, key=lambda head: abs(push[head]))
    assert push[induction] > 0
    earlier = np.flatnonzero(run.token_ids[:-1] == run.token_ids[-1])[-1]
    assert bars.sources[list(push).index(induction), -1].argmax() == earlier + 1
    assert abs(push[previous]) < push[induction] / 4, "the previous-token head's own bar is short"
    p = probability(run, "ot")
    assert p > 0.5
    for head in (induction, previous):
        assert probability(without_head(run, *head), "ot") < p / 2, "and it is needed"


def test_what_the_lesson_on_interventions_says_of_the_name():
    """Its readers compare the longest bar with the previous-token head's, and see later parts make good for a head."""
    run = models.run(loaded("gelu-4l"), demos.patched_name.text)
    names = parts(run.model)
    earlier = names.index("{}.{}".format(*top_head(previous_token_scores(run))))
    found = effects(run, *map(ablate, names))
    bars = attribute_logit(run)
    values = {one.label: value for one, value in zip(bars.components, bars.values[:, -1], strict=True)}
    longest = max(range(len(names)), key=lambda row: values[names[row]])

    assert run.model.tokenizer.decode([int(run.logits[-1].argmax())]) == demos.patched_name.target
    assert found.total[earlier] < 2 * found.total[longest] < 0, "the shorter bar is needed more"
    assert abs(found.direct[earlier]) < -found.total[earlier] / 10, "and all of it is indirect"
    assert np.median(np.abs(found.total)) < -found.total[longest] / 5, "half of all heads do next to nothing"
    assert (found.indirect[found.direct < 0] > 1).any(), "backup"


def test_demos_are_named_as_they_are_found():
    assert all(getattr(hs.demos, demo.name) is demo for demo in demos.ALL)
    assert len({demo.name for demo in demos.ALL}) == len(demos.ALL)
    assert all(name in models.shipped.PURPOSE for demo in demos.ALL for name in demo.models)


def test_the_page_of_alice_is_a_page():
    run = models.run(loaded("attn-only-0l"), demos.ladder.text)
    assert 250 <= len(run.tokens) <= 350
    assert not np.any(run.token_ids[1:] == 0)


def test_another_prompt_or_model_is_told_in_a_sentence():
    demo, model = demos.skip_trigram, loaded("attn-only-1l")
    demo.expect(models.run(model, demo.text))
    for other in (models.run(model, "Another text"), models.run(loaded("attn-only-2l"), demo.text)):
        with pytest.raises(demos.NotTheDemo, match=r"^This cell is about the shipped prompt .* Your turn") as raised:
            demo.expect(other)
        assert raised.value._render_traceback_() == [str(raised.value)]
