"""Training: from tokens to a folder that `load` reads."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from tqdm.auto import tqdm  # type: ignore[import-untyped]

from headstream.models.shipped import write_manifest
from headstream.models.training.network import Network
from headstream.models.training.recipes import TrainingConfig
from headstream.models.training.records import Recorder, schedule


def train(
    config: TrainingConfig,
    train_tokens: npt.NDArray[Any],
    valid_tokens: npt.NDArray[Any],
    folder: str | Path,
    *,
    tokenizer: str | Path | None = None,
    device: str | None = None,
    resume: bool = True,
    checkpoint_every: int = 500,
) -> Path:
    """Train a model and write it to the folder; returns what `headstream.load` takes to read it: folder/name.

    train_tokens, valid_tokens: [token] whole numbers, documents joined by token 0.
    tokenizer: the folder of the tokenizer that made them, if it is not the shipped one; it is copied beside the model.
    device: "cuda", "mps" or "cpu"; by default CUDA if there is any, where the forward pass is in bfloat16 (autocast).
    resume: whether to go on from the folder's checkpoint, if there is one. Every step draws its data by its number, so
        on a CPU with the same number of threads a resumed training ends in the same weights, bit for bit; on a GPU
        the order of additions varies from run to run, and only the data are the same.
    checkpoint_every: steps between checkpoints, of which the last is kept.

    Written: NAME.safetensors (float16), NAME.json (settings and record), manifest.json and, if the model has layers,
    NAME.film.npz: steps, tokens [2, 64] (32 random tokens twice; the opening of the first validation document), and
    patterns [step, 2, layer, head, query, key] uint8, 255 times the attention.

    Errors: ValueError or TypeError for tokens that do not fit the settings, and for a checkpoint of other settings;
    OSError for a damaged checkpoint; FloatingPointError if the training diverges.
    """
    if not isinstance(checkpoint_every, int) or checkpoint_every < 1:
        raise ValueError(f"checkpoint_every must be a whole number, at least 1, not {checkpoint_every!r}.")
    for which, tokens in (("train_tokens", train_tokens), ("valid_tokens", valid_tokens)):
        _check(which, tokens, config)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if tokenizer is not None:
        shutil.copytree(tokenizer, folder / "tokenizer", dirs_exist_ok=True)
    place = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    training = _Training(config, np.asarray(train_tokens), Recorder(config, np.asarray(valid_tokens), place), place)
    checkpoint = folder / f"{config.name}.checkpoint.pt"
    if resume and checkpoint.is_file():
        training.restore(checkpoint)

    recorded = set(schedule(config.steps))
    with tqdm(total=config.steps, initial=training.step, desc=config.name, unit="step") as bar:
        while True:
            if training.step in recorded:
                bar.set_postfix(valid_loss=f"{training.record():.3f}")
            if training.step == config.steps:
                break
            training.advance()
            bar.update()
            if training.step % checkpoint_every == 0 or training.step == config.steps:
                training.save(checkpoint)
    training.export(folder)
    write_manifest(folder)
    return folder / config.name


def _check(which: str, tokens: npt.NDArray[Any], config: TrainingConfig) -> None:
    tokens = np.asarray(tokens)
    if tokens.ndim != 1 or tokens.dtype.kind not in "iu":
        shape = list(tokens.shape)
        raise TypeError(f"{which} must be one list of whole numbers, not {tokens.dtype} of the shape {shape}.")
    if len(tokens) < config.n_ctx + 2:
        raise ValueError(f"{which} must hold at least n_ctx + 2 = {config.n_ctx + 2} tokens, not {len(tokens)}.")
    if tokens.min() < 0 or tokens.max() >= config.d_vocab:
        ends = f"{tokens.min()} to {tokens.max()}"
        raise ValueError(f"{which} must be ids from 0 to {config.d_vocab - 1}, and they go from {ends}.")


class _Training:
    """The state of a training: all that a checkpoint holds."""

    def __init__(
        self, config: TrainingConfig, tokens: npt.NDArray[Any], recorder: Recorder, device: torch.device
    ) -> None:
        self.config, self.tokens, self.recorder, self.device = config, tokens, recorder, device
        self.network = Network(config).to(device)
        decayed, others = self.network.decayed()
        self.parameters = [*decayed, *others]
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": config.weight_decay}, {"params": others, "weight_decay": 0.0}],
            lr=config.lr,
            betas=(0.9, 0.98),
        )
        self.step = 0
        self.seconds = 0.0
        self.records: list[dict[str, Any]] = []
        self.frames: list[npt.NDArray[np.uint8]] = []

    def advance(self) -> None:
        """One step of the optimiser."""
        started = time.perf_counter()
        for group in self.optimizer.param_groups:
            group["lr"] = self.config.learning_rate(self.step)
        ids = self._batch()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            logits = self.network(ids[:, :-1])
        loss = nn.functional.cross_entropy(logits.flatten(0, 1).float(), ids[:, 1:].flatten())
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        if not torch.isfinite(norm):
            raise FloatingPointError(f"the gradient of step {self.step} is not finite: try a lower learning rate.")
        self.optimizer.step()
        self.step += 1
        self.seconds += time.perf_counter() - started

    def record(self) -> float:
        """Measure the network as it is, and return its validation loss."""
        tokens = self.step * self.config.batch * self.config.n_ctx
        entry = self.recorder.measure(self.network, self.step, tokens, self.seconds)
        self.records.append(entry)
        if self.config.n_layers:
            self.frames.append(self.recorder.frame(self.network))
        return float(entry["valid_loss"])

    def save(self, file: Path) -> None:
        state = {
            "config": self.config.as_json(),
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "record": self.records,
            "frames": torch.from_numpy(np.array(self.frames)),
        }
        unfinished = file.with_suffix(".tmp")
        torch.save(state, unfinished)
        os.replace(unfinished, file)  # a checkpoint is whole or it is the one before

    def restore(self, file: Path) -> None:
        try:
            state = torch.load(file, map_location=self.device, weights_only=True)
            settings = state["config"]
        except Exception as error:  # torch.load has another error for each way in which a file can be damaged
            raise OSError(f"{file} is no checkpoint that can be read: use another folder, or resume=False.") from error
        if settings != self.config.as_json():
            raise ValueError(f"{file} is of a training with other settings: use another folder, or resume=False.")
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seconds, self.records = state["step"], state["seconds"], state["record"]
        self.frames = list(state["frames"].numpy(force=True))

    def export(self, folder: Path) -> None:
        name = self.config.name
        weights = {key: tensor.half().cpu().contiguous() for key, tensor in self.network.state_dict().items()}
        save_file(weights, folder / f"{name}.safetensors")
        (folder / f"{name}.json").write_text(json.dumps({**self.config.as_json(), "record": self.records}))
        if self.frames:
            steps = np.array([entry["step"] for entry in self.records])
            film = folder / f"{name}.film.npz"
            np.savez_compressed(film, steps=steps, tokens=self.recorder.film, patterns=np.array(self.frames))

    def _batch(self) -> Tensor:
        """[batch, n_ctx + 1] tokens from random places, the same for the same seed and step."""
        random = np.random.default_rng((self.config.seed, self.step))
        starts = random.integers(0, len(self.tokens) - self.config.n_ctx, self.config.batch)
        rows = self.tokens[starts[:, None] + np.arange(self.config.n_ctx + 1)]
        return torch.from_numpy(rows.astype(np.int64)).to(self.device)
