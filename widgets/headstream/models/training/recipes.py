"""The settings of one training run, and those of the shipped models."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass, fields
from typing import Any

SHAPE = ("d_model", "n_heads", "d_head", "d_mlp", "n_ctx", "ln", "bias", "pos_init", "pos_scale", "n_layers", "d_vocab")


@dataclass(frozen=True)
class TrainingConfig:
    """A model's shape, and how it is trained.

    d_mlp: width of the MLPs, 0 for an attention-only model. ln: LayerNorm before every block and at the end.
    bias: whether attention, MLPs and unembedding have biases. pos_init: "sin" (sinusoids, interleaved, of amplitude
    pos_scale), "normal" (of standard deviation pos_scale), both trained on from there, or "none" (zero, not trained).
    batch: sequences of n_ctx tokens a step. lr: the highest learning rate; it rises over the first 2 % of the steps and
    falls along a cosine to 10 %. weight_decay: on the attention, MLP and unembedding matrices only.
    """

    name: str
    n_layers: int
    steps: int
    lr: float
    weight_decay: float
    d_model: int = 384
    n_heads: int = 8
    d_head: int = 48
    d_mlp: int = 0
    n_ctx: int = 512
    d_vocab: int = 8192
    ln: bool = False
    bias: bool = False
    pos_init: str = "sin"
    pos_scale: float = 1.0
    batch: int = 128
    seed: int = 0

    def __post_init__(self) -> None:
        kinds: dict[str, Any] = {"int": int, "float": (int, float), "bool": bool, "str": str}
        words = {"int": "a whole number", "float": "a number", "bool": "True or False", "str": "a text"}
        for field in fields(self):
            kind, value = str(field.type), getattr(self, field.name)
            if not isinstance(value, kinds[kind]) or (isinstance(value, bool) and kind != "bool"):
                raise TypeError(f"{field.name} must be {words[kind]}, not {value!r}.")
            if kind == "float" and not math.isfinite(value):
                raise ValueError(f"{field.name} must be finite, not {value!r}.")
        least = {"n_layers": 0, "d_mlp": 0, "seed": 0, "weight_decay": 0}
        least |= {"steps": 1, "batch": 1, "d_model": 2, "n_heads": 1, "d_head": 1, "n_ctx": 26, "d_vocab": 2}
        for name, value in least.items():
            if getattr(self, name) < value:
                raise ValueError(f"{name} must be at least {value}, not {getattr(self, name)}.")
        if self.lr <= 0:
            raise ValueError(f"lr must be above 0, not {self.lr}.")
        if self.pos_init not in ("sin", "normal", "none"):
            raise ValueError(f"pos_init must be 'sin', 'normal' or 'none', not {self.pos_init!r}.")
        if not re.fullmatch(r"[\w-][\w.-]{0,99}", self.name) or self.name == "manifest":
            raise ValueError(f"name must be usable as a file's name, of letters and digits, and {self.name!r} is not.")

    def learning_rate(self, step: int) -> float:
        """The learning rate of step 0, 1, …, steps - 1."""
        warm_up = max(1, round(0.02 * self.steps))
        if step < warm_up:
            return self.lr * (step + 1) / warm_up
        done = (step - warm_up) / max(1, self.steps - warm_up)
        return self.lr * (0.1 + 0.9 * (1 + math.cos(math.pi * done)) / 2)

    def as_json(self) -> dict[str, Any]:
        """As it stands in a model's JSON file: the model's shape under "config", the rest beside it."""
        fields = asdict(self)
        shape = {key: fields.pop(key) for key in SHAPE}
        return {"name": fields.pop("name"), "config": shape, **fields}


RECIPES = {
    recipe.name: recipe
    for recipe in (
        TrainingConfig("attn-only-0l", 0, steps=3_000, lr=8e-3, weight_decay=0.0, pos_init="none"),
        # Positions this large matter: of amplitude 0.02, no induction head formed in 260 M tokens.
        TrainingConfig("attn-only-1l", 1, steps=8_000, lr=8e-3, weight_decay=0.05),
        TrainingConfig("attn-only-2l", 2, steps=14_000, lr=8e-3, weight_decay=0.05),
        TrainingConfig(
            "gelu-4l",
            4,
            steps=6_500,
            lr=2e-3,
            weight_decay=0.1,
            d_mlp=1536,
            ln=True,
            bias=True,
            pos_init="normal",
            pos_scale=0.02,
        ),
    )
}
