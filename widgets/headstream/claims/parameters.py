"""APD and SPD: weights split into components, five seeds of each as they were recorded."""

from __future__ import annotations

from functools import cache

import numpy as np

from headstream.claims.claim import Found, claim
from headstream.features.parameter_scores import chance, faithfulness, ml2r, recovery, removal_effects
from headstream.features.parameters import recorded_decomposition, recorded_starts
from headstream.results import ParameterDecomposition

LESSON = "22-parameter-decomposition"
SEEDS = range(5)
LEAST, RATIO = 0.99, (0.95, 1.05)


@claim(
    "SPD-mmcs",
    LESSON,
    "Stochastic parameter decomposition finds the toy's mechanisms: a component points along every row of W.",
    measured="MMCS of 5 features in 2 dimensions, mean of five seeds; null: as many random components of rank one",
    paper="1.000 ± 0.000",
)
def spd_directions() -> Found:
    return _directions(False)


@claim(
    "SPD-ml2r",
    LESSON,
    "Stochastic parameter decomposition hardly shrinks what it finds.",
    measured="ML2R of 5 features in 2 dimensions, mean of five seeds; null: as many random components, whose sum is as "
    "large as W",
    paper="0.993 ± 0.002",
)
def spd_lengths() -> Found:
    return _lengths(False)


@claim(
    "SPD-shuffled",
    LESSON,
    "The components found are this target's, not any target's.",
    measured="ML2R of those that are not negligible; null: against W with its rows moved on, none in its place",
    paper="not measured",
)
def spd_shuffled() -> Found:
    found = _found("SPD", False)
    ours = np.mean([recovery(one, only_found=True)[1] for one in found])
    null = np.mean([_shuffled(one) for one in found])
    note = "All shifts of the rows. A component's other rows are small, and point anywhere: MMCS is high all the same."
    return Found(float(ours), float(null), bool(ours > RATIO[0] and null < ours / 2), note, "Not clearly.")


@claim(
    "SPD-faithful",
    LESSON,
    "The components sum to the weights.",
    measured="largest difference over the largest weight, the worst of five seeds; null: without the largest component",
    paper="faithfulness is a loss, near 0 at the end",
)
def spd_faithful() -> Found:
    found = _found("SPD", False)
    errors, null = [faithfulness(one) for one in found], min(_without_largest(one) for one in found)
    return Found(max(errors), null, max(errors) < 0.02, why="The training has not gone on for long enough.")


@claim(
    "SPD-importance",
    LESSON,
    "A causal importance says whether a component can be taken away.",
    measured="correlation of the gates' importances with what a removal changes, least of five seeds; null: the same "
    "with the inputs shuffled",
    paper="by construction, where the losses are small",
)
def spd_importance() -> Found:
    pairs = [_agreement(one) for one in _found("SPD", False)]
    ours, null = min(own for own, _ in pairs), max(other for _, other in pairs)
    return Found(ours, null, ours > 0.9 > null)


@claim(
    "SPD-id-mmcs",
    LESSON,
    "With an identity in the middle, SPD still finds the rows of W.",
    measured="MMCS of W, mean of five seeds; null: as many random components of rank one",
    paper="1.000 ± 0.000",
)
def identity_directions() -> Found:
    return _directions(True)


@claim(
    "SPD-id-ml2r",
    LESSON,
    "With an identity in the middle, SPD still does not shrink them.",
    measured="ML2R of W, mean of five seeds; null: as many random components",
    paper="0.992 ± 0.010",
)
def identity_lengths() -> Found:
    return _lengths(True)


@claim(
    "SPD-id-rank",
    LESSON,
    "The identity is not split into one component for each feature: two are enough.",
    measured="components of I that are not negligible, most of five seeds; null: those of W, one a feature",
    paper="2, with 5 for W",
)
def identity_rank() -> Found:
    counts = [(len(one.found("I")), len(one.found("W"))) for one in _found("SPD", True)]
    most, least = max(own for own, _ in counts), min(rows for _, rows in counts)
    note = "Of I and of W, by seed: " + ", ".join(f"{own} and {rows}" for own, rows in counts) + "."
    return Found(most, least, all(own == 2 < rows for own, rows in counts), note, "Not so at every seed.")


@claim(
    "APD-scores",
    LESSON,
    "The attribution-based original finds the directions, and shrinks them.",
    measured="ML2R at the seeds where MMCS is above .99, mean; null: SPD's",
    paper="MMCS 0.998, ML2R 0.893 ± 0.004",
)
def apd_shrinks() -> Found:
    scores = [recovery(one) for one in _found("APD", False)]
    good = [length for cosine, length in scores if cosine > LEAST]
    ours, null = float(np.mean(good or [0.0])), float(np.mean([recovery(one)[1] for one in _found("SPD", False)]))
    note = f"MMCS is above {LEAST} at {len(good)} of {len(scores)} seeds."
    return Found(ours, null, bool(good) and 0.85 < ours < RATIO[0] < null, note, "It was found at no seed.")


@claim(
    "APD-brittle",
    LESSON,
    "On 5 features in 2 dimensions APD is very brittle.",
    measured="share of the five seeds at which MMCS is above .99, at the first start; null: SPD's",
    paper='"very brittle", in words',
)
def apd_brittle() -> Found:
    ours, null = (_at_first(method) for method in ("APD", "SPD"))
    scores = ", ".join(f"{recovery(one)[0]:.3f}" for one in _found("APD", False))
    return Found(ours, null, ours < 0.5 < null, f"MMCS by seed: {scores}.", "It was found as often.")


@claim(
    "APD-id",
    LESSON,
    "With an identity in the middle, APD fails.",
    measured="share of the five seeds at which MMCS is above .99 and ML2R within .05 of 1; null: SPD's",
    paper="fails",
)
def apd_identity() -> Found:
    ours, null = (np.mean([_recovered(one) for one in _found(method, True)]) for method in ("APD", "SPD"))
    scores = ", ".join("{:.3f} / {:.3f}".format(*recovery(one)) for one in _found("APD", True))
    return Found(float(ours), float(null), bool(ours == 0 < null), f"MMCS / ML2R by seed: {scores}.", "At some seed.")


@cache
def _found(method: str, identity: bool) -> list[ParameterDecomposition]:
    return [recorded_decomposition(method, identity=identity, seed=seed) for seed in SEEDS]


def _directions(identity: bool) -> Found:
    found = _found("SPD", identity)
    scores = [recovery(one)[0] for one in found]
    null, five = (float(np.mean(_chance(found, count)[0])) for count in (found[0].components, 5))
    starts = ", ".join(map(str, recorded_starts(identity=identity)))
    note = f"From {min(scores):.4f} to {max(scores):.4f}; starts by seed: {starts}. In two dimensions so many random "
    note += f"components are near 1, too (of five: {five:.3f}); ML2R and the shuffled rows tell them apart."
    return Found(float(np.mean(scores)), null, min(scores) > LEAST > null, note, "Not so at every seed.")


def _lengths(identity: bool) -> Found:
    found = _found("SPD", identity)
    scores = [recovery(one)[1] for one in found]
    null = float(np.mean(_chance(found, found[0].components)[1]))
    inside = all(RATIO[0] <= score <= RATIO[1] for score in scores)
    note = f"From {min(scores):.3f} to {max(scores):.3f}."
    return Found(
        float(np.mean(scores)), null, inside and not RATIO[0] <= null <= RATIO[1], note, "Not so at every seed."
    )


def _at_first(method: str) -> float:
    """The share of seeds at which the directions were found at the first start."""
    each = zip(_found(method, False), recorded_starts(method), strict=True)
    return float(np.mean([recovery(one)[0] > LEAST and starts == 1 for one, starts in each]))


def _chance(found: list[ParameterDecomposition], components: int) -> tuple[np.ndarray, np.ndarray]:
    each = [chance(one.weights[0], components, seed=seed) for seed, one in enumerate(found)]
    cosines, lengths = zip(*each, strict=True)
    return np.concatenate(cosines), np.concatenate(lengths)


def _shuffled(one: ParameterDecomposition) -> float:
    """The mean ML2R against W whose rows are moved on, by one and more."""
    parts = one.parts("W")[one.found("W")]
    rows = one.weights[0]
    return float(np.mean([ml2r(np.roll(rows, shift, 0), parts) for shift in range(1, len(rows))]))


def _without_largest(one: ParameterDecomposition) -> float:
    """The same error where the largest component of W is missing."""
    parts = one.parts("W")
    kept = np.delete(parts, one.found("W")[0], 0).sum(0)
    return float(np.abs(kept - one.weights[0]).max() / np.abs(one.weights[0]).max())


def _agreement(one: ParameterDecomposition) -> tuple[float, float]:
    """Correlation of importances and removals, and with the inputs moved on by one; of W, whose components differ."""
    changed, told = removal_effects(one)[0], one.importance[0]
    ours, null = (np.corrcoef(other.ravel(), changed.ravel())[0, 1] for other in (told, np.roll(told, 1, 1)))
    return float(ours), float(null)


def _recovered(one: ParameterDecomposition) -> bool:
    cosine, length = recovery(one)
    return cosine > LEAST and RATIO[0] <= length <= RATIO[1]
