"""Recorded trainings are read whole, and toys train, stop, give up and become models as they say."""

import json
import re
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch

import headstream as hs
from headstream.models import shipped, toys, trainings
from headstream.models.toys import Toy
from headstream.models.training import TrainingConfig, train

RECORDED = ("attn-only-1l", "attn-only-2l", "toy-1l", "toy-1l-smeared", "toy-2l", "toy-2l-smeared")


@pytest.fixture(scope="module")
def records():
    return {name: hs.training_record(name) for name in RECORDED}


@pytest.mark.parametrize("name", RECORDED)
def test_a_record_holds_what_its_files_hold(records, name):
    record = records[name]
    folder = trainings.TOYS if name.startswith("toy") else shipped.WEIGHTS
    entries = json.loads((folder / f"{name}.json").read_text())["record"]
    assert record.steps.tolist() == [entry["step"] for entry in entries]
    np.testing.assert_array_equal(record.loss, np.float32([entry["valid_loss"] for entry in entries]))
    np.testing.assert_allclose(record.in_context, [entry["icl_score"] for entry in entries], atol=1e-5)
    np.testing.assert_array_equal(record.prefix, np.float32([entry["prefix"] for entry in entries]))
    np.testing.assert_array_equal(record.previous, np.float32([entry["prev"] for entry in entries]))
    with np.load(folder / f"{name}.film.npz") as film:
        np.testing.assert_array_equal(record.patterns, film["patterns"])
        np.testing.assert_array_equal(record.token_ids, film["tokens"])
        assert film["steps"].tolist() == record.steps.tolist()
    weights = record.attention(-1, 0)
    np.testing.assert_allclose(weights.sum(-1), 1, atol=1e-5)
    assert np.abs(weights - record.patterns[-1, 0] / 255).max() < 0.06


def test_heads_scores_are_those_of_the_filmed_patterns(records):
    """The film's first text repeats its first half, so a head's stripe there is about its prefix-matching score."""
    record = records["toy-2l"]
    half = record.token_ids.shape[1] // 2
    assert record.token_ids[0, :half].tolist() == record.token_ids[0, half:].tolist()
    stripe = record.attention()[..., range(half, 2 * half - 1), range(1, half)].mean(-1)
    assert stripe.argmax() == record.prefix[-1].argmax()
    assert stripe.max() == pytest.approx(record.prefix[-1].max(), abs=0.15)


def test_what_is_born_where(records):
    """The claim of the lesson: two layers, or smeared keys, make an induction head, and one layer does not."""
    assert {name for name in RECORDED if records[name].induced} == {
        "attn-only-2l", "toy-1l-smeared", "toy-2l", "toy-2l-smeared"
    }  # fmt: skip
    first = {name: records[name].steps[np.argmax(records[name].prefix.max((1, 2)) > 0.25)] for name in RECORDED}
    assert first["toy-2l-smeared"] < first["toy-2l"], "smeared keys bring the change earlier"


def test_the_verdict_says_so_with_its_numbers(records):
    record = records["toy-2l"]
    assert "an induction head has formed" in record.verdict
    assert f"{record.prefix[-1].max():.2f}" in record.verdict
    early = replace(record, **{key: value[:1] for key, value in vars(record).items() if len(np.shape(value)) and
                               key not in ("tokens", "token_ids", "bands")})  # fmt: skip
    assert "After 0 steps of toy-2l, no induction head has formed" in early.verdict
    assert replace(record, note="Stopped.").verdict.endswith(". Stopped.")


def test_the_null_is_even_attention():
    pattern = np.tril(np.ones((33, 33))) / np.arange(1, 34)[:, None]
    assert trainings.even(16, 32) == pytest.approx(np.diagonal(pattern, -15)[1:17].mean())
    assert trainings.even(2, 32) == pytest.approx(np.diagonal(pattern, -1)[1:31].mean())


@pytest.mark.parametrize("name", ["gelu-4l", "attn-only-0l", "gpt2", "no/such/folder", "x" * 500])
def test_a_model_without_a_record_is_refused_in_words(name):
    with pytest.raises(
        ValueError, match=r"^name: expected a model whose training was filmed \(attn-only-1l, .*\), got"
    ):
        hs.training_record(name)
    with pytest.raises(TypeError, match="name: expected a model's name or folder, got int"):
        hs.training_record(5)


def test_a_damaged_record_is_told(tmp_path, monkeypatch):
    for file in shipped.WEIGHTS.glob("attn-only-1l.*"):
        shutil.copy(file, tmp_path)
    film = tmp_path / "attn-only-1l.film.npz"
    shutil.copy(shipped.WEIGHTS / "manifest.json", tmp_path)
    film.write_bytes(film.read_bytes()[:-9])
    with pytest.raises(OSError, match="npz is damaged: its checksum"):
        hs.training_record(tmp_path / "attn-only-1l")
    shipped.write_manifest(tmp_path)
    with pytest.raises(OSError, match="holds no film"):
        hs.training_record(tmp_path / "attn-only-1l")


@pytest.mark.slow
def test_a_folder_of_ones_own_is_read(tmp_path):
    config = TrainingConfig("own", 1, steps=2, lr=1e-3, weight_decay=0, d_model=16, n_heads=2, d_head=8, n_ctx=32,
                            d_vocab=8192, batch=2)  # fmt: skip
    record = hs.training_record(train(config, np.arange(100), np.arange(100), tmp_path, device="cpu"))
    assert record.steps.tolist() == [0, 1, 2]
    assert record.bands == ("near position 3", "near position 31")


def test_a_toy_trains_and_shows_each_snapshot():
    state = torch.random.get_rng_state()
    Toy(1, smeared=True)
    toy, shown = Toy(1, seed=3), []
    threads = torch.get_num_threads()
    result = toy.train(25, show=lambda record: shown.append(record.steps.tolist()))
    assert shown == [[0, 10], [0, 10, 20], [0, 10, 20, 25]]
    assert result.steps.tolist() == shown[-1]
    assert result.loss[-1] < result.loss[0]
    assert "no induction head has formed" in result.verdict
    assert torch.equal(state, torch.random.get_rng_state())
    assert torch.get_num_threads() == threads
    again = Toy(1, seed=3).train(20)
    np.testing.assert_allclose(again.loss, result.loss[:3], rtol=1e-5)
    assert toy.train(5).steps.tolist() == [0, 10, 20, 25, 30], "it goes on"


def test_a_toy_is_measured_as_it_is_said():
    toy = Toy(2)
    toy.train(10)
    record, tests = toy.training, toys._Tests()
    log_p = torch.from_numpy(toy.logits(tests.copies[0, :-1])).log_softmax(-1).numpy()
    assert np.isfinite(log_p).all()
    losses, prefix = [], []
    for text in tests.copies:
        log_p = torch.from_numpy(toy.logits(text[:-1])).log_softmax(-1).numpy()
        losses.append([-log_p[at, text[at + 1]] for at in range(16, 32)])
        pattern = toy.patterns(text[:-1])
        prefix.append([pattern[1, 2, at, at - 15] for at in range(16, 32)])
    assert record.second_copy[-1] == pytest.approx(np.mean(losses), rel=1e-4)
    assert record.prefix[-1, 1, 2] == pytest.approx(np.mean(prefix), rel=1e-4)
    np.testing.assert_allclose(toy.patterns(tests.filmed[1])[0, 1], record.patterns[-1, 1, 0, 1] / 255, atol=0.0021)


def test_an_interrupt_keeps_what_there_is():
    def stop(record):
        if len(record.steps) == 3 and not record.note:
            raise KeyboardInterrupt

    result = Toy(1).train(50, show=stop)
    assert result.steps.tolist() == [0, 10, 20]
    assert result.verdict.endswith("Stopped after 20 steps.")


def test_out_of_time_the_recorded_one_takes_its_place(records):
    toy = Toy(2)
    result = toy.train(50, seconds=0)
    assert result.steps.tolist() == records["toy-2l"].steps.tolist()
    assert re.search(r"The 0 s were up after \d+ of 50 steps: this one was recorded before.$", result.verdict)
    on_film = toy.patterns(result.token_ids[0])
    np.testing.assert_allclose(on_film, result.patterns[-1, 0] / 255, atol=0.02)
    assert Toy(2).train(recorded=True).induced


def test_a_toy_is_a_model_that_runs():
    toy = Toy(2)
    toy.train(recorded=True)
    ids = toy.training.token_ids[0]
    run = hs.run(toy.model(), ids)
    expected = torch.from_numpy(toy.logits(ids)).log_softmax(-1)
    assert (run.logits.log_softmax(-1) - expected).abs().max() < 1e-3
    np.testing.assert_allclose(run.attention.pattern, toy.patterns(ids), atol=1e-3)
    with pytest.raises(ValueError, match="keys that are not smeared"):
        Toy(1, smeared=True).model()


def test_smeared_keys_mix_the_key_before():
    toy = Toy(1, smeared=True)
    attention = toy.network.blocks[0].attn
    with torch.no_grad():
        attention.alpha.copy_(torch.tensor([0.0, 1.0, -1.0, 30.0]))
        x = torch.randn(1, 5, 64)
        plain = attention.k(x).unflatten(-1, (4, 16))
        mixed = attention.keys(x).unflatten(-1, (4, 16))
    share = 1 / (1 + np.exp(-1))
    torch.testing.assert_close(mixed[0, 3, 1], share * plain[0, 3, 1] + (1 - share) * plain[0, 2, 1])
    torch.testing.assert_close(mixed[0, :, 3], plain[0, :, 3])
    torch.testing.assert_close(mixed[0, 0], plain[0, 0])


def test_wrong_arguments_are_told():
    for arguments, message in (({"layers": 3}, "layers: expected 1 to 2, got 3"), ({"smeared": 2}, "smeared: expected"),
                               ({"seed": -1}, "seed: expected 0 or more")):  # fmt: skip
        with pytest.raises(ValueError, match=message):
            Toy(**arguments)
    toy = Toy(1)
    with pytest.raises(ValueError, match="steps: expected 1 or more"):
        toy.train(0)
    for ids in ([26], [], list(range(26)) * 2, [[1]]):
        with pytest.raises(ValueError, match="ids: expected"):
            toy.logits(np.array(ids, int))
