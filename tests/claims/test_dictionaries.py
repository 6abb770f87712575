"""The claims of dictionaries can come out the other way."""

from dataclasses import replace

import pytest

from headstream.claims import ENTRIES, dictionaries


def shuffled_dictionary(monkeypatch):
    scores = dictionaries._scores
    monkeypatch.setattr(dictionaries, "_scores", lambda name, shuffled=True: scores(name, True))


def all_die(monkeypatch):
    summary = dictionaries._summary
    # The verdict turns: none is dead where some were, or many where there was none.
    density = 0.0 if not dictionaries.dead().holds else 1.0
    monkeypatch.setattr(
        dictionaries, "_summary", lambda name: replace(summary(name), density=0 * summary(name).density + density)
    )


@pytest.mark.parametrize(("id", "mutant"), [("TM-recovered", shuffled_dictionary), ("TM-dead", all_die)])
def test_a_verdict_can_come_out_the_other_way(monkeypatch, id, mutant):
    before = ENTRIES[id].compute().holds
    mutant(monkeypatch)
    assert ENTRIES[id].compute().holds is not before


def test_a_planted_feature_is_found_by_training_with_few_at_a_time():
    trained, before = dictionaries.planted(0)
    assert trained > 0.7 > 0.1 > before
    assert dictionaries.planted(0, k=12)[0] < 0.3
