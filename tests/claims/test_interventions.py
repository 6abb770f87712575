"""The claims on the lens, LayerNorm and interventions can come out the other way than on the page, by mutants.

`test_claims` computes them unchanged, and compares them with the page.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from headstream.claims import ENTRIES, interventions, layernorm, lens
from headstream.claims.given import Places
from headstream.framework import identities

PAGE = Path(__file__).parents[2] / "lessons" / "claims.md"


def stream_of_the_place_before(monkeypatch):
    stream = lens.final_stream
    monkeypatch.setattr(lens, "final_stream", lambda run: stream(run).roll(1, 0))


def nothing_turned(monkeypatch):
    monkeypatch.setattr(lens, "random_rotation", lambda size, seed: torch.eye(size))


def read_elsewhere(monkeypatch):
    ranks = lens._ranks
    monkeypatch.setattr(lens, "_ranks", lambda away=True: ranks(away=True))


def scales_exchanged(monkeypatch):
    lenses = [replace(each, kl=each.kl[::-1]) for each in lens._lenses()]
    monkeypatch.setattr(lens, "_lenses", lambda: lenses)


def rows_by_rank(monkeypatch):
    ranks = lens._ranks
    monkeypatch.setattr(lens, "_ranks", lambda: np.sort(ranks(), axis=0)[::-1])


def weights_forgotten(monkeypatch):
    load = layernorm.load

    def forgetful(name, fold):
        model = load(name, fold=fold)
        with torch.no_grad():
            model.ln_final.weight.fill_(1)
        return model

    monkeypatch.setattr(layernorm, "load", forgetful)


def scale_of_the_place_before(monkeypatch):
    norm = identities.final_norm
    monkeypatch.setattr(identities, "final_norm", lambda run: norm(run)._replace(scale=norm(run).scale.roll(1, 0)))


def scale_left(monkeypatch):
    monkeypatch.setattr(Places, "lost", Places.bars)


def squashed_numbers(monkeypatch):
    """A norm that is no scale."""
    last = layernorm.model(layernorm.NAME).ln_final
    layernorm.places(layernorm.NAME)
    monkeypatch.setattr(type(last), "forward", lambda norm, stream: torch.tanh(stream))


def no_bias(monkeypatch):
    unembedding = layernorm.unembedding
    monkeypatch.setattr(layernorm, "unembedding", lambda model: (unembedding(model)[0], 0 * unembedding(model)[1]))


def total_for_direct(monkeypatch):
    effects = interventions.effects

    def exchanged(*given):
        found = effects(*given)
        return replace(found, direct=found.total, total=found.direct)

    monkeypatch.setattr(interventions, "effects", exchanged)


def zero_for_the_mean(monkeypatch):
    ablate = interventions.ablate
    monkeypatch.setattr(interventions, "ablate", lambda part, by="zero", over=(): ablate(part))


def all_is_direct(monkeypatch):
    bars, direct = interventions._without_each()[1], interventions._direct()
    monkeypatch.setattr(interventions, "_without_each", lambda: (direct, bars))


def nothing_is_lost(monkeypatch):
    changed = interventions._changed
    monkeypatch.setattr(interventions, "_changed", lambda *changes: (0 * changed(*changes)[0], None))


def means_cost_nothing(monkeypatch):
    changed = interventions._changed
    monkeypatch.setattr(
        interventions,
        "_changed",
        lambda change: (np.zeros(1), None) if change.by == "mean" else changed(change),
    )


def others_step_in(monkeypatch):
    """Each later head brings what the head that is gone brought."""
    lost, _ = interventions._without_each()
    bars = interventions._own_bars()
    monkeypatch.setattr(interventions, "_without_each", lambda: (lost, bars + interventions._direct()[:, None]))


def effects_add(monkeypatch):
    heads = interventions._layers()[-1]
    alone = interventions._without_each()[0][heads].sum(0)
    monkeypatch.setattr(interventions, "_changed", lambda *changes: (alone, None))


def another_head_alone(monkeypatch):
    patch_effects = interventions.patch_effects
    monkeypatch.setattr(
        interventions, "patch_effects", lambda *runs, **given: patch_effects(*runs, **{"parts": ["3.0"], **given})
    )


@pytest.mark.parametrize(
    ("id", "mutant"),
    [
        ("LENS-last", stream_of_the_place_before),
        ("LENS-nearer", nothing_turned),
        ("LENS-answer", read_elsewhere),
        ("LENS-first", scales_exchanged),
        ("LENS-back", rows_by_rank),
        ("LN-fold", weights_forgotten),
        ("LN-sum", scale_of_the_place_before),
        ("LN-bar", scale_left),
        ("LN-temperature", squashed_numbers),
        ("LN-lens", no_bias),
        ("IV-direct", total_for_direct),
        ("IV-mean", zero_for_the_mean),
        ("IV-cause", all_is_direct),
        ("IV-layers", nothing_is_lost),
        ("IV-heads", others_step_in),
        ("IV-backup", all_is_direct),
        ("IV-zero", means_cost_nothing),
        ("IV-sum", effects_add),
        ("IV-patch", another_head_alone),
    ],
)
def test_a_verdict_can_come_out_the_other_way(monkeypatch, id, mutant):
    (row,) = (line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"| **{id}** |"))
    mutant(monkeypatch)
    assert ENTRIES[id].compute().holds is not ("| holds |" in row)
