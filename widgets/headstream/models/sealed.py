"""Sealed models: small transformers whose weights were set to a hidden algorithm, for readers to find out.

Two layers of four attention heads, no LayerNorm, no MLPs; tokens are a start, the letters and "?". What a model does is
drawn by its seed: a first rule that decides where it applies, a second that decides where the first says nothing or
was switched off, and a letter that the present one calls for where neither does. One or two heads carry out a rule, and
it may be done twice over. The other heads attend like these and write where nobody reads. Stream and heads are turned
by random rotations, so that no coordinate tells anything.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import require
from headstream.models.sealed_weights import (
    D_HEAD,
    D_MODEL,
    FIRST,
    HEADS,
    KINDS,
    LAYERS,
    LETTERS,
    PLACES,
    SECOND,
    TWICE,
    VOCABULARY,
    Head,
    Rule,
    decoy,
    previous_token_head,
    rule_head,
    weights,
)  # fmt: skip
from headstream.models.shipped import bridge

if TYPE_CHECKING:
    import torch
    from transformer_lens.model_bridge import TransformerBridge


@dataclass(frozen=True)
class Algorithm:
    """What a sealed model does. heads: who carries it out, by what they do; the others write where nobody reads."""

    first: Rule
    second: Rule
    heads: dict[str, tuple[str, ...]]
    own: tuple[int, ...]

    def __str__(self) -> str:
        followers = ", ".join(f"{LETTERS[i]}{LETTERS[follower - 1]}" for i, follower in enumerate(self.own))
        doing = "; ".join(f"{' and '.join(names)}: {what}" for what, names in self.heads.items())
        last = f"Else by pairs: {followers}.\nHeads {doing}."
        return f"First: {self.first.words}.\nElse: {self.second.words}.\n{last}"


def sealed(seed: int) -> TransformerBridge:
    """A model with a hidden algorithm, the same for the same seed; it takes texts of at most 23 letters.

    `headstream.models.sealed.opened(model)` breaks the seal. Errors: TypeError for a seed that is no whole number,
    ValueError for a negative one.
    """
    seed = checks.whole("seed", seed, 0)
    state = _drawn(seed)[1]
    config = {
        "d_model": D_MODEL, "n_layers": LAYERS, "n_heads": HEADS, "d_head": D_HEAD, "n_ctx": PLACES, "d_mlp": 0,
        "d_vocab": VOCABULARY, "ln": False,
    }  # fmt: skip
    return bridge(config, state, f"sealed-{seed}", _tokenizer(), fold=False)


def opened(model: TransformerBridge) -> Algorithm:
    """What a sealed model does. Raises ValueError for a model that is not sealed."""
    name = re.fullmatch(r"sealed-(\d+)", str(getattr(getattr(model, "cfg", None), "model_name", "")))
    if not name:
        raise ValueError(f"model: expected one that hs.sealed(seed) made, got {getattr(model, 'cfg', model)!r:.60}")
    return _drawn(int(name[1]))[0]


def texts(count: int, seed: int = 0) -> list[str]:
    """Texts of 2 to 23 letters: of all letters, and of only three to six, in which letters come again."""
    random, found = np.random.default_rng(seed), []
    for n in range(count):
        few = random.permutation(26)[: random.integers(3, 7)] if n % 2 else np.arange(26)
        found.append("".join(LETTERS[i] for i in random.choice(few, random.integers(2, PLACES))))
    return found


def answers(model: Any, given: Sequence[str], off: Collection[str] = ()) -> list[str]:
    """The letter that a sealed model finds likeliest after each text, the writes of the heads in `off` set to zero.

    given: texts of 1 to 23 letters. off: names such as "1.3". Many at once, it is some fifty times faster than
    `headstream.intervene`, which answers the same.
    """
    torch = require("torch")
    ids = np.zeros((len(given), PLACES), np.int64)
    for row, text in enumerate(given):
        ids[row, 1 : 1 + len(text)] = [1 + LETTERS.index(letter) for letter in text]

    def silence(layer: int) -> Any:
        heads = [int(name.partition(".")[2]) for name in off if name.startswith(f"{layer}.")]

        def silent(z: Any, hook: object) -> Any:
            z = z.clone()
            z[:, :, heads] = 0
            return z

        return silent

    hooks = [(f"blocks.{layer}.attn.hook_z", silence(layer)) for layer in range(LAYERS)]
    with torch.no_grad():
        logits = model.run_with_hooks(torch.from_numpy(ids), fwd_hooks=hooks)
    last: npt.NDArray[np.int64] = logits[range(len(given)), [len(text) for text in given], 1:].argmax(-1).numpy()
    return [LETTERS[i] for i in last]


def _drawn(seed: int) -> tuple[Algorithm, dict[str, torch.Tensor]]:
    """What the model of this seed does, and the weights that do it."""
    random = np.random.default_rng((2021, seed))
    first, second = _rules(random)
    own = random.permutation(VOCABULARY - 1) + 1
    places = {layer: list(random.permutation(HEADS)) for layer in range(LAYERS)}
    heads: dict[tuple[int, int], Head] = {}
    roles: dict[str, tuple[str, ...]] = {}

    def place(what: str, layer: int, *made: Head) -> None:
        taken = [(layer, int(places[layer].pop())) for _ in made]
        heads.update(zip(taken, made, strict=True))
        roles[what] = tuple(f"{at}.{head}" for at, head in taken)

    twice = bool(random.integers(2))
    if {first.kind, second.kind} & {"induction", "marker"}:
        place("attends to the token before", 0, previous_token_head())
    for which, rule, gains in (
        ("first rule", first, [TWICE] * 2 if twice else [FIRST]),
        ("second rule", second, [SECOND]),
    ):
        layer = 1 if rule.kind in ("induction", "marker") else int(random.integers(LAYERS))
        place(which, layer, *(rule_head(rule, gain) for gain in gains))
    for layer, free in places.items():
        for head in free:
            heads[layer, int(head)] = decoy(random)
    state = weights(random, heads, own)
    return Algorithm(first, second, roles, tuple(own.tolist())), state


def _rules(random: np.random.Generator) -> tuple[Rule, Rule]:
    """Two of different kinds; the first is one that applies in some places only."""
    kinds = [str(random.choice(["induction", "marker", "duplicate"]))]
    kinds.append(str(random.choice([kind for kind in KINDS if kind != kinds[0]])))
    first, second = (
        Rule(
            kind,
            distance=int(random.integers(2, 5)) if kind == "distance" else 0,
            marker=int(random.integers(1, VOCABULARY - 1)) if kind == "marker" else 0,
            shift=int(random.integers(1, 6)) if kind == "duplicate" or random.integers(3) == 0 else 0,
        )
        for kind in kinds
    )
    return first, second


@cache
def _tokenizer() -> Any:
    """One token a letter; any other character is "?"."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers
    from transformers import AutoTokenizer, PreTrainedTokenizerFast

    vocabulary = {"<start>": 0, **{letter: i + 1 for i, letter in enumerate(LETTERS)}}
    letters = Tokenizer(models.WordLevel(vocabulary, unk_token="?"))
    letters.pre_tokenizer = pre_tokenizers.Split(Regex("[\\s\\S]"), "isolated")
    whole = PreTrainedTokenizerFast(tokenizer_object=letters, bos_token="<start>", unk_token="?")
    whole.save_pretrained(_folder().name)
    return AutoTokenizer.from_pretrained(_folder().name)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """TransformerLens reads a tokenizer again from where it was read, so the folder stays until Python ends."""
    return tempfile.TemporaryDirectory()
