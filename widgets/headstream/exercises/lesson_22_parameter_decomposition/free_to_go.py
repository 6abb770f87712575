"""Components that can go for one input: the mask whose removal changes nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from headstream.exercises.calling import Unanswered
from headstream.exercises.exercise import Exercise
from headstream.views.component_gallery import ComponentGallery

LEFT = 1  # components of each matrix that may stay
CHANGED = 0.25  # of the output, at most: a neighbour's bit of interference may go


def verify(view: Any) -> str:
    if not isinstance(view, ComponentGallery):
        return "Give the view itself: hs.check('free_to_go', gallery)."
    if not view.off:
        raise Unanswered
    if view.input is None:
        return "Choose an input first: click one of the inputs at the left of the outputs."
    names, sums, left = view.matrices, [], []
    for at, (parts, weights) in enumerate(_matrices(view)):
        gone = {component for matrix, component in view.off if matrix == at or view.method == "APD"}
        stays = [c for c in range(len(parts)) if c not in gone]
        sums.append(parts[stays].sum(0))
        least = view.negligible * np.linalg.norm(weights)
        left.append(sum(bool(np.linalg.norm(parts[c]) >= least) for c in stays))
    before = _output(view, [weights for _, weights in _matrices(view)])
    after = _output(view, sums)
    changed = float(np.linalg.norm(after - before) / (np.linalg.norm(before) or 1))
    if changed > CHANGED:
        told = f"Without these the output for this input changes by {changed:.0%}"
        return f"{told}: at most {CHANGED:.0%} may go. Switch some on."
    for name, count in zip(names, left, strict=True):
        if count > LEFT:
            return f"The output stays, and {count} components of {name} are on: more can go."
    return ""


def _matrices(view: ComponentGallery) -> list[tuple[np.ndarray, np.ndarray]]:
    """The components [component, d_in, d_out] and the weights of each matrix, as the view has them."""
    sizes, components = [len(axis["labels"]) for axis in view.axes], view.importance.shape[1]
    rank = len(view.reads) // (components * sum(sizes[:-1]))
    found, at = [], np.zeros(3, int)
    for d_in, d_out in pairwise(sizes):
        counts = np.array([d_in * d_out, components * rank * d_in, components * rank * d_out])
        w, v, u = (
            array[i : i + n] for array, i, n in zip((view.weights, view.reads, view.writes), at, counts, strict=True)
        )
        parts = np.einsum("cri,cro->cio", v.reshape(components, rank, d_in), u.reshape(components, rank, d_out))
        found.append((parts, w.reshape(d_in, d_out)))
        at += counts
    return found


def _output(view: ComponentGallery, matrices: list[np.ndarray]) -> np.ndarray:
    now = view.inputs[view.input]
    for matrix in matrices:
        now = now @ matrix
    found: np.ndarray = np.maximum(now + view.bias, 0)
    return found


EXERCISE = Exercise(
    name="free_to_go",
    number=2,
    difficulty=1,
    minutes=4,
    hints=(
        "The bar under each component is its importance for the input that you chose. What has none may go.",
        "Begin with All on, choose an input, and switch off one after the other: the error tells when one was needed.",
        "One component of each matrix is enough. The button Only what matters does it for the input that is chosen.",
    ),
    solution="""\
first, second = (found.parts(name) for name in found.matrices)
least = np.inf
for i, x in enumerate(gallery.inputs):  # where two features share a component, one of each is not enough
    one, two = (int(part.argmax()) for part in found.importance[:, :, i])
    whole = np.maximum(x @ first.sum(0) @ second.sum(0) + gallery.bias, 0)
    change = np.linalg.norm(np.maximum(x @ first[one] @ second[two] + gallery.bias, 0) - whole) / np.linalg.norm(whole)
    if change < least:
        least, chosen, needed = change, i, (one, two)
gallery.input = chosen
gallery.off = [(m, c) for m, c in np.ndindex(*found.importance.shape[:2]) if c != needed[m]]

hs.check("free_to_go", gallery)""",
    verify=verify,
    passed="For this input one component of each matrix does all the work: the others may be there or not.",
)
