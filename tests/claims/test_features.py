"""The claims of bases and transcoders can come out the other way."""

import copy
from dataclasses import replace

import pytest
import torch

from headstream.claims import ENTRIES, bases, transcoders


def nothing_turns(monkeypatch):
    monkeypatch.setattr(bases, "change_basis", lambda model, matrix: copy.deepcopy(model))
    monkeypatch.setattr(bases, "random_rotation", lambda size: torch.eye(size))


def turned_the_wrong_way(monkeypatch):
    change = bases.change_basis

    def wrong(model, matrix):
        turned = change(model, matrix)
        with torch.no_grad():
            turned.W_U.copy_(matrix @ model.W_U)
        return turned

    monkeypatch.setattr(bases, "change_basis", wrong)


def random_axes(monkeypatch):
    monkeypatch.setattr(bases, "kurtosis", lambda vectors: bases.kurtosis_null(vectors, 1, seed=1))


def descent_for_adam(monkeypatch):
    monkeypatch.setattr(bases, "_adam", bases._descent)


def decoders_shuffled(monkeypatch):
    for name in ("_transcoders", "_parts", "_scores"):
        whole = getattr(transcoders, name)
        monkeypatch.setattr(transcoders, name, lambda shuffled=True, whole=whole: whole(True))


def all_recovered(monkeypatch):
    whole = [replace(each, loss_with=each.loss, l0=9.0) for each in transcoders._scores()]
    monkeypatch.setattr(transcoders, "_scores", lambda shuffled=False: whole)


@pytest.mark.parametrize(
    ("id", "mutant"),
    [
        ("F17a", nothing_turns),
        ("F17a", turned_the_wrong_way),
        ("F17b", nothing_turns),
        ("F17c", random_axes),
        ("F17d", random_axes),
        ("F17e", descent_for_adam),
        ("TC-top1", decoders_shuffled),
        ("TC-sparse", decoders_shuffled),
        ("TC-recovered", all_recovered),
    ],
)
def test_a_verdict_can_come_out_the_other_way(found, monkeypatch, id, mutant):
    before = found(id).holds
    mutant(monkeypatch)
    assert ENTRIES[id].compute().holds is not before
