"""Prompts that show something, for lessons to open with.

Each holds the effect that it shows in a sentence, a function that measures it, and the value that must be reached:
tests check all of them on the shipped models, so that a retrained model cannot silently break a lesson's opening.

    demo = hs.demos.lens
    run = hs.run(hs.load(demo.model), demo.text)
    demo.measure(run) >= demo.threshold
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from headstream.framework.heads import prefix_matching_scores, previous_token_scores, top_head
from headstream.framework.interventions import intervene, patch, without_head
from headstream.framework.residual import attribute_logit
from headstream.models import Run, token_id
from headstream.models import run as run_model


@dataclass(frozen=True)
class Demo:
    """A prompt with an effect.

    name: its name in this module. models: the names of the models it is for. text: the prompt.
    target: the token that the effect is about, the next one after the text where nothing else is said; or None.
    effect: what it shows, one sentence. measure: a function of one run a model, in the order of `models`.
    threshold: the least value of the measure at which the effect is there.
    """

    name: str
    models: tuple[str, ...]
    text: str
    target: str | None
    effect: str
    measure: Callable[..., float]
    threshold: float

    @property
    def model(self) -> str:
        """The (first) model that it is for."""
        return self.models[0]

    def expect(self, run: Run) -> None:
        """Raise `NotTheDemo` unless this is a run of the prompt through the (first) model that it is for.

        For a lesson's cell whose words are about the prompt: a reader who has put another text or model into the main
        path is told so, in a sentence, before something that is not there is looked for.
        """
        if run.text != self.text or run.name != self.model:
            raise NotTheDemo(self)


class NotTheDemo(ValueError):  # noqa: N818 (it is told to readers by its sentence alone)
    """A lesson's cell was run on another prompt or model than the one that its words are about."""

    def __init__(self, demo: Demo) -> None:
        super().__init__(
            f"This cell is about the shipped prompt {shown(demo.text)} and the model {demo.model}: put your own text "
            "or model in Your turn, near the end of the lesson, and set this one back."
        )

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: the sentence, and nothing of the code that found it out."""
        return [str(self)]


def shown(text: str) -> str:
    return repr(text) if len(text) <= 60 else f"{text[:57]!r}…"


def _probability(run: Run, token: str, position: int = -1) -> float:
    return float(run.logits[position].softmax(-1)[token_id(run.model, token)])


def _last(run: Run, token: str) -> int:
    """The position whose next token is the last `token` of the prompt."""
    return int(np.flatnonzero(run.token_ids == token_id(run.model, token))[-1]) - 1


def _rungs(*runs: Run) -> float:
    """The least number of tokens that a model is the first, in this order, to predict with p > .5."""
    right = []
    for run in runs:
        p = run.logits[:-1].softmax(-1).numpy(force=True)
        right.append(p[np.arange(len(p)), run.token_ids[1:]] > 0.5)
    first = np.argmax(right, 0)[np.any(right, 0)]
    return float(np.bincount(first, minlength=len(runs)).min())


def _names(one: Run, two: Run) -> float:
    """Mean probability of "ry" at the later mentions of "Gryphon", with two layers less with one."""
    mentions = np.flatnonzero(one.token_ids == token_id(one.model, "ry"))[1:] - 1
    return float(np.mean([_probability(two, "ry", i) - _probability(one, "ry", i) for i in mentions]))


def _induction(two: Run, one: Run) -> float:
    """How much of the probability of both continuations is gone without the induction head, or in the one-layer model
    (the least of the four differences)."""
    without = without_head(two, *top_head(prefix_matching_scores(two.model)))
    places = [(token, _last(two, token)) for token in ("ot", "ion")]
    return min(_probability(two, *place) - _probability(other, *place) for place in places for other in (without, one))


def _made_up(two: Run, one: Run) -> float:
    """How much of the name's probability is gone without the induction head, without the one that it reads, or in the
    one-layer model (the least of the three differences)."""
    pair = top_head(prefix_matching_scores(two.model)), top_head(previous_token_scores(two))
    others = [one, *(without_head(two, *head) for head in pair)]
    return min(_probability(two, "v") - _probability(other, "v") for other in others)


def _other_name(run: Run) -> Run:
    """The same prompt with another first letter of the name, where it stands first: as many tokens, one of them new."""
    return run_model(run.model, patched_name.text.replace("Potter", "Cotter", 1))


def _restored(run: Run) -> float:
    """How much of the answer's probability comes back into the run with another name once the previous-token head's
    write at the token after the first letter is patched; 0 if that head's own bar is not short."""
    corrupted = _other_name(run)
    earlier, after = top_head(previous_token_scores(run)), _last(run, "ter")
    patched = intervene(corrupted, patch(earlier, run, position=after))
    bars = attribute_logit(run, target="ot")
    length = {(one.layer, one.head): abs(value) for one, value in zip(bars.components, bars.values[:, -1], strict=True)}
    longest = max(value for (_, head), value in length.items() if head is not None)
    return float(length[earlier] < longest / 10) * (_probability(patched, "ot") - _probability(corrupted, "ot"))


def _skip_trigram(target: str) -> Callable[[Run], float]:
    def measure(run: Run) -> float:
        """How much of the target's probability is gone without the one head that matters most."""
        others = [_probability(without_head(run, 0, head), target) for head in range(run.model.cfg.n_heads)]
        return _probability(run, target) - min(others)

    return measure


def _times(target: str) -> Callable[[Run], float]:
    def measure(run: Run) -> float:
        """How many times likelier the target is than without the one head that matters most."""
        others = [_probability(without_head(run, 0, head), target) for head in range(run.model.cfg.n_heads)]
        return _probability(run, target) / min(others)

    return measure


def _lens_ranks(run: Run, target: str) -> list[int]:
    """Rank of the target (0: the top) read off the last position's stream after the embedding and after every block."""
    import torch

    model, token = run.model, token_id(run.model, target)
    stream = [run.cache[f"blocks.{layer}.hook_resid_pre"][-1] for layer in range(model.cfg.n_layers)]
    with torch.no_grad():
        logits = [*model.unembed(model.ln_final(torch.stack(stream)[None]))[0], run.logits[-1]]
    return [int((row > row[token]).sum()) for row in logits]


def _rises(target: str) -> Callable[[Run], float]:
    def measure(run: Run) -> float:
        """Rank of the target after the embedding; 0 unless it is the top token in the end."""
        ranks = _lens_ranks(run, target)
        return float(ranks[0] if ranks[-1] == 0 else 0)

    return measure


def _early(target: str) -> Callable[[Run], float]:
    def measure(run: Run) -> float:
        """After how many of the last blocks in a row the target is the top token."""
        ranks = _lens_ranks(run, target)
        return float(next((n for n, rank in enumerate(reversed(ranks)) if rank), len(ranks)))

    return measure


ladder = Demo(
    "ladder",
    ("attn-only-0l", "attn-only-1l", "attn-only-2l", "gelu-4l"),
    Path(__file__).with_name("alice.txt").read_text(encoding="utf-8").strip(),
    None,
    "Each of the four models is the first to predict some of the tokens of this page with p > .5.",
    _rungs,
    8,
)

ladder_names = Demo(
    "ladder_names",
    ("attn-only-1l", "attn-only-2l"),
    ladder.text,
    "ry",
    "Once the Gryphon has been named, two layers of attention finish its name and one layer does not.",
    _names,
    0.4,
)

induction = Demo(
    "induction",
    ("attn-only-2l", "attn-only-1l"),
    "Harry Potter and Hermione Granger met Mr. Dursley. Then Harry Potter and Hermione Granger",
    None,
    "Names are finished as they were before, by one head of two layers; without it, or with one layer, they are not.",
    _induction,
    0.4,
)

half_name = Demo(
    "half_name",
    ("attn-only-2l", "attn-only-1l"),
    "Harry Potter and Hermione Granger met Mr. Dursley. Then Harry P",
    "ot",
    "Two layers finish the name that stood there before, and one layer does not.",
    lambda two, one: _probability(two, "ot") - _probability(one, "ot"),
    0.4,
)

made_up_name = Demo(
    "made_up_name",
    ("attn-only-2l", "attn-only-1l"),
    "Mrs. Kelvaren had lost her cat. Nobody had seen it but Kel",
    "v",
    "A made-up name is finished as it was before, by two heads together; without one of them, or with one layer, not.",
    _made_up,
    0.4,
)

patched_name = Demo(
    "patched_name",
    ("gelu-4l",),
    "Mr. Potter was ill. Nobody had seen Mr. P",
    "ot",
    "With another name before, one head's write at one token brings the answer back; its own bar is short.",
    _restored,
    0.4,
)

skip_trigram = Demo(
    "skip_trigram",
    ("attn-only-1l",),
    'She looked round. Matthew was gone. "M',
    "at",
    "One head sees the earlier name and finishes it: the paper's Ralph … R, then alph.",
    _skip_trigram("at"),
    0.25,
)

skip_trigram_code = Demo(
    "skip_trigram_code",
    ("attn-only-1l",),
    "def area(",
    "self",
    "One head sees that a function is being defined, and its first argument is self.",
    _skip_trigram("self"),
    0.25,
)

skip_trigram_phrase = Demo(
    "skip_trigram_phrase",
    ("attn-only-1l",),
    "His command in",
    " chief",
    "One head remembers the first word of a set phrase.",
    _skip_trigram(" chief"),
    0.2,
)

skip_trigram_bug = Demo(
    "skip_trigram_bug",
    ("attn-only-1l",),
    "said Dorothy but",
    " Land",
    "The head that makes Land likelier after Dorothy … the does so after Dorothy … but: the paper's keep … in bay.",
    _times(" Land"),
    20,
)

lens = Demo(
    "lens",
    ("gelu-4l",),
    "I beg your",
    " pardon",
    "The answer is far down the list after the embedding, and at the top in the end.",
    _rises(" pardon"),
    500,
)

lens_ladies = Demo(
    "lens_ladies",
    ("gelu-4l",),
    "Good morning, ladies and",
    " gentlemen",
    "The answer is far down the list after the embedding, and at the top in the end.",
    _rises(" gentlemen"),
    500,
)

lens_early = Demo(
    "lens_early",
    ("gelu-4l",),
    "and the old",
    " man",
    "An easy answer is at the top from the first blocks on.",
    _early(" man"),
    3,
)

lens_depth = Demo(
    "lens_depth",
    ("attn-only-1l", "gelu-4l"),
    lens.text,
    " pardon",
    "One layer gives the answer too: a lens that shows it rising through four is no proof that it needs them.",
    lambda *runs: min(_probability(run, " pardon") for run in runs),
    0.4,
)

ALL = (
    ladder,
    ladder_names,
    induction,
    half_name,
    made_up_name,
    patched_name,
    skip_trigram,
    skip_trigram_code,
    skip_trigram_phrase,
    skip_trigram_bug,
    lens,
    lens_ladies,
    lens_early,
    lens_depth,
)
