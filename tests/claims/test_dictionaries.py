"""The claims of dictionaries can come out the other way."""

from dataclasses import replace

import numpy as np
import pytest

from headstream.claims import ENTRIES, dictionaries


def shuffled_dictionary(monkeypatch):
    scores = dictionaries._scores
    monkeypatch.setattr(dictionaries, "_scores", lambda name, shuffled=True: scores(name, True))


def other_densities(monkeypatch):
    """Every second feature dead where none was, or all alive."""
    summary = dictionaries._summary(dictionaries.SAE)
    density = np.full_like(summary.density, 0.1)
    if not dictionaries.dead().holds:
        density[::2] = 0
    monkeypatch.setattr(dictionaries, "_summary", lambda name: replace(summary, density=density))


@pytest.mark.parametrize(("id", "mutant"), [("TM-recovered", shuffled_dictionary), ("TM-dead", other_densities)])
def test_a_verdict_can_come_out_the_other_way(found, monkeypatch, id, mutant):
    before = found(id).holds
    mutant(monkeypatch)
    assert ENTRIES[id].compute().holds is not before


def test_a_planted_feature_is_found_by_training_with_few_at_a_time():
    trained, before = dictionaries.planted(0)
    assert trained > 0.7 > 0.1 > before
    assert dictionaries.planted(0, k=12)[0] < 0.3
