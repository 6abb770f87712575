"""What is seen in toys trained while one waits, over several seeds: the change, what it needs, and what bugs cost."""

from __future__ import annotations

from functools import cache

import numpy as np

from headstream.claims.claim import Found, claim
from headstream.claims.records import window
from headstream.extras import needs_lessons
from headstream.framework.composition import composition
from headstream.framework.spectra import copying_null, copying_scores
from headstream.framework.term_importance import term_importance
from headstream.models import run
from headstream.models.toys import LENGTH, Toy, repeated
from headstream.results import Floats, Training

with needs_lessons():
    import torch

LESSON = "11-born-in-training"
SEEDS = range(5)
CORNER = 0.9
SOURCES = 8  # of the toy of skip-trigrams, and as many present and next tokens


@claim(
    "F8b-live",
    "07-skip-trigrams",
    "Bugs cost: one head cannot learn pairs that two can.",
    measured="loss left after training on planted pairs, nats, one head, mean over seeds; null: two heads",
    paper="an open question",
    trained=True,
)
def bugs_cost() -> Found:
    one, two = ([planted(heads, seed) for seed in SEEDS] for heads in (1, 2))
    every = f"One head is the worse at all of {len(SEEDS)} seeds." if min(one) > max(two) else "Not so at every seed."
    return Found(float(np.mean(one)), float(np.mean(two)), min(one) > 2 * max(two), every)


@claim(
    "F12-live",
    "10-induction",
    "Induction heads of toys are in the corner, too.",
    measured="the lesser of the two Σλ / Σ|λ| of the head that matches prefixes best, mean over seeds; null: the "
    "highest copying score of random heads",
    paper="all induction heads in an extreme right hand corner",
    trained=True,
)
def corner() -> Found:
    found = [_corner(toy(2, seed=seed)) for seed in SEEDS]
    both, null = [min(pair) for pair, _ in found], max(null for _, null in found)
    shown = f"Over {len(SEEDS)} seeds from {min(both):.2f} to {max(both):.2f}; "
    shown += f"OV alone from {min(pair[0] for pair, _ in found):.2f}."
    why = "The key is read through the one earlier head that matches best; in some toys several share that work."
    return Found(float(np.mean(both)), null, min(both) > CORNER > null, shown, why)


@claim(
    "F13-live",
    "10-induction",
    "Where random tokens are what was trained on, a second copy costs far less.",
    measured="loss on the second copy of random letters, two layers, nats, mean over seeds; null: one layer's",
    paper="far below the first",
    trained=True,
)
def second_copy() -> Found:
    two, one = ([toy(layers, seed=seed).training for seed in SEEDS] for layers in (2, 1))
    ours, null = (float(np.mean([record.second_copy[-1] for record in records])) for records in (two, one))
    note = f"The first copy costs {np.mean([record.first_copy[-1] for record in two]):.2f}, at {len(SEEDS)} seeds."
    why = "One layer does as well at some seed."
    worst, best = max(r.second_copy[-1] for r in two), min(r.second_copy[-1] for r in one)
    return Found(ours, null, worst < best / 2 and worst < min(r.first_copy[-1] for r in two) / 2, note, why)


@claim(
    "F14-live",
    "12-which-paths-matter",
    "In toys, heads by themselves matter far more than the direct path, and virtual heads little.",
    measured="by how much the heads lower the loss given the direct path, nats, mean over seeds; null: each row of the "
    "patterns shuffled",
    paper="5.2 nats, the direct path 1.8, virtual heads 0.3",
    trained=True,
)
def terms() -> Found:
    rows = [_lower(toy(2, seed=seed)) for seed in SEEDS]
    direct, heads, virtual, null = np.mean(rows, 0)
    holds = all(row[1] > max(row[0], 4 * row[2], row[3]) for row in rows)
    note = f"Direct path {direct:.2f}, virtual heads {virtual:.2f}, means of {len(SEEDS)} seeds."
    return Found(heads, null, holds, note, "Not so at every seed: heads of the last layer read more of the first's.")


@claim(
    "ICL-change-live",
    LESSON,
    "Two layers form an induction head, and one layer does not.",
    measured="share of seeds at which one forms; null: with one layer",
    paper="at all sizes but one layer",
    trained=True,
)
def change() -> Found:
    two, one = ([toy(layers, seed=seed).training for seed in SEEDS] for layers in (2, 1))
    ours, null = (float(np.mean([record.induced for record in records])) for records in (two, one))
    spans = [np.ptp(_window(record)) / record.steps[-1] for record in two]
    note = f"{len(SEEDS)} seeds; the window has from {min(spans):.0%} to {max(spans):.0%} of all steps."
    return Found(ours, null, ours == 1 and null == 0, note, "It did not form at every seed, or formed in one layer.")


@claim(
    "ICL-smeared-live",
    LESSON,
    "With smeared keys, one layer forms an induction head, too.",
    measured="share of seeds at which one forms; null: with keys as they are",
    paper="the change is seen in one layer then",
    trained=True,
)
def smeared() -> Found:
    ours, null = (float(np.mean([toy(1, keys, seed).training.induced for seed in SEEDS])) for keys in (True, False))
    return Found(ours, null, ours == 1 and null == 0, f"{len(SEEDS)} seeds.", "Not so at every seed.")


@claim(
    "ICL-earlier-live",
    LESSON,
    "With smeared keys, two layers change earlier.",
    measured="step at which half of the best prefix-matching score is there, mean over seeds; null: keys as they are",
    paper="earlier",
    trained=True,
)
def earlier() -> Found:
    halves = [[_half(toy(2, keys, seed).training) for seed in SEEDS] for keys in (True, False)]
    sooner = sum(a < b for a, b in zip(*halves, strict=True))
    note = f"Earlier at {sooner} of {len(SEEDS)} seeds."
    ours, null = map(float, np.mean(halves, 1))
    return Found(ours, null, sooner == len(SEEDS), note, "Not so at every seed.")


@cache
def toy(layers: int, smeared: bool = False, seed: int = 0) -> Toy:
    """A toy that was trained here and now, never the recorded one."""
    made = Toy(layers, smeared=smeared, seed=seed)
    made.train(seconds=3600)
    if made.training.note:
        raise RuntimeError(f"toy: expected a training that went to its end, got: {made.training.note}")
    return made


def planted(heads: int, seed: int, steps: int = 300) -> float:
    """The loss that is left of lesson 07's toy: each source pairs present and next tokens in another way."""
    torch.manual_seed(seed)
    n = SOURCES
    answers = ((torch.arange(n)[:, None] + torch.arange(n)) % n).flatten()  # [present, source]: the next token
    shapes = (heads, n, n), (heads, n, n), (heads, n)
    qk, ov, rest = (torch.randn(shape).mul(0.5).requires_grad_() for shape in shapes)
    direct = torch.zeros(n, n, requires_grad=True)
    optimiser, loss = torch.optim.Adam([qk, ov, rest, direct], 0.1), torch.tensor(torch.inf)
    for _ in range(steps):
        a = qk.sigmoid()  # attention to the source; the rest goes to the start token, which gives `rest`
        logits = direct[:, None] + torch.einsum("hps,hsn->psn", a, ov) + torch.einsum("hps,hn->psn", 1 - a, rest)
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), answers)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return float(loss.detach())


def _corner(trained: Toy) -> tuple[tuple[float, float], float]:
    """OV's and QK's score of the head that matches prefixes best, and the null."""
    model, layer_scores = trained.model(), trained.training.prefix[-1][1]
    head, found = int(layer_scores.argmax()), composition(model)
    qk = np.nanmax(found.matching[:, found.heads.index((1, head))])
    return (float(copying_scores(model)[1, head]), float(qk)), float(copying_null(model).max())


def _lower(trained: Toy) -> tuple[float, float, float, float]:
    """By how much the direct path, all heads and virtual heads lower the loss, and the null of all heads."""
    model = trained.model()
    texts = repeated(np.random.default_rng(1), 8)[:, :LENGTH]
    rows = {row["paths"]: row for row in reversed(term_importance([run(model, text) for text in texts]).records())}
    direct, heads, virtual = (rows[name] for name in ("direct path", "all heads", "virtual heads of 2"))
    return direct["lower"], heads["lower"], virtual["lower"], heads["null"]


def _best(record: Training) -> Floats:
    """[step]: the prefix-matching score of the head that has most of it in the end."""
    scores = record.prefix.reshape(len(record.steps), -1)
    found: Floats = scores[:, scores[-1].argmax()]
    return found


def _window(record: Training) -> tuple[int, int]:
    return window(record.steps, _best(record))


def _half(record: Training) -> int:
    best = _best(record)
    return int(record.steps[(best >= best[-1] / 2).argmax()])
