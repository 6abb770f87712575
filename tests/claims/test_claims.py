"""The claims are recomputed, their verdicts are those of the page, and each can come out the other way."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from headstream.claims import (
    ENTRIES,
    bigrams,
    chosen,
    compositions,
    induction,
    mlps,
    one_layer,
    records,
    spectra,
    superposition,
    terms,
    toys,
)
from headstream.claims.__main__ import main
from headstream.claims.claim import Claim
from headstream.claims.page import checksums, page
from headstream.models.toys import Toy

PAGE = Path(__file__).parents[2] / "lessons" / "claims.md"
GOOD = Claim("F0", "Words.", "a number; null: another", "1", 1.0, 0.0, True, "03-bigrams")


@pytest.fixture(scope="module")
def rows():
    """[id]: the cells of the page's first table."""
    lines = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in PAGE.read_text("utf-8").splitlines()]
    return {cells[0].strip("*"): cells for cells in lines if len(cells) == 8 and cells[0].startswith("**")}


def test_the_page_has_every_claim(rows):
    assert list(rows) == [entry.id for entry in chosen([])]


@pytest.mark.parametrize("id", [entry.id for entry in chosen([], quick=True)])
def test_the_page_says_what_is_recomputed(found, rows, id):
    claim = found(id)
    *_, ours, null, verdict, lesson = rows[id]
    assert verdict.strip("*") == claim.verdict, "make the page again"
    for shown, value in ((ours, claim.ours), (null, claim.null)):
        if value is not None:
            assert float(shown.replace(",", "")) == pytest.approx(value, rel=0.05, abs=1e-4)
    assert (PAGE.parent / re.search(r"\((.*)\)", lesson)[1]).is_file()


def test_the_page_is_of_these_models():
    for name, sum_ in checksums().items():
        assert f"| `{name}` | `{sum_}` |" in PAGE.read_text("utf-8"), f"{name} was trained again: make the page again"


def rolled(monkeypatch):
    direct = bigrams._direct
    monkeypatch.setattr(bigrams, "_direct", lambda name: direct(name).roll(1, 0))


def nothing_taken_out(monkeypatch):
    for module in (one_layer, induction):
        monkeypatch.setattr(module, "without_head", lambda run, *head: run)


def even_heads(monkeypatch):
    def scores(run, most):
        heads = run.model.cfg.n_layers, run.model.cfg.n_heads
        return np.broadcast_to(one_layer.back_null(run, most), (*heads, most + 1))

    monkeypatch.setattr(one_layer, "back_scores", scores)


def scores_of_chance(monkeypatch):
    found = compositions.found_composition("attn-only-2l")
    monkeypatch.setattr(compositions, "found_composition", lambda name: replace(found, scores=found.null))


def random_copying(monkeypatch):
    for module in (spectra, induction):
        null = module.copying_null
        monkeypatch.setattr(module, "copying_scores", lambda model, null=null: null(model)[:16].reshape(2, 8))


def all_copy(monkeypatch):
    monkeypatch.setattr(spectra, "copying_scores", lambda model: np.ones((1, 8), np.float32))


def shuffled_patterns(monkeypatch):
    lower = terms.lower
    monkeypatch.setattr(terms, "lower", lambda *paths: lower(*paths)[::-1])


def shuffled_pairs(monkeypatch):
    cosines = mlps.neuron_cosines
    monkeypatch.setattr(mlps, "neuron_cosines", lambda model, shuffled=True: cosines(model, shuffled=True))


def nothing_repeats(monkeypatch):
    scores = induction.prefix_matching_scores
    monkeypatch.setattr(induction, "prefix_matching_scores", lambda model, null=True: scores(model, null=True))


def models_exchanged(monkeypatch):
    record, other = records.training_record, {records.ONE: records.TWO, records.TWO: records.ONE}
    monkeypatch.setattr(records, "training_record", lambda name: record(other[name]))


def next_heads_transport(monkeypatch):
    monkeypatch.setattr(one_layer, "head_error", lambda run, layer, head: one_layer._swapped(run, head))


@pytest.mark.parametrize(
    ("id", "mutant"),
    [
        ("F1a", rolled),
        ("F1b", rolled),
        ("F2b", rolled),
        ("F4", next_heads_transport),
        ("F5", all_copy),
        ("F6", random_copying),
        ("F7", nothing_taken_out),
        ("F8a", nothing_taken_out),
        ("F9", even_heads),
        ("F10a", scores_of_chance),
        ("F10b", scores_of_chance),
        ("F12", random_copying),
        ("F13b", nothing_taken_out),
        ("F14a", shuffled_patterns),
        ("F14d", shuffled_patterns),
        ("F19a", shuffled_pairs),
        ("ICL-prefix", nothing_repeats),
        ("ICL-never", models_exchanged),
    ],
)
def test_a_verdict_can_come_out_the_other_way(found, monkeypatch, id, mutant):
    before = found(id).holds
    mutant(monkeypatch)
    assert ENTRIES[id].compute().holds is not before


def test_what_is_trained_is_told_from_its_null(monkeypatch):
    """On the recorded toys, with the layers or the keys exchanged as mutants."""

    def recorded(layers, smeared=False, seed=0):
        made = Toy(layers, smeared=smeared, seed=seed)
        made.train(recorded=True)
        return made

    layers_exchanged = ("ICL-change-live", "F13-live")
    keys_exchanged = ("ICL-smeared-live", "ICL-earlier-live")
    monkeypatch.setattr(toys, "SEEDS", range(1))
    monkeypatch.setattr(toys, "toy", recorded)
    assert all(ENTRIES[id].compute().holds for id in layers_exchanged + keys_exchanged)
    monkeypatch.setattr(toys, "toy", lambda layers, smeared=False, seed=0: recorded(3 - layers, smeared))
    assert not any(ENTRIES[id].compute().holds for id in layers_exchanged)
    monkeypatch.setattr(toys, "toy", lambda layers, smeared=False, seed=0: recorded(layers, not smeared))
    assert not any(ENTRIES[id].compute().holds for id in keys_exchanged)


def test_toys_of_superposition_that_are_not_trained_show_nothing(monkeypatch):
    def forget():
        for cached in (superposition._twenty, superposition._sticky, superposition._families):
            cached.cache_clear()

    forget()
    monkeypatch.setattr(superposition.Superposition, "train", lambda toys, *steps, **settings: toys.geometry)
    claims = [entry.compute() for entry in chosen(["TMS"])]
    forget()
    assert len(claims) == 10
    assert [claim.id for claim in claims if claim.holds] == []


def test_bugs_cost_one_head_more_than_two():
    assert toys.planted(1, seed=0, steps=100) > toys.planted(2, seed=0, steps=100)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("words", "", ValueError),
        ("ours", float("nan"), ValueError),
        ("null", "none", TypeError),
        ("holds", 1, TypeError),
        ("holds", False, ValueError),
        ("note", None, TypeError),
    ],
)
def test_a_claim_is_checked(field, value, error):
    with pytest.raises(error, match=r"Claim\."):
        replace(GOOD, **{field: value})


def test_names_choose_claims_and_their_parts():
    assert [entry.id for entry in chosen(["F1"])] == ["F1a", "F1b"]
    assert [entry.id for entry in chosen(["F12"], quick=True)] == ["F12"]
    assert [entry.id for entry in chosen([], quick=True)] == [
        entry.id for entry in chosen([]) if not entry.id.endswith("-live")
    ]
    with pytest.raises(ValueError, match="names: expected ids among F1a"):
        list(chosen(["F99"]))


def test_the_command_writes_the_page_and_says_what_is_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["F18", "--write"])
    assert "--write: expected a folder lessons here" in capsys.readouterr().err
    (tmp_path / "lessons").mkdir()
    main(["F18", "--write"])
    assert capsys.readouterr().out.splitlines()[1].startswith("F18  ")
    written = (tmp_path / "lessons" / "claims.md").read_text("utf-8")
    assert "| **F18** |" in written
    assert "Not computed this time: F1a, " in written
    assert "F18" not in written.split("Not computed this time:")[1].splitlines()[0]


def test_a_failing_claim_is_said_to_fail():
    text = page([GOOD, replace(GOOD, id="F00", words="a | b", holds=False, note="Because.")], date(2000, 1, 2))
    assert "2 claims, 1 hold, 1 fail (F00)" in text
    assert "| **F00** | a \\| b |" in text
    assert "**FAILS**" in text
    assert "- **F00, fails**: Because." in text
    assert "on 2000-01-02" in text
