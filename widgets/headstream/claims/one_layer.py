"""F3, F4 and F7 to F9: one layer is a sum of paths, its heads make skip-trigrams, and some attend by position."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream import demos
from headstream.claims.claim import Found, claim
from headstream.claims.given import demo_run, model, page
from headstream.extras import needs_lessons
from headstream.framework.heads import back_null, back_scores
from headstream.framework.identities import head_error, path_error
from headstream.framework.interventions import without_head
from headstream.framework.paths import written_by_paths
from headstream.framework.skip_trigrams import skip_trigrams
from headstream.framework.stream import final_stream
from headstream.framework.weights import head_weights
from headstream.models import Run, run, token_id
from headstream.models.pages import pages

with needs_lessons():
    import torch

NAME = "attn-only-1l"
EXACT = 1e-5  # float32, relative to the largest number
POSITIONAL = 0.3  # attention above an even head's that is no chance


@claim(
    "F3",
    "06-one-layer",
    "A model of one layer is a sum of end-to-end paths, exactly, with patterns as they are.",
    measured="largest error over the largest number of the stream; null: one path through a head left out",
    paper="exact",
)
def sum_of_paths() -> Found:
    prompt = demo_run(demos.skip_trigram)
    through = [written for path, written in written_by_paths(prompt) if path.heads]
    null = float(through[0].abs().max() / final_stream(prompt).abs().max())
    ours = path_error(prompt)
    return Found(ours, null, ours < EXACT < null)


@claim(
    "F4",
    "05-heads-move-information",
    "Each head is one matrix, A ⊗ W_OV, applied to the stream.",
    measured="largest error of any head over the largest number it writes; null: the next head's W_OV",
    paper="h(x) = (A ⊗ W_O W_V) x",
)
def head_is_a_product() -> Found:
    prompt = demo_run(demos.skip_trigram)
    heads = range(prompt.model.cfg.n_heads)
    ours, null = max(head_error(prompt, 0, head) for head in heads), min(_swapped(prompt, head) for head in heads)
    return Found(ours, null, ours < EXACT < null)


@claim(
    "F7",
    "07-skip-trigrams",
    "A head of one layer holds skip-trigrams: source … present, then next.",
    measured="mean p of the next token at the places of one head's first skip-trigram, less that without the head, for "
    "the head where this is most; null: without another head, the mean of all others",
    paper="keep … in, then mind; Ralph … R, then alph",
)
def heads_hold_skip_trigrams() -> Found:
    text = pages(model(NAME), count=3, book="oz") + pages(model(NAME), count=3, book="hound")
    best, note = (-1.0, 0.0), ""
    for head in range(model(NAME).cfg.n_heads):
        first = skip_trigrams(text, 0, head, top=1).records()[0]
        p, without = _at_places(text, first)
        loss = p - without
        if loss[head] > best[0]:
            best = float(loss[head]), float(np.delete(loss, head).mean())
            note = f"It is {first['source']!r} … {first['present']!r}, then {first['next']!r}, of head {head}."
    return Found(*best, best[0] > 0.2 and best[0] > 2 * best[1], note=note)


@claim(
    "F8a",
    "07-skip-trigrams",
    "Skip-trigrams have bugs: a head that raises keep … in, then mind must also raise keep … at, then mind.",
    measured="how many times likelier some head makes a skip-trigram's next token after a wrong present one; null: "
    "what 95 of 100 tokens stay below",
    paper="must also increase keep … in bay and keep … at mind",
)
def bug() -> Found:
    prompt = demo_run(demos.skip_trigram_bug)
    p = prompt.logits[-1].softmax(-1)
    without = torch.stack([without_head(prompt, 0, h).logits[-1].softmax(-1) for h in range(prompt.model.cfg.n_heads)])
    times = (p / without).max(0).values.numpy()
    ours = times[token_id(prompt.model, demos.skip_trigram_bug.target or "")]
    null = float(np.quantile(times, 0.95))
    return Found(ours, null, ours > demos.skip_trigram_bug.threshold > null)


@claim(
    "F9",
    "10-induction",
    "Some heads of one layer attend by position: to the present token or the one before.",
    measured="most attention of a head there, on a page whose tokens are shuffled; null: an even head",
    paper="a few heads do",
)
def positional_heads() -> Found:
    ids = page(NAME).token_ids
    mixed = run(model(NAME), [int(ids[0]), *np.random.default_rng(0).permutation(ids[1:]).tolist()])
    scores, even = back_scores(mixed, 1)[0], back_null(mixed, 1)
    above = (scores - even).max(1) > POSITIONAL
    at = np.unravel_index(int(scores.argmax()), scores.shape)
    note = f"{above.sum()} of {len(scores)} heads are more than {POSITIONAL} above an even head."
    return Found(scores[at], even[at[1]], above.any(), note=note)


def _swapped(prompt: Run, head: int) -> float:
    """The error of `head_error` if the head moved what the next one does."""
    other = head_weights(prompt.model, 0, (head + 1) % prompt.model.cfg.n_heads)
    stream = prompt.cache["blocks.0.attn.hook_in"].float()
    moved = prompt.cache["blocks.0.attn.hook_pattern"][head].float() @ stream @ other.W_V @ other.W_O
    written = prompt.cache["blocks.0.attn.hook_z"][:, head].float() @ head_weights(prompt.model, 0, head).W_O
    return float((moved - written).abs().max() / written.abs().max())


def _at_places(text: list[Run], found: dict[str, Any]) -> tuple[float, np.ndarray[Any, np.dtype[np.floating[Any]]]]:
    """Mean p of the next token at the places of a skip-trigram: as it is, and without each head, [head]."""
    rows = []
    for each in text:
        ids = each.token_ids
        at = np.flatnonzero((ids[1:-1] == found["present_id"]) & (ids[2:] == found["next_id"])) + 1
        at = at[[found["source_id"] in ids[1:i] for i in at]] if len(at) else at
        if len(at):
            heads = range(each.model.cfg.n_heads)
            logits = [each.logits, *(without_head(each, 0, head).logits for head in heads)]
            rows.append(np.stack([x[at].softmax(-1)[:, found["next_id"]].numpy() for x in logits]))
    p = np.concatenate(rows, 1).mean(1)
    return float(p[0]), p[1:]
