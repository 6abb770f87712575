"""A result of every kind, and what must not be made of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from headstream.results import (
    Attention,
    Bigrams,
    Component,
    ScoreTerms,
    SkipTrigrams,
)
from tests.views.arrays import attention_pattern, decomposition
from tests.views.circuits import circuit
from tests.views.compositions import random_composition, random_roles
from tests.views.explorations import exploration
from tests.views.geometries import random_geometry
from tests.views.graphs import random_graph
from tests.views.importances import random_importance
from tests.views.ladders import random_ladder
from tests.views.lenses import random_lens
from tests.views.parameter_decompositions import random_decomposition
from tests.views.patchings import random_effects, random_patching
from tests.views.spectrums import random_spectra
from tests.views.summaries import random_shares, random_summary
from tests.views.trainings import random_training


def attention(size: int = 4) -> Attention:
    norms = np.ones((2, 3, size), np.float32)
    return Attention(attention_pattern(2, 3, size), norms, tuple("abcdefghij"[:size]), np.arange(size))


def skip_trigrams() -> SkipTrigrams:
    random = np.random.default_rng(0)
    ids = [random.integers(0, 9, 5).astype(np.int32) for _ in range(3)]
    score, count = np.linspace(3, 1, 5, dtype=np.float32), np.arange(1, 6, dtype=np.int32)
    words = {i: f" w{i}" for i in range(9)}
    return SkipTrigrams(0, 1, "on text", *ids, score, score, count, "1 text of 9 tokens", words)


def score_terms() -> ScoreTerms:
    values = np.random.default_rng(0).normal(size=(3, 3, 2)).astype(np.float32)
    paths = (Component("embed"), Component("path", start=Component("embed"), heads=((0, 1),)), Component("bias"))
    return ScoreTerms(1, 2, values, values.sum((0, 1)), paths, (" a", " b", " c"), np.arange(3))


RESULTS: dict[str, Callable[[], Any]] = {
    "Attention": attention,
    "AttentionChange": lambda: attention(4).minus(replace(attention(4), pattern=attention_pattern(2, 3, 4, 1))),
    "AttributionGraph": lambda: random_graph(["a", "b", "c"]),
    "Decomposition": decomposition,
    "LogitLens": lambda: random_lens(["a", "b", "c", "d"])[0],
    "Ladder": lambda: random_ladder(4),
    "Bigrams": lambda: Bigrams(
        np.array([1, 0]), np.array([[0, 3, 1], [2, 0, 2]]), np.array([4, 4, 3]), ("a", "b", "c")
    ),
    "Circuit": lambda: circuit([f" w{i}" for i in range(30)], "qk"),
    "SkipTrigrams": skip_trigrams,
    "Spectra": lambda: random_spectra([f" w{i}" for i in range(9)], 2, 2, 6),
    "Composition": lambda: random_composition(3, 2),
    "Roles": random_roles,
    "ScoreTerms": score_terms,
    "Exploration": lambda: exploration([f" w{i}" for i in range(5)]),
    "ParameterDecomposition": random_decomposition,
    "Patching": lambda: random_patching(["a", "b", "c", "d"]),
    "Effects": random_effects,
    "TermImportance": lambda: random_importance(["a", "b", "c", "d", "e"]),
    "Training": lambda: random_training(["a", "b", "c"]),
    "FeatureSummary": lambda: random_summary(["a", " b", "c"]),
    "DecoderShares": random_shares,
    "Geometry": lambda: random_geometry(["a", "b", "c"]),
}
OF_A_RUN = ("Attention", "AttributionGraph", "Decomposition", "LogitLens", "Ladder", "Patching")
every_result = pytest.mark.parametrize("kind", RESULTS)


def changed(array: np.ndarray, index: Any, value: float) -> np.ndarray:
    array = array.copy()
    array[index] = value
    return array


WRONG: list[tuple[str, Callable[[Any], dict[str, Any]], type[Exception], str]] = [
    ("Attention", lambda r: {"pattern": r.pattern[0]}, ValueError,
     r"pattern: expected \[layer, head, query, key\] = \[layer, head, 4, 4\], got \[3, 4, 4\]"),
    ("Attention", lambda r: {"pattern": r.pattern.tolist()}, TypeError, "pattern: expected a numpy array, got list"),
    ("Attention", lambda r: {"pattern": -r.pattern}, ValueError, "pattern: expected probabilities, got the negative"),
    ("Attention", lambda r: {"pattern": r.pattern * np.float32(0.9)}, ValueError, "pattern: expected every row to sum"),
    ("Attention", lambda r: {"pattern": changed(r.pattern, (1, 2, 3, 0), np.nan)}, ValueError,
     "pattern: expected every row to sum to 1 .* got nan at layer 1, head 2, query 3"),
    ("Attention", lambda r: {"value_norm": r.value_norm[:, :2]}, ValueError,
     r"value_norm: expected \[layer, head, key\] = \[2, 3, 4\], got \[2, 2, 4\]"),
    ("Attention", lambda r: {"value_norm": -r.value_norm}, ValueError, "value_norm: expected norms, got -1"),
    ("Attention", lambda r: {"tokens": ("a", "b", "c", 3)}, TypeError, "tokens: expected strings, got int"),
    ("ScoreTerms", lambda r: {"values": r.values[:2]}, ValueError,
     r"values: expected \[query path, key path, key\] = \[3, 3, key\], got \[2, 3, 2\]"),
    ("ScoreTerms", lambda r: {"total": r.total[:1]}, ValueError, r"total: expected \[key\] = \[2\], got \[1\]"),
    ("ScoreTerms", lambda r: {"tokens": (" a",), "token_ids": None}, ValueError,
     "values: expected 1 to 1 keys, one a token, got 2"),
    ("ScoreTerms", lambda r: {"total": changed(r.total, 1, np.nan)}, ValueError, "total: expected .*nan"),
    ("AttentionChange", lambda r: {"change": r.change[0]}, ValueError,
     r"change: expected \[layer, head, query, key\] = \[layer, head, 4, 4\], got \[3, 4, 4\]"),
    ("AttentionChange", lambda r: {"change": changed(r.change, (1, 2, 3, 0), -1.5)}, ValueError,
     "change: expected from -1 to 1, got -1.5"),
    ("AttentionChange", lambda r: {"change": changed(r.change, (1, 2, 3, 0), np.nan)}, ValueError, "change: .*nan"),
    ("AttributionGraph", lambda r: {"nodes": r.nodes[1:]}, ValueError,
     r"totals: expected \[node\] = \[49\], got \[50\]"),
    ("AttributionGraph", lambda r: {"nodes": (replace(r.nodes[0], position=3), *r.nodes[1:])}, ValueError,
     r"nodes\[0\].position: expected 0 to 2, got 3"),
    ("AttributionGraph", lambda r: {"nodes": (replace(r.nodes[0], layer=0), *r.nodes[1:])}, ValueError,
     r"nodes\[0\].layer: expected None for an embed node, got 0"),
    ("AttributionGraph", lambda r: {"nodes": (*r.nodes[:3], replace(r.nodes[3], layer=None), *r.nodes[4:])}, TypeError,
     r"nodes\[3\].layer: expected a whole number, got None"),
    ("AttributionGraph", lambda r: {"nodes": (*r.nodes[:3], replace(r.nodes[3], activation=np.nan), *r.nodes[4:])},
     ValueError, r"nodes\[3\].activation: expected a number"),
    ("AttributionGraph", lambda r: {"nodes": (replace(r.nodes[0], kind="token"), *r.nodes[1:])}, ValueError,
     r"nodes\[0\].kind: expected 'embed' or 'feature' or 'error' or 'logit', got 'token'"),
    ("AttributionGraph", lambda r: {"sources": changed(r.sources, 2, 50)}, ValueError,
     "sources: expected nodes 0 to 49, got 50 at edge 2, which dangles"),
    ("AttributionGraph", lambda r: {"sources": changed(r.sources, 2, 49)}, ValueError,
     "sources: expected every source before its target, got edge 2 from node 49 to node"),
    ("AttributionGraph", lambda r: {"targets": changed(r.targets, 0, r.nodes.index(r.nodes[-3]))}, ValueError,
     "targets: expected features and logits, got an error node"),
    ("AttributionGraph", lambda r: {"targets": changed(r.targets, 1, r.targets[0]),
     "sources": changed(r.sources, 1, r.sources[0])}, ValueError, "sources: expected one edge from a node to another"),
    ("AttributionGraph", lambda r: {"weights": changed(r.weights, 2, np.nan)}, ValueError, "weights: .* nan"),
    ("AttributionGraph", lambda r: {"weights": r.weights[1:]}, ValueError, r"sources: expected \[edge\] = "),
    ("AttributionGraph", lambda r: {"totals": changed(r.totals, 2, np.inf)}, ValueError, "totals: expected finite"),
    ("AttributionGraph", lambda r: {"pinned": (50,)}, ValueError, "pinned: expected 0 to 49, got 50"),
    ("AttributionGraph", lambda r: {"supernodes": {"names": (0, -1)}}, ValueError,
     r"supernodes\['names'\]: expected 0 to 49, got -1"),
    ("AttributionGraph", lambda r: {"node_threshold": 80}, ValueError, "node_threshold: expected a number from 0 to 1"),
    ("Exploration", lambda r: {"position": 5}, IndexError, "position: expected -5 to 4, got 5"),
    ("Exploration", lambda r: {"shown": "nothing"}, ValueError, "shown: expected 'prompt'"),
    ("Exploration", lambda r: {"part_labels": ("1.6",)}, ValueError, "part_labels: expected 7"),
    ("Exploration", lambda r: {"next_prob": r.next_prob[:1]}, ValueError,
     r"next_prob: expected \[run, token\] = \[3, 5\], got \[1, 5\]"),
    ("Exploration", lambda r: {"next_prob": -r.next_prob}, ValueError, "next_prob: expected probabilities"),
    ("Decomposition", lambda r: {"values": r.values[:3]}, ValueError,
     r"values: expected \[component, position\] = \[10, 5\], got \[3, 5\]"),
    ("Decomposition", lambda r: {"values": r.values.astype(int)}, ValueError, "values: .* floating-point .* int64"),
    ("Decomposition", lambda r: {"total": r.total[1:]}, ValueError, r"total: expected \[position\] = \[5\], got \[4\]"),
    ("Decomposition", lambda r: {"total": changed(r.total, 2, np.inf)}, ValueError, "total: expected finite .* inf"),
    ("Decomposition", lambda r: {"sources": r.sources[1:]}, ValueError,
     r"sources: expected \[head, query, key\] = \[6, 5, 5\], got \[5, 5, 5\]"),
    ("Decomposition", lambda r: {"sources": r.sources + 1}, ValueError, "sources: expected 0 wherever the key"),
    ("Decomposition", lambda r: {"position": 5}, IndexError, "position: expected -5 to 4, got 5"),
    ("LogitLens", lambda r: {"rows": ()}, ValueError, "rows: expected at least one, got none"),
    ("LogitLens", lambda r: {"tokens": ()}, ValueError, "tokens: expected at least one, got none"),
    ("LogitLens", lambda r: {"norms": ("own", "mine")}, ValueError, "norms: expected different names from 'own'"),
    ("LogitLens", lambda r: {"norms": ("own",)}, ValueError, r"log_prob: expected .* = \[1, 5, 4, \d+\], got \[2, 5,"),
    ("LogitLens", lambda r: {"top": 0}, ValueError, "top: expected 1 or more, got 0"),
    ("LogitLens", lambda r: {"kl": r.kl[0]}, ValueError, r"kl: expected .* = \[2, 5, 4\], got \[5, 4\]"),
    ("LogitLens", lambda r: {"kl": changed(r.kl, (0, 1, 2), np.nan)}, ValueError, "kl: expected finite .* got nan"),
    ("LogitLens", lambda r: {"log_prob": changed(r.log_prob, (0, 1, 2, 0), np.nan)}, ValueError, "log_prob: .* finite"),
    ("LogitLens", lambda r: {"rank": r.rank.astype(float)}, ValueError, "rank: expected whole numbers, got float64"),
    ("LogitLens", lambda r: {"rank": r.rank + 1}, ValueError, "rank: expected one candidate of rank 0 in every cell"),
    ("LogitLens", lambda r: {"next_token": np.full(4, 10**6)}, ValueError, "next_token: expected each true next token"),
    ("LogitLens", lambda r: {"vocabulary": {}}, ValueError, "vocabulary: expected a label for every candidate, got"),
    ("Ladder", lambda r: {"models": ("a", "b")}, ValueError, r"next_prob: expected .* = \[2, 4\], got \[4, 4\]"),
    ("Ladder", lambda r: {"next_prob": r.next_prob * 9}, ValueError, "next_prob: expected probabilities from 0 to 1"),
    ("Ladder", lambda r: {"guesses": r.guesses[:, 1:]}, ValueError,
     r"guesses: expected \[model, position, guess\] = \[4, 4, guess\], got \[4, 3, 5\]"),
    ("Ladder", lambda r: {"guess_prob": r.guess_prob[..., 1:]}, ValueError, r"guess_prob: expected .* = \[4, 4, 5\]"),
    ("Ladder", lambda r: {"vocabulary": dict.fromkeys(r.vocabulary, 1)}, TypeError, "vocabulary: expected strings"),
    ("Ladder", lambda r: {"guesses": r.guesses + 99}, ValueError, "vocabulary: expected a label for every guess, got"),
    ("Ladder", lambda r: {"next_log_prob": r.next_prob}, ValueError, "next_log_prob: expected the logarithm of"),
    ("Bigrams", lambda r: {"counts": r.counts[:, :2]}, ValueError,
     r"counts: expected \[row, d_vocab\] = \[2, 3\], got \[2, 2\]"),
    ("Bigrams", lambda r: {"counts": r.counts * [[1], [0]]}, ValueError, "counts: expected every token to be followed"),
    ("Circuit", lambda r: {"kind": "vo"}, ValueError, "kind: expected 'ov' or 'qk', got 'vo'"),
    ("Circuit", lambda r: {"right": r.right[1:]}, ValueError, r"right: expected .* = \[3, 30\], got \[2, 30\]"),
    ("Circuit", lambda r: {"blocks": r.blocks[:3]}, ValueError, r"blocks: expected .* = \[3, 3\], got \[3, 4\]"),
    ("Circuit", lambda r: {"left": changed(r.left, (0, 0), np.nan)}, ValueError, "left: expected finite .* got nan"),
    ("Circuit", lambda r: {"by_weights": replace(r.by_weights, row=r.by_weights.row + 30)}, ValueError,
     "by_weights: expected token ids below 30, got"),
    ("SkipTrigrams", lambda r: {"next": r.next[1:]}, ValueError, r"next: expected \[entry\] = \[5\], got \[4\]"),
    ("SkipTrigrams", lambda r: {"ranked": ""}, ValueError, "ranked: expected 'on text' or 'by weights', got ''"),
    ("SkipTrigrams", lambda r: {"source": r.source + 99}, ValueError, "vocabulary: expected a label for every token"),
    ("SkipTrigrams", lambda r: {"score": r.score * np.nan}, ValueError, "score: expected finite numbers, got nan"),
    ("Spectra", lambda r: {"heads": ()}, ValueError, "heads: expected at least one, got none"),
    ("Spectra", lambda r: {"eigenvalues": r.singular}, TypeError, "eigenvalues: expected complex64, got float32"),
    ("Spectra", lambda r: {"score": r.score[1:]}, ValueError, r"score: expected \[head\] = \[4\], got \[3\]"),
    ("Spectra", lambda r: {"null_radius": r.null_radius[:1]}, ValueError, r"null_radius: expected .* = \[2, 6\]"),
    ("Spectra", lambda r: {"vocabulary": {}}, ValueError, "vocabulary: expected a label for every token read"),
    ("Composition", lambda r: {"null": r.null[:2]}, ValueError, r"null: expected .* = \[3, 6, 6\], got \[2, 6, 6\]"),
    ("Composition", lambda r: {"scores": np.zeros_like(r.scores)}, ValueError,
     "scores: expected a number for every pair from an earlier to a later layer and nan elsewhere"),
    ("Roles", lambda r: {"scores": r.scores[:3]}, ValueError, r"scores: expected .* = \[4, layer, head\], got \[3,"),
    ("Roles", lambda r: {"threshold": r.threshold[1:]}, ValueError, r"threshold: expected .* = \[4\], got \[3\]"),
    ("Patching", lambda r: {"patched": r.patched[1:]}, ValueError,
     r"patched: expected \[component, position\] = \[10, 4\], got \[9, 4\]"),
    ("Patching", lambda r: {"patched": changed(r.patched, (1, 2), np.nan)}, ValueError, "patched: expected finite"),
    ("Patching", lambda r: {"clean": r.corrupted}, ValueError, "clean: expected another number .* got -2.25 twice"),
    ("Patching", lambda r: {"clean_tokens": ("a",)}, ValueError, "clean_tokens: expected 4, one a position, got 1"),
    ("Patching", lambda r: {"position": 4}, IndexError, "position: expected -4 to 3, got 4"),
    ("Effects", lambda r: {"total": r.total[1:]}, ValueError, r"total: expected \[change\] = \[6\], got \[5\]"),
    ("Effects", lambda r: {"changes": ("one",)}, ValueError, "changes: expected 6, one a change, got 1"),
    ("Effects", lambda r: {"direct": r.direct * np.nan}, ValueError, "direct: expected finite numbers, got nan"),
    ("TermImportance", lambda r: {"writes": r.writes[1:]}, ValueError,
     r"writes: expected .* = \[10, 4, d_model\], got \[9, 4, 8\]"),
    ("TermImportance", lambda r: {"settings": r.settings[:, 1:]}, ValueError,
     r"settings: expected .* = \[16, 4\], got \[16, 3\]"),
    ("TermImportance", lambda r: {"losses": r.losses * np.nan}, ValueError, "losses: expected finite numbers, got nan"),
    ("TermImportance", lambda r: {"next": r.next + 50}, ValueError, "next: expected token ids below 50, got"),
    ("TermImportance", lambda r: {"null": r.null[1:]}, ValueError, r"null: expected \[row\] = \[7\], got \[6\]"),
    ("Training", lambda r: {"steps": r.steps[::-1].copy()}, ValueError, "steps: expected at least one, each greater"),
    ("Training", lambda r: {"loss": r.loss[1:]}, ValueError, r"loss: expected \[step\] = \[9\], got \[8\]"),
    ("Training", lambda r: {"early_loss": r.loss * np.nan}, ValueError, "early_loss: expected finite numbers, got nan"),
    ("Training", lambda r: {"previous": r.prefix[:, :1]}, ValueError, r"previous: .* = \[9, 2, 3\], got \[9, 1, 3\]"),
    ("Training", lambda r: {"patterns": r.patterns[:, :1]}, ValueError, r"patterns: .* = \[9, 2, 2, 3, 3, 3\], got"),
    ("Training", lambda r: {"patterns": r.patterns.astype(int)}, ValueError, "patterns: expected uint8, 255 times"),
    ("Training", lambda r: {"tokens": (("a", "b"), ("a", "b"))}, ValueError, "tokens: expected 3, one a position"),
    ("FeatureSummary", lambda r: {"density": r.density[1:]}, ValueError, r"largest: expected \[feature\] = \[6\], got"),
    ("FeatureSummary", lambda r: {"density": r.density + 1}, ValueError, "density: expected shares from 0 to 1"),
    ("FeatureSummary", lambda r: {"positions": 0}, ValueError, "positions: expected 1 or more, got 0"),
    ("FeatureSummary", lambda r: {"reach": r.reach * np.nan}, ValueError, "reach: expected finite numbers, got nan"),
    ("FeatureSummary", lambda r: {"suppressed": r.suppressed[:, 1:]}, ValueError,
     r"suppressed: expected \[feature, token\] = \[7, 4\], got \[7, 3\]"),
    ("FeatureSummary", lambda r: {"nearest": r.nearest + 9}, ValueError, "nearest: expected features below 7"),
    ("FeatureSummary", lambda r: {"vocabulary": {}}, ValueError, "vocabulary: expected a label for every token"),
    ("DecoderShares", lambda r: {"places": ("one",)}, ValueError, r"norms: expected .* = .*1\], got \[40, 3\]"),
    ("DecoderShares", lambda r: {"norms": -r.norms}, ValueError, "norms: expected norms, got a negative number"),
    ("DecoderShares", lambda r: {"density": r.density[1:]}, ValueError, r"density: expected .* = \[40\], got \[39\]"),
]  # fmt: skip
