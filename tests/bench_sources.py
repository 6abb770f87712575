"""Seconds and memory of a large Hugging Face model's results, on a GPU where there is one. No test: run it.

python -m tests.bench_sources

The model has Llama 2 7B's shape, bfloat16 and random weights, and reads 512 tokens; without a GPU it is a hundredth of
that. Memory is the most that torch holds on the GPU above the model, or how far the process grows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import memory

TOKENS = 512
LARGE = {"hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "intermediate_size": 11008}
SMALL = {"hidden_size": 512, "num_hidden_layers": 8, "num_attention_heads": 8, "intermediate_size": 1376}


def build(device: str) -> Any:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(**(LARGE if device == "cuda" else SMALL), vocab_size=32_000, max_position_embeddings=4096)
    torch.set_default_dtype(torch.bfloat16)
    with torch.device(device):
        model = LlamaForCausalLM(config)
    torch.set_default_dtype(torch.float32)
    return model.eval().requires_grad_(False)


def measured(device: str, call: Callable[[], Any]) -> tuple[float, float]:
    """Seconds, and megabytes above what was held before."""
    import torch

    if device == "cuda":
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_allocated() / 1e6
    else:
        before = memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")  # the most held is what is held now
    start = time.perf_counter()
    assert call() is not None
    seconds = time.perf_counter() - start
    most = torch.cuda.max_memory_allocated() / 1e6 if device == "cuda" else memory("VmHWM")
    return seconds, most - before


def main() -> None:
    import numpy as np
    import torch

    import headstream as hs

    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = build(device)
    billions = sum(weight.numel() for weight in model.parameters()) / 1e9
    where = torch.cuda.get_device_name() if device == "cuda" else "no GPU here, a small model on the CPU"
    print(f"{billions:.2f} billion parameters in bfloat16, {2 * billions:.1f} GB, {TOKENS} tokens; {where}")
    run = hs.run(model, np.random.default_rng(0).integers(0, 32_000, TOKENS))
    calls: dict[str, Callable[[], Any]] = {
        "a pass alone": lambda: run.read(["logits"], lambda activations, *_: activations["logits"].shape),
        "attention of 8 heads": lambda: run.attention_of([(1, head) for head in range(8)]),
        "logit lens, top 5": lambda: hs.logit_lens(run),
        "parts of a logit": lambda: hs.attribute_logit(run),
        "ladder": lambda: hs.ladder([run]),
    }
    calls["a pass alone"]()  # the first one compiles and reserves
    for name, call in calls.items():
        seconds, megabytes = measured(device, call)
        print(f"{name:24}{seconds:8.2f} s {megabytes:8.0f} MB", flush=True)


if __name__ == "__main__":
    main()
