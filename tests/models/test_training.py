"""The recipe trains: losses fall, a resumed training is the same one, and what is written loads with equal logits."""

import json
import math
import runpy
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch

from headstream import demos, models
from headstream.models import shipped
from headstream.models.training import RECIPES, TrainingConfig, encode_documents, loop, train, train_tokenizer
from headstream.models.training.network import Network, sinusoids
from headstream.models.training.records import Recorder, schedule

pytestmark = pytest.mark.slow

TINY = TrainingConfig(
    "tiny", 2, steps=200, lr=8e-3, weight_decay=0.05, d_model=32, n_heads=4, d_head=8, n_ctx=32, d_vocab=300, batch=16
)


@pytest.fixture(scope="module")
def tokenizer_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "tokenizer"
    train_tokenizer([demos.ladder.text], 300, folder)
    return folder


@pytest.fixture(scope="module")
def tokens(tokenizer_folder):
    from transformers import AutoTokenizer

    return encode_documents(AutoTokenizer.from_pretrained(tokenizer_folder), [demos.ladder.text] * 3)


def test_a_tokenizer_of_another_size(tokenizer_folder, tokens):
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    assert len(tokenizer) == 300
    assert tokenizer.bos_token_id == 0
    assert tokens.dtype == np.uint16
    assert np.flatnonzero(tokens == 0).tolist() == [0, len(tokens) // 3, 2 * len(tokens) // 3]
    text = "naïve <|endoftext|> 👩‍👩‍👧\n\n\tdef"
    ids = tokenizer(text, add_special_tokens=False)["input_ids"]
    assert 0 not in ids
    assert tokenizer.decode(ids) == text


def test_texts_too_short_for_the_vocabulary_are_refused(tmp_path):
    with pytest.raises(ValueError, match="give more text"):
        train_tokenizer(["short"], 1000, tmp_path)
    with pytest.raises(ValueError, match="at least 257"):
        train_tokenizer(["short"], 100, tmp_path)


def test_the_whole_way_from_tokens_to_a_model_that_loads(tmp_path, tokens, tokenizer_folder, capsys):
    result = train(TINY, tokens, tokens[:200], tmp_path, tokenizer=tokenizer_folder, device="cpu")
    assert "200/200" in capsys.readouterr().err, "a progress bar"

    written = json.loads((tmp_path / "tiny.json").read_text())
    record = written["record"]
    assert [entry["step"] for entry in record] == schedule(200)
    assert record[0]["valid_loss"] == pytest.approx(np.log(300), abs=0.1), "it starts even over the vocabulary"
    assert record[-1]["valid_loss"] < 3, "and has learnt most of the little text"
    assert np.array(record[-1]["prefix"]).shape == np.array(record[-1]["prev"]).shape == (2, 4)
    assert record[-1]["icl_score"] == record[-1]["loss_at_500"] - record[-1]["loss_at_50"]
    assert record[-1]["tokens"] == 200 * 16 * 32
    with np.load(tmp_path / "tiny.film.npz") as film:
        assert film["patterns"].shape == (len(record), 2, 2, 4, 32, 32)
        assert np.abs(film["patterns"].astype(int).sum(-1) - 255).max() < 20
        assert film["tokens"][0, :16].tolist() == film["tokens"][0, 16:].tolist()

    model = models.load(result)
    assert model.cfg.model_name == "tiny"
    assert (tmp_path / "tokenizer" / "manifest.json").is_file(), "its tokenizer is checked at load, too"
    run = models.run(model, "cried the Gryphon")
    assert "".join(run.tokens[1:]) == "cried the Gryphon"
    assert torch.nn.functional.cross_entropy(run.logits[:-1], torch.from_numpy(run.token_ids[1:])) < np.log(300) - 1


@pytest.mark.parametrize("name", RECIPES)
def test_the_network_gives_the_logits_of_the_bridge(tmp_path, name):
    """Every recipe's kind of model, small, with d_model not the heads' total and no parameter left at its start."""
    config = replace(RECIPES[name], d_model=48, n_heads=3, d_head=8, n_ctx=40, d_mlp=96 if RECIPES[name].d_mlp else 0)
    cpu = torch.device("cpu")
    training = loop._Training(config, np.arange(100), Recorder(config, np.arange(100), cpu), cpu)
    network = training.network
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.requires_grad:
                parameter.add_(torch.randn(parameter.shape) * 0.1)
            parameter.copy_(parameter.half().float())  # as stored
    training.export(tmp_path)
    shipped.write_manifest(tmp_path)
    ids = torch.randint(0, config.d_vocab, (40,))
    with torch.no_grad():
        expected = network(ids[None])[0]
    for fold in (False, True):
        logits = models.run(models.load(tmp_path, fold=fold), ids).logits
        difference = logits.log_softmax(-1) - expected.log_softmax(-1)
        assert difference.abs().max() < 1e-4 * expected.abs().max()
    stored = shipped.verified(tmp_path, f"{name}.safetensors")
    from safetensors.torch import load, load_file

    assert set(load(stored)) == set(load_file(shipped.WEIGHTS / f"{name}.safetensors")), (
        "the layout of the shipped files"
    )
    written = json.loads((tmp_path / f"{name}.json").read_text())
    original = json.loads((shipped.WEIGHTS / f"{name}.json").read_text())
    assert set(original["config"]) - set(written["config"]) <= {"shortformer"}
    assert set(written) == set(original)


def test_the_patterns_are_the_attention(tmp_path):
    config = replace(TINY, d_vocab=8192)
    train(replace(config, steps=1), np.arange(100), np.arange(100), tmp_path, device="cpu")
    run = models.run(models.load(tmp_path), [5, 9, 5, 9])
    network = Network(config)
    network.load_state_dict({key: value.float() for key, value in run.model.state_dict().items()}, strict=False)
    patterns = []
    network(torch.tensor([[5, 9, 5, 9]]), patterns)
    np.testing.assert_allclose(torch.stack(patterns)[:, 0].detach(), run.attention.pattern, atol=1e-3)


def test_a_training_cut_short_goes_on_as_if_it_had_not_been(tmp_path, tokens, monkeypatch):
    config = replace(TINY, steps=30)
    train(config, tokens, tokens, tmp_path / "whole", device="cpu", checkpoint_every=10)

    def interrupt(self, step, plain=TrainingConfig.learning_rate):
        if step == 25:
            raise KeyboardInterrupt
        return plain(self, step)

    with monkeypatch.context() as patch:
        patch.setattr(TrainingConfig, "learning_rate", interrupt)
        with pytest.raises(KeyboardInterrupt):
            train(config, tokens, tokens, tmp_path / "cut", device="cpu", checkpoint_every=10)
    assert not (tmp_path / "cut" / "tiny.safetensors").exists()
    train(config, tokens, tokens, tmp_path / "cut", device="cpu", checkpoint_every=10)

    whole, cut = (torch.load(tmp_path / which / "tiny.checkpoint.pt") for which in ("whole", "cut"))
    for key, tensor in whole["network"].items():
        assert torch.equal(tensor, cut["network"][key]), key
    records = [json.loads((tmp_path / which / "tiny.json").read_text())["record"] for which in ("whole", "cut")]
    assert [{k: v for k, v in e.items() if k != "seconds"} for e in records[0]] == [
        {k: v for k, v in e.items() if k != "seconds"} for e in records[1]
    ]
    assert (tmp_path / "whole" / "tiny.safetensors").read_bytes() == (
        tmp_path / "cut" / "tiny.safetensors"
    ).read_bytes()
    with pytest.raises(ValueError, match=r"training with other settings: use another folder, or resume=False"):
        train(replace(config, lr=1e-3), tokens, tokens, tmp_path / "cut", device="cpu")
    train(replace(config, steps=1), tokens, tokens, tmp_path / "cut", device="cpu", resume=False)
    assert json.loads((tmp_path / "cut" / "tiny.json").read_text())["steps"] == 1


def test_the_first_weights_are_as_the_recipe_says():
    for name, recipe in RECIPES.items():
        network = Network(recipe)
        sigma = {key: float(p.detach().std()) for key, p in network.named_parameters() if p.ndim == 2}
        assert sigma["unembed.weight"] == pytest.approx(0.02, rel=0.01)
        assert sigma["embed.weight"] == pytest.approx(0.02 if recipe.ln else 8 * 384**-0.5, rel=0.01)
        for layer in range(recipe.n_layers):
            for key in "qkv":
                assert sigma[f"blocks.{layer}.attn.{key}.weight"] == pytest.approx(384**-0.5, rel=0.02)
            shrink = (2 * recipe.n_layers) ** -0.5
            assert sigma[f"blocks.{layer}.attn.o.weight"] == pytest.approx(384**-0.5 * shrink, rel=0.02)
            if recipe.d_mlp:
                assert sigma[f"blocks.{layer}.mlp.in.weight"] == pytest.approx(384**-0.5, rel=0.02)
                assert sigma[f"blocks.{layer}.mlp.out.weight"] == pytest.approx(1536**-0.5 * shrink, rel=0.02)
        positions = network.pos_embed.weight
        if name == "gelu-4l":
            assert sigma["pos_embed.weight"] == pytest.approx(0.02, rel=0.02)
        elif name == "attn-only-0l":
            assert not positions.any()
            assert not positions.requires_grad
        else:
            torch.testing.assert_close(positions.detach(), sinusoids(512, 384))
            assert float(positions.detach().abs().max()) == pytest.approx(1, abs=1e-3)
        biases = [p for key, p in network.named_parameters() if key.endswith("bias") and "ln" not in key]
        assert all(p.requires_grad is recipe.bias and not p.any() for p in biases)


def test_weight_decay_is_on_attention_mlp_and_unembedding_matrices_only():
    network = Network(replace(RECIPES["gelu-4l"], n_layers=1))
    names = {id(p): name for name, p in network.named_parameters()}
    decayed, others = ({names[id(p)] for p in group} for group in network.decayed())
    matrices = {f"blocks.0.attn.{key}.weight" for key in "qkvo"} | {
        f"blocks.0.mlp.{key}.weight" for key in ("in", "out")
    }
    assert decayed == matrices | {"unembed.weight"}
    assert decayed | others == set(names.values())


def test_the_learning_rate_warms_up_and_falls_to_a_tenth():
    config = replace(TINY, steps=1000)
    rates = [config.learning_rate(step) for step in range(1000)]
    assert rates[0] == pytest.approx(8e-3 / 20)
    assert np.argmax(rates) in (19, 20)
    assert max(rates) == 8e-3
    assert rates[-1] == pytest.approx(8e-4, rel=0.01)
    assert all(np.diff(rates[20:]) < 0)


def test_the_recipes_are_those_of_the_shipped_models():
    for name, recipe in RECIPES.items():
        original = json.loads((shipped.WEIGHTS / f"{name}.json").read_text())
        ours = recipe.as_json()
        assert all(ours[key] == original[key] for key in ("steps", "batch", "lr", "weight_decay", "seed"))
        same = set(ours["config"]) if recipe.n_layers else set(ours["config"]) - {"pos_init", "pos_scale"}
        assert all(ours["config"][key] == original["config"][key] for key in same)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"steps": 0}, "steps must be at least 1, not 0"),
        ({"n_layers": -1}, "n_layers must be at least 0, not -1"),
        ({"lr": 0.0}, "lr must be above 0, not 0.0"),
        ({"lr": math.nan}, "lr must be finite, not nan"),
        ({"weight_decay": -0.1}, "weight_decay must be at least 0, not -0.1"),
        ({"pos_init": "rotary"}, "pos_init must be 'sin', 'normal' or 'none', not 'rotary'"),
        ({"name": "a/b"}, "usable as a file's name"),
        ({"name": ".."}, "usable as a file's name"),
        ({"name": "manifest"}, "usable as a file's name"),
        ({"steps": 2.5}, "steps must be a whole number, not 2.5"),
        ({"steps": "3"}, "steps must be a whole number, not '3'"),
        ({"batch": True}, "batch must be a whole number, not True"),
        ({"lr": "1"}, "lr must be a number, not '1'"),
    ],
)
def test_settings_that_make_no_model_are_refused(change, words):
    with pytest.raises((ValueError, TypeError), match=words):
        replace(TINY, **change)


def test_checkpoints_that_cannot_be_are_refused(tmp_path, tokens):
    for every in (0, 1.5):
        with pytest.raises(ValueError, match=f"checkpoint_every must be a whole number, at least 1, not {every}"):
            train(TINY, tokens, tokens, tmp_path, checkpoint_every=every)
    assert not list(tmp_path.iterdir())
    for content in (b"", b"junk", b"PK\x03\x04"):
        (tmp_path / "tiny.checkpoint.pt").write_bytes(content)
        with pytest.raises(OSError, match=r"tiny\.checkpoint\.pt is no checkpoint that can be read"):
            train(TINY, tokens, tokens, tmp_path, device="cpu")


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        (np.array([300] * 100), ValueError, "must be ids from 0 to 299, and they go from 300 to 300"),
        (np.array([-1] * 100), ValueError, "and they go from -1 to -1"),
        (np.zeros(20, int), ValueError, "must hold at least n_ctx \\+ 2 = 34 tokens, not 20"),
        (np.zeros(100), TypeError, "whole numbers, not float64"),
        (np.zeros((10, 10), int), TypeError, r"of the shape \[10, 10\]"),
    ],
)
def test_tokens_that_do_not_fit_are_refused(tmp_path, tokens, wrong, error, words):
    with pytest.raises(error, match="train_tokens .*" + words):
        train(TINY, wrong, tokens, tmp_path)
    with pytest.raises(error, match="valid_tokens .*" + words):
        train(TINY, tokens, wrong, tmp_path)


def test_the_command_line_trains_a_smaller_model(tmp_path, tokens, monkeypatch, capsys):
    np.savez(tmp_path / "tokens.npz", train=tokens, valid=tokens[:300], d_vocab=300)
    small = "--n-layers 1 --d-model 16 --n-heads 2 --d-head 8 --n-ctx 32 --batch 4 --steps 5 --name mini --device cpu"
    paths = ["--tokens", str(tmp_path / "tokens.npz"), "--out", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", ["training", "attn-only-2l", *paths, *small.split()])
    runpy.run_module("headstream.models.training", run_name="__main__")
    assert 'headstream.load("' in capsys.readouterr().out
    written = json.loads((tmp_path / "out" / "mini.json").read_text())
    assert (written["config"]["n_layers"], written["config"]["d_vocab"], written["steps"]) == (1, 300, 5)
