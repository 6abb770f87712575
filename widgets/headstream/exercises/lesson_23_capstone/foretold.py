"""What a sealed model will answer, heads off or on, told before it is run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from headstream.exercises.calling import Unanswered, call
from headstream.exercises.exercise import Exercise
from headstream.exercises.sealed_models import again, is_sealed, switches
from headstream.models.sealed import answers, texts

LEAST = 0.95
TEXTS = 12  # for each set of heads


def verify(given: Any) -> str:
    if not (isinstance(given, tuple) and len(given) == 2 and is_sealed(given[0]) and callable(given[1])):
        return "Your answer is to be two things, the sealed model and your function: (second, foretold)."
    return graded(again(given[0]), given[1])


def graded(model: Any, foretold: Callable[[str, list[str]], str]) -> str:
    """ "" if the function tells at least .95 of the answers of each kind, else what it tells least well."""
    random = np.random.default_rng(1)
    for kind, sets in switches(random).items():
        right, told = 0, ""
        for off in sets:
            tried = texts(TEXTS, int(random.integers(1 << 30)))
            for text, answer in zip(tried, answers(model, tried, off), strict=True):
                said = call(foretold, text, list(off))
                if said is Ellipsis or said is None:
                    raise Unanswered
                if said == answer:
                    right += 1
                elif not told:
                    without = f" without {' and '.join(off)}" if off else ""
                    told = f"After {text!r}{without} it says {answer!r}, and you foretold {said!r:.20}."
        share = right / (TEXTS * len(sets))
        if share < LEAST:
            return f"With {kind} off, {share:.0%} of the answers are as you foretell. {told}"
    return ""


EXERCISE = Exercise(
    name="foretold",
    number=2,
    difficulty=3,
    minutes=20,
    hints=(
        "Ask of each head of your circuit: to which place does it attend, and which letter does it call for there? "
        "A head that calls for no letter itself is read by a later one.",
        "Write the rules in their order, each with the heads that carry it out: it speaks while one of them is on, "
        "and all that they read. What it says with all heads off is a table of pairs: give `answers` the alphabet.",
        "`second` has a first rule that two heads carry out, either of which is enough; a second one of a single head; "
        "and the table. Compare a head's letter with the present one, the one it attends to, and the one after.",
    ),
    solution="""\
its_pairs = dict(zip(alphabet, answers(second, list(alphabet), heads)))  # all heads off

def foretold(text, off):
    *before, present = text
    if present in before and not {"0.0", "0.2"} <= set(off):
        return alphabet[(alphabet.index(present) + 2) % len(alphabet)]
    if "1.1" not in off:
        return text[0]
    return its_pairs[present]

second_claim = (second, foretold)

hs.check("foretold", second_claim)""",
    verify=verify,
    passed="You foretell what it says on texts that it has not seen, with any of its heads switched off.",
)
