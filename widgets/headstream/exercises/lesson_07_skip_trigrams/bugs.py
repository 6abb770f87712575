"""The skip-trigrams that a head must do besides those that it is to do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake

KEEP = [("keep", "in", "mind"), ("keep", "at", "bay"), ("keep", "under", "wraps")]


def cases(rng: np.random.Generator) -> Iterator[Case]:
    yield _case(KEEP[:2], "In the example, your list")
    yield _case(KEEP, "With three skip-trigrams of one source, your list")
    yield _case(KEEP[:1], "With one skip-trigram, where nothing can go wrong, your list")
    yield _case([*KEEP[:2], ("put", "in", "place"), ("put", "on", "hold")], "With two sources, your list")
    yield _case(
        [("keep", "in", "mind"), ("keep", "in", "place"), ("keep", "at", "bay")], "With two next tokens, your list"
    )
    yield _case([("keep", "in", "mind"), ("kept", "at", "rest")], "Where nothing is shared, your list")
    words = [f"w{i}" for i in rng.permutation(6)]
    threes = [three for three in product(words[:2], words, words) if rng.random() < 0.2]
    yield _case(threes, "With random words, your list")


def _case(good: list[tuple[str, str, str]], words: str) -> Case:
    looks = {(source, present) for source, present, _ in good}
    gives = {(source, following) for source, _, following in good}
    must = {(a, b, c) for (a, b), (also, c) in product(looks, gives) if a == also}
    return Case((good,), [" ".join(three) for three in sorted(must - set(good))], words)


EXERCISE = Exercise(
    name="bugs",
    number=1,
    difficulty=2,
    minutes=8,
    hints=(
        "The head looks from present to source, and gives next from source. It cannot remember from where it looked.",
        "For every two skip-trigrams (a, b, c) and (d, e, f) of the same source, a == d, the head also does (a, b, f).",
        "found = {(a, b, f) for a, b, c in good for d, e, f in good if a == d}. Take away those that are good, sort, "
        "and join each with spaces.",
    ),
    solution="""\
def bugs(good):
    found = {(a, b, f) for a, b, c in good for d, e, f in good if a == d}
    return [" ".join(three) for three in sorted(found - set(good))]


hs.check("bugs", bugs)""",
    cases=cases,
    mistakes=(
        Mistake(
            "You mixed sources. A head that attends to one gives what that one gives.",
            {" if a == d": ""},
        ),
        Mistake("Those that are wanted are no bugs: take them away.", {"found - set(good)": "found"}),
        Mistake(
            "Each bug once: use a set.",
            {
                "{(a, b, f)": "[(a, b, f)",
                "if a == d}": "if a == d and (a, b, f) not in good]",
                "found - set(good)": "found",
            },
        ),
        Mistake(
            "Give them in alphabetical order: sorted.",
            {"sorted(found - set(good))": "sorted(found - set(good), reverse=True)"},
        ),
        Mistake(
            "You exchanged present and next. Written is source, present, next.",
            {"{(a, b, f)": "{(a, f, b)"},
        ),
        Mistake(
            "You matched the next tokens. What is shared is the source.",
            {"if a == d": "if c == f"},
        ),
    ),
    passed="Every bug is found, and no more, with one source or several.",
    tensors=False,
)
