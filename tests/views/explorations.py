"""Explorations with known numbers, for tests of their panel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from headstream.results import Exploration, Switch


def exploration(tokens: Sequence[str], seed: int = 0, *, second: bool = True) -> Exploration:
    """Of any tokens: two switches, of which one is on; what comes next are tokens of the prompt."""
    size, random = len(tokens), np.random.default_rng(seed)
    runs = ("prompt", "changed", "second prompt") if second else ("prompt", "changed")
    words = tuple(dict.fromkeys(tokens))[:6]
    parts = ("embedding", "0.0", "0.1", "1.0", "1.1", "0.mlp", "1.mlp")
    return Exploration(
        text="".join(tokens),
        second="".join(tokens) if second else "",
        tokens=tuple(tokens),
        token_ids=np.arange(size),
        second_tokens=tuple(tokens) if second else (),
        position=size - 1,
        parts=parts,
        part_labels=("embedding", "0.0", f"0.1 {tokens[0]}", *parts[3:]),
        switches=(Switch("0.1", "zero", on=seed % 2 == 0), Switch("1.1", "mean", size - 1, on=False)),
        runs=runs,
        choices=(*runs, "changed − prompt"),
        shown="changed",
        next_tokens=words,
        next_prob=random.dirichlet(np.ones(len(words) + 1), len(runs))[:, :-1].astype(np.float32),
        code=f"import headstream as hs\n\nrun = hs.run(model, {''.join(tokens)!r})\n",
        undo=True,
    )
