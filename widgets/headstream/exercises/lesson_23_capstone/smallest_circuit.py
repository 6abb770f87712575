"""The fewest heads that do by themselves what a sealed model does."""

from __future__ import annotations

from typing import Any

import numpy as np

from headstream.exercises.exercise import Exercise
from headstream.exercises.sealed_models import again, is_sealed
from headstream.models.sealed import answers, texts
from headstream.models.sealed_weights import ALL_HEADS

AGREE = 0.99
NEEDED = 0.01


def verify(given: Any) -> str:
    if not (isinstance(given, tuple) and len(given) == 2 and is_sealed(given[0])):
        return 'Your answer is to be two things, the sealed model and the heads: (second, ["0.1", "1.2"]).'
    model, heads = again(given[0]), given[1]
    if isinstance(heads, str) or not all(head in ALL_HEADS for head in heads):
        return f"The heads are to be a list of names among {', '.join(ALL_HEADS)}."
    tried = texts(200)
    whole = answers(model, tried)

    def agreement(circuit: set[str]) -> float:
        alone = answers(model, tried, [head for head in ALL_HEADS if head not in circuit])
        return float(np.mean([a == b for a, b in zip(whole, alone, strict=True)]))

    circuit = set(heads)
    if (reached := agreement(circuit)) < AGREE:
        return f"With all other heads off, {reached:.0%} of the answers stay as they are. A head is missing."
    for head in sorted(circuit):
        if agreement(circuit - {head}) > reached - NEEDED:
            return f"They do what the model does. But so they do without {head}: a smaller circuit is enough."
    return ""


EXERCISE = Exercise(
    name="smallest_circuit",
    number=1,
    difficulty=2,
    minutes=10,
    hints=(
        "Begin with all heads and take one away at a time: those whose going changes no answer are not needed.",
        "Take them away for good, one after the other. Of two heads that do the same, either alone is enough.",
        "Keep a list `circuit` of all heads. For each head, compare `tried_off` of all heads outside the circuit with "
        "`tried_off` of those and this head. Where no answer differs, remove it from the list.",
    ),
    solution="""\
circuit = list(heads)  # all of them
for head in heads:
    others = [each for each in heads if each not in circuit]
    if tried_off(second, others + [head]) == tried_off(second, []):
        circuit.remove(head)
doing_all = (second, circuit)

hs.check("smallest_circuit", doing_all)""",
    verify=verify,
    passed="These heads alone do what the model does on 200 new texts, and none of them can be left out.",
)
