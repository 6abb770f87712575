"""A block whose MLP reads after attention, and one whose MLP reads beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake
from headstream.extras import require


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for positions, d_model in ((3, 4), (4, 6), (1, 5)):
        yield _case(rng, positions, d_model)


def _case(rng: np.random.Generator, positions: int, d_model: int) -> Case:
    r, P, Q = (rng.normal(size=size) for size in ((positions, d_model), (d_model, d_model), (d_model, d_model)))
    middle = r + r.cumsum(0) @ P
    sequential, parallel = (middle + np.maximum(x @ Q, 0) + 1 for x in (middle, r))
    words = ("Your sequential update", "Your parallel update")
    return Case((r, partial(_attn, P), partial(_mlp, Q)), (sequential, parallel), words)


def _attn(P: Any, x: Any) -> Any:
    torch = require("torch")
    x = torch.as_tensor(x)
    return x.cumsum(0) @ torch.from_numpy(P).to(x.dtype)


def _mlp(Q: Any, x: Any) -> Any:
    torch = require("torch")
    x = torch.as_tensor(x)
    return (x @ torch.from_numpy(Q).to(x.dtype)).relu() + 1


EXERCISE = Exercise(
    name="two_updates",
    number=4,
    difficulty=1,
    minutes=5,
    hints=(
        "Each block adds two writes to r. The two kinds differ only in what the MLP reads.",
        "Parallel: both read r. Sequential: the MLP reads the stream after attention has written, r + attn(r).",
        "middle = r + attn(r); sequential = middle + mlp(middle); parallel = middle + mlp(r).",
    ),
    solution="""\
def two_updates(r, attn, mlp):
    middle = r + attn(r)
    sequential = middle + mlp(middle)
    parallel = middle + mlp(r)
    return sequential, parallel


hs.check("two_updates", two_updates)""",
    cases=cases,
    mistakes=(
        Mistake(
            "Your sequential block is the parallel one: its MLP must read the stream after attention has written.",
            {"return sequential, parallel": "return parallel, sequential"},
        ),
        Mistake(
            "In your sequential block the MLP replaces the stream. Add what it writes to what it read.",
            {"middle + mlp(middle)": "mlp(middle)"},
        ),
        Mistake(
            "Your sequential block has lost what attention wrote. The MLP adds to r + attn(r), not to r.",
            {"middle + mlp(middle)": "r + mlp(middle)"},
        ),
        Mistake(
            "Your MLP reads what attention wrote, not the stream: it must read r + attn(r).",
            {"mlp(middle)": "mlp(attn(r))"},
        ),
        Mistake(
            "Your sequential block has no stream: nothing adds r.", {"middle + mlp(middle)": "attn(r) + mlp(attn(r))"}
        ),
        Mistake(
            "Your parallel block is the sequential one: attention and MLP must both read r.",
            {"middle + mlp(r)": "middle + mlp(middle)"},
        ),
        Mistake(
            "+= changes r itself, so your parallel block reads a stream to which attention has written already. Write "
            "middle = r + attn(r).",
            """\
def attention_in_place(r, attn, mlp):
    r = r + attn(r)
    return r + mlp(r), r + attn(r) + mlp(r)""",
        ),
        Mistake(
            "+= changes r itself, so your parallel block reads what the sequential one has written. Write "
            "middle = r + attn(r).",
            """\
def both_in_place(r, attn, mlp):
    r = r + attn(r)
    r = r + mlp(r)
    return r, r + attn(r) + mlp(r)""",
        ),
        Mistake(
            "Your parallel block reads in sequence the other way round: the MLP first. Both must read r.",
            {"parallel = middle + mlp(r)": "parallel = r + mlp(r) + attn(r + mlp(r))"},
        ),
        Mistake(
            "Your sequential block starts with the MLP. Attention writes first.",
            {"sequential = middle + mlp(middle)": "sequential = r + mlp(r) + attn(r + mlp(r))"},
        ),
        Mistake("Your parallel block has lost r: r + attn(r) + mlp(r).", {"middle + mlp(r)": "attn(r) + mlp(r)"}),
        Mistake("You added r twice in the parallel block.", {"middle + mlp(r)": "r + middle + mlp(r)"}),
    ),
    passed="Both right, for random attentions and MLPs.",
)
