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

from headstream import demo_measures as measures
from headstream.models import Run


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


ladder = Demo(
    "ladder",
    ("attn-only-0l", "attn-only-1l", "attn-only-2l", "gelu-4l"),
    Path(__file__).with_name("alice.txt").read_text(encoding="utf-8").strip(),
    None,
    "Each of the four models is the first to predict some of the tokens of this page with p > .5.",
    measures.rungs,
    8,
)

ladder_names = Demo(
    "ladder_names",
    ("attn-only-1l", "attn-only-2l"),
    ladder.text,
    "ry",
    "Once the Gryphon has been named, two layers of attention finish its name and one layer does not.",
    measures.names,
    0.4,
)

induction = Demo(
    "induction",
    ("attn-only-2l", "attn-only-1l"),
    "Harry Potter and Hermione Granger met Mr. Dursley. Then Harry Potter and Hermione Granger",
    None,
    "Names are finished as they were before, by one head of two layers; without it, or with one layer, they are not.",
    measures.induction,
    0.4,
)

half_name = Demo(
    "half_name",
    ("attn-only-2l", "attn-only-1l"),
    "Harry Potter and Hermione Granger met Mr. Dursley. Then Harry P",
    "ot",
    "A name that stood there before is finished by two heads together; without one of them, or with one layer, not.",
    lambda two, one: measures.by_the_pair(two, one, "ot"),
    0.4,
)

made_up_name = Demo(
    "made_up_name",
    ("attn-only-2l", "attn-only-1l"),
    "Mrs. Kelvaren had lost her cat. Nobody had seen it but Kel",
    "v",
    "A made-up name is finished as it was before, by two heads together; without one of them, or with one layer, not.",
    lambda two, one: measures.by_the_pair(two, one, "v"),
    0.4,
)

patched_name = Demo(
    "patched_name",
    ("gelu-4l",),
    "Mr. Potter was ill. Nobody had seen Mr. P",
    "ot",
    "With another name before, one head's write at one token brings the answer back; its own bar is short.",
    measures.restored,
    0.4,
)

hidden_reason = Demo(
    "hidden_reason",
    ("gelu-4l",),
    patched_name.text,
    "ot",
    "With another name before, the answer is gone; the attention patterns of this prompt alone bring it back.",
    measures.by_patterns,
    0.4,
)

traced = Demo(
    "traced",
    ("gelu-4l",),
    "The sun was",
    " shining",
    "It is the MLPs that know it: once each writes only its mean over the prompt, the answer is gone.",
    measures.by_mlps(" shining"),
    0.2,
)

skip_trigram = Demo(
    "skip_trigram",
    ("attn-only-1l",),
    'She looked round. Matthew was gone. "M',
    "at",
    "One head sees the earlier name and finishes it: the paper's Ralph … R, then alph.",
    measures.gone("at"),
    0.25,
)

skip_trigram_code = Demo(
    "skip_trigram_code",
    ("attn-only-1l",),
    "def area(",
    "self",
    "One head sees that a function is being defined, and its first argument is self.",
    measures.gone("self"),
    0.25,
)

skip_trigram_phrase = Demo(
    "skip_trigram_phrase",
    ("attn-only-1l",),
    "His command in",
    " chief",
    "One head remembers the first word of a set phrase.",
    measures.gone(" chief"),
    0.2,
)

skip_trigram_bug = Demo(
    "skip_trigram_bug",
    ("attn-only-1l",),
    "said Dorothy but",
    " Land",
    "The head that makes Land likelier after Dorothy … the does so after Dorothy … but: the paper's keep … in bay.",
    measures.times(" Land"),
    20,
)

lens = Demo(
    "lens",
    ("gelu-4l",),
    "I beg your",
    " pardon",
    "The answer is far down the list after the embedding, and at the top in the end.",
    measures.rises(" pardon"),
    500,
)

lens_ladies = Demo(
    "lens_ladies",
    ("gelu-4l",),
    "Good morning, ladies and",
    " gentlemen",
    "The answer is far down the list after the embedding, and at the top in the end.",
    measures.rises(" gentlemen"),
    500,
)

lens_early = Demo(
    "lens_early",
    ("gelu-4l",),
    "and the old",
    " man",
    "An easy answer is at the top from the first blocks on.",
    measures.early(" man"),
    3,
)

lens_depth = Demo(
    "lens_depth",
    ("attn-only-1l", "gelu-4l"),
    lens.text,
    " pardon",
    "One layer gives the answer too: a lens that shows it rising through four is no proof that it needs them.",
    lambda *runs: min(measures.probability(run, " pardon") for run in runs),
    0.4,
)

ALL = (
    ladder,
    ladder_names,
    induction,
    half_name,
    made_up_name,
    patched_name,
    hidden_reason,
    traced,
    skip_trigram,
    skip_trigram_code,
    skip_trigram_phrase,
    skip_trigram_bug,
    lens,
    lens_ladies,
    lens_early,
    lens_depth,
)
