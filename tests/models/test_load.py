"""Models by name: what `load` and the table of models promise, and what they say when they cannot."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import headstream as hs
from headstream import models
from headstream.models import shipped

NAMES = ["attn-only-0l", "attn-only-1l", "attn-only-2l", "gelu-4l"]
PROMPT = "Alice was beginning to get very tired of sitting by her sister on the bank."


def test_importing_the_package_imports_no_torch():
    code = "import headstream.models as m, sys; m(); assert not {'torch', 'transformers'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_table_names_the_shipped_models():
    table = models()
    assert [row.name for row in table] == NAMES
    assert [row.layers for row in table] == [0, 1, 2, 4]
    assert [row.heads for row in table] == [0, 8, 8, 8]
    assert all(row.purpose for row in table)
    assert all(name in repr(table) and name in table._repr_html_() for name in NAMES)
    model = models.load("attn-only-2l")
    assert table[2].parameters == sum(tensor.numel() for tensor in model.state_dict().values())


def test_the_table_is_text_not_markup():
    row = shipped.ModelRow("<img src=x onerror=alert(1)>", 1, 2, 3, "a & b")
    assert "<img" not in shipped.ModelTable([row])._repr_html_()
    assert "&lt;img" in shipped.ModelTable([row])._repr_html_()


def test_the_table_has_the_columns_that_are_asked_for():
    assert hs.models("layers", "purpose")._table().head == ("name", "layers", "what it is for")
    assert "parameters" not in repr(hs.models("layers"))
    with pytest.raises(ValueError, match="columns: expected 'layers' or 'heads' or"):
        hs.models("size")


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_model_is_ready_to_use(name):
    model = models.load(name)
    assert not model.training
    assert all(p.dtype == torch.float32 and not p.requires_grad for p in model.parameters())
    assert model.cfg.model_name == name
    # It reads English: far better than uniform (9.01 nats).
    run = models.run(model, PROMPT)
    loss = torch.nn.functional.cross_entropy(run.logits[:-1], torch.from_numpy(run.token_ids[1:]))
    assert loss < 6


def test_folding_keeps_the_predictions_and_makes_the_norm_plain():
    folded, raw = models.load("gelu-4l"), models.load("gelu-4l", fold=False)
    difference = [models.run(m, PROMPT).logits.log_softmax(-1) for m in (folded, raw)]
    assert (difference[0] - difference[1]).abs().max() < 2e-4
    assert not torch.equal(folded.blocks[0].attn.q.weight, raw.blocks[0].attn.q.weight)
    assert folded.W_U.mean(-1).abs().max() < 1e-5, "a folded model's unembedding is centred"


def test_attention_only_models_are_left_as_they_are():
    model = models.load("attn-only-2l")
    from safetensors.torch import load_file

    stored = load_file(shipped.WEIGHTS / "attn-only-2l.safetensors")
    torch.testing.assert_close(model.W_E, stored["embed.weight"].float(), rtol=0, atol=0)
    torch.testing.assert_close(model.W_U, stored["unembed.weight"].float().T, rtol=0, atol=0)


def test_the_manifest_lists_every_file():
    manifest = json.loads((shipped.WEIGHTS / "manifest.json").read_text())
    films = {f"attn-only-{layers}l.film.npz" for layers in (1, 2)}
    assert set(manifest) == films | {f"{name}.{end}" for name in NAMES for end in ("json", "safetensors")}
    for file, entry in manifest.items():
        assert (shipped.WEIGHTS / file).stat().st_size == entry["bytes"]
    tokenizer = json.loads((shipped.TOKENIZER / "manifest.json").read_text())
    assert {*tokenizer, "manifest.json"} == {file.name for file in shipped.TOKENIZER.iterdir()}


@pytest.fixture
def copied_weights(tmp_path, monkeypatch):
    for file in shipped.WEIGHTS.glob("attn-only-0l.*"):
        shutil.copy(file, tmp_path)
    shutil.copy(shipped.WEIGHTS / "manifest.json", tmp_path)
    monkeypatch.setattr(shipped, "WEIGHTS", tmp_path)
    return tmp_path


def test_a_changed_weight_file_is_refused(copied_weights):
    file = copied_weights / "attn-only-0l.safetensors"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(OSError, match=r"attn-only-0l\.safetensors is damaged: its checksum"):
        models.load("attn-only-0l")


def test_a_cut_off_weight_file_is_refused(copied_weights):
    file = copied_weights / "attn-only-0l.safetensors"
    file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(OSError, match=r"damaged: .*1,000 bytes of 12,992,856"):
        models.load("attn-only-0l")


def test_a_missing_weight_file_is_named(copied_weights):
    (copied_weights / "attn-only-0l.safetensors").unlink()
    with pytest.raises(OSError, match=r"attn-only-0l\.safetensors is missing"):
        models.load("attn-only-0l")


def test_a_cut_off_header_is_said_by_the_table(copied_weights):
    (copied_weights / "attn-only-0l.safetensors").write_bytes(b"\xff" * 8)
    with pytest.raises(OSError, match=r"attn-only-0l\.safetensors is damaged"):
        models()


@pytest.mark.parametrize("content", [None, "not JSON", "[]", '{"attn-only-0l.json": 3}'])
def test_a_damaged_manifest_is_named(copied_weights, content):
    manifest = copied_weights / "manifest.json"
    manifest.write_text(content) if content else manifest.unlink()
    with pytest.raises(OSError, match=r"manifest\.json is missing or damaged"):
        models.load("attn-only-0l")


@pytest.mark.parametrize("file", ["tokenizer.json", "tokenizer_config.json"])
def test_a_cut_off_tokenizer_is_refused(tmp_path, monkeypatch, file):
    shutil.copytree(shipped.TOKENIZER, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(shipped, "TOKENIZER", tmp_path)
    models.load("attn-only-0l")
    (tmp_path / file).write_bytes((tmp_path / file).read_bytes()[:100])
    with pytest.raises(OSError, match=rf"{file} is damaged: .*\(100 bytes of"):
        models.load("attn-only-0l")


def test_a_folder_whose_weights_are_gone_says_so(copied_weights):
    (copied_weights / "attn-only-0l.safetensors").unlink()
    for name in (copied_weights, copied_weights / "attn-only-0l"):
        with pytest.raises(OSError, match=r"attn-only-0l\.safetensors is missing"):
            models.load(name)


def test_a_folder_of_our_own_models_loads(copied_weights):
    assert models.load(copied_weights).cfg.model_name == "attn-only-0l"
    assert models.load(str(copied_weights / "attn-only-0l")).cfg.n_layers == 0
    shutil.copy(copied_weights / "attn-only-0l.safetensors", copied_weights / "second.safetensors")
    with pytest.raises(ValueError, match="holds 2 models: say which"):
        models.load(copied_weights)


@pytest.fixture(scope="module")
def gpt2_folder(tmp_path_factory):
    """A tiny GPT-2 with random weights, as Hugging Face saves it."""
    from transformers import AutoTokenizer, GPT2Config, GPT2LMHeadModel

    folder = tmp_path_factory.mktemp("tiny-gpt2")
    torch.manual_seed(0)
    config = GPT2Config(vocab_size=8200, n_positions=64, n_embd=32, n_layer=2, n_head=4, bos_token_id=0, eos_token_id=0)
    GPT2LMHeadModel(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(shipped.TOKENIZER).save_pretrained(folder)
    return folder


def test_a_hugging_face_folder_loads_and_runs(gpt2_folder):
    model = models.load(gpt2_folder)
    assert not model.training
    assert not any(p.requires_grad for p in model.parameters())
    run = models.run(model, "Alice<|endoftext|>")
    assert run.tokens[0] == "<|endoftext|>"
    assert "".join(run.tokens[1:]) == "Alice<|endoftext|>"
    assert run.attention.pattern.shape == (2, 4, len(run.tokens), len(run.tokens))
    assert run.attention.value_norm.shape == (2, 4, len(run.tokens))
    # Ids that the model has and its tokenizer does not name are still shown.
    assert models.run(model, [0, 8199]).tokens == ("<|endoftext|>", "8199")
    raw = models.run(models.load(gpt2_folder, fold=False), "Alice<|endoftext|>")
    torch.testing.assert_close(raw.logits.log_softmax(-1), run.logits.log_softmax(-1), rtol=0, atol=1e-4)


def test_without_a_network_one_sentence_says_at_once_what_is_missing(monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("no network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(shipped, "getproxies", dict)
    monkeypatch.setitem(sys.modules, "transformer_lens.model_bridge", None)  # an import of it would fail
    with pytest.raises(ConnectionError) as raised:
        models.load("nobody/no-such-model")
    assert "nobody/no-such-model" in str(raised.value)
    assert all(name in str(raised.value) for name in NAMES)


def test_without_a_network_the_cache_is_read(monkeypatch):
    """A model of which only the settings were downloaded: the client is told to ask nothing of the network."""
    from huggingface_hub import constants
    from transformer_lens.model_bridge import TransformerBridge

    def boot(name):
        assert constants.HF_HUB_OFFLINE
        raise OSError("not in the cache")

    monkeypatch.setattr(shipped, "_hub_answers", lambda: False)
    monkeypatch.setattr(shipped, "_cached", lambda name: True)
    monkeypatch.setattr(TransformerBridge, "boot_transformers", boot)
    with pytest.raises(ConnectionError, match="there is no network"):
        models.load("nobody/no-such-model")
    assert constants.HF_HUB_OFFLINE is False, "later downloads are not barred"


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("/no/such/folder", ValueError, "neither an existing folder nor a model's name"),
        ("", ValueError, "neither an existing folder nor a model's name"),
        (str(Path(__file__).parent), ValueError, "holds no model: it has neither"),
        ("x" * 5000, ValueError, "neither an existing folder nor a model's name"),
        (3, TypeError, "name: expected a model's name or folder, got int"),
    ],
)
def test_what_is_no_model_is_refused(name, error, words):
    with pytest.raises(error, match=words):
        models.load(name)


def test_a_folder_with_a_broken_config_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ValueError, match=r"^the folder '.*' holds no model that can be read: .*model_type"):
        models.load(tmp_path)


def test_a_hugging_face_folder_with_damaged_weights_is_refused(gpt2_folder, tmp_path):
    shutil.copytree(gpt2_folder, tmp_path, dirs_exist_ok=True)
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ValueError, match=r"^the folder '.*' holds no model that can be read: SafetensorError: .*$"):
        models.load(tmp_path)
