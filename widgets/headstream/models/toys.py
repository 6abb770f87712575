"""Toys: attention-only models of letters, small enough to be trained while one watches.

`python -m headstream.models.toys` trains all kinds again and writes their records and weights into the package, where
`headstream.training_record` and `Toy.train(recorded=True)` find them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.models.shipped import bridge, verified, write_manifest
from headstream.models.trainings import LETTERS, TOYS, even, training, training_record
from headstream.results import Training

with needs_lessons():
    import torch
    from torch import Tensor, nn

    from headstream.models.training.network import Attention, Block, Network
    from headstream.models.training.recipes import TrainingConfig

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

STEPS = 400
EVERY = 10  # steps from one snapshot to the next
LENGTH = 32  # letters of a text
# Letters of the segment that a text repeats to its end. Of many lengths: with one, it would do to look a fixed number
# of places back, which one layer can.
SEGMENT = (8, 16)
WARM_UP = 50
MEASURED = 64
EARLY, LATE = slice(2, 6), slice(28, 32)


class Toy:
    """A transformer with one or two layers of attention, four heads each, and LayerNorm; its tokens are the 26 letters.

    It learns to go on with texts in which a segment of 8 to 16 random letters is repeated. Only induction does that
    well: find the last place with this letter, and say what came next. Some 40,000 parameters with two layers.

    layers: 1 or 2. smeared: whether each head's keys are mixed with those of the position before, as in "In-context
        Learning and Induction Heads" (2022): k_j ← σ(α) k_j + (1 - σ(α)) k_{j-1}, a number α trained for each head.
    seed: of the first weights and of the texts.
    """

    def __init__(self, layers: int = 2, *, smeared: bool = False, seed: int = 0) -> None:
        layers, seed = checks.whole("layers", layers, 1, 2), checks.whole("seed", seed, 0)
        self.smeared = bool(checks.choice("smeared", smeared, (False, True)))
        self.name = f"toy-{layers}l{'-smeared' if smeared else ''}"
        self.config = TrainingConfig(
            self.name, layers, steps=STEPS, lr=5e-3, weight_decay=0.0, d_model=64, n_heads=4, d_head=16, n_ctx=LENGTH,
            d_vocab=len(LETTERS), ln=True, batch=32, seed=seed,
        )  # fmt: skip
        with torch.random.fork_rng(devices=[]):  # the reader's own random numbers stay as they were
            self.network = Network(self.config)
            for block in self.network.blocks if self.smeared else ():
                assert isinstance(block, Block)
                block.attn = SmearedAttention(block.attn, self.config)
        # Letters and positions of about the same size: with far smaller ones, LayerNorm hides the letters for long.
        nn.init.normal_(self.network.embed.weight, 0, 0.5, generator=torch.Generator().manual_seed(seed))
        self._optimizer = torch.optim.AdamW(self.network.parameters(), self.config.lr, (0.9, 0.98), weight_decay=0)
        self._random = np.random.default_rng(seed)
        self._tests = _Tests()
        self._snapshots: list[tuple[dict[str, Any], npt.NDArray[np.uint8]]] = []
        self._note, self._step, self._seconds = "", 0, 0.0
        self._restored: Training | None = None
        self._snap()

    @property
    def training(self) -> Training:
        """What has been recorded so far: one snapshot every 10 steps."""
        if self._restored:
            return self._restored
        record, frames = zip(*self._snapshots, strict=True)
        tests = self._tests
        return training(
            self.name, record, tests.filmed, tests.tokens, np.stack(frames), tests.bands, tests.nulls, self._note
        )

    def train(
        self,
        steps: int = STEPS,
        *,
        seconds: float = 60,
        show: Callable[[Training], object] | None = None,
        recorded: bool = False,
    ) -> Training:
        """Train for so many steps more, and return what was recorded since the toy was made.

        show: called with the record so far at every snapshot, such as the `show` of a `Film`.
        seconds: when they are up, the training that was recorded with the package takes the place of this one, weights
            included, and stays there. recorded: take it at once.

        An interrupt (the kernel's stop button) ends the training and keeps what there is. What became of it stands in
        the result's `verdict`.
        """
        steps, limit = checks.whole("steps", steps, 1), checks.number("seconds", seconds, 0, 3600)
        if not recorded and not self._restored:
            try:
                with one_thread():
                    recorded = not self._go_on(steps, limit, show)
            except KeyboardInterrupt:
                self._note = f"Stopped after {self._step} steps."
        if recorded:
            self._restore()
        if show:
            show(self.training)
        return self.training

    def patterns(self, ids: Any) -> npt.NDArray[np.float32]:
        """[layer, head, query, key]: attention on the letters of these ids (0 is "a")."""
        return self._run(ids)[1]

    def logits(self, ids: Any) -> npt.NDArray[np.float32]:
        """[position, letter]: the logits of the next letter."""
        return self._run(ids)[0]

    def model(self) -> TransformerBridge:
        """The toy as it is now as a TransformerLens model, for `headstream.run(model, ids)` and all that takes a model.

        Its LayerNorm is folded. Raises ValueError for smeared keys, which such a model does not have: `patterns` and
        `logits` give what those do.
        """
        if self.smeared:
            raise ValueError("toy: expected keys that are not smeared, for TransformerLens has no such model")
        return bridge(self.config.as_json()["config"], self.network.state_dict(), self.name, None, fold=True)

    def __repr__(self) -> str:
        return f"Toy {self.name} after {self.training.steps[-1]:,} steps"

    def save(self, folder: Path) -> None:
        """Write the record and the weights, as the package carries them."""
        from safetensors.torch import save_file

        record, frames = zip(*self._snapshots, strict=True)
        weights = {key: tensor.half().contiguous() for key, tensor in self.network.state_dict().items()}
        save_file(weights, folder / f"{self.name}.safetensors")
        tests = self._tests
        settings = {**self.config.as_json(), "bands": tests.bands, "nulls": tests.nulls, "record": record}
        (folder / f"{self.name}.json").write_text(json.dumps(settings))
        steps = np.array([entry["step"] for entry in record])
        np.savez_compressed(
            folder / f"{self.name}.film.npz", steps=steps, tokens=tests.filmed, patterns=np.stack(frames)
        )

    def _go_on(self, steps: int, limit: float, show: Callable[[Training], object] | None) -> bool:
        """Whether all the steps were done in time."""
        started, end = time.monotonic(), self._step + steps
        while self._step < end:
            if time.monotonic() - started > limit:
                self._note = f"The {limit:g} s were up after {self._step} of {end} steps: this one was recorded before."
                return False
            self._advance()
            if self._step % EVERY == 0 or self._step == end:
                self._snap()
                if show and self._step < end:
                    show(self.training)
        return True

    def _advance(self) -> None:
        started = time.perf_counter()
        for group in self._optimizer.param_groups:
            group["lr"] = self.config.lr * min(1, (self._step + 1) / WARM_UP)
        texts = torch.from_numpy(repeated(self._random, self.config.batch))
        loss = nn.functional.cross_entropy(self.network(texts[:, :-1]).flatten(0, 1), texts[:, 1:].flatten())
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        self._step += 1
        self._seconds += time.perf_counter() - started

    def _snap(self) -> None:
        entry, frame = self._tests.measure(self.network)
        tokens = self._step * self.config.batch * LENGTH
        self._snapshots.append(({"step": self._step, "tokens": tokens, "seconds": self._seconds, **entry}, frame))

    def _restore(self) -> None:
        """Become the recorded toy of this kind."""
        from safetensors.torch import load

        weights = load(verified(TOYS, f"{self.name}.safetensors"))
        self.network.load_state_dict({key: tensor.float() for key, tensor in weights.items()})
        self._restored = replace(training_record(self.name), note=self._note or "This one was recorded before.")

    @torch.no_grad()
    def _run(self, ids: Any) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        given = checks.whole_numbers("ids", ids)
        if given.ndim != 1 or not 0 < len(given) <= LENGTH or given.min() < 0 or given.max() >= len(LETTERS):
            raise ValueError(f"ids: expected 1 to {LENGTH} numbers of letters, from 0 to 25, got {ids!r:.60}")
        patterns: list[Tensor] = []
        logits = self.network(torch.from_numpy(given.astype(np.int64))[None], patterns)
        return logits[0].numpy(), torch.stack(patterns)[:, 0].numpy()


class SmearedAttention(Attention):
    """Attention whose keys are mixed with those of the position before, as much as each head has learnt to."""

    def __init__(self, plain: Attention, config: TrainingConfig) -> None:
        super().__init__(config)
        self.load_state_dict(plain.state_dict(), strict=False)
        self.alpha = nn.Parameter(torch.zeros(config.n_heads))

    def keys(self, x: Tensor) -> Tensor:
        keys = self.k(x)
        before = torch.cat([keys[:, :1], keys[:, :-1]], 1)
        share = torch.sigmoid(self.alpha).repeat_interleave(self.d_head)
        mixed: Tensor = share * keys + (1 - share) * before
        return mixed


def repeated(random: np.random.Generator, count: int, segment: int | None = None) -> npt.NDArray[np.int64]:
    """[count, 33] ids: texts that repeat a segment of random letters; without `segment`, each of another length."""
    letters = random.integers(0, len(LETTERS), (count, LENGTH + 1))
    lengths = np.full(count, segment) if segment else random.integers(SEGMENT[0], SEGMENT[1] + 1, count)
    texts: npt.NDArray[np.int64] = np.take_along_axis(letters, np.arange(LENGTH + 1) % lengths[:, None], 1)
    return texts


class _Tests:
    """The texts that a toy is measured on, the same for every toy and at every step."""

    def __init__(self) -> None:
        random = np.random.default_rng(1_000_000)
        half = LENGTH // 2
        self.texts, self.copies = repeated(random, MEASURED), repeated(random, MEASURED, half)
        self.letters = random.integers(0, len(LETTERS), (MEASURED, LENGTH + 1))
        # Filmed: one text that repeats itself, and one that does not.
        self.filmed = np.stack([self.copies[0, :LENGTH], self.letters[0, :LENGTH]])
        self.tokens = [tuple(LETTERS[token] for token in text) for text in self.filmed]
        self.bands = [f"at positions {band.start} to {band.stop - 1}" for band in (EARLY, LATE)]
        self.nulls = [even(half, LENGTH), even(2, LENGTH)]

    @torch.no_grad()
    def measure(self, network: Network) -> tuple[dict[str, Any], npt.NDArray[np.uint8]]:
        """An entry of a record, with the names of `headstream.models.training.records`, and a frame of its film."""
        half = LENGTH // 2
        with one_thread():
            on_texts, _ = self._read(network, self.texts)
            on_copies, repeating = self._read(network, self.copies)
            _, plain = self._read(network, self.letters)
        early, late = float(on_texts[:, EARLY].mean()), float(on_texts[:, LATE].mean())
        entry = {
            "valid_loss": float(on_texts.mean()),
            "loss_at_50": early,
            "loss_at_500": late,
            "icl_score": late - early,
            "rep_first": float(on_copies[:, : half - 1].mean()),
            "rep_second": float(on_copies[:, half:].mean()),  # from its second letter on: the first cannot be told
            "prefix": [layer.diagonal(1 - half, -2, -1)[..., 1:].mean((0, 2)).tolist() for layer in repeating],
            "prev": [layer.diagonal(-1, -2, -1)[..., 1:].mean((0, 2)).tolist() for layer in plain],
        }
        frame = torch.stack([repeating[:, 0], plain[:, 0]])
        filmed: npt.NDArray[np.uint8] = (frame * 255).round().byte().numpy()
        return entry, filmed

    def _read(self, network: Network, texts: npt.NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Losses [text, position] of every next letter, and attention [layer, text, head, query, key]."""
        ids = torch.from_numpy(texts)
        patterns: list[Tensor] = []
        logits = network(ids[:, :-1], patterns)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        return loss.view(len(texts), -1), torch.stack(patterns)


@contextmanager
def one_thread() -> Iterator[None]:
    """So little is computed at a time that threads would wait for each other for most of it."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def main() -> None:
    TOYS.mkdir(exist_ok=True)
    for layers, smeared in ((1, False), (2, False), (1, True), (2, True)):
        toy = Toy(layers, smeared=smeared)
        print(toy.train(seconds=3600).verdict, f"{toy._seconds:.1f} s")
        toy.save(TOYS)
    write_manifest(TOYS)


if __name__ == "__main__":
    main()
