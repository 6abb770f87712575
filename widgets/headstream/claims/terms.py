"""F14 and F15: which paths matter for the loss, and the algorithm that tells."""

from __future__ import annotations

from functools import cache

import numpy as np

from headstream.claims.claim import Found, claim
from headstream.claims.given import model
from headstream.extras import needs_lessons
from headstream.framework.identities import term_error
from headstream.framework.term_importance import term_importance
from headstream.models import Run
from headstream.models.pages import pages
from headstream.results import TermImportance

with needs_lessons():
    import torch

LESSON = "12-which-paths-matter"
NAME = "attn-only-2l"


@claim(
    "F14a",
    LESSON,
    "Heads by themselves matter more than the direct path.",
    measured="by how much the heads lower the loss given the direct path, nats; null: patterns' rows shuffled",
    paper="5.2 nats given the direct path, which has 1.8",
)
def heads_matter_most() -> Found:
    heads, direct = lower("all heads"), lower("direct path")
    why = "With a small vocabulary many tokens only finish a word, which the direct path does, knowing positions, too."
    return Found(*heads, heads[0] > direct[0] and heads[0] > heads[1], f"The direct path: {direct[0]:.2f} nats.", why)


@claim(
    "F14b",
    LESSON,
    "Virtual heads matter little.",
    measured="by how much they lower the loss given order 1, nats; null: each row of the patterns shuffled",
    paper="0.3 nats",
)
def virtual_heads_matter_little() -> Found:
    virtual, others = lower("virtual heads of 2"), [lower(name)[0] for name in ("direct path", "all heads")]
    note = f"The direct path lowers the loss by {others[0]:.2f}, all heads by {others[1]:.2f}."
    return Found(*virtual, virtual[0] < min(others) / 2, note, "They are more than half as much as another step.")


@claim(
    "F14c",
    LESSON,
    "Heads of the first layer matter little once the last layer's are there.",
    measured="by how much they lower the loss given all else of order 0 and 1, nats; null: patterns' rows shuffled",
    paper="0.05 nats; 1.3 given the direct path alone",
)
def first_layer() -> Found:
    given, alone = lower("heads of layer 0", "direct path and other layers"), lower("heads of layer 0", "direct path")
    why = "They are worth as much as alone, or more."
    return Found(*given, given[0] < alone[0], f"Given the direct path alone: {alone[0]:.2f} nats.", why)


@claim(
    "F14d",
    LESSON,
    "Heads of the last layer carry order 1.",
    measured="by how much they lower the loss given all else of order 0 and 1, nats; null: patterns' rows shuffled",
    paper="4.0 nats; 5.2 given the direct path alone",
)
def last_layer() -> Found:
    given, alone = lower("heads of layer 1", "direct path and other layers"), lower("heads of layer 1", "direct path")
    other = lower("heads of layer 0", "direct path and other layers")[0]
    note = f"Given the direct path alone: {alone[0]:.2f} nats."
    return Found(*given, given[0] > max(2 * other, given[1]), note, "The first layer's are not far behind.")


@claim(
    "F15",
    LESSON,
    "The algorithm ends at the model: with as many orders as layers, all paths have been added.",
    measured="loss of the last order less the model's, nats; null: of the order before it",
    paper="exact at n = number of layers",
)
def algorithm_ends() -> Found:
    importance = found_importance()
    true = float(np.mean([_loss(page) for page in text()]))
    ours, null = (abs(float(importance.order_loss[order]) - true) for order in (-1, -2))
    error = max(map(term_error, text()))
    return Found(
        ours, null, ours < 1e-4 < null and error < 1e-5, f"All terms sum to the stream with an error of {error:.0e}."
    )


@cache
def text() -> list[Run]:
    return pages(model(NAME), 2, 128)


@cache
def found_importance() -> TermImportance:
    return term_importance(text())


def lower(paths: str, given: str | None = None) -> tuple[float, float]:
    """By how much some paths lower the loss, and their null; 0 for the direct path, which has no pattern."""
    rows = [r for r in found_importance().records() if r["paths"] == paths and given in (None, r["given"])]
    return float(rows[0]["lower"]), float(rows[0]["null"] or 0)


def _loss(page: Run) -> float:
    following = torch.from_numpy(page.token_ids[1:])
    return float(torch.nn.functional.cross_entropy(page.logits[:-1], following))
