"""Models in half precision, and models that do not lie on one device: the same results, and little memory beside them.

Several GPUs are stood in for by a device map over the CPU and a disk: what lies on the disk is nowhere (torch's meta
device) but while its module runs, so whatever would take a weight's or an activation's device for granted fails.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves
from transformer_lens.model_bridge import TransformerBridge
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM

import headstream as hs
from headstream.framework import lens as lens_module
from tests.framework.test_run_sources import IDS, same_results
from tests.framework.zoo import hugging_face, randomised, save

Models = Callable[[str], TransformerBridge]


def spread(kind: str, folder: Path, elsewhere: list[str]) -> Any:
    """A model of the zoo, some of whose modules lie on a disk."""
    decoder = hugging_face(kind)
    save(decoder, folder)
    parts = [name for name, module in decoder.named_modules() if name.count(".") == 1 or name == "lm_head"]
    parts += [name for name, _ in decoder.named_modules() if name.rpartition(".")[2].isdigit()]
    places = {name: "disk" if name in elsewhere else "cpu" for name in parts if not name.endswith((".h", ".layers"))}
    return AutoModelForCausalLM.from_pretrained(folder, device_map=places, offload_folder=folder / "offloaded")


@pytest.mark.parametrize(
    ("kind", "elsewhere"),
    [
        ("llama", ["model.layers.1", "model.norm", "lm_head"]),
        ("gemma2", ["model.layers.0"]),
        ("neox", ["gpt_neox.layers.0", "gpt_neox.final_layer_norm"]),
    ],
)
def test_a_model_over_several_devices(model: Models, tmp_path: Path, kind: str, elsewhere: list[str]) -> None:
    decoder = spread(kind, tmp_path, elsewhere)
    lying = {name for name, weight in decoder.named_parameters() if weight.device.type == "meta"}
    assert {name for name in elsewhere if any(weight.startswith(name) for weight in lying)} == set(elsewhere)
    same_results(hs.run(decoder, IDS), hs.run(model(kind), IDS), adds_up=kind != "gemma2")
    assert lying == {name for name, weight in decoder.named_parameters() if weight.device.type == "meta"}


@pytest.mark.parametrize("kind", ["llama", "gemma2"])
def test_half_precision_is_read(kind: str) -> None:
    """What bfloat16's 8 binary digits leave of the zoo's models, whose weights are large."""
    half, full = hs.run(hugging_face(kind).to(torch.bfloat16), IDS), hs.run(hugging_face(kind), IDS)
    np.testing.assert_allclose(half.attention.pattern, full.attention.pattern, atol=0.05)
    entropies = [hs.logit_lens(one, top=3).entropy for one in (half, full)]
    np.testing.assert_allclose(*entropies, atol=0.15)
    log_probs = [hs.ladder([one]).next_log_prob[:, 1:] for one in (half, full)]
    np.testing.assert_allclose(*log_probs, atol=0.02 * np.abs(log_probs[1]).max())
    if kind == "llama":
        parts = [hs.attribute_logit(one, target=5) for one in (half, full)]
        np.testing.assert_allclose(parts[0].values, parts[1].values, atol=0.02 * np.abs(parts[1].total).max())
        assert parts[0].error.max() < 0.01 * np.abs(parts[1].total).max()


class Largest(TorchDispatchMode):
    """While it lasts, the bytes of the largest tensor that is made are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = 0

    def __torch_dispatch__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = function(*args, **(kwargs or {}))
        given = {
            tensor.untyped_storage().data_ptr() for tensor in tree_leaves(args) if isinstance(tensor, torch.Tensor)
        }
        for tensor in tree_leaves(result):
            if isinstance(tensor, torch.Tensor) and tensor.untyped_storage().data_ptr() not in given:
                self.bytes = max(self.bytes, tensor.untyped_storage().nbytes())
        return result


def test_no_weight_of_half_precision_is_copied_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    size, width = 40_000, 64
    config = LlamaConfig(
        vocab_size=size, hidden_size=width, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64
    )
    decoder = LlamaForCausalLM(config)
    randomised(decoder, 0)
    prompt = hs.run(decoder.to(torch.bfloat16), IDS)
    monkeypatch.setattr(lens_module, "_BLOCK", 1)  # position by position
    with Largest() as largest:
        for result in (hs.logit_lens(prompt), hs.ladder([prompt]), hs.attribute_logit(prompt), prompt.attention):
            assert result.tokens == prompt.tokens
    rows, whole = 5, 4 * size * width
    assert largest.bytes <= max(4 * 8192 * width, 4 * 2 * rows * size, 4 * len(IDS) * size) < whole / 4
