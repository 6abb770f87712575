"""Term importance for tests of views: a random model whose paths each help a little to predict a text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from headstream.results import Term, TermImportance
from headstream.results.term_importance import group_index, group_names, rows


def random_importance(
    tokens: Sequence[str], layers: int = 2, heads: int = 3, *, vocabulary: int = 50, every: bool = True, seed: int = 0
) -> TermImportance:
    """tokens: the text; from the second on, what is predicted (a text of one token: that one).

    every: whether every setting of the groups is there, or only those of the table.
    """
    random = np.random.default_rng(seed)
    terms = [Term(0, "embed"), Term(0, "pos_embed"), Term(0, "bias")]
    terms += [Term(1, "head", *head) for head in product(range(layers), range(heads))]
    terms += [Term(order, "virtual") for order in range(2, layers + 1)]
    group = np.array([group_index(term, layers) for term in terms])
    read, predicted = (tokens[:-1], tokens[1:]) if len(tokens) > 1 else (tokens, tokens)
    size, width = len(read), 8
    unembed = random.normal(size=(width, vocabulary)).astype(np.float32)
    ids = random.integers(0, vocabulary, size)
    writes = 0.3 * random.normal(size=(len(terms), size, width)) + 0.05 * unembed[:, ids].T
    offset = random.normal(size=vocabulary)
    settings = np.array(list(product([False, True], repeat=len(group_names(layers)))))
    if not every:
        settings = np.unique(rows(layers), axis=0)

    def losses(on: np.ndarray) -> np.ndarray:
        logits = writes[on[group]].sum(0) @ unembed + on[0] * offset
        found: np.ndarray = np.log(np.exp(logits).sum(1)) - logits[np.arange(size), ids]
        return found

    null = [losses(on).mean() + 0.2 * (on[1:].sum()) for on in rows(layers)]
    return TermImportance(
        model="a random model",
        layers=layers,
        terms=tuple(terms),
        writes=writes.astype(np.float32),
        unembed=unembed,
        offset=offset.astype(np.float32),
        next=ids.astype(np.int32),
        tokens=tuple(read),
        next_tokens=tuple(predicted),
        settings=settings,
        losses=np.array([losses(on) for on in settings], np.float32),
        null=np.array(null, np.float32),
    )
