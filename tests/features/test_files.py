"""Dictionaries in files: ours and SAELens', whole and damaged."""

import json

import pytest
import torch
from safetensors.torch import save_file

from headstream.features.files import dictionary, facts, save
from tests.features.random_dictionary import random_dictionary


def test_files_hold_the_dictionary_and_what_is_said_of_it(tmp_path):
    made = random_dictionary(reads=("a", "b"), writes=("a", "b"))
    where = save(made, tmp_path / "folder", model="some model")
    read = dictionary(where)
    assert repr(read) == repr(made) == "Dictionary 'random': crosscoder of 9 features, a, b"
    assert facts(where)["model"] == "some model"
    x = torch.randn(5, 2, 6)
    torch.testing.assert_close(read(x), made(x), atol=0.05, rtol=0.02)  # float16
    assert not any(p.requires_grad for p in read.parameters())


def test_damage_is_told(tmp_path):
    where = save(random_dictionary(), tmp_path)
    file = where.with_suffix(".safetensors")
    file.write_bytes(file.read_bytes()[:-4])
    with pytest.raises(OSError, match="is damaged"):
        dictionary(where)
    with pytest.raises(ValueError, match="got 'no such'"):
        dictionary("no such")
    with pytest.raises(TypeError, match="name or folder, got int"):
        dictionary(3)


def test_arrays_that_do_not_fit_one_another_are_told(tmp_path):
    made = random_dictionary()
    made.b_enc.data = torch.zeros(4)
    with pytest.raises(ValueError, match="b_enc: expected shape"):
        dictionary(save(made, tmp_path))
    made.b_enc.data = torch.full((9,), torch.nan)
    with pytest.raises(ValueError, match="finite numbers in b_enc"):
        dictionary(save(made, tmp_path))


def saelens_folder(folder, architecture, tensors, **settings):
    folder.mkdir()
    save_file(tensors, folder / "sae_weights.safetensors")
    config = {
        "architecture": architecture, "d_in": 6, "d_sae": 9, "dtype": "float32", "normalize_activations": "none",
        "reshape_activations": "none", "metadata": {"hook_name": "blocks.1.hook_resid_pre", "model_name": "m"},
    }  # fmt: skip
    (folder / "cfg.json").write_text(json.dumps({**config, **settings}))
    return folder


def saelens_tensors(**more):
    random = torch.Generator().manual_seed(3)
    shapes = {"W_enc": (6, 9), "b_enc": (9,), "W_dec": (9, 6), "b_dec": (6,), **more}
    return {key: torch.randn(shape, generator=random) for key, shape in shapes.items()}


def test_saelens_standard_and_jumprelu(tmp_path):
    t = saelens_tensors(threshold=(9,))
    t["threshold"].abs_()
    x = torch.randn(20, 6)
    pre = (x - t["b_dec"]) @ t["W_enc"] + t["b_enc"]
    for architecture, f in (("standard", pre.relu()), ("jumprelu", pre.relu() * (pre > t["threshold"]))):
        held = t if architecture == "jumprelu" else {key: t[key] for key in t if key != "threshold"}
        read = dictionary(saelens_folder(tmp_path / architecture, architecture, held, apply_b_dec_to_input=True))
        assert read.reads == read.writes == ("blocks.1.hook_resid_pre",)
        torch.testing.assert_close(read.encode(x), f)
        torch.testing.assert_close(read(x), f @ t["W_dec"] + t["b_dec"])


def test_saelens_topk_compares_activations_by_their_decoders(tmp_path):
    t = saelens_tensors()
    settings = {"k": 2, "apply_b_dec_to_input": False, "rescale_acts_by_decoder_norm": True}
    read = dictionary(saelens_folder(tmp_path / "topk", "topk", t, **settings))
    x = torch.randn(20, 6)
    norms = t["W_dec"].norm(dim=1)
    pre = (x @ t["W_enc"] + t["b_enc"]) * norms
    f = pre.relu() * (pre >= pre.topk(2, 1).values[:, -1:])
    torch.testing.assert_close(read(x), f / norms @ t["W_dec"] + t["b_dec"])


def test_saelens_transcoder_writes_elsewhere(tmp_path):
    t = saelens_tensors(W_dec=(9, 5), b_dec=(5,))
    metadata = {"hook_name": "blocks.0.mlp.hook_in", "hook_name_out": "blocks.0.hook_mlp_out"}
    read = dictionary(saelens_folder(tmp_path / "t", "transcoder", t, metadata=metadata))
    x = torch.randn(20, 6)
    assert read.writes == ("blocks.0.hook_mlp_out",)
    torch.testing.assert_close(read(x), (x @ t["W_enc"] + t["b_enc"]).relu() @ t["W_dec"] + t["b_dec"])


@pytest.mark.parametrize(
    ("architecture", "settings", "told"),
    [
        ("gated", {}, "architecture among standard"),
        ("standard", {"normalize_activations": "layer_norm"}, "normalize_activations 'none', got 'layer_norm'"),
        ("standard", {"reshape_activations": "hook_z"}, "single heads"),
        ("standard", {"metadata": {}}, "expected hook_name"),
    ],
)
def test_what_no_dictionary_computes_is_refused(tmp_path, architecture, settings, told):
    with pytest.raises(ValueError, match=told):
        dictionary(saelens_folder(tmp_path / "folder", architecture, saelens_tensors(), **settings))


def test_damaged_saelens_folders_are_told(tmp_path):
    folder = saelens_folder(tmp_path / "folder", "standard", saelens_tensors(W_dec=(8, 6)))
    with pytest.raises(ValueError, match=r"W_enc \[d_in, feature\] and W_dec"):
        dictionary(folder)
    (folder / "sae_weights.safetensors").unlink()
    with pytest.raises(OSError, match=r"expected cfg\.json and sae_weights\.safetensors"):
        dictionary(folder)
