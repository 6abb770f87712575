"""Dictionaries in files: ours, with their scores beside them, and those that SAELens saved."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.dictionaries import Dictionary
from headstream.models.shipped import verified, write_manifest

with needs_lessons():
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load as load_tensors
    from safetensors.torch import save_file
    from torch import Tensor

WEIGHTS = Path(__file__).with_name("weights")
SETTINGS = ("name", "reads", "writes", "activation", "k")


def shipped() -> tuple[str, ...]:
    """The names of the dictionaries that come with the package."""
    return tuple(sorted(file.stem for file in WEIGHTS.glob("*.safetensors")))


def save(trained: Dictionary, folder: str | Path, **facts: Any) -> Path:
    """Write NAME.safetensors (float16), NAME.json and the folder's manifest; returns folder/NAME, for `dictionary`.

    facts: what else is to stand in the JSON file, such as model="gelu-4l" and the scores. Each file is whole or it is
    the one before.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    settings = {key: getattr(trained, key) for key in SETTINGS}
    text = json.dumps({"dictionary": settings, **facts}, indent=1) + "\n"
    tensors = {key: value.detach().half().cpu().contiguous() for key, value in trained.state_dict().items()}
    unfinished = folder / f"{trained.name}.tmp"
    save_file(tensors, unfinished)
    os.replace(unfinished, folder / f"{trained.name}.safetensors")
    unfinished.write_text(text)
    os.replace(unfinished, folder / f"{trained.name}.json")
    write_manifest(folder)
    return folder / trained.name


def dictionary(name: str | Path) -> Dictionary:
    """A dictionary by its name: a shipped one (see `shipped`), FOLDER/NAME that `save` wrote, or a folder that SAELens
    wrote (cfg.json and sae_weights.safetensors). It is float32, on the CPU, and needs no gradient.

    `facts(name)` is what stands beside it: the model it belongs to, how it was trained, its scores.

    Errors: ValueError for a name or a folder that holds none, or one whose arrays do not fit one another; OSError for
    damaged files.
    """
    if not isinstance(name, (str, Path)):
        raise TypeError(f"name: expected a dictionary's name or folder, got {type(name).__name__}")
    path = Path(name)
    if str(name) in shipped():
        return _ours(WEIGHTS, str(name))
    if os.path.isfile(path / "cfg.json"):
        from headstream.features.saelens import load as load_saelens

        return load_saelens(path)
    if os.path.isfile(path.parent / f"{path.name}.json"):
        return _ours(path.parent, path.name)
    shown = str(name) if len(str(name)) <= 200 else f"{str(name)[:200]}…"
    raise ValueError(f"name: expected {', '.join(shipped())}, or a folder's, got {shown!r}")


def facts(name: str | Path) -> dict[str, Any]:
    """What stands beside a shipped or saved dictionary: "model", "scores", "training"."""
    path = WEIGHTS / name if str(name) in shipped() else Path(name)
    found: dict[str, Any] = json.loads(verified(path.parent, f"{path.name}.json"))
    return found


def _ours(folder: Path, name: str) -> Dictionary:
    settings = json.loads(verified(folder, f"{name}.json"))["dictionary"]
    return built(read_tensors(verified(folder, f"{name}.safetensors"), name), **settings)


def read_tensors(content: bytes, name: str) -> dict[str, Tensor]:
    """Errors: OSError for bytes that are no safetensors file."""
    try:
        return dict(load_tensors(content))
    except SafetensorError as error:
        raise OSError(f"{name}.safetensors is damaged: {error}") from error


def built(
    tensors: Mapping[str, Tensor], *, name: str, reads: list[str], writes: list[str], activation: str, k: int | None
) -> Dictionary:
    """A dictionary of these arrays, once they are known to fit one another."""
    wanted = {"W_enc", "b_enc", "W_dec", "b_dec", "threshold"}
    if set(tensors) != wanted:
        raise ValueError(f"{name}: expected the arrays {', '.join(sorted(wanted))}, got {', '.join(sorted(tensors))}")
    encoder, decoder = tensors["W_enc"], tensors["W_dec"]
    for key in ("W_enc", "W_dec"):
        if tensors[key].ndim != 3:
            raise ValueError(f"{name}: expected {key} with three axes, got shape {list(tensors[key].shape)}")
    features, d_in, d_out = len(decoder), encoder.shape[1], decoder.shape[2]
    shapes = {
        "W_enc": (len(reads), d_in, features), "b_enc": (features,), "threshold": (features,),
        "W_dec": (features, len(writes), d_out), "b_dec": (len(writes), d_out),
    }  # fmt: skip
    for key, shape in shapes.items():
        checks.shape(f"{name}: {key}", tensors[key], shape)
        if not bool(torch.isfinite(tensors[key]).all()):
            raise ValueError(f"{name}: expected finite numbers in {key}, got NaN or infinity")
    made = Dictionary(name, reads, writes, d_in, d_out, features, activation=activation, k=k)
    made.load_state_dict({key: value.float() for key, value in tensors.items()})
    return made.requires_grad_(False)
