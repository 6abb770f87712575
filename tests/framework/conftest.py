"""Each model of the zoo is made, and each run made, once a session."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

from headstream.models import load
from headstream.models.runs import Run, run
from tests.framework.zoo import SHIPPED, hugging_face, native, save


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], TransformerBridge]:
    made: dict[str, TransformerBridge] = {}

    def make(name: str) -> TransformerBridge:
        kind, _, rest = name.partition(" ")
        if kind == "native":
            return native(name)
        if name in SHIPPED:
            return load(kind, fold=rest != "unfolded")
        if rest == "bfloat16":
            return load(kind).to(torch.bfloat16)
        folder = tmp_path_factory.mktemp(kind)
        save(hugging_face(kind), folder)
        bridge = TransformerBridge.boot_transformers(str(folder))
        if rest == "folded":
            bridge.enable_compatibility_mode()
        return bridge.eval()

    def by_name(name: str) -> TransformerBridge:
        if name not in made:
            made[name] = make(name)
        return made[name]

    return by_name


@pytest.fixture(scope="session")
def random_run(model: Callable[[str], TransformerBridge]) -> Callable[..., Run]:
    """A run of random ids, kept for the session."""
    made: dict[tuple[str, int, int], Run] = {}

    def by_name(name: str, size: int = 12, seed: int = 0) -> Run:
        if (name, size, seed) not in made:
            ids = np.random.default_rng(seed).integers(0, model(name).cfg.d_vocab, size)
            made[name, size, seed] = run(model(name), ids)
        return made[name, size, seed]

    return by_name
