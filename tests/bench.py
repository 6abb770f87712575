"""Time and memory of framework functions beside TransformerLens', at GPT-2's size with random weights. No test: run it.

python -m tests.bench

Each runs in a process of its own, once, on one thread; memory is how far the process grows at most, above the model
and its run. The ratios are of one run on one machine, which is all that can be compared.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

POSITIONS = 256
LAYERS, HEADS, D_HEAD, D_VOCAB = 12, 12, 64, 50257


def build(tokenizer: Any = None) -> Any:
    import torch
    from transformer_lens.config import TransformerBridgeConfig
    from transformer_lens.model_bridge import TransformerBridge

    cfg = TransformerBridgeConfig(
        d_model=HEADS * D_HEAD,
        n_layers=LAYERS,
        n_heads=HEADS,
        d_head=D_HEAD,
        n_ctx=1024,
        d_vocab=D_VOCAB,
        d_mlp=4 * HEADS * D_HEAD,
        normalization_type="LN",
        act_fn="gelu_new",
        positional_embedding_type="standard",
        init_weights=False,
    )
    model = TransformerBridge.boot_native(cfg, tokenizer=tokenizer)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.normal_(0, 0.02, generator=generator)
            weight.add_(float(weight.ndim == 1 and name.endswith("weight")))
    model.requires_grad_(False)
    return model.eval()


def run_of(model: Any, positions: int = POSITIONS) -> Any:
    import numpy as np

    import headstream as hs

    return hs.run(model, np.random.default_rng(0).integers(0, D_VOCAB, positions))


def composition(model: Any) -> Callable[[], Any]:
    import headstream as hs

    return lambda: hs.composition_scores(model)


def composition_of_theirs(model: Any) -> Callable[[], Any]:
    return lambda: [model.all_composition_scores(mode).scores for mode in "QKV"]


def eigenvalues(model: Any) -> Callable[[], Any]:
    import headstream as hs

    return lambda: hs.copying_scores(model)


def eigenvalues_of_theirs(model: Any) -> Callable[[], Any]:
    def measure() -> Any:
        found = (model.W_E @ model.OV @ model.W_U).eigenvalues
        return found.sum(-1).real / found.abs().sum(-1)

    return measure


def lens(model: Any) -> Callable[[], Any]:
    import headstream as hs

    run = run_of(model)
    return lambda: hs.logit_lens(run, top=10)


def lens_512(model: Any) -> Callable[[], Any]:
    import headstream as hs

    run = run_of(model, 512)
    return lambda: hs.logit_lens(run, top=10)


def lens_of_theirs(model: Any) -> Callable[[], Any]:
    """The same numbers by the cache's accumulated stream: either norm, top 10, entropy, divergence from the end."""
    run = run_of(model)

    def measure() -> list[Any]:
        found, end = [], run.logits.log_softmax(-1)
        for final in (False, True):
            stream = run.cache.accumulated_resid(incl_mid=True, apply_ln=final)
            stream = stream if final else model.ln_final(stream)
            log_prob = (stream @ model.W_U + model.b_U).log_softmax(-1)
            prob = log_prob.exp()
            found += [log_prob.topk(10), -(prob * log_prob).sum(-1), (prob * (log_prob - end)).sum(-1)]
        return found

    return measure


def attribution(model: Any) -> Callable[[], Any]:
    import headstream as hs

    run = run_of(model)
    return lambda: hs.attribute_logit(run, target=7)


def attribution_of_theirs(model: Any) -> Callable[[], Any]:
    """Components without the sources of heads, which it does not have."""
    run = run_of(model)

    def measure() -> Any:
        stack = run.cache.get_full_resid_decomposition(expand_neurons=False)
        return run.cache.apply_ln_to_stack(stack) @ model.W_U[:, 7]

    return measure


def circuit(model: Any) -> Callable[[], Any]:
    import headstream as hs

    return lambda: hs.circuit(model, 5, 3)


PAIRS = {
    "composition scores of all pairs": (composition, composition_of_theirs),
    "OV eigenvalues of all heads": (eigenvalues, eigenvalues_of_theirs),
    f"logit lens of {POSITIONS} positions, top 10": (lens, lens_of_theirs),
    "logit attribution, by head": (attribution, attribution_of_theirs),
    "logit lens of 512 positions, top 10": (lens_512, None),
    f"OV circuit, {D_VOCAB:,} x {D_VOCAB:,} tokens": (circuit, None),
}


def memory(which: str) -> float:
    """VmRSS, the memory held, or VmHWM, the most held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(which))


def measured(function: Callable[[Any], Callable[[], Any]], model: Any) -> tuple[float, float]:
    """Seconds and megabytes of one function, in a process of its own that has the model already."""
    context = multiprocessing.get_context("fork")
    answer, question = context.Pipe(duplex=False)
    process = context.Process(target=measure, args=(function, model, question))
    process.start()
    question.close()
    try:
        found: tuple[float, float] = answer.recv()
    except EOFError:
        raise RuntimeError(f"{function.__name__} ended before it had an answer: see above") from None
    process.join()
    return found


def measure(function: Callable[[Any], Callable[[], Any]], model: Any, answer: Any) -> None:
    import torch

    with torch.no_grad():
        call = function(model)
        before = memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")  # the most held is what is held now
        start = time.perf_counter()
        result = call()
        seconds = time.perf_counter() - start
    assert result is not None
    answer.send((seconds, max(memory("VmHWM") - before, 1)))


def main() -> None:
    import torch

    torch.set_num_threads(
        1
    )  # a process with threads is not safely forked, and on a busy machine they wait for each other
    model = build()
    for name, (ours, theirs) in PAIRS.items():
        seconds, megabytes = measured(ours, model)
        line = f"{name:40}{seconds:7.2f} s {megabytes:7.0f} MB"
        if theirs is not None:
            their_seconds, their_megabytes = measured(theirs, model)
            line += f"   TransformerLens {their_seconds:7.2f} s {their_megabytes:7.0f} MB"
            line += (
                f"   ratios {seconds / their_seconds:.2f} of its time, {megabytes / their_megabytes:.2f} of its memory"
            )
        print(line, flush=True)


if __name__ == "__main__":
    main()
